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
from reportgen.outputs.workbook.excel_names import rgb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

    from reportgen.model import Column, Theme
    from reportgen.outputs.text.flat_tables import FlatColumn
    from reportgen.outputs.workbook.sheets import Sheet

_Operator = Literal["lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual"]
_OPERATORS: dict[str, _Operator] = {
    "<": "lessThan",
    "<=": "lessThanOrEqual",
    ">": "greaterThan",
    ">=": "greaterThanOrEqual",
}


def add_marks(page: Worksheet, sheet: Sheet, theme: Theme) -> None:
    """Add the bars of columns, the colours of cells past the limits of their column, and those of changes."""
    for at, flat in enumerate(sheet.columns, 1):
        letter = get_column_letter(at)
        for rule in (*_rules(flat.column, theme), *_change_rules(flat, at, theme)):
            page.conditional_formatting.add(f"{letter}2:{letter}{sheet.table_rows + 1}", rule)


def _rules(column: Column, theme: Theme) -> Iterator[Rule]:
    if column.bar and column.is_numeric:
        ends = [FormatObject("num", 0), FormatObject("max")]
        yield Rule("dataBar", dataBar=DataBar(cfvo=ends, color=Color(rgb(theme, "accent-soft"))))
    for tone in column.tones:
        limit = excel_value(tone.limit, column.unit)
        yield Rule(
            "cellIs",
            operator=_OPERATORS[tone.comparison],
            formula=[repr(limit)],
            dxf=_colored(tone.tone, theme),
            stopIfTrue=True,
        )


def _change_rules(flat: FlatColumn, at: int, theme: Theme) -> Iterator[Rule]:
    """Yield the colours of changes past the neutral band, a share of the previous value as on the page."""
    if flat.judged == "neutral":
        return
    before = at - (2 if flat.formula == SHARE_FORMULA else 1)  # the difference stands between
    change, then, now = (f"{get_column_letter(column)}2" for column in (at, before, before - 1))
    outside = f"ABS({now}-{then})>={flat.band!r}*ABS({then})"
    for sign, tone in ((">", "good"), ("<", "bad")) if flat.judged == "up_is_good" else ((">", "bad"), ("<", "good")):
        formula = f"AND(ISNUMBER({change}),{change}{sign}0,{outside})"
        yield Rule("expression", formula=[formula], dxf=_colored(tone, theme), stopIfTrue=True)


def _colored(tone: str, theme: Theme) -> DifferentialStyle:
    return DifferentialStyle(font=Font(color=rgb(theme, tone)))
