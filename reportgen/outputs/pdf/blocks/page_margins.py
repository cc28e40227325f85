"""Page numbers in the contents and running heads in the margins, drawn when all pages are laid out.

The page engine would lay the pages out again for the numbers, and would lay out boxes for each margin.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.font_metrics import BOLD
from reportgen.outputs.drawing.marks import TextMark
from reportgen.outputs.page.typesetting import baseline, fits, is_narrow
from reportgen.outputs.pdf.blocks.block import BlockPart, DrawnBlock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.outputs.page.lengths import TypeStyle
    from reportgen.outputs.page.measures import Measures
    from reportgen.outputs.page.typesetting import Typesetter

_MANY = 999  # pages


@dataclass(frozen=True, slots=True)
class PageNumber(DrawnBlock):
    """The number of the page on which a place is, by the name of the place; right-aligned."""

    place: str
    color: str
    width: float
    style: TypeStyle
    entry: None = None

    def height(self, _setter: Typesetter) -> float:
        """Return its height, in points."""
        return self.style.line.points

    def parts(self, setter: Typesetter) -> Iterator[BlockPart]:
        """Yield the number as a part."""
        number, size = str(setter.page_of(self.place)), self.style.size.points
        mark = TextMark(
            number, self.width, baseline(0, self.style), size, self.color, anchor="right", typeface=self.style.typeface
        )
        yield BlockPart("Span", [mark])


@dataclass(frozen=True, slots=True)
class RunningHeads:
    """The texts in the margins of each page but the cover; a masthead has no text above it.

    Attributes:
        titles: Of the sections, by the names of the places where they begin.
        foot: The text in the lower margin.
        numbering: The words of a page's number, with places for `page` and `pages`.
    """

    client: str
    titles: Mapping[str, str]
    period: str
    foot: str
    numbering: str
    has_cover: bool
    colors: Mapping[str, str] = field(repr=False)
    measures: Measures = field(repr=False)

    @property
    def is_exact(self) -> bool:
        """Whether all texts are drawn as the page engine sets them, a line each."""
        small, bold = self.measures.paper.small, self.measures.paper.small.weighing(BOLD)
        names, titles, whole = _widths(self.measures, self.measures.page.page_width.points)
        foot = self.foot + self.numbering % {"page": _MANY, "pages": _MANY}
        return (
            fits(self.client, bold, names)
            and all(fits(title, small, titles) for title in self.titles.values())
            and fits(self.period, small, names)
            and fits(foot, small, whole)
        )

    def marks(self, title: str, number: int, pages: int, width: float, height: float) -> Iterator[TextMark]:
        """Yield the texts of a page of a section's title, a number and a size in points, among so many `pages`."""
        page, style = self.measures.page, self.measures.paper.small
        side, size, soft = page.margin_side.points, style.size.points, self.colors["ink-3"]
        right, middle = width - side, side + _widths(self.measures, width)[0] + self.measures.paper.gutter.points
        head, foot = baseline(page.head.points, style), baseline(height - page.foot.points - style.line.points, style)
        text = partial(TextMark, typeface=style.typeface)
        above = (
            text(self.client, side, head, size, self.colors["ink-2"], BOLD),
            text(title, middle, head, size, soft),
            text(self.period, right, head, size, soft, anchor="right"),
        )
        below = (
            text(self.foot, side, foot, size, soft),
            text(self.numbering % {"page": number, "pages": pages}, right, foot, size, soft, anchor="right"),
        )
        marks = (*above, *below) if self.has_cover or number > 1 else below
        return (mark for mark in marks if mark.text)


def is_long_name(client: str, measures: Measures) -> bool:
    """Return whether a client's name needs a line of the upper margin for itself."""
    names, _, _ = _widths(measures, measures.page.page_width.points)
    return bool(client) and not is_narrow(client, measures.paper.small.weighing(BOLD), names)


def _widths(measures: Measures, width: float) -> tuple[float, float, float]:
    """Return the room of the client's name, of the section's title, and of a whole line on a page, in points."""
    side, middle = measures.page.head_side.value, measures.page.head_middle.value
    room = width - 2 * measures.page.margin_side.points - 2 * measures.paper.gutter.points
    return side / (2 * side + middle) * room, middle / (2 * side + middle) * room, room
