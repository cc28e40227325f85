"""Two periods, joined."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from reportgen.components.joining import are_days, day_places, join
from reportgen.periods import Window
from tests.components.scenes import OCTOBER, SEPTEMBER

WINDOW = Window(OCTOBER, SEPTEMBER)
KEYS = st.lists(st.text("abcdefg", min_size=1, max_size=2), unique=True)


def days(first: date, count: int) -> list[str]:
    """Return days in a row."""
    return [(first + timedelta(days=number)).isoformat() for number in range(count)]


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


def test_days_join_by_their_place_in_the_period() -> None:
    """The first of October belongs to the first of September, whatever the months' lengths."""
    now, then = day_places(days(OCTOBER.start, 31), days(SEPTEMBER.start, 30), WINDOW)
    assert (now, then) == (list(range(31)), list(range(30)))


def test_a_missing_day_moves_no_other() -> None:
    """Without the second of October, the third still belongs to the third of September."""
    october = days(OCTOBER.start, 31)
    del october[1]
    now, then = day_places(october, days(SEPTEMBER.start, 30), WINDOW)
    found = join(now, then)
    assert found is not None
    assert found.partners[:2] == (0, 2)
    assert found.alone == (1,)


def test_days_that_are_not_in_a_row_join_as_they_stand() -> None:
    """Firsts of months are the first, second and third of each row, in a leap year too."""
    now, then = day_places(["2025-01-01", "2025-02-01", "2025-03-01"], ["2024-01-01", "2024-02-01"], WINDOW)
    assert (now, then) == ([0, 1, 2], [0, 1])


def test_what_days_are() -> None:
    """Only rows of ISO days are days, and a row of none is none."""
    assert are_days(["2026-10-01"], ["2026-09-30"])
    assert not are_days(["2026-10-01"], ["Sep 30"])
    assert not are_days([], [])
