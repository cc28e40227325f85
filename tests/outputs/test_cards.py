"""Number blocks as the text of a card."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.model import Block, Change, Direction, Reading, Unit
from reportgen.outputs.cards import card, card_row
from reportgen.outputs.layout import Row
from tests.outputs import reports


def number(value: float, baseline: float, unit: Unit = reports.COUNT, direction: Direction = "up_is_good") -> Block:
    """Return a number block with a comparison."""
    change = Change.between(value, baseline, unit, direction)
    return replace(reports.NUMBER, readings=(Reading("f", unit, value, baseline=baseline, change=change),))


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        (number(118, 100), ("▲", "+18.0%", "good", "")),
        (number(90, 100), ("▼", "−10.0%", "bad", "")),
        (number(90, 100, direction="down_is_good"), ("▼", "−10.0%", "good", "better")),
        (number(110, 100, direction="down_is_good"), ("▲", "+10.0%", "bad", "worse")),
        (number(110, 100, direction="neutral"), ("▲", "+10.0%", "neutral", "")),
        (number(1002, 1000), ("→", "+0.2%", "neutral", "level")),
        (number(0.045, 0.05, Unit("percent")), ("▼", "−0.5\N{NO-BREAK SPACE}pp", "bad", "")),
        (number(0.0502, 0.05, Unit("percent")), ("→", "0.0\N{NO-BREAK SPACE}pp", "neutral", "level")),
        (number(7, 0), ("▲", "+7", "good", "")),
    ],
)
def test_change_has_arrow_sign_and_judgement(block: Block, shown: tuple[str, str, str, str]) -> None:
    """A change is told three ways: arrow, signed number, judgement."""
    told = card(block, reports.report())
    assert (told.arrow, told.change.replace("+0.0", "0.0"), told.judgement, told.word) == shown


def test_missing_value_keeps_its_baseline() -> None:
    """Where the value is missing the compared one is still shown."""
    reading = Reading("f", reports.COUNT, missing="failed", baseline=50)
    told = card(replace(reports.NUMBER, readings=(reading,)), reports.report())
    assert (told.value, told.missing, told.previous) == ("", "failed", "50")


def test_no_comparison_is_no_gap() -> None:
    """A report without a comparison keeps no room for one."""
    block = replace(reports.NUMBER, readings=(Reading("f", reports.COUNT, 5),))
    assert not card_row(Row((block,)), replace(reports.report(), baseline=None)).compared


def test_long_value_shrinks_its_row() -> None:
    """The longest value decides the size of a row, so that all values of it stand alike."""
    row = card_row(Row((number(5, 4), number(123456789012345, 1))), reports.report())
    assert 0.42 <= row.fit < 0.8


def test_long_label_raises_the_whole_row() -> None:
    """A label of two lines keeps two lines in every card of its row."""
    long = replace(reports.NUMBER, label="Engagement rate by views, first and later")
    assert card_row(Row((reports.NUMBER, long)), reports.report()).label_lines == 2
