"""The nearest known word, and words that are slips of the pen."""

from __future__ import annotations

import pytest

from reportgen.components.did_you_mean import misspelt

KNOWN = ("reach", "reach_over_time", "followers_count", "clicks")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("reech", "reach"),
        ("reahc", "reach"),
        ("each", "reach"),
        ("reachh", "reach"),
        ("raech_over_tme", "reach_over_time"),
        ("rch", None),
        ("reech_ove_tme", None),
        ("followers_city", None),
        ("cliks", "clicks"),
    ],
)
def test_a_slip_is_a_letter_or_two_of_a_long_word(word: str, meant: str | None) -> None:
    """Letters too many, too few, others, or two that changed places; words that are only alike are none."""
    assert misspelt(word, KNOWN) == meant


def test_of_two_words_the_nearer_is_meant() -> None:
    """Equally near words are taken in alphabetical order, so that the advice is the same each time."""
    assert misspelt("follower_counts", ["followers_counts", "follower_amounts"]) == "followers_counts"
    assert misspelt("cat", ["car", "bat"]) == "bat"
