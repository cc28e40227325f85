"""Styles of texts that are set without a page, as WeasyPrint computes styles for its boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from weasyprint.css.properties import INITIAL_VALUES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weasyprint.text.fonts import FontConfiguration


class TextStyle(dict[str, object]):
    """A style as WeasyPrint computes it."""

    def __init__(self, values: Mapping[str, object], fonts: FontConfiguration) -> None:
        """Keep the values and the fonts."""
        super().__init__(values)
        self.font_config = fonts


class FontChoice(NamedTuple):
    """The fonts and the size in which a text is set.

    Attributes:
        families: Names of font families, the preferred family first.
        weight: As in CSS.
        pixels: Size of the type, in CSS pixels.
        breaking: CSS's `overflow-wrap`.
    """

    families: tuple[str, ...]
    weight: int
    pixels: float
    breaking: str = "normal"


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
    return TextStyle({**INITIAL_VALUES, **own}, fonts)
