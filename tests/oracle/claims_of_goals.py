"""Claims about goals: their verdicts, the periods they are meant for, and the pace of a period that is running."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.oracle.claims import Case, Claim, Difference, Draft, differing
from tests.oracle.display import quotient, rounded, value_text
from tests.oracle.windows import DAY, Window, month, quarter, week

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.oracle.made_report import Made

_VERDICTS = {"reached", "missed", "on course", "behind", "within", "over"}


def words_of_verdict(made: Made, name: str) -> set[str]:
    """Return the words of verdict that a card has."""
    text = f" {made.page[name].text} "
    return {word for word in _VERDICTS if f" {word} " in text}


def _verdict(draw: Random, direction: str, *, met: bool) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12)))
    target = draw.randint(100, 900)
    value = target + draw.choice([draw.randint(0, 80), 0]) * (1 if met == (direction == "up_is_good") else -1)
    value += 0 if met else -1 if direction == "up_is_good" else 1
    draft.number("leads", value, 5, format="count", direction=direction, goal=target)
    word = ("reached" if met else "missed") if direction == "up_is_good" else ("within" if met else "over")

    def check(made: Made) -> Iterator[Difference]:
        goal = made.reading("leads")["goal"]
        yield from differing("leads, standing", met, goal["standing"] in {"reached", "within"})
        percent = rounded(quotient(Decimal(100 * value), Decimal(target)), 0)
        if percent not in {100, 99} and f"{percent}%" not in made.page["leads"].text:
            yield Difference("leads", f"{percent}% of the goal of {target}", made.page["leads"].text)
        if direction == "down_is_good":  # a budget is kept or not, and never missed
            yield from differing("leads, verdict", {word}, words_of_verdict(made, "leads"))

    return Case(draft, check)


def _no_verdict(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12)))
    target = draw.randint(1000, 2000)
    value = draw.choice([target + 860, target - 400])
    draft.number("cost", value, 5, format="currency", direction="neutral", goal=target)

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("cost", set(), words_of_verdict(made, "cost"))
        percent = f"{rounded(quotient(Decimal(100 * value), Decimal(target)), 0)}%"
        if percent not in made.page["cost"].text:
            yield Difference("cost", f"progress of {percent}", made.page["cost"].text)
        for said in made.sentences:
            if "reached" in said or "limit" in said or "came to" in said:
                yield Difference("cost", "no verdict in a summary", said)

    return Case(draft, check)


def _below_zero(draw: Random, target: int) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12)))
    value = target + draw.choice([-1, 1]) * draw.randint(10, 60)
    draft.number("balance", value, 5, format="count", direction="up_is_good", goal=target)

    def check(made: Made) -> Iterator[Difference]:
        goal = made.reading("balance")["goal"]
        yield from differing("balance", "reached" if value >= target else "missed", goal and goal["standing"])
        for said in (made.page["balance"].text, *made.sentences):
            if "% of the goal" in said or "% of its goal" in said:
                yield Difference("balance", "no percentage of a target that is not above zero", said)

    return Case(draft, check)


def _worded(draw: Random, goal: dict[str, Any], value: int, *, met: bool) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12)))
    draft.number("leads", value, 5, format="count", direction="neutral", goal=goal)

    def check(made: Made) -> Iterator[Difference]:
        goal_made = made.reading("leads")["goal"]
        yield from differing("leads", met, bool(goal_made) and goal_made["standing"] in {"reached", "within"})

    return Case(draft, check)


def _other_period(draw: Random, metric: str) -> Case:
    """A spec of a month with a goal, rendered for a week or a quarter."""
    window = draw.choice([week(date(2026, 10, 5) + 7 * draw.randint(0, 2) * DAY), quarter(2026, 3)])
    draft = Draft(window)
    draft.spec_period = "2026-09"
    target, value = 31_000, draw.randint(6000, 9000)
    draft.number(metric, value, 5, format="count", direction="up_is_good", goal=target, reference_key=f"gads:{metric}")
    due = sum((Decimal(target) / monthrange(day.year, day.month)[1] for day in window.days), Decimal(0))

    def check(made: Made) -> Iterator[Difference]:
        goal = made.reading(metric)["goal"]
        if metric == "clicks":
            yield from differing(f"{metric}, goal", rounded(due, 6), rounded(Decimal(repr(goal["target"])), 6))
            yield from differing(metric, "reached" if value >= due else "missed", goal["standing"])
            return
        yield from differing(metric, True, "W-GOAL" in made.codes(metric))  # noqa: FBT003 - what is expected
        yield from differing(metric, set(), words_of_verdict(made, metric))

    return Case(draft, check)


def _rate_of_any_period(draw: Random) -> Case:
    draft = Draft(week(date(2026, 10, 5)))
    draft.spec_period = "2026-09"
    value = draw.choice([0.07, 0.03])
    draft.number("ctr", value, 0.05, format="percent", direction="up_is_good", goal=0.05)

    def check(made: Made) -> Iterator[Difference]:
        goal = made.reading("ctr")["goal"]
        yield from differing("ctr", (0.05, "reached" if value > 0.05 else "missed"), (goal["target"], goal["standing"]))
        yield from differing("ctr", False, "W-GOAL" in made.codes())  # noqa: FBT003 - what is expected

    return Case(draft, check)


def _goal_per(draw: Random) -> Case:
    window = week(date(2026, 10, 5))
    draft = Draft(window)
    value = draw.randint(600, 800)
    draft.number("clicks", value, 5, format="count", direction="up_is_good", goal={"at_least": 3100, "per": "month"})

    def check(made: Made) -> Iterator[Difference]:
        goal = made.reading("clicks")["goal"]
        yield from differing(
            "clicks", (700, "reached" if value >= 700 else "missed"), (goal["target"], goal["standing"])
        )

    return Case(draft, check)


def _goal_of_a_month(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(9, 11)))
    target, value = draw.randint(400, 600), draw.randint(300, 700)
    draft.number("clicks", value, 5, format="count", direction="up_is_good", goal=9)
    draft.client = {
        "version": 1,
        "name": "Padaria Norte",
        "slug": "norte",
        "sources": {"ads": "4addc0da-8583-4dbb-a0e9-c7e2e8470f50"},
        "goals": {"clicks": {draft.window.word: target, "2026-01": 7}},
    }

    def check(made: Made) -> Iterator[Difference]:
        goal = made.reading("clicks")["goal"]
        yield from differing(
            "clicks", (target, "reached" if value >= target else "missed"), (goal["target"], goal["standing"])
        )

    return Case(draft, check)


def running_window(day: int) -> Window:
    """Return the window of an October that is running, its last whole day and the days compared."""
    return Window(
        "month_to_date",
        "previous_period",
        date(2026, 10, 1),
        date(2026, 10, day),
        (date(2026, 9, 1), date(2026, 9, day)),
    )


def _pace(draw: Random) -> Case:
    day = draw.randint(3, 28)
    draft = Draft(running_window(day))
    draft.as_of = draft.window.end + DAY
    value = draw.choice([draw.randint(100, 900), draw.randint(100, 900), 1000])
    draft.number("clicks", value, 5, format="count", direction="up_is_good", goal=1000)
    due = _told_apart(quotient(Decimal(100 * day), Decimal(31)), Decimal(value) / 10)

    def check(made: Made) -> Iterator[Difference]:
        course = "on_course" if value >= 1000 * Decimal(day) / 31 else "behind"
        standing = "reached" if value == 1000 else course
        yield from differing("clicks", standing, made.reading("clicks")["goal"]["standing"])
        if standing != "reached" and f"{due}% expected by now" not in made.page["clicks"].text:
            yield Difference("clicks", f"{due}% expected by now", made.page["clicks"].text)

    return Case(draft, check)


def _told_apart(percent: Decimal, other: Decimal) -> Decimal:
    """Return a percentage in as many decimals as tell it from another, none where whole ones do."""
    return next(near for digits in range(9) if (near := rounded(percent, digits)) != rounded(other, digits))


def _pace_of_formulas(draw: Random, formula: str, *, paced: bool) -> Case:
    day = draw.randint(3, 28)
    draft = Draft(running_window(day))
    draft.as_of = draft.window.end + DAY
    draft.number("clicks", draw.randint(100, 900), 5, format="count")
    draft.number("calls", draw.randint(20, 90), 5, format="count", reference_key="gads:phone_calls")
    draft.formula("made", formula, direction="up_is_good", goal=2000 if paced else 3)

    def check(made: Made) -> Iterator[Difference]:
        text = made.page["made"].text
        if ("expected by now" in text) != paced:
            yield Difference("made", "a pace" if paced else "no pace", text)
        if not paced and words_of_verdict(made, "made") & {"on course", "behind"}:
            yield Difference("made", "neither on course nor behind", text)

    return Case(draft, check)


def _no_pace(draw: Random) -> Case:
    draft = Draft(running_window(draw.randint(3, 28)))
    draft.as_of = draft.window.end + DAY
    draft.number("reach", draw.randint(100, 900), 5, format="count", direction="up_is_good", goal=1000)

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("reach", set(), words_of_verdict(made, "reach"))

    return Case(draft, check)


def _texts(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12)), locale=draw.choice(["pt-BR", "es", "ja"]), currency="BRL")
    target, value = draw.randint(1000, 9000), draw.randint(10_000, 20_000)
    draft.number("cost", value, 5, format="currency", direction="up_is_good", goal=target)

    def check(made: Made) -> Iterator[Difference]:
        expected = value_text(target, "currency", draft.locale, "BRL")
        if expected not in made.page["cost"].text:
            yield Difference("cost", expected, made.page["cost"].text)

    return Case(draft, check)


CLAIMS = (
    Claim(
        "a goal of what should rise is reached from its target on", partial(_verdict, direction="up_is_good", met=True)
    ),
    Claim(
        "a goal of what should rise is missed below its target", partial(_verdict, direction="up_is_good", met=False)
    ),
    Claim("a budget is kept up to its target", partial(_verdict, direction="down_is_good", met=True)),
    Claim("a budget is exceeded above its target", partial(_verdict, direction="down_is_good", met=False)),
    Claim("a goal of what is neither good nor bad has progress and no verdict", _no_verdict),
    Claim("a goal below zero has a verdict and no percentage", partial(_below_zero, target=-100)),
    Claim("a goal of zero has a verdict and no percentage", partial(_below_zero, target=0)),
    Claim("at least: the target and more is reached", partial(_worded, goal={"at_least": 50}, value=60, met=True)),
    Claim("at most: more than the target is over", partial(_worded, goal={"at_most": 50}, value=60, met=False)),
    Claim("between: inside is reached", partial(_worded, goal={"between": [40, 70]}, value=60, met=True)),
    Claim("about: near the target is reached", partial(_worded, goal={"about": 60}, value=60, met=True)),
    Claim(
        "a month's goal of what adds up is converted to the days of another window",
        partial(_other_period, metric="clicks"),
    ),
    Claim("a month's goal of reach is not judged on another window", partial(_other_period, metric="reach")),
    Claim("a goal of a rate holds for any window", _rate_of_any_period),
    Claim("a goal per month is converted to a week", _goal_per),
    Claim("a client has a goal for each month", _goal_of_a_month),
    Claim("the pace of what adds up is that of the days over", _pace),
    Claim("a sum of what adds up has a pace", partial(_pace_of_formulas, formula="clicks + calls * 2", paced=True)),
    Claim("a difference of what adds up has a pace", partial(_pace_of_formulas, formula="clicks - calls", paced=True)),
    Claim("a quotient has no pace", partial(_pace_of_formulas, formula="clicks / calls", paced=False)),
    Claim("what does not add up over time has no pace and no verdict before its end", _no_pace),
    Claim("goals are written in the report's language", _texts),
)
