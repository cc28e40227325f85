"""Names that the API sends, replaced by names for the reader."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.components.conditions import plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reportgen.model import Column, Table, Value

    Renames = Mapping[str, Mapping[str, str]]


def renaming(names: Mapping[str, str]) -> Callable[[str], str]:
    """Return the function from a name that the API sends to the name for the reader, by `plain_text`."""
    plain = {plain_text(name): new for name, new in names.items()}
    return lambda text: plain.get(plain_text(text), text)


def with_new_names(table: Table, renames: Renames) -> Table:
    """Return a table with new names in the cells of its columns; numbers stay."""
    columns = tuple(
        _renamed(column, renaming(renames[column.field])) if column.field in renames else column
        for column in table.columns
    )
    return replace(table, columns=columns)


def _renamed(column: Column, new: Callable[[str], str]) -> Column:
    def cells(values: tuple[Value, ...]) -> tuple[Value, ...]:
        return tuple(new(value) if isinstance(value, str) else value for value in values)

    return replace(column, values=cells(column.values), baseline=cells(column.baseline))
