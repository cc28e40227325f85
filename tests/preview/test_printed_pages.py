"""The printed pages of a preview: each caution stands at the page and the block that it concerns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.model import Block, Caution, Table
from reportgen.preview.printed_pages import PlacedCaution, printed_pages
from tests.outputs import reports

if TYPE_CHECKING:
    from reportgen.preview.printed_pages import Pages

SUM = Caution("W-SUM", "the days add up to more", "reach")
CURRENCY = Caution("W-CURRENCY", "nobody says in which currency")
UNMET = Caution("W-WHEN", "it is not shown", "absent")


@pytest.fixture(scope="module")
def pages() -> Pages:
    """Print a number on a page, and a table on the next."""
    report = reports.report(reports.NUMBER, Block("break", "page_break"), reports.TABLE)
    return printed_pages("a-1", replace(report, warnings=(SUM, CURRENCY, UNMET)))


def test_a_caution_stands_at_the_page_of_its_block(pages: Pages) -> None:
    """At the block's corner, below the margin; a page without cautions has none."""
    (placed,) = (placed for placed in pages.cautions if placed.caution == SUM)
    assert placed.page is not None
    sheet = pages.sheets[placed.page - 1]
    assert placed.corner is not None
    assert 30 < placed.corner.left < sheet.width / 2
    assert 30 < placed.corner.top < sheet.height / 2
    assert [area.name for area in sheet.areas] == ["reach", "break"]
    assert placed in sheet.cautions
    assert pages.sheets[0].cautions == ()


def test_an_empty_page_is_marked_itself(pages: Pages) -> None:
    """W-BLANK stands at the page that is empty, not at the block of the next page that it names."""
    (blank,) = (placed for placed in pages.cautions if placed.caution.code == "W-BLANK")
    (placed,) = (placed for placed in pages.cautions if placed.caution == SUM)
    assert (blank.page, blank.corner, blank.caution.block) == (placed.page, None, reports.TABLE.name)


def test_what_concerns_no_page_stands_before_all(pages: Pages) -> None:
    """A caution of the report as a whole, or of a block that is not printed, is not lost."""
    assert pages.elsewhere == (PlacedCaution(CURRENCY), PlacedCaution(UNMET))
    shown = [placed for sheet in pages.sheets for placed in sheet.cautions]
    assert len(shown) + len(pages.elsewhere) == len(pages.cautions)


def test_every_page_of_a_long_table_names_it() -> None:
    """The table's area is the whole of a page on which it goes on, and ends where the next block begins."""
    (table,) = reports.TABLE.tables
    columns = tuple(replace(column, values=column.values[:1] * 120) for column in table.columns)
    long = Table(columns, ("current",) * 120, shown=120, of=120)
    after = replace(reports.NUMBER, name="after")
    report = reports.report(reports.NUMBER, replace(reports.TABLE, tables=(long,)), after)
    sheets = printed_pages("a-1", report).sheets
    names = [[area.name for area in sheet.areas] for sheet in sheets]
    at = names.index(["reach", reports.TABLE.name])
    end = names.index([reports.TABLE.name, "after"])
    assert end > at + 1
    assert names[at + 1 : end] == [[reports.TABLE.name]] * (end - at - 1)
    (whole,), (rest, next_block) = sheets[at + 1].areas, sheets[end].areas
    assert 50 < whole.top < 100
    assert whole.top + whole.height == pytest.approx(sheets[at + 1].height, abs=1)
    assert rest.top + rest.height == pytest.approx(next_block.top, abs=1)
