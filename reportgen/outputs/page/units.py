"""Units and type: millimetres and pixels in points, sizes, line heights and weights of the page's text."""

from __future__ import annotations

MM = 72 / 25.4
LINE, SIZE, SMALL = 4 * MM, 9.0, 8.0
"""In points: leading, and the sizes of type."""

LIGHT, NORMAL, BOLD = 300, 400, 600
"""Weights of type."""

ASCENT, DESCENT = 0.984, 0.273
"""Of the family, in em."""
