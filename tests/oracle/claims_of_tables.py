"""Claims about the rows and cells of tables: joined by name, sorted, cut, and with texts among the numbers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from tests.oracle.claims import Case, Claim, Difference, Draft, differing
from tests.oracle.claims_of_numbers import is_close_call
from tests.oracle.display import LOCALES, change_text, value_text
from tests.oracle.windows import drawn_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.oracle.made_report import Made

_NAMES = ("Brand", "Generic", "Video", "Display", "Search", "Local", "Café", "Ünit")


def _joined(draw: Random, formats: str = "json,html") -> Case:
    draft = Draft(
        drawn_window(draw), locale=draw.choice(LOCALES), currency=draw.choice(["USD", "BRL"]), formats=formats
    )
    now, then = (
        {name: (draw.randint(60, 90_000), round(draw.uniform(0, 900), 2)) for name in draw.sample(_NAMES, k=6)}
        for _ in range(2)
    )
    fields = {"cost": {"format": "currency"}}
    sent = [[[name, *cells] for name, cells in part.items()] for part in (now, then)]
    draft.table("campaigns", *sent, metrics=("clicks", "cost"), format="count", sort_by="-clicks", fields=fields)
    order = sorted(now, key=lambda name: -now[name][0]) + [name for name in then if name not in now]

    def check(made: Made) -> Iterator[Difference]:
        names, *columns = made.table("campaigns")["columns"]
        yield from differing("campaigns", order, names["values"])
        for at, column in enumerate(columns):
            expected = [(_cell(now, name, at), _cell(then, name, at)) for name in order]
            yield from differing("campaigns", expected, list(zip(column["values"], column["baseline"], strict=True)))
        for name, row in zip(order, made.page["campaigns"].tables[0].rows, strict=True):
            yield from _row(draft, name, [part.get(name) for part in (now, then)], row)

    return Case(draft, check)


def _cell(part: dict[str, tuple[int, float]], name: str, at: int) -> float | None:
    return part[name][at] if name in part else None


def _row(draft: Draft, name: str, cells: list[tuple[int, float] | None], row: tuple[str, ...]) -> Iterator[Difference]:
    """Hold a row of the page against the two rows that it was made from."""
    for at, unit in enumerate(("count", "currency")):
        pair = [None if part is None else part[at] for part in cells]
        texts = [value_text(value, unit, draft.locale, draft.currency) for value in pair if value is not None]
        expected = texts if unit == "count" else texts[:1] if pair[0] is not None else []
        missing = [text for text in expected if text not in row]
        if missing:
            yield Difference(f"campaigns, row {name}", missing, row)
        now, then = pair
        narrow = unit == "currency" and len(row) < 6  # a page too narrow for the change of a second column
        if now is not None and then and not narrow and not is_close_call(now, then):
            moved = change_text(now, then, unit, draft.locale, draft.currency)
            if not any(moved in cell for cell in row):
                yield Difference(f"campaigns, row {name}", moved, row)


def _every_file(draw: Random) -> Case:
    case = _joined(draw, "json,html,csv,xlsx,pdf")

    def check(made: Made) -> Iterator[Difference]:
        names, clicks, cost = made.table("campaigns")["columns"]
        book = made.sheet("Campaigns")[1 : 1 + len(names["values"])]
        rows = [list(row.values()) for row in made.csv_rows("campaigns")]
        pdf = made.pdf_text.replace(" ", "")
        for at, name in enumerate(names["values"]):
            now, then = clicks["values"][at], clicks["baseline"][at]
            moved = None if None in {now, then} else now - then
            yield from differing(f"workbook, row {name}", [name, now, then], list(book[at][:3]))
            yield from differing(f"workbook, change of {name}", moved, book[at][3] if moved is not None else None)
            texts = [name, *("" if one is None else str(one) for one in (now, then, moved))]
            yield from differing(f"CSV, row {name}", texts, rows[at][:4])
            yield from differing(f"workbook, cost of {name}", cost["values"][at], book[at][5])
            printed = [text for text in made.page["campaigns"].tables[0].rows[at] if any(map(str.isdigit, text))]
            lacking = [text for text in printed if text.lstrip("▲▼→ ").replace(" ", "") not in pdf]
            yield from differing(f"PDF, row {name}", [], lacking if case.draft.locale != "ar" else [])

    return Case(case.draft, check)


def _text_among_numbers(draw: Random) -> Case:
    draft = Draft(drawn_window(draw))
    now: list[list[Any]] = [[name, draw.randint(60, 900)] for name in _NAMES[:5]]
    then: list[list[Any]] = [[name, draw.randint(60, 900)] for name in _NAMES[:5]]
    now[2][1] = draw.choice(["n/a", "-", "unknown"])
    draft.table("campaigns", now, then, format="count")

    def check(made: Made) -> Iterator[Difference]:
        column = made.table("campaigns")["columns"][1]
        expected = [value if isinstance(value, int) else None for _, value in now]
        yield from differing("campaigns", expected, column["values"])
        rows = made.page["campaigns"].tables[0].rows
        for (name, value), (_, before), row in zip(now, then, rows, strict=True):
            moved = change_text(value, before, "count", "en") if isinstance(value, int) else ""
            if not any(moved in cell for cell in row):
                yield Difference(f"campaigns, row {name}", moved, row)

    return Case(draft, check)


def _objects(draw: Random) -> Case:
    draft = Draft(drawn_window(draw, compared=False))
    numbers = [draw.randint(60, 900) for _ in range(3)]
    cells: list[Any] = [{"text": "many", "value": numbers[0]}, str(numbers[1]), numbers[2]]
    rows = [[{"text": name, "url": "https://example.com/a"}, cell] for name, cell in zip(_NAMES, cells, strict=False)]
    draft.table("campaigns", rows, format="count")

    def check(made: Made) -> Iterator[Difference]:
        names, values = made.table("campaigns")["columns"]
        yield from differing("campaigns", list(_NAMES[:3]), names["values"])
        yield from differing("campaigns", numbers, values["values"])

    return Case(draft, check)


def _cut(draw: Random) -> Case:
    draft = Draft(drawn_window(draw, compared=False))
    rows = list(zip(_NAMES, draw.sample(range(60, 9000), k=8), strict=True))
    limit = draw.randint(2, 5)
    draft.table("campaigns", rows, format="count", sort_by="-clicks", limit=limit)
    order = sorted(rows, key=lambda row: -row[1])

    def check(made: Made) -> Iterator[Difference]:
        table = made.table("campaigns")
        yield from differing("campaigns", (limit, len(rows)), (table["shown"], table["of"]))
        yield from differing("campaigns", [row[0] for row in order], table["columns"][0]["values"])

    return Case(draft, check)


def _empty(draw: Random) -> Case:
    draft = Draft(drawn_window(draw))
    draft.table("campaigns", [], [["Brand", 7]], format="count")
    draft.chart("daily", [], [[]], format="count")
    draft.table("alone", [["Brand", 90]], [], format="count")
    draft.table("only_a_total", [["Brand", 90]], [["Total", 0]], format="count")

    def check(made: Made) -> Iterator[Difference]:
        for name in ("campaigns", "daily"):
            yield from differing(name, "no_data", made.block(name)["state"])
        yield from differing("alone", "no_data", made.table("alone")["baseline_missing"])

    return Case(draft, check)


def _only_a_total(draw: Random) -> Case:
    """A compared answer that is a total of nothing has no row."""
    draft = Draft(drawn_window(draw))
    draft.table("campaigns", [["Brand", 90], ["Generic", draw.randint(60, 80)]], [["Total", 0]], format="count")

    def check(made: Made) -> Iterator[Difference]:
        yield from differing("campaigns", ["Brand", "Generic"], made.table("campaigns")["columns"][0]["values"])

    return Case(draft, check)


def _number_among_words(draw: Random, *, said: bool) -> Case:
    """Draw a metric whose cells are words, names that look like numbers, and a number or two."""
    draft = Draft(drawn_window(draw), locale=draw.choice(["en", "pt-BR"]), formats="json,html,xlsx,csv")
    numbers = [draw.choice([2025, 1234567, 0.5]), "2024"]
    words = [*draw.sample(["Spring sale", "Launch", "Brand film", "n/a"], k=3), *numbers]
    draw.shuffle(words)
    rows = [[name, word, draw.randint(60, 900)] for name, word in zip(_NAMES, words, strict=False)]
    fields: dict[str, Any] = {"clicks": {"format": "count"}}
    if said:
        fields["ad"] = {"format": "text"}
    before = [[name, draw.choice(["Launch", "n/a"]), draw.randint(60, 900)] for name, *_ in rows]
    draft.table("campaigns", rows, before, metrics=("ad", "clicks"), fields=fields)
    expected = [str(word) for word in words]

    def check(made: Made) -> Iterator[Difference]:
        column = made.table("campaigns")["columns"][1]
        yield from differing("campaigns", expected, column["values"])
        table = made.page["campaigns"].tables[0]
        printed = [row[table.heads.index("Ad")] for row in table.rows]
        yield from differing("campaigns, page", expected, printed)
        sheet = made.sheet("Campaigns")
        head = next(row for row in sheet if "Ad" in row)
        cells = {row[0]: row[head.index("Ad")] for row in sheet}
        yield from differing("campaigns, workbook", expected, [cells.get(name) for name, *_ in rows])
        yield from differing("campaigns, CSV", expected, [row["Ad"] for row in made.csv_rows("campaigns")])
        yield from differing("campaigns", False, "W-TEXT" in made.codes())  # noqa: FBT003 - what is expected

    return Case(draft, check)


CLAIMS = (
    Claim("rows are joined by name, sorted, and printed with their changes, in every language", _joined),
    Claim("the workbook and the CSV hold the rows of the page", _every_file),
    Claim("a text in a column of numbers is a missing value and ends no comparison", _text_among_numbers),
    Claim("a number in a column of words is a word", partial(_number_among_words, said=False)),
    Claim("a number in a column that the author calls text is a word", partial(_number_among_words, said=True)),
    Claim("objects are names where rows are named and numbers where they are measured", _objects),
    Claim("rows beyond the limit are counted and kept", _cut),
    Claim("empty answers are no data", _empty),
    Claim("a compared total of nothing is no row", _only_a_total),
)
