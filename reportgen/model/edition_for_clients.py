"""The client's edition of a report: a copy that holds nothing but what its files show."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.model.goal_verdicts import Goal
from reportgen.model.report_blocks import Block

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from reportgen.model.chart_series import Chart
    from reportgen.model.readings import Reading
    from reportgen.model.report import QueryRecord, Report
    from reportgen.model.tables import Table
    from reportgen.model.units import Value

_PUBLIC_KEYS = frozenset({"reference_key", "component"})


def client_edition(report: Report) -> Report:
    """Return the copy of a report for its client, which shows the same and holds nothing else.

    Every file for a client is made from the copy; the report's JSON, which is for staff, from the complete report.
    The copy has no hidden block but for the parts of numbers that its texts print, no column that is not printed, no
    text of a formula, no source and no request of other hidden blocks alone, only the reference keys of the other
    requests, and no reason or warning for staff. Rows beyond the printed rows stay: HTML and workbooks may hold them.
    The client's edition of a client's edition is
    equal to it and has the same table objects.
    """
    hidden = tuple(_printed_parts(report))
    asked = {digest for block in (*report.blocks, *hidden) for digest in block.own_queries}
    # The months of a number that is shown, of which a history calculates, tell no more than it does.
    known = {_metric_of(report.queries[digest]) for digest in asked & report.queries.keys()}
    used = {digest for block in report.blocks for digest in block.queries}
    asked |= {digest for digest in used & report.queries.keys() if _metric_of(report.queries[digest]) in known}
    names = {block.name for block in report.blocks}
    sections = (
        replace(section, blocks=tuple(_public_block(block, asked, names) for block in section.blocks))
        for section in report.sections
    )
    return replace(
        report,
        sources=tuple(source for source in report.sources if source.shown),
        queries={digest: _public_query(record) for digest, record in report.queries.items() if digest in asked},
        sections=tuple(sections),
        hidden=hidden,
        warnings=(),
    )


def _printed_parts(report: Report) -> Iterator[Block]:
    """Yield the hidden numbers that texts print, with the printed parts of their readings alone."""
    parts: dict[str, set[str]] = {}
    for word in report.words:
        name, _, part = word.partition(".")
        parts.setdefault(name, set()).add(part)
    for block in report.hidden:
        if block.name in parts:
            readings = tuple(_printed_reading(reading, parts[block.name]) for reading in block.readings)
            yield Block(
                block.name,
                block.kind,
                reference_key=block.reference_key,
                source=block.source,
                queries=block.own_queries,
                readings=readings,
            )


def _printed_reading(reading: Reading, parts: Collection[str]) -> Reading:
    """Return a reading with the parts that texts print alone: of a change the share, or the points of a rate."""
    change, goal = reading.change, reading.goal
    if change and change.printed_share is not None:
        change = replace(change, absolute=0)
    elif change:
        change = replace(change, relative=None)
    return replace(
        reading,
        field="",
        value=reading.value if "" in parts else None,
        missing=reading.missing if "" in parts else "not_requested",
        baseline=reading.baseline if "baseline" in parts else None,
        baseline_missing=reading.baseline_missing if "baseline" in parts else "not_requested",
        change=change if {"change", "moved"} & set(parts) else None,
        further=(),
        goal=Goal(goal.target, None, 1.0, None, goal.kind, goal.high) if goal and "goal" in parts else None,
    )


def _metric_of(record: QueryRecord) -> tuple[str, str, object]:
    """Return what a query asks for, in whatever days: its source, its account and the key of its metric."""
    return record.source, record.account, record.metric.get("reference_key")


def _public_query(record: QueryRecord) -> QueryRecord:
    """Return the record of a query without its metrics, which may be columns that are not printed."""
    return replace(record, metric={key: value for key, value in record.metric.items() if key in _PUBLIC_KEYS})


def _public_block(block: Block, asked: Collection[str], names: Collection[str]) -> Block:
    """Return a block without its parts for staff.

    Args:
        block: The complete block.
        asked: Digests of the queries of the shown blocks.
        names: Names of the shown blocks.
    """
    begin = len(block.queries) - block.trend_queries
    own, trend = (
        [digest for digest in part if digest in asked] for part in (block.queries[:begin], block.queries[begin:])
    )
    return replace(
        block,
        reason="",
        cautions=(),
        queries=(*own, *trend),
        trend_queries=len(trend),
        readings=tuple(_public_reading(reading, block) for reading in block.readings),
        charts=tuple(_public_chart(chart, block) for chart in block.charts),
        tables=tuple(map(_public_table, block.tables)),
        tells_of=tuple(name for name in block.tells_of if name in names),
    )


def _public_reading(reading: Reading, block: Block) -> Reading:
    """Return a reading without its formula or the metric of another block."""
    return reading if block.reference_key is not None else replace(reading, field="")


def _public_chart(chart: Chart, block: Block) -> Chart:
    """Return a chart without formulas; a sparkline is named after its card and has no annotations."""
    if block.reference_key is None:  # a history, whose series are numbers of other blocks
        return replace(chart, series=tuple(replace(series, field="") for series in chart.series))
    if chart.kind != "sparkline":
        return chart
    return replace(chart, series=tuple(replace(series, label=block.label) for series in chart.series), annotations=())


def _public_table(table: Table) -> Table:
    """Return a table without the columns that are not printed and without formulas; the same where it has neither."""
    places = [at for at, column in enumerate(table.columns) if column.printed]
    if len(places) == len(table.columns) and not any(column.formula for column in table.columns):
        return table

    def cells(total: tuple[Value, ...] | None) -> tuple[Value, ...] | None:
        return total and tuple(total[at] for at in places)

    return replace(
        table,
        columns=tuple(replace(table.columns[at], formula="") for at in places),
        total=cells(table.total),
        total_baseline=cells(table.total_baseline),
        other=cells(table.other),
        other_baseline=cells(table.other_baseline),
        further=tuple(
            replace(
                each,
                baselines=tuple(each.baselines[at] for at in places),
                total=cells(each.total),
                other=cells(each.other),
            )
            for each in table.further
        ),
        sorted_by=table.sorted_by if table.sorted_by in {table.columns[at].field for at in places} else "",
    )
