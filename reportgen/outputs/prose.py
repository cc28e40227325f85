"""Markdown of the author to HTML that holds nothing but text, lists, tables and links."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_TAGS = {
    *("h3", "h4", "h5", "h6", "p", "hr", "br", "blockquote", "pre", "ul", "ol", "li"),
    *("a", "em", "strong", "s", "code", "del", "table", "thead", "tbody", "tr", "th", "td"),
}
# WeasyPrint breaks a line after its first word where a text ends in a space that no longer fits and an
# inline element follows; a space in an element of its own is not taken for the end of that text.
_SPACE_BEFORE_INLINE = re.compile(r" (?=<(?:a|em|strong|s|code|del)\b)")
_LOWERED = 2  # a page has its title in h1 and headings in h2, so prose starts at h3
_DEEPEST = 6


def prose_html(markdown: str) -> str:
    """Return safe HTML: raw HTML is shown as text, pictures are left as links, links are http(s) or mailto."""
    import nh3  # noqa: PLC0415 - only reports with prose need it

    parser = _parser()
    tokens = parser.parse(markdown)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(_DEEPEST, int(token.tag[1:]) + _LOWERED)}"
    html = parser.renderer.render(tokens, parser.options, {})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return _SPACE_BEFORE_INLINE.sub("<span> </span>", clean)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - see prose_html

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
