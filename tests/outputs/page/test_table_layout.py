"""Tables as the text of a page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.model import Column, Report, Table, ToneRule, Unit
from reportgen.outputs.drawing.font_metrics import BUILT_IN
from reportgen.outputs.page.measures import MEASURES
from reportgen.outputs.page.table_layout import TableGrid, TableLayout
from reportgen.outputs.printed import PrintedReport
from tests.outputs.reports import COMPARED_TABLE, COUNT, LONG_TABLE, TABLE, report

if TYPE_CHECKING:
    from reportgen.outputs.text.table_columns import TableCell


SEPTEMBER = "September\N{NO-BREAK SPACE}2026"


def grid_of(table: Table, whole: Report, width: int = 12) -> TableGrid:
    """Return a table that is printed in one part."""
    (printed,) = TableLayout(table, whole, width).grids()
    return printed


def test_cells_are_in_the_words_of_the_locale() -> None:
    """Cells are formatted by their column's unit; a missing one has no text."""
    rows = [[cell.text for cell in row] for row in grid_of(TABLE.tables[0], report(locale="pt-BR")).rows]
    assert rows == [["Websites", "428", "4,8%"], ["Email", "2", ""]]


def test_each_table_is_put_into_its_own_words() -> None:
    """Also where a table before it is gone and it has that one's place in memory."""
    printed = PrintedReport(report())
    for number in range(50):
        table = Table((Column("count", "Clicks", "metric", COUNT, (number,)),), ("current",), shown=1, of=1)
        (grid,) = printed.grids(table, 12, paged=True)
        assert grid.rows[0][0].text == str(number)
        del table


def test_total_stands_apart() -> None:
    """The total is no row."""
    total = grid_of(TABLE.tables[0], report()).total
    assert total is not None
    assert [cell.text for cell in total] == ["Total", "430", "4.8%"]


def test_says_how_many_are_left_out() -> None:
    """A table cut short tells both counts, a whole one none."""
    long = LONG_TABLE.tables[0]
    assert grid_of(long, report()).subtitle == "60 of 147, the total of all 147"
    assert grid_of(TABLE.tables[0], report()).subtitle == ""


def test_numbers_are_told_from_words() -> None:
    """Metrics are set as numbers, dimensions and metrics that hold words are not."""
    words = Column("best", "Best day", "metric", Unit("date"), ("2026-10-01",))
    table = Table((*(TABLE.tables[0].columns[:2]), words), shown=0)
    assert [head.numeric for head in grid_of(table, report()).heads] == [False, True, False]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "//x.example", "file:///etc/passwd", None])
def test_leads_to_web_pages_only(link: str | None) -> None:
    """A cell leads nowhere but to http and https."""
    table = Table((Column("a", "A", "dimension", values=("x",), links=(link,)),), shown=1, of=1)
    assert grid_of(table, report()).rows[0][0].link is None


def test_shares_fill_the_width() -> None:
    """The widths of the columns add up to the page."""
    shares = [head.share for head in grid_of(LONG_TABLE.tables[0], report()).heads]
    assert sum(shares) == pytest.approx(100, abs=0.1)


def test_too_many_columns_are_set_smaller() -> None:
    """A table wider than the page is dense."""
    columns = tuple(Column(str(n), f"Column {n}", "metric", COUNT, (10**9,)) for n in range(9))
    assert grid_of(Table(columns, shown=1, of=1), report()).dense


@pytest.mark.parametrize(
    ("count", "width", "dense", "turned", "squeezed"),
    [
        (4, 12, False, False, False),
        (12, 12, True, False, False),
        (14, 12, True, True, False),
        (20, 12, True, True, True),
        (4, 6, False, False, False),
    ],
)
def test_a_wide_table_shrinks_then_turns_then_shrinks_a_little_more(
    count: int, width: int, *, dense: bool, turned: bool, squeezed: bool
) -> None:
    """The page is turned before its type becomes small; beside another block a table cannot turn."""
    columns = tuple(Column(f"c{at}", "Heading", "metric", Unit("count"), (12345,)) for at in range(count))
    printed = grid_of(Table(columns, shown=1, of=1), report(), width)
    assert (printed.dense, printed.turned, printed.squeeze < 1) == (dense, turned, squeezed)


