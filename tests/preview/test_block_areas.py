"""The areas of blocks on a printed page: a place on the page belongs to the block that is printed there."""

from __future__ import annotations

from reportgen.preview.block_areas import BlockArea, BlockCorner, block_areas


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
    """A cover, or a page of a long table, has no areas."""
    assert block_areas([], 600, 800) == ()
