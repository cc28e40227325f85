"""Claims about the names of rows: they are text, and those that differ in nothing but case or space are a caution."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from tests.oracle.claims import Case, Claim, Difference, Draft, differing
from tests.oracle.windows import drawn_window, month

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from tests.oracle.made_report import Made


def _numbers(draw: Random) -> Case:
    draft = Draft(drawn_window(draw), formats="json,html,xlsx,csv")
    names: list[Any] = [2024, "2025", 1_234_567, "Brand", 0.5]
    now = [[name, draw.randint(60, 900)] for name in names]
    draft.table("years", now, [[name, draw.randint(60, 900)] for name in names], format="count", dimensions=["year"])
    printed = [str(name) for name in names]

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("years on the page", printed, [row[0] for row in made.page["years"].tables[0].rows])
        shown = [str(row[0]) for row in made.sheet("Years")[1 : len(names) + 1]]
        yield from differing("years in the workbook", printed, shown)
        formats = [row[0] for row in made.formats("Years")[1 : len(names) + 1]]
        grouped = [one for one in formats if "#,##0" in str(one)]
        yield from differing("years in the workbook, formats", [], grouped)
        yield from differing("years in the CSV", printed, [row["Year"] for row in made.csv_rows("years")])

    return Case(draft, check)


def _joined(draw: Random, change: str) -> Case:
    """Names that came otherwise in the compared period: with a space, as a number, in another form of Unicode."""
    draft = Draft(month(2026, draw.randint(1, 12)))
    names: list[Any] = ["Café da manhã", "Brand", 2025]
    now = [[name, draw.randint(60, 900)] for name in names]
    writers: dict[str, Callable[[Any], Any]] = {
        "space": lambda name: f"{name} " if isinstance(name, str) else name,
        "form": lambda name: unicodedata.normalize("NFD", name) if isinstance(name, str) else name,
        "number": str,
    }
    write = writers[change]
    before = [[write(name), draw.randint(60, 900)] for name in names]
    draft.table("names", now, before, format="count")

    def check(made: Made) -> Iterator[Difference]:
        table = made.table("names")
        yield from differing("names", ["both"] * 3, table["presence"])
        yield from differing("names", [row[1] for row in before], table["columns"][1]["baseline"])

    return Case(draft, check)


def _twins(draw: Random) -> Case:
    draft = Draft(drawn_window(draw))
    twin = draw.choice(["brand", "Brand ", " BRAND"])
    rows = [[name, draw.randint(60, 900)] for name in ("Brand", twin, "Other")]
    draft.table("names", rows, [[row[0], 70] for row in rows], format="count")

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("names", True, "W-NAMES" in made.codes("names"))  # noqa: FBT003 - what is expected
        yield from differing("names", 3, sum(one != "baseline" for one in made.table("names")["presence"]))

    return Case(draft, check)


def _no_twins(draw: Random) -> Case:
    draft = Draft(drawn_window(draw))
    rows = [[name, draw.randint(60, 900)] for name in ("Brand", "Brand 2", "Brands")]
    draft.table("names", rows, [[row[0], 70] for row in rows], format="count")

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("names", False, "W-NAMES" in made.codes())  # noqa: FBT003 - what is expected

    return Case(draft, check)


CLAIMS = (
    Claim("names that are numbers are printed as they came, in every file", _numbers),
    Claim("names are joined without their outer spaces", lambda draw: _joined(draw, "space")),
    Claim("names are joined in one form of Unicode", lambda draw: _joined(draw, "form")),
    Claim("a name that came as a number is the same as text", lambda draw: _joined(draw, "number")),
    Claim("names that differ in case or space alone are a caution", _twins),
    Claim("names that differ otherwise are no caution", _no_twins),
)
