"""Tables as text and column widths of a page, beside what their values are compared with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from reportgen.formatting import format_period, format_value
from reportgen.model import Unit
from reportgen.outputs.cards import move
from reportgen.outputs.language import words_of
from reportgen.outputs.layout import COLUMNS, width_mm
from reportgen.outputs.measure import text_width
from reportgen.outputs.words import baseline_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportgen.model import Column, Picture, Report, Table, Value
    from reportgen.outputs.cards import Move

# How wide a printed page is, in em of table text, of the smaller text, and of that on a page turned on its side.
_PAGE_EM, _DENSE_EM, _TURNED_EM = 53.0, 60.0, 91.0
_PHONE_EM = 23.0
_PADDING_EM = 1.3
_LONGEST_EM, _SHORTEST_EM = 22.0, 3.5
_DASH_EM, _SPACE_EM = 1.0, 0.3
_PICTURE_EM = 3.8  # 10 mm and the gap beside them
_NOTE_SIZE = 0.89  # words in place of a change are set smaller, 8 pt to 9 pt
_COUNT = Unit("count")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table.

    Attributes:
        text: Empty where the value is missing.
        link: Where it leads, or None.
        move: The change it shows, or None; its text is empty then.
        is_note: Whether its text is words in place of a change.
        picture: Shown before its text, or None.
    """

    text: str
    link: str | None = None
    move: Move | None = None
    is_note: bool = False
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column.

    Attributes:
        text: What it says.
        numeric: Whether its cells are numbers.
        share: Its share of the width in percent.
        role: The column of the table itself, or what it is compared with, or the change from that.
        pictured: Whether small pictures stand before its texts, so that all of these are set in.
    """

    text: str
    numeric: bool
    share: float
    role: Literal["value", "compared", "change"] = "value"
    pictured: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it is printed.

    Attributes:
        heads: One a column.
        rows: The rows shown.
        gone: One a row: whether it was found in the compared period only.
        total: The total row; None where there is none.
        shown: How many rows of the period are printed, in the digits of the locale.
        of: How many there are, likewise; empty where all rows are printed.
        hidden: How many rows found in the compared period only are not printed, likewise; empty where none is left out.
        uncompared: Why nothing is compared, in words; empty where something is or nothing was to be.
        dense: Whether it is set smaller, because a page is narrower than its text.
        turned: Whether it is printed on a page of its own that is turned on its side.
        squeeze: By what its type has to be made smaller still to fit; 1 where it fits.
        wide: Whether a phone shows only a part of it at a time.
    """

    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    gone: tuple[bool, ...]
    total: tuple[Cell, ...] | None
    shown: str
    of: str
    hidden: str
    uncompared: str
    dense: bool
    turned: bool
    squeeze: float
    wide: bool


@dataclass(frozen=True, slots=True)
class _Strip:
    """One printed column: its head, the cells of its rows, that of the total, and the width it asks for in em."""

    head: Head
    cells: tuple[Cell, ...]
    total: Cell
    width: float


def grid(table: Table, report: Report, width: int = COLUMNS) -> Grid:
    """Put a table into words: its first `shown` rows, its total, and how many rows there are.

    Args:
        table: What to print.
        report: Whose locale and compared period it is in.
        width: How many of the page's 12 columns it fills.
    """
    share = width_mm(width) / width_mm(COLUMNS)
    strips = _strips(table, report, share, can_turn=width == COLUMNS)
    need = sum(strip.width for strip in strips)
    turned = width == COLUMNS and need > _DENSE_EM
    gone = tuple(presence == "baseline" for presence in table.presence)
    shown_gone = sum(gone[: table.shown])
    hidden = sum(gone) - shown_gone
    return Grid(
        heads=tuple(replace(strip.head, share=round(100 * strip.width / need, 2)) for strip in strips),
        rows=tuple(zip(*(strip.cells for strip in strips), strict=True)),
        gone=(gone or (False,) * table.shown)[: table.shown],
        total=tuple(strip.total for strip in strips) if table.total or table.total_baseline else None,
        shown=format_value(table.shown - shown_gone, _COUNT, report.locale),
        of=format_value(table.of - sum(gone), _COUNT, report.locale) if table.shown < table.of else "",
        hidden=format_value(hidden, _COUNT, report.locale) if hidden else "",
        uncompared=baseline_words(table.baseline_missing, report),
        dense=need > _PAGE_EM * share,
        turned=turned,
        squeeze=round(min(1.0, (_TURNED_EM if turned else _DENSE_EM * share) / need), 2),
        wide=need > _PHONE_EM,
    )


