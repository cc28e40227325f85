"""The rows of a CSV file as spreadsheets write them: commas, semicolons or tabs between the cells, UTF-8."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from reportgen.errors import Problem, SpecError
from reportgen.files import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SEPARATORS = ",;\t"
_NAMED = re.compile(r"sep=(.)\r?\n?")  # a first line for Excel alone


def csv_rows(path: Path, most_bytes: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the headings of a CSV file and each row that has a cell, with the line where it begins.

    Raises:
        SpecError: The file cannot be read, has a heading twice, or a quote in it is not closed.
    """
    lines = read_text(path, most_bytes).splitlines(keepends=True) or [""]
    if named := _NAMED.fullmatch(lines[0]):
        lines[0] = "\n"
    first = next(filter(str.strip, lines), "")
    separator = named[1] if named else max(_SEPARATORS, key=first.count)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    headings: list[str] = []
    line = 1
    try:
        for cells in reader:
            row = [cell.strip() for cell in cells]
            if not headings and any(row):
                headings = row
                _refuse_twice(path, line, row)
            if any(row):
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        is_open = "end of data" in str(error)
        message = 'a quote " is opened here, and never closed' if is_open else f"is no CSV here: {error}"
        raise SpecError([Problem(str(path), line, 1, "", message)]) from error


def _refuse_twice(path: Path, line: int, headings: list[str]) -> None:
    """Refuse a heading that stands twice: one column would hide the other."""
    for column, heading in enumerate(headings, 1):
        if heading and (first := headings.index(heading) + 1) < column:
            message = f"stands twice; the first is column {first}"
            raise SpecError([Problem(str(path), line, column, heading, message)])
