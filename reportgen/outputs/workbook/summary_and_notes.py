"""The sheets that every workbook has, before and after the tables: the summary and the notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.formatting import excel_format, format_period, format_value, telling_unit
from reportgen.model import Unit
from reportgen.outputs.text.block_states import (
    baseline_words,
    missing_of,
    missing_words,
    remark_sentences,
    remark_words,
)
from reportgen.outputs.text.catalogues import N_, words_of
from reportgen.outputs.text.headings import block_title
from reportgen.outputs.text.number_cards import STANDING_WORDS, goal_text
from reportgen.outputs.text.period_notes import own_comparison, period_words, window_words
from reportgen.outputs.text.plain_prose import plain_prose
from reportgen.outputs.text.sources import SOURCE_WORDS, days_that_lack, source_name
from reportgen.outputs.workbook.sheet_cells import SheetCell, change_cells, text_cell, value_cell, with_live_formulas

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from reportgen.model import Block, BlockState, Chart, Reading, Remark, Report, Table, Value
    from reportgen.outputs.workbook.sheet_cells import CellStyle, SheetRow
    from reportgen.periods import Period

NOTES_WIDTHS = (26, 34, 84)
"""Of the columns of the notes, in characters: section, block, words."""

_WORDS: dict[BlockState, tuple[str, str]] = {
    "ok": (N_("OK"), ""),
    "partial": (N_("Partial"), N_("A part of it could not be read.")),
}
_FORMULAS = N_(
    "Changes are formulas over the cells beside them. A total is a formula where the rows of its table add up to "
    "the source's own total; elsewhere it is the source's number."
)
_COUNT, _DATE = Unit("count"), Unit("date")
_NUMBERS = (N_("Value"), N_("Previous"), N_("Change"), N_("Change %"))
_GOALS = (N_("Goal"), N_("Progress"), N_("Verdict"))
_PROGRESS = Unit("percent", decimals=0)


def summary_rows(report: Report) -> Iterator[SheetRow]:
    """Yield the report's client and periods, and every number with its change, goal and state."""
    _ = words_of(report.locale).gettext
    agency = _("Prepared by %(agency)s") % {"agency": report.agency.name} if report.agency.name else ""
    yield (text_cell(report.title, "title"),)
    yield (text_cell(agency, "caption"),)
    yield ()
    yield text_cell(_("Client"), "fact_name"), text_cell(report.client.name, "fact")
    yield text_cell(_("Report date"), "fact_name"), _day(report.as_of, report.locale, "fact")
    yield text_cell(_("Time zone"), "fact_name"), text_cell(report.timezone, "fact")
    yield ()
    yield (*_headings(_("Dates"), ""), *_headings(_("From"), _("To"), _("Days"), style="heading_right"))
    for name, period in _periods(report):
        yield (
            text_cell(name, "text"),
            text_cell(_period_name(period, report.locale), "text"),
            _day(period.start, report.locale, "number"),
            _day(period.end, report.locale, "number"),
            value_cell(period.days, _COUNT, report.locale, "number"),
        )
    numbers = list(_numbers(report))
    if numbers:
        columns = (*_NUMBERS, *(_GOALS if _has_goals(report) else ()))
        yield ()
        yield (
            *_headings(_("Section"), _("Measure")),
            *_headings(*map(_, columns), style="heading_right"),
            *_headings(_("State")),
        )
        yield from numbers


def notes_rows(report: Report) -> Iterator[SheetRow]:
    """Yield the notes: dates, sources, missing figures, remarks, and the author's texts."""
    _ = words_of(report.locale).gettext
    yield (text_cell(_("Notes"), "title"),)
    dates = [
        (name, _period_name(period, report.locale), period_words(period, report.locale))
        for name, period in _periods(report)
    ]
    between = [("", "", sentence) for which in ("period", "baseline") for sentence in window_words(report, which)]
    yield from _headed_list((_("Dates"), "", ""), [*dates, *between, (_("Time zone"), "", report.timezone)])
    yield from _headed_list((_("This workbook"), "", ""), list(_about(report)))
    sources = [(source.alias, source_name(source), _(SOURCE_WORDS[source.status][0])) for source in report.sources]
    yield from _headed_list((_("Source"), _("Integration"), _("Status")), sources)
    yield from _headed_list(
        (_("Days without figures"), "", ""), [(name, "", days) for name, days in days_that_lack(report)]
    )
    placed = [(section.title, block) for section in report.sections for block in section.blocks]
    lacking = [
        (title, block_title(block, report.locale), _(_state_words(block.remarks, block.state)[1]))
        for title, block in placed
        if block.state != "ok"
    ]
    lacking += [
        (title, block_title(block, report.locale), sentence)
        for title, block in placed
        for sentence in _uncompared(block, report)
    ]
    yield from _headed_list((_("Not complete"), "", ""), lacking)
    noted = [(title, name, note) for title, block in placed for name, note in _remarks(block, report)]
    yield from _headed_list((_("Notes on blocks"), "", ""), noted)
    written = [(title, block.label, plain_prose(block.prose)) for title, block in placed if block.prose]
    yield from _headed_list((_("Text"), "", ""), written)


def _remarks(block: Block, report: Report) -> Iterator[tuple[str, str]]:
    """Yield the notes and the remarks on a block, and on the numbers that stand in its list alone, with their names."""
    yield from ((block.label, note) for note in (*block.notes, *remark_words(block, report.locale)))
    if own := own_comparison(block, report):
        yield block.label, own
    for reading in report.own_readings(block):
        for sentence in remark_sentences(reading.remarks, reading.missing or "ok", report.locale):
            yield reading.label, sentence


