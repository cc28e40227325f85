"""Arithmetic of colours: contrast by WCAG 2.2, lightness by OKLab, and how colours look to colour-blind readers."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TypeAlias

Triple: TypeAlias = tuple[float, float, float]

_STEP, _ROUNDING = 0.005, 1e-4
# Linear RGB to the cones and on to OKLab, as published by its author (Ottosson 2020).
_TO_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_FROM_LAB = ((1, 0.3963377774, 0.2158037573), (1, -0.1055613458, -0.0638541728), (1, -0.0894841775, -1.2914855480))
_FROM_CONES = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
# What is seen in full protanopia, deuteranopia and tritanopia (Machado, Oliveira and Fernandes 2009, table 1).
_SIGHTS = (
    ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two `#RRGGBB` colours, 1 to 21, as WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def distance(one: str, other: str) -> float:
    """Return how far apart two colours look to whoever tells them apart worst: OKLab times 100, black to white 100."""
    return min(100 * math.dist(_seen(one, sight), _seen(other, sight)) for sight in range(len(_SIGHTS)))


def lightness_hue(color: str) -> tuple[float, float, float]:
    """Return a colour's OKLCH lightness (0 to 1), chroma (0 to about 0.4) and hue in radians."""
    light, a, b = _lab(_linear(color))
    return light, math.hypot(a, b), math.atan2(b, a)


def color_of(lightness: float, chroma: float, hue: float) -> str:
    """Return the `#RRGGBB` of an OKLCH colour; chroma that a screen cannot show is taken off."""
    lightness = min(max(lightness, 0.0), 1.0)
    while True:
        values = _from_lab((lightness, chroma * math.cos(hue), chroma * math.sin(hue)))
        if chroma <= 0 or all(-_ROUNDING <= value <= 1 + _ROUNDING for value in values):
            return "#" + "".join(f"{round(255 * _encoded(value)):02X}" for value in values)
        chroma = max(0.0, chroma - _STEP)


def readable_on(color: str, grounds: tuple[str, ...], least: float) -> str:
    """Return the colour made darker or lighter, its hue kept, until it has a contrast with every ground.

    Args:
        color: `#RRGGBB`.
        grounds: What it stands on; all light or all dark.
        least: Contrast wanted, at most 4.5: black or white has that on any ground.
    """
    lightness, chroma, hue = lightness_hue(color)
    step = -_STEP if contrast("#000000", grounds[0]) >= contrast("#FFFFFF", grounds[0]) else _STEP
    while min(contrast(color, ground) for ground in grounds) < least and 0 < lightness + step < 1:
        lightness += step
        color = color_of(lightness, chroma, hue)
    return color


def _luminance(color: str) -> float:
    red, green, blue = _linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(color: str) -> Triple:
    red, green, blue = (_decoded(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def _decoded(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - IEC 61966-2-1


def _encoded(value: float) -> float:
    value = min(max(value, 0.0), 1.0)
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055  # noqa: PLR2004 - as above


@lru_cache(maxsize=1024)
def _seen(color: str, sight: int) -> Triple:
    red, green, blue = (min(max(value, 0.0), 1.0) for value in _times(_SIGHTS[sight], _linear(color)))
    return _lab((red, green, blue))


def _lab(linear: Triple) -> Triple:
    long, middle, short = (math.cbrt(value) for value in _times(_TO_CONES, linear))
    return _times(_TO_LAB, (long, middle, short))


def _from_lab(lab: Triple) -> Triple:
    long, middle, short = (value**3 for value in _times(_FROM_LAB, lab))
    return _times(_FROM_CONES, (long, middle, short))


def _times(matrix: tuple[Triple, Triple, Triple], vector: Triple) -> Triple:
    one, two, three = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return one, two, three
