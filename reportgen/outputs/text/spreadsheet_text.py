"""Text and column headings that spreadsheets take as text, in a workbook and in CSV."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.characters import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMULA_STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\n",
    "\N{FULLWIDTH EQUALS SIGN}",
    "\N{FULLWIDTH PLUS SIGN}",
    "\N{FULLWIDTH HYPHEN-MINUS}",
    "\N{FULLWIDTH COMMERCIAL AT}",
)
"""How a text begins that a spreadsheet may take for a formula, as OWASP names them for CSV injection."""


_LONGEST_HEADING = 240  # a table's own limit is 255


_SPACES = re.compile("[^\\S\N{NO-BREAK SPACE}]+")


def clean_text(text: str) -> str:
    """Return text without what XML cannot carry, every kind of line end as the cell's own."""
    return printable(text.replace("\r\n", "\n").replace("\r", "\n"))


def column_names(labels: Iterable[str]) -> tuple[str, ...]:
    """Return headings as an Excel table needs them: one line each, never blank, no two alike but for case."""
    taken: set[str] = set()
    names: list[str] = []
    for at, label in enumerate(labels, 1):
        plain = _cut(_SPACES.sub(" ", clean_text(label)).strip(), _LONGEST_HEADING) or f"#{at}"
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain} ({number})"
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def _cut(text: str, longest: int) -> str:
    """Cut a text to a number of UTF-16 units, which is what Excel counts."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * longest:
        return text
    return units[: 2 * (longest - 1)].decode("utf-16-le", errors="ignore") + "…"
