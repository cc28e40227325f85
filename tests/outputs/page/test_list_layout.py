"""The layouts of lists of numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.outputs.page.lengths import mm
from reportgen.outputs.page.list_layout import ListLayout, list_layout
from reportgen.outputs.page.measures import MEASURES
from reportgen.outputs.page.page_parts import ComparisonParts, ReadingParts
from reportgen.outputs.text.number_cards import Move, NumberCard

CARD = NumberCard(value="1,234,567")
CHANGE = ComparisonParts(Move("▲", "+23.5%", "good"), compared="1,000,000 in September 2026")
SHORT = ReadingParts("Reach", CARD, (CHANGE,))
LONG = ReadingParts("Cost per new customer in Brazil", CARD, (CHANGE,))
GERMAN = ReadingParts("Durchschnittliche Verweildauerveränderung", CARD, (replace(CHANGE, compared=""),))
WORDED = replace(SHORT, comparisons=(replace(CHANGE, word="worse"),))
LOST = ReadingParts("Reach", NumberCard(missing="no_data"), (ComparisonParts(),), "No data")
TWICE = replace(SHORT, comparisons=(CHANGE, replace(CHANGE, compared="900,000 in Oct 2025")))


@pytest.mark.parametrize(
    ("readings", "columns", "layout"),
    [
        ([SHORT, LONG], 12, "row"),
        ([SHORT, LONG], 8, "pair"),
        ([SHORT, LONG], 6, "pair"),
        ([SHORT, LONG], 4, "stack"),
        ([SHORT, LONG], 3, "stack"),
        ([SHORT], 8, "row"),
        ([SHORT], 4, "pair"),
        ([TWICE, TWICE], 12, "row"),
        ([TWICE, TWICE], 8, "pair"),
        ([TWICE, TWICE], 3, "stack"),
        ([GERMAN], 4, "stack"),
        ([LOST], 3, "row"),
        ([], 3, "row"),
    ],
)
def test_a_list_is_as_wide_as_its_texts_need(readings: list[ReadingParts], columns: int, layout: ListLayout) -> None:
    """A value, a change and a compared value stay on a line; where they do not fit beside the label, they go below."""
    assert list_layout(readings, MEASURES.printed_width(columns), MEASURES.paper) == layout


def test_the_width_decides_by_the_point() -> None:
    """The wider a place, the wider the layout, and never narrower again."""
    order: list[ListLayout] = ["stack", "pair", "row"]
    found = [order.index(list_layout([SHORT, LONG], mm(width), MEASURES.paper)) for width in range(20, 200)]
    assert found == sorted(found)
    assert set(found) == {0, 1, 2}


def test_a_word_beside_a_change_has_its_room() -> None:
    """A list whose changes have words needs a wider place for a row than the same list without them."""
    rows = [
        next(width for width in range(20, 200) if list_layout([reading], mm(width), MEASURES.paper) == "row")
        for reading in (SHORT, WORDED)
    ]
    assert 5 < rows[1] - rows[0] < 15
