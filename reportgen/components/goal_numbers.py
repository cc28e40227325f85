"""The numbers of goals as authors write them: in the scale of their values, or in percent of a rate."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, TypeAlias

from pydantic import AfterValidator, Field, WithJsonSchema

from reportgen.model import RATES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.model import UnitName

PERCENT_PATTERN = r"^-?[0-9]+(\.[0-9]+)? ?%$"
"""A goal in percent, `25%`."""

_PERCENT = re.compile(PERCENT_PATTERN.strip("^$"))
_WHOLE = 1  # all of it, as the API counts a share


def _percentage(text: str) -> str:
    if not _PERCENT.fullmatch(text):
        raise ValueError(
            f"{text!r} is no number; write its digits alone, as in 50000 or 0.05, or a rate in percent: 5%"
        )
    return text


GoalNumber: TypeAlias = (
    Annotated[float, Field(strict=True, allow_inf_nan=False)]
    | Annotated[str, AfterValidator(_percentage), WithJsonSchema({"type": "string", "pattern": PERCENT_PATTERN})]
)
"""The goal of a value: a number in its own scale, or a text such as `25%`, whose scale the format of the value says."""


def exact_goal(written: float | str, unit: UnitName | None) -> Fraction:
    """Return a written goal in the scale of values of a unit: 25% is 0.25 of `percent`, and 25 of `percent_100`."""
    if isinstance(written, str):
        return Fraction(Decimal(written.rstrip("%"))) / (100 if unit == "percent" else 1)
    return Fraction(Decimal(repr(written)))


def percent_fault(written: Iterable[float | str], unit: UnitName | None) -> str | None:
    """Return the fault of a goal in percent of a number that is no rate; None where there is none."""
    found = next((number for number in written if isinstance(number, str)), None)
    if found is None or unit in RATES:
        return None
    return f"a goal of {found} needs a number with format: percent; write a plain number"


def percent_doubt(written: Iterable[float | str], unit: UnitName | None) -> str | None:
    """Return the doubt about a goal of a number with `format: percent`, whose values are shares; None without doubt.

    A share seldom reaches the whole, so that such a goal is nearly always meant in percent. Who means the whole or
    more, as of a budget that is spent, writes it in percent, which leaves no doubt.
    """
    found = next((number for number in written if isinstance(number, float) and number >= _WHOLE), None)
    if unit != "percent" or found is None:
        return None
    share = f"{found * 100:g}%"
    return f"a goal of {found:g} is {share} with format: percent; write {found:g}%, or {share} where it is meant"
