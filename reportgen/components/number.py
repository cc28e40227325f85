"""The component `number_v1`: a value, its change, and a sparkline from a chart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from reportgen.components.additive_metrics import over_time
from reportgen.components.comparison import difference_cautions, further_comparison, with_failed_baseline
from reportgen.components.goal_numbers import percent_fault
from reportgen.components.goals import WrittenGoal, with_goal
from reportgen.components.metric import Metric, failure_of, without_figures
from reportgen.components.own_trend import TrendSpec, WrittenTrend, trend_cautions, trend_chart
from reportgen.components.yaml_models import NotYet, ValueFormat, Width
from reportgen.model import Block, Reading, change_of
from reportgen.queries import Failure, NumberAnswer, digests_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.components.component import Scope
    from reportgen.model import Chart, ComparedValue, Unit
    from reportgen.queries import Answer, Query

_FEWEST_POINTS = 3
"""The fewest points of a sparkline: two make no course."""


class NumberBlock(Metric):
    """A single value, its change, and a sparkline of its days."""

    component: Annotated[Literal["number_v1"], Field(description="`number_v1`: a single value.")]
    width: Annotated[Width, Field(description="How many of the page's 12 columns it fills.")] = 3
    trend: Annotated[
        WrittenTrend | None,
        Field(
            description="The small line under the number: the name of the chart it comes from, or `{by: month}` for "
            "the number's own values of the last 13 months."
        ),
    ] = None
    goal: Annotated[
        WrittenGoal | None,
        Field(description="The goal of the number in the period; a client's `goals` go before it."),
    ] = None
    kind: NotYet = None
    columns: NotYet = None
    sort_by: NotYet = None
    limit: NotYet = None

    @model_validator(mode="after")
    def _percent_needs_a_rate(self) -> NumberBlock:
        written = self.value_format()
        if self.goal and (fault := percent_fault(self.goal.numbers(), written.as_ if written else None)):
            raise ValueError(f"goal: {fault}")
        return self

    def value_format(self) -> ValueFormat | None:
        """Return the format of its value; None where the author gave none."""
        return self.field_format(self._own_field())

    def builds_on(self) -> tuple[str, ...]:
        """Return the name of the chart that its sparkline comes from."""
        return (self.trend,) if isinstance(self.trend, str) else ()

    def queries(self, scope: Scope) -> tuple[Query, ...]:
        """Return the queries of its value, and those of its small line where that is its own history."""
        return scope.queries_of(
            self, lambda: tuple(dict.fromkeys((*self._own_queries(scope), *self._trend_queries(scope))))
        )

    def _own_queries(self, scope: Scope) -> tuple[Query, ...]:
        """Return the queries of its days, of its compared days where these are asked apart, and of further such."""
        compared = self.compared_query(scope) if scope.asks_apart else None
        further = (self.query_of_days(days, scope) for days in scope.window.further)
        return tuple(filter(None, (self.query(scope), compared, *further)))

    def _trend_queries(self, scope: Scope) -> tuple[Query, ...]:
        """Return the query of each unit of its small line."""
        buckets = self.trend.buckets(scope) if isinstance(self.trend, TrendSpec) else ()
        return tuple(self.query(scope.in_days(days)) for days in buckets)

    def resolve(self, scope: Scope, answers: Mapping[Query, Answer]) -> Block:
        """Return the block: a reading, or the reason why there is none."""
        queries, field = self.queries(scope), self._own_field()
        frame = with_days(self.frame("number", scope, queries=digests_of(queries)), scope)
        frame = self._with_trend(frame, scope, answers)
        unit, answer = self.unit(field, scope), answers[queries[0]]
        if not isinstance(answer, NumberAnswer):
            failure = failure_of(answer, "number")
            reading = Reading(
                field, unit, missing=failure.missing, direction=self.resolved_direction(), days=scope.days
            )
            return replace(without_figures(frame, failure), readings=(reading,))
        if scope.asks_apart and (apart := self.compared_query(scope)):
            answer, frame = _with_compared(answer, answers[apart], frame)
        reading = self._reading(field, unit, answer, scope)
        reading, frame = self._with_further(reading, frame, scope, answers)
        reading, unjudged = with_goal(reading, self.goal, self.resolved_direction(), scope)
        cautions = tuple(difference_cautions(answer)) if reading.baseline_missing != "not_requested" else ()
        return replace(
            frame,
            state=reading.missing or frame.state,
            readings=(reading,),
            cautions=(*frame.cautions, *cautions, *unjudged),
            remarks=(*frame.remarks, "lacking_account") if answer.lacks_account else frame.remarks,
        )

    def _with_further(
        self, reading: Reading, block: Block, scope: Scope, answers: Mapping[Query, Answer]
    ) -> tuple[Reading, Block]:
        """Return a reading with its further comparisons, and its block."""
        if self.compare == () or not scope.window.further:
            return reading, block
        further: list[ComparedValue] = []
        for days in scope.window.further:
            query = self.query_of_days(days, scope)
            answer = answers[query] if query else Failure("not_comparable", "")
            if not isinstance(answer, NumberAnswer):
                answer = failure_of(answer, "number")
                block = with_failed_baseline(block, answer, days)
            further.append(further_comparison(reading, days, answer, scope.neutral_band))
        return replace(reading, further=tuple(further)), block

    def _own_field(self) -> str:
        """Return the field of the value; it comes alone however many are asked, and then means the reference key's."""
        return self.metrics[0] if len(self.metrics) == 1 else self.reference_key

    def _with_trend(self, frame: Block, scope: Scope, answers: Mapping[Query, Answer]) -> Block:
        """Return the block with its small line: of its own history, or of the chart that the author named."""
        if isinstance(self.trend, TrendSpec):
            return self._with_own_trend(self.trend, frame, scope, answers)
        trend = scope.blocks.get(self.trend or "")
        if trend is None:
            return frame
        unit = self.unit(self._own_field(), scope)
        charts = tuple(line for chart in trend.charts if (line := _sparkline(chart, self.metrics, unit)))
        return replace(frame, charts=charts, queries=(*frame.queries, *trend.queries), trend_queries=len(trend.queries))

    def _with_own_trend(self, trend: TrendSpec, frame: Block, scope: Scope, answers: Mapping[Query, Answer]) -> Block:
        buckets = trend.buckets(scope)
        if not buckets:
            return frame
        came = dict(zip(buckets, (answers[query] for query in self._trend_queries(scope)), strict=True))
        chart = trend_chart(trend, came, self.metrics[0], self.unit(self._own_field(), scope), scope)
        own = self._own_queries(scope)
        return replace(
            frame,
            charts=(chart,),
            cautions=(*frame.cautions, *trend_cautions(came)),
            trend_queries=len(frame.queries) - len(digests_of(own)),
        )

    def _reading(self, field: str, unit: Unit, answer: NumberAnswer, scope: Scope) -> Reading:
        is_compared = scope.window.baseline is not None and self.compare != () and not self.own_range()
        reading = Reading(
            field,
            unit,
            answer.value,
            missing="no_data" if answer.value is None else None,
            direction=self.resolved_direction(),
            days=scope.days,
            compared=scope.compared if is_compared else None,
            baseline_missing=None if is_compared else self.missing_baseline(scope),
            over_time=over_time(self, unit),
        )
        if not is_compared:
            return reading
        if answer.baseline is None:
            return replace(reading, baseline_missing=answer.baseline_missing or "no_data")
        if not scope.window.comparable:  # an unfinished day against a whole day
            return replace(reading, baseline=answer.baseline)
        change = change_of(answer.value, answer.baseline, unit, reading.direction, scope.neutral_band)
        return replace(reading, baseline=answer.baseline, change=change)


