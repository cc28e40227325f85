"""Tooltips over a drawing, as HTML: its values, shown on hover and on focus and read by screen readers."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.outputs.drawing.marks import Drawing, PointedPlace

_HALF = 0.5
"""Share of the width: from here on a text opens to the left, to stay on the page; wider places have it below."""


def with_tooltips(markup: str, drawing: Drawing) -> str:
    """Return the SVG of a drawing under the tooltips of its values; unchanged where it has none.

    Only the first tooltip is a stop of the Tab key; the page's script moves from there with the arrow keys.
    """
    if not drawing.targets:
        return markup
    places = "\n".join(_tooltip(target, drawing, at) for at, target in enumerate(drawing.targets))
    return f'<div class="pointed">{markup}<div class="points" role="group">\n{places}\n</div></div>'


def _tooltip(target: PointedPlace, drawing: Drawing, at: int) -> str:
    """Return a tooltip, placed in percent of the drawing, so that it grows and shrinks with it."""
    left, top, right, bottom = target.place
    where = (
        f"left:{_percent(left / drawing.width)};top:{_percent(top / drawing.height)};"
        f"width:{_percent((right - left) / drawing.width)};height:{_percent((bottom - top) / drawing.height)}"
    )
    side = (
        "broad"
        if right - left > _HALF * drawing.width
        else "far"
        if left + right > 2 * _HALF * drawing.width
        else "near"
    )
    text = escape("\n".join(target.lines)).replace("\n", "&#10;")
    return f'<i class="{side}" role="img" tabindex="{-1 if at else 0}" aria-label="{text}" style="{where}"></i>'


def _percent(share: float) -> str:
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"
