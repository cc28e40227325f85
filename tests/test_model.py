"""Change: the only place that compares two values."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model import Change, Direction, Judgement, Unit

NUMBERS = st.integers(-(10**12), 10**12) | st.floats(-1e12, 1e12)
COUNT = Unit("count")


@pytest.mark.parametrize(
    ("current", "baseline", "direction", "judgement"),
    [
        (12, 10, "up_is_good", "good"),
        (8, 10, "up_is_good", "bad"),
        (12, 10, "down_is_good", "bad"),
        (8, 10, "down_is_good", "good"),
        (12, 10, "neutral", "neutral"),
        (10, 10, "up_is_good", "neutral"),
    ],
)
def test_judgement(current: int, baseline: int, direction: Direction, judgement: Judgement) -> None:
    """Whether a move is good comes from the metric's direction alone."""
    assert Change.between(current, baseline, COUNT, direction).judgement == judgement


def test_no_percentage_from_zero() -> None:
    """Z06: a baseline of zero has no percentage, whatever the current value."""
    assert Change.between(5, 0, COUNT, "up_is_good").relative is None


@pytest.mark.parametrize(
    ("current", "baseline", "share"),
    [
        (-300, 200, None),
        (-45678.9, 12345, None),
        (100, -50, None),
        (-25, -50, None),
        (0, -50, None),
        (0, 50, -1.0),
        (550, 50, 10.0),
        (551, 50, None),
        (9876543, 12, None),
        (5, 0, None),
    ],
)
def test_a_change_that_is_printed_as_an_amount(current: float, baseline: float, share: float | None) -> None:
    """From below zero, to below zero, and of more than 1,000 %; its fraction is still there for conditions."""
    change = Change.between(current, baseline, COUNT, "up_is_good")
    assert change.printed_share == share
    assert change.is_amount == (share is None and baseline != 0)
    assert (change.relative is None) == (baseline == 0)


@pytest.mark.parametrize("name", ["percent", "percent_100"])
def test_rates_have_no_percentage(name: str) -> None:
    """Rates move in points, so no relative change stands beside them."""
    unit = Unit("percent") if name == "percent" else Unit("percent_100")
    assert Change.between(0.05, 0.04, unit, "neutral").relative is None


@given(NUMBERS, NUMBERS.filter(bool))
def test_sign_is_that_of_the_move(current: float, baseline: float) -> None:
    """Up is positive, also from a negative baseline."""
    change = Change.between(current, baseline, COUNT, "neutral")
    if change.relative is not None and not math.isclose(current, baseline, rel_tol=1e-6):
        assert (change.relative > 0) == (current > baseline)


@pytest.mark.parametrize(("current", "baseline"), [(1e300, 1e-300), (10**400, 1), (1e308, -1e308)])
def test_what_no_number_can_hold_has_no_percentage(current: float, baseline: float) -> None:
    """A quotient beyond the range of numbers is left out rather than infinite."""
    relative = Change.between(current, baseline, COUNT, "neutral").relative
    assert relative is None or math.isfinite(relative)


@pytest.mark.parametrize(("current", "baseline", "moved"), [(0.1125, 0.1, 0.0125), (0.3, 0.1, 0.2), (5.05, 4, 1.05)])
def test_a_change_is_exact_in_the_digits_of_its_values(current: float, baseline: float, moved: float) -> None:
    """11.25 % after 10 % is a rise of 1.25 points, which rounds to 1.3; binary fractions would make it 1.2."""
    assert Change.between(current, baseline, Unit("percent"), "neutral").absolute == moved


@pytest.mark.parametrize(("current", "baseline", "share"), [(7.85, 0.8, 8.8125), (2.95, 0.8, 2.6875), (3, 2, 0.5)])
def test_a_share_is_exact_in_the_digits_of_its_values(current: float, baseline: float, share: float) -> None:
    """Ties of decimals stay ties, which are rounded away from zero; binary fractions would fall below some."""
    assert Change.between(current, baseline, COUNT, "neutral").relative == share