def with_days(block: Block, scope: Scope) -> Block:
    """Return the block of a number with its own days in its title; unchanged where they are those of the report."""
    return replace(block, label=f"{block.label} \N{MIDDLE DOT} {scope.days_text}") if scope.days_text else block


def _with_compared(answer: NumberAnswer, second: Answer, block: Block) -> tuple[NumberAnswer, Block]:
    """Return a number's answer with the value of the compared days, which were asked apart, and its block."""
    if isinstance(second, NumberAnswer):
        return replace(answer, baseline=second.value, difference=None, absolute_difference=None), block
    failure = failure_of(second, "number")
    return replace(answer, baseline=None, baseline_missing=failure.missing), with_failed_baseline(block, failure)


def _sparkline(chart: Chart, metrics: tuple[str, ...], unit: Unit) -> Chart | None:
    """Return the sparkline of a number's metric in a chart; None where the chart lacks it or is too short for a line.

    Its values are written as the number is, unless the chart's author says that they are something else.
    """
    series = next((series for series in chart.series if series.field in metrics), None)
    if series is None or len(chart.labels) < _FEWEST_POINTS:
        return None
    same = series.unit.name in {unit.name, None} and series.unit.currency in {unit.currency, None}
    return replace(chart, kind="sparkline", series=(replace(series, unit=unit if same else series.unit),))
