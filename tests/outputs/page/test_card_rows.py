"""The sizes of cards, and of the rows that they stand in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.model import Change, Reading, Unit
from reportgen.outputs.page.card_rows import legible_width, widest_change
from reportgen.outputs.page.measures import MEASURES
from reportgen.outputs.printed import PrintedReport
from tests.outputs import reports


@pytest.mark.parametrize(("value", "columns"), [(520, 2), (11_220, 3), (360_000, 3)])
def test_a_card_is_as_wide_as_its_change(value: int, columns: int) -> None:
    """A change in hours, minutes and seconds, whose words are long in German, has room in its card on paper."""
    unit = Unit("seconds")
    readings = (Reading("f", unit, value, baseline=100, change=Change.between(value, 100, unit, "neutral")),)
    block = replace(reports.NUMBER, width=2, readings=readings)
    printed = PrintedReport(reports.report(block, locale="de"))
    card = printed.card(block)
    assert legible_width(block, card) == columns
    drawn = widest_change(card, MEASURES.paper.text) * MEASURES.paper.text.size.points
    assert drawn <= MEASURES.printed_width(columns).points
