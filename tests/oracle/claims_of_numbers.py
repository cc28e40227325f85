"""Claims about single numbers: values, changes, missing values, formulas, and the API's own differences."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.oracle.claims import Case, Claim, Difference, Draft, differing
from tests.oracle.display import DURATIONS, LOCALES, RATES, change_text, exact, quotient, value_text
from tests.oracle.windows import drawn_window, month

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.oracle.display import Number
    from tests.oracle.made_report import Made

_UNITS = (
    "count",
    "decimal",
    "percent",
    "percent_100",
    "currency",
    "seconds",
    "minutes",
    "hours",
    "milliseconds",
    "raw",
)
_CURRENCIES = ("USD", "BRL", "EUR", "JPY", "KWD")


def drawn_value(draw: Random, unit: str) -> Number:
    """Draw a value that a unit may have: tiny, ordinary, large, negative."""
    if unit == "count":
        return draw.choice([draw.randint(0, 60), draw.randint(50, 99_000), draw.randint(10**6, 10**12)])
    if unit == "percent":
        return round(draw.uniform(0.002, 0.9), draw.choice([3, 4, 6]))
    if unit == "currency":
        return round(draw.uniform(-500, 90_000), 2)
    if unit == "milliseconds":
        return draw.choice([draw.randint(10, 5000), round(draw.uniform(10, 90), 2)])
    if unit in DURATIONS:
        return draw.choice([draw.randint(1, 5000), round(draw.uniform(0.05, 90), 2)])
    return round(draw.uniform(0.3, 4000), draw.choice([0, 1, 2, 3]))


def _cards(draw: Random, formats: str = "json,html") -> Case:
    draft = Draft(drawn_window(draw), locale=draw.choice(LOCALES), currency=draw.choice(_CURRENCIES), formats=formats)
    drawn: dict[str, tuple[str, Number, Number]] = {}
    for unit in _UNITS:
        value, before = drawn_value(draw, unit), drawn_value(draw, unit)
        drawn[f"n_{unit}"] = unit, value, before
        keys = {} if unit == "raw" else {"format": unit}
        draft.number(f"n_{unit}", value, before, direction=draw.choice(["up_is_good", "down_is_good"]), **keys)
    directions = {one["name"]: one["direction"] for one in draft.blocks}

    def check(made: Made) -> Iterator[Difference]:
        for name, (unit, value, before) in drawn.items():
            reading, card = made.reading(name), made.page[name]
            yield from differing(name, (value, before), (reading["value"], reading["baseline"]))
            yield from _change(name, unit, value, before, reading["change"])
            good = (value > before) == (directions[name] == "up_is_good")
            word = "neutral" if value == before else "good" if good else "bad"
            yield from differing(name, word, reading["change"]["judgement"])
            yield from differing(name, value_text(value, unit, draft.locale, draft.currency), card.value)
            moved = change_text(value, before, unit, draft.locale, draft.currency)
            if is_close_call(value, before):
                continue
            if moved not in card.change:
                yield Difference(name, moved, card.change)
            previous = value_text(before, unit, draft.locale, draft.currency)
            if previous not in card.text:
                yield Difference(name, previous, card.text)

    return Case(draft, check)


def _change(name: str, unit: str, value: Number, before: Number, made: object) -> Iterator[Difference]:
    assert isinstance(made, dict)
    moved = exact(value) - exact(before)
    yield from differing(name, moved, exact(made["absolute"]))
    if unit in RATES or not before:
        yield from differing(name, None, made["relative"])
        return
    share = quotient(moved, abs(exact(before)))
    if abs(Decimal(made["relative"]) - share) > abs(share) * Decimal("1e-12"):
        yield Difference(name, share, made["relative"])


def is_close_call(value: Number, before: Number) -> bool:
    """Tell whether a change lies half-way between two that print, or is all but 0 or 100 %: claims of rounding."""
    if not before:
        return False
    tenths = quotient(1000 * (exact(value) - exact(before)), abs(exact(before)))
    return abs(tenths % 1) == Decimal("0.5") or any(
        0 < abs(abs(tenths) - whole) < Decimal("0.5") for whole in (0, 1000)
    )


def _cards_of_every_file(draw: Random) -> Case:
    case = _cards(draw, formats="json,html,pdf,xlsx")
    names = {one["label"]: one["name"] for one in case.draft.blocks}

    def check(made: Made) -> Iterator[Difference]:
        found = {row[1]: row[2:4] for row in made.sheet() if row[1] in names}
        yield from differing("the summary sheet", set(names), set(found))
        for label, cells in found.items():
            reading = made.reading(names[str(label)])
            days = quotient(DURATIONS.get(reading["unit"]["as"], Decimal(86_400)), Decimal(86_400))
            for part, cell in zip(("value", "baseline"), cells, strict=True):
                if not _near(exact(reading[part]) * days, cell):
                    yield Difference(names[str(label)], exact(reading[part]) * days, cell)
        for name in names.values():
            text = made.page[name].value.replace(" ", "")
            if case.draft.locale != "ar" and text not in made.pdf_text.replace(" ", ""):
                yield Difference(name, f"{text} in the PDF", "no such text")

    return Case(case.draft, check)


def _near(expected: Decimal, got: object) -> bool:
    if isinstance(got, timedelta):  # what openpyxl reads Excel's days as, to the millisecond
        return abs(quotient(exact(got.total_seconds()), Decimal(86_400)) - expected) < Decimal("1e-8")
    return isinstance(got, int | float) and abs(exact(got) - expected) <= abs(expected) * Decimal("1e-12")


def _fallen_durations(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12)), formats="json,html,xlsx")
    value, before = draw.randint(10, 90), draw.randint(100, 900)
    draft.number("time", value, before, format="seconds")
    draft.table("pages", [["Home", value], ["Shop", 50]], [["Home", before], ["Shop", 70]], format="seconds")

    def check(made: Made) -> Iterator[Difference]:
        moved = Decimal(value - before)  # in seconds, since Excel shows no negative part of a day
        cells = {"time": next(row for row in made.sheet() if row[1] == "Time")[4], "pages": made.sheet("Pages")[1][3]}
        for name, cell in cells.items():
            if not _near(moved, cell):
                yield Difference(f"{name}, change in the workbook", moved, cell)

    return Case(draft, check)


def _zero_baselines(draw: Random) -> Case:
    draft = Draft(drawn_window(draw), locale=draw.choice(LOCALES))
    value, cost = draw.randint(1, 5000), round(draw.uniform(1, 900), 2)
    draft.number("clicks", value, 0, format="count")
    draft.number("cost", -cost, 0, format="currency")
    draft.number("calls", 0, 0, format="count")
    draft.number("loss", cost, -cost, format="currency")

    def check(made: Made) -> Iterator[Difference]:
        for name in ("clicks", "cost", "calls"):
            yield from differing(name, None, made.reading(name)["change"]["relative"])
        texts = {
            "clicks": "+" + value_text(value, "count", draft.locale),
            "cost": value_text(-cost, "currency", draft.locale),
            "calls": "0",
            "loss": change_text(cost, -cost, "currency", draft.locale),
        }
        for name, text in texts.items():
            if text not in made.page[name].change:
                yield Difference(name, text, made.page[name].change)

    return Case(draft, check)


def _missing(draw: Random) -> Case:
    draft = Draft(drawn_window(draw))
    failures = {"no_data_in_period": "no_data", "internal_error": "failed", "expired_token": "expired"}
    states = {}
    for kind, state in failures.items():
        draft.number(f"n_{kind}", None, answer={"message": "Sorry", "type": kind})
        states[f"n_{kind}"] = state
    draft.number("nothing", None, draw.randint(1, 90), format="count")
    draft.number("lost", 1, format="count")
    draft.without_answer("lost")
    states |= {"nothing": "no_data", "lost": "not_returned"}
    draft.number("new", draw.randint(1, 900), None, format="count")

    def check(made: Made) -> Iterator[Difference]:
        for name, state in states.items():
            yield from differing(name, (state, None), (made.block(name)["state"], made.reading(name)["value"]))
            said = made.page[name].value + made.page[name].change
            if any(letter.isdigit() for letter in said):
                yield Difference(name, "no figure", said)
        new = made.reading("new")
        yield from differing("new", (None, None), (new["baseline"], new["change"]))

    return Case(draft, check)


def _formulas(draw: Random) -> Case:
    draft = Draft(drawn_window(draw))
    cost, leads = round(draw.uniform(100, 5000), 2), draw.randint(3, 97)
    before_cost, before_leads = round(draw.uniform(100, 5000), 2), draw.randint(3, 97)
    draft.number("cost", cost, before_cost, format="currency")
    draft.number("leads", leads, before_leads, format="count")
    draft.number("none", 0, 0, format="count")
    draft.formula("each", "cost / leads", format="currency")
    draft.formula("less", "leads * 2.5 - leads / 7", format="decimal")
    draft.formula("never", "cost / none", format="currency")
    expected = {
        "each": [quotient(exact(one), Decimal(other)) for one, other in ((cost, leads), (before_cost, before_leads))],
        "less": [one * Decimal("2.5") - quotient(Decimal(one), Decimal(7)) for one in (leads, before_leads)],
    }

    def check(made: Made) -> Iterator[Difference]:
        for name, values in expected.items():
            reading = made.reading(name)
            for value, part in zip(values, ("value", "baseline"), strict=True):
                if not _near(value, reading[part]):
                    yield Difference(name, value, reading[part])
        yield from differing("never", None, made.reading("never")["value"])

    return Case(draft, check)


def _large(draw: Random) -> Case:
    draft = Draft(month(2026, draw.randint(1, 12)), locale=draw.choice(LOCALES), formats="json,html,xlsx")
    value, before = draw.randint(10**15, 10**16 - 1), draw.randint(10**15, 10**16 - 1)
    draft.number("views", value, before, format="count")

    def check(made: Made) -> Iterator[Difference]:
        reading = made.reading("views")
        yield from differing("views", (value, before), (reading["value"], reading["baseline"]))
        yield from differing("views", value - before, reading["change"]["absolute"])
        yield from differing("views", value_text(value, "count", draft.locale), made.page["views"].value)
        cells = next(row[2:4] for row in made.sheet() if row[1] == "Views")
        yield from differing("views in the workbook", [str(value), str(before)], [str(cell) for cell in cells])

    return Case(draft, check)


def _own_differences(draw: Random, kind: str) -> Case:
    draft = Draft(drawn_window(draw))
    value, before = draw.randint(100, 900), draw.randint(1000, 4000)
    moved = value - before
    percent = round(100 * moved / before, 4)
    own = {
        "right": {"difference": percent, "absoluteDifference": moved},
        "unsigned": {"difference": abs(percent), "absoluteDifference": abs(moved)},
        "wrong": {"difference": percent, "absoluteDifference": moved - draw.randint(2, 90)},
    }[kind]
    draft.number("clicks", value, before, format="count", own_change=own)

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("clicks", moved, made.reading("clicks")["change"]["absolute"])
        yield from differing("clicks", kind == "wrong", "W-DIFFERENCE" in made.codes())

    return Case(draft, check)


CLAIMS = (
    Claim("values and changes are printed as they are worked out, in every unit and language", _cards),
    Claim("the PDF and the workbook hold the values of the page", _cards_of_every_file),
    Claim("a duration that fell is a number in the workbook", _fallen_durations),
    Claim("from zero there is no percentage, but the difference", _zero_baselines),
    Claim("a missing value is missing for its reason and never a zero", _missing),
    Claim("formulas are worked out from their parts, and never by zero", _formulas),
    Claim("numbers of sixteen digits keep all of them", _large),
    Claim("the API's own right difference is no caution", lambda draw: _own_differences(draw, "right")),
    Claim("the API's own difference without a sign is no caution", lambda draw: _own_differences(draw, "unsigned")),
    Claim("the API's own wrong difference is a caution", lambda draw: _own_differences(draw, "wrong")),
)
