"""The areas of a report's blocks on the printed pages, worked out from the corners where they begin and go on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SAME_ROW = 12  # points by which the upper edges of blocks beside each other may differ: a card's is below its rule


@dataclass(frozen=True, slots=True, order=True)
class BlockCorner:
    """The upper left corner of a block, in points from the upper and the left edge of its page.

    Its name is empty where something begins that is no block: a section, or what is said about the report.
    """

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
    """Return the area of each block of a page: to the block on its right, and down to what begins below it.

    Args:
        corners: What begins on the page, and the blocks that go on there.
        width: Of the page, in points.
        height: Likewise.
    """
    known = sorted(corners)
    return tuple(_area(corner, known, width, height) for corner in known if corner.name)


def with_continued(pages: Sequence[Sequence[BlockCorner]], top: float) -> tuple[tuple[BlockCorner, ...], ...]:
    """Return the corners of each page with those of the blocks that go on there from the page before.

    A page that begins with nothing new has the last row of blocks before it.

    Args:
        pages: What begins on each page.
        top: Height of the upper margin, in points.
    """
    found: list[tuple[BlockCorner, ...]] = []
    last: tuple[BlockCorner, ...] = ()
    for corners in pages:
        begin = min((corner.top for corner in corners), default=inf)
        going_on = tuple(replace(corner, top=top) for corner in last if corner.name and begin > top + _SAME_ROW)
        found.append((*going_on, *corners))
        last = _last_row(corners) or last
    return tuple(found)


def _last_row(corners: Sequence[BlockCorner]) -> tuple[BlockCorner, ...]:
    lowest = max((corner.top for corner in corners), default=0)
    return tuple(corner for corner in corners if lowest - corner.top <= _SAME_ROW)


def _area(corner: BlockCorner, known: Sequence[BlockCorner], width: float, height: float) -> BlockArea:
    beside = (other.left for other in known if abs(other.top - corner.top) <= _SAME_ROW and other.left > corner.left)
    right = min(beside, default=width)
    below = (other.top for other in known if other.top > corner.top + _SAME_ROW and other.left < right)
    bottom = min(below, default=height)
    return BlockArea(corner.name, corner.left, corner.top, round(right - corner.left, 1), round(bottom - corner.top, 1))
