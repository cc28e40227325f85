"""Claims about two comparisons: each is with the value of its own days, named, and in every file."""

from __future__ import annotations

from calendar import month_abbr, month_name
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.oracle.claims import Case, Claim, Difference, Draft, differing
from tests.oracle.claims_of_numbers import is_close_call
from tests.oracle.display import change_text, exact, quotient, value_text
from tests.oracle.windows import compared_twice, month

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from random import Random

    from tests.oracle.made_report import Made


def _twice(draw: Random) -> Case:
    """Draw numbers, a list and a formula in a month that is compared twice, one number without a second comparison."""
    compare = draw.choice(["previous_period", "same_period_last_year"])
    window = compared_twice(month(draw.choice([2024, 2025, 2026]), draw.randint(1, 12), compare))
    assert window.before
    assert window.second
    draft = Draft(window, formats="json,html,xlsx,pdf")
    values = {name: [draw.randint(100, 90_000) for _ in range(3)] for name in ("clicks", "calls")}
    for name, (now, before, then) in values.items():
        draft.number(name, now, before, format="count")
        draft.answered(name, window.second[1], then)
    draft.number("alone", 5, 4, format="count", compare=compare)
    draft.formula("each", "clicks / calls", format="decimal")
    draft.blocks.append({"name": "listed", "metric_list": ["clicks", "alone"]})
    days = [window.before, window.second[1]]

    def check(made: Made) -> Iterator[Difference]:
        starts = [one["start"] for one in made.report["baselines"]]
        yield from differing("the report", [str(start) for start, _ in days], starts)
        for name, (now, *compared) in values.items():
            reading = made.reading(name)
            found = [reading, *reading["further"]]
            yield from differing(name, compared, [one["baseline"] for one in found])
            yield from differing(name, [now - then for then in compared], [one["change"]["absolute"] for one in found])
            yield from _said(made, name, now, list(zip(compared, days, strict=True)))
        yield from differing("alone", [], made.reading("alone")["further"])
        quotients = [quotient(Decimal(one), Decimal(other)) for one, other in zip(*values.values(), strict=True)]
        each = made.reading("each")
        for expected, got in zip(
            quotients, [each["value"], each["baseline"], each["further"][0]["baseline"]], strict=True
        ):
            if abs(exact(got) - expected) > Decimal("1e-12") * expected:
                yield Difference("each", expected, got)

    return Case(draft, check)


def _said(made: Made, name: str, now: int, compared: list[tuple[int, tuple[date, date]]]) -> Iterator[Difference]:
    """Yield what the card, the list, the PDF and the workbook lack of a number: changes and values with their days."""
    row = next(row for row in made.sheet() if row[1] == name.capitalize())
    heading = next(row for row in made.sheet() if row[1] == "Measure")
    for at, (then, (start, _end)) in enumerate(compared):
        column = 3 + 3 * at
        yield from differing(f"{name} in the workbook", [then, now - then], list(row[column : column + 2]))
        days = [f"{names[start.month]} {start.year}" for names in (month_name, month_abbr)]
        yield from differing(f"{name} in the workbook", days[1], heading[column])
        text = value_text(then, "count", "en")
        moved = change_text(now, then, "count", "en")
        places = {name: made.page[name].text, "the PDF": made.pdf_text}
        if name == "clicks":
            places["listed"] = made.page["listed"].text
        for place, said in places.items():
            if not any(f"{text} in {day}" in said for day in days):
                yield Difference(place, f"{text} in {days[0]}", said[:400])
            if moved not in said and not is_close_call(now, then):
                yield Difference(place, moved, said[:400])


def _lost(draw: Random) -> Case:
    """Draw a number whose second comparison could not be read, or was not asked for in a file made by hand."""
    window = compared_twice(month(2026, draw.randint(1, 12)))
    assert window.second
    then, is_failed = window.second[1], draw.choice([True, False])
    draft = Draft(window)
    draft.number("clicks", draw.randint(10, 900), draw.randint(10, 900), format="count")
    draft.lost("clicks", then, {"message": "Sorry", "type": "internal_error"} if is_failed else None)

    def check(made: Made) -> Iterator[Difference]:
        (further,) = made.reading("clicks")["further"]
        expected = ("failed", "degraded") if is_failed else ("not_requested", "done")
        yield from differing(
            "clicks", (*expected, None), (further["baseline_missing"], made.verdict, further["change"])
        )
        word = f"{month_name[then[0].month]} {then[0].year}: not read"
        if (word in made.page["clicks"].text) != is_failed:
            yield Difference("clicks", word if is_failed else f"nothing of {word}", made.page["clicks"].text)

    return Case(draft, check)


CLAIMS = (
    Claim("two comparisons are each with the value of their own days, in every file", _twice),
    Claim("a second comparison that is missing says why", _lost),
)
