"""Conditions on numbers: what they mean, what they refuse, and three-valued logic."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.components import number_parts
from reportgen.components.conditions import Condition
from reportgen.components.expression_tokens import Names
from reportgen.components.number_parts import condition_on_numbers, number_units
from reportgen.model import Change, Goal, Reading, Target, Unit, Value

COUNT, BRL, RATE, RATE_100 = Unit("count"), Unit("currency", "BRL"), Unit("percent"), Unit("percent_100")


def shown(text: str) -> bool:
    """Return whether a condition holds for the readings below."""
    return number_parts.holds(condition_on_numbers(text), READINGS)


def settle(text: str) -> None:
    """Hold the units of a condition against one another."""
    condition = condition_on_numbers(text)
    condition.settled(number_units(condition.operands, {name: reading.unit for name, reading in READINGS.items()}))


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
        ("clicks > clicks.baseline * 10%", True),
        ("-1% < spend.change * 10%", False),
        ("10% + share > 30%", True),
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
    assert shown(text) is holds


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
        ("a" * 601, "a condition has at most 600 characters, this one 601"),
        ("spend.chnge > 1", r"column 1: spend\.chnge is no part of a number; did you mean 'change'\?"),
        ("spend > 'x'", "column 7: a text is compared with =, !=, contains or starts with, not with >"),
        ("spend + 1 = 'x'", "column 11: a text is compared with a name or a text in quotes"),
        ("spend contains 3", "column 16: a text is compared with a name or a text in quotes"),
        ("spend starts 'x'", "column 14: expected with, not \"'x'\""),
        ("spend = ' '", "column 9: expected a text that is not empty, or is missing"),
        ("spend = 'x", "column 9: the quote ' is not closed; put the whole line in single quotes"),
        ("(spend > 1) + 2 > 3", r"column 13: expected and, or, not '\+'"),
        ("'x'", "column 4: expected a comparison"),
        ("not spend", "column 10: expected a comparison"),
    ],
)
def test_what_is_no_condition_is_refused(text: str, message: str) -> None:
    """The message names the column, from 1, and what is expected there."""
    with pytest.raises(ValueError, match=message):
        condition_on_numbers(text)


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
    with pytest.raises(ValueError, match=conflict):
        settle(text)


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
    settle(text)


TRUTHS = {"yes": "clicks > 1", "no": "clicks < 1", "open": "gone > 1"}


@given(st.sampled_from(sorted(TRUTHS)), st.sampled_from(sorted(TRUTHS)))
def test_logic_has_three_values(first: str, second: str) -> None:
    """By Kleene's tables: what is open stays open unless the other part decides."""
    a, b = TRUTHS[first], TRUTHS[second]
    both = {first, second}
    assert shown(f"{a} and {b}") is (both == {"yes"})
    assert shown(f"{a} or {b}") is ("yes" in both)
    assert shown(f"not ({a} and {b})") is ("no" in both)
    assert shown(f"not ({a} or {b})") is (both == {"no"})


TEXTS: dict[str, Value] = {
    "campaign": "  Marca S\u00e3o Paulo",
    "sku": 123,
    "blank": " ",
    "empty": None,
    "clicks": 5,
    "n": "5",
}
COLUMNS = Names("column", ("change", "baseline", "total"), ("campaign", "sku", "blank", "empty", "clicks", "n"))


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("campaign = 'marca S\u00c3O paulo'", True),
        ("campaign = 'marca sa\u0303o paulo '", True),
        ("campaign = 'marca sao paulo'", False),
        ('campaign contains "s\u00e3o"', True),
        ("campaign starts with 'Marca'", True),
        ("not campaign starts with 'paulo'", True),
        ("'marca s\u00e3o paulo' != campaign", False),
        ("sku = '123'", True),
        ("sku contains '2' and clicks > 4", True),
        ("campaign contains n", False),
        ("campaign = n", False),
        ("campaign > 3", None),
        ("n = 5", None),
        ("blank is missing", True),
        ("blank = 'x'", None),
        ("not blank contains 'x'", None),
        ("empty != 'x'", None),
        ("empty != 'x' or clicks = 5", True),
    ],
)
def test_texts_are_compared(text: str, truth: bool | None) -> None:  # noqa: FBT001 - a case
    """Without regard to capitals, outer space and composition; accents count, and a blank text is missing."""
    assert Condition.of(text, COLUMNS).truth(TEXTS) is truth


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("clicks.total > campain", r"column 16: 'campain' is no column here; did you mean 'campaign'\?"),
        ("clicks.goal > 1", r"column 1: clicks\.goal is no part of a column; did you mean 'total'\?"),
        ("`Clicks` > 1", r"column 1: '`Clicks`' is no column here; did you mean 'clicks'\?"),
        ("metrics.click > 1", "column 1: 'metrics.click' is no column here"),
    ],
)
def test_unknown_names_are_refused_with_the_nearest(text: str, message: str) -> None:
    """Where the names are known, a wrong name is told with its column."""
    with pytest.raises(ValueError, match=message):
        Condition.of(text, COLUMNS)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("campaign > 3", "column 10: campaign is a text; compare it with a text in quotes"),
        ("3 = campaign", "column 3: campaign is a text"),
        ("spend = '3'", "column 7: spend is a number and no text; compare it with a number"),
        ("spend = campaign", "column 7: campaign is a text"),
    ],
)
def test_texts_and_numbers_are_not_compared(text: str, message: str) -> None:
    """Where the units are known, a text beside a number is a mistake."""
    condition = Condition.of(text, Names("column", (), ("campaign", "spend")))
    with pytest.raises(ValueError, match=message):
        condition.settled({"campaign": Unit("text"), "spend": BRL})


def test_amounts_of_two_currencies_are_not_compared() -> None:
    """Accounts may have other currencies than the spec says: the condition does not hold, and says why."""
    units = {"spend": BRL, "cost": Unit("currency", "USD")}
    with pytest.raises(ValueError, match="BRL and USD cannot be compared"):
        number_parts.holds(
            condition_on_numbers("spend > cost"), {name: reading(unit, 2, 1) for name, unit in units.items()}
        )
