"""A fast parser of tidy HTML; tinyhtml5 reads any page as a browser does, letter by letter.

Our templates close their elements, and passages of authors were written by a browser's parser; other pages are left
to tinyhtml5.
"""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

_VOID = frozenset({"br", "col", "hr", "img", "link", "meta", "wbr"})
_UNTIDY = frozenset({"math", "pre", "select", "svg", "template", "textarea"})
"""Elements with parsing rules of their own."""

_IN_PARAGRAPHS = frozenset({"a", "b", "bdi", "br", "code", "del", "em", "i", "img", "small", "span", "strong", "wbr"})
"""Elements that may stand in a paragraph."""

_OF_TABLES = frozenset({"colgroup", "table", "tbody", "thead", "tr"})
"""Elements without text of their own."""


class UntidyPageError(Exception):
    """A page of which a browser would read another tree."""


def parse_tidy(html: str) -> Element:
    """Return the tree of a page.

    Raises:
        UntidyPageError: The page is not tidy.
    """
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.tree()


class _Parser(HTMLParser):
    """Builds the tree of a page in which every element is closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._builder, self._open, self._begun = TreeBuilder(), list[str](), False

    def tree(self) -> Element:
        """Return the tree."""
        if self._open or not self._begun:
            raise UntidyPageError("".join(self._open))
        return self._builder.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        ends_paragraph = "p" in self._open and tag not in _IN_PARAGRAPHS
        stray = not self._open and (self._begun or tag != "html")
        self._begun = True
        nested = tag == "a" and "a" in self._open
        row_without_body = tag == "tr" and self._open[-1:] == ["table"]
        if tag in _UNTIDY or stray or ends_paragraph or nested or row_without_body:
            raise UntidyPageError(tag)
        self._builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self._builder.end(tag)
        else:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """End the element that was begun last."""
        if not self._open or self._open.pop() != tag:
            raise UntidyPageError(tag)
        self._builder.end(tag)

    def handle_data(self, data: str) -> None:
        """Add text."""
        if not self._open or self._open[-1] in _OF_TABLES:
            if data.strip():
                raise UntidyPageError(data)
            if not self._open:
                return
        self._builder.data(data)
