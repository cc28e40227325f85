"""Marks as the operators of a PDF's content (ISO 32000-1, 8 and 9)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.marks import PathMark
from reportgen.outputs.drawing.svg import number
from reportgen.outputs.pdf.weasyprint70.pango_text import Face

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weasyprint.pdf.stream import Stream

    from reportgen.outputs.drawing.marks import Mark, PathStep, TextMark
    from reportgen.outputs.pdf.weasyprint70.pango_text import PangoText

_DIGITS = 2  # behind the point, as `number` writes

SHARE = {"left": 0.0, "center": 0.5, "right": 1.0}
"""Share of a text's width left of its anchor."""


@dataclass(slots=True)
class Pen:
    """Writes marks as operators of a page's content.

    It knows the colour and the font of its last text, which a PDF keeps (ISO 32000-1, 8.4.1) as long as the state of
    its graphics is not restored to an earlier one: what is drawn between `q` and `Q` has a pen of its own.
    """

    faces: PangoText
    stream: Stream
    _last_color: str = ""
    _last_font: str = ""

    def draw(self, marks: Iterable[Mark]) -> list[bytes]:
        """Return the operators that draw marks."""
        return [_path(mark) if isinstance(mark, PathMark) else self._text(mark).encode() for mark in marks]

    def _text(self, mark: TextMark) -> str:
        face = Face(mark.typeface, mark.weight)
        loaded, runs = self.faces.font(face, self.stream), self.faces.show(mark.text, face, self.stream)
        left = mark.x - SHARE[mark.anchor] * mark.size * sum(run.advance for run in runs)
        shown = "".join(run.shown for run in runs)
        color, font = f"{_color(mark.color)} rg ", f"/{loaded.hash} {number(mark.size)} Tf "
        changed = ("" if color == self._last_color else color) + ("" if font == self._last_font else font)
        self._last_color, self._last_font = color, font
        spaced, back = (f"{number(mark.spacing)} Tc ", " 0 Tc") if mark.spacing else ("", "")
        return f"BT {spaced}{changed}1 0 0 -1 {number(left)} {number(mark.y)} Tm [<{shown}>] TJ{back} ET"


def _path(mark: PathMark) -> bytes:
    words = ["q"]
    if mark.fill:
        words.append(f"{_color(mark.fill)} rg")
    if mark.stroke:
        words.append(f"{_color(mark.stroke)} RG {number(mark.weight)} w {1 if mark.is_round else 0} j")
        if mark.dashes:
            words.append(f"[{' '.join(map(number, mark.dashes))}] 0 d")
    steps = list(_cubics(mark.steps))
    if any(command == "C" for command, _ in steps):
        left, top = (round(length, _DIGITS) for length in steps[0][1])
        words.append(f"1 0 0 1 {number(left)} {number(top)} cm")
        steps = list(_begun_at(left, top, steps))
    words += ["h" if command == "Z" else f"{' '.join(map(number, of))} {command.lower()}" for command, of in steps]
    words.append(("B" if mark.fill else "S") if mark.stroke else "f")
    words.append("Q")
    return " ".join(words).encode()


def _begun_at(left: float, top: float, steps: Iterable[PathStep]) -> Iterator[PathStep]:
    """Yield the steps of a path from its own beginning: equal curves, such as the points of a chart, are equal then.

    What is written alike is compressed to almost nothing. All stands where it stood, to the digit.
    """
    for command, numbers in steps:
        moved = (round(length, _DIGITS) - (top if at % 2 else left) for at, length in enumerate(numbers))
        yield command, tuple(moved)


def _cubics(steps: Iterable[PathStep]) -> Iterator[PathStep]:
    """Yield the steps of a path with cubics for quadratics, which a PDF has not (ISO 32000-1, 8.5.2.2)."""
    here = (0.0, 0.0)
    for command, numbers in steps:
        if command == "Q":
            x, y, to_x, to_y = numbers
            first = (here[0] + 2 * (x - here[0]) / 3, here[1] + 2 * (y - here[1]) / 3)
            second = (to_x + 2 * (x - to_x) / 3, to_y + 2 * (y - to_y) / 3)
            yield "C", (*first, *second, to_x, to_y)
        else:
            yield command, numbers
        if numbers:
            here = (numbers[-2], numbers[-1])


@lru_cache(maxsize=64)
def _color(color: str) -> str:
    return " ".join(f"{int(color[at : at + 2], 16) / 255:.4g}" for at in (1, 3, 5))
