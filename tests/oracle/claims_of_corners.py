"""Claims about corners that the other claims pass by: gaps in one of two periods, floats, quotients, narrow axes."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.oracle.claims import Case, Claim, Difference, Draft, differing
from tests.oracle.claims_of_days import drawn_days, drawn_gaps
from tests.oracle.claims_of_goals import running_window, words_of_verdict
from tests.oracle.claims_of_joins import MONTHS, WEEKS, drawn_course
from tests.oracle.windows import DAY, month, quarter, year

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.oracle.made_report import Made


def _compared_gaps(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12)))
    window = draft.window
    now, then = drawn_days(draw, window.days), drawn_days(draw, window.compared_days)
    now[draw.choice(window.days)] = 9000
    for day in drawn_gaps(draw, list(then)):
        del then[day]
    before = ([str(day) for day in then], [list(then.values())])
    draft.chart("daily", [str(day) for day in now], [list(now.values())], before, format="count", additive=True)

    def check(made: Made) -> Iterator[Difference]:
        alt = made.page["daily"].alts[0]
        if " in all" not in alt or "compared with" in alt or "rose" in alt or "fell" in alt:
            yield Difference("daily", "a total without a change", alt)
        said = " ".join(made.sentences)
        if "9,000" not in said or "above every" in said:
            yield Difference("summary", "a highest day and nothing about the compared days", said)

    return Case(draft, check)


def _table_by_name(draw: Random, unit: str) -> Case:
    draft, values, before, expected = drawn_course(draw, unit)
    rows, earlier = ([[str(day), value] for day, value in part.items()] for part in (values, before))
    draft.table("course", rows, earlier, dimensions=[unit], format="count")

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("course", expected, made.table("course")["columns"][1]["baseline"][: len(expected)])

    return Case(draft, check)


def _no_pace_of_quotient(draw: Random) -> Case:
    day = draw.randint(3, 28)
    draft = Draft(running_window(day))
    draft.as_of = draft.window.end + DAY
    draft.number("clicks", draw.randint(100, 900), 5, format="count")
    draft.number("calls", draw.randint(20, 90), 5, format="count", reference_key="gads:phone_calls")
    draft.formula("made", "clicks / calls", direction="up_is_good", goal=50)

    def check(made: Made) -> Iterator[Difference]:
        text = made.page["made"].text
        if "expected by now" in text or words_of_verdict(made, "made") & {"on course", "behind"}:
            yield Difference("made", "no pace", text)

    return Case(draft, check)


def _thirds(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12), "none"))
    whole = draw.choice([number for number in range(31, 98) if number % 3])
    rows = [[name, whole / 3] for name in ("Brand", "Generic", "Video")]
    draft.table("campaigns", [*rows, ["Total", whole]], metrics=("clicks",), format="decimal", additive=True)

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("campaigns", set(), made.codes() & {"W-SUM", "W-ROWS"})

    return Case(draft, check)


def _days_pie(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12), "none"))
    days = draft.window.days
    draft.chart(
        "parts",
        [str(day) for day in days],
        [[draw.randint(60, 900) for _ in days]],
        kind="pie",
        format="count",
        additive={"parts": True, "time": False},
    )

    def check(made: Made) -> Iterator[Difference]:
        alt = made.page["parts"].alts[0]
        if alt.startswith(("Pie chart", "Ring chart")):
            yield Difference("parts", "no whole", alt)

    return Case(draft, check)


def _small_axis(draw: Random, unit: str, low: float, width: float) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12), "none"))
    values = [round(low + draw.random() * width, 7) for _ in draft.window.days]
    values[0], values[1] = low, low + width
    draft.chart("daily", [str(day) for day in draft.window.days], [values], format=unit)

    def check(made: Made) -> Iterator[Difference]:
        texts = [text for text in made.page["daily"].drawn if re.fullmatch(r"[0-9][0-9.,]*%?", text)]
        ticks = sorted(Decimal(text.rstrip("%")) for text in texts)
        steps = {after - one for one, after in pairwise(ticks)}
        if len(ticks) != made.page["daily"].lines or len(steps) != 1 or 0 in steps:
            yield Difference("daily, axis", f"{made.page['daily'].lines} labels with equal steps", texts)

    return Case(draft, check)


def _below_zero_running(draw: Random) -> Case:
    draft = Draft(running_window(draw.randint(3, 28)))
    draft.as_of = draft.window.end + DAY
    draft.number("clicks", draw.choice([-50, -150]), 5, format="count", direction="up_is_good", goal=-100)

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("clicks", set(), words_of_verdict(made, "clicks"))

    return Case(draft, check)


def _compared_rate(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12)))
    names = ("Brand", "Generic", "Video", "Display")
    sent: list[list[list[object]]] = []
    for _ in range(2):
        rows = [(name, draw.randint(60, 900), round(draw.uniform(0.01, 0.08), 4)) for name in names]
        total = ["Total", sum(clicks for _, clicks, _ in rows), sum(rate for _, _, rate in rows)]
        sent.append([*map(list, rows), total])
    draft.table("campaigns", *sent, metrics=("clicks", "ctr"), format="count", fields={"ctr": {"format": "percent"}})

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("campaigns", None, made.table("campaigns")["total_baseline"][2])

    return Case(draft, check)


def _sorted_numbers(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12), "none"))
    names = [9, 10, 200, 1000, "Brand"]
    draft.table(
        "years",
        [[name, draw.randint(60, 900)] for name in draw.sample(names, k=5)],
        format="count",
        dimensions=["size"],
        sort_by="size",
    )

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("years", list(map(str, names)), [row[0] for row in made.page["years"].tables[0].rows])

    return Case(draft, check)


def _missing_months(draw: Random, unit: str) -> Case:
    window = year(2026, "none") if unit == "month" else quarter(2026, 2, "none")
    draft = Draft(window)
    first = MONTHS if unit == "month" else WEEKS
    now = drawn_days(draw, [day for day in window.days if first(day)])
    count = len(now)
    del now[list(now)[3]]
    draft.chart("course", [str(day) for day in now], [list(now.values())], format="count", additive=True)

    def check(made: Made) -> Iterator[Difference]:
        said = made.page["course"].text + " ".join(made.page["course"].alts)
        if f" of {count} {unit}s" not in said or " days" in said:
            yield Difference("course", f"no figures for 1 of {count} {unit}s", said)

    return Case(draft, check)


def _outside_compared(draw: Random, unit: str) -> Case:
    window = month(2026, draw.randint(3, 12)) if unit == "date" else year(2026)
    draft = Draft(window)
    now, then = ([day for day in days if unit == "date" or MONTHS(day)] for days in (window.days, window.compared_days))
    values, before = drawn_days(draw, now), drawn_days(draw, then)
    outside = date(window.compared_days[0].year - 1, 5, 1)
    rows = [[str(day), value] for day, value in values.items()]
    earlier = [[str(outside), 40], *([str(day), value] for day, value in before.items())]
    draft.table("course", rows, earlier, dimensions=[unit], format="count")

    def check(made: Made) -> Iterator[Difference]:
        table = made.table("course")
        yield from differing("course", 0, table["columns"][1]["baseline"].count(40))

    return Case(draft, check)


def _outside_month(draw: Random) -> Case:
    draft = Draft(year(2026, "none"))
    values = drawn_days(draw, [day for day in draft.window.days if MONTHS(day)])
    rows = [["2025-05-01", 40], *([str(day), value] for day, value in values.items())]
    draft.table("course", rows, dimensions=["month"], format="count")

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("course", list(values.values()), made.table("course")["columns"][1]["values"])

    return Case(draft, check)


def _float_difference(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12)))
    draft.number("mean", 0.3, 0.1, format="decimal", own_change={"absoluteDifference": 0.3 - 0.1, "difference": 200})

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("mean", set(), made.codes() & {"W-DIFFERENCE"})

    return Case(draft, check)


CLAIMS = (
    Claim("a day outside the compared period is left out of a table", partial(_outside_compared, unit="date")),
    Claim("a month outside the compared period is left out of a table", partial(_outside_compared, unit="month")),
    Claim("a month outside the period is left out of a table", _outside_month),
    Claim("the API's own difference of floats is no caution", _float_difference),
    Claim("a goal below zero has no verdict before the end of its period", _below_zero_running),
    Claim("a rate that was added up is not printed in the compared total", _compared_rate),
    Claim("names that are numbers sort by their size", _sorted_numbers),
    Claim("a month that did not come is called a month", partial(_missing_months, unit="month")),
    Claim("a week that did not come is called a week", partial(_missing_months, unit="week")),
    Claim("an axis of thousandths has their digits", partial(_small_axis, unit="decimal", low=1.0002, width=0.0031)),
    Claim(
        "a narrow axis of rates has the digits of its step",
        partial(_small_axis, unit="percent", low=0.0201, width=0.00011),
    ),
    Claim("days missing in the compared period alone make no change and no day above every other", _compared_gaps),
    Claim("a month that did not come moves no other in a table", partial(_table_by_name, unit="month")),
    Claim("a week that did not come moves no other in a table", partial(_table_by_name, unit="week")),
    Claim("a quotient below its goal has no pace", _no_pace_of_quotient),
    Claim("a pie by day of what adds up over parts alone is no whole", _days_pie),
    Claim("thirds as floats add up to their total", _thirds),
)
