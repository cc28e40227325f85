"""Cards as panels: a label, a value, how it moved, its sparkline and its goal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.marks import PathMark, TextMark, box
from reportgen.outputs.page.typesetting import baseline, fits, wrap, wraps
from reportgen.outputs.page.units import BOLD, LIGHT, LINE, MM, NORMAL, SIZE, SMALL
from reportgen.outputs.pdf.blocks.block import BlockPart, DrawnBlock, TextStyle, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.outputs.drawing.marks import Drawing
    from reportgen.outputs.page.card_rows import CardRow
    from reportgen.outputs.page.typesetting import Typesetter
    from reportgen.outputs.pdf.blocks.block import OutlineEntry
    from reportgen.outputs.text.number_cards import GoalBar, Move, NumberCard

_VALUE, _VALUE_LINE = 21.0, 10 * MM
_TIGHT = -0.01  # em between the letters of a value
_UNIT = 0.6  # of the size of a value, for the words in it
_ARROW = 0.82  # of the size of the text beside it
_ABOVE, _SLOT = 2 * MM, 8 * MM
_BAR = MM
_DUE = 0.75


@dataclass(frozen=True, slots=True)
class DrawnCard(DrawnBlock):
    """A number and what belongs to it.

    Attributes:
        entry: What it is called, and where.
        shown: The number; there is one.
        note: What it is compared with.
        row: What it shares with the cards beside it.
        width: In points.
        colors: The theme's.
        sparkline: Its course, as wide as the card.
    """

    entry: OutlineEntry
    shown: NumberCard
    note: str
    row: CardRow
    width: float
    colors: Mapping[str, str] = field(repr=False)
    sparkline: Drawing | None = None

    @property
    def is_exact(self) -> bool:
        """Whether it is drawn as the page engine sets it."""
        shown, size, width = self.shown, _VALUE * self.row.fit, self.width
        moved = f"{shown.move.arrow} {shown.move.text} {shown.word}" if shown.move else ""
        return (
            bool(self.entry.title and shown.value)
            and wraps(self.entry.title, SIZE, width)
            and fits(shown.value, size, width, LIGHT)
            and fits(moved, SIZE, width, BOLD)
            and wraps(self.note, SMALL, width)
            and (not shown.goal or all(fits(text, SMALL, width, BOLD) for text in _goal_lines(shown.goal)))
            and (not self.sparkline or not self.sparkline.with_simple_text()[1])
        )

    def height(self, setter: Typesetter) -> float:
        """Return how high it is, in points."""
        below = self._below(setter)
        below += _ABOVE + _SLOT if self.sparkline or self.row.stacked else 0
        return below + (_ABOVE + 2 * _BAR + 2 * LINE if self.shown.goal else 0)

    def parts(self, setter: Typesetter) -> Iterator[BlockPart]:
        """Yield its parts in the order in which they are read."""
        label = self._label
        yield paragraph(self.entry.kind, wrap(self.entry.title, SIZE, self.width, setter, anywhere=True), label, 0)
        top = self._label_height(setter)
        yield BlockPart("P", list(self._value(top, setter)))
        top += _VALUE_LINE
        if self.shown.move:
            yield BlockPart("P", list(self._move(self.shown.move, top, setter)))
        top += LINE if self.row.compared else 0
        if self.note:
            yield paragraph("P", wrap(self.note, SMALL, self.width, setter), self._soft, top)
        top = self._below(setter)
        if self.sparkline:
            size = self.sparkline.width, self.sparkline.height
            yield BlockPart("Figure", self.sparkline.marks, 0, top + _ABOVE, size, self.sparkline.alt)
        if self.sparkline or self.row.stacked:
            top += _ABOVE + _SLOT
        if self.shown.goal:
            yield from self._goal(self.shown.goal, top + _ABOVE, setter)

    @property
    def _label(self) -> TextStyle:
        return TextStyle(SIZE, self.colors["ink-2"])

    @property
    def _soft(self) -> TextStyle:
        return TextStyle(SMALL, self.colors["ink-3"])

    def _label_height(self, setter: Typesetter) -> float:
        lines = wrap(self.entry.title, SIZE, self.width, setter, anywhere=True)
        return LINE * max(self.row.label_lines, len(lines))

    def _below(self, setter: Typesetter) -> float:
        """Return where the texts end."""
        below = self._label_height(setter) + _VALUE_LINE
        if not self.row.compared:
            return below
        return below + LINE + LINE * max(self.row.note_lines, len(wrap(self.note, SMALL, self.width, setter)))

    def _value(self, top: float, setter: Typesetter) -> Iterator[TextMark]:
        """Yield the figures of the value, and the smaller words of a duration between them."""
        size, x = _VALUE * self.row.fit, 0.0
        y = baseline(top, size, _VALUE_LINE)
        for at, piece in enumerate(self.shown.pieces):
            if not piece:
                continue
            if at % 2:
                yield TextMark(piece, x, y, _UNIT * size, self.colors["ink-2"], NORMAL)
                x += setter.width(piece, _UNIT * size, NORMAL)
            else:
                spacing = _TIGHT * size
                yield TextMark(piece, x, y, size, self.colors["ink"], LIGHT, spacing=spacing)
                x += setter.width(piece, size, LIGHT) + spacing * len(piece)

    def _move(self, move: Move, top: float, setter: Typesetter) -> Iterator[TextMark]:
        """Yield an arrow, smaller unless it is level, how far it says, and the word for it."""
        color = self.colors[move.tone if move.tone in {"good", "bad"} else "flat"]
        y, x = baseline(top, SIZE), 0.0
        pieces = [(move.arrow, SIZE if move.tone == "level" else _ARROW * SIZE, NORMAL), (" ", SIZE, NORMAL)]
        pieces += [(move.text, SIZE, BOLD), *([(f" {self.shown.word}", SIZE, NORMAL)] if self.shown.word else [])]
        for text, size, weight in pieces:
            yield TextMark(text, x, y, size, color, weight)
            x += setter.width(text, size, weight)

    def _goal(self, goal: GoalBar, top: float, setter: Typesetter) -> Iterator[BlockPart]:
        """Yield a bar and two lines below it."""
        bar = [PathMark(box(0, top, self.width, top + _BAR), self.colors["track"])]
        if goal.filled:
            bar.append(PathMark(box(0, top, self.width * goal.filled / 100, top + _BAR), self.colors["accent"]))
        if goal.due is not None:
            at = self.width * goal.due / 100
            bar.append(PathMark(box(at, top - 0.6 * _BAR, at + _DUE, top + 1.6 * _BAR), self.colors["ink"]))
        yield BlockPart("Artifact", bar)
        top += 2 * _BAR
        yield paragraph("P", [goal.progress], self._soft, top)
        y = baseline(top + LINE, SMALL)
        tone = {"reached": "good", "missed": "bad"}.get(goal.standing, "ink-2")
        marks = [TextMark(goal.standing_text, 0, y, SMALL, self.colors[tone], BOLD)]
        if goal.pacing:
            x = setter.width(goal.standing_text, SMALL, BOLD)
            marks.append(TextMark(f" · {goal.pacing}", x, y, SMALL, self.colors["ink-3"]))
        yield BlockPart("P", marks)


def _goal_lines(goal: GoalBar) -> tuple[str, str]:
    return goal.progress, f"{goal.standing_text} · {goal.pacing}"
