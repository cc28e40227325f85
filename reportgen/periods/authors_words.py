"""Periods and comparisons in the words of authors, such as `this month` or `yoy`, and the word of a spec for them."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LIKENESS = 0.6  # 0 to 1; less alike words are other words
_RUNNING = re.compile(r"(?:this|current|running)_(month|quarter|year)")
_RUNNING_SHORT = {"mtd": "month_to_date", "qtd": "quarter_to_date", "ytd": "year_to_date"}
_BEFORE = re.compile(r"(?:the_)?(?:last|past|previous|prior|preceding)_(week|month|quarter|year)")
_OTHERS = re.compile(r"(?:this|current|running|next|coming|following|wtd|tomorrow)(?:_|$)")
_YEAR_BEFORE = re.compile(r"yoy|ly|(?:.*_)?year(?:_.*)?")
_MONTH_BEFORE = re.compile(r"mom|(?:.*_)?month(?:_.*)?")
_UNIT_BEFORE = re.compile(r"wow|qoq|dod|pop|(?:.*_)?(?:days?|weeks?|months|quarters?)(?:_.*)?|yesterday")
_NOTHING = {"no", "off", "false", "nothing", "without", "never"}
_UNITS = {"day", "weekend", "week", "fortnight", "month", "quarter", "semester", "half", "year", "decade"}


def meant_period(word: str, known: Sequence[str]) -> str | None:
    """Return the period word that an author means by another word; None where there is no word for such days.

    A running week and days to come have none: the nearest word would stand for other days.

    Args:
        word: What the author wrote.
        known: The period words.
    """
    plain = _plain(word)
    if plain in known:
        return plain
    if running := _RUNNING.fullmatch(plain):
        return f"{running[1]}_to_date"
    if before := _BEFORE.fullmatch(plain):
        return f"last_{before[1]}"
    return _RUNNING_SHORT.get(plain) or (None if _OTHERS.match(plain) else _near(plain, known))


def meant_comparison(word: str, known: Sequence[str]) -> str | None:
    """Return the word of a comparison that an author means by another word; None where none is meant."""
    plain = _plain(word)
    if plain in known:
        return plain
    if plain in _NOTHING:
        return "none"
    forms = (
        (_YEAR_BEFORE, "same_period_last_year"),
        (_MONTH_BEFORE, "previous_month"),
        (_UNIT_BEFORE, "previous_period"),
    )
    return next((meant for form, meant in forms if form.fullmatch(plain)), None) or _near(plain, known)


def _plain(word: str) -> str:
    return re.sub(r"[\s_-]+", "_", word.strip().casefold())


def _near(word: str, known: Sequence[str]) -> str | None:
    """Return the word nearest to a word, which has the units of time that it names; None where none is near."""
    units = {unit for part in word.split("_") if (unit := part.removesuffix("s")) in _UNITS}
    fitting = [other for other in known if all(unit in other for unit in units)]
    return next(iter(get_close_matches(word, fitting, n=1, cutoff=_LIKENESS)), None)
