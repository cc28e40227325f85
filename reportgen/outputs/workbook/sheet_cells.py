"""The cells of a report's values: typed where Excel can hold them, text where a number would lose digits."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias
from unicodedata import east_asian_width

from reportgen.formatting import (
    SECONDS_IN,
    excel_format,
    excel_seconds,
    excel_value,
    format_value,
    limited_unit,
    points_of,
    points_unit,
    points_word,
    telling_unit,
)
from reportgen.formatting.cldr import decimals_of
from reportgen.model import RATES, Unit
from reportgen.outputs.text.flat_tables import difference_formula, share_formula
from reportgen.outputs.workbook.excel_names import legal_text
from reportgen.outputs.workbook.marked_formats import signed_format, toned_format
from reportgen.outputs.workbook.web_links import web_address

if TYPE_CHECKING:
    from reportgen.model import Change, Column, Direction, Judgement, Number, Value

CellStyle = Literal[
    "title",
    "caption",
    "fact",
    "fact_name",
    "heading",
    "heading_right",
    "heading_filtered",
    "text",
    "number",
    "muted",
    "plain",
    "figure",
    "link",
    "back",
    "good",
    "bad",
    "total",
    "total_right",
]

LARGEST_EXACT = 10**15 - 1
"""The largest number of which Excel keeps every digit."""

FIRST_YEAR = 1900
"""Where Excel's calendar begins."""

_MOST_DECIMALS = 30
FILTER_BUTTON = 3
"""Characters that the button of a filter takes from a heading."""

_BREAKS = re.compile(r" (?!\S{1,2}\)?$)")  # not before the last letters, `change %)`
_ELAPSED = re.compile(r"\[([hms])\]")  # the largest part of a duration, which counts on
_IN_A_DAY = {"h": 24, "m": 24 * 60, "s": 24 * 60 * 60}


class SheetCell(NamedTuple):
    """A cell of a sheet.

    Attributes:
        value: A number, a day, text that Excel accepts, or None for a blank.
        style: Name of its look.
        format: Excel number format.
        link: Address, http or https, or None.
        note: A comment on the cell; may be empty.
        name: By which formulas anywhere in the workbook can find it; empty for most cells.
        formula: Gives its value again from other cells, whose places are in R1C1 notation; empty for most cells.
    """

    value: Number | str | date | None
    style: CellStyle
    format: str = "General"
    link: str | None = None
    note: str = ""
    name: str = ""
    formula: str = ""


class ChangeKind(NamedTuple):
    """A kind of changes.

    Attributes:
        unit: Of the change.
        formula: Gives the change from other cells, whose places are in R1C1 notation.
        rounded: Whether an author chose the decimals of the unit.
        suffix: Printed behind the number.
        judged: Whether a rise is good.
    """

    unit: Unit
    formula: str
    rounded: bool = False
    suffix: str = ""
    judged: Direction = "neutral"


SheetRow: TypeAlias = tuple[SheetCell, ...]
CellMaker: TypeAlias = Callable[..., SheetCell]
"""Makes the cell of a value and of its link."""


def text_cell(text: str, style: CellStyle, note: str = "") -> SheetCell:
    """Return a cell that holds text as text, whatever it begins with."""
    return SheetCell(legal_text(text) or None, style, note=note)


def value_cell(value: Value, unit: Unit, locale: str, style: CellStyle, link: str | None = None) -> SheetCell:
    """Return a typed cell; None, NaN and infinity are blank.

    What Excel's numbers cannot hold is text: an integer of more than 15 digits (an id, most often)
    keeps every digit, a day before 1900 and a negative duration read as on the page.
    """
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return SheetCell(None, style)
    held, code, safe = excel_value(value, unit), excel_format(value, unit, locale), link and web_address(link)
    if isinstance(held, int) and abs(held) > LARGEST_EXACT:
        return SheetCell(str(held), style, "@")
    if (isinstance(held, date) and held.year < FIRST_YEAR) or (unit.name in SECONDS_IN and _is_negative(held)):
        return SheetCell(format_value(value, unit, locale), style, "@")
    if isinstance(held, str):
        held = format_value(value, unit, locale)  # a month has its name
        return SheetCell(legal_text(held) or None, "link" if safe else style, code, safe)
    if code.count("0") > _MOST_DECIMALS:  # 1e-320 printed as it came
        code = "General"
    return SheetCell(held, "link" if safe else style, code, safe)


def cell_maker(unit: Unit, locale: str, style: CellStyle) -> CellMaker:
    """Return `value_cell` for the values of a column, whose number format is looked up once where all share it."""

    def made(value: Value, link: str | None = None) -> SheetCell:
        if type(value) is str and unit.name == "text" and not link:
            return SheetCell(legal_text(value) or None, style, "@")
        return value_cell(value, unit, locale, style, link)

    if unit.name in {None, "text", "date"} or unit.name in SECONDS_IN:
        return made
    code = excel_format(0, unit, locale)

    def make(value: Value, link: str | None = None) -> SheetCell:
        if type(value) is int and abs(value) <= LARGEST_EXACT and not link:
            return SheetCell(value, style, code)
        return value_cell(value, unit, locale, style, link)

    return make


def toned_maker(column: Column, locale: str) -> CellMaker:
    """Return a maker of the cells of a column that the author has limits for: with a sign for the tone of each."""
    make = cell_maker(column.unit, locale, "number")

    def made(value: Value, link: str | None = None) -> SheetCell:
        unit, tone = limited_unit(value, column.unit, column.limits), column.tone(value)
        cell = make(value, link) if unit is column.unit else value_cell(value, unit, locale, "number", link)
        marked = tone != "neutral" and isinstance(cell.value, int | float)
        return cell._replace(format=toned_format(cell.format, tone)) if marked else cell

    return made


