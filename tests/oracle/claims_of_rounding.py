"""Claims about rounding: halves away from zero, and no rounded figure that contradicts what stands beside it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tests.oracle.claims import Case, Claim, Difference, Draft, differing
from tests.oracle.display import MINUS, change_text, exact, quotient, rounded, value_text
from tests.oracle.windows import drawn_window, month

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.oracle.made_report import Made

_TICK = re.compile(r"(−?)\$?(−?[0-9,]*\.?[0-9]+)([KMB]?)%?")
_POWERS = {"": 1, "K": 10**3, "M": 10**6, "B": 10**9}
_SOME_DIGIT = re.compile("[1-9]")


def _ties_of_quotients(draw: Random) -> Case:
    """Costs divided by ten leads, half of them such that a division of floats falls on the wrong side."""
    draft = Draft(month(2026, draw.randint(1, 12), "none"))
    costs = [cents / 100 for cents in draw.sample(range(105, 99_995, 10), k=2000)]
    unsafe = [cost for cost in costs if exact(cost / 10) != quotient(exact(cost), Decimal(10))]
    drawn = [*unsafe[:6], *costs[:4]]
    draft.number("leads", 10, format="count")
    for number, cost in enumerate(drawn):
        draft.number(f"cost_{number}", cost, format="currency")
        draft.formula(f"each_{number}", f"cost_{number} / leads", format="currency")

    def check(made: Made) -> Iterator[Difference]:
        for number, cost in enumerate(drawn):
            right = value_text(quotient(exact(cost), Decimal(10)), "currency", "en")
            yield from differing(f"each_{number}, {cost} / 10", right, made.page[f"each_{number}"].value)

    return Case(draft, check)


def _ties_of_changes(draw: Random) -> Case:
    draft = Draft(drawn_window(draw))
    pairs: list[tuple[float, float]] = []
    while len(pairs) < 24:
        before = draw.choice([0.8, 1.6, 4.0, 8.0, 16.0, 20.0])
        value = draw.randint(1, 4000) / 100
        if quotient(1000 * (exact(value) - exact(before)), exact(before)) % 1 in {Decimal("0.5"), Decimal("-0.5")}:
            pairs.append((value, before))
    for number, (value, before) in enumerate(pairs):
        draft.number(f"cost_{number}", value, before, format="currency")

    def check(made: Made) -> Iterator[Difference]:
        for number, (value, before) in enumerate(pairs):
            expected = change_text(value, before, "currency", "en")
            if expected not in made.page[f"cost_{number}"].change:
                yield Difference(f"cost_{number}, {before} to {value}", expected, made.page[f"cost_{number}"].change)

    return Case(draft, check)


def _compact(draw: Random, values: tuple[int, ...] | None = None) -> Case:
    draft = Draft(drawn_window(draw, compared=False))
    drawn = values or tuple(
        draw.randint(10, 998) * 1000 + draw.choice([50, 150, 250, 350, 650, 850]) for _ in range(12)
    )
    for number, value in enumerate(drawn):
        draft.number(f"n_{number}", value, format={"as": "count", "compact": True})

    def check(made: Made) -> Iterator[Difference]:
        for number, value in enumerate(drawn):
            yield from differing(f"n_{number}, {value}", _short(value), made.page[f"n_{number}"].value)

    return Case(draft, check)


def _short(value: int) -> str:
    """Return the English short form of a number with a decimal that is not 0."""
    for letter, power, above in (("K", 10**3, 10**6), ("M", 10**6, 10**9), ("B", 10**9, 10**12)):
        near = rounded(quotient(Decimal(value), Decimal(power)), 1)
        if near * power < above:
            return f"{near.normalize():f}{letter}"
    return str(value)


def _axis(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12), "none"))
    low = draw.choice([1_203_100, 10_240, 1015, 99_960, 1_000_300])
    width = draw.choice([5, 4]) * low // 1500
    values: list[Any] = [low + draw.randint(0, width) for _ in draft.window.days]
    values[0], values[1] = low, low + width
    draft.chart("daily", [str(day) for day in draft.window.days], [values], format="count")

    def check(made: Made) -> Iterator[Difference]:
        texts = [text for text in made.page["daily"].drawn if _TICK.fullmatch(text) and not text.isalpha()]
        ticks = sorted(_tick(text) for text in texts)
        steps = {after - one for one, after in pairwise(ticks)}
        if len(ticks) != made.page["daily"].lines or len(steps) != 1:
            yield Difference("daily, axis", f"{made.page['daily'].lines} labels with equal steps", texts)
        if ticks and not ticks[0] <= low <= low + width <= ticks[-1]:
            yield Difference("daily, axis", f"an axis from {low} or less to {low + width} or more", texts)

    return Case(draft, check)


def _tick(text: str) -> Decimal:
    found = _TICK.fullmatch(text)
    assert found
    return Decimal(found[2].replace(",", "").replace(MINUS, "-")) * _POWERS[found[3]] * (-1 if found[1] else 1)


_TINY: dict[str, tuple[Any, float]] = {
    "share": ("percent", 0.0004),
    "points": ("percent_100", 0.03),
    "amount": ("currency", 0.004),
    "mean": ("decimal", 0.003),
}


def _not_zero(draw: Random) -> Case:
    draft = Draft(drawn_window(draw, compared=False))
    factor = draw.choice([1, 0.5, 0.1])
    for name, (unit, value) in _TINY.items():
        draft.number(name, round(value * factor, 8), format=unit)

    def check(made: Made) -> Iterator[Difference]:
        for name in _TINY:
            if not _SOME_DIGIT.search(made.page[name].value):
                yield Difference(name, "a figure that is not 0", made.page[name].value)

    return Case(draft, check)


def _not_whole(draw: Random) -> Case:
    draft = Draft(drawn_window(draw, compared=False))
    short = draw.randint(1, 49) / 100_000
    draft.number("share", 1 - short, format="percent")
    draft.number("points", 100 - 100 * short, format="percent_100")

    def check(made: Made) -> Iterator[Difference]:
        for name in ("share", "points"):
            if made.page[name].value.startswith("100"):
                yield Difference(name, "less than 100%", made.page[name].value)

    return Case(draft, check)


def _decimals_win(draw: Random) -> Case:
    draft = Draft(drawn_window(draw, compared=False))
    value = draw.randint(1, 40) / 100_000
    draft.number("share", value, format={"as": "percent", "decimals": 1})
    draft.number("cost", 1234.567, format={"as": "currency", "decimals": draw.choice([0, 1, 3])})
    digits = draft.blocks[1]["format"]["decimals"]

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("share", "0.0%", made.page["share"].value)
        yield from differing("cost", value_text(1234.567, "currency", "en", decimals=digits), made.page["cost"].value)

    return Case(draft, check)


def _tables(draw: Random) -> Case:
    draft = Draft(drawn_window(draw, compared=False), formats="json,html,xlsx")
    rates = [draw.randint(1, 45) / 100_000, 1 - draw.randint(1, 45) / 100_000, 0.0, 1.0]
    rows = [[name, rate] for name, rate in zip(("Low", "High", "None", "All"), rates, strict=True)]
    draft.table("rates", rows, metrics=("ctr",), format="percent")

    def check(made: Made) -> Iterator[Difference]:
        texts = [row[-1].replace(" ", "") for row in made.page["rates"].tables[0].rows]
        yield from differing("rates", ["<0.1%", ">99.9%", "0.0%", "100.0%"], texts)
        low = str(made.formats("Rates")[1][1])
        if "[<" not in low and "[>" not in low:
            yield Difference("rates, workbook", "a number format with conditions", low)

    return Case(draft, check)


def _shares(draw: Random) -> Case:
    draft = Draft(drawn_window(draw, compared=False))
    values: list[Any] = [draw.randint(500_000, 900_000), draw.randint(1, 150)]
    labels = ["Most", "Hardly any"]
    draft.chart("parts", labels, [values], dimensions=["device"], chart_type="pie", format="count", additive=True)
    shares = [value_text(quotient(Decimal(100 * value), Decimal(sum(values))), "percent_100", "en") for value in values]

    def check(made: Made) -> Iterator[Difference]:
        said = " ".join((*made.page["parts"].alts, *made.page["parts"].drawn, *made.sentences))
        said += " ".join(" ".join(row) for table in made.page["parts"].tables for row in table.rows)
        for wrong in re.findall(r"(?<![0-9.,])(?:100(?:\.0)?|0(?:\.0)?)%", said):
            yield Difference("parts", f"shares such as {shares}, neither 0% nor 100%", wrong)

    return Case(draft, check)


def _not_level(draw: Random) -> Case:
    draft = Draft(drawn_window(draw))
    before = draw.randint(200_000, 900_000)
    draft.number("clicks", before + draw.randint(1, before // 2500), before, format="count")
    draft.number("rate", 0.05, 0.05 - draw.randint(1, 4) / 10_000, format="percent")
    draft.number("same", before, before, format="count")

    def check(made: Made) -> Iterator[Difference]:
        for name in ("clicks", "rate"):
            moved = made.page[name].change
            if "level" in moved or not (_SOME_DIGIT.search(moved) or "<" in moved):
                yield Difference(name, "a change that is not 0", made.page[name].change)
        if "0.0%" not in made.page["same"].change:
            yield Difference("same", "0.0%", made.page["same"].change)

    return Case(draft, check)


def _not_level_in_a_table(draw: Random) -> Case:
    draft = Draft(drawn_window(draw))
    before = draw.randint(200_000, 900_000)
    value = before + draw.choice([-1, 1]) * draw.randint(1, before // 2500)
    draft.table("campaigns", [["Brand", value], ["Generic", 70]], [["Brand", before], ["Generic", 70]], format="count")

    def check(made: Made) -> Iterator[Difference]:
        moved, same = (row[-1] for row in made.page["campaigns"].tables[0].rows)
        if "→" in moved or not (_SOME_DIGIT.search(moved) or "<" in moved):
            yield Difference("campaigns", "a change that is not 0", moved)
        yield from differing("campaigns, unchanged", "→ 0.0%", same)

    return Case(draft, check)


def _missed_goal(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12)))
    target = draw.choice([60_000, 5000, 800])
    value = target - draw.randint(1, max(1, target // 250))
    draft.number("clicks", value, 50, format="count", direction="up_is_good", goal=target)

    def check(made: Made) -> Iterator[Difference]:
        for said in (made.page["clicks"].text, *made.sentences):
            if "100%" in said or "100.0%" in said:
                yield Difference("clicks", f"less than 100% for {value} of {target}", said)

    return Case(draft, check)


CLAIMS = (
    Claim("halves of quotients are rounded away from zero", _ties_of_quotients),
    Claim("halves of changes are rounded away from zero", _ties_of_changes),
    Claim("halves of short forms are rounded away from zero", _compact),
    Claim(
        "what rounds to a thousand of a short form takes the next",
        partial(_compact, values=(999_950, 999_999, 999_949)),
    ),
    Claim("labels of an axis have the digits of their step, and all are there", _axis),
    Claim("what is not 0 does not print as 0 on a card", _not_zero),
    Claim("what is not whole does not print as 100 % on a card", _not_whole),
    Claim("the author's decimals win", _decimals_win),
    Claim("a table prints what is below and above its digits, and the workbook follows", _tables),
    Claim("a share that is not 0 or whole does not print as such", _shares),
    Claim("a change that is not 0 is not level", _not_level),
    Claim("a change in a table that is not 0 is not level", _not_level_in_a_table),
    Claim("a goal that was missed is not at 100 %", _missed_goal),
)
