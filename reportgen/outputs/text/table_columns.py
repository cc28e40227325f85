"""The columns of a printed table: their cells in words, with compared values, bars and changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from reportgen.formatting import format_value, limited_unit
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.number_cards import move, tone_word
from reportgen.outputs.text.period_notes import compared_days, compared_period, form_of_days
from reportgen.outputs.text.sort_order import places_of, places_of_changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Change, Column, Picture, Report, Table, Tone, Unit, Value
    from reportgen.outputs.text.number_cards import Move
    from reportgen.outputs.text.period_notes import DaysForm

_SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table.

    Attributes:
        text: Empty where the value is missing.
        link: The address it leads to, or None.
        move: The change it shows in place of text, or None.
        is_note: Whether its text is words in place of a change.
        picture: Shown before its text, or None.
        bar: Length of the bar it shows in place of text, as a share of the longest; None in most columns.
        tone: The tone of its value by the author's limits.
        place: Of its value in the order of the column, the smallest 0; None where the value is missing.
        word: The word beside its change, where the arrow alone would mislead; else empty.
    """

    text: str
    link: str | None = None
    move: Move | None = None
    is_note: bool = False
    picture: Picture | None = None
    bar: float | None = None
    tone: Tone = "neutral"
    place: int | None = None
    word: str = ""


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """The head of a column.

    Attributes:
        text: Its text.
        numeric: Whether its cells are numbers.
        share: Its share of the width in percent; 0 until the table is laid out.
        least: The width that it needs, in em; 0 until then.
        is_flexible: Whether it takes of a screen what the other columns leave.
        role: The column of the table itself, or its values as bars, or the compared values, or the changes.
        pictured: Whether small pictures stand before its texts, so that all of these are set in.
        whole: Whether its texts are never broken into lines, as figures and days are not.
        lines: How many lines of a text are shown at most; None shows all.
        of: The column whose changes or compared values it has; empty for a column of the table itself.
    """

    text: str
    numeric: bool
    share: float = 0
    least: float = 0
    is_flexible: bool = False
    role: Literal["value", "bar", "compared", "change"] = "value"
    pictured: bool = False
    whole: bool = False
    lines: int | None = None
    of: str = ""


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """A printed column.

    Attributes:
        head: Its head.
        cells: A cell for each row.
        total: The cell of the total row.
        width: The width it asks for, in em; 0 until it is measured.
        least: The width below which its texts would break inside words or in too many lines, in em.
        most: The width that it can use, in em.
        column: Index of the table's column that it belongs to.
    """

    head: ColumnHead
    cells: tuple[TableCell, ...]
    total: TableCell
    width: float = 0
    least: float = 0
    most: float = 0
    column: int = 0


def named_total(total: Sequence[Value] | None, locale: str) -> Sequence[Value] | None:
    """Return the cells of a total row, with the word for it where the total was worked out here and has no name."""
    if not total or total[0] is not None:
        return total
    return (words_of(locale).gettext("Total"), *total[1:])


def bar_column(column: Column, shown: int, *, has_other: bool) -> PrintedColumn:
    """Return a column of bars as long as its values; a missing value, a value below zero and Other have none."""
    numbers = [value if isinstance(value, int | float) else 0 for value in column.values[:shown]]
    largest = max(numbers, default=0)
    cells = [TableCell("", bar=max(0.0, value / largest) if largest > 0 else 0.0) for value in numbers]
    cells += [TableCell("", bar=0)] if has_other else []
    return PrintedColumn(ColumnHead("", numeric=True, role="bar", whole=True), tuple(cells), TableCell("", bar=0))


def value_column(table: Table, index: int, report: Report) -> PrintedColumn:
    """Return the values of a column."""
    column, locale = table.columns[index], report.locale
    links = column.links or (None,) * len(column.values)
    pictures = column.thumbnails or (None,) * len(column.values)
    values = column.values[: table.shown]
    cells = tuple(
        TableCell(
            _text(value, limited_unit(value, column.unit, column.limits) if column.tones else column.unit, locale),
            link if link and link.lower().startswith(("http://", "https://")) else None,
            picture=picture,
            tone=column.tone(value),
            place=place,
        )
        for value, link, picture, place in zip(
            values, links[: table.shown], pictures[: table.shown], places_of(values), strict=True
        )
    )
    total = table.total or (table.total_baseline if column.role == "dimension" else None)
    totals = named_total(total, locale)
    head = ColumnHead(
        column.label,
        column.is_numeric,
        pictured=any(column.thumbnails),
        whole=column.is_numeric or column.unit.name == "date",
        lines=column.lines,
    )
    cells += tuple(TableCell(_text(row[index], column.unit, locale)) for row in _other(table))
    return PrintedColumn(head, cells, TableCell(_text(_value_at(totals, index), column.unit, locale)))


