"""Tooltips over a drawing, as HTML: its values, shown on hover and on focus and read by screen readers."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.marks import PathMark, TextMark

if TYPE_CHECKING:
    from collections.abc import Collection

    from reportgen.outputs.drawing.marks import Drawing, PointedPlace

_HALF = 0.5
"""Share of the width: from here on a text opens to the left, to stay on the page; wider places have it below."""


def with_tooltips(markup: str, drawing: Drawing, name: str, series: Collection[str] = ()) -> str:
    """Return the SVG of a drawing under the tooltips of its values; unchanged where it has none.

    A single tooltip is a stop of the Tab key and known to screen readers: the first, until the page's script moves on.

    Args:
        markup: The SVG.
        drawing: The same, with its places.
        name: Of the group of its values.
        series: Colours in which it may draw series, some of them beside their names.
    """
    if not drawing.targets:
        return markup
    places = "\n".join(_tooltip(target, drawing, at) for at, target in enumerate(drawing.targets))
    named = " ".join(_named_colors(drawing, series))
    alone = f' data-series="{named}"' if " " in named else ""
    group = f'<div class="points" role="group" aria-label="{escape(name)}">\n{places}\n</div>'
    return f'<div class="pointed"{alone}>{markup}{group}</div>'


def _named_colors(drawing: Drawing, series: Collection[str]) -> list[str]:
    """Return the colours of series that have both marks and a name in a drawing."""
    names = {mark.color for mark in drawing.marks if isinstance(mark, TextMark)}
    painted = {color for mark in drawing.marks if isinstance(mark, PathMark) for color in (mark.fill, mark.stroke)}
    return [color for color in series if color in names & painted]


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
    known = "" if at else f' role="img" tabindex="0" aria-label="{text}"'
    return f'<i class="{side}" data-text="{text}"{known} style="{where}"></i>'


def _percent(share: float) -> str:
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"
