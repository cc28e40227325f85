"""Claims about words: every sentence and every alternative text is true, and nothing is said of what was not asked."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.oracle.claims import Case, Claim, Difference, Draft
from tests.oracle.display import change_text, value_text
from tests.oracle.said import Facts, NumberFacts, SeriesFacts, untrue, untrue_of_a_chart
from tests.oracle.windows import drawn_window, month

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.oracle.made_report import Made

_NAMES = ("Brand", "Generic", "Video", "Display", "Search", "Local")


def _numbers(draw: Random, draft: Draft, facts: Facts) -> None:
    for name, unit in (("clicks_seen", "count"), ("money_spent", "currency"), ("share_kept", "percent")):
        scale = {"count": 1, "currency": 0.37, "percent": 0.0007}[unit]
        value, before = (round(draw.randint(60, 900) * scale, 4) for _ in range(2))
        if unit == "count":
            value, before = int(value), int(before)
        if unit == "currency":
            value, before = round(value, 2), round(before, 2)
        direction = draw.choice(["up_is_good", "down_is_good"])
        goal = draw.choice([None, round(before * draw.choice([0.5, 1.5, 2]), 3)])
        keys: dict[str, Any] = {} if goal is None else {"goal": goal}
        draft.number(name, value, before, format=unit, direction=direction, **keys)
        facts.numbers[name.replace("_", " ").capitalize()] = NumberFacts(value, before, unit, goal, direction)


def _daily(draw: Random, draft: Draft, facts: Facts) -> None:
    window = draft.window
    days: list[Any] = [draw.randint(60, 900) for _ in window.days]
    if draw.random() < 0.4:
        days[draw.randrange(len(days))] = None
    before: list[Any] = [draw.randint(60, 900) for _ in window.compared_days]
    labels = [str(day) for day in window.compared_days]
    draft.chart("by_day", [str(day) for day in window.days], [days], (labels, [before]), format="count")
    names = [f"{day:%B} {day.day}" for day in window.days]
    facts.parts["By day", "Clicks"] = SeriesFacts(
        dict(zip(names, days, strict=True)), dict(zip(labels, before, strict=True)), "count"
    )


def _channels(draw: Random, draft: Draft, facts: Facts, kind: str) -> None:
    now, then = ({name: draw.randint(60, 900) for name in _NAMES} for _ in range(2))
    compared: Any = None if kind == "pie" else (list(then), [list(then.values())])
    keys: dict[str, Any] = {"compare": "none"} if kind == "pie" else {}
    draft.chart(
        "by_channel",
        list(now),
        [list(now.values())],
        compared,
        dimensions=["channel"],
        kind=kind,
        format="count",
        **keys,
    )
    facts.parts["By channel", "Clicks"] = SeriesFacts(dict(now), {} if kind == "pie" else dict(then), "count")


def _campaigns(draw: Random, draft: Draft, facts: Facts, sort_by: str, limit: int | str) -> None:
    columns = {"Clicks": "count", "Cost": "currency"}
    now, then = ({name: (draw.randint(60, 900), draw.randint(60, 900)) for name in _NAMES} for _ in range(2))
    sums = [[sum(cells[at] for cells in part.values()) for at in range(2)] for part in (now, then)]
    sent = [
        [*([name, *cells] for name, cells in part.items()), ["Total", *whole]]
        for part, whole in zip((now, then), sums, strict=True)
    ]
    fields = {"cost": {"format": "currency"}}
    draft.table(
        "campaigns", *sent, metrics=("clicks", "cost"), format="count", fields=fields, sort_by=sort_by, limit=limit
    )
    for at, (label, unit) in enumerate(columns.items()):
        values = [{name: cells[at] for name, cells in part.items()} for part in (now, then)]
        facts.parts["Campaigns", label] = SeriesFacts({**values[0]}, {**values[1]}, unit, (sums[0][at], sums[1][at]))


def _mixed(draw: Random, sort_by: str = "-clicks", limit: int | str = "all") -> Case:
    draft, facts = Draft(drawn_window(draw)), Facts()
    _numbers(draw, draft, facts)
    _daily(draw, draft, facts)
    _channels(draw, draft, facts, draw.choice(["bar", "pie"]))
    _campaigns(draw, draft, facts, sort_by, limit)

    def check(made: Made) -> Iterator[Difference]:
        if not made.sentences:
            yield Difference("summary", "a sentence", "none")
        for sentence in made.sentences:
            yield from untrue(sentence, facts)
        yield from _alts(made, facts)

    return Case(draft, check)


def _alts(made: Made, facts: Facts) -> Iterator[Difference]:
    daily = facts.parts["By day", "Clicks"]
    short = {f"{name.split()[0][:3]} {name.split()[1]}": value for name, value in daily.now.items()}
    for alt in made.page["by_day"].alts:
        yield from untrue_of_a_chart(alt, SeriesFacts(short, daily.before, "count"), adds_up=True)
    for alt in made.page["by_channel"].alts:
        yield from untrue_of_a_chart(alt, facts.parts["By channel", "Clicks"], adds_up=True)


_FIGURE = re.compile(r"\d(?:[\d.,]*\d)?")


def _figures_of_the_report(draw: Random) -> Case:
    """In another language: every figure of a sentence stands elsewhere on the page too."""
    locale = draw.choice(["pt-BR", "es", "ja", "de", "fr"])
    draft, facts = Draft(drawn_window(draw), locale=locale, currency="BRL"), Facts()
    _numbers(draw, draft, facts)
    _daily(draw, draft, facts)
    _channels(draw, draft, facts, "bar")
    _campaigns(draw, draft, facts, "-clicks", "all")

    def check(made: Made) -> Iterator[Difference]:
        others = [
            made.page[name]
            for name in ("clicks_seen", "money_spent", "share_kept", "by_day", "by_channel", "campaigns")
        ]
        parts = [part for one in others for part in (one.text, *one.alts, *one.points)]
        length = {str(len(days)) for days in (draft.window.days, draft.window.compared_days)}
        days = {str(day.day) for day in draft.window.days} | {str(day.month) for day in draft.window.days}
        years = {str(draft.window.start.year - back) for back in (0, 1)}
        known = {found for part in parts for found in _FIGURE.findall(part)} | length | days | years
        for sentence in made.sentences:
            for found in _FIGURE.findall(sentence):
                if found not in known:
                    yield Difference("summary", f"{found} elsewhere on the page", sentence)

    return Case(draft, check)


def _only_tables(draw: Random, sort_by: str, limit: int) -> Case:
    """Tables of which the largest row of a column may not be printed, and no more, so that sentences are of them."""
    draft, facts = Draft(month(2026, draw.randint(1, 12))), Facts()
    costs = {name: 5000 - 700 * at for at, name in enumerate(draw.sample(_NAMES, k=6))}
    clicks = dict(zip(costs, [900, 700, 600, draw.randint(2000, 5000), 40, 30], strict=True))
    sent = [[name, clicks[name], cost] for name, cost in costs.items()]
    fields = {"cost": {"format": "currency"}}
    draft.table(
        "campaigns", sent, metrics=("clicks", "cost"), format="count", fields=fields, sort_by=sort_by, limit=limit
    )
    facts.parts["Campaigns", "Clicks"] = SeriesFacts({**clicks}, {}, "count")
    facts.parts["Campaigns", "Cost"] = SeriesFacts({**costs}, {}, "currency")

    def check(made: Made) -> Iterator[Difference]:
        for sentence in made.sentences:
            yield from untrue(sentence, facts)

    return Case(draft, check)


def _once(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12)))
    now, then = ({name: draw.randint(300, 900) * factor for name in _NAMES[:4]} for factor in (3, 1))
    value, before = sum(now.values()), sum(then.values())
    draft.number("clicks", value, before, format="count", direction="up_is_good")
    sent = [[*([name, cell] for name, cell in part.items()), ["Total", sum(part.values())]] for part in (now, then)]
    draft.table("campaigns", *sent, format="count", sort_by="-clicks")
    texts = change_text(value, before, "count", "en").lstrip("+"), value_text(value, "count", "en")

    def check(made: Made) -> Iterator[Difference]:
        telling = [said for said in made.sentences if all(text in said for text in texts)]
        if len(telling) != 1:
            yield Difference("summary", f"one sentence of {texts}", telling)

    return Case(draft, check)


def _once_beside_a_goal(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12)))
    value, before = draw.randint(3000, 9000), draw.randint(1000, 2000)
    goal = draw.choice([value - 7, value + 7, 2 * value])
    direction = draw.choice(["up_is_good", "down_is_good"])
    draft.number("clicks", value, before, format="count", direction=direction, goal=goal)
    text = value_text(value, "count", "en")

    def check(made: Made) -> Iterator[Difference]:
        telling = [said for said in made.sentences if text in said]
        if len(telling) != 1:
            yield Difference("summary", f"one sentence of {text}", telling)

    return Case(draft, check)


def _sources(draw: Random, *, hidden: bool) -> Case:
    draft = Draft(drawn_window(draw))
    draft.sources["search"] = {"integration": "search_console"}
    draft.number("clicks", draw.randint(60, 900), 50, format="count")
    if hidden:
        draft.number("position", 3, 4, format="count", source="search", hidden=True)

    def check(made: Made) -> Iterator[Difference]:
        if "Search Console" in made.page_text:
            at = made.page_text.index("Search Console")
            yield Difference("the page", "no Search Console", made.page_text[max(0, at - 40) : at + 80])
        if "Google Ads" not in made.page_text:
            yield Difference("the page", "Google Ads", "no such text")

    return Case(draft, check)


def _zero_and_missing(draw: Random) -> Case:
    draft = Draft(drawn_window(draw))
    draft.number("cost", draw.randint(60, 900), 50, format="currency")
    draft.number("none", 0, 0, format="count")
    draft.number("unknown", None, None, format="count")
    draft.formula("by_zero", "cost / none", format="currency")
    draft.formula("by_nothing", "cost / unknown", format="currency")

    def check(made: Made) -> Iterator[Difference]:
        texts = {name: made.page[name].text for name in ("by_zero", "by_nothing")}
        if "divided by zero" not in texts["by_zero"] or "No data" in texts["by_zero"]:
            yield Difference(
                "by_zero", "that it would be divided by zero, and not that there are no data", texts["by_zero"]
            )
        if "divided by zero" in texts["by_nothing"] or "No data" not in texts["by_nothing"]:
            yield Difference("by_nothing", "that there are no data", texts["by_nothing"])

    return Case(draft, check)


CLAIMS = (
    Claim("every sentence and every alternative text is true", _mixed),
    Claim("every figure of a sentence in another language stands elsewhere on the page", _figures_of_the_report),
    Claim("sentences of tables sorted by another column are true", partial(_mixed, sort_by="-cost")),
    Claim(
        "sentences of tables speak of all rows and not of the printed ones", partial(_mixed, sort_by="-clicks", limit=3)
    ),
    Claim(
        "what comes first is the first of all rows in the column that is named",
        partial(_only_tables, sort_by="-cost", limit=3),
    ),
    Claim("a number is told once", _once),
    Claim("a number is told once beside its goal", _once_beside_a_goal),
    Claim("a source of hidden figures alone is not named", partial(_sources, hidden=True)),
    Claim("a source that nobody asked is not named", partial(_sources, hidden=False)),
    Claim("a zero divisor and a missing value are told apart", _zero_and_missing),
)
