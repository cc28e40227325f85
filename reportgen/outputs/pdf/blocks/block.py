"""Blocks that are drawn whole: a picture to the page engine; headings, paragraphs and figures to a reader.

A page engine takes a millisecond for each line of text, and a card has five. A drawn block looks as the stylesheet's
(`report.css`); `tests/outputs/pdf/blocks/test_blocks.py` compares both. The page engine sets a block that cannot be
drawn exactly.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from reportgen.outputs.drawing.marks import TextMark
from reportgen.outputs.page.typesetting import baseline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportgen.outputs.drawing.marks import Mark
    from reportgen.outputs.page.lengths import TypeStyle
    from reportgen.outputs.page.typesetting import Typesetter

Kind: TypeAlias = Literal["H1", "H2", "H3", "H4", "P", "Span", "Figure", "Artifact"]
"""Types of structure elements (ISO 32000-1, 14.8.4)."""

_HEADINGS: tuple[Kind, ...] = ("H1", "H2", "H3", "H4")
"""By their level, from the first."""


@dataclass(frozen=True, slots=True)
class BlockPart:
    """A part of a drawn block.

    Attributes:
        kind: Of its structure element; no reader hears of an artifact.
        marks: Its drawing.
        left: Of the drawing, in points from the block's left edge.
        top: Of the drawing, in points from the block's top.
        size: Width and height of a figure, in points.
        alt: Alternative text of a figure.
    """

    kind: Kind
    marks: Sequence[Mark]
    left: float = 0
    top: float = 0
    size: tuple[float, float] = (0, 0)
    alt: str = ""


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """An entry of the outline: the name of its place in the page, its title, and the level of its heading from 1."""

    place: str
    title: str
    level: int

    @property
    def kind(self) -> Kind:
        """The heading of its level."""
        return _HEADINGS[self.level - 1]


class DrawnBlock(ABC):
    """A block as a single drawing.

    Attributes:
        width: In points.
        entry: Its entry in the outline, or None.
    """

    width: float
    entry: OutlineEntry | None

    @abstractmethod
    def height(self, setter: Typesetter) -> float:
        """Return its height, in points."""

    @abstractmethod
    def parts(self, setter: Typesetter) -> Iterator[BlockPart]:
        """Yield its parts in the order in which they are read."""


def paragraph(kind: Kind, lines: Iterable[str], style: TypeStyle, color: str, top: float) -> BlockPart:
    """Return a paragraph of lines from the left edge."""
    marks, size = [], style.size.points
    for line in lines:
        marks.append(TextMark(line, 0, baseline(top, style), size, color, style.weight, typeface=style.typeface))
        top += style.line.points
    return BlockPart(kind, marks)
