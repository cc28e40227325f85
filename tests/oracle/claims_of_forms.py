"""Claims about the form of charts: parts of a whole, steps of a path, stacks, and what the words say of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from tests.oracle.claims import Case, Claim, Difference, Draft, differing
from tests.oracle.display import value_text
from tests.oracle.windows import drawn_window, month

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.oracle.made_report import Made

_LABELS = ("Brand", "Generic", "Video", "Display")
_ROUND = ("Pie chart", "Ring chart")


def _round(draw: Random, metric: str, unit: str, kind: str, *, whole: bool, **keys: Any) -> Case:  # noqa: ANN401 - of a spec
    """Draw a pie or ring of a metric whose slices make a whole, or do not."""
    draft = Draft(drawn_window(draw, compared=False))
    values: list[Any] = [draw.randint(60, 900) for _ in _LABELS]
    if unit == "percent":
        values = [value / 1000 for value in values]
    asked = {"dimensions": keys.pop("dimensions", ["campaign"]), "kind": kind, "format": unit, **keys}
    draft.chart(
        "parts", list(_LABELS), [values], metrics=(metric,), reference_key=f"gads:{metric}_by_campaign", **asked
    )
    total = value_text(sum(values), unit, "en")

    def check(made: Made) -> Iterator[Difference]:
        block = made.page["parts"]
        alt = block.alts[0]
        if alt.startswith(_ROUND) != whole:
            yield Difference("parts", "a whole" if whole else "no whole", alt)
        yield from differing("parts, caution", not whole, "W-FORM" in made.codes("parts"))
        if not whole and (total in block.drawn or " in all" in alt or "share" in alt):
            yield Difference("parts", f"neither the sum {total} nor shares", (block.drawn, alt))
        if whole and total not in " ".join((*block.drawn, alt)):
            yield Difference("parts", total, (block.drawn, alt))

    return Case(draft, check)


def _stack(draw: Random, metrics: tuple[str, ...], *, whole: bool) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12), "none"))
    series: list[list[Any]] = [[draw.randint(60, 900) for _ in _LABELS] for _ in metrics]
    draft.chart(
        "parts", list(_LABELS), series, metrics=metrics, dimensions=["campaign"], kind="stacked", format="count"
    )

    def check(made: Made) -> Iterator[Difference]:
        alt = made.page["parts"].alts[0]
        if alt.startswith("Stacked") != whole:
            yield Difference("parts", "a stack" if whole else "no stack", alt)
        yield from differing("parts, caution", not whole, "W-FORM" in made.codes("parts"))

    return Case(draft, check)


def _funnel(draw: Random, *, path: bool) -> Case:
    draft = Draft(drawn_window(draw, compared=False))
    values = sorted((draw.randint(60, 9000) for _ in range(3)), reverse=True)
    metrics = ("impressions", "clicks", "conversions") if path else ("clicks", "conversions", "cost")
    fields: dict[str, Any] = {} if path else {"cost": {"format": "currency"}}
    series: list[list[Any]] = [[value] for value in values]
    draft.chart(
        "steps", ["all"], series, metrics=metrics, dimensions=["campaign"], kind="funnel", format="count", fields=fields
    )
    share = value_text(values[-1] / values[0], "percent", "en")

    def check(made: Made) -> Iterator[Difference]:
        said = f"which is {share}"
        for alt in (*made.page["steps"].alts[:1], *made.sentences):
            if not path and ("Funnel" in alt or "which is" in alt):
                yield Difference("steps", "no path of two units", alt)
        if path and said not in made.page["steps"].alts[0]:
            yield Difference("steps", said, made.page["steps"].alts[0])

    return Case(draft, check)


_IN_EXCEL = {
    "pie": "pieChart",
    "donut": "doughnutChart",
    "line": "lineChart",
    "area": "areaChart",
    "bar": "barChart",
    "horizontal_bar": "barChart",
    "stacked": "barChart",
    "combo": "barChart",
    "funnel": "barChart",
    "scatter": "scatterChart",
    "heatmap": "",  # coloured cells
}
_SERIES = {"stacked": 2, "combo": 2, "scatter": 2, "heatmap": 2}


def _same_in_the_workbook(draw: Random) -> Case:
    """Draw a chart of each kind, of values that suit it or, where one is below zero, do not suit some."""
    draft = Draft(month(2026, draw.randint(1, 12), "none"), formats="json,html,xlsx")
    least = draw.choice([60, -900])
    values: list[Any] = [draw.randint(60, 900), least, draw.randint(60, 900), draw.randint(60, 900)]
    for kind in _IN_EXCEL:
        count = _SERIES.get(kind, 1)
        metrics = ("clicks", "conversions")[:count]
        draft.chart(
            kind, list(_LABELS), [values] * count, metrics=metrics, dimensions=["campaign"], kind=kind, format="count"
        )
    unfit = {"pie", "donut", "funnel", "heatmap"} if least < 0 else set()
    forms = ["barChart" if kind in unfit else form for kind, form in _IN_EXCEL.items()]

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("forms in the workbook", [form for form in forms if form], made.forms_in_excel)
        for kind in unfit:
            alt = made.page[kind].alts[0]
            if not alt.startswith("Bar chart") or "W-FORM" not in made.codes(kind):
                yield Difference(kind, "bars, and a caution", alt)

    return Case(draft, check)


def _added_over_time(draw: Random, metric: str, *, total_said: bool, **keys: Any) -> Case:  # noqa: ANN401 - of a spec
    draft = Draft(month(2026, draw.randint(1, 12), "none"))
    values: list[Any] = [draw.randint(60, 900) for _ in draft.window.days]
    draft.chart("daily", [str(day) for day in draft.window.days], [values], metrics=(metric,), format="count", **keys)
    total = f"{value_text(sum(values), 'count', 'en')} in all"

    def check(made: Made) -> Iterator[Difference]:
        alt = made.page["daily"].alts[0]
        if (total in alt) != total_said:
            yield Difference("daily", total if total_said else "no total", alt)

    return Case(draft, check)


_TIME_ALONE = {"time": True, "parts": False}
_PARTS_ALONE = {"time": False, "parts": True}

CLAIMS = (
    Claim("slices of clicks make a whole", partial(_round, metric="clicks", unit="count", kind="pie", whole=True)),
    Claim(
        "slices of followers by gender make a whole",
        partial(_round, metric="followers", unit="count", kind="donut", whole=True, dimensions=["gender"]),
    ),
    Claim(
        "a ring of average costs is no whole",
        partial(_round, metric="average_cpc", unit="currency", kind="donut", whole=False),
    ),
    Claim(
        "a ring of reach by campaign is no whole",
        partial(_round, metric="reach", unit="count", kind="donut", whole=False),
    ),
    Claim("a pie of rates is no whole", partial(_round, metric="ctr", unit="percent", kind="pie", whole=False)),
    Claim(
        "a stack of likes, comments and shares is one",
        partial(_stack, metrics=("likes", "comments", "shares"), whole=True),
    ),
    Claim("a stack of reach is none", partial(_stack, metrics=("reach", "unique_clicks"), whole=False)),
    Claim("a funnel of one unit tells what share came through", partial(_funnel, path=True)),
    Claim("a funnel of two units is none", partial(_funnel, path=False)),
    Claim("the workbook draws the forms of the page", _same_in_the_workbook),
    Claim("days of clicks add up to their month", partial(_added_over_time, metric="clicks", total_said=True)),
    Claim("days of reach do not add up to their month", partial(_added_over_time, metric="reach", total_said=False)),
    Claim(
        "days add up where the author says so",
        partial(_added_over_time, metric="reach", total_said=True, additive=True),
    ),
    Claim(
        "slices do not make a whole where the author says that time alone adds up",
        partial(_round, metric="visits", unit="count", kind="pie", whole=False, additive=_TIME_ALONE),
    ),
    Claim(
        "slices make a whole where the author says that parts add up",
        partial(_round, metric="visitors", unit="count", kind="pie", whole=True, additive=_PARTS_ALONE),
    ),
)
