"""The layout of a list of numbers: as wide as its texts need, none of which is broken but a label at its spaces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from reportgen.outputs.drawing.font_metrics import BOLD, NORMAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.outputs.drawing.font_metrics import Typeface
    from reportgen.outputs.page.lengths import Length
    from reportgen.outputs.page.medium_measures import MediumMeasures
    from reportgen.outputs.page.page_parts import ComparisonParts, ReadingParts
    from reportgen.outputs.text.number_cards import Move

ListLayout: TypeAlias = Literal["row", "pair", "stack"]
"""Of a number: all on a line; its label beside its figures, which have two lines; or its label above them. A further
comparison has a line of its own unless all are on a line."""

_SPACE_EM = 0.3
_SLACK = 1.05  # by which factor a text in another font, or set with kerning, may be wider
_LABEL_EM = 12.0  # of a label that is broken at its spaces, where its words are shorter
_UNEVEN = 1.25  # by which factor the longer line of a label is longer than half of it


def list_layout(readings: Sequence[ReadingParts], width: Length, medium: MediumMeasures) -> ListLayout:
    """Return the widest layout that fits a width; where a value has to be broken in any, the narrowest."""
    size, typeface = medium.text.size.points, medium.text.typeface
    room, gap = width.points / size, 2 * medium.cell_gap.points / size
    value = _SLACK * max((_value_width(reading, typeface) for reading in readings), default=0.0)
    columns = tuple(zip(*(reading.comparisons for reading in readings), strict=True))
    changes, compared = (
        [_SLACK * max(measure(each, typeface) for each in column) for column in columns]
        for measure in (_change_width, _compared_width)
    )
    label, halved = (
        _SLACK * max((_label_width(reading.label, lines, typeface) for reading in readings), default=0.0)
        for lines in (1, 2)
    )
    small = medium.small.size.points / size
    if label + value + sum(changes) + sum(compared) + (1 + 2 * len(columns)) * gap <= room:
        return "row"
    further = (small * (change + gap + text) for change, text in zip(changes[1:], compared[1:], strict=True))
    if halved + max(value + sum(changes[:1]) + gap, small * sum(compared[:1]), *further) + gap <= room:
        return "pair"
    return "stack"


def _label_width(label: str, lines: int, typeface: Typeface) -> float:
    """Return the width in which a label has some lines, or more where it is long; no word of it is broken."""
    even = min(typeface.width(label), _LABEL_EM) * (1 if lines == 1 else _UNEVEN / lines)
    return max(even, *map(typeface.width, label.split() or [""]))


def _value_width(reading: ReadingParts, typeface: Typeface) -> float:
    return typeface.width(reading.card.value or reading.missing_label, weight=BOLD)


def _change_width(comparison: ComparisonParts, typeface: Typeface) -> float:
    return move_width(comparison.move, comparison.word, typeface) if comparison.move else 0.0


def move_width(move: Move, word: str, typeface: Typeface, weight: int = NORMAL) -> float:
    """Return the width of a change on a line in em: its arrow, its amount, and a word behind it in some weight."""
    beside = _SPACE_EM + typeface.width(word, weight=weight) if word else 0.0
    return typeface.width(move.arrow) + _SPACE_EM + typeface.width(move.text, weight=BOLD) + beside


def _compared_width(comparison: ComparisonParts, typeface: Typeface) -> float:
    return typeface.width(comparison.compared)
