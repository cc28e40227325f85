"""Number blocks as the text of a card. Templates print what stands here; nothing is calculated in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reportgen.formatting import format_change, format_period, format_value
from reportgen.model import RATES
from reportgen.outputs.measure import lines_needed, text_width

if TYPE_CHECKING:
    from reportgen.model import Block, Judgement, Missing, Reading, Report
    from reportgen.outputs.layout import Row

Arrow = Literal["▲", "▼", "→"]

_LEVEL = 0.005  # a smaller relative change is called level
_POINTS_LEVEL = {"percent": 0.0005, "percent_100": 0.05}  # a rate's change that prints as 0.0 pp
_CARD_EM, _CARD_COLUMNS = 5.3, 3  # room for a value in a card of three columns, in em of the value
_NARROW_EM = 3.3
_SMALLEST = 0.42  # of the size of a value: the size of its label
_LABEL_EM, _LABEL_EM_PHONE = 12.2, 10.9  # room for a label, in em of the label
_NOTE_EM = 13.8  # room for the previous value, in em of it


@dataclass(frozen=True, slots=True)
class Card:
    """A number as it is printed.

    Attributes:
        value: Text; empty where the value is missing.
        missing: Why it is missing; None where it is there.
        arrow: Which way it moved; None where nothing is compared.
        change: How far, with its sign.
        judgement: Colour of the change.
        word: `better`, `worse`, `level` or empty, in English.
        previous: The compared value; empty where there is none.
        previous_missing: Why there is none, where one was asked for.
    """

    value: str = ""
    missing: Missing | None = None
    arrow: Arrow | None = None
    change: str = ""
    judgement: Judgement = "neutral"
    word: Literal["better", "worse", "level", ""] = ""
    previous: str = ""
    previous_missing: Missing | None = None


@dataclass(frozen=True, slots=True)
class CardRow:
    """What the cards of one row share, so that their values stand on one line.

    Attributes:
        fit: Factor on the size of the values, at most 1, that lets the longest one fit.
        label_lines: Lines kept for the labels.
        label_lines_phone: The same on a phone.
        note_lines: Lines kept for the compared values.
        compared: Whether any card has a change or a compared value.
        drawn: Whether any card has a sparkline.
    """

    fit: float
    label_lines: int
    label_lines_phone: int
    note_lines: int
    compared: bool
    drawn: bool


def card(block: Block, report: Report) -> Card:
    """Put the first reading of a number block into words."""
    if not block.readings:
        return Card(missing=_reason(block))
    reading = block.readings[0]
    previous = (
        ""
        if reading.baseline is None or report.baseline is None
        else format_value(reading.baseline, reading.unit, report.locale)
    )
    previous_missing = reading.baseline_missing if report.baseline and not previous else None
    previous_missing = None if previous_missing == "not_requested" else previous_missing
    if reading.value is None:
        return Card(missing=reading.missing or _reason(block), previous=previous, previous_missing=previous_missing)
    value = format_value(reading.value, reading.unit, report.locale)
    if reading.change is None:
        return Card(value, previous=previous, previous_missing=previous_missing)
    change = reading.change
    level = _is_level(reading)
    less = change.judgement != "neutral" and (change.judgement == "good") == (change.absolute < 0)
    return Card(
        value,
        arrow="→" if level else "▲" if change.absolute > 0 else "▼",
        change=format_change(change, reading.unit, report.locale),
        judgement="neutral" if level else change.judgement,
        word="level" if level else ("better" if change.judgement == "good" else "worse") if less else "",
        previous=previous,
    )


def card_row(row: Row, report: Report) -> CardRow:
    """Measure the cards of a row together."""
    blocks = [block for block in row.blocks if block.kind == "number"]
    cards = [(block, card(block, report)) for block in blocks]
    notes = [_note(shown, report) for _, shown in cards]
    return CardRow(
        fit=min((_fit(shown.value, block.width) for block, shown in cards), default=1.0),
        label_lines=max((lines_needed(block.label, _LABEL_EM) for block in blocks), default=1),
        label_lines_phone=max((lines_needed(block.label, _LABEL_EM_PHONE) for block in blocks), default=1),
        note_lines=max((lines_needed(note, _NOTE_EM) for note in notes), default=1),
        compared=any(shown.arrow or shown.previous or shown.previous_missing or shown.missing for _, shown in cards),
        drawn=any(block.charts for block in blocks),
    )


def _reason(block: Block) -> Missing:
    return "no_data" if block.state in {"ok", "partial"} else block.state  # type: ignore[return-value]


def _is_level(reading: Reading) -> bool:
    """Tell whether a change is too small to be called a rise or a fall."""
    change = reading.change
    if change is None or change.absolute == 0:
        return True
    if reading.unit.name in RATES:
        return abs(change.absolute) < _POINTS_LEVEL[reading.unit.name or ""]
    return change.relative is not None and abs(change.relative) < _LEVEL


def _fit(value: str, columns: int) -> float:
    """Return the factor that lets a value fit its card; the light weight is a little narrower than the measured one."""
    room = _CARD_EM if columns >= _CARD_COLUMNS else _NARROW_EM
    return round(max(_SMALLEST, min(1.0, room / max(text_width(value), 1.0))), 2)


def _note(shown: Card, report: Report) -> str:
    """Return about the text of the compared value, to measure it."""
    if not shown.previous or report.baseline is None:
        return ""
    return f"{shown.previous} in {format_period(report.baseline, report.locale)}"
