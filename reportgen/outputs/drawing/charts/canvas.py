"""The canvas of a chart: takes the marks of charts as matplotlib's paths, in points from its top left corner.

There is no Figure, and there are no artists: they would sort, clip and lay out marks that have their places and their
colours already, for a half of a chart's time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from matplotlib.patches import Wedge
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from reportgen.formatting import babel_locale
from reportgen.outputs.drawing.charts.matplotlib_recorder import Recorder
from reportgen.outputs.drawing.font_metrics import BUILT_IN, NORMAL
from reportgen.outputs.drawing.marks import PointedPlace, TextMark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.backend_bases import RendererBase
    from matplotlib.transforms import Transform

    from reportgen.model import Number
    from reportgen.outputs.drawing.font_metrics import Typeface
    from reportgen.outputs.drawing.marks import Drawing
    from reportgen.outputs.drawing.text_overlay import Anchor

Point: TypeAlias = tuple[float, float]
_SERIES_DASHES: tuple[tuple[float, ...], ...] = (
    (),
    (4, 1.6),
    (1.2, 1.2),
    (6, 1.6, 1.2, 1.6),
    (10, 2),
    (4, 1.4, 1.2, 1.4, 1.2, 1.4),
)
_TALLEST = 72.0  # em
_MIRRORED: dict[Anchor, Anchor] = {"left": "right", "center": "center", "right": "left"}


@dataclass(frozen=True, slots=True)
class Frame:
    """The size, the colours and the words of a chart's drawing, as `draw_chart` is given them.

    Attributes `colors` are tokens of the theme with their `#RRGGBB`, `size` is that of the type, in points,
    `typeface` that of all its texts, `series` the count of the series, which share their looks with no other, `beside`
    the values that the value axis has to hold beside its own, because other charts beside it are read on its scale,
    `tallest` the height of a drawing that still fits its page, in points, or None on a screen.
    """

    colors: Mapping[str, str]
    locale: str
    width: float
    height: float
    size: float
    current: str = ""
    compared: str = ""
    pointed: bool = False
    typeface: Typeface = BUILT_IN
    series: int = 1
    beside: tuple[Number, ...] = ()
    tallest: float | None = None

    @property
    def most(self) -> float:
        """The height of the highest drawing, in points, unless it is wanted higher."""
        usual = _TALLEST * self.size
        return usual if self.tallest is None else min(usual, self.tallest)

    @property
    def runs_left(self) -> bool:
        """Whether the script of the locale runs from right to left."""
        return babel_locale(self.locale).text_direction == "rtl"

    def series_color(self, index: int) -> str:
        """Return the colour of a series; the sixth and all after it share the grey of "Other"."""
        return self.colors[_token(index)]

    def compared_color(self, index: int, mark: Literal["line", "bar"]) -> str:
        """Return the colour of the compared values of a series: lighter than its own, or grey where it is alone."""
        if self.series == 1:
            return self.colors[{"line": "compare", "bar": "compare-soft"}[mark]]
        return self.colors[f"{_token(index)}-{mark}"]

    def dashes(self, index: int) -> tuple[float, ...]:
        """Return the dashes of a series' line, in multiples of its weight, which tell it from others without colour."""
        return _SERIES_DASHES[index % len(_SERIES_DASHES)] if self.series > 1 else ()


def _token(index: int) -> str:
    return f"c{min(index, 5) + 1}"


@dataclass(frozen=True, slots=True)
class PaintedPath:
    """A path of a chart with its colours.

    Attributes:
        path: In the coordinates of its canvas.
        transform: From these to those of matplotlib, which counts from the bottom.
        fill: Colour that it is filled with; empty where it is not.
        stroke: Colour of its line; empty where it has none.
        weight: Of its line, in points.
        dashes: Of its line, in multiples of the weight; empty where it is whole.
        is_round: Whether its line joins round.
    """

    path: Path
    transform: Transform
    fill: str = ""
    stroke: str = ""
    weight: float = 0
    dashes: tuple[float, ...] = ()
    is_round: bool = False

    def draw(self, renderer: RendererBase) -> None:
        """Draw it on a renderer of matplotlib's."""
        line = renderer.new_gc()
        line.set_linewidth(self.weight)
        if self.stroke:
            line.set_foreground(self.stroke)
            line.set_dashes(0, [self.weight * length for length in self.dashes] or None)
            line.set_joinstyle("round" if self.is_round else "miter")
        renderer.draw_path(line, self.path, self.transform, self.fill or None)


