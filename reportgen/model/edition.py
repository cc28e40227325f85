"""The client's edition of a report: what its files may hold, which is what they show."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from reportgen.model.report import Block, QueryRecord, Report
    from reportgen.model.shapes import Chart, Table
    from reportgen.model.units import Value
    from reportgen.model.values import Reading

_NAMES = frozenset({"reference_key", "component"})


def client_edition(report: Report) -> Report:
    """Return a report that shows the same and holds nothing else.

    Every file for a client is made from it; the report's JSON, which is for staff, from the complete report. It has
    no hidden block, no column that is not printed, no text of a formula, no source and no request that only hidden
    blocks asked, of the other requests no more than their reference keys, and no reason or warning for staff. Rows
    below the printed ones stay: HTML and workbooks may hold them. Made of itself it is the same again, its tables
    the same objects.
    """
    asked = {digest for block in report.blocks for digest in block.own_queries}
    names = {block.name for block in report.blocks}
    sections = (
        replace(section, blocks=tuple(_shown(block, asked, names) for block in section.blocks))
        for section in report.sections
    )
    return replace(
        report,
        sources=tuple(source for source in report.sources if source.shown),
        queries={digest: _named(record) for digest, record in report.queries.items() if digest in asked},
        sections=tuple(sections),
        hidden=(),
        warnings=(),
    )


def _named(record: QueryRecord) -> QueryRecord:
    """Return what a query asked by its name alone: its metrics may be columns that are not printed."""
    return replace(record, metric={key: value for key, value in record.metric.items() if key in _NAMES})


def _shown(block: Block, asked: Collection[str], names: Collection[str]) -> Block:
    """Return what is shown of a block.

    Args:
        block: As staff have it.
        asked: Digests of the queries of the blocks that are shown.
        names: Of the blocks that are shown.
    """
    return replace(
        block,
        reason="",
        cautions=(),
        queries=tuple(digest for digest in block.queries if digest in asked),
        readings=tuple(_told(reading, block) for reading in block.readings),
        charts=tuple(_drawn(chart, block.label) for chart in block.charts),
        tables=tuple(map(_printed, block.tables)),
        tells_of=tuple(name for name in block.tells_of if name in names),
    )


def _told(reading: Reading, block: Block) -> Reading:
    """Return a reading without the formula, or the metric of another block, it came from; a list shows no goals."""
    if block.reference_key is not None:
        return reading
    return replace(reading, field="", goal=None if block.kind == "metric_list" else reading.goal)


def _drawn(chart: Chart, title: str) -> Chart:
    """Return a chart; a small line has the title of its card for a name, and shows nothing that is said of days."""
    if chart.kind != "sparkline":
        return chart
    return replace(chart, series=tuple(replace(one, label=title) for one in chart.series), annotations=())


def _printed(table: Table) -> Table:
    """Return a table without the columns that are not printed; the same table where all are."""
    places = [at for at, column in enumerate(table.columns) if column.printed]
    if len(places) == len(table.columns):
        return table

    def cells(total: tuple[Value, ...] | None) -> tuple[Value, ...] | None:
        return total and tuple(total[at] for at in places)

    return replace(
        table,
        columns=tuple(table.columns[at] for at in places),
        total=cells(table.total),
        total_baseline=cells(table.total_baseline),
    )
