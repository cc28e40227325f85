"""The drawing of the heads of a printed table, over the rows of `table_rows`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.marks import PathMark, TextMark, rule
from reportgen.outputs.page.typesetting import baseline, wrap, wraps
from reportgen.outputs.text.table_columns import TableCell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.outputs.drawing.text_overlay import Anchor
    from reportgen.outputs.page.lengths import TypeStyle
    from reportgen.outputs.page.table_layout import TableGrid
    from reportgen.outputs.page.typesetting import Typesetter
    from reportgen.outputs.pdf.blocks.table_column_places import TableLook


@dataclass(frozen=True, slots=True)
class TableHeads:
    """The heads of a table's columns.

    Attributes:
        look: The table's.
    """

    look: TableLook

    @property
    def rows(self) -> tuple[tuple[TableCell, ...], ...]:
        """The one row of cells."""
        return (tuple(TableCell("" if lane.head.role == "bar" else lane.head.text) for lane in self.look.lanes),)

    @property
    def is_exact(self) -> bool:
        """Whether it is drawn as the page engine sets it."""
        lanes = zip(self.rows[0], self.look.lanes, strict=True)
        return all(wraps(cell.text, self._style, lane.right - lane.left) for cell, lane in lanes)

    def height(self, setter: Typesetter) -> float:
        """Return how high it is, in points."""
        paper = self.look.measures.paper
        lines = max(map(len, self._lines(setter)))
        return self._style.line.points * lines + paper.cell_padding.points + paper.thick.points

    def marks(self, setter: Typesetter) -> Iterator[tuple[list[PathMark], list[list[TextMark]]]]:
        """Yield the line below it, and the texts of each of its cells, which stand on that."""
        texts: list[list[TextMark]] = []
        thick, padding = (one.points for one in (self.look.measures.paper.thick, self.look.measures.paper.cell_padding))
        size, leading = self._style.size.points, self._style.line.points
        bottom, color = self.height(setter) - thick, self.look.colors["ink-3"]
        for lane, lines in zip(self.look.lanes, self._lines(setter), strict=True):
            anchor: Anchor = "right" if lane.head.numeric else "left"
            x, top = lane.right if lane.head.numeric else lane.left, bottom - padding - leading * len(lines)
            texts.append(
                [
                    TextMark(line, x, baseline(top + leading * at, self._style), size, color, anchor=anchor)
                    for at, line in enumerate(lines)
                ]
            )
        under = rule(0, self.look.width, bottom + thick / 2)
        yield [PathMark(under, stroke=self.look.colors["rule"], weight=thick)], texts

    @property
    def _style(self) -> TypeStyle:
        return self.look.measures.paper.small

    def _lines(self, setter: Typesetter) -> list[Sequence[str]]:
        """Return the lines of each head."""
        return [
            wrap(cell.text, self._style, lane.right - lane.left, setter)
            for cell, lane in zip(self.rows[0], self.look.lanes, strict=True)
        ]


def head_of(printed: TableGrid, look: TableLook) -> TableHeads | None:
    """Return the heads of a table; None where they cannot be drawn exactly."""
    band = TableHeads(look)
    return band if printed.squeeze == 1 and band.is_exact else None
