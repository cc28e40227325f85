"""The documents of a fleet's clients: client files of a pattern, or the rows of a CSV list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.errors import Problem, SpecError
from reportgen.spec.csv_numbers import refuse_thousands
from reportgen.spec.csv_rows import csv_rows
from reportgen.spec.loading import attempted
from reportgen.spec.yaml_reader import Document, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.spec.yaml_reader import Place

_LARGEST_LIST = 50_000_000
_NUMBERS = ("goals.", "api.requests_per_minute", "api.metrics_per_request", "version")
_LISTS = ("order", "hide")
_MAY_BE_LISTS = ("goals.", "sources.")  # both ends of a range, or several accounts


def client_documents(folder: Path, pattern: str) -> Iterator[Document | SpecError]:
    """Yield each client file of a pattern or row of a list, or its error.

    Raises:
        SpecError: The list cannot be read.
    """
    if pattern.lower().endswith(".csv"):
        yield from _rows(folder / pattern)
        return
    try:
        paths = sorted(folder.glob(pattern))
    except (ValueError, NotImplementedError):  # a path from `/`, or `**` within a name: no file of the folder fits it
        paths = []
    for path in paths:
        document, problems = attempted(read_yaml, path)
        yield document or SpecError(problems)


def _rows(path: Path) -> Iterator[Document | SpecError]:
    """Yield the rows of a CSV file as documents; its headings are dotted keys.

    Raises:
        SpecError: It cannot be read, or is no CSV.
    """
    rows = csv_rows(path, _LARGEST_LIST)
    first, headings = next(rows, (1, []))
    for line, row in rows:
        yield _row_document(path, (first, headings), (line, row))


def _row_document(path: Path, first: tuple[int, list[str]], other: tuple[int, list[str]]) -> Document | SpecError:
    """Return the document of a row, or its fault; the headings and the row stand behind the numbers of their lines."""
    (top, headings), (line, row) = first, other
    if len(row) > len(headings):
        message = f"has {len(row)} cells under {len(headings)} headings; put a cell with the separator in it in quotes"
        return SpecError([Problem(str(path), line, 1, "", message)])
    value: dict[str, JsonValue] = {"version": 1}
    values: dict[Place, tuple[int, int]] = {(): (line, 1)}
    keys: dict[Place, tuple[int, int]] = {}
    for column, (heading, cell) in enumerate(zip(headings, row, strict=False), 1):
        place: Place = tuple(heading.split("."))
        if heading:
            values[place] = (line, column)
            keys[place] = (top, column)  # so that a wrong heading is one problem, and not one of each row
        if not (heading and cell):
            continue
        node = value
        for key in heading.split(".")[:-1]:
            below = node.setdefault(key, {})
            if not isinstance(below, dict):
                return SpecError([Problem(str(path), line, column, heading, "stands for one value and for several")])
            node = below
        if heading.split(".")[-1] in node:
            return SpecError([Problem(str(path), line, column, heading, "stands for one value and for several")])
        try:
            node[heading.split(".")[-1]] = _cell_value(heading, cell)
        except ValueError as error:
            return SpecError([Problem(str(path), line, column, heading, str(error))])
    return Document(str(path), value, values, keys)


def _cell_value(heading: str, cell: str) -> JsonValue:
    """Return the YAML value of a cell.

    Only keys of numbers have numbers, so that a slug of digits stays text; a list has `|` between its entries.

    Raises:
        ValueError: A number can be read in two ways.
    """
    if heading in _LISTS:
        return [part.strip() for part in cell.split("|") if part.strip()]
    if heading.startswith(_MAY_BE_LISTS) and "|" in cell:
        return [_cell_value(heading, part.strip()) for part in cell.split("|")]
    if heading.startswith(_NUMBERS):
        refuse_thousands(cell)
        try:
            return int(cell) if cell.lstrip("-").isdecimal() else float(cell)
        except ValueError:
            return cell
    return cell
