"""The printed pages of a sheet: upright or on their side, at which size, never below 8 points, and how many."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Paper

MARGIN = 1.0
"""Centimetres at the left and the right edge."""

TOP, BOTTOM, FOOTER = 1.5, 1.9, 0.8
"""Centimetres at the top and the bottom, and of the footer above the edge."""

ROW = 15.0
"""Points of the height of a row of a single line."""

READABLE, FINE = 0.73, 0.6
"""The least scales of pages: of 11 points 8, and 6.6 for the data, which are for programs more than for paper."""

_NARROWED = 20  # characters; no column is made narrower
_SIDES: dict[Paper, tuple[float, float]] = {"a4": (21.0, 29.7), "letter": (21.59, 27.94), "slide": (21.0, 29.7)}
"""Paper -> its width upright and on its side, in centimetres; a slide is no paper."""


class PrintLayout(NamedTuple):
    """The printed pages of a sheet.

    Attributes:
        landscape: Whether they lie on their side.
        scale: Percent; None where the sheet is made as wide as a page.
        chart_apart: Whether its chart begins a page.
        several: Whether a row takes several pages.
    """

    landscape: bool
    scale: int | None = None
    chart_apart: bool = False
    several: bool = False


def print_layout(widths: Sequence[float], chart: float, paper: Paper, least: float = READABLE) -> PrintLayout:
    """Return the layout of a sheet that is as wide as a page where that is readable, else several pages wide.

    Args:
        widths: Of the columns that are seen, in characters.
        chart: Width of the chart beside them, in centimetres; 0 without a chart.
        paper: What it is printed on.
        least: The least scale of a page.
    """
    upright, lying = (width - 2 * MARGIN for width in _SIDES[paper])
    table, gap = sum(map(centimetres, widths)), centimetres(2) if chart else 0.0
    whole = table + gap + chart
    if not chart and table * least <= upright:
        return PrintLayout(landscape=False)
    if whole * least <= lying:
        return PrintLayout(landscape=True)
    landscape = table * least > upright or bool(chart)
    return PrintLayout(landscape, round(100 * least), bool(chart), several=table * least > lying)


def room_of_a_page(columns: int, paper: Paper, least: float = READABLE) -> int:
    """Return the characters of so many columns that stand side by side on a page, on its side, at its least scale."""
    pixels = (_SIDES[paper][1] - 2 * MARGIN) / least / 2.54 * 96
    return int((pixels - 5 * columns) / 7)


def widths_on_a_page(widths: Sequence[int], paper: Paper, least: float = READABLE) -> tuple[int, ...]:
    """Return the widths of columns, in characters, with the widest made narrower if a page then has room for all."""
    fitted, room = list(widths), room_of_a_page(len(widths), paper, least)
    while sum(fitted) > room and max(fitted) > _NARROWED:
        fitted[fitted.index(max(fitted))] -= 1
    return tuple(fitted if sum(fitted) <= room else widths)


def fits_on_a_page(rows: float, chart: float, layout: PrintLayout, paper: Paper) -> bool:
    """Return whether a sheet that is as wide as a page is readable on a single one.

    Args:
        rows: Height of all rows, in points.
        chart: Place of the lower edge of its chart, in centimetres; 0 without a chart.
        layout: Of its pages.
        paper: What it is printed on.
    """
    upright, lying = _SIDES[paper]
    room = (upright if layout.landscape else lying) - TOP - BOTTOM
    return layout.scale is None and max(in_centimetres(rows), chart) * READABLE <= room


def in_centimetres(points: float) -> float:
    """Return a length of points in centimetres."""
    return points / 72 * 2.54


def centimetres(characters: float) -> float:
    """Return the width of a column: seven pixels a character and five for its edges, at 96 an inch."""
    return (7 * characters + 5) / 96 * 2.54
