"""The windows of blocks: that of the report, or days and comparisons of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportgen.components import CalculatedNumber, HistoryBlock, Metric, NumberBlock
from reportgen.components.own_trend import TrendSpec
from reportgen.components.period_fields import comparisons
from reportgen.errors import PeriodError
from reportgen.formatting import format_period
from reportgen.outputs.text.bidi import isolated
from reportgen.periods import Window, block_period, resolve_baseline, resolve_period, whole_period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from typing import Literal

    from reportgen.components import AnyBlock, Scope
    from reportgen.periods import Period
    from reportgen.spec.report_spec import ReportSpec


def window_of(words: Sequence[str], current: Period, as_of: date, align: Literal["weekday"] | None = None) -> Window:
    """Return the window of some days and words of comparisons, the main comparison first.

    Words for the same days are a single comparison: the month before a month is the period before it, too.

    Raises:
        PeriodError: A comparison cannot be resolved.
    """
    periods = (resolve_baseline(word, current, as_of, align=align) for word in words)
    found: dict[str, Period] = {}
    for period in filter(None, periods):
        found.setdefault(period.dates, period)
    baseline, *further = found.values() or (None,)
    by_date = words[:1] == ("same_period_last_year",) and align is None and current.calendar != "week"
    return Window(current, baseline, by_date=by_date, further=tuple(further))


@dataclass(frozen=True, slots=True)
class BlockWindows:
    """The windows of a report's blocks.

    Attributes:
        spec: The spec.
        as_of: The day of the report.
        compare: The comparisons of the report, the main comparison first.
        report: The window of the report.
        locale: The locale of titles.
        blocks: Every block by its name, for the numbers of formulas.
    """

    spec: ReportSpec
    as_of: date
    compare: tuple[str, ...]
    report: Window
    locale: str
    blocks: Mapping[str, AnyBlock]

    @classmethod
    def of(cls, spec: ReportSpec, *, period: str, compare: tuple[str, ...], as_of: date, locale: str) -> BlockWindows:
        """Return the windows of a spec's blocks.

        Raises:
            PeriodError: The period or a comparison cannot be resolved.
        """
        current = resolve_period(period, as_of, spec.starts)
        window = window_of(compare, current, as_of, spec.align)
        return cls(spec, as_of, compare, window, locale, spec.blocks_by_name())

    def whole(self, word: str) -> Period:
        """Return the days of a period word of the spec, to the end of its unit."""
        return whole_period(word, self.as_of, self.spec.starts)

    def scope_of(self, block: AnyBlock, common: Scope) -> Scope:
        """Return the scope of a block; see `_scope_of`. A number's has the days of its small line."""
        scope = self._scope_of(block, common)
        trend = block.trend if isinstance(block, NumberBlock) else None
        return replace(scope, trend_days=self._days(trend.days())) if isinstance(trend, TrendSpec) else scope

    def _scope_of(self, block: AnyBlock, common: Scope) -> Scope:
        """Return the scope of a block: the common one, or that of days or compared days of its own.

        A formula has those of its first number.

        Raises:
            PeriodError: Its period or its comparison cannot be resolved.
        """
        if isinstance(block, HistoryBlock):
            return self._of_history(block, common)
        metric = self._metric(block)
        if metric is None:
            return common
        if metric.period is None and not metric.compare:
            return self._aligned(common) if metric.align else common
        try:
            return self._own(metric, common)
        except PeriodError as error:
            raise PeriodError(f"the block {metric.name or metric.reference_key!r}: {error}") from error

    def _metric(self, block: AnyBlock | None) -> Metric | None:
        """Return the metric whose days a block covers; None for a block without days."""
        while isinstance(block, CalculatedNumber):
            block = self.blocks.get(block.builds_on()[0])
        return block if isinstance(block, Metric) else None

    def _aligned(self, common: Scope) -> Scope:
        """Return a scope that is compared with the days 364 days earlier, where the report is with the year before."""
        window = window_of(self.compare, self.report.current, self.as_of, "weekday")
        if (window.baseline, window.further) == (self.report.baseline, self.report.further):
            return common
        compared = None if window.baseline == self.report.baseline else window.baseline
        return replace(common, window=window, compared=compared)

    def _own(self, metric: Metric, common: Scope) -> Scope:
        """Return the scope of a metric with days or compared days of its own."""
        current = self._days(metric.period) if metric.period else self.report.current
        window = window_of(metric.compare or (), current, self.as_of, metric.align or self.spec.align)
        same = (window.current.dates, window.baseline) == (self.report.current.dates, self.report.baseline)
        if not metric.period and same:
            return replace(common, window=replace(self.report, further=window.further))
        if not metric.period:
            return replace(common, window=window, compared=window.baseline, asks_apart=True)
        return replace(
            common,
            window=window,
            days=current,
            days_text=isolated(format_period(current, self.locale), self.locale),
            compared=window.baseline,
            asks_apart=not same,
            spec_period=None,
        )

    def _of_history(self, block: HistoryBlock, common: Scope) -> Scope:
        try:
            current = self._days(block.days())
            window = window_of(comparisons((block.compare,)), current, self.as_of)
        except PeriodError as error:
            raise PeriodError(f"the history of {', '.join(block.history)}: {error}") from error
        return replace(common, window=window, days=current, compared=window.baseline, asks_apart=True, spec_period=None)

    def _days(self, word: str) -> Period:
        return block_period(word, self.report.current.end, self.as_of, self.spec.starts)
