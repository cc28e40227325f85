"""Styles of texts that are set without a page, as WeasyPrint computes styles for its boxes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from weasyprint.css.properties import INITIAL_VALUES, ZERO_PIXELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weasyprint.text.fonts import FontConfiguration


_PARTED = {
    "hyphens": "auto",
    "hyphenate_character": "-",
    "hyphenate_limit_chars": (10, 4, 4),
    "hyphenate_limit_zone": ZERO_PIXELS._replace(value=100, unit="%"),
}
"""The parting of words, as report.css has it for the cells of tables."""


@dataclass(slots=True)
class Hyphenation:
    """The syllables that WeasyPrint has read, by language: the part of its layout that parting words needs."""

    dictionaries: dict[object, object] = field(default_factory=dict)


class TextStyle(dict[str, object]):
    """A style as WeasyPrint computes it."""

    def __init__(self, values: Mapping[str, object], fonts: FontConfiguration) -> None:
        """Keep the values and the fonts."""
        super().__init__(values)
        self.font_config = fonts


class FontChoice(NamedTuple):
    """The fonts and the size in which a text is set, and how its words break.

    Attributes:
        families: Names of font families, the preferred family first.
        weight: As in CSS.
        pixels: Size of the type, in CSS pixels.
        breaking: CSS's `overflow-wrap`.
        hyphenated: Whether a word that may break anywhere is parted at a syllable where it has some.
    """

    families: tuple[str, ...]
    weight: int
    pixels: float
    breaking: str = "normal"
    hyphenated: bool = False


def text_style(choice: FontChoice, language: str, fonts: FontConfiguration) -> TextStyle:
    """Return the style of a text on a page in a language; `fonts` hold the page's fonts."""
    own = {
        "font_family": choice.families,
        "font_size": choice.pixels,
        "font_variant_numeric": ("tabular-nums", "lining-nums"),
        "font_weight": choice.weight,
        "lang": language,
        "overflow_wrap": choice.breaking,
    }
    return TextStyle({**INITIAL_VALUES, **own, **(_PARTED if choice.hyphenated else {})}, fonts)
