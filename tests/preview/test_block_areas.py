"""The areas of blocks on a printed page: a place on the page belongs to the block that is printed there."""

from __future__ import annotations

from reportgen.preview.block_areas import BlockArea, BlockCorner, block_areas, with_continued


def test_blocks_fill_their_rows() -> None:
    """Each reaches to the block on its right or the page's edge, and down to the block below it or the page's end."""
    corners = [
        BlockCorner(300, 50, "table"),
        BlockCorner(100, 300, "right"),  # a little higher than the block on its left
        BlockCorner(109, 50, "left"),
    ]
    assert block_areas(corners, 600, 800) == (
        BlockArea("right", 300, 100, 300, 200),
        BlockArea("left", 50, 109, 250, 191),
        BlockArea("table", 50, 300, 550, 500),
    )


def test_a_chart_reaches_below_the_first_of_the_cards_beside_it() -> None:
    """Cards in a column on the right do not cut what stands on their left."""
    corners = [BlockCorner(100, 50, "chart"), BlockCorner(100, 400, "first"), BlockCorner(200, 400, "second")]
    assert block_areas(corners, 600, 800) == (
        BlockArea("chart", 50, 100, 350, 700),
        BlockArea("first", 400, 100, 200, 100),
        BlockArea("second", 400, 200, 200, 600),
    )


def test_a_page_may_begin_no_block() -> None:
    """A cover has no areas."""
    assert block_areas([], 600, 800) == ()


def test_a_block_ends_where_a_section_begins() -> None:
    """What is no block is no area, and cuts the block above it."""
    corners = [BlockCorner(100, 50, "table"), BlockCorner(500, 50, "")]
    assert block_areas(corners, 600, 800) == (BlockArea("table", 50, 100, 550, 400),)


def test_blocks_go_on_until_something_begins() -> None:
    """The last row of a page goes on at the margin of the next, over pages on which nothing begins."""
    left, right = BlockCorner(300, 50, "left"), BlockCorner(305, 300, "right")
    text, about = BlockCorner(400, 50, "text"), BlockCorner(90, 50, "")
    on_top = tuple(BlockCorner(80, corner.left, corner.name) for corner in (left, right))
    pages = with_continued([[], [BlockCorner(100, 50, "card"), left, right], [], [text], [about], []], 80)
    assert pages == ((), (BlockCorner(100, 50, "card"), left, right), on_top, (*on_top, text), (about,), ())
