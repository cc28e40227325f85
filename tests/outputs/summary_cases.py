"""What the rules of summaries are tried on: blocks that one has its sentence to say of, and others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from reportgen.model import (
    RAW,
    Block,
    Change,
    Chart,
    ChartKind,
    Column,
    Direction,
    Goal,
    Reading,
    Series,
    Table,
    Target,
    Unit,
)
from reportgen.periods import Period
from tests.outputs import reports

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from reportgen.model import BlockState, Missing, Number, Report

COUNT, PERCENT, REAIS = Unit("count"), Unit("percent"), Unit("currency", "BRL")


def number(  # noqa: PLR0913 - each is one thing that a rule looks at
    label: str,
    value: Number,
    baseline: Number | None = None,
    *,
    direction: Direction = "up_is_good",
    unit: Unit = COUNT,
    band: float = 0,
    goal: float | None = None,
    elapsed: float = 1,
) -> Block:
    """Return a number block, compared and with a goal where these are given."""
    change = None if baseline is None else Change.between(value, baseline, unit, direction, band)
    reading = Reading(
        label.lower(),
        unit,
        value,
        baseline=baseline,
        change=change,
        goal=None if goal is None else Goal.of(value, _target(goal, direction), elapsed=elapsed, over_time="sum"),
        label=label,
    )
    return Block(label.lower(), "number", label, readings=(reading,))


def _target(goal: float, direction: Direction) -> Target:
    return Target("at_most" if direction == "down_is_good" else "at_least", goal)


def missing(label: str, why: Missing) -> Block:
    """Return a number block without its number."""
    return Block(label.lower(), "number", label, state=why, readings=(Reading("x", COUNT, missing=why, label=label),))


def days(
    values: Sequence[Number | None],
    baseline: Sequence[Number | None] = (),
    *,
    unit: Unit = COUNT,
    state: BlockState = "ok",
) -> Block:
    """Return a chart of the first days of October."""
    labels = tuple(f"2026-10-{day:02d}" for day in range(1, len(values) + 1))
    series = Series("visits", "Visits", unit, tuple(values), tuple(baseline))
    return Block("by_day", "chart", "Visits by day", state=state, charts=(Chart("line", "date", labels, (series,)),))


def parts(
    values: Mapping[str, Number],
    baseline: Sequence[Number | None] = (),
    *,
    kind: ChartKind = "bar",
    unit: Unit = COUNT,
    state: BlockState = "ok",
) -> Block:
    """Return a chart of categories."""
    series = Series("visits", "Visits", unit, tuple(values.values()), tuple(baseline))
    chart = Chart(kind, "category", tuple(values), (series,))
    return Block("by_part", "chart", "Visits by device", state=state, charts=(chart,))


def with_chart(block: Block, **changes: Any) -> Block:  # noqa: ANN401 - any field of a chart
    """Return a block whose chart is another in some fields."""
    return replace(block, charts=(replace(block.charts[0], **changes),))


def table(  # noqa: PLR0913 - each is one thing that a rule looks at
    values: Mapping[str, Number],
    baseline: Sequence[Number | None] = (),
    *,
    total: Number | None = None,
    total_before: Number | None = None,
    unit: Unit = COUNT,
    additive: bool = True,
    shown: int | None = None,
) -> Block:
    """Return a table of names and clicks."""
    columns = (
        Column("page", "Page", "dimension", RAW, tuple(values)),
        Column("clicks", "Clicks", "metric", unit, tuple(values.values()), tuple(baseline), additive=additive),
    )
    made = Table(
        columns,
        presence=("both" if baseline else "current",) * len(values),
        total=None if total is None else ("Total", total),
        total_baseline=None if total_before is None else ("Total", total_before),
        shown=len(values) if shown is None else shown,
        of=len(values),
    )
    return Block("pages", "datatable", "Pages", tables=(made,))


def summary(*blocks: Block, locale: str = "en") -> tuple[Block, Report]:
    """Return a summary of blocks, and the report of a period and a baseline of 30 days that holds them."""
    readings = tuple(reading for block in blocks for reading in block.readings)
    block = Block("summary", "summary", readings=readings, tells_of=tuple(one.name for one in blocks))
    report = replace(
        reports.report(block, *blocks, locale=locale), period=Period(date(2026, 11, 1), date(2026, 11, 30), "month")
    )
    return block, replace(report, baselines=(Period(date(2026, 9, 1), date(2026, 9, 30), "month"),))


WEEK = (100, 110, 120, 300, 110, 100, 105)
QUIET = (100, 110, 120, 115, 110, 100, 105)
DEVICES = {"mobile": 600, "desktop": 300, "tablet": 100}
PAGES = {"/": 600, "/shoes": 300, "/sale": 100}
CUT_WEEKS = with_chart(
    days((40, *WEEK), (None, *QUIET)),
    bucket="week",
    cut=(0,),
    labels=tuple(str(date(2026, 9, 28) + timedelta(weeks=at)) for at in range(8)),
    baseline_labels=("", *(str(date(2025, 10, 6) + timedelta(weeks=at)) for at in range(7))),
)
"""Weeks of which the first is cut, so that the week of the year before is not compared, and may be any."""

SPEAKS: dict[str, list[tuple[Block, str]]] = {
    "gains": [
        (number("Reach", 1200, 1000), "Reach rose by 20.0%, to 1,200."),
        (number("Rate", 0.06, 0.05, unit=PERCENT), "Rate rose by 1.0\N{NO-BREAK SPACE}pp, to 6.0%."),
        (
            number("Cost", 800, 1000, unit=REAIS, direction="down_is_good"),
            "Cost fell by 20.0%, to R$800.00, an improvement.",
        ),
    ],
    "setbacks": [
        (number("Reach", 800, 1000), "Reach fell by 20.0%, to 800."),
        (
            number("Cost", 12, 10, unit=REAIS, direction="down_is_good"),
            "Cost rose by 20.0%, to R$12.00, a change for the worse.",
        ),
    ],
    "shifts": [(number("Spend", 700, 1000, unit=REAIS, direction="neutral"), "Spend fell by 30.0%, to R$700.00.")],
    "reached": [
        (number("Leads", 520, goal=500), "Leads reached the goal of 500, with 520."),
        (number("Cost", 90, goal=100, direction="down_is_good"), "Cost stayed within the limit of 100, at 90."),
    ],
    "missed": [
        (number("Leads", 400, goal=500), "Leads came to 80% of the goal of 500."),
        (number("Cost", 120, goal=100, direction="down_is_good"), "Cost went over the limit of 100, to 120."),
        (
            number("Cost", 100.4, goal=100, direction="down_is_good"),
            "Cost went over the limit of 100.0, to 100.4.",
        ),
        (
            number("Cost", 100.4, goal=100, direction="down_is_good", unit=Unit("count", decimals=0)),
            "Cost went over the limit of 100.",
        ),
    ],
    "pace": [
        (number("Leads", 100, goal=500, elapsed=0.5), "Leads: 20% of the goal of 500, 50% expected by now."),
        (number("Leads", 300, goal=500, elapsed=0.5), "Leads: 60% of the goal of 500, 50% expected by now."),
    ],
    "unread": [(missing("Likes", "failed"), "This figure could not be read: Likes.")],
    "missing_days": [
        (days((*WEEK[:5], None, 105)), "Visits by day: this day has no figure: October 6."),
        (days((None, None, *WEEK[2:])), "Visits by day: these days have no figure: October 1 and October 2."),
        (days((*[None] * 5, 100, 105)), "Visits by day: several days have no figure, the first of them October 1."),
    ],
    "peaks": [
        (days(WEEK), "Visits by day: the highest day was October 4, with 300."),
        (
            days(WEEK, QUIET),
            "Visits by day: the highest day was October 4, with 300, above every day of September 2026.",
        ),
        (days(WEEK, (*QUIET[:6], 301)), "Visits by day: the highest day was October 4, with 300."),
        (CUT_WEEKS, "Visits by day: the highest week was week 44, with 300."),
    ],
    "leaders": [
        (parts(DEVICES), "Visits by device: mobile comes first, with 600."),
        (parts(DEVICES, kind="donut"), "Visits by device: mobile comes first, with 600, a share of 60%."),
        (
            parts(DEVICES, (590, 290, 95), kind="donut"),
            "Visits by device: mobile comes first, with 600, a share of 60%.",
        ),
        (table(PAGES), "Pages: “/” comes first, with 600 (Clicks)."),
        (table(PAGES, total=1100), "Pages: “/” comes first, with 600 of 1,100 (Clicks)."),
        (table(PAGES, total=1100, additive=False), "Pages: “/” comes first, with 600 (Clicks)."),
    ],
    "movers": [
        (parts(DEVICES, (590, 200, 110)), "Visits by device: desktop rose from 200 to 300."),
        (table(PAGES, (900, 290, 110)), "Pages: “/” fell from 900 to 600 (Clicks)."),
    ],
    "totals": [(table(PAGES, total=1100, total_before=1000), "Pages: Clicks rose by 10.0% in total, to 1,100.")],
}
"""Rule -> what it is given, and the one sentence that it makes of it."""

EVEN = {"mobile": 600, "desktop": 590, "tablet": 100}
SILENT: dict[str, dict[str, Block]] = {
    "gains": {
        "small": number("Reach", 1049, 1000),
        "within the neutral band": number("Reach", 1200, 1000, band=0.25),
        "a rate within the neutral band": number("Rate", 0.06, 0.05, unit=PERCENT, band=0.25),
        "from a tiny count": number("Reach", 98, 49),
        "from nothing": number("Spend", 1200, 0, unit=REAIS),
        "nothing compared": number("Reach", 1200),
        "prints as nothing": number("Rate", 0.00012, 0.0001, unit=Unit("percent", decimals=1)),
        "no number": missing("Reach", "failed"),
        "worse": number("Reach", 800, 1000),
    },
    "setbacks": {
        "small": number("Reach", 951, 1000),
        "within the neutral band": number("Reach", 800, 1000, band=0.25),
        "from a tiny count": number("Reach", 20, 49),
        "nothing compared": number("Reach", 800),
        "better": number("Reach", 1200, 1000),
    },
    "shifts": {
        "not strong": number("Spend", 1190, 1000, direction="neutral"),
        "within the neutral band": number("Reach", 1200, 1000, band=0.25),
        "from a tiny count": number("Spend", 80, 40, direction="neutral"),
        "judged": number("Reach", 1300, 1000),
    },
    "reached": {
        "none set": number("Leads", 520),
        "missed": number("Leads", 400, goal=500),
        "running": number("Leads", 400, goal=500, elapsed=0.5),
        "of nothing": number("Leads", 0, goal=0),
    },
    "missed": {
        "reached": number("Leads", 500, goal=500),
        "running": number("Leads", 100, goal=500, elapsed=0.5),
        "of nothing": number("Cost", 5, goal=0, direction="down_is_good"),
    },
    "pace": {"over": number("Leads", 100, goal=500), "reached": number("Leads", 500, goal=500, elapsed=0.5)},
    "unread": {
        "no data is no failure": missing("Likes", "no_data"),
        "not asked for": missing("Likes", "not_requested"),
        "there": number("Likes", 0),
    },
    "missing_days": {
        "whole": days(WEEK),
        "zero is a figure": days((*WEEK[:6], 0)),
        "nothing at all": days([None] * 7),
        "partly read": days((*WEEK[:6], None), state="partial"),
        "no days": parts(DEVICES),
    },
    "peaks": {
        "hardly stands out": days(QUIET),
        "two days alike": days((300, *WEEK[1:])),
        "a day is missing": days((*WEEK[:6], None)),
        "a week that the period cuts": with_chart(days(WEEK), bucket="week", cut=(3,)),
        "a week lacks the figure of a day": with_chart(days(WEEK), bucket="week", gapped=(5,)),
        "few days": days(WEEK[:6]),
        "tiny": days((1, 2, 1, 9, 1, 2, 1)),
        "a rate": days([value / 1000 for value in WEEK], unit=PERCENT),
        "nothing": days([0] * 7),
        "partly read": days(WEEK, state="partial"),
        "days of its own": replace(days(WEEK), remarks=("last_30_days",)),
        "endless": days((*[10**400] * 6, 10**400 + 1)),
        "no days": parts(DEVICES),
    },
    "leaders": {
        "hardly ahead": parts(EVEN),
        "hardly ahead of an endless one": parts({"a": 10**400, "b": 10**400 - 1, "c": 1}),
        "of two": parts({"yes": 600, "no": 300}),
        "tiny": parts({"a": 9, "b": 3, "c": 1}),
        "nobody": parts({"Unknown": 600, "b": 300, "c": 100}),
        "a funnel begins with the most": parts(DEVICES, kind="funnel"),
        "partly read": parts(DEVICES, state="partial"),
        "a table sorted by a rate": table({"/": 0.6, "/shoes": 0.3, "/sale": 0.1}, unit=PERCENT),
        "a table not sorted by it": table({"/sale": 100, "/": 600, "/shoes": 300}),
        "several together": with_chart(parts({"mobile": 300, "tablet": 100, "Other (4)": 600}), other=True),
        "a larger row is not printed": table({**PAGES, "/new": 5000}, shown=len(PAGES)),
    },
    "movers": {
        "nothing compared": parts(DEVICES),
        "not strong": parts(DEVICES, (590, 290, 95)),
        "a detail": parts({"mobile": 6000, "desktop": 3000, "tablet": 100}, (6000, 3000, 900)),
        "only in this period": parts(DEVICES, (590, None, 95)),
        "from a tiny count": parts({"a": 90, "b": 60, "c": 20}, (88, 40, 19)),
        "nobody": parts({"mobile": 600, "Unknown": 500, "c": 300}, (600, 300, 300)),
        "several together": with_chart(parts({"mobile": 600, "tablet": 300, "Rest": 500}, (600, 300, 300)), other=True),
        "rates": parts({"a": 0.6, "b": 0.3, "c": 0.1}, (0.3, 0.3, 0.1), unit=PERCENT),
        "partly read": parts(DEVICES, (590, 200, 110), state="partial"),
    },
    "totals": {
        "small": table(PAGES, total=1030, total_before=1000),
        "none sent": table(PAGES, (900, 290, 110)),
        "not compared": table(PAGES, total=1100),
        "tiny": table({"/": 40}, total=40, total_before=30),
    },
}
"""Rule -> why it has nothing to say, and of what."""
