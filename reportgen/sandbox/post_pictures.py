"""The pictures of posts: small scenes of a shop for shoes, drawn here from their addresses alone.

Their host is in a domain that is reserved for examples, so no machine has it, and nothing is ever fetched from it.
"""

from __future__ import annotations

import io
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from reportgen.sandbox.daily_figures import unit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from PIL.ImageDraw import ImageDraw

    _Point: TypeAlias = tuple[float, float]
    _Scene: TypeAlias = Callable[["_Canvas"], None]

PICTURES = "https://pictures.sandbox.example"
"""The beginning of the pictures' addresses."""

_PIXELS = 240
_FINE = 3  # drawn larger and reduced, so that edges are smooth
_ADDRESS = re.compile(re.escape(PICTURES) + r"/([a-z]+)-(\d+)\.png")
_PALETTES = (
    # sky, ground, main, accent, light
    ("#F3E3CF", "#D9B38C", "#7A3B2E", "#E2725B", "#FFF8EE"),
    ("#D7E8E4", "#8FB8A8", "#1F4E46", "#F2A65A", "#FFFFFF"),
    ("#E4E6F2", "#A9B0D1", "#2B3467", "#EB455F", "#FCFFE7"),
    ("#FBE9E1", "#E8B4A0", "#5B2E48", "#CE7777", "#FFF6F0"),
    ("#E9EDC9", "#B5C28C", "#3A5A40", "#D4A373", "#FEFAE0"),
    ("#DCEAF5", "#9CBFD9", "#14446B", "#F4B942", "#FFFFFF"),
)


