"""The areas of a report's blocks on the printed pages, worked out from the corners where they begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SAME_ROW = 12  # points by which the upper edges of blocks beside each other may differ: a card's is below its rule


@dataclass(frozen=True, slots=True, order=True)
class BlockCorner:
    """The upper left corner of a block, in points from the upper and the left edge of its page."""

    top: float
    left: float
    name: str


@dataclass(frozen=True, slots=True)
class BlockArea:
    """The area of a block on a page, in points from the upper and the left edge."""

    name: str
    left: float
    top: float
    width: float
    height: float


def block_areas(corners: Iterable[BlockCorner], width: float, height: float) -> tuple[BlockArea, ...]:
    """Return the area of each block of a page: to the block on its right, and down to the first block below it.

    Args:
        corners: The blocks that begin on the page.
        width: Of the page, in points.
        height: Likewise.
    """
    known = sorted(corners)
    return tuple(_area(corner, known, width, height) for corner in known)


def _area(corner: BlockCorner, known: Sequence[BlockCorner], width: float, height: float) -> BlockArea:
    beside = (other.left for other in known if abs(other.top - corner.top) <= _SAME_ROW and other.left > corner.left)
    right = min(beside, default=width)
    below = (other.top for other in known if other.top > corner.top + _SAME_ROW and other.left < right)
    bottom = min(below, default=height)
    return BlockArea(corner.name, corner.left, corner.top, round(right - corner.left, 1), round(bottom - corner.top, 1))
