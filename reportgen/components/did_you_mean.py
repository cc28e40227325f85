"""The nearest known word, which a message proposes in place of an unknown word."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def near_word(word: str, known: Iterable[str], least: float = 0.6) -> str | None:
    """Return the known word nearest to a word, or None where none has at least a likeness, 0 to 1."""
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=least)), None)


def nearest(word: str, known: list[str]) -> str:
    """Return the advice `did you mean ...?` with the nearest known word, or all known words where none is near."""
    longer = [candidate for candidate in known if len(word) > 1 and candidate.startswith(word)]
    near = longer or get_close_matches(word, known, n=3, cutoff=0.6)
    swapped = [candidate for candidate in near if sorted(candidate) == sorted(word)]  # lable: label, not table
    return f"did you mean {(swapped or near)[0]!r}?" if near else f"known are {', '.join(known)}"
