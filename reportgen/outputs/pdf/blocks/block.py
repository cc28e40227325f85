"""Blocks that are drawn whole: one picture to the page engine; headings, paragraphs and figures to a reader.

A page engine takes a millisecond for each line of text, and a card has five. A panel looks as the style sheet's
blocks do (`report.css`); `tests/outputs/pdf/blocks/test_blocks.py` holds both against one another. A block that
cannot be drawn exactly so stays one of the page engine's.
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

Kind: TypeAlias = Literal["H1", "H2", "H3", "P", "Span", "Figure", "Artifact"]
"""What a part is, in the names of ISO 32000-1, 14.8.4."""


_HEADINGS: tuple[Kind, ...] = ("H1", "H2", "H3")
"""By how deep they stand, from the first level."""


@dataclass(frozen=True, slots=True)
class BlockPart:
    """A part of a panel.

    Attributes:
        kind: An artifact is nothing to a reader.
        marks: How it is drawn.
        left: Where its marks begin, in points from the panel's left edge.
        top: Likewise, from its top.
        size: Width and height of a figure, in points.
        alt: What a figure shows.
    """

    kind: Kind
    marks: Sequence[Mark]
    left: float = 0
    top: float = 0
    size: tuple[float, float] = (0, 0)
    alt: str = ""


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A place in the outline.

    Attributes:
        place: Its name in the page.
        title: What it is called.
        level: How deep it stands, from 1.
    """

    place: str
    title: str
    level: int

    @property
    def kind(self) -> Kind:
        """The heading that stands there."""
        return _HEADINGS[self.level - 1]


class DrawnBlock(ABC):
    """A block as one drawing.

    Attributes:
        width: In points.
        entry: Where it is in the outline; None where it is not.
    """

    width: float
    entry: OutlineEntry | None

    @abstractmethod
    def height(self, setter: Typesetter) -> float:
        """Return how high it is, in points."""

    @abstractmethod
    def parts(self, setter: Typesetter) -> Iterator[BlockPart]:
        """Yield its parts in the order in which they are read."""


def paragraph(kind: Kind, lines: Iterable[str], style: TypeStyle, color: str, top: float) -> BlockPart:
    """Return lines of text, one below the other, from the left edge."""
    marks, size = [], style.size.points
    for line in lines:
        marks.append(TextMark(line, 0, baseline(top, style), size, color, style.weight))
        top += style.line.points
    return BlockPart(kind, marks)
