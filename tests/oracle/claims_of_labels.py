"""Claims about labels: which texts are days, weeks, months, quarters and years, and which stay words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any

from babel.dates import format_date

from tests.oracle.claims import Case, Claim, Difference, Draft, differing
from tests.oracle.claims_of_days import drawn_days
from tests.oracle.display import value_text
from tests.oracle.windows import DAY, month, quarter, year

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from tests.oracle.made_report import Made


def _epoch(day: date, factor: int) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp()) * factor


_DAY_FORMS: dict[str, Callable[[date], Any]] = {
    "2026-10-31": str,
    "2026-10-31T00:00:00-03:00": lambda day: f"{day}T00:00:00-03:00",
    "2026-10-31 00:00:00": lambda day: f"{day} 00:00:00",
    "20261031": lambda day: f"{day:%Y%m%d}",
    "31/10/2026": lambda day: f"{day:%d/%m/%Y}",
    "10/31/2026": lambda day: f"{day:%m/%d/%Y}",
    "Oct 31": lambda day: f"{day:%b} {day.day}",
    "31 out": lambda day: format_date(day, "d MMM", locale="pt_BR").replace(" de ", " ").replace(".", ""),
    "epoch seconds": partial(_epoch, factor=1),
    "epoch milliseconds": partial(_epoch, factor=1000),
}


def _written_days(draw: Random, form: str) -> Case:
    locale = "pt-BR" if form == "31 out" else "en"
    draft = Draft(month(draw.choice([2024, 2025, 2026]), draw.randint(2, 12)), locale=locale)
    now, then = drawn_days(draw, draft.window.days), drawn_days(draw, draft.window.compared_days)
    write = _DAY_FORMS[form]
    before = ([write(day) for day in then], [list(then.values())])
    draft.chart("daily", [write(day) for day in now], [list(now.values())], before, format="count")

    def check(made: Made) -> Iterator[Difference]:
        chart, days = made.chart("daily"), draft.window.days
        yield from differing(
            "daily", [str(day) for day in days], [label[:10] for label in chart["labels"][: len(days)]]
        )
        partners = [draft.window.partner(day) for day in days]
        expected = [None if day is None else then[day] for day in partners]
        yield from differing("daily", expected, chart["series"][0]["baseline"][: len(days)])

    return Case(draft, check)


_BUCKETS: dict[str, Callable[[date], str]] = {
    "2026-10": lambda day: f"{day:%Y-%m}",
    "2026-W40": lambda day: f"{day.isocalendar().year}-W{day.isocalendar().week:02}",
    "2026-Q4": lambda day: f"{day.year}-Q{(day.month + 2) // 3}",
}


def _written_buckets(draw: Random, form: str) -> Case:
    window = quarter(2026, draw.randint(1, 4)) if form == "2026-W40" else year(draw.choice([2025, 2026]))
    draft, write = Draft(window), _BUCKETS[form]
    now = dict.fromkeys(write(day) for day in window.days)
    then = dict.fromkeys(write(day) for day in window.compared_days)
    values, before = ([draw.randint(50, 900) for _ in part] for part in (now, then))
    draft.chart("course", list(now), [values], (list(then), [before]), format="count")

    def check(made: Made) -> Iterator[Difference]:
        chart = made.chart("course")
        if chart["label_type"] == "category":
            yield Difference("course", "labels that are buckets of time", chart["label_type"])
        matched = chart["series"][0]["baseline"][: len(now)]
        if form == "2026-W40":
            return
        yield from differing("course", before, matched)

    return Case(draft, check)


def _mixed_order(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(2, 12)))
    now = list(drawn_days(draw, draft.window.days).items())
    draw.shuffle(now)
    draft.chart("daily", [str(day) for day, _ in now], [[value for _, value in now]], format="count")

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("daily", [value for _, value in sorted(now)], made.chart("daily")["series"][0]["values"])

    return Case(draft, check)


def _unreadable(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(2, 12)))
    labels = [f"day number {number}" for number in range(1, 11)]
    draft.chart("daily", labels, [[draw.randint(50, 900) for _ in labels]], format="count")

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("daily", True, "W-LABELS" in made.codes("daily"))  # noqa: FBT003 - what is expected
        yield from differing("daily", labels, made.chart("daily")["labels"])

    return Case(draft, check)


def _names_on_a_line(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(2, 12)))
    labels = [f"Campaign {letter}" for letter in "ABCDEF"]
    draft.chart("line", labels, [[draw.randint(50, 900) for _ in labels]], format="count", dimensions=["campaign"])

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("line", False, "W-LABELS" in made.codes())  # noqa: FBT003 - what is expected
        yield from differing(
            "line", ("category", labels), (made.chart("line")["label_type"], made.chart("line")["labels"])
        )

    return Case(draft, check)


def _either_way(draw: Random, pattern: str | None) -> Case:
    """Days that lie in the window read either way, 3/4 and 4/3: a pattern decides, else they stay words."""
    draft = Draft(quarter(2026, draw.choice([1, 2, 3, 4]), "none"))
    months = sorted({day.month for day in draft.window.days})
    days = [date(2026, one, other) for one in months for other in months]
    labels = [f"{day:%d/%m/%Y}" for day in days]
    keys: dict[str, Any] = {}
    if pattern:
        keys = {"fields": {"date": {"format": {"as": "date", "pattern": pattern}}}}
    draft.chart("daily", labels, [[draw.randint(50, 900) for _ in labels]], format="count", **keys)

    def check(made: Made) -> Iterator[Difference]:
        chart = made.chart("daily")
        if pattern:
            values = dict(zip(chart["labels"], chart["series"][0]["values"], strict=True))
            got = {day for day, value in values.items() if value is not None}
            yield from differing("daily", {str(day) for day in days}, got)
            return
        yield from differing("daily", "category", chart["label_type"])
        yield from differing("daily", True, "W-LABELS" in made.codes())  # noqa: FBT003 - what is expected

    return Case(draft, check)


def _outside(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(2, 12)))
    days = draft.window.days
    now, then = drawn_days(draw, days), drawn_days(draw, draft.window.compared_days)
    strays = {days[0] - draw.randint(1, 9) * DAY: 5000, days[-1] + draw.randint(1, 2) * DAY: 7000}
    sent = {**now, **dict(draw.sample(list(strays.items()), k=draw.randint(1, 2)))}
    before = ([str(day) for day in then], [list(then.values())])
    draft.chart("daily", [str(day) for day in sent], [list(sent.values())], before, format="count", additive=True)

    def check(made: Made) -> Iterator[Difference]:
        chart = made.chart("daily")
        yield from differing("daily", True, "W-OUTSIDE" in made.codes("daily"))  # noqa: FBT003 - what is expected
        whole = f"{value_text(sum(now.values()), 'count', 'en')} in all"
        if whole not in made.page["daily"].alts[0]:
            yield Difference("daily, alternative text", whole, made.page["daily"].alts[0])
        shown = dict(zip(chart["labels"], chart["series"][0]["values"], strict=True))
        yield from differing("daily", {str(day): value for day, value in now.items()}, _with_values(shown))
        expected = [None if (day := draft.window.partner(one)) is None else then[day] for one in days]
        yield from differing("daily", expected, chart["series"][0]["baseline"][: len(days)])

    return Case(draft, check)


def _with_values(shown: dict[str, object]) -> dict[str, object]:
    return {label: value for label, value in shown.items() if value is not None}


def _outside_in_a_table(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(2, 12), "none"))
    now = drawn_days(draw, draft.window.days)
    stray = draft.window.start - draw.randint(1, 9) * DAY
    rows = [[str(day), value] for day, value in {stray: 4000, **now}.items()]
    draft.table("by_day", rows, dimensions=["date"], format="count")

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("by_day", True, "W-OUTSIDE" in made.codes("by_day"))  # noqa: FBT003 - what is expected
        names = [str(name)[:10] for name in made.table("by_day")["columns"][0]["values"]]
        yield from differing("by_day", [str(day) for day in now], names)

    return Case(draft, check)


def _a_range_of_its_own(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(2, 12)))
    days = [draft.window.end - number * DAY for number in range(40, 0, -1)]
    values = [draw.randint(50, 900) for _ in days]
    draft.chart("daily", [str(day) for day in days], [values], format="count", custom={"custom_period": "30ED"})

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("daily", False, "W-OUTSIDE" in made.codes())  # noqa: FBT003 - what is expected
        yield from differing("daily", values, made.chart("daily")["series"][0]["values"])

    return Case(draft, check)


def _joined_words(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(2, 12)))
    names = draw.sample(["Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta"], k=5)
    now = {name: draw.randint(50, 900) for name in names[:4]}
    then = {name: draw.randint(50, 900) for name in draw.sample(names, k=4)}
    before = (list(then), [list(then.values())])
    draft.chart(
        "by_name", list(now), [list(now.values())], before, format="count", dimensions=["channel"], chart_type="bar"
    )

    def check(made: Made) -> Iterator[Difference]:
        chart = made.chart("by_name")
        got = {
            label: (value, old)
            for label, value, old in zip(
                chart["labels"], chart["series"][0]["values"], chart["series"][0]["baseline"], strict=True
            )
        }
        every = dict.fromkeys([*now, *then])
        yield from differing("by_name", {name: (now.get(name), then.get(name)) for name in every}, got)

    return Case(draft, check)


CLAIMS = (
    *(Claim(f"labels such as {form} are days", partial(_written_days, form=form)) for form in _DAY_FORMS),
    *(Claim(f"labels such as {form} are buckets of days", partial(_written_buckets, form=form)) for form in _BUCKETS),
    Claim("days that came in another order are put in order", _mixed_order),
    Claim("labels of days that do not read are a caution, and stay words", _unreadable),
    Claim("names on a line are no caution", _names_on_a_line),
    Claim("labels that read either way stay words, with a caution", partial(_either_way, pattern=None)),
    Claim("the pattern of a field decides how its days are read", partial(_either_way, pattern="dd/MM/yyyy")),
    Claim("a day outside the window is left out with a caution", _outside),
    Claim("a day outside the window is left out of a table with a caution", _outside_in_a_table),
    Claim("a metric with a range of its own has days outside the window", _a_range_of_its_own),
    Claim("categories are joined by their names", _joined_words),
)
