"""Blocks into rows of twelve columns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.model import Block, Column, Section, Table
from reportgen.outputs.page.block_rows import levels, pack
from reportgen.outputs.page.lengths import mm
from reportgen.outputs.page.measures import MEASURES
from reportgen.outputs.page.stylesheet import printed_widths
from tests.outputs.reports import LONG_TABLE

REVIEW = Column("review", "Review", "dimension", values=("Great place. " * 99,))
LONG_CELL = replace(LONG_TABLE, tables=(Table((REVIEW,), shown=1, of=1),))
CUT_CELL = replace(LONG_TABLE, tables=(Table((replace(REVIEW, lines=3),), shown=1, of=1),))


def block(name: str, width: int = 12, kind: str = "chart", *, new_row: bool = False) -> Block:
    """Return an empty block."""
    return Block(name, kind, width=width, new_row=new_row)


def names(*blocks: Block) -> list[str]:
    """Return the rows as words."""
    return ["".join(member.name for member in row.blocks) for row in pack(blocks)]


@pytest.mark.parametrize(
    ("blocks", "rows"),
    [
        ([block("a", 3), block("b", 3), block("c", 3), block("d", 3), block("e", 3)], ["abcd", "e"]),
        ([block("a", 6), block("b", 9), block("c", 3)], ["a", "bc"]),
        ([block("a", 3), block("b", 3, new_row=True)], ["a", "b"]),
        ([block("a", 6), replace(LONG_TABLE, name="b", width=6), block("c", 6)], ["a", "b", "c"]),
        ([block("a", 6), replace(LONG_CELL, name="b", width=6), block("c", 6)], ["a", "b", "c"]),
        ([block("a", 6), replace(CUT_CELL, name="b", width=6)], ["ab"]),
        ([], []),
    ],
)
def test_rows_fill_from_left_to_right(blocks: list[Block], rows: list[str]) -> None:
    """A block that does not fit, asks for a row, or breaks over pages starts a new row."""
    assert names(*blocks) == rows


def test_lone_card_keeps_its_width() -> None:
    """A row that is not full is as wide as its blocks, with a gutter on either side."""
    assert pack([block("a", 3)])[0].width == 3
    assert ".block.w3{width:39.5mm}.row.w3{width:47.5mm}" in printed_widths()


def test_blocks_stand_on_the_grid() -> None:
    """Twelve columns and their gutters are as wide as the page, however many blocks share them."""
    assert (MEASURES.printed_width(12), MEASURES.printed_width(3)) == (mm(170), mm(39.5))
    assert {row.width for row in pack([block("a", 4), block("b", 8), block("c", 12)])} == {12}
    assert ".row.w12{width:178mm}" in printed_widths()


@pytest.mark.parametrize(
    ("kinds", "fresh"),
    [
        (["chart", "page_break", "chart"], [False, False, True]),
        (["page_break", "chart", "page_break"], [False, False, False]),
        (["chart", "page_break", "page_break", "chart", "chart"], [False, False, False, True, False]),
    ],
)
def test_page_breaks_leave_no_blank_page(kinds: list[str], fresh: list[bool]) -> None:
    """Breaks at the ends of a section break nothing, and two in a row break once."""
    assert [row.fresh for row in pack(block(str(n), kind=kind) for n, kind in enumerate(kinds))] == fresh


def test_a_card_has_room_for_its_number() -> None:
    """Twelve cards of one column are two rows of six: in one column no number fits."""
    rows = pack([block(str(at), 1, "number") for at in range(12)])
    assert [[card.width for card in row.blocks] for row in rows] == [[2] * 6, [2] * 6]


@pytest.mark.parametrize(
    ("title", "kinds", "found"),
    [
        ("Reach", ["chart", "heading", "chart"], [3, 3, 4]),
        ("", ["chart", "heading", "chart"], [2, 2, 3]),
    ],
)
def test_titles_have_no_jumps(title: str, kinds: list[str], found: list[int]) -> None:
    """A block's title stands right below the section's or the heading before it, and moves up where there is none."""
    blocks = tuple(block(str(at), kind=kind) for at, kind in enumerate(kinds))
    assert list(levels(Section(title, blocks)).values()) == found
