"""The width of a text as Pango sets it, in whichever fonts of the machine have its letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weasyprint.text.ffi import ffi, pango
from weasyprint.text.line_break import create_layout

if TYPE_CHECKING:
    from reportgen.outputs.pdf.weasyprint70.text_styles import TextStyle

_UNITS = 1024  # of Pango, a pixel


def line_width(text: str, style: TextStyle) -> float:
    """Return the width of a line of text in CSS pixels, by the advances of its glyphs."""
    layout = create_layout(text, style, None, None, 0)
    line, _ = layout.get_first_line()
    extents = ffi.new("PangoRectangle *")
    pango.pango_layout_line_get_extents(line, ffi.NULL, extents)
    return float(extents.width) / _UNITS
