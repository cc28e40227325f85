"""Lengths as stylesheets write them, in millimetres, points or CSS pixels; the conversions between these."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Literal, TypeAlias

from reportgen.outputs.drawing.font_metrics import BUILT_IN, Typeface

POINTS_A_MM = 72 / 25.4
PIXELS_A_POINT = 96 / 72
POINTS_A_PIXEL = 72 / 96

LengthUnit: TypeAlias = Literal["mm", "pt", "px", "em", "fr"]
_POINTS: dict[LengthUnit, float] = {"mm": POINTS_A_MM, "pt": 1, "px": POINTS_A_PIXEL}


@dataclass(frozen=True, slots=True)
class Length:
    """A length.

    Attributes:
        unit: As in CSS; `em` is a share of the type's size, `fr` a share of the room that is left.
        value: In that unit.
    """

    unit: LengthUnit
    value: float

    @property
    def points(self) -> float:
        """The length in points; a share has none."""
        return self.value * _POINTS[self.unit]

    def __str__(self) -> str:
        """Return the length as a stylesheet writes it."""
        return f"{self.value:.10g}{self.unit}"


mm, pt, px, em, fr = (partial(Length, unit) for unit in ("mm", "pt", "px", "em", "fr"))


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """The style of text: its weight as in CSS, the size of its type, the height of its lines, and its typeface."""

    weight: int
    size: Length
    line: Length
    typeface: Typeface = BUILT_IN

    def weighing(self, weight: int) -> TypeStyle:
        """Return the style in another weight."""
        return self if weight == self.weight else replace(self, weight=weight)

    def scaled(self, factor: float) -> TypeStyle:
        """Return the style in type that is larger or smaller by a factor, on lines of the same height."""
        return replace(self, size=replace(self.size, value=factor * self.size.value))