def said(cell: TableCell) -> str:
    """Return what a cell says."""
    return f"{cell.move.arrow} {cell.move.text}" if cell.move else cell.text


def test_the_leading_metric_stands_beside_what_it_is_compared_with() -> None:
    """It has its compared value and its change; a row found in one period only says so, and has no percentage."""
    printed = grid_of(COMPARED_TABLE.tables[0], report())
    assert [head.text for head in printed.heads[:4]] == ["Format", "Views", f"Views, {SEPTEMBER}", "Change"]
    assert [[said(cell) for cell in row[:4]] for row in printed.rows] == [
        ["Reels", "128,940", "98,120", "▲ +31.4%"],
        ["Carousel", "43,610", "45,230", "▼ −3.6%"],
        ["Photo", "24,420", "24,420", "→ 0.0%"],
        ["Guides", "310", "", "not in September 2026"],
        ["Stories", "", "15,060", "only in September 2026"],
    ]
    assert printed.gone == (False, False, False, False, True)


@pytest.mark.parametrize("width", [12, 5])
def test_rows_of_days_name_the_days_that_they_are_compared_with(width: int) -> None:
    """On any width, before the compared values where these have room; a day without a partner has a blank there."""
    days = Column(
        "date", "Date", "dimension", Unit("date"), ("2026-10-30", "2026-10-31"), baseline=("2026-09-30", None)
    )
    views = Column("views", "Views", "metric", COUNT, (12, 9), baseline=(10, None))
    table = Table((days, views), ("both", "current"), shown=2, of=2, bucket="day")
    printed = grid_of(table, report(), width)
    values = {"10": f"Views, {SEPTEMBER}"} if width == 12 else {}
    assert [head.text for head in printed.heads] == ["Date", "Views", "Compared with", *values.values(), "Change"]
    assert [[said(cell) for cell in row] for row in printed.rows] == [
        ["Oct 30, 2026", "12", "Sep 30, 2026", *values, "▲ +20.0%"],
        ["Oct 31, 2026", "9", "", *("" for _ in values), "not in September 2026"],
    ]


def test_the_total_is_compared_with_the_total() -> None:
    """The total row has the API's own total of the compared period, and the change from it."""
    total = grid_of(COMPARED_TABLE.tables[0], report()).total
    assert total is not None
    assert [said(cell) for cell in total[:4]] == ["Total", "197,280", "182,830", "▲ +7.9%"]


def test_further_changes_stand_where_there_is_room() -> None:
    """On a whole page every metric has its change; a narrow one keeps that of its leading metric."""
    table = COMPARED_TABLE.tables[0]
    changes = {
        width: [head.role for head in grid_of(table, report(), width).heads].count("change") for width in (12, 7)
    }
    assert changes == {12: 3, 7: 1}
    assert grid_of(table, report(), 7).squeeze == 1


@pytest.mark.parametrize(
    ("sorted_by", "wanted", "heads"),
    [
        ("", {}, ["Views", "Views, September", "Change", "Engagement rate", "Change", "Saves", "Change"]),
        ("saves", {}, ["Views", "Change", "Engagement rate", "Change", "Saves", "Saves, September", "Change"]),
        (
            "nobody",
            {"views": False},
            ["Views", "Engagement rate", "Engagement rate, September", "Change", "Saves", "Change"],
        ),
        ("views", {"saves": True}, ["Views", "Engagement rate", "Saves", "Saves, September", "Change"]),
        (
            "",
            {"views": True, "saves": True},
            ["Views", "Views, September", "Change", "Engagement rate", "Saves", "Change"],
        ),
        ("", dict.fromkeys(("views", "engagement", "saves"), False), ["Views", "Engagement rate", "Saves"]),
    ],
)
def test_which_columns_have_changes(sorted_by: str, wanted: dict[str, bool], heads: list[str]) -> None:
    """Those that the author wants; else the column sorted by or the first metric, and others where there is room."""
    table = COMPARED_TABLE.tables[0]
    columns = tuple(replace(column, has_change=wanted.get(column.field)) for column in table.columns)
    printed = grid_of(replace(table, columns=columns, sorted_by=sorted_by), report())
    assert [head.text.replace("\N{NO-BREAK SPACE}2026", "") for head in printed.heads[1:]] == heads


