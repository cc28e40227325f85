"""Tables as text and column widths of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.formatting import format_value
from reportgen.model import Unit
from reportgen.outputs.layout import COLUMNS, width_mm
from reportgen.outputs.measure import text_width

if TYPE_CHECKING:
    from reportgen.model import Column, Table, Value

# How wide a printed page is, in em of table text, of the smaller text, and of that on a page turned on its side.
_PAGE_EM, _DENSE_EM, _TURNED_EM = 53.0, 60.0, 91.0
_PHONE_EM = 23.0
_PADDING_EM = 1.3
_LONGEST_EM, _SHORTEST_EM = 22.0, 3.5
_DASH_EM = 1.0
_COUNT = Unit("count")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its text, empty where the value is missing, and where it leads or None."""

    text: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: its text, whether its cells are numbers, its share of the width in percent."""

    text: str
    numeric: bool
    share: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it is printed.

    Attributes:
        heads: One a column.
        rows: The rows shown.
        total: The total row; None where there is none.
        shown: How many rows are printed, in the digits of the locale.
        of: How many there are, likewise; empty where all are printed.
        dense: Whether it is set smaller, because a page is narrower than its text.
        turned: Whether it is printed on a page of its own that is turned on its side.
        squeeze: By what its type has to be made smaller still to fit; 1 where it fits.
        wide: Whether a phone shows only a part of it at a time.
    """

    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None
    shown: str
    of: str
    dense: bool
    turned: bool
    squeeze: float
    wide: bool


def grid(table: Table, locale: str, width: int = COLUMNS) -> Grid:
    """Put a table into words: its first `shown` rows, its total, and how many rows there are.

    Args:
        table: What to print.
        locale: Of the texts.
        width: How many of the page's 12 columns it fills.
    """
    columns = [_cells(column, table.shown, locale) for column in table.columns]
    total = _total(table, locale)
    widths = [
        _width(column, [*cells, *(total[index : index + 1] if total else ())])
        for index, (column, cells) in enumerate(zip(table.columns, columns, strict=True))
    ]
    need = sum(widths)
    share = width_mm(width) / width_mm(COLUMNS)
    turned = width == COLUMNS and need > _DENSE_EM
    return Grid(
        heads=tuple(
            Head(column.label, column.is_numeric, round(100 * width / need, 2))
            for column, width in zip(table.columns, widths, strict=True)
        ),
        rows=tuple(zip(*columns, strict=True)),
        total=total,
        shown=format_value(table.shown, _COUNT, locale),
        of=format_value(table.of, _COUNT, locale) if table.shown < table.of else "",
        dense=need > _PAGE_EM * share,
        turned=turned,
        squeeze=round(min(1.0, (_TURNED_EM if turned else _DENSE_EM * share) / need), 2),
        wide=need > _PHONE_EM,
    )


def _total(table: Table, locale: str) -> tuple[Cell, ...] | None:
    if table.total is None:
        return None
    cells = zip(table.columns, table.total, strict=True)
    return tuple(_cell(value, column.unit, locale) for column, value in cells)


def _cells(column: Column, shown: int, locale: str) -> list[Cell]:
    links = column.links or (None,) * len(column.values)
    return [
        _cell(value, column.unit, locale, link)
        for value, link in zip(column.values[:shown], links[:shown], strict=True)
    ]


def _cell(value: Value, unit: Unit, locale: str, link: str | None = None) -> Cell:
    safe = link if link and link.lower().startswith(("http://", "https://")) else None
    return Cell("" if value is None else format_value(value, unit, locale), safe)


def _width(column: Column, cells: list[Cell]) -> float:
    """Return the width a column asks for, in em: its longest cell, and its head broken at spaces."""
    longest = max((text_width(cell.text) for cell in cells), default=_DASH_EM)
    head = max(text_width(word) for word in column.label.split(" "))
    return max(_SHORTEST_EM, head, min(longest, _LONGEST_EM)) + _PADDING_EM
