"""Marks of a drawing: paths and lines of text, in points from its top left corner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Literal, TypeAlias

from reportgen.outputs.drawing.font_metrics import BUILT_IN, NORMAL
from reportgen.outputs.drawing.text_shaping import needs_shaping
from reportgen.outputs.text.bidi import runs_left

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.outputs.drawing.font_metrics import Typeface
    from reportgen.outputs.drawing.text_overlay import Anchor

PathCommand: TypeAlias = Literal["M", "L", "Q", "C", "Z"]
PathStep: TypeAlias = tuple[PathCommand, tuple[float, ...]]

_ROOM = 400  # points; wider than any text of a drawing
_LEADING = 1.2
_BASELINE = 0.88  # em; from the top of a line of that leading to its baseline, in the built-in family


@dataclass(frozen=True, slots=True)
class PathMark:
    """A path that is filled, stroked or both.

    Attributes:
        steps: SVG's absolute commands, each with its coordinates; a quadratic has 4, a cubic 6.
        fill: `#RRGGBB`, or empty.
        stroke: `#RRGGBB`, or empty.
        weight: Of the stroke, in points.
        dashes: Lengths of dashes and gaps, in points; empty where the stroke is whole.
        is_round: Whether strokes join round.
    """

    steps: tuple[PathStep, ...]
    fill: str = ""
    stroke: str = ""
    weight: float = 0
    dashes: tuple[float, ...] = ()
    is_round: bool = False


@dataclass(frozen=True, slots=True)
class TextMark:
    """A line of text on its baseline.

    Attributes:
        text: Without control characters.
        x: Of its left, middle or right, as `anchor` says.
        y: Of its baseline.
        size: In points.
        color: `#RRGGBB`.
        weight: As in CSS.
        anchor: Which part of it stands at `x`.
        spacing: Between its letters, in points.
        typeface: That it is set in.
    """

    text: str
    x: float
    y: float
    size: float
    color: str
    weight: int = NORMAL
    anchor: Anchor = "left"
    spacing: float = 0
    typeface: Typeface = BUILT_IN

    @property
    def is_simple(self) -> bool:
        """Whether its typeface has its letters and each is set by itself, as in Latin, Greek and Cyrillic."""
        return self.typeface.sets(self.text, self.weight) and not needs_shaping(self.text)

    @property
    def _baseline(self) -> float:
        """The place of the baseline of its span, in em from the top of the line."""
        return _BASELINE + (self.typeface.ascent - self.typeface.descent - BUILT_IN.ascent + BUILT_IN.descent) / 2

    def span(self) -> str:
        """Return the text as HTML that lies over the drawing."""
        left = self.x - _ROOM * {"left": 0.0, "center": 0.5, "right": 1.0}[self.anchor]
        return (
            f'<span style="position:absolute;left:{left:.2f}pt;top:{self.y - self._baseline * self.size:.2f}pt;'
            f"width:{_ROOM}pt;text-align:{self.anchor};white-space:nowrap;font-size:{self.size:g}pt;"
            f"line-height:{_LEADING};font-weight:{self.weight};letter-spacing:0;color:{self.color};"
            f'direction:{"rtl" if runs_left(self.text) else "ltr"}">{escape(self.text)}</span>'
        )


Mark: TypeAlias = PathMark | TextMark


def box(left: float, top: float, right: float, bottom: float) -> tuple[PathStep, ...]:
    """Return the path of a rectangle."""
    return ("M", (left, top)), ("L", (right, top)), ("L", (right, bottom)), ("L", (left, bottom)), ("Z", ())


def rule(left: float, right: float, y: float) -> tuple[PathStep, ...]:
    """Return the path of a horizontal line."""
    return ("M", (left, y)), ("L", (right, y))


def circle(x: float, y: float, radius: float) -> tuple[PathStep, ...]:
    """Return the path of a circle: four cubics."""
    bend = 0.5523 * radius  # the usual approximation of a quarter
    return (
        ("M", (x + radius, y)),
        ("C", (x + radius, y + bend, x + bend, y + radius, x, y + radius)),
        ("C", (x - bend, y + radius, x - radius, y + bend, x - radius, y)),
        ("C", (x - radius, y - bend, x - bend, y - radius, x, y - radius)),
        ("C", (x + bend, y - radius, x + radius, y - bend, x + radius, y)),
        ("Z", ()),
    )


def polyline(points: Sequence[tuple[float, float]]) -> Iterator[PathStep]:
    """Yield the path of a line through points."""
    return (("L" if at else "M", point) for at, point in enumerate(points))


@dataclass(frozen=True, slots=True)
class PointedPlace:
    """A place of a drawing that shows a text to a reader who points at it in a browser.

    Attributes:
        place: Its left, top, right and bottom, in points.
        lines: The lines of the text.
    """

    place: tuple[float, float, float, float]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing.

    Attributes:
        width: In points.
        height: In points.
        marks: Later marks lie on earlier marks.
        alt: The alternative text; empty marks the drawing as decoration.
        targets: The places that show values to a reader who points at them; none on paper.
    """

    width: float
    height: float
    marks: tuple[Mark, ...]
    alt: str = ""
    targets: tuple[PointedPlace, ...] = ()

    def with_text_colors(self, colors: Mapping[str, str]) -> Drawing:
        """Return the drawing with its texts in other colours, each given by the colour that it has."""
        marks = (
            replace(mark, color=colors.get(mark.color, mark.color)) if isinstance(mark, TextMark) else mark
            for mark in self.marks
        )
        return replace(self, marks=tuple(marks))

    def with_simple_text(self) -> tuple[Drawing, list[str]]:
        """Return the drawing without the texts that a page engine has to set, and these texts as HTML."""
        kept = tuple(mark for mark in self.marks if not isinstance(mark, TextMark) or mark.is_simple)
        spans = [mark.span() for mark in self.marks if isinstance(mark, TextMark) and not mark.is_simple]
        return replace(self, marks=kept), spans