def _about(report: Report) -> Iterator[tuple[str, str, str]]:
    """Yield the day of the figures, their currencies, and the note on totals."""
    _ = words_of(report.locale).gettext
    yield _("Report date"), "", format_value(report.as_of.isoformat(), _DATE, report.locale)
    if currencies := sorted(filter(None, {unit.currency for unit in _units(report) if unit.name == "currency"})):
        yield _("Currency"), "", ", ".join(currencies)
    if any(table.columns for block in report.blocks for table in block.tables):
        yield _("Formulas"), "", _(_FORMULAS)


def _units(report: Report) -> Iterator[Unit]:
    for block in report.blocks:
        yield from (reading.unit for reading in block.readings)
        yield from (series.unit for chart in block.charts for series in chart.series)
        yield from (column.unit for table in block.tables for column in table.columns)


def _uncompared(block: Block, report: Report) -> Iterator[str]:
    """Yield the reasons why charts and tables of a block have no comparison, where the report has a baseline."""
    parts: tuple[Chart | Table, ...] = (*block.charts, *block.tables)
    for part in parts:
        if words := baseline_words(part.baseline_missing, report, part):
            yield words


def _has_goals(report: Report) -> bool:
    return any(reading.goal for block in report.blocks for reading in report.own_readings(block))


def _numbers(report: Report) -> Iterator[SheetRow]:
    for section in report.sections:
        for block in section.blocks:
            for reading in report.own_readings(block):
                title = block_title(block, report.locale)
                name = reading.label or (title if len(block.readings) == 1 else f"{title}: {reading.field}")
                cells = _reading(reading, block, report)
                yield with_live_formulas((text_cell(section.title, "muted"), text_cell(name, "text"), *cells))


def _reading(reading: Reading, block: Block, report: Report) -> SheetRow:
    """Return value, previous value, both changes, the goal where the report has any, and the state in words."""
    _ = words_of(report.locale).gettext
    blank = SheetCell(None, "number")
    changes = change_cells(reading.change, reading.unit, report.locale) if reading.change else (blank, blank)
    word = reading.missing or block.state
    state = _(_state_words((*block.remarks, *reading.remarks), word)[0])
    if reading.baseline_missing and reading.baseline_missing != "not_requested" and not reading.missing:
        word, state = reading.baseline_missing, missing_of(_("Previous"), reading.baseline_missing, report.locale)
    return (
        _number(reading.value, reading.unit, report)._replace(name=_cell_name(block)),
        _number(reading.baseline, reading.unit, report)._replace(name=_cell_name(block, "_previous")),
        *changes,
        *(_goal(reading, report.locale) if _has_goals(report) else ()),
        text_cell(state, "muted" if word == "ok" else "text"),
    )


def _state_words(remarks: Collection[Remark], state: BlockState) -> tuple[str, str]:
    return _WORDS.get(state) or missing_words(remarks, state)


def _number(value: Value, unit: Unit, report: Report) -> SheetCell:
    """Return the cell of a number, which has the decimals of its card."""
    return value_cell(value, telling_unit(value, unit), report.locale, "number")


def _cell_name(block: Block, suffix: str = "") -> str:
    """Return the name of a number's cell in formulas: its block's, behind a word that no address begins with."""
    plain = block.kind == "number" and len(block.readings) == 1
    return f"kpi_{re.sub(r'[^0-9A-Za-z_]', '_', block.name)}{suffix}" if plain else ""


def _goal(reading: Reading, locale: str) -> SheetRow:
    """Return the goal, in words where it is no single number, the progress to it, and the verdict."""
    goal = reading.goal
    if goal is None:
        return SheetCell(None, "number"), SheetCell(None, "number"), SheetCell(None, "text")
    target = value_cell(goal.target, telling_unit(goal.target, reading.unit), locale, "number")
    if goal.kind in {"between", "about"}:
        target = text_cell(goal_text(goal, reading.unit, locale), "number")
    verdict = words_of(locale).gettext(STANDING_WORDS[goal.standing]) if goal.standing else ""
    progress = value_cell(goal.progress, telling_unit(goal.progress, _PROGRESS, free=True), locale, "number")
    return target, progress, text_cell(verdict, "text")


def _headed_list(headings: tuple[str, str, str], lines: list[tuple[str, str, str]]) -> Iterator[SheetRow]:
    """Yield a blank row, a heading and a row a line; no rows without lines."""
    if lines:
        yield ()
        yield _headings(*headings)
        yield from (tuple(text_cell(text, "text") for text in line) for line in lines)


def _headings(*texts: str, style: CellStyle = "heading") -> SheetRow:
    return tuple(text_cell(text, style) for text in texts)


def _periods(report: Report) -> Iterator[tuple[str, Period]]:
    _ = words_of(report.locale).gettext
    yield _("Period"), report.period
    if report.baseline:
        yield _("Compared with"), report.baseline


def _period_name(period: Period, locale: str) -> str:
    _ = words_of(locale).gettext
    name = format_period(period, locale)
    return name if period.complete else _("%(period)s (not finished)") % {"period": name}


def _day(day: date, locale: str, style: CellStyle) -> SheetCell:
    return SheetCell(day, style, excel_format(day.isoformat(), _DATE, locale))
