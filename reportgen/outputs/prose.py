"""Markdown of the author to HTML that holds nothing but text, lists, tables and links."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_TAGS = {
    *("h3", "h4", "h5", "h6", "p", "hr", "br", "blockquote", "pre", "ul", "ol", "li"),
    *("a", "em", "strong", "s", "code", "del", "table", "thead", "tbody", "tr", "th", "td"),
}
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
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - see prose_html

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
