"""fpdf2, warm; its charts are given to it as pictures, its small lines are its own."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import matplotlib as mpl
from fpdf import FPDF, FontFace

from bench.content import CLIENT, TITLE
from bench.engines.given import sparkline_points
from bench.engines.plain import chart_png

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bench.content import Card, Chart, Content, Table

_FOLDER = mpl.get_data_path() + "/fonts/ttf/"
_LEFT, _TOP, _BOTTOM, _WIDTH = 18, 25, 22, 174  # millimetres


class _Document(FPDF):  # type: ignore[misc] # optional, so it has no types here
    def __init__(self) -> None:
        super().__init__(format="A4")
        self.add_font("DejaVu", "", _FOLDER + "DejaVuSans.ttf")
        self.add_font("DejaVu", "B", _FOLDER + "DejaVuSans-Bold.ttf")
        self.set_margins(_LEFT, _TOP, _LEFT)
        self.set_auto_page_break(auto=True, margin=_BOTTOM)

    def header(self) -> None:
        if self.page_no() > 1:
            self.set_font("DejaVu", size=8)
            self.text(_LEFT, 15, CLIENT)
            self.text(_LEFT + _WIDTH - 22, 15, "October 2026")

    def footer(self) -> None:
        if self.page_no() > 1:
            self.set_font("DejaVu", size=8)
            self.text(_LEFT, 285, "Studio Norte")
            self.set_y(-15)
            self.cell(_WIDTH, 5, f"Page {self.page_no()} of {{nb}}", align="R")


def prepare(content: Content, _folder: Path) -> Callable[[], bytes]:
    """Return the making of the report."""
    charts = [(chart, chart_png(chart)) for chart in content.charts]

    def make() -> bytes:
        document = _Document()
        _cover(document)
        if content.cards:
            _title(document, "At a glance")
            for at, card in enumerate(content.cards):
                _card(document, card, at)
            for at, (chart, png) in enumerate(charts):
                _chart(document, chart, png, at)
        _title(document, "Tables")
        for table in content.tables:
            _table(document, table)
        return bytes(document.output())

    return make


def _cover(document: _Document) -> None:
    document.add_page()
    document.set_font("DejaVu", "B", 32)
    document.text(_LEFT, 105, CLIENT)
    document.set_font("DejaVu", size=9)
    document.text(_LEFT, 115, f"{TITLE}, October 2026")


def _title(document: _Document, text: str) -> None:
    document.add_page()
    document.set_font("DejaVu", "B", 18)
    document.cell(_WIDTH, 12, text, new_x="LMARGIN", new_y="NEXT")


def _card(document: _Document, card: Card, at: int) -> None:
    left, top = _LEFT + at % 4 * 44, 45 + at // 4 * 36
    document.rect(left, top, 42, 33)
    document.set_font("DejaVu", "B", 8)
    document.text(left + 2, top + 5, card.label)
    document.set_font("DejaVu", "B", 15)
    document.text(left + 2, top + 12, f"{card.value:,}")
    document.set_font("DejaVu", size=9)
    document.set_text_color(*((23, 114, 69) if card.rose else (163, 38, 42)))
    document.text(left + 2, top + 18, f"{'▲' if card.rose else '▼'} {card.change}")
    document.set_text_color(0)
    document.polyline([(left + 2 + x, top + 22 + y) for x, y in sparkline_points(card, 38, 8)])


def _chart(document: _Document, chart: Chart, png: bytes, at: int) -> None:
    if at % 6 == 0:
        _title(document, "Charts")
    left, top = _LEFT + at % 2 * 88, 45 + at % 6 // 2 * 66
    document.set_font("DejaVu", "B", 9)
    document.text(left, top, chart.title)
    document.image(io.BytesIO(png), left, top + 3, 84)


def _table(document: _Document, table: Table) -> None:
    document.set_font("DejaVu", "B", 11)
    document.cell(_WIDTH, 9, table.title, new_x="LMARGIN", new_y="NEXT")
    document.set_font("DejaVu", size=8)
    others = len(table.columns) - 1
    with document.table(
        col_widths=(32, *[68 / others] * others),
        text_align=("LEFT", *("RIGHT",) * others),
        borders_layout="HORIZONTAL_LINES",
        cell_fill_color=244,
        cell_fill_mode="ROWS",
        headings_style=FontFace(emphasis="BOLD"),
        line_height=5.5,
    ) as grid:
        grid.row([column.label for column in table.columns])
        for texts in table.texts():
            grid.row(texts)
