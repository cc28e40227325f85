"""Rows that are drawn look, read, lead and mean what the page engine's own do."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

from reportgen.model import Block, Column, Picture, Section, Table, ToneRule, Unit
from reportgen.outputs.page.stylesheet import printed_stylesheet
from reportgen.outputs.page.table_layout import TableLayout
from reportgen.outputs.pdf.blocks.table_rows import TableRows
from reportgen.outputs.pdf.engine import print_page
from tests.gallery.cases import (
    CASES,
    COUNT,
    MONEY,
    NETWORKS,
    RATE,
    gallery,
    marked_table,
    other_table,
    table_block,
    wave,
    wide_table,
)
from tests.outputs.pages import differences, links, page, texts
from tests.outputs.reports import COMPARED_TABLE, LONG_TABLE, PIXEL, TABLE, report
from tests.outputs.structure import Element, structure

if TYPE_CHECKING:
    from reportgen.model import Report
    from reportgen.outputs.pdf.print_parts import DrawnPart

MOST = 32
"""Of 255: how far an area of 4 x 4 points may be off; the gallery allows its own pictures nearly twice as much."""

PARTED = "\x02"  # PDFium's character for a hyphen at the end of a line
NAMES = (
    "Office traffic: affiliate profiles, first flight offers, fjord",
    "São Paulo – Brötchen, naïve façade, Ærøskøbing, Łódź, žluťoučký kůň",
    "Supercalifragilisticexpialidocioussupercalifragilistic in one word",
    "“AV Ta Yo” Wa. P, F. T- LT’s (1.1) 7/11 r. fi fl ffi",
    "https://example.com/a/very/long/path?with=parameters&and=more#of-them",
    "Αθήνα και Θεσσαλονίκη",
    "Привет, мир и все остальные",
    "  spaces   and\ttabs \n",
)


def names_table(width: int = 12) -> Block:
    """Return a table of names that wrap, some of them links, one of them missing."""
    names = (*NAMES, None)
    columns = (
        Column(
            "name",
            "Name",
            "dimension",
            Unit(),
            names,
            links=tuple(f"https://x.example/{at}" if at % 3 == 0 else None for at in range(9)),
        ),
        Column("second", "Second", "dimension", Unit(), (None, *reversed(names[1:]))),
        Column("reach", "Reach", "metric", COUNT, (*wave(8, 5200), None)),
        Column("rate", "Rate", "metric", RATE, tuple(value / 90_000 for value in wave(9, 4000))),
    )
    table = Table(columns, ("current",) * 9, ("Total", None, 30_000, None), shown=9, of=9)
    return Block(name=f"names-{width}", kind="datatable", label="Names", width=width, source="sample", tables=(table,))


def squeezed_table() -> Block:
    """Return a table whose type is made smaller than the small one."""
    metrics = tuple(
        Column(f"m{at}", f"Metric {at}", "metric", MONEY, wave(8, 9_200_000, at + 2), bar=at == 3) for at in range(11)
    )
    table = Table((Column("name", "Network", "dimension", Unit(), NETWORKS), *metrics), shown=8, of=8)
    return Block(name="squeezed", kind="datatable", label="Squeezed", source="sample", tables=(table,))


def captions_table() -> Block:
    """Return a table of captions with paragraphs, of which two lines are printed, and of all their lines."""
    captions = (
        "Autumn is here, and with it our pumpkin bread. Come by, bring a friend, and tell us which spread you like.",
        "Win a basket!\n\n1. Follow us\n2. Like this post\n3. Name two friends",
        "New hours\nMonday to Saturday",
        "Short",
    )
    columns = (
        Column("media", "Post", "dimension", Unit(), captions, lines=2),
        Column("text", "In full", "dimension", Unit(), captions),
        *(Column(f"m{at}", "Reach", "metric", COUNT, wave(4, 5200, at), bar=at == 1) for at in range(5)),
    )
    table = Table(columns, ("current",) * 4, shown=4, of=4)
    return Block(name="captions", kind="datatable", label="Captions", source="sample", tables=(table,))


ADDRESSES = (
    "orders.wholesale@bakeryinternational.com",
    "/collections/handmadesourdoughsubscriptionsinternational",
    "ABCinternationalizationsubscriptions1234567890",
    "#sourdoughsubscriptionsinternational_autumn",
)


def addresses_table() -> Block:
    """Return a table of addresses and ids in a narrow column, with a long word among them."""
    names = Column(
        "page", "Page", "dimension", Unit(), (*ADDRESSES, "Wiederverkaufsgesellschaftsmitgliederversammlungsprotokoll")
    )
    metrics = (Column(f"m{at}", f"Metric {at}", "metric", MONEY, wave(5, 9_200_000, at + 2)) for at in range(4))
    table = Table((names, *metrics), shown=5, of=5)
    return Block(name="addresses", kind="datatable", label="Addresses", width=7, source="sample", tables=(table,))


def costs_table() -> Block:
    """Return a table whose changes have words: a cost that falls is better, one that rises is worse."""
    costs = Column("cost", "Cost", "metric", MONEY, (5, 20, 10), (10, 10, 10), direction="down_is_good")
    clicks = Column("clicks", "Clicks", "metric", COUNT, (5, 20, 10), (10, 10, 10), direction="up_is_good")
    names = Column("name", "Campaign", "dimension", Unit(), ("Sandals", "Boots", "Socks"))
    table = Table((names, costs, clicks), ("both",) * 3, ("Total", 35, 35), ("Total", 30, 30), shown=3, of=3)
    return Block(name="costs", kind="datatable", label="Costs", source="sample", tables=(table,))


@lru_cache(maxsize=2)
def tables() -> Report:
    """Return a report of the gallery's tables, and of what stands in none of them."""
    shown = (other_table(), *map(table_block, CASES), marked_table(), wide_table(), names_table(), names_table(6))
    shown += (squeezed_table(), captions_table(), addresses_table(), costs_table())
    return replace(gallery(), sections=(Section("Tables", (*shown, COMPARED_TABLE, LONG_TABLE)),))


