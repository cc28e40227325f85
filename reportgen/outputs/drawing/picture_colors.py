"""The colours that pictures with a transparent ground are painted in: of their pixels, or of the shapes of an SVG."""

from __future__ import annotations

import io
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from reportgen.outputs.drawing.svg_shapes import SvgShapes, UnreadShapesError

if TYPE_CHECKING:
    from reportgen.model import Picture

_SAMPLES = 48  # in width and in height, each the mean of its pixels
_OPAQUE = 0.9
"""The share of a picture that is painted from which it brings its own ground."""

_STEP = 17  # of 255: neighbouring shades of a channel count as the same


@lru_cache(maxsize=64)  # every edition of a report asks again
def picture_colors(picture: Picture) -> dict[str, float] | None:
    """Return the `#RRGGBB` colours of a picture with their shares of its painted area, 1 in sum.

    Returns:
        An empty dict for a picture that brings its own ground; None for an SVG whose colours are not known.
    """
    is_drawing = picture.media_type == "image/svg+xml"
    try:
        counted = _vector_colors(picture.content) if is_drawing else _pixels(picture.content)
    except UnreadShapesError:
        return None
    whole = sum(counted.values())
    return {color: count / whole for color, count in counted.items() if count}


def _pixels(content: bytes) -> dict[str, float]:
    from PIL import Image  # only reports with such pictures need it

    with Image.open(io.BytesIO(content)) as picture:
        small = picture.convert("RGBA").resize((_SAMPLES, _SAMPLES), Image.Resampling.BOX)
    pixels = small.tobytes()
    counted: Counter[str] = Counter()
    for at in range(0, len(pixels), 4):
        red, green, blue = (round(channel / _STEP) * _STEP for channel in pixels[at : at + 3])
        counted[f"#{red:02X}{green:02X}{blue:02X}"] += pixels[at + 3]
    is_opaque = sum(counted.values()) >= _OPAQUE * 255 * _SAMPLES**2
    return {} if is_opaque else dict(counted)


def _vector_colors(content: bytes) -> dict[str, float]:
    """Return the colours of an SVG with the areas that they paint; a shape below another counts whole."""
    shapes = SvgShapes(ET.fromstring(content))  # noqa: S314 - `connect` refuses document types and too many parts
    counted: dict[str, float] = {}
    for shape in shapes:
        if shape.filled >= _OPAQUE * shapes.area > 0:
            return {}
        for colors, area in ((shape.fills, shape.filled), (shape.strokes, shape.stroked)):
            for color in colors:
                counted[color] = counted.get(color, 0) + area / len(colors)
    if not any(counted.values()):
        raise UnreadShapesError
    return counted
