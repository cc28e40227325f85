"""Claims about the values of charts: on the page, in the workbook, and where labels stand twice or series differ."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.oracle.claims import Case, Claim, Difference, Draft, differing
from tests.oracle.claims_of_days import drawn_days
from tests.oracle.display import LOCALES, value_text
from tests.oracle.windows import DAY, month, span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.oracle.made_report import Made

_CHANNELS = ("Brand", "Generic", "Video", "Display")


def _every_language(draw: Random) -> Case:
    locale, unit = draw.choice(LOCALES), draw.choice(["count", "currency", "percent", "decimal", "seconds"])
    draft = Draft(month(2026, draw.randint(1, 12)), locale=locale, currency="BRL")
    now, then = (
        {name: draw.randint(60, 90_000) if unit == "count" else draw.randint(60, 90_000) / 100 for name in _CHANNELS}
        for _ in range(2)
    )
    before = (list(then), [list(then.values())])
    keys: dict[str, Any] = {"dimensions": ["channel"], "chart_type": "bar", "format": unit}
    draft.chart("by_channel", list(now), [list(now.values())], before, **keys)

    def check(made: Made) -> Iterator[Difference]:
        rows = made.page["by_channel"].tables[0].rows
        for name, row in zip(_CHANNELS, rows, strict=True):
            texts = [value_text(part[name], unit, locale, "BRL") for part in (now, then)]
            yield from differing(f"by_channel, {name}", (name, *texts), row)
        for alt in made.page["by_channel"].alts:
            highest = value_text(max(now.values()), unit, locale, "BRL")
            if highest not in alt:
                yield Difference("by_channel, alternative text", highest, alt)

    return Case(draft, check)


def _in_the_workbook(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12)), formats="json,html,xlsx")
    now, then = drawn_days(draw, draft.window.days), drawn_days(draw, draft.window.compared_days)
    before = ([str(day) for day in then], [list(then.values())])
    draft.chart("by_day", [str(day) for day in now], [list(now.values())], before, format="count")

    def check(made: Made) -> Iterator[Difference]:
        rows = made.sheet("By day")[1:]
        for day, row in zip(draft.window.days, rows, strict=False):
            partner = draft.window.partner(day)
            old = None if partner is None else then[partner]
            moved = None if old is None else now[day] - old
            dates = [getattr(cell, "date", lambda: None)() for cell in row[:2]]
            expected = [day, partner, now[day], old, moved]
            yield from differing(f"by_day, {day}", expected, [*dates, *row[2:4], row[4] if moved is not None else None])

    return Case(draft, check)


def _series(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12)))
    days = draft.window.days
    series = [[draw.randint(60, 900) for _ in days] for _ in range(3)]
    metrics = ("clicks", "impressions", "conversions")
    draft.chart("by_day", [str(day) for day in days], series, metrics=metrics, format="count")

    def check(made: Made) -> Iterator[Difference]:
        got = {one["field"]: one["values"] for one in made.chart("by_day")["series"]}
        yield from differing("by_day", dict(zip(metrics, series, strict=True)), got)

    return Case(draft, check)


def _of_two_lengths(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12), "none"))
    days = draft.window.days
    values = [draw.randint(60, 900) for _ in days[:-3]]
    draft.chart("by_day", [str(day) for day in days], [values], format="count")

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("by_day", "partial", made.block("by_day")["state"])
        got = made.chart("by_day")["series"][0]["values"]
        yield from differing("by_day", [*values, None, None, None], got)

    return Case(draft, check)


def _twice(draw: Random, *, days: bool) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12)))
    names: list[Any] = [str(day) for day in draft.window.days[:10]] if days else list(_CHANNELS)
    values: list[Any] = [draw.randint(60, 900) for _ in names]
    sent = ([*names, names[3]], [[*values, 7]])
    keys: dict[str, Any] = {} if days else {"dimensions": ["channel"], "chart_type": "bar"}
    draft.chart("points", *sent, (names, [values]), format="count", **keys)

    def check(made: Made) -> Iterator[Difference]:
        if days:
            yield from differing("points", "failed", made.block("points")["state"])
            return
        yield from differing("points", "not_comparable", made.chart("points")["baseline_missing"])
        yield from differing("points", True, "W-JOIN" in made.codes("points"))  # noqa: FBT003 - what is expected

    return Case(draft, check)


def _hours(draw: Random) -> Case:
    draft = Draft(span(date(2026, 10, draw.randint(2, 28)), 1))
    day = draft.window.start
    values, before = ([draw.randint(60, 900) for _ in range(24)] for _ in range(2))
    labels, compared = ([f"{one}T{hour:02}:00:00" for hour in range(24)] for one in (day, day - DAY))
    draft.chart("by_hour", labels, [values], (compared, [before]), dimensions=["hour"], format="count")

    def check(made: Made) -> Iterator[Difference]:
        series = made.chart("by_hour")["series"][0]
        yield from differing("by_hour", values, series["values"][:24])
        yield from differing("by_hour, compared", before, series["baseline"][:24])

    return Case(draft, check)


def _agreeing(draw: Random, off: int) -> Case:
    """A number, its days and the total of its campaigns, of which the number may be off."""
    draft = Draft(month(2026, draw.randint(1, 12), "none"))
    days = drawn_days(draw, draft.window.days)
    whole = sum(days.values())
    draft.number("clicks", whole + off, format="count")
    draft.chart("by_day", [str(day) for day in days], [list(days.values())], format="count")
    draft.table("campaigns", [["Brand", whole - 70], ["Generic", 70], ["Total", whole]], format="count")

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("clicks", bool(off), "W-SUM" in made.codes())

    return Case(draft, check)


def _floats(draw: Random) -> Case:
    """A whole number whose days are thirds, as sources of shared conversions send them."""
    draft = Draft(month(2026, draw.randint(1, 12), "none"))
    days = draft.window.days
    whole = draw.randint(20, 90)
    parts = [whole / len(days) for _ in days]
    draft.number("conversions", whole, format="count")
    draft.chart("by_day", [str(day) for day in days], [parts], metrics=("conversions",), format="decimal")

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("conversions", set(), made.codes() & {"W-SUM"})

    return Case(draft, check)


CLAIMS = (
    Claim("values of charts are printed as they are worked out, in every language", _every_language),
    Claim("the workbook holds the days of a chart, the compared days and their changes", _in_the_workbook),
    Claim("series are named in the order of their metrics", _series),
    Claim("a series that is shorter than its labels ends with missing values", _of_two_lengths),
    Claim("a day that came twice has no value", partial(_twice, days=True)),
    Claim("a name that came twice is not compared", partial(_twice, days=False)),
    Claim("hours of a day are compared with the same hours", _hours),
    Claim("a number that is the sum of its days is no caution", partial(_agreeing, off=0)),
    Claim("the last digits of floats are no difference between a number and its days", _floats),
    Claim("a number that is not the sum of its days is a caution", partial(_agreeing, off=3)),
)
