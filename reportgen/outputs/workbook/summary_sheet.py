"""The summary: client and dates, every number with its change and goal, and the way to each sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportgen.formatting import excel_format
from reportgen.model import Unit
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.workbook.chart_ranges import ChartPlace, SheetChart, native_chart
from reportgen.outputs.workbook.excel_names import place_of, rgb
from reportgen.outputs.workbook.print_layout import centimetres, widths_on_a_page
from reportgen.outputs.workbook.sheet import Sheet, widths_of
from reportgen.outputs.workbook.sheet_cells import SheetCell, text_cell, value_cell
from reportgen.outputs.workbook.sheet_words import headings, period_name, periods_of, state_words
from reportgen.outputs.workbook.table_sheets import MOST_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from reportgen.model import Block, Report
    from reportgen.outputs.printed import PrintedReport
    from reportgen.outputs.workbook.number_rows import NumberRows
    from reportgen.outputs.workbook.sheet_cells import CellStyle, SheetRow

_NAMES = 2  # columns: sections and measures
_COUNT, _DATE = Unit("count"), Unit("date")
_WIDEST = 50  # characters; longer names wrap, and shorter ones where a page is not as wide as the sheet
_CHART_COLUMN = 6  # beside the dates
_NARROWEST_CHART, _ROW_HEIGHT = 13.0, 0.53  # centimetres


@dataclass(frozen=True, slots=True)
class ListedSheet:
    """A sheet with the title of its section and its block, None for a sheet of the whole report."""

    sheet: Sheet
    section: str = ""
    block: Block | None = None


def summary_sheet(name: str, printed: PrintedReport, numbers: NumberRows, listed: Sequence[ListedSheet]) -> Sheet:
    """Return the summary, with a chart of the report's first daily figures beside its dates."""
    report = printed.report
    top = list(_top_rows(report))
    rows = [*top, *numbers.rows(), *_contents(listed, report)]
    widths = widths_on_a_page([min(width, _WIDEST) for width in widths_of(rows)], report.page.paper)
    chart = _main_chart(printed, listed, widths, len(top))
    return Sheet(name, rows, widths, title=report.title, chart=chart, color=rgb(report.theme, "ink"), kept=_NAMES)


def _main_chart(
    printed: PrintedReport, listed: Sequence[ListedSheet], widths: Sequence[int], rows: int
) -> SheetChart | None:
    """Return the chart of the first daily figures, bound to the sheet of their block, as high as the top rows."""
    days = printed.days
    bound = [each.sheet for each in listed if days and each.block and each.block.name == days.block.name]
    if days is None or not bound or bound[0].chart is None:
        return None
    heads = tuple(flat.column.label for flat in bound[0].columns)
    place = ChartPlace(bound[0].name, bound[0].head, heads)  # its own chart may be a ring of the largest days alone
    plot = native_chart(days.block, replace(days.drawn, kind="area"), printed, MOST_ROWS)
    wide = sum(map(centimetres, widths[_CHART_COLUMN - 1 :]))
    size = max(_NARROWEST_CHART, wide), (rows - 1) * _ROW_HEIGHT
    return SheetChart(plot, place, _CHART_COLUMN, 2, *size) if plot else None


def _top_rows(report: Report) -> Iterator[SheetRow]:
    """Yield the report's client and periods."""
    _ = words_of(report.locale).gettext
    agency = _("Prepared by %(agency)s") % {"agency": report.agency.name} if report.agency.name else ""
    yield (text_cell(report.title, "title"),)
    yield (text_cell(agency, "caption"),)
    yield ()
    yield text_cell(_("Client"), "fact_name"), text_cell(report.client.name, "fact")
    yield text_cell(_("Report date"), "fact_name"), _day(report.as_of, report.locale, "fact")
    yield text_cell(_("Time zone"), "fact_name"), text_cell(report.timezone, "fact")
    yield ()
    yield (*headings(_("Dates"), ""), *headings(_("From"), _("To"), _("Days"), style="heading_right"))
    for name, period in periods_of(report):
        yield (
            text_cell(name, "text"),
            text_cell(period_name(period, report.locale), "text"),
            _day(period.start, report.locale, "number"),
            _day(period.end, report.locale, "number"),
            value_cell(period.days, _COUNT, report.locale, "number"),
        )


def _contents(listed: Sequence[ListedSheet], report: Report) -> Iterator[SheetRow]:
    """Yield a link to each sheet by its full title, with its count of rows and its state."""
    _ = words_of(report.locale).gettext
    if not listed:
        return
    yield ()
    yield (*headings(_("Section"), _("Sheet")), *headings(_("Rows"), style="heading_right"), *headings(_("State")))
    for each in listed:
        sheet, block = each.sheet, each.block
        state = _(state_words(block.remarks, block.state)[0]) if block else ""
        yield (
            text_cell(each.section, "muted"),
            text_cell(sheet.title, "link")._replace(link=place_of(sheet.name)),
            value_cell(sheet.table_rows if sheet.head else None, _COUNT, report.locale, "number"),
            text_cell(state, "muted" if block and block.state == "ok" else "text"),
        )


def _day(day: date, locale: str, style: CellStyle) -> SheetCell:
    return SheetCell(day, style, excel_format(day.isoformat(), _DATE, locale))
