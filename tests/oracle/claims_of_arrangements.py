"""Claims about tables that their author arranges: computed columns, chosen rows, the others added up, and the total."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from tests.oracle.claims import Case, Claim, Difference, Draft, differing
from tests.oracle.display import LOCALES, exact, quotient, value_text
from tests.oracle.windows import drawn_window

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from random import Random

    from tests.oracle.made_report import Made

_NAMES = ("Brand", "Generic", "Video", "Display", "Search", "Local", "Café", "Ünit", "test A", "Test b")

Cells: TypeAlias = "tuple[int, float]"
Part: TypeAlias = "dict[str, Cells]"


def _letters(name: str) -> str:
    """Return a name in small letters without their accents, by which rows of one value are sorted."""
    return unicodedata.normalize("NFD", name.casefold()).encode("ascii", "ignore").decode()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an author asks of a table: the fewest clicks of a row, whether tests are left out, and how many rows."""

    least: int | None
    no_tests: bool
    limit: int

    @property
    def where(self) -> str | None:
        """The condition as the author writes it."""
        parts = [f"clicks >= {self.least}"] if self.least is not None else []
        parts += ["not campaign contains 'TEST'"] if self.no_tests else []
        return " and ".join(parts) or None

    def keeps(self, name: str, cells: Cells) -> bool:
        """Return whether a row of a period meets the condition."""
        return (self.least is None or cells[0] >= self.least) and not (self.no_tests and "test" in name.casefold())


def _arranged(draw: Random) -> Case:
    draft = Draft(drawn_window(draw), locale=draw.choice(LOCALES), currency=draw.choice(["USD", "BRL"]))
    now, then = (
        {
            name: (draw.choice([0, draw.randint(1, 900)]), round(draw.uniform(0, 900), 2))
            for name in draw.sample(_NAMES, 8)
        }
        for _ in range(2)
    )
    asked = _Asked(draw.choice([None, 1, 200]), draw.random() < 0.5, draw.randint(1, 6))
    has_total = draw.random() < 0.7
    sent = [
        [*([name, *cells] for name, cells in part.items()), *([_total_row(part)] if has_total else [])]
        for part in (now, then)
    ]
    fields = {
        "cost": {"format": "currency"},
        "cpc": {"label": "CPC", "formula": "cost / clicks"},
        "share": {"formula": "clicks / clicks.total", "format": "percent"},
    }
    keys: dict[str, Any] = {"fields": fields, "sort_by": "-clicks", "limit": asked.limit, "other": "Rest"}
    keys |= {"where": asked.where} if asked.where else {}
    draft.table("campaigns", *sent, metrics=("clicks", "cost"), format="count", **keys)
    kept = [name for name, cells in now.items() if asked.keeps(name, cells)]
    order = sorted(kept, key=lambda name: (-now[name][0], _letters(name)))
    order += [name for name, cells in then.items() if name not in now and asked.keeps(name, cells)]
    totals = [_sums(cells for name, cells in part.items() if asked.keeps(name, cells)) for part in (now, then)]

    def check(made: Made) -> Iterator[Difference]:
        if not order:
            yield from differing("campaigns", "no_data", made.block("campaigns")["state"])
            return
        table = made.table("campaigns")
        names, *columns = table["columns"]
        yield from differing("campaigns, rows", order, names["values"])
        for at, field in enumerate(("values", "baseline")):
            part, of = (now, then)[at], totals[at]
            expected = [_computed(part.get(name), of) for name in order]
            yield from differing(f"campaigns, {field}", expected, _rows(columns, field))
        rest = order[asked.limit :]
        for row, part, of in (("other", now, totals[0]), ("other_baseline", then, totals[1])):
            sums = _sums(part[name] for name in rest if name in part)
            there = any(name in part for name in rest)
            cells = [None] * 4 if not there else list(_computed(sums, of))
            yield from differing(f"campaigns, {row}", ["Rest", *cells] if rest else None, _near(table[row]))
        if has_total:
            for row, part, of in (("total", now, totals[0]), ("total_baseline", then, totals[1])):
                some = any(asked.keeps(name, cells) for name, cells in part.items())  # no rows have no sum
                summed = list(_computed(of if some else None, of))
                yield from differing(f"campaigns, {row}", summed, (_near(table[row]) or [])[1:])
        if rest and any(name in now for name in rest):
            printed = made.page["campaigns"].tables[0].rows[-1]
            clicks = value_text(sum(now[name][0] for name in rest if name in now), "count", draft.locale)
            yield from differing("campaigns, Other on the page", ["Rest", clicks], list(printed[:2]))

    return Case(draft, check)


def _total_row(part: Part) -> list[Any]:
    clicks, cost = _sums(part.values())
    return ["Total", clicks, float(cost)]


def _sums(rows: Iterable[Cells]) -> tuple[int, Decimal]:
    found = list(rows)
    return sum(clicks for clicks, _ in found), sum((exact(cost) for _, cost in found), Decimal(0))


def _computed(
    cells: tuple[int, float | Decimal] | None, total: tuple[int, Decimal]
) -> tuple[float | None, float | None, float | None, float | None]:
    """Return the cells of a row with its cost of a click and its share of the clicks."""
    if cells is None:
        return None, None, None, None
    clicks, cost = cells[0], cells[1] if isinstance(cells[1], Decimal) else exact(cells[1])
    cpc = float(quotient(cost, Decimal(clicks))) if clicks else None
    share = float(quotient(Decimal(clicks), Decimal(total[0]))) if total[0] else None
    return clicks, float(cost), _digits(cpc), _digits(share)


def _rows(columns: list[dict[str, Any]], field: str) -> list[tuple[float | None, ...]]:
    return [tuple(map(_digits, row)) for row in zip(*(column[field] for column in columns), strict=True)]


def _near(row: list[Any] | None) -> list[Any] | None:
    return None if row is None else [cell if isinstance(cell, str) else _digits(cell) for cell in row]


def _digits(value: float | None) -> float | None:
    """Return a value without what a float's last digits may differ by."""
    return None if value is None else round(value, 9)


CLAIMS = (Claim("arranged tables are computed, chosen, limited and added up by hand alike", _arranged),)
