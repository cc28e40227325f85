"""Text and column headings that spreadsheets take as text, in a workbook and in CSV."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.characters import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The first characters of texts that a spreadsheet may take for a formula, as OWASP lists them for CSV injection.

The last four are the full-width forms of the first four.
"""

_LONGEST_HEADING = 240  # a table's own limit is 255
_SPACES = re.compile(r"\s+")  # no-break spaces too, which nobody can type into a formula


def clean_text(text: str) -> str:
    """Return a text without the characters that XML forbids, every kind of line end as a cell's."""
    return printable(text.replace("\r\n", "\n").replace("\r", "\n"))


def column_names(labels: Iterable[str]) -> tuple[str, ...]:
    """Return headings as an Excel table needs them: on a single line, never blank, no two alike but for case."""
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
    """Return a text cut to a number of UTF-16 units, which Excel counts."""
    if 2 * len(text) <= longest:  # no character takes more than two units
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * longest:
        return text
    return units[: 2 * (longest - 1)].decode("utf-16-le", errors="ignore") + "…"
