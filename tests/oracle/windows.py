"""Windows of reports, and the days that are compared with one another, worked out with dates alone."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

DAY = timedelta(days=1)
_TWICE = 0.4  # of all windows with a comparison


@dataclass(frozen=True, slots=True)
class Window:
    """The days of a report and those that they are compared with.

    Attributes:
        word: As the spec writes the period.
        compare: As the spec writes the comparison.
        start: The first day.
        end: The last day, included.
        before: The first and the last compared day; None where nothing is compared.
        second: A second comparison as the spec writes it, with its first and its last day; None without any.
    """

    word: str
    compare: str
    start: date
    end: date
    before: tuple[date, date] | None = None
    second: tuple[str, tuple[date, date]] | None = None

    @property
    def written_comparison(self) -> str | list[str]:
        """The comparison as the spec writes it, a list of two where there is a second."""
        return [self.compare, self.second[0]] if self.second else self.compare

    @property
    def as_of(self) -> date:
        """A day on which the period is over."""
        return self.end + 3 * DAY

    @property
    def days(self) -> list[date]:
        """Every day of the period."""
        return days_between(self.start, self.end)

    @property
    def compared_days(self) -> list[date]:
        """Every compared day; none where nothing is compared."""
        return days_between(*self.before) if self.before else []

    def partner(self, day: date) -> date | None:
        """Return the day that a day is compared with; None where it has none."""
        if self.before is None:
            return None
        if self.compare == "same_period_last_year" and "W" not in self.word:
            return _a_year_before(day)
        found = self.before[0] + (day - self.start)
        return found if found <= self.before[1] else None

    def alone(self) -> list[date]:
        """Return the compared days that no day of the period is compared with."""
        partners = {self.partner(day) for day in self.days}
        return [day for day in self.compared_days if day not in partners]


def days_between(start: date, end: date) -> list[date]:
    """Return every day from the first to the last, both included."""
    return [start + number * DAY for number in range((end - start).days + 1)]


def month(year: int, number: int, compare: str = "previous_period") -> Window:
    """Return the window of a month."""
    start, end = _month(year, number)
    back = {"previous_period": -1, "same_period_last_year": -12}
    before = _month(*_shifted(year, number, back[compare])) if compare in back else None
    return Window(f"{year}-{number:02}", compare, start, end, before)


def quarter(year: int, number: int, compare: str = "previous_period") -> Window:
    """Return the window of a calendar quarter."""
    back = {"previous_period": -3, "same_period_last_year": -12}
    first = 3 * number - 2
    before = _months(*_shifted(year, first, back[compare]), 3) if compare in back else None
    return Window(f"{year}-Q{number}", compare, *_months(year, first, 3), before)


def year(number: int, compare: str = "previous_period") -> Window:
    """Return the window of a calendar year."""
    before = None if compare == "none" else _months(number - 1, 1, 12)
    return Window(f"{number}", compare, *_months(number, 1, 12), before)


def week(monday: date, compare: str = "previous_period") -> Window:
    """Return the window of an ISO week."""
    iso = monday.isocalendar()
    year_before = date.fromisocalendar(iso.year - 1, iso.week, 1)
    firsts = {"previous_period": monday - 7 * DAY, "same_period_last_year": year_before}
    first = firsts.get(compare)
    before = (first, first + 6 * DAY) if first else None
    return Window(f"{iso.year}-W{iso.week:02}", compare, monday, monday + 6 * DAY, before)


def span(start: date, length: int, compare: str = "previous_period") -> Window:
    """Return the window of some days that are no calendar unit."""
    end = start + (length - 1) * DAY
    before = None if compare == "none" else (start - length * DAY, start - DAY)
    return Window(f"{start}..{end}", compare, start, end, before)


def compared_twice(window: Window) -> Window:
    """Return a window with a second comparison: that with the year before or the period before, or with some days."""
    first = window.start - 500 * DAY
    second, days = f"{first}..{first + 9 * DAY}", (first, first + 9 * DAY)
    other = {"previous_period": "same_period_last_year", "same_period_last_year": "previous_period"}[window.compare]
    units = {"W": lambda: week(window.start, other), "Q": lambda: quarter(window.start.year, _quarter(window), other)}
    if ".." not in window.word:
        kind = next((unit for unit in units if unit in window.word), None)
        before = (units[kind]() if kind else month(window.start.year, window.start.month, other)).before
        second, days = other, before or days
    return replace(window, second=(second, days))


def _quarter(window: Window) -> int:
    return (window.start.month + 2) // 3


def drawn_window(draw: Random, *, compared: bool = True) -> Window:
    """Draw a window of any kind: short and long months, leap days, weeks, quarters, spans; some are compared twice."""
    window = _drawn_window(draw, compared=compared)
    is_twice = compared and Random(window.word).random() < _TWICE  # noqa: S311 - for repeatable choices
    return compared_twice(window) if is_twice else window


def _drawn_window(draw: Random, *, compared: bool) -> Window:
    compare = draw.choice(["previous_period", "same_period_last_year"]) if compared else "none"
    drawn_year = draw.choice([2023, 2024, 2025, 2026])
    kind = draw.choice(["month", "month", "month", "week", "quarter", "span"])
    if kind == "month":
        return month(drawn_year, draw.randint(1, 12), compare)
    if kind == "week":
        start = date(drawn_year, draw.randint(2, 12), draw.randint(1, 27))  # before week 53, which has no partner
        return week(start - start.weekday() * DAY, compare)
    if kind == "quarter":
        return quarter(drawn_year, draw.randint(1, 4), compare)
    start = date(drawn_year, draw.randint(2, 11), draw.randint(2, 20))
    return span(start, draw.randint(8, 40), "previous_period" if compared else "none")


def _a_year_before(day: date) -> date | None:
    return None if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def _month(year: int, number: int) -> tuple[date, date]:
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def _months(year: int, number: int, count: int) -> tuple[date, date]:
    return date(year, number, 1), _month(*_shifted(year, number, count - 1))[1]


def _shifted(year: int, number: int, months: int) -> tuple[int, int]:
    years, month0 = divmod(year * 12 + number - 1 + months, 12)
    return years, month0 + 1
