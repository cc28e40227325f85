"""The rows of numbers on the summary: value, compared values, changes, goal and state, with live formulas."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from reportgen.formatting import format_period, judged_unit, telling_unit
from reportgen.model import Unit
from reportgen.outputs.text.block_states import missing_of
from reportgen.outputs.text.catalogues import N_, named_text, words_of
from reportgen.outputs.text.headings import block_title
from reportgen.outputs.text.number_cards import STANDING_WORDS, goal_text
from reportgen.outputs.text.period_notes import comparisons_of
from reportgen.outputs.workbook.excel_names import NumberName, number_names
from reportgen.outputs.workbook.number_formulas import number_formulas
from reportgen.outputs.workbook.sheet_cells import SheetCell, change_cells, text_cell, value_cell, with_live_formulas
from reportgen.outputs.workbook.sheet_words import headings, state_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.model import Block, ComparedValue, Reading, Value
    from reportgen.outputs.printed import PrintedReport
    from reportgen.outputs.workbook.sheet_cells import SheetRow

_COMPARED = (N_("Previous"), N_("Change"), N_("Change %"))
_GOALS = (N_("Goal"), N_("Progress"), N_("Verdict"))
_NO_NAMES = NumberName("", ("", ""))
_PROGRESS = Unit("percent", decimals=0)


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
    def _readings(self) -> Sequence[tuple[str, Block, Reading]]:
        """The title of the section and the block of each number, and the number."""
        return [
            (section.title, block, reading)
            for section in self._report.sections
            for block in section.blocks
            for reading in self._report.own_readings(block)
        ]

    @cached_property
    def _has_goals(self) -> bool:
        return any(reading.goal for _, _, reading in self._readings)

    @cached_property
    def _compared(self) -> Sequence[str]:
        """The names of the compared periods: as many as a number has at most, and at least one."""
        _ = words_of(self._locale).gettext
        found = [[*comparisons_of(reading, self._report)] for _title, _block, reading in self._readings]
        most = max(1, *map(len, found))
        if most == 1:
            return [_("Previous")]
        columns = [
            {each[at].compared.dates: each[at].compared for each in found if at < len(each)} for at in range(most)
        ]
        return [
            format_period(next(iter(periods.values())), self._locale, brief=True)
            if len(periods) == 1
            else f"{_('Previous')} {at}"
            for at, periods in enumerate(columns, 1)
        ]

    def rows(self) -> Iterator[SheetRow]:
        """Yield a blank row, the heading, and a row a number."""
        _ = words_of(self._locale).gettext
        if not self._readings:
            return
        columns = (_("Value"), *self._heads(), *(map(_, _GOALS) if self._has_goals else ()))
        yield ()
        yield (
            *headings(_("Section"), _("Measure")),
            *headings(*columns, style="heading_right"),
            *headings(_("State")),
        )
        for title, block, reading in self._readings:
            of_block = block_title(block, self._locale)
            alone = of_block if len(block.readings) == 1 else named_text(of_block, reading.field, self._locale)
            named = text_cell(title, "muted"), text_cell(reading.label or alone, "text")
            yield with_live_formulas((*named, *self._cells(reading, block)))

    def _heads(self) -> Iterator[str]:
        """Yield the headings of the compared values and their changes, with their periods where there are several."""
        _ = words_of(self._locale).gettext
        if len(self._compared) == 1:
            yield from map(_, _COMPARED)
            return
        for period in self._compared:
            named = {"label": period}
            yield from (period, _("%(label)s (change)") % named, _("%(label)s (change %%)") % named)

    def _cells(self, reading: Reading, block: Block) -> SheetRow:
        """Return value, compared values with changes, the goal where the report has any, and the state in words."""
        cells = self.names.get(block.name, _NO_NAMES)
        formulas = self._formulas.get(block.name, _NO_NAMES)
        compared = dict(enumerate(comparisons_of(reading, self._report)))
        return (
            self._number(reading.value, judged_unit(reading))._replace(name=cells.value, formula=formulas.value),
            *(
                cell
                for at in range(len(self._compared))
                for cell in self._comparison(
                    compared.get(at), reading.unit, at, name=cells.previous[at], formula=formulas.previous[at]
                )
            ),
            *(self._goal(reading) if self._has_goals else ()),
            self._state(reading, block),
        )

    def _comparison(
        self, comparison: ComparedValue | None, unit: Unit, at: int, *, name: str, formula: str
    ) -> tuple[SheetCell, ...]:
        """Return the cells of a compared value and its changes, blank where a number has no such comparison."""
        blank = SheetCell(None, "number")
        before = self._number(comparison.baseline if comparison else None, unit)._replace(name=name, formula=formula)
        change = comparison.change if comparison else None
        apart = at * len(_COMPARED)
        return before, *(change_cells(change, unit, self._locale, apart) if change else (blank, blank))

    def _state(self, reading: Reading, block: Block) -> SheetCell:
        _ = words_of(self._locale).gettext
        word = reading.missing or block.state
        lacking = [
            missing_of(name, each.baseline_missing, self._locale)
            for name, each in zip(self._compared, comparisons_of(reading, self._report), strict=False)
            if each.baseline_missing and each.baseline_missing != "not_requested" and not reading.missing
        ]
        state = "; ".join(lacking) or _(state_words((*block.remarks, *reading.remarks), word)[0])
        return text_cell(state, "muted" if word == "ok" and not lacking else "text")

    def _number(self, value: Value, unit: Unit) -> SheetCell:
        """Return the cell of a number, which has the decimals of its card."""
        return value_cell(value, telling_unit(value, unit), self._locale, "number")

    def _goal(self, reading: Reading) -> SheetRow:
        """Return the goal, in words where it is no single number, the progress to it, and the verdict."""
        goal, locale = reading.goal, self._locale
        if goal is None:
            return SheetCell(None, "number"), SheetCell(None, "number"), SheetCell(None, "text")
        unit = judged_unit(reading)
        target = value_cell(goal.target, telling_unit(goal.target, unit), locale, "number")
        if goal.kind in {"between", "about"}:
            target = text_cell(goal_text(goal, unit, locale), "number")
        to_goal = f"RC[-{2 + len(_COMPARED) * len(self._compared)}]/RC[-1]"  # the value by its goal
        verdict = words_of(locale).gettext(STANDING_WORDS[goal.standing]) if goal.standing else ""
        progress = value_cell(goal.progress, telling_unit(goal.progress, _PROGRESS, free=True), locale, "number")
        return target, progress._replace(formula=to_goal), text_cell(verdict, "text")