def test_other_is_the_last_row() -> None:
    """With its compared values and its changes, no row of the compared period, and without a place in any order."""
    table = replace(
        COMPARED_TABLE.tables[0],
        shown=2,
        other=("Other (3)", 100, None, 10),
        other_baseline=("Other (3)", 80, None, 13),
    )
    printed = grid_of(table, report())
    assert [said(cell) for cell in printed.rows[-1]] == ["Other (3)", "100", "80", "▲ +25.0%", "", "", "10", "▼ −23.1%"]
    assert (len(printed.rows), len(printed.tall), printed.gone, printed.has_other) == (3, 3, (False,) * 3, True)
    assert {cell.place for cell in printed.rows[-1]} == {None}


def test_other_has_no_bar() -> None:
    """It would be longer than all of the bars that are compared."""
    table = COMPARED_TABLE.tables[0]
    columns = (table.columns[0], replace(table.columns[1], bar=True))
    printed = grid_of(Table(columns, table.presence, shown=2, of=5, other=("Other (3)", 900_000)), report())
    assert [row[1].bar for row in printed.rows] == [1.0, pytest.approx(0.338, abs=0.001), 0]


def test_rows_of_the_compared_period_are_counted_apart() -> None:
    """The count of rows is of the period; those of the compared period alone that are not printed are told too.

    The total, where there is one, is of the rows of the period, printed or not.
    """
    table = replace(COMPARED_TABLE.tables[0], shown=2)
    summed = "2 of 4, and 1 only in September 2026; the total is of all 4"
    assert grid_of(table, report()).subtitle == summed
    bare = replace(table, total=None, total_baseline=None)
    assert grid_of(bare, report()).subtitle == "2 of 4, and 1 only in September 2026"
    assert grid_of(replace(table, presence=()), report()).subtitle == "2 of 5, the total of all 5"
    assert grid_of(COMPARED_TABLE.tables[0], report()).subtitle == ""


def test_why_nothing_is_compared_is_said() -> None:
    """A baseline that did not come is named in the words of its state; one nobody asked for is not."""
    table = TABLE.tables[0]
    uncompared = replace(table, baseline_missing="not_returned")
    assert grid_of(uncompared, report()).subtitle == "September 2026: not received"
    cut = replace(uncompared, total=None, shown=1)
    assert grid_of(cut, report()).subtitle == f"1 of {table.of} · September 2026: not received"
    assert grid_of(replace(table, baseline_missing="not_requested"), report()).subtitle == ""


def test_without_a_compared_period_there_is_no_column_for_it() -> None:
    """A report of one period shows no change."""
    printed = grid_of(COMPARED_TABLE.tables[0], replace(report(), baselines=()))
    assert {head.role for head in printed.heads} == {"value"}


def wide_table(count: int, **more: bool | None) -> Table:
    """Return a table of a name and so many metrics."""
    name = Column("page", "Page", "dimension", values=("/shoes",))
    metrics = (Column(f"c{at}", f"Heading {at}", "metric", Unit("count"), (12345 + at,)) for at in range(count))
    return Table((name, *metrics), shown=1, of=1, **more)  # type: ignore[arg-type] # only landscape is given


@pytest.mark.parametrize(("count", "width"), [(40, 12), (90, 12), (12, 6), (9, 4)])
def test_a_table_that_would_be_too_small_goes_on_in_parts(count: int, width: int) -> None:
    """Below 7.5 pt the columns go on in a second part that names its rows again; none is lost and none stands twice."""
    parts = TableLayout(wide_table(count), report(), width).grids()
    assert len(parts) > 1
    assert all(part.heads[0].text == "Page" and part.squeeze >= 0.94 for part in parts)
    assert [part.subtitle for part in parts] == [f"Part {at} of {len(parts)}" for at in range(1, len(parts) + 1)]
    assert [head.text for part in parts for head in part.heads[1:]] == [f"Heading {at}" for at in range(count)]
    assert [cell.text for part in parts for cell in part.rows[0][1:]] == [f"{12345 + at:,}" for at in range(count)]


