"""The sizes that the cards of a row share: of their values, and of the lines kept for their texts."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.font_metrics import BOLD, NORMAL
from reportgen.outputs.drawing.line_breaks import broken_lines
from reportgen.outputs.page.lengths import POINTS_A_MM
from reportgen.outputs.page.measures import COLUMNS, MEASURES
from reportgen.outputs.text.number_cards import note

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.model import Block, Report
    from reportgen.outputs.drawing.font_metrics import Typeface
    from reportgen.outputs.page.block_rows import BlockRow
    from reportgen.outputs.page.lengths import TypeStyle
    from reportgen.outputs.page.measures import Measures
    from reportgen.outputs.text.number_cards import NumberCard

_FILLED, _FILLED_PHONE = 0.9891, 0.983  # of a card's width; text set with kerning may be wider than measured
_PARTED = 0.9  # of a line that a part of a long word fills, before its hyphen


@dataclass(frozen=True, slots=True)
class CardRow:
    """The sizes that the cards of a row share, so that their values, lines and goals stand side by side.

    Attributes:
        fit: Factor on the size of the values, at most 1, that lets the longest value fit.
        label_lines: Lines kept for the labels.
        note_lines: Lines kept for the compared values.
        comparisons: How many comparisons the card with the most of them has.
        brief: Whether months are cut short, because a compared value would need two lines otherwise.
        stacked: Whether a card has a sparkline and a goal, so that each kind keeps a place of its own.
    """

    fit: float
    label_lines: int
    note_lines: int
    comparisons: int
    brief: bool
    stacked: bool

    @property
    def is_usual(self) -> bool:
        """Whether the printed stylesheet has the same sizes."""
        return (self.fit, self.label_lines, self.note_lines) == (1, 1, 1)

    @property
    def style(self) -> str:
        """Its sizes on paper as CSS variables."""
        return f"--fit:{self.fit};--label-lines:{self.label_lines};--note-lines:{self.note_lines}"


def card_row(
    row: BlockRow, report: Report, card: Callable[[Block], NumberCard], measures: Measures = MEASURES
) -> CardRow:
    """Return the sizes that the cards of a row share; `card` returns the card of a number block."""
    cards = [(block, card(block)) for block in row.blocks if block.kind == "number"]
    label, small = measures.paper.text, measures.paper.small

    def lines(text: str, block: Block, style: TypeStyle) -> int:
        return _count_lines(text, _room(block.width, style, measures), style.typeface)

    def notes(*, brief: bool) -> list[tuple[Block, str]]:
        return [(block, note(each, report, brief=brief)) for block, shown in cards for each in shown.comparisons]

    phone = _phone_room(measures.phone.small, measures)
    brief = any(
        lines(text, block, small) > 1 or _count_lines(text, phone, label.typeface) > 1
        for block, text in notes(brief=False)
    )
    return CardRow(
        fit=min((_fit(shown.value, block, measures) for block, shown in cards), default=1.0),
        label_lines=max((lines(block.label, block, label) for block, _ in cards), default=1),
        note_lines=max((lines(text, block, small) for block, text in notes(brief=brief)), default=1),
        comparisons=max((_comparisons(shown) for _, shown in cards), default=0),
        brief=brief,
        stacked=any(block.charts and shown.goal for block, shown in cards),
    )


def _comparisons(card: NumberCard) -> int:
    """Return how many comparisons of a card there is room to keep for; the sentence of a missing value takes one."""
    places = (at for at, each in enumerate(card.comparisons, 1) if not each.is_blank)
    return max(places, default=1 if card.missing else 0)


def _count_lines(text: str, room: float, typeface: Typeface) -> int:
    """Return how many lines a text takes in a room in em; a word that is wider than a line is parted."""
    widths = map(typeface.width, broken_lines(text, room, typeface))
    return sum(ceil(width / (_PARTED * room)) if width > room else 1 for width in widths)


def legible_width(block: Block, card: NumberCard, measures: Measures = MEASURES) -> int:
    """Return the columns of a number block: the author's, or as many as its value and changes fit in.

    The value may be as small as its label, in whose size the changes are set.
    """
    style = measures.paper.text
    widest = max(style.typeface.width(card.value), widest_change(card, style))
    widths = (columns for columns in range(block.width, COLUMNS) if widest <= _room(columns, style, measures))
    return next(widths, COLUMNS)


def widest_change(card: NumberCard, style: TypeStyle) -> float:
    """Return the width of a card's widest change with its arrow, in em; 0 where it has none."""
    moves = (each.move for each in card.comparisons if each.move)
    return max((style.typeface.width(f"{move.arrow} {move.text}", weight=BOLD) for move in moves), default=0.0)


def _room(columns: int, style: TypeStyle, measures: Measures) -> float:
    """Return the width of a printed card's lines, in em."""
    return round(_FILLED * POINTS_A_MM / style.size.points, 3) * measures.printed_width(columns).value


def _phone_room(style: TypeStyle, measures: Measures) -> float:
    """Return the width of a card's lines on a phone, where two cards stand side by side, in em."""
    width = (measures.widths.phone_chart.value - measures.phone.gutter.value) / 2
    return round(_FILLED_PHONE * width / style.size.value, 1)


def value_width(value: str, style: TypeStyle) -> float:
    """Return the width of a card's value in em, at least 1.

    The built-in family's light weight is a little narrower than the measured weight; a theme's may be wider.
    """
    return max(style.typeface.width(value, weight=style.weight if style.typeface.own else NORMAL), 1.0)


def _fit(value: str, block: Block, measures: Measures) -> float:
    """Return the factor on a value's size that lets it fit its card; it never is smaller than its label."""
    style, label = measures.paper.value, measures.paper.text
    smallest = floor(100 * label.size.points / style.size.points) / 100
    room = _room(block.width, style, measures)
    return round(max(smallest, min(1.0, room / value_width(value, style))), 2)
