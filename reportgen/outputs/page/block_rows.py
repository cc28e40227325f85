"""Rows of blocks in twelve columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportgen.outputs.page.measures import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.model import Block, Section, Table

_LEAST_CARD = 2  # columns; a single column has no room for a number
_LONG_TABLE, _LONG_PROSE, _LONG_CELL = 20, 2000, 700
"""Rows, letters and letters of a cell; beside another block they could not break over pages."""


@dataclass(frozen=True, slots=True)
class BlockRow:
    """Blocks that stand side by side, at least one block; a fresh row starts a new printed page."""

    blocks: tuple[Block, ...]
    fresh: bool = False

    @property
    def kind(self) -> str:
        """The kind its blocks share; `mixed` where they share none."""
        kinds = {block.kind for block in self.blocks}
        return kinds.pop() if len(kinds) == 1 else "mixed"

    @property
    def has_numbers(self) -> bool:
        """Whether any of its blocks is a card."""
        return any(block.kind == "number" for block in self.blocks)

    @property
    def alone(self) -> bool:
        """Whether it is a single block without a grid; a card keeps its grid."""
        return len(self.blocks) == 1 and not self.has_numbers

    @property
    def is_kept(self) -> bool:
        """Whether the row after it stands on the same page."""
        return self.kind == "heading" or any(block.keep_with_next for block in self.blocks)

    @property
    def classes(self) -> str:
        """Its CSS classes."""
        kept = self.is_kept and self.kind != "heading"
        told = {"fresh": self.fresh, "kept": kept, "alone": self.alone}
        return " ".join(("row", self.kind, *(name for name, is_so in told.items() if is_so)))

    @property
    def width(self) -> int:
        """The count of columns of its blocks."""
        return sum(block.width for block in self.blocks)


def pack(blocks: Iterable[Block]) -> tuple[BlockRow, ...]:
    """Return blocks in rows of twelve columns, filled from left to right.

    A page break at the start or the end of a section, or after another, breaks nothing: it would
    leave a blank page. A card is two columns wide at least.
    """
    groups: list[list[Block]] = []
    for block in map(_legible, blocks):
        if groups and _joins(groups[-1], block):
            groups[-1].append(block)
        else:
            groups.append([block])
    rows: list[BlockRow] = []
    begun = broken = False
    for group in groups:
        breaks = group[0].kind == "page_break"
        rows.append(BlockRow(tuple(group), fresh=begun and broken and not breaks))
        begun, broken = begun or not breaks, breaks or (broken and not begun)
    return tuple(rows)


def _legible(block: Block) -> Block:
    return replace(block, width=_LEAST_CARD) if block.kind == "number" and block.width < _LEAST_CARD else block


def _joins(row: list[Block], block: Block) -> bool:
    """Return whether a block stands beside the blocks of a row."""
    fits = sum(other.width for other in row) + block.width <= COLUMNS
    return fits and not block.new_row and not _alone(block) and not _alone(row[-1])


def _alone(block: Block) -> bool:
    """Return whether a block needs a row for itself: no block may stand beside a block that breaks over pages."""
    long = len(block.prose) > _LONG_PROSE or any(map(_is_long, block.tables))
    return long or block.kind in {"page_break", "divider"}


def _is_long(table: Table) -> bool:
    """Return whether a table has many rows, or a row that is high because a text in it is shown whole."""
    texts = (text for column in table.columns if not column.lines for text in column.values[: table.shown])
    return table.shown > _LONG_TABLE or any(isinstance(text, str) and len(text) > _LONG_CELL for text in texts)


def levels(section: Section) -> dict[str, int]:
    """Return the heading level of each block in the page's outline, by the block's name.

    The report's title is the first level and a section's the second; a heading between blocks stands below it, and
    the blocks below either. Without them they move up, because an outline has no jumps.
    """
    level, found = 3 if section.title else 2, {}
    below = level
    for block in section.blocks:
        is_heading = block.kind == "heading"
        found[block.name] = level if is_heading else below
        below = level + 1 if is_heading else below
    return found
