"""The parts of a table for its template: each cell with its text, its classes and its writing direction."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reportgen.formatting import babel_locale
from reportgen.outputs.drawing.text_shaping import needs_shaping
from reportgen.outputs.page.measures import COLUMNS
from reportgen.outputs.page.page_parts import CellParts, GridParts, RowParts
from reportgen.outputs.text.bidi import runs_left
from reportgen.outputs.text.long_words import is_exact

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportgen.model import Block
    from reportgen.outputs.drawing.font_metrics import Typeface
    from reportgen.outputs.page.stylesheet import Medium
    from reportgen.outputs.page.table_layout import TableGrid
    from reportgen.outputs.text.table_columns import ColumnHead, TableCell

_SHORT_ROWS = 15  # so few that a printed page keeps them together
_BLANK_LINES = re.compile("\n+")
_NARROW = 25  # em, of half a wide screen
_SURE_LINE = 7.0  # em, which a line of text has on any screen


def grid_parts(  # noqa: PLR0913 - what a table is made of
    grid: TableGrid,
    block: Block,
    locale: str,
    medium: Medium,
    typeface: Typeface,
    *,
    is_first: bool,
    head: str = "",
    groups: Sequence[Sequence[str]] = (),
) -> GridParts:
    """Return the parts of a table, or of the part of it that stands together.

    `typeface` is that of its texts. Its heads and rows are drawn where `head` and `groups` are addresses of drawings.
    The block's title stands over it where it `is_first`.
    """
    runs_to_left = babel_locale(locale).text_direction == "rtl"
    cell = partial(_cell, medium=medium, typeface=typeface, runs_to_left=runs_to_left)
    return GridParts(
        grid,
        title=block.label if is_first else "",
        frame=_frame(grid, block, medium),
        label=block.label or grid.heads[0].text,
        is_swiped=grid.wide and medium == "screen",
        style=_style(grid, medium),
        widths=_widths(grid, medium),
        head=head,
        heads=() if head else tuple(_head(column_head, medium) for column_head in grid.heads),
        groups=groups,
        rows=() if groups else _rows(grid, cell),
        total=() if groups else _total(grid, cell),
    )


def _frame(grid: TableGrid, block: Block, medium: Medium) -> str:
    """Return the CSS classes of the box around a table; on a large screen an ample one may be wider than its text."""
    is_ample = medium == "screen" and block.width == COLUMNS and (grid.dense or grid.turned)
    told = {"wide": grid.wide, "ample": is_ample, "short": _is_short(grid)}
    return " ".join(("scroll", *(name for name, is_so in told.items() if is_so)))


def _is_short(grid: TableGrid) -> bool:
    """Return whether a printed page keeps a table together."""
    return len(grid.rows) <= _SHORT_ROWS and not any(grid.tall)


def _style(grid: TableGrid, medium: Medium) -> str:
    """Return the CSS variable of a wide table: the factor on its type, or on a screen the em that its columns need."""
    if medium == "screen":
        return f"--need:{grid.need}" if grid.need > _NARROW else ""
    return f"--squeeze:{grid.squeeze}" if grid.squeeze < 1 else ""


def _widths(grid: TableGrid, medium: Medium) -> Sequence[str]:
    """Return the CSS width of each column; on a screen columns grow with their content, and texts have the rest."""
    if medium == "screen":
        return ["" if head.is_flexible else f"{head.least}em" for head in grid.heads]
    return [f"{head.share}%" for head in grid.heads]


def _head(head: ColumnHead, medium: Medium) -> CellParts:
    if head.role == "bar":
        return CellParts(classes="bar")
    return CellParts(head.text, _classes(head), of=head.of if medium == "screen" else "")


def _rows(grid: TableGrid, parts: Callable[[TableCell, ColumnHead], CellParts]) -> tuple[RowParts, ...]:
    others = (*(False for _ in grid.rows[1:]), grid.has_other)[: len(grid.rows)]
    return tuple(
        RowParts(
            tuple(map(parts, cells, grid.heads)),
            " ".join(name for name, holds in (("gone", is_gone), ("tall", is_tall), ("other", is_other)) if holds),
        )
        for cells, is_gone, is_tall, is_other in zip(grid.rows, grid.gone, grid.tall, others, strict=True)
    )


def _cell(cell: TableCell, head: ColumnHead, *, medium: Medium, typeface: Typeface, runs_to_left: bool) -> CellParts:
    if head.role == "bar":
        return CellParts(bar=round(100 * (cell.bar or 0), 1))
    text = cell.move.text if cell.move else cell.text
    lines = _lines(text, head, typeface) if medium == "screen" else ""
    return CellParts(
        _BLANK_LINES.sub("\n", text) if lines else text,
        _classes(head, cell),
        arrow=cell.move.arrow if cell.move else "",
        link="" if cell.move else cell.link or "",
        is_figure=head.numeric and not cell.is_note,
        runs_left=runs_left(text),
        is_isolated=runs_to_left and not needs_shaping(text),
        is_missing=not text,
        place=cell.place if medium == "screen" else None,
        picture=cell.picture,
        picture_text=(cell.text or head.text) if medium == "print" else "",
        sign="" if cell.tone == "neutral" else cell.tone,
        lines=lines,
        whole=text if lines else "",
        word=cell.word,
    )


def _lines(text: str, head: ColumnHead, typeface: Typeface) -> str:
    """Return the CSS variable of the lines that are shown of a long text; empty where all are."""
    if not head.lines or (typeface.width(text) <= _SURE_LINE * head.lines and text.count("\n") < head.lines):
        return ""
    return f"--lines:{head.lines}"


def _total(grid: TableGrid, parts: Callable[[TableCell, ColumnHead], CellParts]) -> tuple[CellParts, ...]:
    """Return the cells of the total row, if any; a cell of words without text stays blank."""
    cells = []
    for cell, head in zip(grid.total or (), grid.heads, strict=False):
        made = parts(cell, replace(head, pictured=False))
        bar = CellParts(classes=_classes(head))
        cells.append(bar if head.role == "bar" else replace(made, is_missing=head.numeric and made.is_missing))
    return tuple(cells)


def _classes(head: ColumnHead, cell: TableCell | None = None) -> str:
    """Return the CSS classes of a cell or, without a cell, of the head over figures."""
    if head.numeric:
        own = (cell.move.tone if cell.move else "", "words" if cell.is_note else "") if cell else ()
        return " ".join(filter(None, ("n", "" if head.role == "value" else head.role, *own)))
    exact = "exact" if is_exact(cell.text if cell else head.text) else ""
    if cell is None:
        return exact
    lined = "lined" if "\n" in cell.text else ""
    return " ".join(filter(None, ("pictured" if head.pictured else "", "whole" if head.whole else "", lined, exact)))
