"""What is known of pages only when all are laid out: the numbers in the contents, and what runs along the margins.

The page engine would lay the pages out again for the numbers, and boxes of their own for each margin.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.marks import TextMark
from reportgen.outputs.page.typesetting import baseline, fits
from reportgen.outputs.page.units import BOLD, LINE, MM, SIZE, SMALL
from reportgen.outputs.pdf.blocks.block import BlockPart, DrawnBlock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.outputs.page.typesetting import Typesetter

_SIDE, _HEAD, _FOOT = 20 * MM, 13 * MM, 11 * MM  # as in pages.css
_PAGE = 210 * MM
_GAP = 4 * MM
_SHARES = (39.5 / 161, 82 / 161)  # of the width between the margins: the client's name, the section's title
_MANY = 999  # pages


@dataclass(frozen=True, slots=True)
class PageNumber(DrawnBlock):
    """The number of the page on which a place is, at the right.

    Attributes:
        place: Its name in the page.
        color: `#RRGGBB`.
        width: In points.
        entry: None; it leads to one.
    """

    place: str
    color: str
    width: float = 8 * MM
    entry: None = None

    def height(self, _setter: Typesetter) -> float:
        """Return how high it is, in points."""
        return LINE

    def parts(self, setter: Typesetter) -> Iterator[BlockPart]:
        """Yield the number."""
        number = str(setter.page_of(self.place))
        yield BlockPart("Span", [TextMark(number, self.width, baseline(0, SIZE), SIZE, self.color, anchor="right")])


@dataclass(frozen=True, slots=True)
class RunningHeads:
    """What stands in the margins of each page but the cover.

    Attributes:
        client: Whose report it is.
        titles: Of the sections, by the names of the places where they begin.
        period: Of the report.
        agency: Who made it.
        numbering: The words of a page's number, with places for `page` and `pages`.
        colors: The theme's.
    """

    client: str
    titles: Mapping[str, str]
    period: str
    agency: str
    numbering: str
    colors: Mapping[str, str] = field(repr=False)

    @property
    def is_exact(self) -> bool:
        """Whether all of it is drawn as the page engine sets it, a line each."""
        room = _PAGE - 2 * _SIDE - 2 * _GAP
        names, titles = (share * room for share in _SHARES)
        foot = self.agency + self.numbering % {"page": _MANY, "pages": _MANY}
        return (
            fits(self.client, SMALL, names, BOLD)
            and all(fits(title, SMALL, titles) for title in self.titles.values())
            and fits(self.period, SMALL, names)
            and fits(foot, SMALL, room)
        )

    def marks(self, title: str, page: int, pages: int, width: float, height: float) -> Iterator[TextMark]:
        """Yield what stands on a page.

        Args:
            title: Of its section.
            page: Its number.
            pages: How many there are.
            width: Of the page, in points.
            height: Likewise.
        """
        soft, right = self.colors["ink-3"], width - _SIDE
        middle = _SIDE + _SHARES[0] * (width - 2 * _SIDE - 2 * _GAP) + _GAP
        head, foot = baseline(_HEAD, SMALL), baseline(height - _FOOT - LINE, SMALL)
        marks = (
            TextMark(self.client, _SIDE, head, SMALL, self.colors["ink-2"], BOLD),
            TextMark(title, middle, head, SMALL, soft),
            TextMark(self.period, right, head, SMALL, soft, anchor="right"),
            TextMark(self.agency, _SIDE, foot, SMALL, soft),
            TextMark(self.numbering % {"page": page, "pages": pages}, right, foot, SMALL, soft, anchor="right"),
        )
        return (mark for mark in marks if mark.text)
