"""What a web page says, block by block: its texts, its tables, the names of its drawings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.oracle.display import plain

_VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_ACROSS = re.compile(r"M0 ([\d.]+)L[\d.]+ \1(?![\d.])")
_UNSEEN = frozenset({"script", "style", "title"})


@dataclass(slots=True)
class Element:
    """An element of a page, with what stands in it in its order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[Element | str] = field(default_factory=list)

    def all(self, tag: str, word: str = "") -> list[Element]:
        """Return the elements of a tag below this one, those of a class where a word is given."""
        found: list[Element] = []
        for one in self.inside:
            if isinstance(one, Element):
                if one.tag == tag and (not word or word in one.attributes.get("class", "").split()):
                    found.append(one)
                found += one.all(tag, word)
        return found

    @property
    def text(self) -> str:
        """What a reader sees of it, on one line."""
        return plain(self._raw())

    def _raw(self) -> str:
        if self.tag in _UNSEEN:
            return ""
        return " ".join(one if isinstance(one, str) else one._raw() for one in self.inside)  # noqa: SLF001 - of itself

    @property
    def exact_text(self) -> str:
        """The same without a space between elements, so that a figure in two spans is one word."""
        return plain("".join(one if isinstance(one, str) else one.exact_text for one in self.inside))


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table of a page: its heads, its rows, and its total row or nothing."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A block of a page.

    Attributes:
        text: All that a reader sees.
        value: The figure of a card; empty where there is none.
        change: The change of a card.
        sentences: Of a summary.
        tables: Its tables, the data of its chart included.
        alts: The alternative texts of its drawings.
        points: What the points of its drawings say.
        drawn: The texts in its drawing for wide screens.
        lines: How many lines across it that drawing has, the axis included.
    """

    text: str
    value: str
    change: str
    sentences: tuple[str, ...]
    tables: tuple[PageTable, ...]
    alts: tuple[str, ...]
    points: tuple[str, ...]
    drawn: tuple[str, ...]
    lines: int


class _Tree(HTMLParser):
    """Builds the elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("page")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if any(one.tag == tag for one in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read_page(html: str) -> Element:
    """Read a page."""
    tree = _Tree()
    tree.feed(html)
    return tree.open[0]


def page_blocks(page: Element) -> dict[str, PageBlock]:
    """Return the blocks of a page by their names."""
    blocks = [one for one in page.all("div", "block") if one.attributes.get("id", "").startswith("block-")]
    return {one.attributes["id"].removeprefix("block-"): _block(one) for one in blocks}


def _block(element: Element) -> PageBlock:
    wide = element.all("div", "desktop") or [element]
    return PageBlock(
        text=element.text,
        value=" ".join(one.exact_text for one in element.all("p", "value")),
        change=" ".join(one.text for one in element.all("p", "delta")),
        sentences=tuple(one.exact_text for one in element.all("p", "sentence")),
        tables=tuple(_table(one) for one in element.all("table")),
        alts=tuple(plain(one.attributes["aria-label"]) for one in element.all("svg") if "aria-label" in one.attributes),
        points=tuple(one.attributes["data-text"] or "" for one in element.all("i") if "data-text" in one.attributes),
        drawn=tuple(one.exact_text for part in wide[:1] for one in part.all("text")),
        lines=len({y for one in wide[0].all("path") for y in _ACROSS.findall(one.attributes.get("d", ""))}),
    )


def _table(element: Element) -> PageTable:
    bodies = element.all("tbody")
    rows = [_cells(row) for body in bodies if "total" not in body.attributes.get("class", "") for row in body.all("tr")]
    totals = [_cells(row) for body in bodies if "total" in body.attributes.get("class", "") for row in body.all("tr")]
    heads = [head.exact_text for head in element.all("th") if head.attributes.get("scope") == "col"]
    return PageTable(tuple(heads), tuple(rows), totals[0] if totals else ())


def _cells(row: Element) -> tuple[str, ...]:
    return tuple(one.text for one in row.inside if isinstance(one, Element) and one.tag in {"td", "th"})
