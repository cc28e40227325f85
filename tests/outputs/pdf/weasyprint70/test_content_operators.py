"""Marks as a PDF's operators: short, and where they stood."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import pytest

from reportgen.outputs.drawing.marks import PathMark, circle
from reportgen.outputs.pdf.weasyprint70.content_operators import Pen

if TYPE_CHECKING:
    from weasyprint.pdf.stream import Stream

    from reportgen.outputs.drawing.marks import PathStep
    from reportgen.outputs.pdf.weasyprint70.pango_text import PangoText

PEN = Pen(cast("PangoText", None), cast("Stream", None))  # it writes no text here


def drawn(steps: tuple[PathStep, ...]) -> str:
    """Return the operators of a filled path."""
    (operators,) = PEN.draw([PathMark(steps, "#000000")])
    return operators.decode()


def test_equal_circles_are_equal_operators() -> None:
    """Two points of a chart differ in their place alone, so that the second takes hardly any room."""
    first, second = (drawn(circle(x, y, 2.5)) for x, y in ((10, 20), (31.25, 7.5)))
    place = r"1 0 0 1 \S+ \S+ cm"
    assert re.findall(place, first) != re.findall(place, second)
    assert re.sub(place, "", first) == re.sub(place, "", second)


@pytest.mark.parametrize(
    "curve", [("C", (1.234, 2.345, 9.876, 8.765, 5.555, 7.777)), ("Q", (4.321, 5.432, 8.126, 9.5))]
)
def test_curves_stand_where_they_are_drawn(curve: PathStep) -> None:
    """The place of a path's beginning and its steps from there are its coordinates, to a hundredth of a point."""
    operators = drawn((("M", (3.337, 4.449)), curve, ("Z", ())))
    found = re.fullmatch(r"q 0 0 0 rg 1 0 0 1 (.*) cm 0 0 m (.*) c h f Q", operators)
    assert found
    place, path = found.groups()
    left, top = map(float, place.split())
    numbers = [float(number) + (top if at % 2 else left) for at, number in enumerate(path.split())]
    assert (left, top) == (3.34, 4.45)
    assert numbers[-2:] == [pytest.approx(round(number, 2)) for number in curve[1][-2:]]
    assert len(numbers) == 6


def test_lines_are_written_as_they_are() -> None:
    """A path without curves has its coordinates on the drawing."""
    assert drawn((("M", (1.005, 2)), ("L", (3.5, 4)))) == "q 0 0 0 rg 1 2 m 3.5 4 l f Q"
