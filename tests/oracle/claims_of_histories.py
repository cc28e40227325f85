"""Claims about histories: numbers and formulas of months, quarters and weeks in a row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.oracle.claims import Case, Claim, Difference, Draft, differing
from tests.oracle.display import exact, quotient
from tests.oracle.windows import DAY, month

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.oracle.made_report import Made

    _Days = tuple[date, date]
    _Line = list[Decimal | None]

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def _first(year: int, number: int) -> date:
    """Return the first day of a month, counted on over the ends of years."""
    years, month0 = divmod(year * 12 + number - 1, 12)
    return date(years, month0 + 1, 1)


def _buckets(unit: str, count: int, end: date) -> list[_Days]:
    """Return the last whole units that end no later than a day, the oldest first."""
    after = end + DAY
    if unit == "week":
        monday = after - after.weekday() * DAY
        return [(monday - 7 * back * DAY, monday - (7 * back - 6) * DAY) for back in range(count, 0, -1)]
    size = _MONTHS[unit]
    running = _first(after.year, after.month - (after.month - 1) % size)
    firsts = [_first(running.year, running.month - size * back) for back in range(count, -1, -1)]
    return [(start, following - DAY) for start, following in pairwise(firsts)]


def _histories(draw: Random) -> Case:
    """Draw a history of a number, of a formula and of both, by some unit, some values of which are missing."""
    window = month(draw.choice([2024, 2025, 2026]), draw.randint(1, 12), draw.choice(["previous_period", "none"]))
    draft = Draft(window, formats="json,html")
    unit = draw.choice(["month", "month", "quarter", "week"])
    count = draw.choice([2, 5, 13])
    buckets = _buckets(unit, count, window.end)
    values: dict[str, dict[_Days, int | None]] = {}
    for name in ("spend", "clicks"):
        values[name] = {days: draw.choice([None, 0, draw.randint(1, 900), draw.randint(1, 900)]) for days in buckets}
        own = values[name].get((window.start, window.end), draw.randint(1, 900))
        draft.number(name, own, 3, format="count", reference_key=f"gads:{name}")
        for days, value in values[name].items():
            if days != (window.start, window.end):
                draft.answered(name, days, value)
    draft.formula("cpc", "spend / clicks", format="decimal")
    named = {"by": unit, "period": f"last_{count}_{unit}s"}
    draft.blocks += [
        {"name": "of_spend", "history": "spend", **named},
        {"name": "both", "history": ["cpc", "clicks"], **named},
    ]

    def quotients() -> list[Decimal | None]:
        pairs = zip(values["spend"].values(), values["clicks"].values(), strict=True)
        return [None if top is None or not bottom else quotient(exact(top), exact(bottom)) for top, bottom in pairs]

    def check(made: Made) -> Iterator[Difference]:
        expected: dict[str, list[list[Decimal | int | None]]] = {
            "of_spend": [list(values["spend"].values())],
            "both": [[*quotients()], list(values["clicks"].values())],
        }
        for name, series in expected.items():
            if not any(value is not None for line in series for value in line):
                yield from differing(name, "no_data", made.block(name)["state"])
                continue
            chart = made.chart(name)
            yield from differing(f"{name}, labels", [str(start) for start, _ in buckets], chart["labels"])
            yield from differing(f"{name}, windows", [f"{start}..{end}" for start, end in buckets], chart["windows"])
            for at, line in enumerate(series):
                got = [None if value is None else exact(value) for value in chart["series"][at]["values"]]
                wanted = [None if value is None else Decimal(str(value)) for value in line]
                yield from _close(f"{name}, series {at}", wanted, got)

    return Case(draft, check)


def _close(name: str, wanted: _Line, got: _Line) -> Iterator[Difference]:
    """Yield a difference where values are not equal to the tenth digit, as quotients are written in JSON."""
    rounded = [[None if value is None else f"{float(str(value)):.10g}" for value in line] for line in (wanted, got)]
    yield from differing(name, *rounded)


CLAIMS = (Claim("a history has the source's own value of each unit, and formulas worked out from theirs", _histories),)
