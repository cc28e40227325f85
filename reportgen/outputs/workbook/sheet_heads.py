"""The rows above a table: its full title, where its figures are from, and the way back to the summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.formatting import babel_locale
from reportgen.outputs.text.block_states import REMARK_WORDS, remark_words
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.period_notes import compared_days, dated_part, days_of_part, period_words
from reportgen.outputs.text.source_coverage import coverage_of, coverage_words
from reportgen.outputs.text.sources import source_name
from reportgen.outputs.workbook.excel_names import place_of
from reportgen.outputs.workbook.sheet_cells import text_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.model import Block, Remark, Report
    from reportgen.outputs.workbook.sheet_cells import SheetRow

HEAD_ROWS = 3
"""Count of the rows above the heading of a table."""

_OWN_DAYS: frozenset[Remark] = frozenset({"last_30_days", "own_period"})


def head_rows(title: str, facts: str, summary: str, locale: str) -> tuple[SheetRow, ...]:
    """Return the rows above a table: title, facts, and a link to the sheet of the summary."""
    return (text_cell(title, "title"),), (text_cell(facts, "caption"),), back_row(summary, locale)


def back_row(summary: str, locale: str) -> SheetRow:
    """Return the row of the link to the sheet of the summary."""
    arrow = "→" if babel_locale(locale).text_direction == "rtl" else "←"
    return (text_cell(f"{arrow} {summary}", "back")._replace(link=place_of(summary)),)


def block_facts(block: Block, report: Report) -> str:
    """Return the source, the days and the coverage of a block, `Google Ads · Oct 1 – 31, 2026 (31 days)`."""
    return " \N{MIDDLE DOT} ".join(filter(None, _facts(block, report)))


def _facts(block: Block, report: Report) -> Iterator[str]:
    _ = words_of(report.locale).gettext
    yield from (source_name(source) for source in report.sources if source.alias == block.source)
    if not _OWN_DAYS.isdisjoint(block.remarks):
        yield from (_(REMARK_WORDS[remark]) for remark in block.remarks if remark in _OWN_DAYS)
        return
    part = dated_part(block)
    yield period_words(days_of_part(report, part), report.locale)
    if (baseline := compared_days(report, part)) and _is_compared(block):
        yield _("compared with %(period)s") % {"period": period_words(baseline, report.locale)}
    coverage = coverage_of([block])
    if coverage:
        yield coverage_words(coverage, report)
    elif words := remark_words(block, report.locale):
        yield words[0]


def _is_compared(block: Block) -> bool:
    columns = any(column.baseline for table in block.tables for column in table.columns)
    return columns or any(series.baseline for chart in block.charts for series in chart.series)
