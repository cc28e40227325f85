"""Charts as panels: a title, what is shown of when, and the drawing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportgen.outputs.page.typesetting import fits, wrap, wraps
from reportgen.outputs.pdf.blocks.block import BlockPart, DrawnBlock, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.outputs.drawing.marks import Drawing
    from reportgen.outputs.page.measures import MediumMeasures
    from reportgen.outputs.page.typesetting import Typesetter
    from reportgen.outputs.pdf.blocks.block import OutlineEntry


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
        paper: The sizes of what is printed.
    """

    entry: OutlineEntry
    subtitle: str
    said: tuple[str, ...]
    drawing: Drawing
    width: float
    colors: Mapping[str, str] = field(repr=False)
    paper: MediumMeasures = field(repr=False)

    @property
    def is_exact(self) -> bool:
        """Whether it is drawn as the page engine sets it."""
        title, note = self.paper.h3, self.paper.small
        return (
            bool(self.entry.title)
            and wraps(self.entry.title, title, self.width)
            and fits(self.subtitle, self.paper.text, self.width)
            and all(wraps(text, note, self._said_width) for text in self.said)
            and not self.drawing.with_simple_text()[1]
        )

    def height(self, setter: Typesetter) -> float:
        """Return how high it is, in points."""
        height = self._drawing_top(setter) + self.drawing.height
        lines = sum(len(self._said_lines(text, setter)) for text in self.said)
        return height + (self._below + self.paper.small.line.points * lines if lines else 0)

    def parts(self, setter: Typesetter) -> Iterator[BlockPart]:
        """Yield its parts in the order in which they are read."""
        lines, title = self._title_lines(setter), self.paper.h3
        soft, small = self.colors["ink-3"], self.paper.small
        yield paragraph(self.entry.kind, lines, title, self.colors["ink"], 0)
        yield paragraph("P", [self.subtitle], self.paper.text, soft, title.line.points * len(lines))
        size, top = (self.drawing.width, self.drawing.height), self._drawing_top(setter)
        yield BlockPart("Figure", self.drawing.marks, 0, top, size, self.drawing.alt)
        top += self.drawing.height + self._below
        for text in self.said:
            said = self._said_lines(text, setter)
            yield paragraph("P", said, small, soft, top)
            top += small.line.points * len(said)

    @property
    def _below(self) -> float:
        """The gap below the drawing, in points."""
        return self.paper.step.points / 2

    def _title_lines(self, setter: Typesetter) -> tuple[str, ...]:
        return tuple(wrap(self.entry.title, self.paper.h3, self.width, setter, anywhere=True))

    def _drawing_top(self, setter: Typesetter) -> float:
        heads = self.paper.h3.line.points * len(self._title_lines(setter)) + self.paper.text.line.points
        return heads + self.paper.step.points

    @property
    def _said_width(self) -> float:
        return min(self.width, self.paper.prose_width.points)

    def _said_lines(self, text: str, setter: Typesetter) -> Sequence[str]:
        return wrap(text, self.paper.small, self._said_width, setter)