def test_a_screen_scrolls_instead() -> None:
    """On a screen a table stays in one part."""
    (whole,) = TableLayout(wide_table(40), report()).grids(paged=False)
    assert (len(whole.heads), whole.subtitle) == (41, "")


@pytest.mark.parametrize(
    ("landscape", "count", "turned", "parts"),
    [(None, 4, False, 1), (True, 4, True, 1), (False, 14, False, 2), (None, 14, True, 1)],
)
def test_the_author_may_turn_the_page_or_not(*, landscape: bool | None, count: int, turned: bool, parts: int) -> None:
    """`landscape: true` turns a narrow table, `false` keeps a wide one upright, in parts if need be."""
    printed = TableLayout(wide_table(count, landscape=landscape), report()).grids()
    assert (printed[0].turned, len(printed)) == (turned, parts)


@pytest.mark.parametrize(
    ("count", "turned", "least"), [(9, False, 13.3), (10, False, 11.3), (11, True, 13.3), (10, True, 11.3)]
)
def test_texts_give_way_a_little_before_a_page_is_turned(count: int, least: float, *, turned: bool) -> None:
    """A page of its own on its side for half a letter too much is mostly white; an author who wants it turns it."""
    name = Column("page", "Page", "dimension", values=("A campaign of autumn with a long name indeed",))
    metrics = (Column(f"c{at}", f"H{at}", "metric", Unit("count"), (1000 + at,)) for at in range(count))
    table = Table((name, *metrics), shown=1, of=1, landscape=True if turned and least < 12 else None)
    (printed,) = TableLayout(table, report()).grids()
    assert (printed.turned, printed.heads[0].least) == (turned, least)


def test_bars_stand_before_their_values() -> None:
    """The largest value has the whole bar; what is missing or below zero has none."""
    column = Column("c", "Clicks", "metric", Unit("count"), (50, 200, None, -3), bar=True)
    printed = grid_of(Table((column,), shown=4, of=4), report())
    assert [head.role for head in printed.heads] == ["bar", "value"]
    assert [row[0].bar for row in printed.rows] == [0.25, 1, 0, 0]


def test_values_past_a_limit_are_marked() -> None:
    """The first rule that holds counts, and the limits are told in the unit of the column."""
    rules = (ToneRule("bad", "<", 0.01), ToneRule("warn", "<", 0.02), ToneRule("good", ">=", 0.05))
    column = Column("c", "CTR", "metric", Unit("percent"), (0.005, 0.015, 0.03, 0.05, None), tones=rules)
    printed = grid_of(Table((column,), shown=5, of=5), report())
    assert [row[0].tone for row in printed.rows] == ["bad", "warn", "neutral", "good", "neutral"]
    assert printed.limits == "CTR < 1.0%: bad · CTR < 2.0%: to be watched · CTR \N{GREATER-THAN OR EQUAL TO} 5.0%: good"


def test_a_value_beside_a_limit_has_the_digits_that_tell_it_apart() -> None:
    """5.0% without the mark of "at least 5%" would contradict itself; the compared value has no mark."""
    rules = (ToneRule("good", ">=", 0.05),)
    column = Column("c", "CTR", "metric", Unit("percent"), (0.0496, 0.05, 0.049), (0.0496, 0.05, 0.049), tones=rules)
    printed = grid_of(Table((column,), shown=3, of=3), report())
    assert [row[0].text for row in printed.rows] == ["4.96%", "5.0%", "4.9%"]
    assert [row[0].tone for row in printed.rows] == ["neutral", "good", "neutral"]


