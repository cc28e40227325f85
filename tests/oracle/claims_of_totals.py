"""Claims about total rows: which rows are totals, what they are held against, and when a rate in one is printed."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.oracle.claims import Case, Claim, Difference, Draft, differing
from tests.oracle.display import quotient, value_text
from tests.oracle.display import total as total_of
from tests.oracle.windows import drawn_window, month

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.oracle.made_report import Made

_WORDS = (
    *("Grand Total", "Totals", "Total geral", "Totais", "Totales", "Total general", "Total général", "Totaux"),
    *("Gesamt", "Summe", "Totale", "Totaal", "الإجمالي", "合計", "总计"),
)
_NAMES = ("Brand", "Generic", "Video", "Display", "Search", "Local")


def _rows(draw: Random, count: int = 4) -> list[list[Any]]:
    return [[name, draw.randint(60, 900)] for name in draw.sample(_NAMES, k=count)]


def _total_words(draw: Random, cells: tuple[Any, ...], **keys: Any) -> Case:  # noqa: ANN401 - of a spec
    """Draw a table for each of some first cells of its last row."""
    draft = Draft(drawn_window(draw))
    drawn = {}
    for number, cell in enumerate(cells):
        now, then = _rows(draw), _rows(draw)
        sums = [sum(row[1] for row in rows) for rows in (now, then)]
        sent = [[*rows, [cell, value]] for rows, value in zip((now, then), sums, strict=True)]
        draft.table(f"table_{number}", *sent, format="count", sort_by="-clicks", **keys)
        drawn[f"table_{number}"] = cell, now, sums[0]

    def check(made: Made) -> Iterator[Difference]:
        for name, (cell, now, total) in drawn.items():
            table = made.table(name)
            yield from differing(f"{name}, total {cell}", total, table["total"] and table["total"][1])
            rows = zip(table["columns"][0]["values"], table["presence"], strict=True)
            got = sorted(str(row) for row, found in rows if found != "baseline")
            yield from differing(f"{name}, rows", sorted(row[0] for row in now), got)
            if not made.page[name].tables[0].total:
                yield Difference(f"{name} on the page", f"a total row of {cell}", "none")

    return Case(draft, check)


def _no_total(draw: Random) -> Case:
    draft = Draft(drawn_window(draw))
    rows = [["Total", draw.randint(60, 900)], *_rows(draw)]
    draft.table("campaigns", rows, _rows(draw), format="count")

    def check(made: Made) -> Iterator[Difference]:
        table = made.table("campaigns")
        yield from differing("campaigns, total", None, table["total"])
        yield from differing("campaigns", [row[0] for row in rows], table["columns"][0]["values"][: len(rows)])

    return Case(draft, check)


def _no_total_by_choice(draw: Random) -> Case:
    draft = Draft(drawn_window(draw, compared=False))
    rows = [*_rows(draw), ["Total", 70]]
    draft.table("campaigns", rows, format="count", total_row=False)

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("campaigns", [row[0] for row in rows], made.table("campaigns")["columns"][0]["values"])

    return Case(draft, check)


def _held(draw: Random, off: int, *, additive: bool | None, code: bool, metric: str = "clicks") -> Case:
    """Draw a table whose total is off by so much from the sum of its rows."""
    draft = Draft(drawn_window(draw, compared=False))
    rows = _rows(draw)
    total = sum(row[1] for row in rows) + off
    keys: dict[str, Any] = {} if additive is None else {"additive": additive}
    draft.table("campaigns", [*rows, ["Total", total]], metrics=(metric,), format="count", **keys)

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("campaigns", code, "W-SUM" in made.codes("campaigns"))
        yield from differing("campaigns, total", total, made.table("campaigns")["total"][1])
        said = " ".join(one["text"] for one in made.warnings)
        if off > 0 and not code and additive is None and metric == "clicks" and "incomplete" not in said:
            yield Difference("campaigns", "a caution that the rows are incomplete", said)

    return Case(draft, check)


def _strict(draw: Random, off: int, verdict: str) -> Case:
    case = _held(draw, off, additive=None, code=off < 0)
    case.draft.options = ["--strict"]

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("the report", verdict, made.verdict)

    return Case(case.draft, check)


def _rounding_is_no_difference(draw: Random) -> Case:
    draft = Draft(drawn_window(draw, compared=False))
    parts = [round(draw.uniform(5, 90), 2) for _ in range(4)]
    total = float(total_of(parts)) + 1e-13
    rows = [[name, part] for name, part in zip(_NAMES, parts, strict=False)]
    draft.table("campaigns", [*rows, ["Total", total]], metrics=("cost",), format="currency")

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("campaigns", False, "W-SUM" in made.codes())  # noqa: FBT003 - what is expected

    return Case(draft, check)


def _unnamed_total(draw: Random) -> Case:
    draft = Draft(drawn_window(draw, compared=False))
    rows: list[list[Any]] = [
        [name, draw.randint(60, 900), draw.randint(1000, 9000)] for name in draw.sample(_NAMES, k=4)
    ]
    last = ["All of it", sum(row[1] for row in rows), sum(row[2] for row in rows)]
    draft.table("campaigns", [*rows, last], metrics=("clicks", "impressions"), format="count")

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("campaigns", True, "W-TOTAL" in made.codes("campaigns"))  # noqa: FBT003 - what is expected

    return Case(draft, check)


def _no_caution_of_a_right_total(draw: Random) -> Case:
    draft = Draft(drawn_window(draw, compared=False))
    rows: list[list[Any]] = [
        [name, draw.randint(60, 900), round(draw.uniform(0.01, 0.08), 4)] for name in draw.sample(_NAMES, k=4)
    ]
    middle = sorted(row[2] for row in rows)[1]
    draft.table("campaigns", [*rows, ["Total", sum(row[1] for row in rows), middle]], metrics=("clicks", "ctr"), **_CTR)

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("campaigns", set(), made.codes() & {"W-SUM", "W-TOTAL"})
        total = made.page["campaigns"].tables[0].total
        if value_text(middle, "percent", "en") not in total:
            yield Difference("campaigns, total", value_text(middle, "percent", "en"), total)

    return Case(draft, check)


_CTR: dict[str, Any] = {"format": "count", "fields": {"ctr": {"format": "percent"}}}


def _summed_rate(draw: Random) -> Case:
    draft = Draft(drawn_window(draw, compared=False))
    rows: list[list[Any]] = [
        [name, draw.randint(60, 900), round(draw.uniform(0.01, 0.08), 4)] for name in draw.sample(_NAMES, k=4)
    ]
    wrong = float(total_of(row[2] for row in rows))
    draft.table("campaigns", [*rows, ["Total", sum(row[1] for row in rows), wrong]], metrics=("clicks", "ctr"), **_CTR)

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("campaigns", True, "W-TOTAL" in made.codes("campaigns"))  # noqa: FBT003 - what is expected
        total = made.page["campaigns"].tables[0].total
        if value_text(wrong, "percent", "en") in total:
            yield Difference("campaigns, total", "a dash for a rate above all of its rows", total)

    return Case(draft, check)


_PARTS = {
    "ctr": ("clicks", "impressions", 1, "percent"),
    "cpc": ("cost", "clicks", 1, "currency"),
    "cpm": ("cost", "impressions", 1000, "currency"),
    "conversion_rate": ("conversions", "clicks", 1, "percent"),
    "roas": ("conversions_value", "cost", 1, "decimal"),
}


def _rate_of_parts(draw: Random, rate: str) -> Case:
    part, whole, factor, unit = _PARTS[rate]
    draft = Draft(month(2026, draw.randint(1, 12), "none"))
    rows: list[list[Any]] = []
    for name in draw.sample(_NAMES, k=4):
        one, other = draw.randint(100, 900), draw.randint(2000, 90_000)
        if rate in {"cpc", "roas"}:
            one, other = other, one
        rows.append([name, one, other, float(round(quotient(Decimal(factor * one), Decimal(other)), 6))])
    parts = [sum(row[at] for row in rows) for at in (1, 2)]
    sent = [*rows, ["Total", *parts, float(total_of(row[3] for row in rows))]]
    fields = {rate: {"format": unit}}
    draft.table("campaigns", sent, metrics=(part, whole, rate), format="count", fields=fields)
    right = value_text(quotient(Decimal(factor * parts[0]), Decimal(parts[1])), unit, "en")

    def check(made: Made) -> Iterator[Difference]:
        total = made.page["campaigns"].tables[0].total
        if not total or total[-1] != right:
            yield Difference("campaigns, total", right, total)

    return Case(draft, check)


def _changed_total(draw: Random) -> Case:
    draft = Draft(drawn_window(draw))
    now, then = _rows(draw), _rows(draw)
    sums = [sum(row[1] for row in rows) for rows in (now, then)]
    sent = [[*rows, ["Total", value]] for rows, value in zip((now, then), sums, strict=True)]
    draft.table("campaigns", *sent, format="count")

    def check(made: Made) -> Iterator[Difference]:
        table = made.table("campaigns")
        yield from differing("campaigns", tuple(sums), (table["total"][1], table["total_baseline"][1]))
        texts = [value_text(value, "count", "en") for value in sums]
        total = made.page["campaigns"].tables[0].total
        for text in texts:
            if text not in total:
                yield Difference("campaigns, total", text, total)

    return Case(draft, check)


CLAIMS = (
    Claim("a last row called Total is a total", partial(_total_words, cells=("Total", "total", " TOTAL "))),
    Claim("a last row called Total with a colon is a total", partial(_total_words, cells=("Total:", "TOTAL :"))),
    Claim("a last row called by a word for total, in ten languages, is a total", partial(_total_words, cells=_WORDS)),
    Claim("a last row whose object says Total is a total", partial(_total_words, cells=({"text": "Total"},))),
    Claim(
        "a last row is a total where its cell says what the author wrote",
        partial(_total_words, cells=("Everything",), total_row="everything"),
    ),
    Claim("a row called Total that is not the last is a row", _no_total),
    Claim("a last row called Total is a row where the author says so", _no_total_by_choice),
    Claim("rows that add up to more than the total are a caution", partial(_held, off=-17, additive=None, code=True)),
    Claim("rows that add up to less than the total are incomplete", partial(_held, off=800, additive=None, code=False)),
    Claim(
        "rows that the author says add up, and do not, are a caution", partial(_held, off=800, additive=True, code=True)
    ),
    Claim("rows that add up to more than the total hold a strict report", partial(_strict, off=-17, verdict="held")),
    Claim("rows that add up to less than the total hold nothing", partial(_strict, off=800, verdict="done")),
    Claim(
        "rows of what does not add up may be more than the total",
        partial(_held, off=-17, additive=None, code=False, metric="reach"),
    ),
    Claim("the last digit of a float is no difference", _rounding_is_no_difference),
    Claim("an unnamed last row that is the sum of the others is a caution", _unnamed_total),
    Claim("a right total is no caution, and its rate is printed", _no_caution_of_a_right_total),
    Claim("a rate that was added up is not printed in the total", _summed_rate),
    *(
        Claim(f"{rate} of the total is worked out from its parts", partial(_rate_of_parts, rate=rate))
        for rate in _PARTS
    ),
    Claim("a total is compared with the compared total", _changed_total),
)