class _Canvas:
    """A square to draw on, in parts of its side from 0 to 1, and its colours."""

    def __init__(self, draw: ImageDraw, colours: Sequence[str], ident: str) -> None:
        self._draw, self._side = draw, _PIXELS * _FINE
        self.sky, self.ground, self.main, self.accent, self.light = colours
        self._ident = ident

    def vary(self, low: float, high: float, of: str) -> float:
        """Return a number of this picture."""
        return low + (high - low) * unit("picture", self._ident, of)

    def _scaled(self, points: Sequence[_Point]) -> list[_Point]:
        return [(x * self._side, y * self._side) for x, y in points]

    def box(self, edges: tuple[float, float, float, float], colour: str, radius: float = 0) -> None:
        """Fill a rectangle from its left, top, right and bottom edge, with round corners where it has a radius."""
        corners = self._scaled([edges[:2], edges[2:]])
        self._draw.rounded_rectangle(corners, radius * self._side, fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        """Fill a circle with a colour."""
        self._draw.ellipse(self._scaled([(x - radius, y - radius), (x + radius, y + radius)]), fill=colour)

    def shape(self, points: Sequence[_Point], colour: str) -> None:
        """Fill a polygon with a colour."""
        self._draw.polygon(self._scaled(points), fill=colour)

    def line(self, points: Sequence[_Point], colour: str, width: float) -> None:
        """Draw a line with round bends."""
        self._draw.line(self._scaled(points), fill=colour, width=round(width * self._side), joint="curve")


def _shoe(canvas: _Canvas, x: float, y: float, size: float, colour: str) -> None:
    """Draw a shoe whose sole begins at a point."""

    def at(points: Sequence[_Point]) -> list[_Point]:
        return [(x + across * size, y - up * size) for across, up in points]

    upper = [(0.02, 0.08), (0.0, 0.52), (0.1, 0.56), (0.3, 0.5), (0.42, 0.38), (0.62, 0.27), (0.86, 0.22)]
    canvas.shape(at([*upper, (0.97, 0.15), (0.99, 0.08)]), colour)
    canvas.shape(at([(0.0, 0.52), (0.1, 0.56), (0.3, 0.5), (0.27, 0.42), (0.05, 0.42)]), canvas.light)
    for step in range(3):
        left = 0.36 + 0.09 * step
        canvas.line(at([(left, 0.36 - 0.05 * step), (left + 0.07, 0.48 - 0.06 * step)]), canvas.light, 0.022 * size)
    (left, top), (right, bottom) = at([(-0.02, 0.1), (1.02, 0.0)])
    canvas.box((left, top, right, bottom), canvas.light, 0.04 * size)


def _still(canvas: _Canvas) -> None:
    """Draw a picture of a shoe on a plinth before a sun."""
    canvas.disc(canvas.vary(0.4, 0.65, "x"), 0.4, canvas.vary(0.24, 0.32, "r"), canvas.accent)
    canvas.box((0, 0.72, 1, 1), canvas.ground)
    canvas.box((0.16, 0.74, 0.84, 1.1), canvas.main, 0.02)
    _shoe(canvas, 0.2, 0.74, 0.6, canvas.main)


def _pair(canvas: _Canvas) -> None:
    """Draw a picture of two shoes, the second behind the first."""
    canvas.box((0, 0.62, 1, 1), canvas.ground)
    canvas.disc(0.82, 0.2, canvas.vary(0.08, 0.14, "r"), canvas.light)
    _shoe(canvas, 0.3, 0.62, 0.52, canvas.accent)
    _shoe(canvas, 0.14, 0.82, 0.62, canvas.main)


def _hills(canvas: _Canvas) -> None:
    """Draw a picture of hills under a sun."""
    canvas.disc(canvas.vary(0.25, 0.75, "x"), 0.32, 0.15, canvas.accent)
    canvas.disc(0.15, 1.0, 0.5, canvas.light)
    canvas.disc(canvas.vary(0.75, 0.95, "hill"), 1.05, 0.55, canvas.ground)
    canvas.disc(canvas.vary(0.3, 0.5, "near"), 1.35, 0.6, canvas.main)


def _portrait(canvas: _Canvas) -> None:
    """Draw a picture of a person before a round window."""
    canvas.disc(0.5, 0.45, 0.38, canvas.ground)
    canvas.disc(0.5, 0.4, 0.19, canvas.accent)
    canvas.box((0.2, 0.64, 0.8, 1.2), canvas.main, 0.2)
    canvas.box((0.43, 0.5, 0.57, 0.69), canvas.light, 0.06)
    canvas.disc(0.5, 0.44, 0.14, canvas.light)
    canvas.shape([(0.35, 0.42), (0.4, 0.27), (0.62, 0.27), (0.65, 0.42), (0.56, 0.35)], canvas.accent)


def _shop(canvas: _Canvas) -> None:
    """Draw a picture of the front of a shop with an awning."""
    canvas.box((0.1, 0.3, 0.9, 0.9), canvas.light)
    for stripe in range(8):
        colour = canvas.accent if stripe % 2 else canvas.main
        canvas.box((0.06 + 0.11 * stripe, 0.22, 0.17 + 0.11 * stripe, 0.4), colour)
        canvas.disc(0.115 + 0.11 * stripe, 0.4, 0.055, colour)
    canvas.box((0.18, 0.52, 0.56, 0.78), canvas.ground)
    canvas.box((0.64, 0.52, 0.82, 0.9), canvas.main)
    _shoe(canvas, 0.25, 0.74, 0.24, canvas.main)
    canvas.box((0, 0.9, 1, 1), canvas.ground)


def _colours(canvas: _Canvas) -> None:
    """Draw a picture of leather samples in the colours of the season."""
    colours = (canvas.main, canvas.accent, canvas.ground, canvas.light)
    turn = int(canvas.vary(0, 4, "turn"))
    for place in range(9):
        left, top = 0.1 + 0.28 * (place % 3), 0.1 + 0.28 * (place // 3)
        canvas.box((left, top, left + 0.24, top + 0.24), colours[(place * 3 + turn) % 4], 0.03)
    canvas.disc(0.5, 0.5, 0.07, canvas.light)


def _laces(canvas: _Canvas) -> None:
    """Draw a picture of a shoe from above, and its laces."""
    canvas.box((0.26, 0.06, 0.74, 1.1), canvas.main, 0.24)
    canvas.box((0.36, 0.3, 0.64, 1.1), canvas.light, 0.1)
    for row in range(5):
        y = 0.36 + 0.12 * row
        canvas.line([(0.32, y), (0.68, y + 0.09)], canvas.accent, 0.025)
        canvas.line([(0.68, y), (0.32, y + 0.09)], canvas.accent, 0.025)


_SCENES: dict[str, _Scene] = {
    "still": _still,
    "pair": _pair,
    "hills": _hills,
    "portrait": _portrait,
    "shop": _shop,
    "colours": _colours,
    "laces": _laces,
}


@lru_cache(maxsize=256)
def post_picture(address: str) -> bytes | None:
    """Return the PNG picture at an address of the sandbox; None where the address is of any other host."""
    found = _ADDRESS.fullmatch(address)
    if found is None or found[1] not in _SCENES:
        return None
    from PIL import Image, ImageDraw  # heavy, and needed only where posts show their pictures

    scene, ident = found.groups()
    colours = _PALETTES[int(unit("palette", ident) * len(_PALETTES))]
    large = Image.new("RGB", (_PIXELS * _FINE, _PIXELS * _FINE), colours[0])
    _SCENES[scene](_Canvas(ImageDraw.Draw(large), colours, ident))
    file = io.BytesIO()
    large.reduce(_FINE).save(file, "PNG", optimize=True)
    return file.getvalue()
