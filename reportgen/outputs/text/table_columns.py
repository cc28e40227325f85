"""The columns of a printed table: their cells in words, beside what they are compared with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reportgen.formatting import format_period, format_value
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.number_cards import move
from reportgen.outputs.text.sort_order import places_of, places_of_changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Column, Picture, Report, Table, Tone, Unit, Value
    from reportgen.outputs.text.number_cards import Move


@dataclass(frozen=True, slots=True)
class TableCell:
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
class ColumnHead:
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
class PrintedColumn:
    """One printed column.

    Attributes:
        head: Its head.
        cells: One a row.
        total: The cell of the total row.
        width: What it asks for, in em; 0 until it is measured.
        column: Where in the table the column is that it belongs to.
    """

    head: ColumnHead
    cells: tuple[TableCell, ...]
    total: TableCell
    width: float = 0
    column: int = 0


def bar_column(column: Column, shown: int) -> PrintedColumn:
    """Return bars as long as the values, the largest one full; what is missing or below zero has none."""
    numbers = [value if isinstance(value, int | float) else 0 for value in column.values[:shown]]
    largest = max(numbers, default=0)
    cells = tuple(TableCell("", bar=max(0.0, value / largest) if largest > 0 else 0.0) for value in numbers)
    return PrintedColumn(ColumnHead("", numeric=True, share=0, role="bar"), cells, TableCell("", bar=0))


def value_column(table: Table, index: int, report: Report) -> PrintedColumn:
    """Return the values of a column."""
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
    head = ColumnHead(column.label, column.is_numeric, 0, pictured=any(column.thumbnails))
    return PrintedColumn(head, tuple(cells), total)


def compared_column(table: Table, index: int, report: Report) -> PrintedColumn:
    """Return what a metric is compared with, under the name of the compared period."""
    column = table.columns[index]
    values = column.baseline[: table.shown]
    cells = [
        _cell(value, column.unit, report.locale, place=place)
        for value, place in zip(values, places_of(values), strict=True)
    ]
    total = _cell(_of_total(table.total_baseline, None, index), column.unit, report.locale)
    head = ColumnHead(_compared(report), numeric=True, share=0, role="compared")
    return PrintedColumn(head, tuple(cells), total)


def change_column(table: Table, index: int, report: Report, *, leading: bool) -> PrintedColumn:
    """Return how a metric moved; the leading one says which rows were found in one period only."""
    column, locale, _ = table.columns[index], report.locale, words_of(report.locale).gettext
    period = {"period": _compared(report)}
    notes = {"current": _("not in %(period)s") % period, "baseline": _("only in %(period)s") % period}
    presence = table.presence or ("both",) * table.shown
    places = places_of_changes([column.change(*pair) for pair in zip(column.values, column.baseline, strict=False)])
    cells = [
        TableCell(notes[found], is_note=True, place=place)
        if leading and found in notes
        else _change(column, current, baseline, locale, place)
        for found, current, baseline, place in zip(
            presence[: table.shown], column.values, column.baseline, places, strict=False
        )
    ]
    current, baseline = _of_total(table.total, None, index), _of_total(table.total_baseline, None, index)
    head = ColumnHead(_("Change"), numeric=True, share=0, role="change")
    return PrintedColumn(head, tuple(cells), _change(column, current, baseline, locale))


def _change(column: Column, current: Value, baseline: Value, locale: str, place: int | None = None) -> TableCell:
    change = column.change(current, baseline)
    return TableCell("", move=move(change, column.unit, locale) if change else None, place=place)


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
) -> TableCell:
    safe = link if link and link.lower().startswith(("http://", "https://")) else None
    text = "" if value is None else format_value(value, unit, locale)
    return TableCell(text, safe, picture=picture, tone=tone, place=place)


def _compared(report: Report) -> str:
    return format_period(report.baseline, report.locale) if report.baseline else ""
