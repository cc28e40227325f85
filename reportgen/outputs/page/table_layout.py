"""The layout of tables on a page: type size, turned pages and parts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import floor
from typing import TYPE_CHECKING

from reportgen.outputs.page.cut_texts import count_lines, cut_text
from reportgen.outputs.page.measures import COLUMNS, MEASURES
from reportgen.outputs.page.table_widths import SLIM_EM, least_width, printed_columns, shared_widths, squeezed
from reportgen.outputs.text.table_captions import incomplete_rows, limit_words, table_subtitle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Report, Table
    from reportgen.outputs.page.lengths import Length, TypeStyle
    from reportgen.outputs.page.measures import Measures
    from reportgen.outputs.text.table_columns import ColumnHead, PrintedColumn, TableCell

_SMALLEST = 7.5  # points, of the smaller text
_EVEN = 1.15  # of an even share: parts of about the same width, none squeezed
_MOST_NAMES = 0.5  # of a part's width, which the names of the rows may take
_TALL = 14  # lines; a higher row would leave too much of a page blank, and breaks over pages


@dataclass(frozen=True, slots=True)
class TableGrid:
    """A table as it is printed.

    Attributes:
        gone: For each row, whether it was found in the compared period only.
        tall: For each row, whether it is so high that it may break over pages; none on a screen.
        has_other: Whether the last row is what is not printed, added up.
        subtitle: The line above it: how many of its rows are printed, why nothing is compared, and which part of the
            table it is; may be empty.
        dense: Whether its type is smaller, because a page is narrower than its text.
        turned: Whether it is printed on a page of its own that is turned on its side.
        need: The width that it needs, in em of its type.
        squeeze: Factor, at most 1, on the size of the smaller type that lets it fit.
        limits: The author's limits in words; may be empty.
        incomplete: Which of its weeks, months or other buckets are incomplete; may be empty.
        wide: Whether a phone shows only a part of it at a time.
    """

    heads: tuple[ColumnHead, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    gone: tuple[bool, ...]
    tall: tuple[bool, ...]
    total: tuple[TableCell, ...] | None
    subtitle: str
    dense: bool
    turned: bool
    need: float
    squeeze: float
    limits: str
    wide: bool
    has_other: bool = False
    incomplete: str = ""


class TableLayout:
    """A table in a place on a page: its first `shown` rows and its total in words, in the columns that have room.

    A table that is too wide for its place is set smaller, then its texts give way a little, then it is set on a page of
    its own that is turned on its side, unless the author wants none; a table that would be smaller than 7.5 pt then
    goes on in a second part, which names its rows again. No column is lost.
    """

    def __init__(self, table: Table, report: Report, width: int = COLUMNS, measures: Measures = MEASURES) -> None:
        """Choose the columns.

        Args:
            table: The table.
            report: Its report, with the locale and the compared period.
            width: How many of the page's 12 columns it fills.
            measures: The sizes of the look.
        """
        self._table, self._report, self._measures = table, report, measures
        page, paper = measures.printed_width(), measures.paper
        share = measures.printed_width(width).value / page.value
        self._usual, self._dense = _em(page, paper.text) * share, _em(page, paper.small) * share
        self._can_turn = measures.turns and width == COLUMNS and table.landscape is not False
        self._sideways = _em(measures.turned_width, paper.small)
        upright = (self._usual, self._dense)
        columns = printed_columns(table, report, upright, paper)
        if least_width(columns) <= self._dense:
            self._columns = columns
        elif least_width(slim := squeezed(columns, SLIM_EM)) <= self._dense:
            self._columns = slim
        elif self._can_turn:
            self._columns = printed_columns(table, report, (*upright, self._sideways), paper)
        else:
            self._columns = squeezed(columns)

    def grids(self, *, paged: bool = True) -> tuple[TableGrid, ...]:
        """Return the table laid out: in parts on pages, or on a screen, where it is scrolled and stays whole."""
        measures, paper = self._measures, self._measures.paper
        need = least_width(self._columns)
        turned = self._can_turn and (need > self._dense or self._table.landscape is True)
        room = self._sideways if turned else self._dense
        smallest = round(min(1.0, _SMALLEST / paper.small.size.points), 2)
        parts = _parts(self._table, self._columns, room / smallest) if paged else [self._columns]
        phone = _em(measures.widths.phone_chart, measures.phone.text)
        is_dense = need > self._usual
        if not is_dense:
            room = _em(measures.turned_width, paper.text) if turned else self._usual
        grids = (
            replace(
                _grid(self._table, self._report, part, max(room, least_width(part))),
                subtitle=table_subtitle(self._table, self._report, number, len(parts)),
                wide=least_width(part) > phone,
                dense=is_dense,
                turned=turned,
                squeeze=round(min(1.0, room / least_width(part)), 2) if paged else 1,
            )
            for number, part in enumerate(parts, 1)
        )
        return tuple(_cut(grid, room, measures) if paged else grid for grid in grids)


def _em(width: Length, style: TypeStyle) -> float:
    """Return the count of whole em of a type in a width."""
    return float(floor(width.points / style.size.points))


def _parts(table: Table, columns: Sequence[PrintedColumn], room: float) -> list[list[PrintedColumn]]:
    """Return the columns in parts, each beside its compared columns; every part begins with the names of the rows."""
    if least_width(columns) <= room:
        return [list(columns)]
    names = [column for column in columns if table.columns[column.column].role == "dimension"]
    while len(names) > 1 and least_width(names) > _MOST_NAMES * room:
        names.pop()
    others = [column for column in columns if column not in names]
    left = room - least_width(names)
    parts = _filled(others, left)
    even = _EVEN * least_width(others) / len(parts)
    evened = _filled(others, min(even, left))
    return [[*names, *part] for part in (evened if len(evened) == len(parts) else parts)]


def _filled(columns: Sequence[PrintedColumn], room: float) -> list[list[PrintedColumn]]:
    """Return the columns in parts of a width at most, but with a column at least."""
    parts: list[list[PrintedColumn]] = [[]]
    for index in dict.fromkeys(column.column for column in columns):
        own = [column for column in columns if column.column == index]
        if parts[-1] and least_width((*parts[-1], *own)) > room:
            parts.append([])
        parts[-1] += own
    return parts


def _grid(table: Table, report: Report, columns: Sequence[PrintedColumn], room: float) -> TableGrid:
    widths = shared_widths(columns, room)
    gone = tuple(presence == "baseline" for presence in table.presence) or (False,) * table.shown
    count = table.shown + bool(table.other)
    return TableGrid(
        heads=tuple(
            replace(
                column.head,
                share=round(100 * width / sum(widths), 2),
                least=round(column.least, 1),
                is_flexible=column.most > column.least,
            )
            for column, width in zip(columns, widths, strict=True)
        ),
        rows=tuple(zip(*(column.cells for column in columns), strict=True)),
        gone=(*gone[: table.shown], False)[:count],
        tall=(False,) * count,
        total=tuple(column.total for column in columns) if table.total or table.total_baseline else None,
        subtitle="",
        dense=False,
        turned=False,
        need=round(least_width(columns), 1),
        squeeze=1,
        limits=limit_words(table, report),
        wide=False,
        has_other=bool(table.other),
        incomplete=incomplete_rows(table, report),
    )


def _cut(grid: TableGrid, room: float, measures: Measures) -> TableGrid:
    """Return a table whose texts take the lines that its columns allow, and which knows its tall rows."""
    typeface = measures.paper.text.typeface
    befores = (None, *grid.heads)
    rooms = [
        head.share / 100 * room - _beside(head, before, measures)
        for head, before in zip(grid.heads, befores, strict=False)
    ]
    rows = tuple(
        tuple(
            replace(cell, text=cut_text(cell.text, wide, head.lines, typeface)) if head.lines else cell
            for cell, head, wide in zip(row, grid.heads, rooms, strict=True)
        )
        for row in grid.rows
    )
    texts = [at for at, head in enumerate(grid.heads) if not head.whole]
    tall = tuple(any(count_lines(row[at].text, rooms[at], typeface) > _TALL for at in texts) for row in rows)
    return replace(grid, rows=rows, tall=tall)


def _beside(head: ColumnHead, before: ColumnHead | None, measures: Measures) -> float:
    """Return the width beside the text of a cell, in em; words have a gap of their own to the figures before them."""
    paper = measures.paper
    picture = paper.picture.points + paper.picture_gap.points if head.pictured else 0
    picture += paper.word_gap.points if before and before.numeric and not head.numeric else 0
    return (paper.cell_gap.points + picture) / paper.small.size.points
