"""Colours: contrast, how alike they look, also to colour-blind readers, and shades that are readable and distinct."""

from __future__ import annotations

import math
from bisect import bisect_left
from functools import lru_cache
from itertools import combinations, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

TEXT_CONTRAST, MARK_CONTRAST = 4.5, 3.0
"""WCAG 2.2, AA: of text (1.4.3) and of graphical objects (1.4.11)."""

LEAST_DISTANCE = 7.5
"""The least distance between the colours of two series; see `distance`."""

SERIES = ("c1", "c2", "c3", "c4", "c5")
"""A theme's tokens for the colours of series."""

OTHER = "c6"
"""The token of "Other", and of a sixth series."""

_COMPARED = {"line": 0.55, "bar": 0.3}
"""The share of a series' colour in the marks of its compared values; the rest is that of the page."""

_STEPS = 200  # of lightness, from black to white
_TURNS = (0, 40, -40, 80, -80, 120, -120, 160, -160)  # degrees of hue
_LEAST_CHROMA = 0.08
_SIGHTS = ("protan", "deutan", "tritan")


def contrast(first: str, second: str) -> float:
    """Return the contrast of two `#RRGGBB` colours, 1 to 21, as WCAG 2.2 defines it."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def distance(first: str, second: str) -> float:
    """Return the least distance of two colours in OKLab times 100, among full and colour-blind sight.

    From black to white it is 100.
    """
    return 100 * min(map(math.dist, _seen(first), _seen(second)))


def nearest_pair(colors: Mapping[str, str]) -> tuple[float, str, str]:
    """Return the least distance between any two of at least two colours, and the names of both; see `distance`."""
    return min((distance(colors[first], colors[other]), first, other) for first, other in combinations(colors, 2))


def lightness_hue(color: str) -> tuple[float, float, float]:
    """Return a colour's OKLCH lightness (0 to 1), chroma (0 to about 0.4) and hue in degrees; 0 for a grey."""
    from coloraide import Color  # takes 50 ms, and most commands need no colour

    lightness, chroma, hue = Color(color).convert("oklch").coords(nans=False)
    return lightness, chroma, hue


@lru_cache(maxsize=1024)
def named_color(written: str) -> str:
    """Return the `#RRGGBB` of a colour as CSS writes it, by its name too, or an empty text for no colour."""
    from coloraide import Color

    found = Color.match(written.strip(), fullmatch=True)
    return found.color.convert("srgb").clip().to_string(hex=True, upper=True, alpha=False) if found else ""


@lru_cache(maxsize=4096)
def color_of(lightness: float, chroma: float, hue: float) -> str:
    """Return the `#RRGGBB` of an OKLCH colour; chroma that a screen cannot show is taken off."""
    from coloraide import Color

    return Color("oklch", [lightness, chroma, hue]).convert("srgb").to_string(hex=True, upper=True)


@lru_cache(maxsize=1024)
def readable_on(color: str, grounds: tuple[str, ...], least: float) -> str:
    """Return a colour made darker or lighter, in the same hue, until it has a contrast with every ground.

    Args:
        color: `#RRGGBB`.
        grounds: The colours behind it; all light or all dark.
        least: The least contrast, at most 4.5, which black or white has on any ground.
    """
    lightness, chroma, hue = lightness_hue(color)
    step = (-1 if contrast("#000000", grounds[0]) >= contrast("#FFFFFF", grounds[0]) else 1) / _STEPS

    def shade(steps: int) -> str:
        return color_of(lightness + steps * step, chroma, hue) if steps else color

    def contrast_after(steps: int) -> float:
        return min(contrast(shade(steps), ground) for ground in grounds)

    return shade(bisect_left(range(_STEPS), least, key=contrast_after))


def text_tones(drawn: Mapping[str, str], shown: Mapping[str, str]) -> dict[str, str]:
    """Return the colour of a text for each colour in which a name of a series is drawn: the same hue, readable.

    Args:
        drawn: The colours of a drawing, by their tokens.
        shown: The colours that stand in their place, and that of the `page` behind them.
    """
    tokens = (*SERIES, OTHER, "compare")
    return {drawn[token]: readable_on(shown[token], (shown["page"],), TEXT_CONTRAST) for token in tokens}


def in_hue(shade: str, color: str) -> str:
    """Return a shade in the hue of a colour, as light as before and no more colourful than either."""
    lightness, chroma, _ = lightness_hue(shade)
    _, most, hue = lightness_hue(color)
    return color_of(lightness, min(chroma, most), hue)


def series_colors(color: str, lights: Iterable[float], ground: str) -> Iterator[str]:
    """Yield colours for a series that can be seen on a ground: in its own hue and in others, in each lightness."""
    _, chroma, hue = lightness_hue(color)
    made = (color_of(light, max(chroma, _LEAST_CHROMA), hue + turn) for turn, light in product(_TURNS, lights))
    return (visible for visible in made if contrast(visible, ground) >= MARK_CONTRAST)


def distinct(choices: Iterable[str], taken: Sequence[str]) -> str:
    """Return the first colour that differs enough from all those taken, or the choice that is farthest from them."""
    gaps: dict[str, float] = {}
    for color in choices:
        gaps[color] = min(distance(color, other) for other in taken)
        if gaps[color] >= LEAST_DISTANCE:
            return color
    return max(gaps, key=gaps.__getitem__)


def compared_shades(colors: Mapping[str, str]) -> dict[str, str]:
    """Return the colours of compared lines and bars beside those of series: `c1-line`, lighter than `c1`."""
    return {
        f"{token}-{mark}": _mixed(colors[token], colors["page"], share)
        for token in (*SERIES, OTHER)
        for mark, share in _COMPARED.items()
    }


@lru_cache(maxsize=256)  # as many as a few themes have
def _mixed(color: str, ground: str, share: float) -> str:
    """Return a colour that has a share of one colour and the rest of another, all `#RRGGBB`."""
    parts = ((int(color[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(own * share + other * (1 - share)):02X}" for own, other in parts)


@lru_cache(maxsize=4096)
def _luminance(color: str) -> float:
    """Return the relative luminance by the weights that WCAG prints, so that every checker agrees at a limit.

    Those of coloraide have more digits; a colour that reaches 4.5 by them may have 4.4999 by WCAG's own.
    """
    from coloraide import Color

    red, green, blue = Color(color).convert("srgb-linear").coords()
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=4096)
def _seen(color: str) -> list[list[float]]:
    """Return the OKLab coordinates of a colour in full sight, in protanopia, deuteranopia and tritanopia."""
    from coloraide import Color

    full = Color(color).convert("srgb-linear")
    blind = (full.filter(sight, method="machado", space="srgb-linear").clip() for sight in _SIGHTS)
    return [sight.convert("oklab").coords() for sight in (full, *blind)]
