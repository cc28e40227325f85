"""The fixed words of the outputs in the reader's language, from gettext catalogues."""

from __future__ import annotations

from functools import lru_cache
from gettext import NullTranslations


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a message that is translated where it is used, so that it is found for the catalogues."""
    return message


@lru_cache(maxsize=64)
def words_of(locale: str) -> NullTranslations:  # noqa: ARG001 - no catalogue yet
    """Return the words for a locale: `gettext(message)` and `ngettext(one, many, number)`.

    Args:
        locale: Hyphenated CLDR name. Its own catalogue, else one of its language, else English,
            which is what the messages are written in.
    """
    return NullTranslations()
