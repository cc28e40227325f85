"""Counts, and shares of a whole, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.formatting import format_value
from reportgen.model import Unit, exact, sum_of
from reportgen.outputs.text.catalogues import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.model import Number

_ONE_PERCENT, _NEARLY_ALL = 0.01, 0.995


def count_text(count: int, locale: str) -> str:
    """Return a count in the digits of a locale."""
    return format_value(count, Unit("count"), locale)


def shown_note(shown: int, of: int, locale: str) -> str:
    """Return the note on how many of some are shown; empty where all are."""
    if shown >= of:
        return ""
    counts = {"shown": count_text(shown, locale), "of": count_text(of, locale)}
    return words_of(locale).gettext("%(shown)s of %(of)s") % counts


def other_text(count: int, locale: str) -> str:
    """Return the name of a row or a part that stands for a count of others, added up: "Other (7)"."""
    return words_of(locale).gettext("Other (%(count)s)") % {"count": count_text(count, locale)}


def share_of(part: Number, parts: Iterable[Number]) -> float:
    """Return the share that a part is of the sum of the parts, 0 to 1, added as written and not as floats are."""
    return float(exact(part) / sum_of(parts))


def share_text(share: float, locale: str) -> str:
    """Return a share of a whole as text: in whole percent, with a decimal below 1 % and above 99.5 %."""
    whole = share == 1 or _ONE_PERCENT <= share < _NEARLY_ALL
    return format_value(share, Unit("percent", decimals=0 if whole else None), locale)
