"""Texts, names and colours as Excel accepts them; the limits are from its "specifications and limits" page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reportgen.outputs.text.spreadsheet_text import _cut, clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.model import Theme

LONGEST_TEXT = 32_767
"""Characters that a cell holds."""

_LONGEST_NAME = 31
_LONGEST_CELL_NAME = 255
_LONGEST_START = "previous2_"  # of the name of a cell
_LEFT = 0.45  # of a colour's distance from white in its lighter shade
_DARK = 2 / 3
_RESERVED = "history"  # Excel keeps this sheet name for shared workbooks
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x000D_ as a carriage return (ECMA-376, ST_Xstring)

_REFERENCE_SIGNS = re.compile(r"[\[\]#@]")
_UNNAMEABLE = re.compile(r"[\s\[\]:*?/\\]+")


def legal_text(text: str) -> str:
    """Return clean text as a cell holds it: whole, or cut with an ellipsis where it is too long."""
    return _cut(_ESCAPE.sub("_x005F_", clean_text(text)), LONGEST_TEXT)


def sheet_names(labels: Iterable[str]) -> tuple[str, ...]:
    """Return a legal sheet name for each label, no two alike but for case; a repeated label is numbered."""
    taken = {_RESERVED}
    names: list[str] = []
    for label in labels:
        plain = _trimmed(_UNNAMEABLE.sub(" ", clean_text(label)), _LONGEST_NAME) or "Sheet"
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            suffix = f" ({number})"
            name = _trimmed(plain, _LONGEST_NAME - len(suffix)) + suffix
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


class NumberName(NamedTuple):
    """The names in formulas of a number's cell, `kpi_reach`, and of its compared values, `previous_reach` the first.

    That of a second comparison is `previous2_reach`. No cell's address begins like any of them.
    """

    value: str
    previous: tuple[str, ...]


def number_names(blocks: Iterable[str]) -> dict[str, NumberName]:
    """Return the names of the cells of number blocks, by the names of the blocks; no two alike but for case."""
    taken: set[str] = set()
    names: dict[str, NumberName] = {}
    for block in blocks:
        word = plain = re.sub(r"[^0-9A-Za-z_]", "_", block)[: _LONGEST_CELL_NAME - len(_LONGEST_START)]
        number = 1
        while word.casefold() in taken:
            number += 1
            suffix = f"_{number}"
            word = plain[: _LONGEST_CELL_NAME - len(_LONGEST_START) - len(suffix)] + suffix
        taken.add(word.casefold())
        names[block] = NumberName(f"kpi_{word}", (f"previous_{word}", f"{_LONGEST_START}{word}"))
    return names


def table_name(sheet: str, number: int) -> str:
    """Return the name of the Excel table of a sheet: letters, digits and underscores, and its number against twins."""
    return f"Data{number}_{re.sub(r'[^0-9A-Za-z]+', '_', sheet).strip('_')}".rstrip("_")


def column_reference(table: str, heading: str) -> str:
    """Return a structured reference to the rows of a column of an Excel table, its heading's signs escaped.

    Empty for a heading with an apostrophe, which LibreOffice cannot read where it stands last.
    """
    escaped = _REFERENCE_SIGNS.sub(r"'\g<0>", heading)
    return "" if "'" in heading else f"{table}[[{escaped}]]"


def place_of(sheet: str) -> str:
    """Return the address of the first cell of a sheet, behind the # of links inside the workbook."""
    quoted = sheet.replace("'", "''")
    return f"#'{quoted}'!A1"


def rgb(theme: Theme, color: str) -> str:
    """Return a colour of a theme, by its name, as RRGGBB."""
    return theme.colors[color].removeprefix("#")


def lighter(color: str) -> str:
    """Return a colour, RRGGBB, more than half of the way to white."""
    return "".join(f"{255 - round((255 - int(color[at : at + 2], 16)) * _LEFT):02X}" for at in (0, 2, 4))


def darker(color: str, times: int) -> str:
    """Return a colour, RRGGBB, so many times a third nearer to black."""
    return "".join(f"{round(int(color[at : at + 2], 16) * _DARK**times):02X}" for at in (0, 2, 4))


def _trimmed(name: str, longest: int) -> str:
    """Cut a name, and take off the spaces and apostrophes that it must not begin or end with."""
    return _cut(name.strip(" '"), longest).strip(" '")
