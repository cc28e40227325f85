"""Tables as the text of a page."""

from __future__ import annotations

import pytest

from reportgen.model import Column, Table, Unit
from reportgen.outputs.tables import grid
from tests.outputs.reports import COUNT, LONG_TABLE, TABLE


def test_cells_are_in_the_words_of_the_locale() -> None:
    """Cells are formatted by their column's unit; a missing one has no text."""
    rows = [[cell.text for cell in row] for row in grid(TABLE.tables[0], "pt-BR").rows]
    assert rows == [["Websites", "428", "4,8%"], ["Email", "2", ""]]


def test_total_stands_apart() -> None:
    """The total is no row."""
    total = grid(TABLE.tables[0], "en").total
    assert total is not None
    assert [cell.text for cell in total] == ["Total", "430", "4.8%"]


def test_says_how_many_are_left_out() -> None:
    """A table cut short tells both counts, a whole one none."""
    assert (grid(LONG_TABLE.tables[0], "en").of, grid(TABLE.tables[0], "en").of) == ("147", "")


def test_numbers_are_told_from_words() -> None:
    """Metrics are set as numbers, dimensions and metrics that hold words are not."""
    words = Column("best", "Best day", "metric", Unit("date"), ("2026-10-01",))
    table = Table((*(TABLE.tables[0].columns[:2]), words), shown=0)
    assert [head.numeric for head in grid(table, "en").heads] == [False, True, False]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "//x.example", "file:///etc/passwd", None])
def test_leads_to_web_pages_only(link: str | None) -> None:
    """A cell leads nowhere but to http and https."""
    table = Table((Column("a", "A", "dimension", values=("x",), links=(link,)),), shown=1, of=1)
    assert grid(table, "en").rows[0][0].link is None


def test_shares_fill_the_width() -> None:
    """The widths of the columns add up to the page."""
    shares = [head.share for head in grid(LONG_TABLE.tables[0], "en").heads]
    assert sum(shares) == pytest.approx(100, abs=0.1)


def test_too_many_columns_are_set_smaller() -> None:
    """A table wider than the page is dense."""
    columns = tuple(Column(str(n), f"Column {n}", "metric", COUNT, (10**9,)) for n in range(14))
    assert grid(Table(columns, shown=1, of=1), "en").dense


@pytest.mark.parametrize(
    ("count", "width", "dense", "turned", "squeezed"),
    [
        (4, 12, False, False, False),
        (12, 12, True, False, False),
        (14, 12, True, True, False),
        (40, 12, True, True, True),
        (8, 6, True, False, True),
    ],
)
def test_a_wide_table_shrinks_then_turns_then_shrinks_on(
    count: int, width: int, *, dense: bool, turned: bool, squeezed: bool
) -> None:
    """The page is turned before its type becomes small; beside another block a table cannot turn."""
    columns = tuple(Column(f"c{at}", "Heading", "metric", Unit("count"), (12345,)) for at in range(count))
    printed = grid(Table(columns, shown=1, of=1), "en", width)
    assert (printed.dense, printed.turned, printed.squeeze < 1) == (dense, turned, squeezed)
