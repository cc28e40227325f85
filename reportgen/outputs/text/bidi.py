"""The writing direction of texts, and figures kept whole in sentences that run from right to left."""

from __future__ import annotations

import unicodedata
from typing import Literal

from reportgen.formatting import babel_locale
from reportgen.outputs.text.catalogues import words_of


def runs_left(text: str) -> bool:
    """Return whether a text has letters that run from right to left; invisible marks of format do not count."""
    return not text.isascii() and any(
        unicodedata.bidirectional(letter) in {"R", "AL"} and unicodedata.category(letter)[0] == "L" for letter in text
    )


_ISOLATE, _ISOLATED = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{RIGHT-TO-LEFT ISOLATE}"

_MARK = "\N{LEFT-TO-RIGHT MARK}"


def is_turned(locale: str) -> bool:
    """Return whether the fixed words run against the script of the locale: English words on an Arabic page."""
    language = words_of(locale).info().get("language") or "en"
    return babel_locale(language.replace("_", "-")).text_direction != babel_locale(locale).text_direction


def direction_of(text: str, locale: str) -> Literal["ltr", "rtl"]:
    """Return the direction of an author's text, which is its first letter's and need not be the page's."""
    for letter in text:
        if (kind := unicodedata.bidirectional(letter)) in {"L", "R", "AL"}:
            return "ltr" if kind == "L" else "rtl"
    return "rtl" if babel_locale(locale).text_direction == "rtl" else "ltr"


def own_direction(text: str, locale: str) -> str:
    """Return the direction of an author's text where it is not the page's; else empty."""
    direction = direction_of(text, locale)
    return "" if direction == babel_locale(locale).text_direction else direction


def isolated(figure: str, locale: str) -> str:
    """Return a figure for a sentence that runs to the left, where 4.50 R$ would turn to $R 4.50; else unchanged.

    A mark before its sign keeps the sign there: Pango sets that of a second isolate behind its digits.
    """
    if babel_locale(locale).text_direction == "ltr":
        return figure
    begin = _RIGHT_TO_LEFT if runs_left(figure) else f"{_LEFT_TO_RIGHT}{_MARK}"
    return f"{begin}{figure}{_ISOLATED}"


def isolated_part(text: str, locale: str) -> str:
    """Return a text for a line that runs to the left, whose days would else stand apart beside a Latin name."""
    return isolated_text(text) if text and babel_locale(locale).text_direction == "rtl" else text


def isolated_text(text: str) -> str:
    """Return a text that runs as its first letter does, whatever the direction of the sentence around it."""
    return f"{_ISOLATE}{text}{_ISOLATED}"
