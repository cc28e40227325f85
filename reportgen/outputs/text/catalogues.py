"""The fixed words of the outputs in the reader's language, from gettext catalogues."""

from __future__ import annotations

import re
from functools import lru_cache, reduce
from gettext import GNUTranslations, NullTranslations
from typing import TYPE_CHECKING

from reportgen.errors import ConfigurationError
from reportgen.resources import locales_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_CATALOGUES = {  # language -> the catalogue for all of its regions
    "ar": "ar",
    "de": "de",
    "es": "es",
    "fr": "fr",
    "ja": "ja",
    "pt": "pt_BR",
}
_TWO_STOPS = re.compile("(?<!\\.)\\.([\u200e\u200f\u061c\u2066-\u2069]*)\\.$")


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """Return a message unchanged: marked so, it is found for the catalogues and translated where it is used."""
    return message


def catalogue_of(locale: str) -> str | None:
    """Return the name of the catalogue for a locale, `pt_BR` for `pt-PT`; None for the English messages.

    Args:
        locale: Hyphenated CLDR name.
    """
    language, *_ = locale.replace("_", "-").split("-")
    return _CATALOGUES.get(language.lower())


def english_in_place_of(locale: str) -> str:
    """Return the remark that a locale has no catalogue, so that its fixed words are English; empty where it has."""
    if catalogue_of(locale) or locale.lower().startswith("en"):
        return ""
    return f"the fixed words have no catalogue for {locale!r} and are English; numbers and dates follow it"


def filled(message: str, values: Mapping[str, str]) -> str:
    """Return a sentence with its values, and a single full stop where a value ends with an abbreviation, `0 Sek.`.

    Behind that of an Arabic amount stand invisible marks of direction.
    """
    return _TWO_STOPS.sub(r".\1", message % values)


def words_of(locale: str) -> NullTranslations:
    """Return the catalogue for a locale: `gettext(message)` and `ngettext(singular, plural, number)`.

    Args:
        locale: Hyphenated CLDR name. Without a catalogue of its language the messages stay as written, in English.

    Raises:
        ConfigurationError: The catalogue was not compiled.
    """
    return catalogue_words(catalogue_of(locale))


def named_text(name: str, text: str, locale: str) -> str:
    """Return a text behind its name, `Reach: 48,310`, with the colon as the language writes it."""
    return words_of(locale).gettext("%(name)s: %(text)s") % {"name": name, "text": text}


def listed_text(texts: Iterable[str], locale: str) -> str:
    """Return texts beside one another, `Reach, Clicks`, with the comma as the language writes it."""
    pair = words_of(locale).gettext("%(names)s, %(name)s")
    first, *others = [*texts] or [""]
    return reduce(lambda names, name: pair % {"names": names, "name": name}, others, first)


@lru_cache(maxsize=8)
def catalogue_words(catalogue: str | None) -> NullTranslations:
    """Return a catalogue by its name; None gives English.

    Raises:
        ConfigurationError: The catalogue was not compiled.
    """
    if catalogue is None:
        return NullTranslations()
    file = locales_folder() / catalogue / "LC_MESSAGES" / "reportgen.mo"
    try:
        with file.open("rb") as compiled:
            return GNUTranslations(compiled)
    except OSError as error:
        raise ConfigurationError(
            f"the words of {catalogue} are not compiled: {file} cannot be read; run: make words"
        ) from error
