"""Texts among numbers, such as `n/a`, which are missing values; and numbers among texts, which are names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.components.exact_sums import numbers_of
from reportgen.model import Caution, number_or_none

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Column, Table, Value

_WORDS = frozenset({"text", "date"})  # units of columns that hold words


def without_texts(table: Table) -> tuple[Table, tuple[Caution, ...]]:
    """Return a table whose columns of numbers have missing values in place of texts, and the cautions on these."""
    counted = [at for at, column in enumerate(table.columns) if _holds_numbers(column)]
    columns, cautions = list(table.columns), []
    for at in counted:
        column = columns[at]
        values, baseline = _numbers(column.values), _numbers(column.baseline)
        columns[at] = replace(column, values=values, baseline=baseline)
        texts = [text for text in (*column.values, *column.baseline) if isinstance(text, str) and text]
        if texts:
            shown = f"{len(texts)} of {len(values) + len(baseline)} cells of {column.field} are text"
            cautions.append(Caution("W-TEXT", f"{shown}, the first {texts[0]!r}, and count as missing"))
    total, before = (
        tuple(number_or_none(cell) if at in counted else cell for at, cell in enumerate(row)) if row else row
        for row in (table.total, table.total_baseline)
    )
    return replace(table, columns=tuple(columns), total=total, total_baseline=before), tuple(cautions)


def with_numbers_as_text(table: Table) -> Table:
    """Return a table whose columns of words have text alone: an ad that is called 2025 is no amount."""
    words = [column.unit.name == "text" or _holds_words(column) for column in table.columns]
    columns = (
        replace(column, values=tuple(map(_text, column.values)), baseline=tuple(map(_text, column.baseline)))
        if is_words
        else column
        for column, is_words in zip(table.columns, words, strict=True)
    )
    total, before = (
        tuple(_text(cell) if is_words else cell for cell, is_words in zip(row, words, strict=True)) if row else row
        for row in (table.total, table.total_baseline)
    )
    return replace(table, columns=tuple(columns), total=total, total_baseline=before)


def _holds_words(column: Column) -> bool:
    texts = any(isinstance(cell, str) and cell for cell in (*column.values, *column.baseline))
    return column.role == "metric" and texts and not _holds_numbers(column)


def _text(value: Value) -> Value:
    return str(value) if isinstance(value, int | float) else value


def _holds_numbers(column: Column) -> bool:
    """Return whether a column is one of numbers: by the author's format, else by most of its cells."""
    cells = (*column.values, *column.baseline)
    numbers = len(numbers_of(cells))
    texts = sum(isinstance(cell, str) and cell != "" for cell in cells)
    if column.role == "dimension" or column.unit.name in _WORDS or not numbers:
        return False
    return column.unit.name is not None or numbers >= texts


def _numbers(values: Sequence[Value]) -> tuple[Value, ...]:
    return tuple(map(number_or_none, values))
