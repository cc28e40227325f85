"""The words for units, where figures stand without them: in the headings of CSV files and beside tidy data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.outputs.text.catalogues import N_, words_of

if TYPE_CHECKING:
    from reportgen.model import Unit, UnitName

_WORDS: dict[UnitName | None, str] = {
    "percent": N_("share of 1"),
    "percent_100": N_("percent"),
    "milliseconds": N_("milliseconds"),
    "seconds": N_("seconds"),
    "minutes": N_("minutes"),
    "hours": N_("hours"),
}


def unit_words(unit: Unit, locale: str) -> str:
    """Return the words for a unit, `BRL` or `seconds`; empty for counts and plain numbers."""
    if unit.name == "currency":
        return unit.currency or ""
    word = _WORDS.get(unit.name)
    return words_of(locale).gettext(word) if word else ""
