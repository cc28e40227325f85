"""Texts that lie over a drawing as HTML, in scripts whose letters change beside one another.

WeasyPrint lays out each letter of an SVG text by itself, so Arabic does not join, Hindi has no
conjuncts and marks stand beside their letters. Its HTML is laid out by Pango, which shapes letters.
Browsers need no overlay.
"""

from __future__ import annotations

from html import escape
from typing import Literal

from reportgen.outputs.text.bidi import runs_left

Anchor = Literal["left", "center", "right"]

_ROOM = 400  # points; wider than any text of a drawing
_LEADING = 1.2
_BASELINE = 0.88  # of the size, from the top of a line of that leading to its baseline


def svg_anchor(text: str, anchor: Anchor) -> str:
    """Return the attributes that anchor an SVG text; its start is at the right where it runs to the left."""
    if anchor == "center":
        return ' text-anchor="middle"' + (' direction="rtl"' if runs_left(text) else "")
    if runs_left(text):
        return ' direction="rtl"' + (' text-anchor="end"' if anchor == "left" else "")
    return ' text-anchor="end"' if anchor == "right" else ""


def span(  # noqa: PLR0913 - where and how a line of text is set
    text: str, *, x: float, y: float, size: float, weight: int, color: str, anchor: Anchor = "left"
) -> str:
    """Return a line of text as an element over a drawing; `x`, `y` and `size` in points, `y` of its baseline."""
    left = x - _ROOM * {"left": 0.0, "center": 0.5, "right": 1.0}[anchor]
    return (
        f'<span style="position:absolute;left:{left:.2f}pt;top:{y - _BASELINE * size:.2f}pt;width:{_ROOM}pt;'
        f"text-align:{anchor};white-space:nowrap;font-size:{size:g}pt;line-height:{_LEADING};font-weight:{weight};"
        f'letter-spacing:0;color:{color};direction:{"rtl" if runs_left(text) else "ltr"}">{escape(text)}</span>'
    )


def laid_over(drawing: str, spans: list[str], width: float, height: float) -> str:
    """Return a drawing with its texts over it; the drawing alone where it has none."""
    if not spans:
        return drawing
    box = f"position:relative;direction:ltr;width:{width:.2f}pt;height:{height:.2f}pt"
    return f'<div style="{box}">{drawing}{"".join(spans)}</div>'
