"""A client's colours over a theme, changed until text is readable and series are distinct."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from reportgen.colors import (
    MARK_CONTRAST,
    SERIES,
    TEXT_CONTRAST,
    contrast,
    distinct,
    in_hue,
    lightness_hue,
    readable_on,
    series_colors,
)
from reportgen.model import Caution

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from reportgen.model import Theme

_HEAT = ("q0", "q1", "q2", "q3", "q4", "q5")
_COVER = ("cover-bg", "cover-soft", "cover-accent", "cover-line")
_COLOURED = 0.05  # chroma from which a cover's ground is a colour rather than a shade of paper or ink
_LIGHTS = (0.42, 0.55, 0.66, 0.34, 0.48, 0.6, 0.28)


def with_brand(theme: Theme, primary: str | None, secondary: str | None) -> tuple[Theme, tuple[Caution, ...]]:
    """Return a theme with a client's colours.

    The primary colour becomes the accent: this period, in text, charts and on the cover. The secondary
    colour becomes the second series. Each is made darker or lighter, in the same hue, until it can be read;
    other series that would look like them get another colour.

    Args:
        theme: Any theme.
        primary: `#RRGGBB`; None leaves the theme's own.
        secondary: As `primary`.

    Returns:
        The theme, and a caution for each colour that had to be changed.
    """
    colors = dict(theme.colors)
    if primary:
        colors |= accents(theme.colors, primary)
    if secondary:
        colors["c2"] = readable_on(secondary, (colors["page"],), MARK_CONTRAST)
    if primary or secondary:
        colors |= distinct_series(colors, own=SERIES[: 2 if secondary else 1])
    return replace(theme, colors=colors), tuple(
        Caution(
            "W-BRAND",
            f"brand.{name} {asked} has a contrast of {contrast(asked, colors['page']):.1f} on the page, "
            f"where {least:g} can be read; {colors[token]} is used",
        )
        for name, asked, token, least in (
            ("primary", primary, "accent", TEXT_CONTRAST),
            ("secondary", secondary, "c2", MARK_CONTRAST),
        )
        if asked and contrast(asked, colors["page"]) < least
    )


def accents(colors: Mapping[str, str], primary: str) -> dict[str, str]:
    """Return the tokens that are shades of the accent, in the hue of the primary colour."""
    accent = readable_on(primary, (colors["page"], colors["tint"]), TEXT_CONTRAST)
    shades = ["accent-soft", *_HEAT]
    coloured = lightness_hue(colors["cover-bg"])[1] >= _COLOURED
    changed = {"accent": accent, "c1": accent, **{token: in_hue(colors[token], primary) for token in shades}}
    if coloured:
        changed |= {token: in_hue(colors[token], primary) for token in _COVER}
        changed["cover-bg"] = readable_on(changed["cover-bg"], (colors["cover-ink"],), TEXT_CONTRAST)
    else:
        changed["cover-accent"] = primary
    ground = changed.get("cover-bg", colors["cover-bg"])
    for token in ("cover-accent", "cover-soft"):
        changed[token] = readable_on(changed.get(token, colors[token]), (ground,), TEXT_CONTRAST)
    return changed


def distinct_series(colors: Mapping[str, str], own: Collection[str]) -> dict[str, str]:
    """Return the colours of the series: `own` tokens and "Other" as they are, the rest different from those before."""
    taken = {token: colors[token] for token in ("c6", *SERIES) if token in {"c6", *own}}
    for token in (token for token in SERIES if token not in own):
        others = series_colors(colors[token], _LIGHTS, colors["page"])
        taken[token] = distinct(chain([colors[token]], others), list(taken.values()))
    return taken
