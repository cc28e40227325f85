"""Widths of printed texts in fonts of the machine: Arabic, Hindi, Thai or Chinese beside the page's own typefaces."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from reportgen.errors import MissingLibrary
from reportgen.outputs.drawing.font_families import machine_families
from reportgen.outputs.drawing.font_metrics import FAMILY
from reportgen.outputs.drawing.letter_widths import RESERVED_WIDTHS
from reportgen.outputs.pdf.engine import load, unknown_versions
from reportgen.outputs.pdf.locked_fonts import locked_fonts

if TYPE_CHECKING:
    from reportgen.outputs.drawing.font_metrics import Typeface, Typefaces

_MOST_TEXTS = 4096  # of some reports in another script; a text keeps the fonts of its theme too
_EM = 1000  # CSS pixels, so that nothing is rounded


@dataclass(frozen=True, slots=True)
class PrintedWidths:
    """Measures texts as Pango sets them on a printed page.

    Attributes:
        locale: Of the page; its language decides between fonts of the same characters.
        typefaces: Of the page.
    """

    locale: str
    typefaces: Typefaces

    def width(self, text: str, typeface: Typeface, weight: int) -> float:
        """Return the width of a text in em; with a reserve where no PDF can be made, or not by this WeasyPrint."""
        if not _is_measurable():
            return RESERVED_WIDTHS.width(text, typeface, weight)
        return _width(self, text, typeface.name, weight)


@lru_cache(maxsize=1)
def _is_measurable() -> bool:
    """Return whether WeasyPrint is there in a version whose private parts are known."""
    try:
        load()
    except MissingLibrary:
        return False
    return not unknown_versions()


@lru_cache(maxsize=_MOST_TEXTS)
def _width(page: PrintedWidths, text: str, family: str, weight: int) -> float:
    from reportgen.outputs.pdf.weasyprint70.text_styles import FontChoice, text_style  # they know private parts
    from reportgen.outputs.pdf.weasyprint70.text_widths import line_width

    families = tuple(dict.fromkeys((family, FAMILY, *machine_families(page.locale))))
    with locked_fonts(page.typefaces) as fonts:
        style = text_style(FontChoice(families, weight, _EM), page.locale, fonts.configuration)
        return line_width(text, style) / _EM