class ChartCanvas:
    """The canvas of a chart: later marks lie on earlier marks; y grows downwards."""

    def __init__(self, frame: Frame, height: float, *, mirrored: bool = False) -> None:
        """Make an empty canvas, as wide as the frame and `height` points high.

        A mirrored canvas is drawn as any other and comes out with its left at the right; its texts stay readable.
        """
        self.frame, self.height, self.mirrored = frame, height, mirrored
        self.marks: list[PaintedPath | TextMark] = []
        self.targets: list[PointedPlace] = []
        turned = Affine2D().scale(-1, 1).translate(frame.width, 0) if mirrored else Affine2D()
        self._points = turned.scale(1, -1).translate(0, height)  # matplotlib counts from the bottom

    def drawing(self, alt: str = "") -> Drawing:
        """Return the drawing; `alt` is its alternative text."""
        recorder = Recorder(self.frame.width, self.height)
        for mark in self.marks:
            if isinstance(mark, TextMark):
                recorder.add(mark)
            else:
                mark.draw(recorder)
        return replace(recorder.drawing(alt), targets=tuple(self.targets))

    def target(self, place: tuple[float, float, float, float], lines: tuple[str, ...]) -> None:
        """Add a place, given as left, top, right and bottom, that shows lines to a reader who points at it."""
        left, top, right, bottom = place
        if self.mirrored:
            left, right = self.frame.width - right, self.frame.width - left
        self.targets.append(PointedPlace((left, top, right, bottom), lines))

    def place(self, other: ChartCanvas, left: float, top: float) -> None:
        """Add the marks and the targets of another canvas, whose corner lies at a place of this canvas."""
        moved = Affine2D().translate(left, self.height - other.height - top)
        for mark in other.marks:
            if isinstance(mark, TextMark):
                self.marks.append(replace(mark, x=mark.x + left, y=mark.y + top))
            else:
                self.marks.append(replace(mark, transform=mark.transform + moved))
        for target in other.targets:
            start, first, end, last = target.place
            self.targets.append(PointedPlace((start + left, first + top, end + left, last + top), target.lines))

    def strokes(
        self, lines: Sequence[Sequence[Point]], color: str, weight: float, dashes: tuple[float, ...] = ()
    ) -> None:
        """Draw polylines as a single path, `weight` points wide; dashes are in multiples of the weight."""
        points = [point for line in lines for point in line]
        codes = [Path.LINETO if at else Path.MOVETO for line in lines for at in range(len(line))]
        if points:
            path = Path(points, codes)
            self.marks.append(PaintedPath(path, self._points, "", color, weight, dashes, is_round=True))

    def rule(self, y: float, color: str, weight: float, right: float | None = None) -> None:
        """Draw a horizontal line from the left edge; None is the right edge."""
        self.strokes([[(0, y), (self.frame.width if right is None else right, y)]], color, weight)

    def boxes(self, boxes: Sequence[tuple[float, float, float, float]], color: str) -> None:
        """Fill rectangles, given as left, top, right and bottom, as a single path."""
        self.areas([[(a, b), (c, b), (c, d), (a, d)] for a, b, c, d in boxes], color)

    def areas(self, areas: Sequence[Sequence[Point]], color: str) -> None:
        """Fill polygons as a single path."""
        corners = [point for area in areas for point in (*area, area[0])]
        codes = [code for area in areas for code in (Path.MOVETO, *[Path.LINETO] * (len(area) - 1), Path.CLOSEPOLY)]
        if corners:
            self.marks.append(PaintedPath(Path(corners, codes), self._points, color))

    def dot(self, at: Point, radius: float, color: str, ring: float = 0) -> None:
        """Fill a circle, with a ring of the page's colour around it where lines would touch it."""
        for size, fill in ((radius + ring, self.frame.colors["page"]), (radius, color))[not ring :]:
            self.marks.append(PaintedPath(Path.circle(at, size), self._points, fill))

    def wedge(self, at: Point, radius: float, thickness: float, turn: tuple[float, float], color: str) -> None:
        """Fill a part of a ring between two shares of the full turn, clockwise from the top."""
        first, last = (360 * share - 90 for share in turn)
        edge, weight = (self.frame.colors["page"], 0.9) if turn[1] - turn[0] < 1 else ("", 0)
        path = Wedge(at, radius, first, last, width=thickness).get_path()
        self.marks.append(PaintedPath(path, self._points, color, edge, weight))

    def text(  # noqa: PLR0913 - everything after the text is a property with a usual value
        self,
        at: Point,
        text: str,
        color: str,
        *,
        anchor: Anchor = "left",
        weight: int = NORMAL,
        size: float | None = None,
        plate: bool = False,
    ) -> None:
        """Write a line of text on its baseline; a plate hides the marks behind it."""
        size = size or self.frame.size
        if plate and text:
            wide = self.frame.typeface.width(text, size, weight)
            left = at[0] - wide * {"left": 0.0, "center": 0.5, "right": 1.0}[anchor]
            self.boxes(
                [(left - 1, at[1] - 0.78 * size, left + wide + 1, at[1] + 0.12 * size)], self.frame.colors["page"]
            )
        x, y = at
        if self.mirrored:
            x, anchor = self.frame.width - x, _MIRRORED[anchor]
        if text:
            self.marks.append(TextMark(text, x, y, size, color.upper(), weight, anchor, typeface=self.frame.typeface))
