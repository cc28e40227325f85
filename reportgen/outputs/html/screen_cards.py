"""The room that cards need on a screen, as CSS variables: a style sheet sets values in the room that there is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.outputs.page.card_rows import value_width, widest_change

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportgen.model import Block
    from reportgen.outputs.printed import PrintedReport, PrintedRow

_SLACK = 1.02  # text set with kerning may be wider than measured
_OWN_LINES = 4  # of a card: its label, value, sparkline and goal; a comparison has two


def row_style(rows: Sequence[PrintedRow], printed: PrintedReport) -> str:
    """Return the variables of a row, or of rows that share a grid: sizes on paper, and of cards the room and the lines.

    The room is that of the widest value, in whose size it is set, and that of the narrowest card, which a change needs
    too, both in em. A row without cards has no variables.
    """
    cards = _cards(block for row in rows for block in row.blocks)
    if not cards:
        return ""
    widest = max(_width(block, printed) for block in cards)
    narrowest = max(widest, *(_change_width(block, printed) for block in cards))
    below = max(len(block.remarks) + len(block.notes) for block in cards)
    shared = [row.shared for row in rows]
    lines = _OWN_LINES + 2 * max(1, *(each.comparisons for each in shared)) + below
    paper = replace(
        shared[0],
        fit=min(each.fit for each in shared),
        label_lines=max(each.label_lines for each in shared),
        note_lines=max(each.note_lines for each in shared),
    )
    return f"{paper.style};--widest:{widest:.2f};--narrowest:{narrowest:.2f};--lines:{lines}"


def block_style(block: Block, row: PrintedRow, printed: PrintedReport) -> str:
    """Return the variables of a block: its columns and, of a card, the em that its width has room for.

    The first card of a row of cards names its column too, since rows of cards share a grid.
    Cards of a row that are as wide as one another share them, so that their values have one size.
    """
    span = f"--span:{block.width}"
    if block.kind != "number":
        return span
    column = max(_width(card, printed) / card.width for card in _cards(row.blocks))
    span = f"--start:1;{span}" if row.row.kind == "number" and block is row.blocks[0] else span
    return f"{span};--em:{column * block.width:.2f}"


def _cards(blocks: Iterable[Block]) -> list[Block]:
    return [block for block in blocks if block.kind == "number"]


def _width(block: Block, printed: PrintedReport) -> float:
    """Return the width of a card's value in em."""
    return _SLACK * value_width(printed.card(block).value, printed.measures.screen.value)


def _change_width(block: Block, printed: PrintedReport) -> float:
    """Return the width of a card's widest change in em."""
    return _SLACK * widest_change(printed.card(block), printed.measures.screen.text)
