"""Texts that lie over a drawing as HTML, in scripts whose letters change beside one another.

WeasyPrint lays out each letter of an SVG text by itself, so Arabic does not join, Hindi has no
conjuncts and marks stand beside their letters. Its HTML is laid out by Pango, which shapes letters.
Browsers need no overlay.
"""

from __future__ import annotations

from typing import Literal

from reportgen.outputs.text.bidi import runs_left

Anchor = Literal["left", "center", "right"]


def svg_anchor(text: str, anchor: Anchor) -> str:
    """Return the attributes that anchor an SVG text; its start is at the right where it runs to the left."""
    if anchor == "center":
        return ' text-anchor="middle"' + (' direction="rtl"' if runs_left(text) else "")
    if runs_left(text):
        return ' direction="rtl"' + (' text-anchor="end"' if anchor == "left" else "")
    return ' text-anchor="end"' if anchor == "right" else ""


def laid_over(drawing: str, spans: list[str], width: float, height: float) -> str:
    """Return a drawing with its texts over it; the drawing alone where it has none."""
    if not spans:
        return drawing
    box = f"position:relative;direction:ltr;width:{width:.2f}pt;height:{height:.2f}pt"
    return f'<div style="{box}">{drawing}{"".join(spans)}</div>'