def printed(whole: Report, *, drawn: bool = True, tagged: bool = False) -> tuple[bytes, int]:
    """Print a report with or without drawn rows; return how many of these there were, too."""
    drawings: dict[str, DrawnPart] | None = {} if drawn else None
    html = page(whole, "print", drawings)
    style = printed_stylesheet(whole.locale)
    content, failures, _ = print_page(html, drawings=drawings, style=style, language=whole.locale, tagged=tagged)
    assert failures == []
    return content, sum(len(drawing.rows) for drawing in (drawings or {}).values() if isinstance(drawing, TableRows))


@pytest.fixture(scope="module")
def both() -> tuple[bytes, bytes]:
    """Print the tables both ways, tagged."""
    plain, none = printed(tables(), drawn=False, tagged=True)
    drawn, rows = printed(tables(), tagged=True)
    assert (none, rows) == (0, sum(_rows(block) for block in tables().blocks))
    return plain, drawn


def _rows(block: Block) -> int:
    """Return how many rows of a block are printed, in all of its parts."""
    parts = [part for table in block.tables for part in TableLayout(table, tables(), block.width).grids()]
    return sum(len(part.rows) + (part.total is not None) for part in parts)


@pytest.mark.thorough
def test_they_look_the_same(both: tuple[bytes, bytes]) -> None:
    """Every page is the same picture: wrapped, aligned, with bars, signs, changes, lines and breaks in their places."""
    assert max(differences(*both)) <= MOST


@pytest.mark.thorough
def test_they_read_the_same(both: tuple[bytes, bytes]) -> None:
    """Every page has the same words in the same order."""
    plain, drawn = map(texts, both)
    assert drawn == plain


