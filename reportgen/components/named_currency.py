"""The currency that a metric of the API names itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.numbers import is_currency

if TYPE_CHECKING:
    from pydantic import JsonValue

# Endings of metric names that are words, although ISO 4217 has a currency of that code.
_WORDS = frozenset({"all", "top", "try", "cup", "pen", "mop", "gel", "cop", "sos", "std", "ang", "bam", "ron"})


def named_currency(key: JsonValue, field: str) -> str | None:
    """Return the currency in the API's key `currency` (`brl`) or at the end of a name (`revenue_usd`)."""
    _, _, suffix = field.rpartition("_")
    ending = suffix if suffix != field and suffix.islower() and suffix not in _WORDS else ""
    for word in (key, ending):
        if isinstance(word, str) and is_currency(word.upper()):
            return word.upper()
    return None
