"""A finished drawing: paths and lines of text, in points from its top left corner; as inline SVG.

Charts are drawn once; the writers, to SVG here and into the PDF's pages in `embedding`, give the same
picture.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from reportgen.outputs.measure import FAMILY, is_set_in
from reportgen.outputs.overlay import Anchor, laid_over, needs_shaping, span, svg_anchor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Command: TypeAlias = Literal["M", "L", "Q", "C", "Z"]
Step: TypeAlias = tuple[Command, tuple[float, ...]]
_NORMAL = 400


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

    steps: tuple[Step, ...]
    fill: str = ""
    stroke: str = ""
    weight: float = 0
    dashes: tuple[float, ...] = ()
    is_round: bool = False


@dataclass(frozen=True, slots=True)
class TextMark:
    """One line of text on its baseline.

    Attributes:
        text: Without control characters.
        x: Of its left, middle or right, as `anchor` says.
        y: Of its baseline.
        size: In points.
        color: `#RRGGBB`.
        weight: As in CSS.
        anchor: Which part of it stands at `x`.
        spacing: Between its letters, in points.
    """

    text: str
    x: float
    y: float
    size: float
    color: str
    weight: int = _NORMAL
    anchor: Anchor = "left"
    spacing: float = 0

    @property
    def is_simple(self) -> bool:
        """Whether the embedded family has its letters and each is set by itself, as in Latin, Greek and Cyrillic."""
        return is_set_in(self.text, self.weight) and not needs_shaping(self.text)

    def span(self) -> str:
        """Return the text as HTML that lies over the drawing."""
        return span(
            self.text, x=self.x, y=self.y, size=self.size, weight=self.weight, color=self.color, anchor=self.anchor
        )


Mark: TypeAlias = PathMark | TextMark


def box(left: float, top: float, right: float, bottom: float) -> tuple[Step, ...]:
    """Return the path of a rectangle."""
    return ("M", (left, top)), ("L", (right, top)), ("L", (right, bottom)), ("L", (left, bottom)), ("Z", ())


def rule(left: float, right: float, y: float) -> tuple[Step, ...]:
    """Return the path of a horizontal line."""
    return ("M", (left, y)), ("L", (right, y))


def circle(x: float, y: float, radius: float) -> tuple[Step, ...]:
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


def polyline(points: Sequence[tuple[float, float]]) -> Iterator[Step]:
    """Yield the path of a line through points."""
    return (("L" if at else "M", point) for at, point in enumerate(points))


@dataclass(frozen=True, slots=True)
class Target:
    """A place of a drawing where a browser tells what is there.

    Attributes:
        place: Its left, top, right and bottom, in points.
        lines: What is told, a line each.
    """

    place: tuple[float, float, float, float]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing.

    Attributes:
        width: In points.
        height: In points.
        marks: Later ones lie on earlier ones.
        alt: What it shows, for a reader who cannot see it; empty marks it as decoration.
        targets: Where values are told to who points at them; none on paper.
    """

    width: float
    height: float
    marks: tuple[Mark, ...]
    alt: str = ""
    targets: tuple[Target, ...] = ()

    def with_simple_text(self) -> tuple[Drawing, list[str]]:
        """Return the drawing without the texts that a page engine has to set, and these as HTML."""
        kept = tuple(mark for mark in self.marks if not isinstance(mark, TextMark) or mark.is_simple)
        spans = [mark.span() for mark in self.marks if isinstance(mark, TextMark) and not mark.is_simple]
        return replace(self, marks=kept), spans


def svg(drawing: Drawing) -> str:
    """Return a drawing as one inline `<svg>`.

    It uses presentation attributes and hexadecimal colours only and holds no ids, so it looks the same
    wherever it stands, and two in one page do not clash.
    """
    width, height = number(drawing.width), number(drawing.height)
    told = f'role="img" aria-label={quoteattr(drawing.alt)}' if drawing.alt else 'role="img" aria-hidden="true"'
    title = f"<title>{escape(drawing.alt)}</title>" if drawing.alt else ""
    marks = "".join(_path(mark) if isinstance(mark, PathMark) else _text(mark) for mark in drawing.marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" '
        f'viewBox="0 0 {width} {height}" font-family="{FAMILY}, sans-serif" direction="ltr" {told}>{title}{marks}</svg>'
    )


def placeholder(drawing: Drawing, address: str, spans: list[str]) -> str:
    """Return the HTML in whose place a drawing is drawn, known there by its address, under texts laid over it."""
    style = "display:block;max-width:none;max-height:none;overflow:visible"
    size = f"width:{number(drawing.width)}pt;height:{number(drawing.height)}pt"
    place = f'<img src="{address}" alt={quoteattr(drawing.alt)} style="{style};{size}">'
    return laid_over(place, spans, drawing.width, drawing.height)


def number(value: float) -> str:
    """Write a length to a hundredth of a point."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _path(mark: PathMark) -> str:
    style = f' fill="{mark.fill or "none"}"'
    if mark.stroke:
        style += f' stroke="{mark.stroke}" stroke-width="{number(mark.weight)}"'
        style += ' stroke-linejoin="round"' if mark.is_round else ""
        style += f' stroke-dasharray="{" ".join(map(number, mark.dashes))}"' if mark.dashes else ""
    return f'<path d="{_steps(mark.steps)}"{style}/>'


def _steps(steps: tuple[Step, ...]) -> str:
    """Write a path; a repeated command is left out, as SVG allows for lines."""
    words: list[str] = []
    last = ""
    for command, numbers in steps:
        written = " ".join(map(number, numbers))
        words.append(f" {written}" if command == last == "L" else command + written)
        last = command
    return "".join(words)


def _text(mark: TextMark) -> str:
    weight = f' font-weight="{mark.weight}"' if mark.weight != _NORMAL else ""
    spacing = f' letter-spacing="{number(mark.spacing)}"' if mark.spacing else ""
    return (
        f'<text x="{number(mark.x)}" y="{number(mark.y)}" font-size="{number(mark.size)}"{weight}'
        f'{spacing}{svg_anchor(mark.text, mark.anchor)} fill="{mark.color}">{escape(mark.text)}</text>'
    )
