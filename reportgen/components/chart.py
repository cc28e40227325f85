"""The component `chart_v1`: a chart of values by label, as a line, bars or a pie."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import Field

from reportgen.components.additive_metrics import adds_up
from reportgen.components.comparison import compared, is_empty
from reportgen.components.joining import are_days, day_places, join
from reportgen.components.metric import Metric, failure_of
from reportgen.components.yaml_models import NotYet, Width
from reportgen.model import Block, BlockChartKind, Chart, ChartKind, Series
from reportgen.queries import ChartAnswer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.components.component import Scope
    from reportgen.model import Annotation, Number
    from reportgen.periods import Window
    from reportgen.queries import Answer, Query

WrittenKind = Literal[BlockChartKind, "grouped"]

_KINDS: dict[str, ChartKind] = {**{word: word for word in get_args(WrittenKind)}, "grouped": "bar"}
"""An author's `kind` -> the kind of the chart; values that do not suit the kind are drawn as bars."""

_API_KINDS: dict[str, ChartKind] = {**_KINDS, "pie": "donut"}
"""The API's `chart_type` -> the kind of the chart; its pie is a ring in our house style."""


class ChartBlock(Metric):
    """A chart of values by day or by category."""

    component: Annotated[Literal["chart_v1"], Field(description="`chart_v1`: values by day or by category.")]
    width: Annotated[Width, Field(description="How many of the page's 12 columns it fills.")] = 6
    kind: Annotated[
        WrittenKind | None,
        Field(description="How it is drawn, in place of the API's `chart_type`; bars where its values do not suit it."),
    ] = None
    trend: NotYet = None
    annotations: Annotated[bool, Field(description="Whether the annotations of its days are drawn.")] = True
    columns: NotYet = None
    sort_by: NotYet = None
    limit: NotYet = None

    def queries(self, scope: Scope) -> tuple[Query, ...]:
        """Return the query of this block, and the query of the compared days."""
        return tuple(filter(None, (self.query(scope), self.compared_query(scope))))

    def resolve(self, scope: Scope, answers: Mapping[Query, Answer]) -> Block:
        """Return the block: a chart, or the reason why there is none."""
        frame, answer = self.frame("chart", scope), answers[self.query(scope)]
        if not isinstance(answer, ChartAnswer):
            failure = failure_of(answer, "chart")
            return replace(frame, state=failure.missing, reason=failure.reason)
        if is_empty(answer):
            return replace(frame, state="no_data")
        drawn = self._with_chart(frame, scope, answer)
        return self._compared(drawn, answer, scope, answers) if drawn.charts else drawn

    def _with_chart(self, frame: Block, scope: Scope, answer: ChartAnswer) -> Block:
        labels, series, reason = _aligned(answer)
        dates = are_days(labels)
        if dates and len(set(labels)) < len(labels):
            twice = next(day for day, next_day in pairwise(labels) if day == next_day)
            return replace(frame, state="failed", reason=f"the day {twice} stands twice, so its value is not known")
        chart = Chart(
            kind=self._kind(dates=dates),
            label_type="date" if dates else "category",
            labels=labels,
            series=tuple(
                Series(field, title, self.unit(field, scope), values, additive=adds_up(self, field))
                for (field, title), values in zip(self._names(scope, len(series)), series, strict=True)
            ),
            annotations=self._annotations(labels, scope) if dates else (),
        )
        return replace(frame, charts=(chart,), state="partial" if reason else "ok", reason=reason)

    def _compared(self, block: Block, answer: ChartAnswer, scope: Scope, answers: Mapping[Query, Answer]) -> Block:
        """Return the block with the compared period in its chart, or the reason why it has none."""
        (chart,) = block.charts
        query = self.compared_query(scope)
        if query is None:
            return replace(block, charts=(replace(chart, baseline_missing=self.missing_baseline(scope)),))
        block, joined = compared(
            block, chart, answer, answers[query], lambda baseline: _joined(chart, baseline, scope.window)
        )
        return replace(block, charts=(joined,))

    def _annotations(self, labels: tuple[str, ...], scope: Scope) -> tuple[Annotation, ...]:
        days = {label[:10] for label in labels} if self.annotations else set()
        return tuple(annotation for annotation in scope.annotations if annotation.day in days)

    def _kind(self, *, dates: bool) -> ChartKind:
        if self.kind:
            return _KINDS[self.kind]
        sent = self.chart_type if isinstance(self.chart_type, str) else ""
        return _API_KINDS.get(sent, "line" if dates else "bar")

    def _names(self, scope: Scope, count: int) -> list[tuple[str, str]]:
        """Return the field and title of each series. The API names none: they are in the order of the metrics asked."""
        if count == len(self.metrics):
            return [(metric, self.field_title(metric, scope)) for metric in self.metrics]
        field = self.metrics[0] if len(self.metrics) == 1 else self.reference_key
        return [(field, f"{index}") for index in range(1, count + 1)]


def _joined(chart: Chart, baseline: ChartAnswer, window: Window) -> Chart | str:
    """Return a chart with the compared values, or a text with the reason why they do not join."""
    labels, series, _ = _aligned(baseline)
    if len(series) != len(chart.series):
        return f"{len(chart.series)} series now, {len(series)} in the compared period"
    days = chart.label_type == "date" and are_days(labels)
    keys = day_places(chart.labels, labels, window) if days else (list(chart.labels), list(labels))
    found = join(*keys)
    if found is None:
        return "a label stands twice"
    order = (*found.partners, *found.alone)
    names = chart.labels if days else (*chart.labels, *(labels[index] for index in found.alone))
    padding = (None,) * (len(names) - len(chart.labels))
    return replace(
        chart,
        labels=names,
        series=tuple(
            replace(
                drawn,
                values=(*drawn.values, *padding),
                baseline=tuple(None if index is None else values[index] for index in order),
            )
            for drawn, values in zip(chart.series, series, strict=True)
        ),
        baseline_labels=tuple("" if index is None else labels[index] for index in order),
    )


def _in_order_of_days(
    labels: tuple[str, ...], series: tuple[tuple[Number | None, ...], ...]
) -> tuple[tuple[str, ...], tuple[tuple[Number | None, ...], ...]]:
    """Return labels and series with their days in order; categories stay in the API's order."""
    if not are_days(labels):
        return labels, series
    order = sorted(range(len(labels)), key=labels.__getitem__)
    return tuple(labels[index] for index in order), tuple(tuple(values[index] for index in order) for values in series)


def _aligned(
    answer: ChartAnswer,
) -> tuple[tuple[str, ...], tuple[tuple[Number | None, ...], ...], str]:
    """Return labels and series of equal length, filled up with missing values or numbered labels, and the reason."""
    lengths = {len(answer.labels), *(len(values) for values in answer.series)}
    if len(lengths) == 1:
        return *_in_order_of_days(answer.labels, answer.series), ""
    longest = max(lengths)
    labels = answer.labels + tuple(f"#{index + 1}" for index in range(len(answer.labels), longest))
    series = tuple(values + (None,) * (longest - len(values)) for values in answer.series)
    counts = ", ".join(str(len(values)) for values in answer.series)
    return labels, series, f"{len(answer.labels)} labels came with series of {counts} values"