def computed_maker(make: CellMaker, formula: str) -> CellMaker:
    """Return a maker of the cells of a computed column: with the formula, where there is a number."""

    def made(value: Value, link: str | None = None) -> SheetCell:
        cell = make(value, link)
        return cell._replace(formula=formula) if isinstance(cell.value, int | float) else cell

    return made


def change_maker(kind: ChangeKind, locale: str, style: CellStyle) -> Callable[[Value, Judgement | None], SheetCell]:
    """Return a maker of the cells of changes: signed numbers with a formula, and with decimals that tell them from 0.

    A difference of durations is held in seconds. A change that is good or bad has an arrow.
    """
    unit = kind.unit

    def made(value: Value, judgement: Judgement | None = None) -> SheetCell:
        if isinstance(value, int | float) and unit.name in SECONDS_IN:
            seconds = float(Decimal(repr(value)) * SECONDS_IN[unit.name])
            cell = SheetCell(seconds, style, excel_seconds(seconds, unit.decimals, locale))
        else:
            told = telling_unit(value, unit, free=not kind.rounded)
            # with decimals of its own, as a bound would leave no room for the sign
            cell = value_cell(value, replace(told, decimals=decimals_of(told)), locale, style)
        if cell.value is None or isinstance(cell.value, str):
            return cell
        judged = kind.judged if judgement in {"good", "bad"} else "neutral"
        return cell._replace(format=signed_format(cell.format, kind.suffix, judged, locale), formula=kind.formula)

    return made


def change_cells(change: Change, unit: Unit, locale: str, apart: int = 0) -> tuple[SheetCell, SheetCell]:
    """Return the cells of the absolute change, of a rate in percentage points, and of the relative change, signed.

    Args:
        change: The change.
        unit: The unit of the values.
        locale: The report's locale.
        apart: How many columns stand between the value and the previous value.
    """
    style: CellStyle = "number" if change.judgement == "neutral" else change.judgement
    rate, rounded = unit.name in RATES, unit.decimals is not None
    moved = float(points_of(change, unit)) if rate else change.absolute
    moved_unit, suffix = (points_unit(unit), points_word(locale)) if rate else (unit, "")
    judged = _direction_of(change)
    kind = ChangeKind(moved_unit, difference_formula(unit, apart), rounded, suffix, judged)
    difference = change_maker(kind, locale, style)
    share = change_maker(ChangeKind(Unit("percent"), share_formula(apart), judged=judged), locale, style)
    return difference(moved, change.judgement), share(change.printed_share, change.judgement)


def _direction_of(change: Change) -> Direction:
    """Return whether a rise is good, as the verdict on a change tells."""
    if change.judgement == "neutral":
        return "neutral"
    return "up_is_good" if (change.absolute > 0) == (change.judgement == "good") else "down_is_good"


def with_live_formulas(row: SheetRow) -> SheetRow:
    """Return a row without the formulas over texts, which stand for numbers that Excel cannot hold."""
    return tuple(
        cell._replace(formula="")
        if cell.formula and any(isinstance(row[at + place].value, str) for place in _neighbours(cell.formula))
        else cell
        for at, cell in enumerate(row)
    )


@lru_cache(maxsize=64)
def _neighbours(formula: str) -> tuple[int, ...]:
    """Return the places of the cells that a formula is made from, counted from its own."""
    return tuple(int(place) for place in re.findall(r"RC\[(-?\d+)\]", formula))


def display_width(cell: SheetCell) -> int:
    """Return the width of a cell's content in characters of a fixed-width type; a heading may break at spaces."""
    match cell.value:
        case None:
            return 0
        case str() as text:
            if cell.style.startswith("heading"):
                return FILTER_BUTTON + max(map(text_width, _BREAKS.split(text)), default=0)
            return max(map(text_width, text.split("\n")), default=0)
        case date():
            return len(cell.format.replace('"', ""))
        case number if elapsed := _ELAPSED.search(cell.format):
            return _duration_width(number * _IN_A_DAY[elapsed[1]], cell.format)
        case number:
            decimals, percents, words = _shown_with(cell.format)
            shown = number * 100 if percents else number
            return len(f"{shown:+,.{decimals}f}") + words + percents


@lru_cache(maxsize=1024)
def _shown_with(code: str) -> tuple[int, int, int]:
    """Return how many decimals, signs of per cent and letters a number format shows."""
    first = code.partition(";")[0]
    words = max(sum(map(len, re.findall('"([^"]*)"', section))) for section in code.split(";"))
    decimals = len(first.partition(".")[2]) - len(first.partition(".")[2].lstrip("0"))
    return decimals, first.count("%"), words


def _duration_width(largest: float, code: str) -> int:
    """Return the width of a duration: its largest part, two digits for each smaller part, and the words between."""
    words = "".join(re.findall(r'"([^"]*)"', code))
    smaller = re.sub(r'"[^"]*"|\[[hms]\]', "", code.partition(";")[0])
    return len(str(int(largest))) + text_width(words) + 2 * len(re.findall("[hms]+", smaller)) + 4


def text_width(text: str) -> int:
    """Return the width of a text in characters of a fixed-width type; Chinese, Japanese and Korean letters take two."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _is_negative(held: object) -> bool:
    return isinstance(held, int | float) and held < 0
