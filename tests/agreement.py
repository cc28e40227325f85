"""Whether the formats of one report agree: every figure the same in HTML, PDF, workbook and JSON."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import datetime, timedelta
from html.parser import HTMLParser
from io import BytesIO
from itertools import takewhile
from typing import TYPE_CHECKING

import openpyxl
import pypdfium2

from reportgen.formatting import excel_value, format_value, telling_unit
from reportgen.formatting.cldr import babel_locale
from reportgen.outputs import FORMATS
from reportgen.outputs.drawing.text_shaping import needs_shaping
from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.report_json import decode_report, encode_report
from reportgen.outputs.text.block_states import STATE_WORDS, missing_words
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.summaries import sentences
from tests.outputs.workbook.well_formed import faults_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.workbook.workbook import Workbook

    from reportgen.model import Block, Report, Unit, Value

_SECONDS_A_DAY = 86_400
_VOID = {"br", "hr", "img", "meta", "link", "wbr", "col"}


class BlockTexts(HTMLParser):
    """The text and the state of each element whose id begins with `block-`."""

    def __init__(self, html: str) -> None:
        """Read a whole page."""
        super().__init__()
        self.texts: defaultdict[str, str] = defaultdict(str)
        self.states: dict[str, str | None] = {}
        self._open: list[str | None] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element; remember the block it opens."""
        attributes = dict(attrs)
        identity = attributes.get("id") or ""
        block = identity.removeprefix("block-") if identity.startswith("block-") else None
        if block:
            self.states[block] = attributes.get("data-state")
        if tag not in _VOID:
            self._open.append(block)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass an element without content."""

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag not in _VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Add text to every block it stands in."""
        for block in filter(None, self._open):
            self.texts[block] += data


def assert_formats_agree(report: Report) -> dict[str, bytes]:
    """Render a report in the formats that hold it whole and compare each of its figures; return the files by format."""
    printed = PrintedReport(report)
    files = {name: FORMATS[name].render(printed)[0].content for name in ("html", "pdf", "xlsx", "json")}
    pictures: dict[str, bytes] = {}
    encode_report(report, pictures)
    assert decode_report(files["json"], pictures) == report
    html = BlockTexts(files["html"].decode())
    page = _squeezed(pdf_text(files["pdf"]))
    assert faults_of(files["xlsx"]) == []
    book = openpyxl.load_workbook(BytesIO(files["xlsx"]), data_only=True)  # what its formulas come to
    columns = [tuple(map(_cell, column)) for sheet in book for column in sheet.iter_cols(values_only=True)]
    measured = _measured(book, report.locale)
    for block in report.blocks:
        assert html.states[block.name] == block.state, block.name
        shown = _squeezed(html.texts[block.name])
        for text in _printed(block, report):
            assert _squeezed(text) in shown, (block.name, text)
            if not needs_shaping(text):  # a PDF holds such a text in the order it is drawn in
                assert _searched(text, report.locale) in page, (block.name, text)
        for reading in report.own_readings(block):
            if reading.value is not None:  # on the page a card's value follows its label
                card = _squeezed(block.label + _on_card(reading.value, reading.unit, report.locale))
                assert card in shown, (block.name, card)
        for reading in report.own_readings(block):
            assert _same(measured[block.label], excel_value(reading.value, reading.unit)), block.name
        for values in _exported(block):
            assert any(_holds(column, values) for column in columns), (block.name, values)
    return files


def pdf_text(content: bytes) -> str:
    """Return the text of all pages of a PDF."""
    with pypdfium2.PdfDocument(content) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def _printed(block: Block, report: Report) -> Iterable[str]:
    """Yield every text that the page has to show for a block."""
    locale = report.locale
    yield block.label
    if block.kind == "summary":  # it tells of some of its readings, each of which has a block of its own
        yield from sentences(block, report)
        return
    if block.state in STATE_WORDS:  # a card has room for the short words, a figure for the sentence
        yield words_of(locale).gettext(missing_words(block.remarks, block.state)[0 if block.readings else 1])
    for reading in block.readings:
        for value in (reading.value, reading.baseline):
            if value is not None:
                yield _on_card(value, reading.unit, locale)
    for table in block.tables:
        for column in table.columns:
            yield column.label
            yield from _texts(column.values[: table.shown], column.unit, locale)
        for cell, column in zip(table.total or (), table.columns, strict=False):
            yield from _texts([cell], column.unit, locale)


def _on_card(value: Value, unit: Unit, locale: str) -> str:
    return format_value(value, telling_unit(value, unit), locale)


def _texts(values: Iterable[Value], unit: Unit, locale: str) -> Iterable[str]:
    return (format_value(value, unit, locale) for value in values if value is not None)


def _exported(block: Block) -> Iterable[tuple[object, ...]]:
    """Yield every run of values that a column of the workbook has to hold for a block."""
    for chart in block.charts if block.kind == "chart" else ():
        for series in chart.series:
            yield tuple(excel_value(value, series.unit) for value in series.values)
    for table in block.tables:
        for column in table.columns:
            yield tuple(excel_value(value, column.unit) for value in column.values)


def _measured(book: Workbook, locale: str) -> dict[object, object]:
    """Return the value that the summary, the first sheet, has beside each measure."""
    _ = words_of(locale).gettext
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    head = next((index for index, row in enumerate(rows) if _("Measure") in row), None)
    if head is None:
        return {}
    name, value = rows[head].index(_("Measure")), rows[head].index(_("Value"))
    below = takewhile(any, rows[head + 1 :])  # the list of sheets follows behind a blank row
    return {row[name]: _cell(row[value]) for row in below}


def _cell(value: object) -> object:
    """Return what a cell was written as: openpyxl reads days back with a time."""
    return value.date() if isinstance(value, datetime) else value


def _holds(column: Sequence[object], values: tuple[object, ...]) -> bool:
    runs = (column[start : start + len(values)] for start in range(len(column) - len(values) + 1))
    return any(all(map(_same, run, values)) for run in runs)


def _same(cell: object, value: object) -> bool:
    if isinstance(cell, timedelta) and isinstance(value, int | float):  # openpyxl reads it in whole seconds
        return abs(cell / timedelta(days=1) - value) * _SECONDS_A_DAY <= 1
    return cell == value


def _searched(text: str, locale: str) -> str:
    """Leave out the marks at the edges where letters run to the left: there they may be read on the other side."""
    squeezed = _squeezed(text)
    return squeezed if babel_locale(locale).text_direction == "ltr" else re.sub(r"^\W+|\W+$", "", squeezed)


def _squeezed(text: str) -> str:
    """Leave out all space: a page breaks lines, and a hyphen at a line's end is a mark of its own."""
    return re.sub(r"[\s\u00ad\u061c\u200b\u200e\u200f\u2060\ufffe]+", "", text)