@pytest.mark.parametrize("drawn", [True, False])
def test_no_hyphen_is_put_into_an_address(drawn: bool) -> None:  # noqa: FBT001 - a case
    """Addresses, paths and ids break behind their signs, or anywhere, and get none; a word does."""
    report = replace(gallery(), locale="de", sections=(Section("Tables", (addresses_table(),)),))
    text = " ".join(word for words in texts(printed(report, drawn=drawn)[0]) for word in words)
    read = re.sub(r"\s", "", text)
    assert [address for address in ADDRESSES if address not in read] == []
    assert [PARTED in part for part in text.partition("Wieder")[::2]] == [False, True]


def test_good_and_bad_are_words_on_paper() -> None:
    """A good fall and a bad rise say so behind the change, in drawn rows as in those that the engine sets."""
    whole = replace(gallery(), sections=(Section("Tables", (costs_table(),)),))
    for drawn in (True, False):
        words = " ".join(" ".join(lines) for lines in texts(printed(whole, drawn=drawn)[0]))
        assert (words.count("better"), words.count("worse")) == (1, 2)
        assert "−50.0% better" in words
        assert "+100.0% worse" in words


@pytest.mark.thorough
def test_they_lead_the_same_way(both: tuple[bytes, bytes]) -> None:
    """Links lead where they do, from the same places."""
    plain, drawn = map(links, both)
    assert [where[:2] for where in drawn] == [where[:2] for where in plain]
    assert len(drawn) > 60
    for (*_, box), (*_, other) in zip(drawn, plain, strict=True):
        assert box == pytest.approx(other, abs=0.5)


def tables_of(pdf: bytes) -> list[Element]:
    """Return the tables of a PDF's structure."""
    return [table for element in structure(pdf) for table in element.all_of("Table")]


@pytest.mark.thorough
def test_they_mean_the_same(both: tuple[bytes, bytes]) -> None:
    """A tagged PDF has the same tables: cells of a row, under heads of columns and beside the head of the row."""
    plain, drawn = map(tables_of, both)
    assert [table.rows() for table in drawn] == [table.rows() for table in plain]
    scopes = [[head.scope for table in tables for head in table.all_of("TH")] for tables in (drawn, plain)]
    assert scopes[0] == scopes[1]
    assert set(scopes[0]) == {"Column", "Row"}
    assert not [figure for table in drawn for figure in table.all_of("Figure")]
    assert {kid.kind for table in drawn for kid in table.kids} == {"THead", "TBody"}


@pytest.mark.thorough
def test_a_link_is_one_in_the_structure(both: tuple[bytes, bytes]) -> None:
    """The text of a link stands in a Link inside its cell."""
    _, drawn = both
    texts = [link.text.strip() for table in tables_of(drawn) for link in table.all_of("Link")]
    assert "Post number 1: what happens at three in the morning" in texts


def test_without_tags_there_is_no_structure() -> None:
    """A PDF that is not tagged has no tree, and the same words."""
    plain, tagged = printed(report(TABLE))[0], printed(report(TABLE), tagged=True)[0]
    assert (structure(plain), texts(plain)) == ([], texts(tagged))


def bands(whole: Report) -> list[int]:
    """Return how many rows each band of a report has."""
    drawings: dict[str, DrawnPart] = {}
    page(whole, "print", drawings)
    return [len(drawing.rows) for drawing in drawings.values() if isinstance(drawing, TableRows)]


@pytest.mark.parametrize(
    "name",
    ["نص عربي", "שלום", "日本語", "नमस्ते", "e\u0301", "a\u00adb", "x\u200by", "Latin и кириллица", "😀", " "],
)
def test_what_cannot_be_drawn_exactly_is_set_by_the_page_engine(name: str) -> None:
    """One cell whose letters change one another, or which the family lacks, sends its table there."""
    column = Column("a", "A", "dimension", values=("x", name, "y"))
    plain = replace(column, values=("x", "z", "y"))
    made = [report(replace(TABLE, tables=(Table((one,), shown=3, of=3),))) for one in (plain, column)]
    assert [sum(bands(one)) for one in made] == [3, 0]


