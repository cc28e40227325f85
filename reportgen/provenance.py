"""The provenance of figures: every figure of a report with its text, its raw value and its requests."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import repeat
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from reportgen.characters import unbroken
from reportgen.formatting import format_progress, format_value, judged_unit, limited_unit, telling_unit
from reportgen.model import Unit
from reportgen.outputs.text.chart_figures import chart_figures, printed_change
from reportgen.outputs.text.chart_values import value_text
from reportgen.outputs.text.period_notes import compared_days, comparisons_of, days_of_part
from reportgen.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.model import Block, Change, Chart, ComparedValue, QueryRecord, Reading, Report, Table, Value
    from reportgen.outputs.text.period_notes import Dated

PeriodRole = Literal["current", "baseline"]
_Row: TypeAlias = "tuple[Value, ...] | None"
FigureRole = Literal["value", "change", "goal", "point", "cell", "total", "share"]

_SHARE = Unit("percent")
_BLANK = re.compile("[\\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\u200e\u200f\u061c]+")


@dataclass(frozen=True, slots=True)
class FigureOrigin:
    """A request that a figure came from.

    Attributes:
        digest: The digest of the request of this metric alone.
        source: The spec's alias of the account.
        integration: The kind of integration.
        window: The first and the last day asked for, `2026-10-01..2026-10-31`; numbers have their compared value
            from the request of the current period.
        account: The name of the account, where the source has several; else empty.
        record: The record of the query.
    """

    digest: str
    source: str
    integration: str
    window: str
    account: str
    record: QueryRecord


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a report.

    Attributes:
        text: The printed text.
        value: The value in the API's scale; of a change, the number that `text` is made from.
        unit: The unit of the value.
        role: The kind of figure.
        place: Its place in the block: a day, a category, a row and a column; empty for the value of a card.
        field: The API's metric name, or the formula; empty where the client's edition keeps it to staff.
        section: Title of its section; empty where its block is not shown.
        block: Its block.
        period: Its days; of a change, the current period.
        window: Whether these are the days that the figure's part covers, or those that it is compared with.
        against: Of a change, the days compared with; else None.
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
    against: Period | None
    origins: tuple[FigureOrigin, ...]


def find_figures(report: Report, text: str) -> tuple[Figure, ...]:
    """Return the figures whose printed text or raw value is a text, in the report's order.

    Spaces, signs of direction and the two kinds of minus do not matter; everything else does. A change is found without
    its sign too, which the words of a sentence give.
    """
    wanted = _comparable_text(text)
    return tuple(figure for figure in figures(report) if wanted in _texts(figure))


def _texts(figure: Figure) -> set[str]:
    """Return the texts by which a figure is found."""
    printed, raw = _comparable_text(figure.text), _comparable_text(str(figure.value))
    return {printed, raw, printed.lstrip("+-") if figure.role == "change" else printed} - {""}


def figures(report: Report) -> Iterator[Figure]:
    """Yield every figure of a report: of cards, charts and tables, and last of hidden blocks."""
    for section in report.sections:
        for block in section.blocks:
            yield from _BlockFigures(report, section.title, block).of_block()
    for block in report.hidden:
        yield from _BlockFigures(report, "", block).of_block()


class _Spot(NamedTuple):
    """The unit, place and field of a figure, and the names of its row, one of which may be an account's."""

    unit: Unit
    place: str
    field: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _BlockFigures:
    """The figures of a block, or of a part of it, which may have days of its own; so may a bucket of it, `asked`."""

    report: Report
    section: str
    block: Block
    part: Dated | None = None
    asked: Period | None = None

    def of_block(self) -> Iterator[Figure]:
        for reading in self.report.own_readings(self.block):
            yield from replace(self, part=reading).of_reading(reading)
        for chart in self.block.charts:
            if chart.kind != "sparkline":
                yield from replace(self, part=chart).of_chart(chart)
            elif chart.windows:  # the values of another are those of a chart of its own
                yield from replace(self, part=chart).of_small_line(chart)
        for table in self.block.tables:
            yield from replace(self, part=table).of_table(table)
            for each in map(table.against, table.further):
                yield from replace(self, part=each).of_table(each)

    def of_reading(self, reading: Reading) -> Iterator[Figure]:
        spot, judged = _Spot(reading.unit, reading.label, reading.field), judged_unit(reading)
        yield from self._on_card(spot._replace(unit=judged), "value", reading.value, "current")
        for each in comparisons_of(reading, self.report):
            yield from replace(self, part=replace(reading, compared=each.compared)).of_comparison(spot, each)
        if not reading.goal:
            return
        spot = _Spot(judged, "", reading.field)
        for number in (reading.goal.target, reading.goal.high):
            yield from self._on_card(spot, "goal", number, "current")
        if (progress := reading.goal.progress) is not None:
            text, _ = format_progress(reading.goal, self.report.locale)
            yield self.figure(spot._replace(unit=_SHARE), "goal", progress, text, "current")

    def of_comparison(self, spot: _Spot, comparison: ComparedValue) -> Iterator[Figure]:
        yield from self._on_card(spot, "value", comparison.baseline, "baseline")
        yield from self._change(spot, comparison.change)

    def of_small_line(self, chart: Chart) -> Iterator[Figure]:
        """Yield the values of a number in months or other units in a row, which its small line tells."""
        named = (
            replace(series, label=reading.label)
            for series, reading in zip(chart.series, self.block.readings, strict=True)
        )
        yield from self.of_points(replace(chart, series=tuple(named)))

    def of_chart(self, chart: Chart) -> Iterator[Figure]:
        yield from self.of_points(chart)
        for series in chart.series:
            for label, goal in zip(chart.labels, series.goals, strict=False):
                spot = _Spot(series.unit, _joined(series.label, label), series.field)
                for number in goal.numbers if goal else ():
                    yield from self._on_card(spot, "goal", number, "current")
        for made in chart_figures(chart, self.report.locale):
            spot = _Spot(made.unit, made.place, made.field)
            yield self.figure(spot, made.role, made.value, made.text, made.window)

    def of_points(self, chart: Chart) -> Iterator[Figure]:
        windows: tuple[PeriodRole, ...] = ("current", "baseline")
        for series in chart.series:
            labelled = (
                (chart.labels, series.values, chart.windows),
                (chart.baseline_labels or chart.labels, series.baseline, chart.baseline_windows),
            )
            for window, (labels, values, asked) in zip(windows, labelled, strict=True):
                for label, value, dates in zip(labels, values, asked or repeat(""), strict=False):
                    if value is not None:
                        spot = _Spot(series.unit, _joined(series.label, label), series.field)
                        text = value_text(value, series.unit, self.report.locale)
                        yield replace(self, asked=_period_of(dates)).figure(spot, "point", value, text, window)

    def of_table(self, table: Table) -> Iterator[Figure]:
        names = [column for column in table.columns if column.role == "dimension"]
        other = str(next((cell for cell in table.other or () if isinstance(cell, str)), ""))
        for index, column in enumerate(table.columns):
            if column.role == "dimension":
                continue
            spot = _Spot(column.unit, column.label, column.formula or column.field)
            changes = table.changes(column)
            for row, value in enumerate(column.values):
                row_names = tuple(str(name.values[row]) for name in names)
                place = _joined(*map(unbroken, row_names), column.label)
                before = column.baseline[row] if column.baseline else None
                told = spot._replace(place=place, names=row_names)
                limited = told._replace(unit=limited_unit(value, column.unit, column.limits))
                yield from self._valued(limited, "cell", value, "current")
                yield from self._valued(told, "cell", before, "baseline")
                yield from self._change(told, changes[row])
            sums: tuple[tuple[FigureRole, str, _Row, _Row], ...] = (
                ("cell", _joined(other, column.label), table.other, table.other_baseline),
                ("total", column.label, table.total, table.total_baseline),
            )
            for role, place, now, then in sums:
                if now:
                    value, before = now[index], then[index] if then else None
                    change = column.change(value, before)
                    yield from self._compared(spot._replace(place=place), role, value, before, change)

    def _compared(
        self, spot: _Spot, role: FigureRole, value: Value, baseline: Value, change: Change | None
    ) -> Iterator[Figure]:
        yield from self._valued(spot, role, value, "current")
        yield from self._valued(spot, role, baseline, "baseline")
        yield from self._change(spot, change)

    def _change(self, spot: _Spot, change: Change | None) -> Iterator[Figure]:
        if change is None:
            return
        value, unit, text = printed_change(change, spot.unit, self.report.locale)
        yield self.figure(spot._replace(unit=unit), "change", value, text, "current")

    def _valued(self, spot: _Spot, role: FigureRole, value: Value, window: PeriodRole) -> Iterator[Figure]:
        if value is not None:
            yield self.figure(spot, role, value, format_value(value, spot.unit, self.report.locale), window)

    def _on_card(self, spot: _Spot, role: FigureRole, value: Value, window: PeriodRole) -> Iterator[Figure]:
        """Yield a figure with the decimals that a card has room for."""
        if value is not None:
            text = format_value(value, telling_unit(value, spot.unit), self.report.locale)
            yield self.figure(spot, role, value, text, window)

    def figure(self, spot: _Spot, role: FigureRole, value: Value, text: str, window: PeriodRole) -> Figure:
        baseline = compared_days(self.report, self.part)
        own = baseline if window == "baseline" and baseline else days_of_part(self.report, self.part)
        period = self.asked or own
        against = baseline if role == "change" else None
        origins = self._origins(period, spot)
        if against:  # days that have a request of their own, unlike those that the API compares a number with
            compared = (each for each in self._origins(against, spot) if each.window == against.dates)
            origins = [*origins, *(each for each in compared if each not in origins)]
        return Figure(
            text=text,
            value=value,
            unit=spot.unit,
            role=role,
            place=spot.place,
            field=spot.field,
            section=self.section,
            block=self.block,
            period=period,
            window=window,
            against=against,
            origins=tuple(origins),
        )

    def _origins(self, period: Period, spot: _Spot) -> Sequence[FigureOrigin]:
        """Return the requests of a figure for a period, or all requests of the block where none is for it.

        A number with a sparkline has the request of the chart too, which its own figures do not come from. A bucket of
        a history has no other requests than those of its days, and a formula's all of them.
        """
        kinds = {source.alias: source.integration for source in self.report.sources}
        asked = dict.fromkeys((() if self.asked else self.block.own_queries) or self.block.queries)
        known = ((digest, self.report.queries.get(digest)) for digest in asked)
        origins = [
            FigureOrigin(digest, record.source, kinds.get(record.source, ""), record.window, record.account, record)
            for digest, record in known
            if record
        ]
        for_days = [origin for origin in origins if origin.window == period.dates] or (() if self.asked else origins)
        for_days = [origin for origin in for_days if origin.account in spot.names] or for_days
        return [origin for origin in for_days if spot.field in _metrics_of(origin.record)] or for_days


def _period_of(dates: str) -> Period | None:
    return Period.of_dates(dates) if dates else None


def _metrics_of(record: QueryRecord) -> Sequence[object]:
    asked = record.metric.get("metrics")
    return asked if isinstance(asked, list) else ()


def _joined(*parts: str) -> str:
    return " \N{MIDDLE DOT} ".join(part for part in parts if part)


def _comparable_text(text: str) -> str:
    return _BLANK.sub("", text).replace("\N{MINUS SIGN}", "-").casefold()
