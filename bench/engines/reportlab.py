"""ReportLab's platypus, warm; its charts are given to it as pictures, its small lines are its own shapes."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from reportlab.graphics.shapes import Drawing, PolyLine
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Image, LongTable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, TableStyle
from reportlab.platypus import Table as Grid

from bench.content import CLIENT, TITLE
from bench.engines.given import sparkline_points
from bench.engines.plain import chart_png

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bench.content import Card, Content, Table

_FONT, _BOLD = "DejaVuSans", "DejaVuSans-Bold"
_WIDTH = A4[0] - 36 * mm
_LINES = TableStyle(
    [
        ("FONT", (0, 0), (-1, -1), _FONT, 8),
        ("FONT", (0, 0), (-1, 0), _BOLD, 8),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5 * mm, colors.black),
        ("LINEBELOW", (0, 1), (-1, -1), 0.2 * mm, colors.lightgrey),
        ("ROWBACKGROUNDS", (0, 1), (-1, -1), (colors.white, colors.whitesmoke)),
        ("TOPPADDING", (0, 0), (-1, -1), 1 * mm),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1 * mm),
    ]
)
_BOXES = TableStyle([("BOX", (0, 0), (-1, -1), 0.3 * mm, colors.lightgrey)])


class _Numbered(Canvas):  # type: ignore[misc] # ReportLab ships no types
    """A canvas that knows how many pages there are: ReportLab's usual way is to keep them all to the end."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - ReportLab's own
        """Start with no page."""
        super().__init__(*arguments, **options)
        self._kept: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        """Keep a page."""
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write all pages, with what stands above and below them."""
        for number, page in enumerate(self._kept, 1):
            self.__dict__.update(page)
            if number > 1:
                self.setFont(_FONT, 8)
                self.drawString(18 * mm, A4[1] - 15 * mm, CLIENT)
                self.drawRightString(A4[0] - 18 * mm, A4[1] - 15 * mm, "October 2026")
                self.drawString(18 * mm, 12 * mm, "Studio Norte")
                self.drawRightString(A4[0] - 18 * mm, 12 * mm, f"Page {number} of {len(self._kept)}")
            super().showPage()
        super().save()


def prepare(content: Content, _folder: Path) -> Callable[[], bytes]:
    """Return the making of the report."""
    _fonts()
    charts = [chart_png(chart) for chart in content.charts]

    def make() -> bytes:
        file = io.BytesIO()
        document = SimpleDocTemplate(
            file, pagesize=A4, leftMargin=18 * mm, rightMargin=18 * mm, topMargin=25 * mm, bottomMargin=22 * mm
        )
        document.build(_story(content, charts), canvasmaker=_Numbered)
        return file.getvalue()

    return make


@lru_cache
def _fonts() -> None:
    folder = mpl.get_data_path() + "/fonts/ttf/"
    pdfmetrics.registerFont(TTFont(_FONT, folder + "DejaVuSans.ttf"))
    pdfmetrics.registerFont(TTFont(_BOLD, folder + "DejaVuSans-Bold.ttf"))


def _story(content: Content, charts: list[bytes]) -> list[object]:
    title = ParagraphStyle("title", fontName=_BOLD, fontSize=18, leading=24, spaceAfter=8)
    small = ParagraphStyle("small", fontName=_BOLD, fontSize=9, leading=12, spaceBefore=8)
    body = ParagraphStyle("body", fontName=_FONT, fontSize=9, leading=12)
    story: list[object] = [Spacer(1, 80 * mm), Paragraph(CLIENT, title), Paragraph(TITLE, body), PageBreak()]
    if content.cards:
        cards = [_card(card, small, body) for card in content.cards]
        story += [
            Paragraph("At a glance", title),
            Grid(_in_rows(cards, 4), [_WIDTH / 4] * 4, style=_BOXES),
            PageBreak(),
        ]
        pictures = [
            [Paragraph(chart.title, small), Image(io.BytesIO(png), _WIDTH / 2 - 10, 0.6 * (_WIDTH / 2 - 10))]
            for chart, png in zip(content.charts, charts, strict=True)
        ]
        story += [Paragraph("Charts", title), Grid(_in_rows(pictures, 2), [_WIDTH / 2] * 2), PageBreak()]
    story.append(Paragraph("Tables", title))
    for table in content.tables:
        story += [Paragraph(table.title, small), _table(table)]
    return story


def _card(card: Card, small: ParagraphStyle, body: ParagraphStyle) -> list[object]:
    color = "#177245" if card.rose else "#a3262a"
    line = Drawing(110, 26)
    line.add(PolyLine([part for x, y in sparkline_points(card) for part in (x, 24 - y)]))
    return [
        Paragraph(card.label, small),
        Paragraph(f"<font size=15>{card.value:,}</font>", body),
        Paragraph(f'<font color="{color}">{"▲" if card.rose else "▼"} {card.change}</font>', body),
        line,
    ]


def _in_rows(cells: list[list[object]], count: int) -> list[list[list[object]]]:
    return [cells[at : at + count] for at in range(0, len(cells), count)]


def _table(table: Table) -> LongTable:
    others = len(table.columns) - 1
    widths = [0.32 * _WIDTH, *[0.68 * _WIDTH / others] * others]
    rows = [tuple(column.label for column in table.columns), *table.texts()]
    return LongTable(rows, widths, repeatRows=1, style=_LINES)
