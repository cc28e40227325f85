"""Conditions on numbers: what they mean, what they refuse, and three-valued logic."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.components.conditions import Condition
from reportgen.model import Change, Goal, Reading, Target, Unit

COUNT, BRL, RATE, RATE_100 = Unit("count"), Unit("currency", "BRL"), Unit("percent"), Unit("percent_100")


def reading(unit: Unit, value: float, before: float) -> Reading:
    """Return a number with its compared value and its change."""
    return Reading("n", unit, value, baseline=before, change=Change.between(value, before, unit, "neutral"))


READINGS = {
    "spend": reading(BRL, 900, 1000),
    "clicks": replace(
        reading(COUNT, 120, 100), goal=Goal.of(120, Target("at_least", 200), elapsed=0.5, over_time="sum")
    ),
    "ctr": reading(RATE, 0.05, 0.04),
    "share": reading(RATE_100, 30, 27),
    "gone": Reading("n", COUNT, missing="no_data"),
}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("spend > 800", True),
        ("spend.change < -5%", True),
        ("spend.change < -10%", False),
        ("spend.change <= -10%", True),
        ("spend.baseline = 1000", True),
        ("spend != 900", False),
        ("ctr > 4%", True),
        ("ctr.change >= 1%", True),
        ("ctr.change > 1%", False),
        ("share > 29%", True),
        ("share.change > 2%", True),
        ("share.change > 3%", False),
        ("clicks.progress < 100%", True),
        ("clicks.progress = 0.6", True),
        ("clicks.pace > 110%", True),
        ("clicks.goal = 200", True),
        ("clicks > spend.baseline * 10%", True),
        ("spend / clicks < 8", True),
        ("-spend < 0", True),
        ("spend > 800 and clicks > 200", False),
        ("spend > 800 or clicks > 200", True),
        ("not clicks > 200", True),
        ("spend > 2000 or spend > 800 and clicks > 100", True),
        ("(spend > 2000 or spend > 800) and clicks > 200", False),
        ("(spend + spend.baseline) * 2 > 2000", True),
        ("((spend > 800))", True),
        ("gone is missing", True),
        ("clicks is missing", False),
        ("gone > 1", False),
        ("not gone > 1", False),
        ("gone > 1 or clicks > 1", True),
        ("gone > 1 and clicks > 1", False),
        ("spend / (clicks - 120) > 1", False),
        ("spend.goal > 1", False),
        ("unknown > 1", False),
    ],
)
def test_what_holds(text: str, holds: bool) -> None:  # noqa: FBT001 - a case
    """Percentages are shares, and points beside a change of a rate; a missing value leaves a condition open."""
    assert Condition.of(text).holds(READINGS) is holds


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("spend", "column 6: expected a comparison such as > 100, or is missing, not the end"),
        ("spend >", r"column 8: expected a name, a number or \(, not the end"),
        ("spend > 1 > 2", "column 11: expected an operator, not '>'"),
        ("spend is gone", "column 10: expected missing, not 'gone'"),
        ("(spend > 1", r"column 11: expected \), not the end"),
        ("spend > 1 and", "column 14: expected a name"),
        ("and > 1", "column 1: expected a name"),
        ("spend & clicks", "column 7: '&' is nothing to calculate with"),
        ("spend == 1", "column 8: expected a name, a number"),
        ("not " * 40 + "spend > 1", "expected at most 30 nested"),
        ("a" * 301, "a condition has at most 300 characters, this one 301"),
    ],
)
def test_what_is_no_condition_is_refused(text: str, message: str) -> None:
    """The message names the column, from 1, and what is expected there."""
    with pytest.raises(ValueError, match=message):
        Condition.of(text)


@pytest.mark.parametrize(
    ("text", "conflict"),
    [
        ("spend > 10%", "BRL and percent cannot be compared"),
        ("clicks = spend", "count and BRL cannot be compared"),
        ("ctr > share", "percent and percent_100 cannot be compared"),
        ("spend + clicks > 1", "BRL and count cannot be compared"),
        ("not (clicks > 5% and spend > 1)", "count and percent cannot be compared"),
        ("clicks.change > spend", "percent and BRL cannot be compared"),
    ],
)
def test_unlike_values_are_not_compared(text: str, conflict: str) -> None:
    """An amount is compared with no percentage, and a count with no amount."""
    (found,) = Condition.of(text).conflicts({name: reading.unit for name, reading in READINGS.items()})
    assert found.startswith(conflict)


@pytest.mark.parametrize(
    "text",
    [
        "spend > 1",
        "spend.change < -10%",
        "ctr > 4%",
        "share >= 30%",
        "clicks > spend.baseline / spend",
        "spend * 10% > 1",
    ],
)
def test_like_values_are_compared(text: str) -> None:
    """A plain number goes with any value, and a percentage with rates of both kinds and with changes."""
    assert not list(Condition.of(text).conflicts({name: reading.unit for name, reading in READINGS.items()}))


TRUTHS = {"yes": "clicks > 1", "no": "clicks < 1", "open": "gone > 1"}


@given(st.sampled_from(sorted(TRUTHS)), st.sampled_from(sorted(TRUTHS)))
def test_logic_has_three_values(first: str, second: str) -> None:
    """By Kleene's tables: what is open stays open unless the other part decides."""
    a, b = TRUTHS[first], TRUTHS[second]
    both = {first, second}
    assert Condition.of(f"{a} and {b}").holds(READINGS) is (both == {"yes"})
    assert Condition.of(f"{a} or {b}").holds(READINGS) is ("yes" in both)
    assert Condition.of(f"not ({a} and {b})").holds(READINGS) is ("no" in both)
    assert Condition.of(f"not ({a} or {b})").holds(READINGS) is (both == {"no"})
