"""Markdown of the author to HTML that holds nothing but text, lists, tables and links."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from reportgen.characters import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "hr", "br", "blockquote", "pre", "ul", "ol", "li"),
    *("a", "em", "strong", "s", "code", "del", "table", "thead", "tbody", "tr", "th", "td"),
}
# WeasyPrint breaks a line after its first word where a text ends in a space that no longer fits and an
# inline element follows; a space in an element of its own is not taken for the end of that text.
_SPACE_BEFORE_INLINE = re.compile(r" (?=<(?:a|em|strong|s|code|del)\b)")
_DEEPEST = 6


def prose_html(markdown: str, level: int = 3) -> str:
    """Return safe HTML: raw HTML is shown as text, pictures are left as links, links are http(s) or mailto.

    Args:
        markdown: What the author wrote.
        level: Of its first heading; a lower one is one level lower, however many marks it has.
    """
    import nh3  # noqa: PLC0415 - only reports with prose need it

    parser = _parser()
    tokens = parser.parse(printable(markdown))
    _set_levels(tokens, level)
    html = parser.renderer.render(tokens, parser.options, {})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return _SPACE_BEFORE_INLINE.sub("<span> </span>", clean)


def _set_levels(tokens: Sequence[Token], level: int) -> None:
    """Put headings one below the other without jumps."""
    above: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            own = int(token.tag[1:])
            above = [*(one for one in above if one < own), own]
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(_DEEPEST, level + len(above) - 1)}"


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - see prose_html

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
