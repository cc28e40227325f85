"""Two periods, joined."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reportgen.components.joined_periods import join

KEYS = st.lists(st.text("abcdefg", min_size=1, max_size=2), unique=True)


@given(KEYS, KEYS)
def test_nothing_is_lost_and_nothing_is_joined_twice(current: list[str], baseline: list[str]) -> None:
    """Every item of the compared period is somebody's partner or alone, and partners have one name."""
    found = join(current, baseline)
    assert found is not None
    partners = [index for index in found.partners if index is not None]
    assert sorted([*partners, *found.alone]) == list(range(len(baseline)))
    assert all(index is None or baseline[index] == key for key, index in zip(current, found.partners, strict=True))


def test_a_name_that_stands_twice_joins_nothing() -> None:
    """Which of two rows of one name belongs to which cannot be known."""
    assert join(["a", "a"], ["a"]) is None
    assert join(["a"], ["a", "a"]) is None
