"""The arithmetic of formulas."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.components import formula_expression
from reportgen.components.expression_tokens import LONGEST
from reportgen.components.formula_expression import FormulaResult
from reportgen.components.number_parts import NUMBER_NAMES
from reportgen.model import RAW, Unit

if TYPE_CHECKING:
    from reportgen.components.formula_expression import Expression
    from reportgen.model import OverTime

VALUES = {"a": 6, "b": 4, "c": 0.5, "zero": 0, "big": 1e308, "whole": 10**400, "gone": None}


def parse(formula: str) -> Expression:
    """Return the expression of a formula over numbers of a report."""
    return formula_expression.parse(formula, NUMBER_NAMES)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("a", 6),
        ("a + b * c", 8.0),
        ("(a + b) * c", 5.0),
        ("a - b - c", 1.5),
        ("a / b / c", 3.0),
        ("-a + b", -2),
        ("--a", 6),
        ("a*-b", -24),
        ("2.5*a", 15.0),
        ("a\n  / b", 1.5),
        ("zero / a", 0),
        ("-zero", 0),
        ("84.35 / 10 + zero", 8.435),
        ("0.1 + 0.2 + zero", 0.3),
        ("a / 3 * 3 / a", 1.0),
    ],
)
def test_calculates(formula: str, value: float) -> None:
    """Products before sums, from left to right, parentheses and signs."""
    outcome = parse(formula).evaluate(VALUES)
    assert outcome == FormulaResult(value)
    assert math.copysign(1, outcome.value or 0) == math.copysign(1, value)


@pytest.mark.parametrize(
    ("formula", "zero"),
    [
        ("1/0", "0"),
        ("a / zero", "zero"),
        ("a / (b - 4) + c", "(b - 4)"),
        ("a / -zero", "-zero"),
        ("big * 10", None),
        ("big + big", None),
        ("-whole", None),
        ("whole", None),
        ("big / c", None),
        ("whole / 3", None),
        ("a + gone", None),
        ("zero * gone", None),
        ("gone / zero", None),
    ],
)
def test_what_cannot_be_calculated_is_missing(formula: str, zero: str | None) -> None:
    """Division by zero, overflow and a missing value give no value; the divisor is named as written."""
    assert parse(formula).evaluate(VALUES) == FormulaResult(zero=zero)


@given(st.floats(allow_nan=False), st.floats(allow_nan=False), st.sampled_from("+-*/"))
def test_a_result_is_a_finite_number_or_missing(a: float, b: float, sign: str) -> None:
    """Nothing raises, and neither infinity nor a value that is no number comes out."""
    value = parse(f"(a {sign} b) {sign} a").evaluate({"a": a, "b": b}).value
    assert value is None or math.isfinite(value)


def test_names_stand_once_in_order() -> None:
    """The numbers that a formula is made from are told once each, as they are written."""
    assert parse("b / a + b - 1").names == ("b", "a")


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("", r"column 1: expected a name, a number or \(, not the end"),
        ("  ", r"column 1: expected a name, a number or \(, not the end"),
        ("a +", r"column 4: expected a name, a number or \(, not the end"),
        ("a b", "column 3: expected an operator, not 'b'"),
        ("a**b", r"column 3: expected a name, a number or \(, not '\*'"),
        ("a//b", "column 3"),
        ("a.b", r"column 1: a\.b is no part of a number; known are change, baseline, goal, progress, pace"),
        ("b + a.gaol", r"column 5: a\.gaol is no part of a number; did you mean 'goal'\?"),
        ("a / 1.000", "column 5: 1.000 is 1, as a point stands before decimals; for 1000 write 1000"),
        ("a % b", "column 3: '%' is nothing to calculate with"),
        ("a(b)", r"column 2: expected an operator, not '\('"),
        ("(a + b", r"column 7: expected \), not the end"),
        ("a)", r"column 2: expected an operator, not '\)'"),
        ("()", r"column 2: .* not '\)'"),
        ("1e5 * a", "column 2: expected an operator, not 'e5'"),
        ("3.", r"column 2: '\.'"),
        ("1_000", "column 2: expected an operator, not '_000'"),
        ("__import__('os').system('id')", r"column 17: '\.' is nothing to calculate with"),
        ("__import__('os')", r"column 11: expected an operator, not '\('"),
        ("a; b", "column 2: ';'"),
        ("a + '1'", "column 5"),
        ("\u0663 + a", "column 1: '\u0663'"),  # an Arabic three, which Python's int() reads
        ("a \N{MINUS SIGN} b", "column 3: '\N{MINUS SIGN}'"),
        ("a\N{NO-BREAK SPACE}+ b", "column 2"),
        ("\N{FULLWIDTH LATIN SMALL LETTER A}", "column 1"),
        ("(" * 100 + "a" + ")" * 100, "column 31: expected at most 30 nested parentheses"),
        ("-" * 100 + "a", "column 31: expected at most 30 nested parentheses and signs"),
        ("(" * 10_000, f"at most {LONGEST} characters, this one 10000"),
        ("9" * 5_000, f"at most {LONGEST} characters"),
    ],
)
def test_what_is_no_formula_is_refused(formula: str, said: str) -> None:
    """Nothing but arithmetic is read; the message names the column."""
    with pytest.raises(ValueError, match=said):
        parse(formula)


def test_the_message_says_what_is_allowed() -> None:
    """An author learns what a formula may hold."""
    with pytest.raises(ValueError, match=r"names of numbers, numbers such as 2\.5, \+ - \* / and parentheses$"):
        parse("a ^ b")


def test_the_longest_formula_is_calculated() -> None:
    """The bounds leave no room for Python's own to be reached."""
    formula = "+".join(["a"] * (LONGEST // 2))
    assert parse(formula).evaluate({"a": 1}).value == LONGEST // 2
    nested = "(" * 30 + "a" + ")" * 30
    assert parse(nested + "+" + nested).evaluate({"a": 1}).value == 2


COUNT, RATIO, PERCENT, PERCENT_100 = Unit("count"), Unit("decimal"), Unit("percent"), Unit("percent_100")
BRL, USD, MONEY, SECONDS = Unit("currency", "BRL"), Unit("currency", "USD"), Unit("currency"), Unit("seconds")
SHORT = Unit("currency", "BRL", 0, compact=True)


@pytest.mark.parametrize(
    ("formula", "a", "b", "unit"),
    [
        ("a + b", BRL, BRL, BRL),
        ("a - b", SHORT, SHORT, SHORT),
        ("a + b", SHORT, BRL, BRL),
        ("a + b", BRL, MONEY, MONEY),
        ("a + b", COUNT, RATIO, RATIO),
        ("a + b", COUNT, RAW, RAW),
        ("-a", PERCENT, RAW, PERCENT),
        ("1 - a", PERCENT, RAW, PERCENT),
        ("a / b", BRL, COUNT, BRL),
        ("a / b", SHORT, COUNT, BRL),
        ("a / b * 1000", BRL, COUNT, BRL),
        ("a / b", SECONDS, COUNT, SECONDS),
        ("a / b", COUNT, COUNT, RATIO),
        ("a / b", BRL, BRL, RATIO),
        ("a / b", RAW, RAW, RAW),
        ("a / b", COUNT, BRL, RAW),
        ("a / b", COUNT, RATIO, RATIO),
        ("a * b", COUNT, RATIO, COUNT),
        ("a * b", RATIO, BRL, BRL),
        ("a * b", BRL, COUNT, BRL),
        ("a * (b / b)", BRL, COUNT, BRL),
        ("a * b", COUNT, COUNT, RAW),
        ("a * b", BRL, BRL, RAW),
        ("2 * a", COUNT, RAW, COUNT),
        ("a * 0.15", COUNT, RAW, RATIO),
        ("0.5 + a", COUNT, RAW, RATIO),
        ("a * 0.15", BRL, RAW, BRL),
        ("a / 30", COUNT, RAW, RATIO),
        ("a / 2", BRL, RAW, BRL),
        ("1 / a", BRL, RAW, RAW),
        ("1 / 2", RAW, RAW, RATIO),
    ],
)
def test_units_are_carried_along(formula: str, a: Unit, b: Unit, unit: Unit) -> None:
    """A result is in the unit that its arithmetic gives, and raw where nobody can say."""
    assert parse(formula).unit({"a": a, "b": b}) == unit


@pytest.mark.parametrize(
    ("formula", "a", "b", "said"),
    [
        ("a + b", BRL, COUNT, "BRL and count cannot be added or subtracted"),
        ("a - b", PERCENT, PERCENT_100, "percent and percent_100 cannot be added"),
        ("a + b", BRL, USD, "BRL and USD cannot be added"),
        ("1 + (a + b) * 2", SECONDS, COUNT, "seconds and count"),
        ("a / b", BRL, USD, "BRL and USD cannot be divided"),
        ("a / b", PERCENT, PERCENT_100, "percent and percent_100 cannot be divided"),
        ("a / b", Unit("minutes"), SECONDS, "minutes and seconds cannot be divided"),
    ],
)
def test_units_that_do_not_go_together_are_refused(formula: str, a: Unit, b: Unit, said: str) -> None:
    """A sum of unlike things, and a ratio of one thing in two sizes, is an error."""
    with pytest.raises(ValueError, match=said):
        parse(formula).unit({"a": a, "b": b})


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("clicks + calls * 2", "sum"),
        ("clicks - calls", "sum"),
        ("-(clicks / 3)", "sum"),
        ("clicks + 5", "other"),
        ("clicks * calls", "other"),
        ("clicks / calls", "quotient"),
        ("(clicks - calls) / calls * 100", "quotient"),
        ("1 - rate", "quotient"),
        ("rate * rate", "quotient"),
        ("rate * clicks", "other"),
        ("reach * 2", "other"),
        ("reach / clicks", "quotient"),
        ("reach + clicks", "other"),
        ("1000 / calls", "quotient"),
    ],
)
def test_how_a_result_follows_from_its_days(formula: str, expected: str) -> None:
    """Sums, differences and constant multiples of sums are sums; what is divided by a number is a quotient."""
    kinds: dict[str, OverTime] = {"clicks": "sum", "calls": "sum", "rate": "quotient", "reach": "other"}
    assert parse(formula).over_time(kinds) == expected
