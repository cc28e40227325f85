"""The colours of the page on a dark screen; the same drawings of charts are painted in them by rules of CSS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.colors import SERIES, compared_shades, contrast, distinct, in_hue, readable_on, series_colors

if TYPE_CHECKING:
    from reportgen.model import Theme

PAGE = {
    "page": "#15181D", "ink": "#ECEDEF", "ink-2": "#BFC4CB", "ink-3": "#969CA6", "grid": "#2A2F37", "axis": "#59606B",
    "hair": "#333943", "track": "#262B33", "rule": "#C9CDD3", "compare": "#7F8793", "compare-soft": "#454C57",
    "good": "#6CC496", "bad": "#F0897D", "flat": "#A9AFB8", "warn": "#D9B45A", "tint": "#1C2027", "c6": "#7E8592",
}  # fmt: skip
"""Colours that all themes share: the ground, its text and lines, good and bad."""

_COVER = {"cover-bg": "#1D2127", "cover-ink": "#F1F2F4", "cover-soft": "#A3A9B2", "cover-line": "#4A515B"}
_SOFT, _HEAT = "#2B3A63", ("#1D2431", "#26365C", "#355090", "#4F71C2", "#7F9DEB", "#C3D2FB")
_ACCENT_CONTRAST = 7.0
_LIGHTS = (0.72, 0.83, 0.62, 0.93, 0.78, 0.55)


def dark_colors(theme: Theme) -> dict[str, str]:
    """Return the theme's colours for a dark screen: the same hues, readable and distinct there too.

    A cover that has a dark ground already stays as it is.
    """
    accent = readable_on(theme.colors["accent"], (PAGE["page"], PAGE["tint"]), _ACCENT_CONTRAST)
    heat = {f"q{step}": in_hue(shade, accent) for step, shade in enumerate(_HEAT)}
    cover = {token: color for token, color in theme.colors.items() if token.startswith("cover-")}
    if contrast(cover["cover-bg"], "#000000") > contrast(cover["cover-bg"], "#FFFFFF"):
        cover = {**_COVER, "cover-accent": readable_on(accent, (_COVER["cover-bg"],), _ACCENT_CONTRAST)}
    shades = {"accent": accent, "accent-soft": in_hue(_SOFT, accent)}
    return {**PAGE, **shades, **_series(theme, accent), **heat, **cover}


def dark_css(theme: Theme) -> str:
    """Return the rules of a dark screen: the colours of the page, and of the marks of charts."""
    dark = dark_colors(theme)
    tokens = ";".join(f"--{token}:{color}" for token, color in dark.items())
    page = {token: color for token, color in theme.colors.items() if not token.startswith("cover-")}
    page, marks = page | compared_shades(page), dark | compared_shades(dark)
    cover = {token: color for token, color in theme.colors.items() if token.startswith("cover-")}
    rules = _repainted("svg", page, marks) + _repainted(".strip svg", cover, dark)
    return f"@media screen and (prefers-color-scheme: dark){{:root{{color-scheme:dark;{tokens}}}{rules}}}\n"


def _repainted(where: str, colors: dict[str, str], dark: dict[str, str]) -> str:
    """Return rules that paint marks in dark colours; text comes last, where two tokens share a colour."""
    last = {"ink-3": 1, "ink-2": 1, "ink": 2, "cover-ink": 2}
    ordered = sorted(colors, key=lambda token: last.get(token, 0))
    pairs = {colors[token]: dark[token] for token in ordered if token in dark}
    return "".join(
        f'{where} [fill="{light}"]{{fill:{new}}}{where} [stroke="{light}"]{{stroke:{new}}}'
        for light, new in pairs.items()
    )


def _series(theme: Theme, accent: str) -> dict[str, str]:
    """Return the colours of series: the accent, then each theme colour, its hue changed where another is alike."""
    taken = {"c6": PAGE["c6"], "c1": accent}
    for token in SERIES[1:]:
        taken[token] = distinct(series_colors(theme.colors[token], _LIGHTS, PAGE["page"]), list(taken.values()))
    return taken
