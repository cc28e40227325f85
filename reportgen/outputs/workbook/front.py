"""The sheets that every workbook has, before and after the tables: the summary and the notes."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from reportgen.formatting import excel_format, format_dates, format_period
from reportgen.model import Unit
from reportgen.outputs.prose import prose_html
from reportgen.outputs.words import STATE_WORDS, source_name
from reportgen.outputs.workbook.cells import Cell, change_cells, text_cell, value_cell
from reportgen.outputs.workbook.names import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reportgen.model import Block, Reading, Report, State
    from reportgen.outputs.workbook.cells import Row, Style
    from reportgen.periods import Period

NOTES_WIDTHS = (26, 34, 84)
"""Of the columns of the notes, in characters: section, block, words."""

_WORDS: dict[State, tuple[str, str]] = {
    "ok": ("OK", ""),
    "partial": ("Partial", "A part of it could not be read."),
    **STATE_WORDS,
}
_SOURCE_WORDS = {"active": "Read", "failed": "Could not be read this time", "absent": "Not connected"}
_COUNT, _DATE = Unit("count"), Unit("date")
_NUMBERS = ("Value", "Previous", "Change", "Change %")


def summary_rows(report: Report) -> Iterator[Row]:
    """Yield whom the report is for, its periods, and every number with its change and state."""
    yield (text_cell(report.title, "title"),)
    yield (text_cell(f"Prepared by {report.agency.name}" if report.agency.name else "", "caption"),)
    yield ()
    yield text_cell("Client", "fact_name"), text_cell(report.client.name, "fact")
    yield text_cell("Report date", "fact_name"), _day(report.as_of, report.locale, "fact")
    yield text_cell("Time zone", "fact_name"), text_cell(report.timezone, "fact")
    yield ()
    yield (*_headings("Dates", ""), *_headings("From", "To", "Days", style="heading_right"))
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
        yield ()
        yield (*_headings("Section", "Measure"), *_headings(*_NUMBERS, style="heading_right"), *_headings("State"))
        yield from numbers


def notes_rows(report: Report) -> Iterator[Row]:
    """Yield what a reader should know: dates, sources, what is missing, and the author's words."""
    yield (text_cell("Notes", "title"),)
    dates = [
        (name, _period_name(period, report.locale), f"{format_dates(period, report.locale)}, {_days(period)}")
        for name, period in _periods(report)
    ]
    yield from _list(("Dates", "", ""), [*dates, ("Time zone", "", report.timezone)])
    sources = [(source.alias, source_name(source), _SOURCE_WORDS[source.status]) for source in report.sources]
    yield from _list(("Source", "Integration", "Status"), sources)
    placed = [(section.title, block) for section in report.sections for block in section.blocks]
    lacking = [(title, _name(block), _WORDS[block.state][1]) for title, block in placed if block.state != "ok"]
    yield from _list(("Not complete", "", ""), lacking)
    noted = [(title, block.label, note) for title, block in placed for note in block.notes]
    yield from _list(("Notes on blocks", "", ""), noted)
    written = [(title, block.label, _plain(block.prose)) for title, block in placed if block.prose]
    yield from _list(("Text", "", ""), written)


def _numbers(report: Report) -> Iterator[Row]:
    for section in report.sections:
        for block in section.blocks:
            for reading in block.readings:
                name = _name(block) if len(block.readings) == 1 else f"{_name(block)}: {reading.field}"
                yield (text_cell(section.title, "muted"), text_cell(name, "text"), *_reading(reading, block, report))


def _reading(reading: Reading, block: Block, report: Report) -> Row:
    """Return value, previous value, both changes, and the state in words."""
    blank = Cell(None, "number")
    changes = change_cells(reading.change, reading.unit, report.locale) if reading.change else (blank, blank)
    state = _WORDS[reading.missing or block.state][0]
    if reading.baseline_missing and reading.baseline_missing != "not_requested" and not reading.missing:
        state = f"Previous: {_WORDS[reading.baseline_missing][0].lower()}"
    return (
        value_cell(reading.value, reading.unit, report.locale, "number"),
        value_cell(reading.baseline, reading.unit, report.locale, "number"),
        *changes,
        text_cell(state, "muted" if state == _WORDS["ok"][0] else "text"),
    )


def _list(headings: tuple[str, str, str], lines: list[tuple[str, str, str]]) -> Iterator[Row]:
    """Yield a headed list after a blank row; nothing where it has no lines."""
    if lines:
        yield ()
        yield _headings(*headings)
        yield from (tuple(text_cell(text, "text") for text in line) for line in lines)


def _headings(*texts: str, style: Style = "heading") -> Row:
    return tuple(text_cell(text, style) for text in texts)


def _periods(report: Report) -> Iterator[tuple[str, Period]]:
    yield "Period", report.period
    if report.baseline:
        yield "Compared with", report.baseline


def _period_name(period: Period, locale: str) -> str:
    return format_period(period, locale) + ("" if period.complete else " (not finished)")


def _days(period: Period) -> str:
    return f"{period.days} day{'' if period.days == 1 else 's'}"


def _day(day: date, locale: str, style: Style) -> Cell:
    return Cell(day, style, excel_format(day.isoformat(), _DATE, locale))


def _name(block: Block) -> str:
    return block.label or block.name


def _plain(markdown: str) -> str:
    """Return an author's text without its markup; list items keep a bullet."""
    html = re.sub(r"<li>\s*", "• ", prose_html(clean_text(markdown)))
    return re.sub(r"\n{2,}", "\n", unescape(re.sub(r"<[^>]+>", "", html))).strip()
