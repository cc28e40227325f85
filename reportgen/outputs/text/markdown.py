"""The author's Markdown as HTML of text, lists, tables and links, and as plain text."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from reportgen.characters import printable
from reportgen.model import Caution
from reportgen.outputs.text.long_words import breakable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from reportgen.model import Block

_TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "hr", "br", "blockquote", "pre", "ul", "ol", "li"),
    *("a", "em", "strong", "s", "code", "del", "wbr", "table", "thead", "tbody", "tr", "th", "td"),
}
# WeasyPrint breaks a line after its first word where a text ends in a space that no longer fits and an
# inline element follows; a space in an element of its own is not taken for the end of that text.
_SPACE_BEFORE_INLINE = re.compile(r" (?=<(?:a|em|strong|s|code|del)\b)")
_DEEPEST = 6


def prose_html(markdown: str, level: int = 3) -> str:
    """Return safe HTML: raw HTML is shown as text, pictures are left as links, a link that leads nowhere as its text.

    Args:
        markdown: What the author wrote.
        level: Of its first heading; a heading below it is the next level lower, however many marks it has.
    """
    import nh3  # only reports with prose need it

    parser = _parser()
    tokens = parser.parse(printable(markdown))
    _set_levels(tokens, level)
    for token in tokens:
        token.children = [child for child, address in _addressed(token) if address is None or _leads(address)]
    html = parser.renderer.render(tokens, parser.options, {})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return _SPACE_BEFORE_INLINE.sub("<span> </span>", clean)


def plain_prose(markdown: str) -> str:
    """Return Markdown as plain text: a line for each paragraph, heading, cell and item; an item has a bullet."""
    lines: list[str] = []
    bullet = ""
    for token in _parser().parse(printable(markdown)):
        if token.type == "list_item_open":
            bullet = "• "
        elif token.content:
            lines += (bullet + _words(token)).split("\n")
            bullet = ""
    return "\n".join(filter(None, lines))


def _words(token: Token) -> str:
    """Return the words of a line of text, or those of a block of code."""
    if token.children is None:
        return token.content
    return "".join("\n" if child.type.endswith("break") else child.content for child in token.children)


def link_cautions(block: Block) -> Iterator[Caution]:
    """Yield a caution for each link in a block's text that leads nowhere, so that its words are printed alone.

    A report is a file that is mailed and printed, so these are all but whole addresses of the web and of mail:
    places such as `#x`, relative addresses, `//host`, other schemes.
    """
    if "]" not in block.prose and "<" not in block.prose:  # no link, so no parser
        return
    tokens = _parser().parse(printable(block.prose))
    found = (address for token in tokens for _, address in _addressed(token) if address is not None)
    for address in dict.fromkeys(address for address in found if not _leads(address)):
        text = f"its link to {unquote(address)[:80]!r} leads nowhere from a report, so its words are printed alone"
        yield Caution("W-LINK", f"{text}; write a whole address, such as https://example.com/page", block.name)


def _addressed(token: Token) -> Iterator[tuple[Token, str | None]]:
    """Yield the tokens of a line; beside those that begin and end a link its address."""
    address: str | None = None
    for child in token.children or ():
        if child.type == "link_open":  # links do not nest (CommonMark 6.3)
            address = str(child.attrs.get("href", ""))
        yield child, address if child.type in {"link_open", "link_close"} else None


def _leads(address: str) -> bool:
    """Return whether an address leads somewhere from wherever a report is read."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:  # no host, or no port
        return False
    return bool(parts.hostname) if parts.scheme in {"http", "https"} else parts.scheme == "mailto" and bool(parts.path)


def _set_levels(tokens: Sequence[Token], level: int) -> None:
    """Set the levels of headings without jumps."""
    above: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            own = int(token.tag[1:])
            above = [*(higher for higher in above if higher < own), own]
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(_DEEPEST, level + len(above) - 1)}"


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    class Parser(MarkdownIt):
        def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - the library's name; `_leads` judges all
            return True

    parser = Parser("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
    parser.add_render_rule("text", _text)
    parser.parse("x")  # fills its tables of rules, which a second thread would find half full
    return parser


def _text(_renderer: object, tokens: Sequence[Token], at: int, _options: object, _env: object) -> str:
    """Return the text of a token as HTML; an endless word may break, see `breakable`."""
    return "<wbr>".join(map(escape, breakable(tokens[at].content)))
