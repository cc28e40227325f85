"""The further comparisons of a table made of numbers: the same table, compared with other days."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.model import ComparedCells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reportgen.model import Block, Reading, Table


def further_readings(readings: Mapping[str, Reading]) -> Iterator[dict[str, Reading]]:
    """Yield numbers as each of their further comparisons has them, where all are compared with the same days."""
    for cells in zip(*(reading.further for reading in readings.values()), strict=False):
        if len({each.compared for each in cells}) == 1:
            yield {
                name: replace(
                    reading,
                    baseline=each.baseline,
                    baseline_missing=each.baseline_missing,
                    change=each.change,
                    compared=each.compared,
                    further=(),
                )
                for (name, reading), each in zip(readings.items(), cells, strict=True)
            }


def with_further_comparisons(block: Block, others: Iterable[Block]) -> Block:
    """Return the block of a table with its further comparisons: those whose tables have the same rows.

    Charts show the first comparison alone, and a table without it shows none.
    """
    if not block.tables or block.tables[0].baseline_missing is not None:
        return block
    (table,) = block.tables
    further = (
        _compared_cells(other)
        for each in others
        for other in each.tables
        if _names(other) == _names(table) and other.baseline_missing is None
    )
    return replace(block, tables=(replace(table, further=tuple(filter(None, further))),))


def _compared_cells(table: Table) -> ComparedCells | None:
    """Return what a table is compared with, by itself; None where that are the report's own days."""
    if table.compared is None:
        return None
    baselines = tuple(column.baseline for column in table.columns)
    return ComparedCells(table.compared, baselines, table.total_baseline, table.other_baseline)


def _names(table: Table) -> list[tuple[object, ...]]:
    return [column.values for column in table.columns if column.role == "dimension"]
