"""The shapes of an SVG with their paints and about the areas they cover, without drawing it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reportgen.colors import named_color

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

_OUTLINED = frozenset({"path", "polygon", "polyline"})
_PLAIN = frozenset({"rect", "circle", "ellipse", "line", "text"})
_UNDRAWN = frozenset({"defs", "clipPath", "mask", "symbol", "pattern", "marker", "title", "desc", "metadata", "style"})
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^}]*)\}")
_SELECTOR = re.compile(r"[#.]?[\w-]+")
_DECLARATION = re.compile(r"(?<![\w-])(fill|stroke|stroke-width|font-size|color)\s*:\s*([^;}!]+)")
_UNREAD_TAGS = frozenset({"image", "foreignObject", "switch"})
_UNREAD_STYLES = re.compile(r"(?<![\w-])(opacity|fill-opacity|stroke-opacity|display|visibility|mask|filter)(?![\w-])")
_SCALED = re.compile(r"scale|matrix|skew")
_STOP = re.compile(r"stop-color\s*:\s*([^;]+)")
_INITIAL = {"fill": "black", "stroke": "none", "stroke-width": "1", "font-size": "16", "color": "black"}
_LETTER = 0.25  # of the square of a font's size is about the ink of a letter


class UnreadShapesError(ValueError):
    """A drawing has a part that is not read here, such as a picture or an opacity: its colours are not known."""


@dataclass(frozen=True, slots=True)
class SvgShape:
    """A shape of an SVG.

    Attributes:
        fills: The `#RRGGBB` colours inside, of a gradient all its steps; none where it is not filled.
        strokes: Those of its line.
        filled: The area inside, in square units of the drawing.
        stroked: The area of its line.
    """

    fills: tuple[str, ...]
    strokes: tuple[str, ...]
    filled: float
    stroked: float


class _Extent(NamedTuple):
    area: float
    outline: float


class SvgShapes:
    """An SVG, whose shapes can be iterated over in the order in which they are painted.

    Transformations are not followed: the parts of a drawing mostly share theirs.

    Attributes:
        area: The area of the drawing, in square units; 0 where it is not known, or where its shapes are scaled.
    """

    def __init__(self, root: Element) -> None:
        """Read a drawing from its root element.

        Raises:
            UnreadShapesError: It has a part that is not read here.
        """
        self._root = root
        sheets = _COMMENT.sub("", "".join(part.text or "" for part in root.iter() if _tag(part) == "style"))
        self._rules = [
            (selector.strip(), body) for selectors, body in _RULE.findall(sheets) for selector in selectors.split(",")
        ]
        if "@" in sheets or not all(_SELECTOR.fullmatch(selector) for selector, _ in self._rules):
            raise UnreadShapesError
        if any(map(_is_unread, root.iter())) or _UNREAD_STYLES.search(sheets):
            raise UnreadShapesError
        self._named = {name: part for part in root.iter() if (name := part.get("id"))}
        box = root.get("viewBox", "").replace(",", " ").split()[2:]
        is_scaled = any(_SCALED.search(part.get("transform", "")) for part in root.iter())
        self.area = 0 if is_scaled else math.prod(map(_number, box or (root.get("width"), root.get("height"))))

    def __iter__(self) -> Iterator[SvgShape]:
        """Yield each shape, also those that the drawing shows by a reference.

        Raises:
            UnreadShapesError: A paint or a path cannot be read.
        """
        yield from self._shapes(self._root, _INITIAL, len(self._named))

    def _shapes(self, part: Element, inherited: Mapping[str, str], references: int) -> Iterator[SvgShape]:
        style = {**inherited, **self._own_style(part)}
        if _tag(part) in _OUTLINED | _PLAIN:
            extent = _extent(part, _number(style["font-size"]))
            fills, strokes = (self._colors(style[paint], style["color"]) for paint in ("fill", "stroke"))
            filled = extent.area if fills else 0.0
            yield SvgShape(fills, strokes, filled, extent.outline * _number(style["stroke-width"]))
        shown = self._named.get(_reference(part)) if _tag(part) == "use" else None
        children = [child for child in part if _tag(child) not in _UNDRAWN]
        if shown is not None and references:
            children += shown if _tag(shown) == "symbol" else [shown]
        for child in children:
            yield from self._shapes(child, style, references - (shown is not None))

    def _own_style(self, part: Element) -> dict[str, str]:
        names = {_tag(part), f"#{part.get('id')}", *(f".{name}" for name in part.get("class", "").split())}
        styles = (*(body for selector, body in self._rules if selector in names), part.get("style", ""))
        written = {name: part.attrib[name] for name in _INITIAL if name in part.attrib}
        written |= {name: value.strip() for style in styles for name, value in _DECLARATION.findall(style)}
        return {name: value for name, value in written.items() if value != "inherit"}

    def _colors(self, paint: str, current: str) -> tuple[str, ...]:
        """Return the colours of a paint: none, its own, or the steps of its gradient, which may be another's."""
        if paint in ("none", "transparent"):
            return ()
        paint = current if paint == "currentColor" else paint
        server = self._named.get(paint.partition("#")[2].strip("\"') ")) if paint.startswith("url(") else None
        for _ in self._named:
            if server is not None and not len(server):
                server = self._named.get(_reference(server))
        if server is None:
            return (_color(paint),)
        stops = [_STOP.search(step.get("style", "")) for step in server]
        written = [found[1] if found else step.get("stop-color", "") for step, found in zip(server, stops, strict=True)]
        return tuple(map(_color, written))


