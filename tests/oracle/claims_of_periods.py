"""Claims about what the periods of a report are called."""

from __future__ import annotations

from calendar import month_name
from datetime import date
from typing import TYPE_CHECKING

from tests.oracle.claims import Case, Claim, Difference, Draft
from tests.oracle.display import plain
from tests.oracle.windows import DAY, Window, days_between

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.oracle.made_report import Made


def _months_back(day: date, months: int) -> date:
    years, month0 = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month0 + 1, 1)


def _called(start: date, end: date) -> str:
    first = f"{month_name[start.month]} {start.year if start.year != end.year else ''}".strip()
    return f"{first} \N{EN DASH} {month_name[end.month]} {end.year}"


def _fiscal_quarter(draw: Random) -> Case:
    """Draw the last quarter of a year that begins in some month, on some day."""
    first_month, today = draw.randint(2, 12), date(2026, draw.randint(1, 12), draw.randint(1, 28))
    running = _months_back(today, (today.month - first_month) % 3)
    start, before = _months_back(running, 3), _months_back(running, 6)
    window = Window("last_quarter", "previous_period", start, running - DAY, (before, start - DAY))
    draft = Draft(window)
    draft.as_of = today
    draft.more = {"fiscal_year_starts": month_name[first_month].lower()}
    return _named_case(draft)


def _several_months(draw: Random) -> Case:
    """Draw several months in a row, neither a quarter nor a year, on some day."""
    count, today = draw.choice([2, 4, 5, 7, 13, 18]), date(2026, draw.randint(1, 12), draw.randint(1, 28))
    start, end, before = (_months_back(today, months) for months in (count, 0, 2 * count))
    window = Window(f"last_{count}_months", "previous_period", start, end - DAY, (before, start - DAY))
    draft = Draft(window)
    draft.as_of = today
    return _named_case(draft)


def _named_case(draft: Draft) -> Case:
    """Return the case of a report that calls its two periods by their first and last months."""
    window = draft.window
    assert window.before
    now, then = (len(days_between(*ends)) for ends in ((window.start, window.end), window.before))
    draft.number("clicks", now, then, format="count")
    words = (_called(window.start, window.end), f"compared with {_called(*window.before)}")

    def check(made: Made) -> Iterator[Difference]:
        text = plain(made.page_text)
        for expected in words:
            if expected not in text:
                yield Difference("the report", expected, text[:300])

    return Case(draft, check)


CLAIMS = (
    Claim("a quarter of a fiscal year is called by its months", _fiscal_quarter),
    Claim("several months are whole ones, and compared with as many before them", _several_months),
)