def compared_column(table: Table, index: int, report: Report) -> PrintedColumn:
    """Return the compared values of a metric, under the name of the compared period."""
    column = table.columns[index]
    total = _text(_value_at(table.total_baseline, index), column.unit, report.locale)
    period = compared_period(report, table).replace(" ", _SPACE)
    text = words_of(report.locale).gettext("%(label)s, %(period)s") % {"label": column.label, "period": period}
    head = ColumnHead(text, numeric=True, role="compared", whole=True)
    other = tuple(
        TableCell(_text(_value_at(table.other_baseline, index), column.unit, report.locale)) for _ in _other(table)
    )
    return PrintedColumn(head, (*_compared_cells(column, table, report), *other), TableCell(total))


def compared_days_column(table: Table, index: int, report: Report) -> PrintedColumn:
    """Return the days that the days of a column are compared with; blank beside days that have no partner."""
    column = table.columns[index]
    head = ColumnHead(words_of(report.locale).gettext("Compared with"), numeric=True, role="compared")
    blank = tuple(TableCell("") for _ in _other(table))
    return PrintedColumn(head, (*_compared_cells(column, table, report), *blank), TableCell(""))


def _compared_cells(column: Column, table: Table, report: Report) -> tuple[TableCell, ...]:
    """Return the compared values of a column that are shown, as cells with their places in the order."""
    values = column.baseline[: table.shown]
    return tuple(
        TableCell(_text(value, column.unit, report.locale), place=place)
        for value, place in zip(values, places_of(values), strict=True)
    )


def _presence_notes(table: Table, report: Report) -> dict[str, str]:
    """Return the notes on the rows that stand in one period alone, by that period."""
    _, compared = words_of(report.locale).gettext, compared_days(report, table)
    words: dict[DaysForm, tuple[str, str]] = {
        "day": (_("not on %(period)s"), _("only on %(period)s")),
        "months": (_("not in %(period)s"), _("only in %(period)s")),
        "days": (_("not %(period)s"), _("only %(period)s")),
    }
    absent, alone = words[form_of_days(compared)]
    period = {"period": compared_period(report, table)}
    return {"current": absent % period, "baseline": alone % period}


def change_column(table: Table, index: int, report: Report, *, leading: bool) -> PrintedColumn:
    """Return the changes of a metric; the leading metric's name the rows found in a single period."""
    column, locale, _ = table.columns[index], report.locale, words_of(report.locale).gettext
    notes = _presence_notes(table, report)
    presence = table.presence or ("both",) * table.shown
    changes = table.changes(column)
    cells = [
        TableCell(notes[found], is_note=True, place=place)
        if leading and found in notes
        else _change(change, column, locale, place)
        for found, change, place in zip(presence[: table.shown], changes, places_of_changes(changes), strict=False)
    ]
    of_other = (column.change(row[index], _value_at(table.other_baseline, index)) for row in _other(table))
    cells += [_change(change, column, locale) for change in of_other]
    of_total = column.change(_value_at(table.total, index), _value_at(table.total_baseline, index))
    total = _change(of_total, column, locale)
    return PrintedColumn(
        ColumnHead(_("Change"), numeric=True, role="change", whole=True, of=column.label), tuple(cells), total
    )


def dated_change_column(table: Table, index: int, report: Report) -> PrintedColumn:
    """Return the changes of a metric against days that its head names, beside those against the report's own."""
    column = change_column(table, index, report, leading=False)
    named = {"label": column.head.text, "period": compared_period(report, table, brief=True)}
    text = words_of(report.locale).gettext("%(label)s, %(period)s") % named
    return replace(column, head=replace(column.head, text=text))


def _change(change: Change | None, column: Column, locale: str, place: int | None = None) -> TableCell:
    moved = move(change, column.unit, locale) if change else None
    word = tone_word(moved, locale) if moved and moved.tone != "level" else ""
    return TableCell("", move=moved, place=place, word=word)


def _other(table: Table) -> tuple[tuple[Value, ...], ...]:
    """Return the row Other as the only row, or no row."""
    return (table.other,) if table.other else ()


def _value_at(row: Sequence[Value] | None, index: int) -> Value:
    return row[index] if row and index < len(row) else None


def _text(value: Value, unit: Unit, locale: str) -> str:
    return "" if value is None else format_value(value, unit, locale)
