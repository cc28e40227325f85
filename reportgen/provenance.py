"""Where a printed figure came from: every figure of a report beside its text, its raw value and its request."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reportgen.formatting import format_change, format_value
from reportgen.model import RATES, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.model import Block, Change, Chart, Column, QueryRecord, Reading, Report, Table, Value
    from reportgen.periods import Period

PeriodRole = Literal["current", "baseline"]
FigureRole = Literal["value", "change", "goal", "point", "cell", "total"]

_BLANK = re.compile("[\\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\u200e\u200f\u061c]+")


@dataclass(frozen=True, slots=True)
class FigureOrigin:
    """One request that a figure came from.

    Attributes:
        digest: Of the request of this one metric.
        source: The spec's alias of the account.
        integration: The kind of integration.
        window: Which of the two periods was asked for; numbers have their compared value from the
            request of the current one.
        record: What was asked.
    """

    digest: str
    source: str
    integration: str
    window: PeriodRole
    record: QueryRecord


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report.

    Attributes:
        text: As it is printed.
        value: In the API's scale; of a change, what `text` is made from.
        unit: What the value is measured in.
        role: What it is.
        place: Where it stands: a day, a category, a row and a column; empty for the value of a card.
        field: The API's metric name, or the formula; empty where the client's edition keeps it to staff.
        section: Title of its section; empty where its block is not shown.
        block: Where it stands.
        period: The days it is of; of a change, the current ones.
        window: Which of the report's two periods that is.
        origins: The requests it came from; none where the block asks nothing.
    """

    text: str
    value: Value
    unit: Unit
    role: FigureRole
    place: str
    field: str
    section: str
    block: Block
    period: Period
    window: PeriodRole
    origins: tuple[FigureOrigin, ...]


def find_figures(report: Report, text: str) -> tuple[Figure, ...]:
    """Return the figures that are printed as a text, or whose raw value it is; in the report's order.

    Spaces, signs of direction and the two kinds of minus do not matter; everything else does.
    """
    wanted = _plain(text)
    return tuple(
        figure for figure in figures(report) if wanted in {_plain(figure.text), _plain(str(figure.value))} - {""}
    )


def figures(report: Report) -> Iterator[Figure]:
    """Yield every figure of a report: cards, points of charts, cells and totals of tables; last those not shown."""
    for section in report.sections:
        for block in section.blocks:
            yield from _Maker(report, section.title, block).of_block()
    for block in report.hidden:
        yield from _Maker(report, "", block).of_block()


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the figures of one block."""

    report: Report
    section: str
    block: Block

    def of_block(self) -> Iterator[Figure]:
        for reading in self.report.own_readings(self.block):
            yield from self.of_reading(reading)
        for chart in self.block.charts:
            if chart.kind != "sparkline":  # a small line prints no figure
                yield from self.of_chart(chart)
        for table in self.block.tables:
            yield from self.of_table(table)

    def of_reading(self, reading: Reading) -> Iterator[Figure]:
        yield from self._valued(reading.value, reading.unit, "value", reading.label, reading.field, "current")
        yield from self._valued(reading.baseline, reading.unit, "value", reading.label, reading.field, "baseline")
        yield from self._moved(reading.change, reading.unit, reading.label, reading.field)
        if reading.goal:
            yield from self._valued(reading.goal.target, reading.unit, "goal", "", reading.field, "current")
            progress = Unit("percent", decimals=0)
            yield from self._valued(reading.goal.progress, progress, "goal", "", reading.field, "current")

    def of_chart(self, chart: Chart) -> Iterator[Figure]:
        for series in chart.series:
            for label, value in zip(chart.labels, series.values, strict=False):
                place = _joined(series.label, label)
                yield from self._valued(value, series.unit, "point", place, series.field, "current")
            labels = chart.baseline_labels or chart.labels
            for label, value in zip(labels, series.baseline, strict=False):
                place = _joined(series.label, label)
                yield from self._valued(value, series.unit, "point", place, series.field, "baseline")

    def of_table(self, table: Table) -> Iterator[Figure]:
        names = [column for column in table.columns if column.role == "dimension"]
        for index, column in enumerate(table.columns):
            if column.role == "dimension":
                continue
            for row, value in enumerate(column.values):
                place = _joined(*(str(name.values[row]) for name in names), column.label)
                compared = column.baseline[row] if column.baseline else None
                yield from self._compared(value, compared, column, "cell", place)
            if table.total:
                compared = table.total_baseline[index] if table.total_baseline else None
                yield from self._compared(table.total[index], compared, column, "total", column.label)

    def _compared(
        self, value: Value, compared: Value, column: Column, role: FigureRole, place: str
    ) -> Iterator[Figure]:
        yield from self._valued(value, column.unit, role, place, column.field, "current")
        yield from self._valued(compared, column.unit, role, place, column.field, "baseline")
        yield from self._moved(column.change(value, compared), column.unit, place, column.field)

    def _valued(  # noqa: PLR0913, PLR0917 - what a figure is made of, told by its one kind of caller
        self, value: Value, unit: Unit, role: FigureRole, place: str, field: str, window: PeriodRole
    ) -> Iterator[Figure]:
        if value is not None:
            yield self._figure(format_value(value, unit, self.report.locale), value, unit, role, place, field, window)

    def _moved(self, change: Change | None, unit: Unit, place: str, field: str) -> Iterator[Figure]:
        if change is None:
            return
        text = format_change(change, unit, self.report.locale)
        relative = change.relative is not None and unit.name not in RATES
        value, measure = (change.relative, Unit("percent")) if relative else (change.absolute, unit)
        yield self._figure(text, value, measure, "change", place, field, "current")

    def _figure(  # noqa: PLR0913, PLR0917 - see _valued
        self, text: str, value: Value, unit: Unit, role: FigureRole, place: str, field: str, window: PeriodRole
    ) -> Figure:
        period = self.report.baseline if window == "baseline" and self.report.baseline else self.report.period
        origins = self._origins(window)
        return Figure(text, value, unit, role, place, field, self.section, self.block, period, window, tuple(origins))

    def _origins(self, window: PeriodRole) -> Sequence[FigureOrigin]:
        """Return the requests of a window; where there is none of its own, all of the block's.

        A number with a small line has the request of the line's chart too, which its figures are not of.
        """
        kinds = {source.alias: source.integration for source in self.report.sources}
        asked = dict.fromkeys(self.block.own_queries or self.block.queries)
        known = ((digest, self.report.queries.get(digest)) for digest in asked)
        origins = [
            FigureOrigin(digest, record.source, kinds.get(record.source, ""), record.window, record)
            for digest, record in known
            if record
        ]
        return [origin for origin in origins if origin.window == window] or origins


def _joined(*parts: str) -> str:
    return " \N{MIDDLE DOT} ".join(part for part in parts if part)


def _plain(text: str) -> str:
    return _BLANK.sub("", text).replace("\N{MINUS SIGN}", "-").casefold()
