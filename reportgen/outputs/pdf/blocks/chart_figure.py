"""Charts as panels: a title, what is shown of when, and the drawing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportgen.outputs.page.typesetting import fits, wrap, wraps
from reportgen.outputs.page.units import BOLD, LINE, MM, SIZE, SMALL
from reportgen.outputs.pdf.blocks.block import BlockPart, DrawnBlock, TextStyle, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.outputs.drawing.marks import Drawing
    from reportgen.outputs.page.typesetting import Typesetter
    from reportgen.outputs.pdf.blocks.block import OutlineEntry

_TITLE, _TITLE_LINE = 11.5, 6 * MM
_ABOVE, _BELOW = 4 * MM, 2 * MM
_WIDEST = 126.5 * MM  # as a note is, in report.css


@dataclass(frozen=True, slots=True)
class DrawnChart(DrawnBlock):
    """A chart under its title.

    Attributes:
        entry: What it is called, and where.
        subtitle: What is shown, and of when.
        said: What is said of its days, below it.
        drawing: The chart; its texts are all simple.
        width: In points.
        colors: The theme's.
    """

    entry: OutlineEntry
    subtitle: str
    said: tuple[str, ...]
    drawing: Drawing
    width: float
    colors: Mapping[str, str] = field(repr=False)

    @property
    def is_exact(self) -> bool:
        """Whether it is drawn as the page engine sets it."""
        return (
            bool(self.entry.title)
            and wraps(self.entry.title, _TITLE, self.width, BOLD)
            and fits(self.subtitle, SIZE, self.width)
            and all(wraps(text, SMALL, self._said_width) for text in self.said)
            and not self.drawing.with_simple_text()[1]
        )

    def height(self, setter: Typesetter) -> float:
        """Return how high it is, in points."""
        height = self._drawing_top(setter) + self.drawing.height
        lines = sum(len(self._said_lines(text, setter)) for text in self.said)
        return height + (_BELOW + LINE * lines if lines else 0)

    def parts(self, setter: Typesetter) -> Iterator[BlockPart]:
        """Yield its parts in the order in which they are read."""
        lines = self._title_lines(setter)
        yield paragraph(self.entry.kind, lines, self._title, 0)
        subtitle = TextStyle(SIZE, self.colors["ink-3"])
        yield paragraph("P", [self.subtitle], subtitle, _TITLE_LINE * len(lines))
        size, top = (self.drawing.width, self.drawing.height), self._drawing_top(setter)
        yield BlockPart("Figure", self.drawing.marks, 0, top, size, self.drawing.alt)
        top += self.drawing.height + _BELOW
        for text in self.said:
            said = self._said_lines(text, setter)
            yield paragraph("P", said, self._soft, top)
            top += LINE * len(said)

    @property
    def _title(self) -> TextStyle:
        return TextStyle(_TITLE, self.colors["ink"], BOLD, _TITLE_LINE)

    def _title_lines(self, setter: Typesetter) -> tuple[str, ...]:
        return tuple(wrap(self.entry.title, _TITLE, self.width, setter, BOLD, anywhere=True))

    def _drawing_top(self, setter: Typesetter) -> float:
        return _TITLE_LINE * len(self._title_lines(setter)) + LINE + _ABOVE

    @property
    def _soft(self) -> TextStyle:
        return TextStyle(SMALL, self.colors["ink-3"])

    @property
    def _said_width(self) -> float:
        return min(self.width, _WIDEST)

    def _said_lines(self, text: str, setter: Typesetter) -> Sequence[str]:
        return wrap(text, SMALL, self._said_width, setter)
