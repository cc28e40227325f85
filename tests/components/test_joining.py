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


@given(st.permutations(range(31)), st.permutations(range(30)))
def test_the_order_of_rows_joins_no_other_days(now_order: list[int], then_order: list[int]) -> None:
    """A table sorted by its largest value has the same days side by side as one in the order of days."""
    october, september = days(OCTOBER.start, 31), days(SEPTEMBER.start, 30)
    now, then = day_places([october[i] for i in now_order], [september[i] for i in then_order], WINDOW)
    assert (now, then) == (now_order, then_order)


def test_days_that_stand_several_times_have_one_place() -> None:
    """A day has as many rows as there are campaigns, and all of them are of that day."""
    now, then = day_places(["2026-10-02", "2026-10-01", "2026-10-02"], ["2026-09-01", "2026-09-01"], WINDOW)
    assert (now, then) == ([1, 0, 1], [0, 0])


def test_days_with_gaps_join_by_their_place_too() -> None:
    """Sales on the 1st, 3rd and 20th are not compared with those of the 2nd, 4th and 30th."""
    now, then = day_places(["2026-10-01", "2026-10-03", "2026-10-20"], ["2026-09-02", "2026-09-03"], WINDOW)
    assert (now, then) == ([0, 2, 19], [1, 2])


def test_weeks_join_one_by_one() -> None:
    """The first week of October, cut by the first of the month, belongs to that of September, and so on."""
    october = ["2026-10-01", "2026-10-05", "2026-10-12", "2026-10-19"]
    september = ["2026-09-01", "2026-09-07", "2026-09-14", "2026-09-21"]
    assert day_places(october, september, WINDOW) == ([0, 1, 2, 3], [0, 1, 2, 3])


def test_what_days_are() -> None:
    """Only rows of ISO days are days, and a row of none is none."""
    assert are_days(["2026-10-01"], ["2026-09-30"])
    assert not are_days(["2026-10-01"], ["Sep 30"])
    assert not are_days([], [])
