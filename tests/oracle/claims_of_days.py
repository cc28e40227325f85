"""Claims about the days of a window: each has its place, and what did not come is a gap."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.oracle.claims import Case, Claim, Difference, Draft, differing
from tests.oracle.display import total
from tests.oracle.windows import DAY, drawn_window, month

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from random import Random

    from tests.oracle.made_report import Made
    from tests.oracle.windows import Window

_COUNTED = re.compile(r"no figures? for (\d+) of (\d+) days", re.IGNORECASE)


def drawn_days(draw: Random, days: list[date]) -> dict[date, int]:
    """Draw a count for every day."""
    return {day: draw.randint(50, 900) for day in days}


def drawn_gaps(draw: Random, days: list[date]) -> set[date]:
    """Draw some days, in the middle and at the end, that are left out."""
    start = draw.randrange(1, max(2, len(days) - 3))
    run = set(days[start : start + draw.randint(1, 3)])
    return run | set(draw.sample(days[1:], k=min(2, len(days) - 2)))


def _gapped(draw: Random, window: Window) -> tuple[dict[date, int], dict[date, int]]:
    """Draw the days that come, of the period and of the compared one."""
    now, then = drawn_days(draw, window.days), drawn_days(draw, window.compared_days)
    for days in (now, then):
        for day in drawn_gaps(draw, list(days)):
            del days[day]
    return now, then


def _chart(draft: Draft, now: dict[date, int], then: dict[date, int], **keys: Any) -> None:  # noqa: ANN401 - of a spec
    before = ([str(day) for day in then], [list(then.values())])
    draft.chart("daily", [str(day) for day in now], [list(now.values())], before, format="count", **keys)


def _null_days(draw: Random) -> Case:
    draft = Draft(drawn_window(draw))
    days = draft.window.days
    gaps = drawn_gaps(draw, days)
    values = [None if day in gaps else draw.randint(50, 900) for day in days]
    draft.chart("daily", [str(day) for day in days], [values], format="count")

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("daily", values, made.chart("daily")["series"][0]["values"])
        yield from _drawn_apart(made, days, gaps)

    return Case(draft, check)


def _drawn_apart(made: Made, days: list[date], gaps: set[date]) -> Iterator[Difference]:
    """Yield a difference where the data of a chart's drawing give a missing day a figure."""
    if not made.page["daily"].tables:
        yield Difference("daily", "the data of the chart on the page", "none")
        return
    rows = made.page["daily"].tables[0].rows[: len(days)]  # compared days without a partner follow
    cells = [row[1] for row in rows]
    empty = [not any(letter.isdigit() for letter in cell) for cell in cells]
    yield from differing("daily, data on the page", [day in gaps for day in days], empty)


def _left_out_days(draw: Random) -> Case:
    draft = Draft(drawn_window(draw))
    now, then = _gapped(draw, draft.window)
    _chart(draft, now, then)
    days = draft.window.days

    def check(made: Made) -> Iterator[Difference]:
        chart = made.chart("daily")
        yield from differing("daily", [str(day) for day in days], chart["labels"][: len(days)])
        yield from differing("daily", [now.get(day) for day in days], chart["series"][0]["values"][: len(days)])
        yield from _drawn_apart(made, days, set(days) - set(now))

    return Case(draft, check)


def _left_out_days_in_words(draw: Random) -> Case:
    draft = Draft(drawn_window(draw))
    now, then = _gapped(draw, draft.window)
    _chart(draft, now, then, additive=True)
    draft.number("clicks", sum(now.values()) + 77, sum(then.values()) + 9, format="count", reference_key="gads:clicks")
    lacking, of = len(draft.window.days) - len(now), len(draft.window.days)

    def check(made: Made) -> Iterator[Difference]:
        found = _COUNTED.search(made.page["daily"].text + " ".join(made.page["daily"].alts))
        yield from differing("daily", (str(lacking), str(of)), found.groups() if found else None)

    return Case(draft, check)


def _no_total_of_some_days(draw: Random) -> Case:
    draft = Draft(drawn_window(draw))
    now, then = _gapped(draw, draft.window)
    _chart(draft, now, then, additive=True)

    def check(made: Made) -> Iterator[Difference]:
        for said in (*made.page["daily"].alts[:1], *made.sentences):
            if " in all" in said or "fell by" in said or "rose by" in said or "highest day" in said:
                yield Difference("daily", "no total, change or highest of days that did not all come", said)

    return Case(draft, check)


def _table_of_days(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12), "none"))
    now = drawn_days(draw, draft.window.days)
    for day in drawn_gaps(draw, draft.window.days):
        del now[day]
    draft.table("by_day", [[str(day), value] for day, value in now.items()], dimensions=["date"], format="count")
    days = draft.window.days

    def check(made: Made) -> Iterator[Difference]:
        names, values = (column["values"] for column in made.table("by_day")["columns"])
        yield from differing("by_day", [str(day) for day in days], [str(name)[:10] for name in names])
        yield from differing("by_day", [now.get(day) for day in days], values)

    return Case(draft, check)


