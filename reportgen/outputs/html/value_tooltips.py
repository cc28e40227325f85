"""The values of a drawing as HTML that lies over it: each is told on hover, on focus and to a screen reader."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.outputs.drawing.marks import Drawing, PointedPlace

_HALF = 0.5
"""Of the width: from here on a text opens to the left, so that it stays on the page; wider places have it below."""


def pointed(drawing: str, of: Drawing) -> str:
    """Return a drawing, as SVG, with the places where its values are told; the drawing alone where it has none.

    Only the first one is a stop of the Tab key; the page's script moves from there with the arrow keys.
    """
    if not of.targets:
        return drawing
    places = "\n".join(_place(one, of, at) for at, one in enumerate(of.targets))
    return f'<div class="pointed">{drawing}<div class="points" role="group">\n{places}\n</div></div>'


def _place(target: PointedPlace, of: Drawing, at: int) -> str:
    """Return one place, in percent of the drawing, so that it grows and shrinks with it."""
    left, top, right, bottom = target.place
    where = (
        f"left:{_percent(left / of.width)};top:{_percent(top / of.height)};"
        f"width:{_percent((right - left) / of.width)};height:{_percent((bottom - top) / of.height)}"
    )
    side = "broad" if right - left > _HALF * of.width else "far" if left + right > 2 * _HALF * of.width else "near"
    text = escape("\n".join(target.lines)).replace("\n", "&#10;")
    return f'<i class="{side}" role="img" tabindex="{-1 if at else 0}" aria-label="{text}" style="{where}"></i>'


def _percent(share: float) -> str:
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"