@pytest.mark.parametrize(
    ("shown", "cut", "baseline_cut", "said"),
    [
        (3, (), (), ""),
        (3, (2,), (), "Incomplete: 2026-W44"),
        (3, (0, 2), (0, 2), "Incomplete: 2026-W36, 2026-W40, 2026-W44"),
        (2, (0, 2), (), "Incomplete: 2026-W40"),
    ],
)
def test_incomplete_weeks_are_named_and_have_no_change(
    shown: int, cut: tuple[int, ...], baseline_cut: tuple[int, ...], said: str
) -> None:
    """Below the rows that are printed, each once and those of the compared period first."""
    names, before = ("2026-W40", "2026-W41", "2026-W44"), ("2026-W36", "2026-W37", "2026-W40")
    weeks = Column("week", "Week", "dimension", Unit("text"), names, before, cut=cut, baseline_cut=baseline_cut)
    clicks = Column("clicks", "Clicks", "metric", COUNT, (400, 700, 600), (600, 700, 300))
    grid = grid_of(Table((weeks, clicks), shown=shown, of=3), report())
    assert grid.incomplete == said
    moves = [
        cell.move is not None
        for row in grid.rows
        for cell, head in zip(row, grid.heads, strict=True)
        if head.role == "change"
    ]
    assert moves == [at not in {*cut, *baseline_cut} for at in range(shown)]


def test_columns_that_are_not_printed() -> None:
    """A column that the author left off is on no page."""
    columns = (Column("a", "A", "dimension", values=("x",)), Column("b", "B", "metric", values=(1,), printed=False))
    assert [head.text for head in grid_of(Table(columns, shown=1, of=1), report()).heads] == ["A"]


def test_the_parts_of_a_table_are_about_as_wide() -> None:
    """No part has a column or two where the one before is full."""
    parts = TableLayout(wide_table(22), report()).grids()
    assert [len(part.heads) - 1 for part in parts] == [12, 10]


@pytest.mark.parametrize(
    ("unit", "limit", "said"),
    [
        *((Unit("percent"), 0.0275, "2.75%"), (Unit("count"), 0.5, "0.5"), (COUNT, 1000, "1,000")),
        *((Unit(), 2.5, "2.5"), (Unit("milliseconds"), 1525, "1.525s"), (Unit("seconds"), 75.5, "1m 15.5s")),
    ],
)
def test_a_limit_is_told_exactly(unit: Unit, limit: float, said: str) -> None:
    """A limit is not rounded as values are."""
    column = Column("c", "C", "metric", unit, (1,), tones=(ToneRule("bad", "<", limit),))
    assert grid_of(Table((column,), shown=1, of=1), report()).limits == f"C < {said}: bad"


CAPTION = (
    "Autumn is here, and with it our pumpkin bread, baked every morning. Come by, bring a friend, and tell us. " * 3
)
DAYS = tuple(f"2026-10-{day:02}" for day in range(10, 13))


def posts(metrics: int, lines: int | None = 3, caption: str = CAPTION) -> Table:
    """Return a table of posts with a day and some compared metrics."""
    return Table(
        (
            Column("media", "Post", "dimension", values=(caption, "Short", caption), lines=lines),
            Column("day", "Published", "dimension", Unit("date"), DAYS),
            *(
                Column(f"m{at}", f"Metric {at}", "metric", COUNT, (128_940, 43_610, 7), (107_020, 36_196, 6))
                for at in range(metrics)
            ),
        ),
        ("both",) * 3,
        shown=3,
        of=3,
    )


def widths(printed: TableGrid, em: float) -> dict[str, float]:
    """Return the width of each column in em of a page that is so wide, by head."""
    return {head.text: head.share * em / 100 for head in printed.heads}


@pytest.mark.parametrize(("metrics", "em", "turned"), [(1, 53, False), (4, 53, False), (9, 91, True), (11, 91, True)])
def test_the_longest_text_gives_way_first(metrics: int, em: float, *, turned: bool) -> None:
    """Days and figures have the room that they need, and the text of a post what is left of the page."""
    (printed,) = TableLayout(posts(metrics), report()).grids()
    found = widths(printed, em)
    assert (printed.turned, printed.squeeze) == (turned, 1)
    assert found["Published"] >= BUILT_IN.width("Oct 12, 2026") + 0.6
    assert all(found[f"Metric {at}"] >= BUILT_IN.width("128,940") + 0.6 for at in range(metrics))
    assert found["Post"] >= 12
    assert max(found, key=lambda head: found[head]) == "Post"


