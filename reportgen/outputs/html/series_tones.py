"""The colours of text in the colours of series: the same hues, readable as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.colors import text_tones
from reportgen.outputs.html.dark_colors import dark_colors, dark_css

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.model import Theme


def screen_colors(theme: Theme) -> str:
    """Return the rules of a dark screen, and those of readable texts in the colours of series."""
    light, dark = _rules(theme, theme.colors), _rules(theme, dark_colors(theme))
    texts = f"@media screen{{{light}}}@media screen and (prefers-color-scheme: dark){{{dark}}}\n"
    return dark_css(theme) + texts


def _rules(theme: Theme, shown: Mapping[str, str]) -> str:
    """Return the rules for texts in the theme's own colours, where these `shown` colours stand on their page."""
    tones = text_tones(theme.colors, shown)
    return "".join(f'main svg text[fill="{color}"]{{fill:{tone}}}' for color, tone in tones.items())
