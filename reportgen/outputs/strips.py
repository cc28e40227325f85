"""The columns of a table as they are printed: their cells in words, beside what they are compared with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from reportgen.formatting import format_period, format_value
from reportgen.outputs.cards import move
from reportgen.outputs.language import words_of
from reportgen.outputs.measure import text_width
from reportgen.outputs.ordering import places_of, places_of_changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportgen.model import Column, Picture, Report, Table, Tone, Unit, Value
    from reportgen.outputs.cards import Move

_PADDING_EM = 1.3
_LONGEST_EM, _SHORTEST_EM = 22.0, 3.5
_DASH_EM, _SPACE_EM = 1.0, 0.3
_PICTURE_EM = 3.8  # 10 mm and the gap beside them
_BAR_EM = 6.3  # 20 mm
_MARK_EM = 0.9
_NOTE_SIZE = 0.89  # words in place of a change are set smaller, 8 pt to 9 pt


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table.

    Attributes:
        text: Empty where the value is missing.
        link: Where it leads, or None.
        move: The change it shows, or None; its text is empty then.
        is_note: Whether its text is words in place of a change.
        picture: Shown before its text, or None.
        bar: How long the bar is that it shows in place of text, as a share of the longest; None in most columns.
        tone: What its value is by the author's limits.
        place: Of its value in the order of the column, the smallest 0; None where it has none.
    """

    text: str
    link: str | None = None
    move: Move | None = None
    is_note: bool = False
    picture: Picture | None = None
    bar: float | None = None
    tone: Tone = "neutral"
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column.

    Attributes:
        text: What it says.
        numeric: Whether its cells are numbers.
        share: Its share of the width in percent.
        role: The column of the table itself, or its values as bars, or what it is compared with, or the change from
            that.
        pictured: Whether small pictures stand before its texts, so that all of these are set in.
    """

    text: str
    numeric: bool
    share: float
    role: Literal["value", "bar", "compared", "change"] = "value"
    pictured: bool = False


@dataclass(frozen=True, slots=True)
class Strip:
    """One printed column.

    Attributes:
        head: Its head.
        cells: One a row.
        total: The cell of the total row.
        width: What it asks for, in em.
        column: Where in the table the column is that it belongs to.
    """

    head: Head
    cells: tuple[Cell, ...]
    total: Cell
    width: float
    column: int = 0


def strips_of(table: Table, report: Report, sizes: Sequence[float]) -> list[Strip]:
    """Return the columns that are printed.

    The change of the leading metric always is; its compared values and the changes of the other
    metrics are where the page has room for them in the type it has anyway. The workbook has all.

    Args:
        table: Whose columns.
        report: Whose locale and compared period they are in.
        sizes: How wide the page is, in em, in each of the sizes that it may be printed in, the smallest first.
    """
    beside: dict[int, list[Strip]] = {index: [] for index, one in enumerate(table.columns) if one.printed}
    compared = [index for index in beside if table.columns[index].baseline and table.columns[index].is_numeric]
    own = {index: _own(table, index, report) for index in beside}
    if report.baseline and compared:
        lead = compared[0]
        beside[lead] = [_changes(table, lead, report, leading=True)]
        need = sum(strip.width for strips in (*own.values(), beside[lead]) for strip in strips)
        room = next((size for size in sizes if need <= size), 0.0) - need
        optional = [(lead, _previous(table, lead, report))]
        optional += [(index, _changes(table, index, report, leading=False)) for index in compared[1:]]
        for index, strip in optional:
            if strip.width <= room:
                beside[index].insert(0, strip)
                room -= strip.width
    return [replace(strip, column=index) for index in beside for strip in (*own[index], *beside[index])]


def _own(table: Table, index: int, report: Report) -> list[Strip]:
    """Return the strips that a column itself takes: its values, and bars before them where the author wants some."""
    column, values = table.columns[index], _values(table, index, report)
    return [_bars(column, table.shown), values] if column.bar and column.is_numeric else [values]


def _bars(column: Column, shown: int) -> Strip:
    """Return bars as long as the values, the largest one full; what is missing or below zero has none."""
    numbers = [value if isinstance(value, int | float) else 0 for value in column.values[:shown]]
    largest = max(numbers, default=0)
    cells = tuple(Cell("", bar=max(0.0, value / largest) if largest > 0 else 0.0) for value in numbers)
    return Strip(Head("", numeric=True, share=0, role="bar"), cells, Cell("", bar=0), _BAR_EM)


def _values(table: Table, index: int, report: Report) -> Strip:
    column, locale = table.columns[index], report.locale
    links = column.links or (None,) * len(column.values)
    pictures = column.thumbnails or (None,) * len(column.values)
    values = column.values[: table.shown]
    cells = [
        _cell(value, column.unit, locale, link, picture=picture, tone=column.tone(value), place=place)
        for value, link, picture, place in zip(
            values, links[: table.shown], pictures[: table.shown], places_of(values), strict=True
        )
    ]
    total = _cell(
        _of_total(table.total, table.total_baseline if column.role == "dimension" else None, index), column.unit, locale
    )
    head = Head(column.label, column.is_numeric, 0, pictured=any(column.thumbnails))
    return _strip(head, cells, total)


def _previous(table: Table, index: int, report: Report) -> Strip:
    """Return what a metric is compared with, under the name of the compared period."""
    column = table.columns[index]
    values = column.baseline[: table.shown]
    cells = [
        _cell(value, column.unit, report.locale, place=place)
        for value, place in zip(values, places_of(values), strict=True)
    ]
    total = _cell(_of_total(table.total_baseline, None, index), column.unit, report.locale)
    head = Head(_compared(report), numeric=True, share=0, role="compared")
    return _strip(head, cells, total)


def _changes(table: Table, index: int, report: Report, *, leading: bool) -> Strip:
    """Return how a metric moved; the leading one says which rows were found in one period only."""
    column, locale, _ = table.columns[index], report.locale, words_of(report.locale).gettext
    period = {"period": _compared(report)}
    notes = {"current": _("not in %(period)s") % period, "baseline": _("only in %(period)s") % period}
    presence = table.presence or ("both",) * table.shown
    places = places_of_changes([column.change(*pair) for pair in zip(column.values, column.baseline, strict=False)])
    cells = [
        Cell(notes[found], is_note=True, place=place)
        if leading and found in notes
        else _change(column, current, baseline, locale, place)
        for found, current, baseline, place in zip(
            presence[: table.shown], column.values, column.baseline, places, strict=False
        )
    ]
    current, baseline = _of_total(table.total, None, index), _of_total(table.total_baseline, None, index)
    head = Head(_("Change"), numeric=True, share=0, role="change")
    return _strip(head, cells, _change(column, current, baseline, locale))


def _change(column: Column, current: Value, baseline: Value, locale: str, place: int | None = None) -> Cell:
    change = column.change(current, baseline)
    return Cell("", move=move(change, column.unit, locale) if change else None, place=place)


def _of_total(total: Sequence[Value] | None, other: Sequence[Value] | None, index: int) -> Value:
    """Return a cell of a total row; where there is no such row, that of the other."""
    row = total or other
    return row[index] if row and index < len(row) else None


def _cell(  # noqa: PLR0913 - what a cell shows
    value: Value,
    unit: Unit,
    locale: str,
    link: str | None = None,
    *,
    picture: Picture | None = None,
    tone: Tone = "neutral",
    place: int | None = None,
) -> Cell:
    safe = link if link and link.lower().startswith(("http://", "https://")) else None
    text = "" if value is None else format_value(value, unit, locale)
    return Cell(text, safe, picture=picture, tone=tone, place=place)


def _compared(report: Report) -> str:
    return format_period(report.baseline, report.locale) if report.baseline else ""


def _strip(head: Head, cells: Iterable[Cell], total: Cell) -> Strip:
    """Measure a column: its longest cell, and its head broken at spaces."""
    cells = tuple(cells)
    longest = max((_cell_width(cell) for cell in (*cells, total)), default=_DASH_EM)
    words = max(text_width(word) for word in ([head.text] if head.role == "compared" else head.text.split(" ")))
    return Strip(head, cells, total, max(_SHORTEST_EM, words, min(longest, _LONGEST_EM)) + _PADDING_EM)


def _cell_width(cell: Cell) -> float:
    if cell.move:
        return text_width(cell.move.arrow) + _SPACE_EM + text_width(cell.move.text, weight=600)
    beside = (_PICTURE_EM if cell.picture else 0) + (_MARK_EM if cell.tone != "neutral" else 0)
    return text_width(cell.text) * (_NOTE_SIZE if cell.is_note else 1) + beside