def test_a_number_that_does_not_fit_is_set_by_the_page_engine() -> None:
    """Where a number is wider than its column, the page engine knows what to do with it."""
    (table,) = TABLE.tables
    narrow = replace(table, columns=tuple(replace(column, values=(10**40, 1)) for column in table.columns[1:2]))
    block = replace(TABLE, width=2, tables=(replace(narrow, total=None),))
    assert (sum(bands(report(TABLE))), bands(report(block))) == (3, [])


def test_right_to_left_pages_are_set_by_the_page_engine() -> None:
    """Cells are not drawn on an Arabic page."""
    assert (sum(bands(report(TABLE))), bands(report(TABLE, locale="ar"))) == (3, [])


def section(rows: int, *, limited: bool) -> Section:
    """Return a table of so many rows on pages of its own; with limits, a line stands under it."""
    rules = (ToneRule("bad", "<", 0.01),) if limited else ()
    columns = (
        Column("n", "N", "dimension", values=tuple(f"Row {at}" for at in range(rows))),
        Column("v", "V", "metric", RATE, (0.5,) * rows, tones=rules),
    )
    table = Table(columns, total=("Total", None) if rows % 2 else None, shown=rows, of=rows)
    return Section(f"{rows} {limited}", (replace(TABLE, name=f"t{rows}{limited}", tables=(table,)),))


@pytest.mark.thorough
def test_pages_break_between_the_same_rows() -> None:
    """A table's pages end with the same rows, whatever follows it; two rows stay together at either end."""
    sections = (section(rows, limited=limited) for rows in (1, 2, 3, 4, *range(34, 42)) for limited in (True, False))
    whole = replace(report(), sections=tuple(sections))
    plain, drawn = (printed(whole, drawn=way)[0] for way in (False, True))
    assert texts(drawn) == texts(plain)
    assert len(texts(drawn)) > len(whole.sections) + 8


def test_many_rows_are_drawn_five_at_a_time() -> None:
    """A long table has every row once, in order, in the structure too; its pages may end a few rows earlier."""
    rows = section(103, limited=False)
    whole = replace(report(), sections=(rows,))
    assert bands(whole) == [*[5] * 20, 1, 2, 1]
    content, _ = printed(whole, tagged=True)
    tables = [table.rows() for table in tables_of(content)]
    assert [row[0] for table in tables for row in table[1:]] == [*(f"Row {at}" for at in range(103)), "Total"]
    assert all(table[0] == ["N", "V"] for table in tables)
    assert "".join(row for page in texts(content) for row in page).count("50.0%") == 103


def test_rows_between_which_no_page_begins_are_drawn_together() -> None:
    """They are the first and the last three of a short table; rows of a longer one, and such as wrap, are one each."""
    sizes = (5, 6, 15, 17)
    five, six, short, longer = (bands(replace(report(), sections=(section(rows, limited=False),))) for rows in sizes)
    assert (five, six) == ([3, 2, 1], [3, 1, 2])
    assert (short, longer) == ([3, *[1] * 10, 2, 1], [*[1] * 15, 2, 1])
    assert bands(report(names_table(6)))[:5] == [1] * 5


def test_pictures_are_set_by_the_page_engine() -> None:
    """A table with small pictures is not drawn, and each of its pictures is told by its row's name."""
    (table,) = TABLE.tables
    name = replace(table.columns[0], thumbnails=(Picture("image/png", PIXEL), None))
    whole = report(replace(TABLE, tables=(replace(table, columns=(name, *table.columns[1:])),)))
    content, count = printed(whole, tagged=True)
    figures = [figure.alt for top in structure(content) for figure in top.all_of("Figure")]
    assert (count, figures) == (0, ["Websites"])
