"""Bars and colours that mark the cells of a column by their values, kept up to date by Excel itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from openpyxl.formatting.rule import DataBar, FormatObject, Rule
from openpyxl.styles import Font
from openpyxl.styles.colors import Color
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter

from reportgen.formatting import excel_value
from reportgen.outputs.text.flat_tables import SHARE_FORMULA
from reportgen.outputs.workbook.excel_names import lighter, rgb
from reportgen.outputs.workbook.sheet_additions import CellBars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

    from reportgen.model import Column, Theme
    from reportgen.outputs.text.flat_tables import FlatColumn
    from reportgen.outputs.workbook.sheet import Sheet

_Operator = Literal["lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual"]
_OPERATORS: dict[str, _Operator] = {
    "<": "lessThan",
    "<=": "lessThanOrEqual",
    ">": "greaterThan",
    ">=": "greaterThanOrEqual",
}


def add_marks(page: Worksheet, sheet: Sheet, theme: Theme) -> tuple[CellBars, ...]:
    """Add the bars of columns, the colours of cells past the limits of their column, and those of changes.

    Returns:
        What openpyxl does not write of the bars, in the order of their rules.
    """
    bars = []
    for at, flat in enumerate(sheet.columns, 1):
        letter = get_column_letter(at)
        area = f"{letter}{sheet.first}:{letter}{sheet.last}"
        rules = [*_rules(flat.column, theme), *_change_rules(flat, at, sheet.first, theme)]
        if not sheet.table_rows:
            continue
        if flat.column.bar and flat.column.is_numeric:
            bars.append(_bars(area, flat.column, theme))
            rules.insert(0, _bar_rule(bars[-1]))
        for rule in rules:
            page.conditional_formatting.add(area, rule)
    return tuple(bars)


def _bars(area: str, column: Column, theme: Theme) -> CellBars:
    least = min((value for value in column.values if isinstance(value, int | float)), default=0)
    return CellBars(area, rgb(theme, "accent-soft"), lighter(rgb(theme, "bad")), from_zero=least >= 0)


def _bar_rule(bars: CellBars) -> Rule:
    ends = [FormatObject("num", 0) if bars.from_zero else FormatObject("min"), FormatObject("max")]
    return Rule("dataBar", dataBar=DataBar(cfvo=ends, minLength=0, maxLength=100, color=Color(bars.color)))


def _rules(column: Column, theme: Theme) -> Iterator[Rule]:
    for tone in column.tones:
        limit = excel_value(tone.limit, column.unit)
        yield Rule(
            "cellIs",
            operator=_OPERATORS[tone.comparison],
            formula=[repr(limit)],
            dxf=_colored(tone.tone, theme),
            stopIfTrue=True,
        )


def _change_rules(flat: FlatColumn, at: int, row: int, theme: Theme) -> Iterator[Rule]:
    """Yield the colours of changes past the neutral band, a share of the previous value as on the page."""
    if flat.judged == "neutral":
        return
    before = at - (2 if flat.formula == SHARE_FORMULA else 1)  # the difference stands between
    change, then, now = (f"{get_column_letter(column)}{row}" for column in (at, before, before - 1))
    outside = f"ABS({now}-{then})>={flat.band!r}*ABS({then})"
    for sign, tone in ((">", "good"), ("<", "bad")) if flat.judged == "up_is_good" else ((">", "bad"), ("<", "good")):
        formula = f"AND(ISNUMBER({change}),{change}{sign}0,{outside})"
        yield Rule("expression", formula=[formula], dxf=_colored(tone, theme), stopIfTrue=True)


def _colored(tone: str, theme: Theme) -> DifferentialStyle:
    return DifferentialStyle(font=Font(color=rgb(theme, tone)))
