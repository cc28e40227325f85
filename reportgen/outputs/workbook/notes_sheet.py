"""The notes: dates, sources, missing figures, the author's texts, and remarks on the workbook itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.formatting import format_value
from reportgen.model import Unit
from reportgen.outputs.text.block_states import baseline_words, remark_sentences, remark_words
from reportgen.outputs.text.catalogues import N_, listed_text, words_of
from reportgen.outputs.text.counts_and_shares import count_text
from reportgen.outputs.text.headings import block_title
from reportgen.outputs.text.period_notes import own_days_words, period_words, window_words
from reportgen.outputs.text.plain_prose import plain_prose
from reportgen.outputs.text.sources import SOURCE_WORDS, days_that_lack, source_title
from reportgen.outputs.workbook.excel_names import rgb
from reportgen.outputs.workbook.sheet import Sheet
from reportgen.outputs.workbook.sheet_cells import text_cell
from reportgen.outputs.workbook.sheet_heads import back_row
from reportgen.outputs.workbook.sheet_words import headings, period_name, periods_of, state_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.model import Block, Chart, Report, Table
    from reportgen.outputs.workbook.sheet_cells import SheetRow

_WIDTHS = (26, 34, 84)  # characters: section, block, words
_DATE = Unit("date")
_FORMULAS = N_(
    "Changes are formulas over the cells beside them. A total is a formula where the rows of its table add up to "
    "the source's own total; elsewhere it is the source's number. A number made from other numbers is a formula where "
    "all of these are shown."
)
_SCALE = N_("A figure of the data sheet stands in the source's own scale: a share of 1, not a percentage.")
_CUT = N_("Only the first %(num)s rows of the data stand on their sheet; the CSV files have all of them.")


def notes_sheet(name: str, summary: str, report: Report, *, data_rows: int | None) -> Sheet:
    """Return the sheet of notes.

    Args:
        name: Of the sheet.
        summary: The sheet that it leads back to.
        report: The client's edition.
        data_rows: Count of the rows of the data that stand on their sheet; None where all do.
    """
    _ = words_of(report.locale).gettext
    return Sheet(name, _rows(report, summary, data_rows), _WIDTHS, title=_("Notes"), color=rgb(report.theme, "axis"))


def _rows(report: Report, summary: str, data_rows: int | None) -> Iterator[SheetRow]:
    """Yield the notes: dates, sources, missing figures, remarks, and the author's texts."""
    _ = words_of(report.locale).gettext
    yield (text_cell(_("Notes"), "title"),)
    yield back_row(summary, report.locale)
    dates = [
        (name, period_name(period, report.locale), period_words(period, report.locale))
        for name, period in periods_of(report)
    ]
    between = [("", "", sentence) for which in ("period", "baseline") for sentence in window_words(report, which)]
    yield from _headed_list((_("Dates"), "", ""), [*dates, *between, (_("Time zone"), "", report.timezone)])
    yield from _headed_list((_("This workbook"), "", ""), list(_about(report, data_rows)))
    sources = [
        (source.alias, source_title(source, report.locale), _(SOURCE_WORDS[source.status][0]))
        for source in report.sources
    ]
    yield from _headed_list((_("Source"), _("Integration"), _("Status")), sources)
    yield from _headed_list(
        (_("Days without figures"), "", ""), [(name, "", days) for name, days in days_that_lack(report)]
    )
    placed = [(section.title, block) for section in report.sections for block in section.blocks]
    lacking = [
        (title, block_title(block, report.locale), _(state_words(block.remarks, block.state)[1]))
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
    if own := own_days_words(block, report):
        yield block.label, own
    for reading in report.own_readings(block):
        for sentence in remark_sentences(reading.remarks, reading.missing or "ok", report.locale):
            yield reading.label, sentence


def _about(report: Report, data_rows: int | None) -> Iterator[tuple[str, str, str]]:
    """Yield the day of the figures, their currencies and the note on totals."""
    _ = words_of(report.locale).gettext
    yield _("Report date"), "", format_value(report.as_of.isoformat(), _DATE, report.locale)
    if currencies := sorted(filter(None, {unit.currency for unit in _units(report) if unit.name == "currency"})):
        yield _("Currency"), "", listed_text(currencies, report.locale)
    if any(table.columns for block in report.blocks for table in block.tables):
        yield _("Formulas"), "", _(_FORMULAS)
    yield _("Data"), "", _(_SCALE)
    if data_rows is not None:
        yield _("Data"), "", _(_CUT) % {"num": count_text(data_rows, report.locale)}


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


def _headed_list(heads: tuple[str, str, str], lines: list[tuple[str, str, str]]) -> Iterator[SheetRow]:
    """Yield a blank row, a heading and a row a line; no rows without lines."""
    if lines:
        yield ()
        yield headings(*heads)
        yield from (tuple(text_cell(text, "text") for text in line) for line in lines)
