"""Claims about alternative texts: of each kind of chart, what it is called and every figure that it must tell."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from tests.oracle.claims import Case, Claim, Difference, Draft
from tests.oracle.display import change_text, exact, quotient, rounded, total, value_text
from tests.oracle.windows import month

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from random import Random

    from tests.oracle.display import Number
    from tests.oracle.made_report import Made

_NAMES = ("Brand", "Generic", "Video", "Display", "Search")
_METRICS = ("clicks", "impressions", "conversions")
_CALLED = {
    "line": "Line chart",
    "area": "Area chart",
    "bar": "Bar chart",
    "horizontal_bar": "Bar chart",
    "stacked": "Stacked bar chart",
    "pie": "Pie chart",
    "donut": "Ring chart",
    "combo": "Bars over lines",
    "scatter": "Scatter plot",
    "heatmap": "Heat map",
    "funnel": "Funnel",
}


def _drawn(draw: Random, count: int, gaps: int = 0) -> list[Number | None]:
    """Draw different counts, of which some are missing."""
    values: list[Number | None] = list(draw.sample(range(60, 90_000), count))
    for at in draw.sample(range(count), gaps):
        values[at] = None
    return values


def _points(values: Sequence[Number | None], labels: Sequence[str]) -> tuple[str, str]:
    """Return the highest and the lowest point as they must be told, `812 (Video)`."""
    known = [(value, label) for value, label in zip(values, labels, strict=True) if value is not None]
    highest, lowest = (f"{value_text(value, 'count', 'en')} ({label})" for value, label in (max(known), min(known)))
    return highest, lowest


def _told(series: str, values: Sequence[Number | None], labels: Sequence[str], *, alone: bool = False) -> list[str]:
    """Return what must be told of a series that adds up: its total where no value is missing, and its ends."""
    highest, lowest = _points(values, labels)
    ends = f"Highest {highest}, lowest {lowest}." if alone else f"{series}: highest {highest}, lowest {lowest}."
    if None in values:
        return [ends]
    return [f"{series}: {value_text(total(map(_known, values)), 'count', 'en')} in all.", ends]


def _known(value: Number | None) -> Number:
    return value or 0


def _held(made: Made, kind: str, count: int, expected: Iterable[str]) -> Iterator[Difference]:
    """Yield what the alternative texts of the chart, for screen and phone, do not say."""
    start = f"{_CALLED[kind]}: Chart. {count} points."
    for alt in made.page["chart"].alts or ("",):
        yield from (Difference("chart", one, alt) for one in (start, *expected) if one not in alt)


def _of_words(draw: Random, kind: str, series: int = 1, gaps: int = 0) -> Case:
    """Draw a chart of words, of one series or several."""
    draft = Draft(month(2026, draw.randint(1, 12), "none"))
    rows = [_drawn(draw, len(_NAMES), gaps) for _ in range(series)]
    draft.chart(
        "chart", list(_NAMES), rows, metrics=_METRICS[:series], dimensions=["campaign"], kind=kind, format="count"
    )
    expected = [
        one for metric, row in zip(_METRICS, rows, strict=False) for one in _told(metric.capitalize(), row, _NAMES)
    ]
    missing = [name for name, value in zip(_NAMES, rows[0], strict=True) if value is None]
    expected += [f"Clicks: no figure for {missing[0]}."] if len(missing) == 1 else []
    return Case(draft, lambda made: _held(made, kind, len(_NAMES), expected))


def _of_days(draw: Random, kind: str, series: int = 1, gaps: int = 0) -> Case:
    """Draw a chart of days, of one series or several."""
    draft = Draft(month(2026, draw.randint(1, 12), "none"))
    days = draft.window.days
    rows = [_drawn(draw, len(days), gaps) for _ in range(series)]
    draft.chart("chart", [str(day) for day in days], rows, metrics=_METRICS[:series], kind=kind, format="count")
    labels = [f"{day:%b} {day.day}" for day in days]
    expected = [
        one
        for metric, row in zip(_METRICS, rows, strict=False)
        for one in _told(metric.capitalize(), row, labels, alone=series == 1)
    ]
    if gaps:
        first = labels[rows[0].index(None)]
        expected.append(f"Clicks: no figures for {gaps} of {len(days)} days, the first of them {first}.")
    return Case(draft, lambda made: _held(made, kind, len(days), expected))


def _round(draw: Random, kind: str, *, compared: bool) -> Case:
    """Draw a pie or a ring, whose largest part has a share."""
    draft = Draft(month(2026, draw.randint(1, 12), "previous_period" if compared else "none"))
    values, before = ([draw.randint(60, 900) for _ in _NAMES] for _ in range(2))
    values[2] = 1000  # the largest
    then: Any = (list(_NAMES), [before]) if compared else None
    draft.chart("chart", list(_NAMES), [values], then, dimensions=["campaign"], kind=kind, format="count")
    whole, share = sum(values), rounded(100 * quotient(exact(1000), total(values)), 0)
    texts = [value_text(number, "count", "en") for number in (1000, whole)]
    expected = [f"Clicks: the largest part is {texts[0]} (Video), a share of {share}%."]
    change = change_text(whole, sum(before), "count", "en")
    if not compared:
        expected.append(f"Clicks: {texts[1]} in all.")
    elif whole != sum(before):
        way = "rose" if whole > sum(before) else "fell"
        expected.append(f"Clicks {way} by {change[1:]}, to {texts[1]} in all, compared with")

    def check(made: Made) -> Iterator[Difference]:
        yield from _held(made, kind, len(_NAMES), expected)
        page = made.page["chart"]
        if compared and (moved := expected[-1]) not in page.text:
            yield Difference("chart, words above it", moved, page.text)
        rows = [[one, value_text(value, "count", "en")] for one, value in zip(_NAMES, values, strict=True)]
        then_texts = [value_text(value, "count", "en") for value in before] if compared else []
        for row, now, old in zip(page.tables[0].rows, rows, then_texts, strict=False):
            if [*row[:2], row[3]] != [*now, old]:
                yield Difference("chart, its data", [*now, old], row)

    return Case(draft, check)


def _scatter(draw: Random) -> Case:
    return _of_words(draw, "scatter", series=2)


def _grid(draw: Random, gaps: int) -> Case:
    """Draw a heat map of three series, some cells of which are missing."""
    draft = Draft(month(2026, draw.randint(1, 12), "none"))
    cells = _drawn(draw, 3 * len(_NAMES), gaps)
    rows = [cells[at * len(_NAMES) : (at + 1) * len(_NAMES)] for at in range(3)]
    draft.chart("chart", list(_NAMES), rows, metrics=_METRICS, dimensions=["campaign"], kind="heatmap", format="count")
    places = [f"{metric.capitalize()}, {name}" for metric in _METRICS for name in _NAMES]
    highest, lowest = _points(cells, places)
    expected = [f"Highest {highest}, lowest {lowest}."]
    expected += [f"No figure for {gaps} of {len(cells)} cells."] if gaps else []
    return Case(draft, lambda made: _held(made, "heatmap", len(_NAMES), expected))


def _funnel(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12), "none"))
    values = sorted((draw.randint(60, 9000) for _ in _NAMES), reverse=True)
    draft.chart("chart", list(_NAMES), [[*values]], dimensions=["step"], kind="funnel", format="count")
    first, last = (value_text(value, "count", "en") for value in (values[0], values[-1]))
    share = value_text(quotient(exact(values[-1]), exact(values[0])), "percent", "en")
    expected = f"From {first} (Brand) to {last} (Search), which is {share}."
    return Case(draft, lambda made: _held(made, "funnel", len(_NAMES), [expected]))


CLAIMS = (
    *(
        Claim(
            f"the alternative text of a {kind} chart of words tells its total and its ends",
            partial(_of_words, kind=kind),
        )
        for kind in ("line", "area", "bar", "horizontal_bar")
    ),
    Claim(
        "the alternative text of bars tells the label without a figure, and no total",
        partial(_of_words, kind="bar", gaps=1),
    ),
    *(
        Claim(
            f"the alternative text of a {kind} chart of days tells its total and its ends", partial(_of_days, kind=kind)
        )
        for kind in ("line", "area", "bar", "heatmap")
    ),
    *(
        Claim(f"the alternative text of a {kind} chart of days tells its gaps", partial(_of_days, kind=kind, gaps=6))
        for kind in ("line", "area", "bar")
    ),
    Claim(
        "the alternative text of a stack tells the total and the ends of each series",
        partial(_of_words, kind="stacked", series=3),
    ),
    Claim(
        "the alternative text of bars over lines tells the total and the ends of each series",
        partial(_of_days, kind="combo", series=2),
    ),
    Claim("the alternative text of a scatter plot tells the total and the ends of both metrics", _scatter),
    Claim("the alternative text of a heat map tells its highest and its lowest cell", partial(_grid, gaps=0)),
    Claim("the alternative text of a heat map tells how many cells are missing", partial(_grid, gaps=4)),
    Claim("the alternative text of a funnel tells what share came through", _funnel),
    *(
        Claim(f"the alternative text of a {kind} tells its largest part", partial(_round, kind=kind, compared=False))
        for kind in ("pie", "donut")
    ),
    *(
        Claim(
            f"a {kind} stays one when the report is compared, and words and table compare it",
            partial(_round, kind=kind, compared=True),
        )
        for kind in ("pie", "donut")
    ),
)
