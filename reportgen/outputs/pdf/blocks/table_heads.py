"""The drawing of the heads of a printed table, over the rows of `table_rows`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
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
    """The heads of a table's columns."""

    look: TableLook

    @property
    def rows(self) -> tuple[tuple[TableCell, ...], ...]:
        """The single row of its cells."""
        return (
            tuple(TableCell("" if column.head.role == "bar" else column.head.text) for column in self.look.columns),
        )

    @property
    def is_exact(self) -> bool:
        """Whether it is drawn as the page engine sets it."""
        columns = zip(self.rows[0], self.look.columns, strict=True)
        return all(wraps(cell.text, self._style, column.right - column.left) for cell, column in columns)

    def height(self, setter: Typesetter) -> float:
        """Return its height, in points."""
        paper = self.look.measures.paper
        lines = max(map(len, self._lines(setter)))
        return self._style.line.points * lines + paper.cell_padding.points + paper.thick.points

    def marks(self, setter: Typesetter) -> Iterator[tuple[list[PathMark], list[list[TextMark]]]]:
        """Yield the line below the heads, and the texts of each head, which stand on that line."""
        texts: list[list[TextMark]] = []
        paper = self.look.measures.paper
        thick, padding = paper.thick.points, paper.cell_padding.points
        style = self._style
        leading, text = style.line.points, partial(TextMark, typeface=style.typeface)
        bottom, color = self.height(setter) - thick, self.look.colors["ink-3"]
        for column, lines in zip(self.look.columns, self._lines(setter), strict=True):
            anchor: Anchor = "right" if column.head.numeric else "left"
            x, top = column.right if column.head.numeric else column.left, bottom - padding - leading * len(lines)
            texts.append(
                [
                    text(line, x, baseline(top + leading * at, style), style.size.points, color, anchor=anchor)
                    for at, line in enumerate(lines)
                ]
            )
        under = rule(0, self.look.width, bottom + thick / 2)
        yield [PathMark(under, stroke=self.look.colors["rule"], weight=thick)], texts

    @property
    def _style(self) -> TypeStyle:
        return self.look.measures.paper.small

    def _lines(self, setter: Typesetter) -> list[Sequence[str]]:
        return [
            wrap(cell.text, self._style, column.right - column.left, setter)
            for cell, column in zip(self.rows[0], self.look.columns, strict=True)
        ]


def drawn_heads(printed: TableGrid, look: TableLook) -> TableHeads | None:
    """Return the heads of a table; None where they cannot be drawn exactly."""
    heads = TableHeads(look)
    return heads if printed.squeeze == 1 and heads.is_exact else None
