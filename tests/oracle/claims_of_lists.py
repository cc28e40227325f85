"""Claims about lists: their numbers have the goals and the reasons that their cards would have."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.oracle.claims import Case, Claim, Difference, Draft
from tests.oracle.display import quotient, rounded
from tests.oracle.windows import month

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.oracle.made_report import Made


def _goal_in_a_list(draw: Random) -> Case:
    """Draw a number with a goal that stands in a list, by itself or beside its card."""
    draft = Draft(month(2026, draw.randint(1, 12)))
    target = draw.randint(100, 900)
    value = target + draw.choice([-60, 40])
    draft.number(
        "clicks", value, 5, format="count", direction="up_is_good", goal=target, hidden=draw.choice([True, False])
    )
    draft.number("reach", 640, 600, format="count")
    draft.blocks.append({"name": "listed", "metric_list": ["clicks"]})
    percent = f"{rounded(quotient(Decimal(100 * value), Decimal(target)), 0)}% of the goal of {target}"

    def check(made: Made) -> Iterator[Difference]:
        text, word = made.page["listed"].text, "reached" if value >= target else "missed"
        for expected in (percent, word):
            if expected not in text:
                yield Difference("listed", expected, text)

    return Case(draft, check)


def _zero_divisor_in_a_list(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12)))
    draft.number("cost", draw.randint(5, 90), 5, format="currency", hidden=True)
    draft.number("conversions", 0, draw.randint(1, 9), format="count", hidden=True)
    draft.formula("cpa", "cost / conversions", format="currency", hidden=True)
    draft.number("clicks", 7, 5, format="count", answer={"values": None}, hidden=True)
    draft.number("reach", 640, 600, format="count")
    draft.blocks.append({"name": "listed", "metric_list": ["cpa", "clicks"]})

    def check(made: Made) -> Iterator[Difference]:
        words = re.findall("Not defined|No data", made.page["listed"].text)
        if words != ["Not defined", "No data"]:
            yield Difference("listed", ["Not defined", "No data"], words)

    return Case(draft, check)


CLAIMS = (
    Claim("a list has the goals of its numbers", _goal_in_a_list),
    Claim("a list tells a zero divisor from missing data", _zero_divisor_in_a_list),
)
