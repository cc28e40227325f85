"""The rows of numbers on the summary: value, previous value, changes, goal and state, with live formulas."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from reportgen.formatting import telling_unit
from reportgen.model import Unit
from reportgen.outputs.text.block_states import missing_of
from reportgen.outputs.text.catalogues import N_, words_of
from reportgen.outputs.text.headings import block_title
from reportgen.outputs.text.number_cards import STANDING_WORDS, goal_text
from reportgen.outputs.workbook.excel_names import NumberName, number_names
from reportgen.outputs.workbook.number_formulas import number_formulas
from reportgen.outputs.workbook.sheet_cells import SheetCell, change_cells, text_cell, value_cell, with_live_formulas
from reportgen.outputs.workbook.sheet_words import headings, state_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.model import Block, Reading, Value
    from reportgen.outputs.printed import PrintedReport
    from reportgen.outputs.workbook.sheet_cells import SheetRow

_NUMBERS = (N_("Value"), N_("Previous"), N_("Change"), N_("Change %"))
_GOALS = (N_("Goal"), N_("Progress"), N_("Verdict"))
_PROGRESS = Unit("percent", decimals=0)
_TO_GOAL = "RC[-5]/RC[-1]"  # the value by its goal


class NumberRows:
    """The rows of a report's numbers, below a heading; no rows without numbers.

    Attributes:
        names: The names of the cells of number blocks, by the names of the blocks.
    """

    def __init__(self, printed: PrintedReport) -> None:
        """Name the cells of a report's numbers."""
        self._report = printed.report
        self._locale = printed.report.locale
        self.names = number_names(
            block.name for block in self._report.blocks if block.kind == "number" and len(block.readings) == 1
        )
        self._formulas = number_formulas(printed.complete, self.names)

    @cached_property
    def _has_goals(self) -> bool:
        report = self._report
        return any(reading.goal for block in report.blocks for reading in report.own_readings(block))

    def rows(self) -> Iterator[SheetRow]:
        """Yield a blank row, the heading, and a row a number."""
        _ = words_of(self._locale).gettext
        placed = [
            (section.title, block, reading)
            for section in self._report.sections
            for block in section.blocks
            for reading in self._report.own_readings(block)
        ]
        if not placed:
            return
        columns = (*_NUMBERS, *(_GOALS if self._has_goals else ()))
        yield ()
        yield (
            *headings(_("Section"), _("Measure")),
            *headings(*map(_, columns), style="heading_right"),
            *headings(_("State")),
        )
        for title, block, reading in placed:
            of_block = block_title(block, self._locale)
            alone = of_block if len(block.readings) == 1 else f"{of_block}: {reading.field}"
            named = text_cell(title, "muted"), text_cell(reading.label or alone, "text")
            yield with_live_formulas((*named, *self._cells(reading, block)))

    def _cells(self, reading: Reading, block: Block) -> SheetRow:
        """Return value, previous value, both changes, the goal where the report has any, and the state in words."""
        blank = SheetCell(None, "number")
        changes = change_cells(reading.change, reading.unit, self._locale) if reading.change else (blank, blank)
        name = self.names.get(block.name, NumberName("", ""))
        now, before = self._formulas.get(block.name, ("", ""))
        return (
            self._number(reading.value, reading.unit)._replace(name=name.value, formula=now),
            self._number(reading.baseline, reading.unit)._replace(name=name.previous, formula=before),
            *changes,
            *(_goal(reading, self._locale) if self._has_goals else ()),
            self._state(reading, block),
        )

    def _state(self, reading: Reading, block: Block) -> SheetCell:
        _ = words_of(self._locale).gettext
        word = reading.missing or block.state
        state = _(state_words((*block.remarks, *reading.remarks), word)[0])
        if reading.baseline_missing and reading.baseline_missing != "not_requested" and not reading.missing:
            word, state = reading.baseline_missing, missing_of(_("Previous"), reading.baseline_missing, self._locale)
        return text_cell(state, "muted" if word == "ok" else "text")

    def _number(self, value: Value, unit: Unit) -> SheetCell:
        """Return the cell of a number, which has the decimals of its card."""
        return value_cell(value, telling_unit(value, unit), self._locale, "number")


def _goal(reading: Reading, locale: str) -> SheetRow:
    """Return the goal, in words where it is no single number, the progress to it, and the verdict."""
    goal = reading.goal
    if goal is None:
        return SheetCell(None, "number"), SheetCell(None, "number"), SheetCell(None, "text")
    target = value_cell(goal.target, telling_unit(goal.target, reading.unit), locale, "number")
    if goal.kind in {"between", "about"}:
        target = text_cell(goal_text(goal, reading.unit, locale), "number")
    verdict = words_of(locale).gettext(STANDING_WORDS[goal.standing]) if goal.standing else ""
    progress = value_cell(goal.progress, telling_unit(goal.progress, _PROGRESS, free=True), locale, "number")
    return target, progress._replace(formula=_TO_GOAL), text_cell(verdict, "text")