def _days_said_to_be_zero(draw: Random) -> Case:
    draft = Draft(drawn_window(draw))
    now, then = _gapped(draw, draft.window)
    _chart(draft, now, then, additive=True, absent="zero")

    def check(made: Made) -> Iterator[Difference]:
        values = made.chart("daily")["series"][0]["values"]
        yield from differing("daily", [now.get(day, 0) for day in draft.window.days], values[: len(draft.window.days)])

    return Case(draft, check)


def _days_proved_to_be_zero(draw: Random) -> Case:
    draft = Draft(drawn_window(draw, compared=False))
    now, _ = _gapped(draw, draft.window) if draft.window.before else (drawn_days(draw, draft.window.days), {})
    for day in drawn_gaps(draw, draft.window.days):
        now.pop(day, None)
    draft.chart("daily", [str(day) for day in now], [list(now.values())], format="count", additive=True)
    draft.number("clicks", int(total(now.values())), format="count", additive=True)

    def check(made: Made) -> Iterator[Difference]:
        values = made.chart("daily")["series"][0]["values"]
        yield from differing("daily", [now.get(day, 0) for day in draft.window.days], values)

    return Case(draft, check)


def _compared_days_proved_to_be_zero(draw: Random, *, chart: bool) -> Case:
    """Draw two periods that lack days; one of them makes up its number, and the other may or may not."""
    window = drawn_window(draw)
    while any((day.month, day.day) == (2, 29) for day in (*window.days, *window.compared_days)):
        window = drawn_window(draw)
    draft = Draft(window)
    now, then = drawn_days(draw, window.days), drawn_days(draw, window.compared_days)
    for values in (now, then):
        for day in drawn_gaps(draw, list(values)):
            del values[day]
    more = draw.choice([0, 1])
    draft.number("clicks", int(total(now.values())) + more, int(total(then.values())), format="count", additive=True)
    if chart:
        before = ([str(day) for day in then], [list(then.values())])
        draft.chart("daily", [str(day) for day in now], [list(now.values())], before, format="count", additive=True)
    else:
        rows, before_rows = ([[str(day), value] for day, value in values.items()] for values in (now, then))
        draft.table("daily", rows, before_rows, dimensions=["date"], format="count", additive=True)
    partners = [window.partner(day) for day in window.days]
    expected = [
        [now.get(day, None if more else 0) for day in window.days],
        [then.get(day, 0) if day else None for day in partners],
    ]

    def check(made: Made) -> Iterator[Difference]:
        figures = made.chart("daily")["series"][0] if chart else made.table("daily")["columns"][1]
        got = [figures[part][: len(window.days)] for part in ("values", "baseline")]
        for which, right, found in zip(("now", "before"), expected, got, strict=True):
            yield from differing(f"daily, {which}", right, found)

    return Case(draft, check)


def _nothing_by_day(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12)))
    draft.number("clicks", draw.randint(5, 90), 5, format="count")
    draft.table("campaigns", [["A", 5], ["B", 6]], [["A", 4]])

    def check(made: Made) -> Iterator[Difference]:
        for line in made.source_lines:
            if "data to" in line or "complete" in line or "everything was read" not in line:
                yield Difference("the line of the source", "everything was read, and no day", line)

    return Case(draft, check)


def _last_day_of_a_source(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12), "none"))
    days = draft.window.days
    last = draft.window.end - draw.randint(2, 12) * DAY
    now = {day: value for day, value in drawn_days(draw, days).items() if day <= last}
    draft.chart("daily", [str(day) for day in now], [list(now.values())], format="count")

    def check(made: Made) -> Iterator[Difference]:
        wrong = f"{draft.window.end:%b} {draft.window.end.day}"
        right = f"{last:%b} {last.day}"
        for line in made.source_lines:
            if wrong in line or right not in line or f"{len(now)} of {len(days)}" not in line:
                yield Difference("the line of the source", f"data to {right}, {len(now)} of {len(days)}", line)

    return Case(draft, check)


def _complete_source(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12)))
    _chart(draft, drawn_days(draw, draft.window.days), drawn_days(draw, draft.window.compared_days))

    def check(made: Made) -> Iterator[Difference]:
        words = ("complete", f"{draft.window.end:%b} {draft.window.end.day}")
        for line in made.source_lines:
            if not all(word in line for word in words):
                yield Difference("the line of the source", words, line)

    return Case(draft, check)


CLAIMS = (
    Claim("a day that came as null is a gap", _null_days),
    Claim("a day that did not come is a gap, and every day of the window has its place", _left_out_days),
    Claim("a chart says for how many of its days no figures came", _left_out_days_in_words),
    Claim("of days that did not all come there is no total, no change and no highest day", _no_total_of_some_days),
    Claim("a table by day has every day of its window", _table_of_days),
    Claim("days that the author says are zero where absent are zero", _days_said_to_be_zero),
    Claim("absent days are zero where those that came add up to the number", _days_proved_to_be_zero),
    Claim(
        "absent days of a chart are zero where those of their period add up to its number",
        partial(_compared_days_proved_to_be_zero, chart=True),
    ),
    Claim(
        "absent days of a table are zero where those of their period add up to its number",
        partial(_compared_days_proved_to_be_zero, chart=False),
    ),
    Claim("the line of a source without anything by day names no day", _nothing_by_day),
    Claim("the line of a source says the last day with a value", _last_day_of_a_source),
    Claim("the line of a source whose days all came says that it is complete", _complete_source),
)
