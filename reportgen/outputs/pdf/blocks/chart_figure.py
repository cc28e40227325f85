"""Drawn chart blocks: a title, a subtitle, the chart and its annotations."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reportgen.outputs.page.typesetting import fits, wrap, wraps
from reportgen.outputs.pdf.blocks.block import BlockPart, DrawnBlock, paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reportgen.outputs.drawing.marks import Drawing
    from reportgen.outputs.page.medium_measures import MediumMeasures
    from reportgen.outputs.page.typesetting import Typesetter
    from reportgen.outputs.pdf.blocks.block import OutlineEntry


@dataclass(frozen=True, slots=True)
class DrawnChart(DrawnBlock):
    """A chart under its title and subtitle, with its annotations below; the texts of the drawing are all simple.

    Attributes:
        redraw: Draws the chart at a percentage of its usual height; None where it has to stay as it is.
    """

    entry: OutlineEntry
    subtitle: str
    annotations: tuple[str, ...]
    drawing: Drawing
    width: float
    colors: Mapping[str, str] = field(repr=False)
    paper: MediumMeasures = field(repr=False)
    redraw: Callable[[int], Drawing] | None = field(default=None, repr=False, compare=False)

    @property
    def name(self) -> str:
        """The name of the block."""
        return self.entry.place.removeprefix("block-")

    def at(self, percent: int) -> DrawnChart:
        """Return the block with its chart at a percentage of its usual height, if it can be drawn so."""
        if not self.redraw:
            return self
        other = replace(self, drawing=self.redraw(percent))
        return other if other.is_exact else self

    @property
    def is_exact(self) -> bool:
        """Whether it is drawn as the page engine sets it."""
        title, note = self.paper.h3, self.paper.small
        return (
            bool(self.entry.title)
            and wraps(self.entry.title, title, self.width)
            and fits(self.subtitle, self.paper.text, self.width)
            and all(wraps(text, note, self._text_width) for text in self.annotations)
            and not self.drawing.with_simple_text()[1]
        )

    def height(self, setter: Typesetter) -> float:
        """Return its height, in points."""
        height = self._drawing_top(setter) + self.drawing.height
        lines = sum(len(self._annotation_lines(text, setter)) for text in self.annotations)
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
        for text in self.annotations:
            broken = self._annotation_lines(text, setter)
            yield paragraph("P", broken, small, soft, top)
            top += small.line.points * len(broken)

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
    def _text_width(self) -> float:
        return min(self.width, self.paper.prose_width.points)

    def _annotation_lines(self, text: str, setter: Typesetter) -> Sequence[str]:
        return wrap(text, self.paper.small, self._text_width, setter)
