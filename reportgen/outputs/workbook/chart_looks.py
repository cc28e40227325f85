"""The texts and the lines of native charts, by openpyxl."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)

if TYPE_CHECKING:
    from reportgen.outputs.workbook.chart_ranges import Dashes

_INK, _SOFT = "1E2227", "4A5058"
_TITLE, _TEXT = 1_200, 900  # hundredths of a point


def chart_title(text: str, *, small: bool = False) -> Title:
    """Return a title beside the plot, or a small title of an axis."""
    look = CharacterProperties(sz=_TEXT if small else _TITLE, b=not small, solidFill=_SOFT if small else _INK)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=look), r=[RegularTextRun(rPr=look, t=text)])
    return Title(tx=Text(rich=RichText(bodyPr=RichTextProperties(), p=[paragraph])), overlay=False)


@lru_cache(maxsize=16)
def chart_text(color: str = _SOFT) -> RichText:
    """Return the look of texts of axes, legends and labels, which nothing may change: charts share it."""
    look = ParagraphProperties(defRPr=CharacterProperties(sz=_TEXT, solidFill=color))
    paragraph = Paragraph(pPr=look, endParaRPr=CharacterProperties())
    return RichText(bodyPr=RichTextProperties(), p=[paragraph])


@lru_cache(maxsize=256)
def stroke(color: str, width: int, dashes: Dashes = "solid") -> LineProperties:
    """Return a line of a colour, RRGGBB, and a width in EMU, which nothing may change: charts share it."""
    return LineProperties(solidFill=color, w=width, prstDash=dashes)