def _is_unread(part: Element) -> bool:
    """Return whether an element is a picture, or can be seen through, or a part of a line in a colour of its own."""
    has_own_color = _tag(part) == "tspan" and ("fill" in part.attrib or "style" in part.attrib)
    written = (*part.attrib, part.get("style", ""))
    return _tag(part) in _UNREAD_TAGS or has_own_color or any(map(_UNREAD_STYLES.search, written))


def _color(written: str) -> str:
    color = named_color(written)
    if not color:
        raise UnreadShapesError
    return color


def _extent(part: Element, size: float) -> _Extent:
    """Return about the area and the length of the outline of a shape; `size` is that of its font."""
    get = {name: _number(length) for name, length in part.items() if name not in ("d", "points")}.get
    tag = _tag(part)
    if tag in _OUTLINED:
        return _outlined_extent(part.get("d") or f"M{part.get('points', '')}{'Z' if tag == 'polygon' else ''}")
    if tag == "text":
        return _Extent(_LETTER * size**2 * len("".join(part.itertext()).strip()), 0.0)
    if tag == "rect":
        width, height = get("width", 0.0), get("height", 0.0)
        return _Extent(width * height, 2 * (width + height))
    if tag == "line":
        return _Extent(0.0, math.hypot(get("x2", 0.0) - get("x1", 0.0), get("y2", 0.0) - get("y1", 0.0)))
    across, down = (get(name, get("r", 0.0)) for name in ("rx", "ry"))
    return _Extent(math.pi * across * down, math.pi * (across + down))


def _outlined_extent(path: str) -> _Extent:
    """Return the extent of a path, which is filled as if it were closed.

    Raises:
        UnreadShapesError: It breaks a rule of SVG, and may be drawn in part.
    """
    from fontTools.pens.areaPen import AreaPen
    from fontTools.pens.perimeterPen import PerimeterPen
    from fontTools.pens.recordingPen import RecordingPen
    from fontTools.svgLib.path import parse_path

    drawn, area, outline = RecordingPen(), AreaPen(), PerimeterPen()
    try:
        parse_path(path, drawn)
        drawn.replay(outline)
        drawn.value = [("closePath", ()) if step == "endPath" else (step, points) for step, points in drawn.value]
        drawn.replay(area)
    except (ValueError, IndexError, TypeError, AssertionError) as error:
        raise UnreadShapesError from error
    return _Extent(abs(area.value), outline.value)


def _tag(part: Element) -> str:
    return str(part.tag).rpartition("}")[2]


def _reference(part: Element) -> str:
    return (part.get("href") or part.get("{http://www.w3.org/1999/xlink}href") or "").lstrip("#")


def _number(length: str | None) -> float:
    """Return the number of a length in SVG without its unit, or 0."""
    found = re.match(r"\s*-?(\d*\.)?\d+", length or "")
    return float(found[0]) if found else 0.0
