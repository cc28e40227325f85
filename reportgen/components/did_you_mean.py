"""The nearest known word, which a message proposes in place of an unknown word."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LONG = 10  # letters


def near_word(word: str, known: Iterable[str], least: float = 0.6) -> str | None:
    """Return the known word nearest to a word, or None where none has at least a likeness, 0 to 1."""
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=least)), None)


def misspelt(word: str, known: Iterable[str]) -> str | None:
    """Return the known word of which a word is a slip of the pen, or None.

    A slip is a letter too many, too few or another, or two that changed places; in ten letters and more, two slips.
    """
    most = 1 + (len(word) >= _LONG)
    found = {other: edits for other in known if (edits := _edits(word, other, most)) <= most}
    return min(found, key=lambda other: (found[other], other), default=None)


def _edits(word: str, other: str, most: int) -> int:
    """Return the number of slips between two words, by optimal string alignment; more than `most` is not counted."""
    if abs(len(word) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(word, 1):
        earlier, before, row = before, row, [at]
        for number, letter_there in enumerate(other, 1):
            change = before[number - 1] + (letter != letter_there)
            swap = at > 1 < number and letter == other[number - 2] and word[at - 2] == letter_there
            row.append(min(before[number] + 1, row[-1] + 1, change, earlier[number - 2] + 1 if swap else change))
    return row[-1]


def nearest(word: str, known: Sequence[str], otherwise: str = "") -> str:
    """Return the advice `did you mean ...?` with the nearest known word; where none is near, other advice.

    Args:
        word: An unknown word.
        known: The known words.
        otherwise: The advice where none is near; empty names all known words.
    """
    longer = [candidate for candidate in known if len(word) > 1 and candidate.startswith(word)]
    near = longer or get_close_matches(word, known, n=3, cutoff=0.6)
    swapped = [candidate for candidate in near if sorted(candidate) == sorted(word)]  # lable: label, not table
    return f"did you mean {(swapped or near)[0]!r}?" if near else otherwise or f"known are {', '.join(known)}"
