"""What the cards of one row share: the size of their values, and the lines kept for their texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.font_metrics import lines_needed, text_width
from reportgen.outputs.page.block_rows import width_mm
from reportgen.outputs.text.number_cards import note

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.model import Block, Report
    from reportgen.outputs.page.block_rows import BlockRow
    from reportgen.outputs.text.number_cards import NumberCard

_VALUE_EM, _LABEL_EM, _NOTE_EM = 0.134, 0.312, 0.35  # room for a value, a label and a note, in em of each a millimetre
_SMALLEST = 0.42  # of the size of a value: the size of its label
_LABEL_EM_PHONE, _NOTE_EM_PHONE = 10.9, 12.2  # room for them on a phone, whatever the width of the card


@dataclass(frozen=True, slots=True)
class CardRow:
    """What the cards of one row share, so that their values, lines and goals stand side by side.

    Attributes:
        fit: Factor on the size of the values, at most 1, that lets the longest one fit.
        label_lines: Lines kept for the labels.
        label_lines_phone: The same on a phone.
        note_lines: Lines kept for the compared values.
        compared: Whether any card has a change or a compared value.
        brief: Whether months are cut short, because a compared value would not fit on one line otherwise.
        stacked: Whether a card has a sparkline and a goal, so that each kind keeps a place of its own.
    """

    fit: float
    label_lines: int
    label_lines_phone: int
    note_lines: int
    compared: bool
    brief: bool
    stacked: bool

    @property
    def is_usual(self) -> bool:
        """Whether its sizes are those that the printed stylesheet has."""
        return (self.fit, self.label_lines, self.note_lines) == (1, 1, 1)


def card_row(row: BlockRow, report: Report, card: Callable[[Block], NumberCard]) -> CardRow:
    """Return the measures that the cards of a row share; `card` returns the card of a number block."""
    cards = [(block, card(block)) for block in row.blocks if block.kind == "number"]
    notes = [(block, note(shown, report, brief=False)) for block, shown in cards]
    brief = any(_lines(text, block, _NOTE_EM) > 1 or lines_needed(text, _NOTE_EM_PHONE) > 1 for block, text in notes)
    return CardRow(
        fit=min((_fit(shown.value, block) for block, shown in cards), default=1.0),
        label_lines=max((_lines(block.label, block, _LABEL_EM) for block, _ in cards), default=1),
        label_lines_phone=max((lines_needed(block.label, _LABEL_EM_PHONE) for block, _ in cards), default=1),
        note_lines=max(
            (_lines(note(shown, report, brief=brief), block, _NOTE_EM) for block, shown in cards), default=1
        ),
        compared=any(shown.move or shown.previous or shown.previous_missing or shown.missing for _, shown in cards),
        brief=brief,
        stacked=any(block.charts and shown.goal for block, shown in cards),
    )


def _lines(text: str, block: Block, em: float) -> int:
    return lines_needed(text, em * width_mm(block.width))


def _fit(value: str, block: Block) -> float:
    """Return the factor that lets a value fit its card; the light weight is a little narrower than the measured one."""
    return round(max(_SMALLEST, min(1.0, _VALUE_EM * width_mm(block.width) / max(text_width(value), 1.0))), 2)