def _strips(table: Table, report: Report, share: float, *, can_turn: bool) -> list[_Strip]:
    """Return the columns that are printed.

    The change of the leading metric always is; its compared values and the changes of the other
    metrics are where the page has room for them in the type it has anyway. The workbook has all.
    """
    beside: dict[int, list[_Strip]] = {index: [] for index in range(len(table.columns))}
    compared = [index for index in beside if table.columns[index].baseline and table.columns[index].is_numeric]
    strips = [_values(table, index, report) for index in beside]
    if report.baseline and compared:
        lead = compared[0]
        beside[lead] = [_changes(table, lead, report, leading=True)]
        need = sum(strip.width for strip in (*strips, *beside[lead]))
        sizes = (_PAGE_EM * share, _DENSE_EM * share, *((_TURNED_EM,) if can_turn else ()))
        room = next((size for size in sizes if need <= size), 0.0) - need
        optional = [(lead, _previous(table, lead, report))]
        optional += [(index, _changes(table, index, report, leading=False)) for index in compared[1:]]
        for index, strip in optional:
            if strip.width <= room:
                beside[index].insert(0, strip)
                room -= strip.width
    return [strip for index, own in enumerate(strips) for strip in (own, *beside[index])]


def _values(table: Table, index: int, report: Report) -> _Strip:
    column, locale = table.columns[index], report.locale
    links = column.links or (None,) * len(column.values)
    pictures = column.thumbnails or (None,) * len(column.values)
    cells = [
        replace(_cell(value, column.unit, locale, link), picture=picture)
        for value, link, picture in zip(*(row[: table.shown] for row in (column.values, links, pictures)), strict=True)
    ]
    total = _cell(
        _of_total(table.total, table.total_baseline if column.role == "dimension" else None, index), column.unit, locale
    )
    return _strip(Head(column.label, column.is_numeric, 0, pictured=any(column.thumbnails)), cells, total)


def _previous(table: Table, index: int, report: Report) -> _Strip:
    """Return what a metric is compared with, under the name of the compared period."""
    column = table.columns[index]
    cells = [_cell(value, column.unit, report.locale) for value in column.baseline[: table.shown]]
    total = _cell(_of_total(table.total_baseline, None, index), column.unit, report.locale)
    return _strip(Head(_compared(report), numeric=True, share=0, role="compared"), cells, total)


def _changes(table: Table, index: int, report: Report, *, leading: bool) -> _Strip:
    """Return how a metric moved; the leading one says which rows were found in one period only."""
    column, locale, _ = table.columns[index], report.locale, words_of(report.locale).gettext
    period = {"period": _compared(report)}
    notes = {"current": _("not in %(period)s") % period, "baseline": _("only in %(period)s") % period}
    presence = table.presence or ("both",) * table.shown
    pairs = zip(presence[: table.shown], column.values, column.baseline, strict=False)
    cells = [
        Cell(notes[found], is_note=True) if leading and found in notes else _change(column, current, baseline, locale)
        for found, current, baseline in pairs
    ]
    current, baseline = _of_total(table.total, None, index), _of_total(table.total_baseline, None, index)
    return _strip(
        Head(_("Change"), numeric=True, share=0, role="change"), cells, _change(column, current, baseline, locale)
    )


def _change(column: Column, current: Value, baseline: Value, locale: str) -> Cell:
    change = column.change(current, baseline)
    return Cell("", move=move(change, column.unit, locale) if change else None)


def _of_total(total: Sequence[Value] | None, other: Sequence[Value] | None, index: int) -> Value:
    """Return a cell of a total row; where there is no such row, that of the other."""
    row = total or other
    return row[index] if row and index < len(row) else None


def _cell(value: Value, unit: Unit, locale: str, link: str | None = None) -> Cell:
    safe = link if link and link.lower().startswith(("http://", "https://")) else None
    return Cell("" if value is None else format_value(value, unit, locale), safe)


def _compared(report: Report) -> str:
    return format_period(report.baseline, report.locale) if report.baseline else ""


def _strip(head: Head, cells: Iterable[Cell], total: Cell) -> _Strip:
    """Measure a column: its longest cell, and its head broken at spaces."""
    cells = tuple(cells)
    longest = max((_cell_width(cell) for cell in (*cells, total)), default=_DASH_EM)
    words = max(text_width(word) for word in ([head.text] if head.role == "compared" else head.text.split(" ")))
    return _Strip(head, cells, total, max(_SHORTEST_EM, words, min(longest, _LONGEST_EM)) + _PADDING_EM)


def _cell_width(cell: Cell) -> float:
    if cell.move:
        return text_width(cell.move.arrow) + _SPACE_EM + text_width(cell.move.text, weight=600)
    return text_width(cell.text) * (_NOTE_SIZE if cell.is_note else 1) + (_PICTURE_EM if cell.picture else 0)
