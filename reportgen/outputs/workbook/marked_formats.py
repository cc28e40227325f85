"""Number formats with signs for what a cell's colour says, for readers who do not see it (WCAG 1.4.1)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.number_cards import BETTER_WORDS

if TYPE_CHECKING:
    from reportgen.model import Direction, LimitTone

_TONES: dict[LimitTone, str] = {"good": "✓", "warn": "!", "bad": "✗"}
_SECTIONS = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')  # the ; outside of quotes
_CONDITION = re.compile(r"(\[[<>=][^\]]*\])?(.*)", re.DOTALL)


@lru_cache(maxsize=1024)
def toned_format(code: str, tone: LimitTone) -> str:
    """Return a number format with the sign of a tone before the number."""
    sections = (_CONDITION.fullmatch(section) for section in _SECTIONS.split(code))
    sign = f'"{_TONES[tone]} "'
    return ";".join(f"{section[1] or ''}{sign}{section[2]}" for section in sections if section)


@lru_cache(maxsize=1024)
def signed_format(code: str, suffix: str, judged: Direction, locale: str) -> str:
    """Return the number format of a change: its sign, the suffix behind the number, and an arrow where it is judged.

    A word stands where the arrow alone would mislead: behind a good fall and a bad rise, as on the page.
    """
    up, _, down = code.partition(";")  # some locales put the minus of an amount in a place of its own
    after, down = f'"{suffix}"' if suffix else "", down or f"-{up}"
    if judged == "neutral":
        return f"+{up}{after};{down}{after};{up}{after}"
    words = [words_of(locale).gettext(BETTER_WORDS[tone]) for tone in ("bad", "good")]
    worse, better = (f'" {word}"' for word in words) if judged == "down_is_good" else ("", "")
    return f'"▲ "+{up}{after}{worse};"▼ "{down}{after}{better};{up}{after}'
