"""The parser of Markdown: CommonMark with tables, task lists, footnotes, bare addresses and struck words.

The only door to markdown-it. Raw HTML is text.
"""

from __future__ import annotations

import re
from types import MethodType
from typing import TYPE_CHECKING, TypeAlias

from markdown_it.token import Token

from reportgen.characters import printable
from reportgen.made_once import made_once
from reportgen.markdown.bare_addresses import link_bare_addresses
from reportgen.markdown.east_asian_text import EastAsianInline, join_wide_lines
from reportgen.markdown.limits import DEEPEST
from reportgen.markdown.task_items import mark_tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

    TokenRule: TypeAlias = Callable[[Sequence[Token], int], str]
    """Returns the HTML of a token, given all tokens beside it and its place among them."""

__all__ = ["Token", "TokenRule", "html_of", "parse", "words_of_line"]

_FIRST_TEXT = "[link](address) <https://address>"
"""Fills the tables of rules and of signs in addresses, which a second thread would find half full."""

_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]{1,100}\]")


def parse(markdown: str) -> list[Token]:
    """Return the tokens of Markdown; those of footnotes are the last."""
    return _parser().parse(printable(markdown))


def words_of_line(markdown: str) -> str:
    """Return the words of a line of Markdown, without the marks of emphasis and the addresses of links."""
    (line,) = _parser().parseInline(printable(markdown))
    return "".join("\n" if child.type.endswith("break") else child.content for child in line.children or ())


def html_of(tokens: Sequence[Token], rules: Mapping[str, TokenRule]) -> str:
    """Return the HTML of tokens: of each type in `rules` by its rule, of others as CommonMark has it."""
    from markdown_it.renderer import RendererHTML

    def adapted(rule: TokenRule) -> MethodType:
        return MethodType(lambda _renderer, tokens, at, _options, _env: rule(tokens, at), renderer)

    renderer = RendererHTML()
    renderer.rules |= {name: adapted(rule) for name, rule in rules.items()}
    return renderer.render(tokens, _parser().options, {})


@made_once
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.footnote.index import footnote_ref

    class Parser(MarkdownIt):
        def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - the library's name; outputs judge all links
            return True

    def short_footnote_ref(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's signature
        """Search the end of a footnote's mark near its begin: the plugin's rule takes minutes for many begins."""
        return bool(_FOOTNOTE_MARK.match(state.src, state.pos, state.posMax)) and footnote_ref(state, silent)

    parser = Parser("commonmark", {"html": False, "maxNesting": 2 * DEEPEST})
    parser.inline = EastAsianInline()
    parser.enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False)
    parser.inline.ruler.at("footnote_ref", short_footnote_ref)
    parser.core.ruler.before("text_join", "bare_addresses", link_bare_addresses)  # an escaped sign is in no address
    parser.core.ruler.after("text_join", "tasks", mark_tasks)
    parser.core.ruler.after("tasks", "wide_lines", join_wide_lines)
    parser.parse(_FIRST_TEXT)
    return parser
