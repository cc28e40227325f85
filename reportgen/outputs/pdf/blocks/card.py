"""Drawn cards: a label, a value, its change, its sparkline and its goal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.font_metrics import BOLD, NORMAL
from reportgen.outputs.drawing.marks import PathMark, TextMark, box
from reportgen.outputs.page.typesetting import baseline, fits, fits_behind, wrap, wraps
from reportgen.outputs.pdf.blocks.block import BlockPart, DrawnBlock, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.outputs.drawing.marks import Drawing
    from reportgen.outputs.page.card_rows import CardRow
    from reportgen.outputs.page.lengths import TypeStyle
    from reportgen.outputs.page.measures import Measures
    from reportgen.outputs.page.page_parts import ComparisonParts
    from reportgen.outputs.page.typesetting import Typesetter
    from reportgen.outputs.pdf.blocks.block import OutlineEntry
    from reportgen.outputs.text.number_cards import GoalBar, Move, NumberCard


@dataclass(frozen=True, slots=True)
class DrawnCard(DrawnBlock):
    """A card that has a value, as a drawing; its sparkline is as wide."""

    entry: OutlineEntry
    shown: NumberCard
    comparisons: Sequence[ComparisonParts]
    row: CardRow
    width: float
    colors: Mapping[str, str] = field(repr=False)
    measures: Measures = field(repr=False)
    sparkline: Drawing | None = None

    @property
    def is_exact(self) -> bool:
        """Whether it is drawn as the page engine sets it."""
        shown, width, text, small = self.shown, self.width, self.measures.paper.text, self.measures.paper.small
        moves = [(each.move, each.word) for each in self.comparisons if each.move]
        goal = _goal_lines(shown.goal) if shown.goal else ()
        return (
            bool(self.entry.title and shown.value)
            and wraps(self.entry.title, text, width)
            and fits(shown.value, self._value_style, width)
            and all(fits_behind(move.arrow, f"{move.text} {word}", text.weighing(BOLD), width) for move, word in moves)
            and all(wraps(each.compared, small, width) for each in self.comparisons)
            and all(fits(line, small.weighing(BOLD), width) for line in goal)
            and (not self.sparkline or not self.sparkline.with_simple_text()[1])
        )

    def height(self, setter: Typesetter) -> float:
        """Return its height, in points."""
        paper = self.measures.paper
        below = self._below(setter) + self._slot
        if not self.shown.goal:
            return below
        line = paper.small.line.points
        return below + self._gap + 2 * paper.bar.points + line + max(line, paper.step.points)

    def parts(self, setter: Typesetter) -> Iterator[BlockPart]:
        """Yield its parts in the order in which they are read."""
        paper = self.measures.paper
        yield paragraph(self.entry.kind, self._label_lines(setter), paper.text, self.colors["ink-2"], 0)
        top = self._label_height(setter)
        yield BlockPart("P", list(self._value(top, setter)))
        yield from self._comparisons(top + paper.value.line.points, setter)
        top = self._below(setter)
        if self.sparkline:
            size = self.sparkline.width, self.sparkline.height
            yield BlockPart("Figure", self.sparkline.marks, 0, top + self._gap, size, self.sparkline.alt)
        if self.shown.goal:
            yield from self._goal(self.shown.goal, top + self._slot + self._gap, setter)

    @property
    def _value_style(self) -> TypeStyle:
        return self.measures.paper.value.scaled(self.row.fit)

    @property
    def _gap(self) -> float:
        """The gap above a sparkline and a goal, in points."""
        return self.measures.paper.step.points / 2

    @property
    def _slot(self) -> float:
        """The height that is kept for sparklines in its row, in points."""
        return self._gap + self.measures.paper.slot.points if self.sparkline or self.row.stacked else 0

    def _label_lines(self, setter: Typesetter) -> Sequence[str]:
        return wrap(self.entry.title, self.measures.paper.text, self.width, setter, anywhere=True)

    def _label_height(self, setter: Typesetter) -> float:
        return self.measures.paper.text.line.points * max(self.row.label_lines, len(self._label_lines(setter)))

    def _below(self, setter: Typesetter) -> float:
        """Return the height of the texts, in points."""
        paper = self.measures.paper
        below = self._label_height(setter) + paper.value.line.points
        heights = [self._comparison_height(each, setter) for each in self.comparisons]
        return below + sum(heights) + self._between * max(len(heights) - 1, 0)

    @property
    def _between(self) -> float:
        """The gap between two comparisons, in points."""
        return self.measures.paper.step.points / 4

    def _comparison_height(self, comparison: ComparisonParts, setter: Typesetter) -> float:
        paper = self.measures.paper
        lines = max(self.row.note_lines, len(wrap(comparison.compared, paper.small, self.width, setter)))
        return paper.text.line.points + paper.small.line.points * lines

    def _comparisons(self, top: float, setter: Typesetter) -> Iterator[BlockPart]:
        """Yield the change and the compared value of each comparison."""
        paper, ink = self.measures.paper, self.colors["ink-3"]
        for each in self.comparisons:
            if each.move:
                yield BlockPart("P", list(self._move(each.move, each.word, top, setter)))
            if each.compared:
                lines = wrap(each.compared, paper.small, self.width, setter)
                yield paragraph("P", lines, paper.small, ink, top + paper.text.line.points)
            top += self._comparison_height(each, setter) + self._between

    def _value(self, top: float, setter: Typesetter) -> Iterator[TextMark]:
        """Yield the figures of the value, and the smaller words of a duration between them."""
        style, relative, x = self._value_style, self.measures.relative, 0.0
        y, size = baseline(top, style), style.size.points
        small, spacing = relative.value_unit.value * size, relative.value_spacing.value * size
        for at, piece in enumerate(self.shown.pieces):
            if not piece:
                continue
            if at % 2:
                yield TextMark(piece, x, y, small, self.colors["ink-2"], NORMAL, typeface=style.typeface)
                x += setter.width(piece, small, NORMAL, style.typeface)
            else:
                ink, typeface = self.colors["ink"], style.typeface
                yield TextMark(piece, x, y, size, ink, style.weight, spacing=spacing, typeface=typeface)
                x += setter.width(piece, size, style.weight, typeface) + spacing * len(piece)

    def _move(self, move: Move, word: str, top: float, setter: Typesetter) -> Iterator[TextMark]:
        """Yield an arrow, smaller unless it is level, the change, and its word."""
        color = self.colors[move.tone if move.tone in {"good", "bad"} else "flat"]
        style = self.measures.paper.text
        y, x, size = baseline(top, style), 0.0, style.size.points
        arrow = size if move.tone == "level" else self.measures.relative.arrow.value * size
        pieces = [(move.arrow, arrow, NORMAL), (" ", size, NORMAL), (move.text, size, BOLD)]
        pieces += [(f" {word}", size, NORMAL)] if word else []
        for text, wide, weight in pieces:
            typeface = style.typeface.setting(text, weight)
            yield TextMark(text, x, y, wide, color, weight, typeface=typeface)
            x += setter.width(text, wide, weight, typeface)

    def _goal(self, goal: GoalBar, top: float, setter: Typesetter) -> Iterator[BlockPart]:
        paper, soft = self.measures.paper, self.colors["ink-3"]
        high, reach = paper.bar.points, paper.due_reach.points
        bar = [PathMark(box(0, top, self.width, top + high), self.colors["track"])] if goal.filled is not None else []
        if goal.filled:
            bar.append(PathMark(box(0, top, self.width * goal.filled / 100, top + high), self.colors["accent"]))
        if goal.due is not None:
            at = self.width * goal.due / 100
            due = box(at, top - reach, at + paper.thick.points, top + high + reach)
            bar.append(PathMark(due, self.colors["ink"]))
        yield BlockPart("Artifact", bar)
        top += 2 * high
        yield paragraph("P", [goal.progress], paper.small, soft, top)
        small, typeface = paper.small, paper.small.typeface
        y, size = baseline(top + small.line.points, small), small.size.points
        tone = self.colors[goal.tone if goal.tone in {"good", "bad"} else "ink-2"]
        marks = [TextMark(goal.standing_text, 0, y, size, tone, BOLD, typeface=typeface)] if goal.standing_text else []
        if goal.pacing:
            x = setter.width(goal.standing_text, size, BOLD, typeface) if marks else 0.0
            marks.append(TextMark(f"{' · ' if marks else ''}{goal.pacing}", x, y, size, soft, typeface=typeface))
        if marks:
            yield BlockPart("P", marks)


def _goal_lines(goal: GoalBar) -> tuple[str, str]:
    return goal.progress, goal.verdict