def test_a_text_gives_way_before_type_becomes_small() -> None:
    """Four metrics stand on an upright page in the usual type, though the text of a post could fill it alone."""
    (printed,) = TableLayout(posts(4), report()).grids()
    assert (printed.dense, printed.turned) == (False, False)


def test_columns_of_changes_stay_narrow() -> None:
    """Room that no text can use goes to values: a change stands beside its value."""
    (printed,) = TableLayout(posts(1, caption="Post"), report()).grids()
    found = widths(printed, 53)
    assert found["Change"] < 7
    assert found[f"Metric 0, {SEPTEMBER}"] < 11
    assert found["Metric 0"] > 8


@pytest.mark.parametrize(("metrics", "lines"), [(1, 1), (4, 3), (9, 2)])
def test_a_text_is_printed_in_the_lines_it_may_take(metrics: int, lines: int) -> None:
    """What is cut ends with an ellipsis; a short text is whole, and on a screen every text is."""
    (printed,) = TableLayout(posts(metrics, lines), report()).grids()
    room = printed.heads[0].share / 100 * (91 if printed.turned else 53)
    long, short = printed.rows[0][0].text, printed.rows[1][0].text
    assert long.endswith("…")
    assert CAPTION.startswith(long[:-1])
    assert lines - 1 < BUILT_IN.width(long) / (room - 0.6) <= lines
    assert short == "Short"
    (shown,) = TableLayout(posts(metrics, lines), report()).grids(paged=False)
    assert shown.rows[0][0].text == CAPTION


def test_high_rows_are_known() -> None:
    """A row of many lines may break over pages; one whose text is cut, or a row of a screen, never has to."""
    (whole,), (cut,) = (TableLayout(posts(4, lines, CAPTION * 9), report()).grids() for lines in (None, 3))
    assert (whole.tall, cut.tall) == ((True, False, True), (False, False, False))
    (shown,) = TableLayout(posts(4, None, CAPTION * 9), report()).grids(paged=False)
    assert not any(shown.tall)


@pytest.mark.parametrize("width", [4, 5, 6, 12])
def test_a_text_gives_way_further_before_a_table_is_torn_apart(width: int) -> None:
    """Beside another block, or upright where the author wants it so, a long text does not push figures into a part."""
    table = replace(posts(1 if width < 12 else 8, 3), landscape=False)
    names = replace(table, columns=(table.columns[0], *table.columns[2:]))
    (printed,) = TableLayout(names, report(), width).grids()
    assert printed.squeeze == 1


@pytest.mark.parametrize(("metrics", "dense"), [(3, False), (6, True)])
def test_days_behind_figures_have_room_beside_the_wider_gap(metrics: int, *, dense: bool) -> None:
    """A day that follows figures stands in one line, in the usual type and in the small one."""
    first, day, *figures = posts(metrics).columns
    table = replace(posts(metrics), columns=(first, *figures, replace(day, field="last", role="metric", label="Last")))
    (printed,) = TableLayout(table, report()).grids()
    assert (printed.dense, printed.turned) == (dense, False)
    style = MEASURES.paper.small if dense else MEASURES.paper.text
    room = widths(printed, MEASURES.printed_width().points)["Last"]
    gaps = MEASURES.paper.word_gap.points + MEASURES.paper.cell_gap.points
    assert room - gaps >= BUILT_IN.width("Oct 12, 2026") * style.size.points


def test_a_page_turned_by_the_author_has_room_for_its_days() -> None:
    """Its type is as large as on an upright page."""
    (printed,) = TableLayout(replace(posts(1), landscape=True), report()).grids()
    assert (printed.turned, printed.dense) == (True, False)
    assert widths(printed, 80)["Published"] >= BUILT_IN.width("Oct 12, 2026") + 0.6
