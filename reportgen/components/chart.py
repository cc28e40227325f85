"""The component `chart_v1`: a chart of values by label, as a line, bars or a pie."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import Field, model_validator

from reportgen.components.account_answers import lacking_caution
from reportgen.components.additive_metrics import adds_up
from reportgen.components.category_charts import chosen_by, known_columns, of_a_part, with_chosen_categories
from reportgen.components.chart_form_cautions import decided_parts, form_cautions
from reportgen.components.column_expressions import WhereCategory, refuse_faults
from reportgen.components.comparison import compared, is_empty
from reportgen.components.joined_charts import Lines, aligned, with_compared_values
from reportgen.components.joined_periods import join
from reportgen.components.metric import Metric, failure_of, without_figures
from reportgen.components.other_sums import OtherPart
from reportgen.components.period_fields import TimeUnit
from reportgen.components.proved_zeros import are_proved
from reportgen.components.row_names import joining_names
from reportgen.components.timeline import joined, labels_caution, outside_caution, timeline
from reportgen.components.yaml_models import NotYet, Width, unit_of
from reportgen.model import (
    Block,
    BlockChartKind,
    Caution,
    Chart,
    ChartHeight,
    ChartKind,
    Series,
    by_week_or_month,
    foreseen_misfit,
    in_units,
    misfit_of,
)
from reportgen.periods import TIME_NAMES, BucketKind
from reportgen.queries import ChartAnswer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.components.component import Scope
    from reportgen.components.figure_keys import WindowPart
    from reportgen.components.timeline import Timeline
    from reportgen.model import Annotation, FormMisfit
    from reportgen.periods import Period
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
        Field(
            description="How it is drawn, in place of the API's `chart_type`; in another form where its values do not "
            "suit it, and `W-FORM` says why."
        ),
    ] = None
    height: Annotated[
        ChartHeight | None,
        Field(
            description="Its height; left out, a printed page makes it a little higher or lower where that fills it."
        ),
    ] = None
    by: Annotated[
        TimeUnit | None,
        Field(
            description="The unit that its days are added up to, where they add up; of what does not, a `history` has "
            "the source's own value of each unit."
        ),
    ] = None
    goal: NotYet = None
    trend: NotYet = None
    annotations: Annotated[bool, Field(description="Whether the annotations of its days are drawn.")] = True
    columns: NotYet = None
    sort_by: NotYet = None
    where: WhereCategory = None
    limit: Annotated[
        Annotated[int, Field(ge=1)] | None,
        Field(description="How many categories are shown, the largest of the first series; left out, all."),
    ] = None
    other: OtherPart = False

    @model_validator(mode="after")
    def _categories_are_chosen(self) -> ChartBlock:
        keys = [key for key in ("where", "limit", "other") if getattr(self, key)]
        if keys and self.time_dimension() in TIME_NAMES:
            raise ValueError(f"{keys[0]}: chooses among categories, and these labels are days; leave it out")
        if self.other and not self.limit:
            raise ValueError("other: nothing is left for it without a limit; write limit: with a number of categories")
        refuse_faults(type(self).__name__, known_columns(self), {}, self.where)
        return self

    @model_validator(mode="after")
    def _days_add_up(self) -> ChartBlock:
        rigid = [name for name in self.metrics if self.by and not adds_up(self, name, "time")]
        if rigid:
            raise ValueError(
                f"by: the days of {rigid[0]} do not add up to a {self.by}; write a history of its number, or "
                "additive: true where they do"
            )
        return self

    def completed(self, block: Block, scope: Scope) -> Block:
        """Return the block with the categories that the author wants, or its days added up to a unit."""
        if block.charts and block.charts[0].label_type == "category":
            block = self._with_chosen(block, scope)
        if self.by is None or not block.charts:
            return block
        (chart,) = block.charts
        made = in_units(chart, scope.starts.kind(self.by))
        if made is None:
            text = f"by: {self.by} adds up days, and its labels are none; it stands as it came"
            return replace(block, cautions=(*block.cautions, Caution("W-LABELS", text)))
        block = replace(block, charts=(made,))
        if made.baseline_missing == chart.baseline_missing:
            return block
        text = f"the two periods cannot be compared by {self.by}: they have not as many, or none is whole in both"
        return replace(block, cautions=(*block.cautions, Caution("W-JOIN", text)))

    def _with_chosen(self, block: Block, scope: Scope) -> Block:
        try:
            chart, cautions = with_chosen_categories(block.charts[0], self.time_dimension(), chosen_by(self, scope))
        except ValueError as error:
            return replace(block, charts=(), state="failed", reason=f"where: {error}")
        if not chart.labels:
            return replace(block, charts=(), state="no_data", reason=f"nothing meets the condition {self.where}")
        cautions = (*cautions, *self._form_cautions(chart, misfit_of(chart)))
        return replace(block, charts=(of_a_part(chart),), cautions=(*block.cautions, *cautions))

    def queries(self, scope: Scope) -> tuple[Query, ...]:
        """Return the query of this block, and the query of the compared days."""
        return tuple(filter(None, (self.query(scope), self.compared_query(scope))))

    def resolve(self, scope: Scope, answers: Mapping[Query, Answer]) -> Block:
        """Return the block: a chart, or the reason why there is none."""
        frame, answer = self.frame("chart", scope, height=self.height), answers[self.query(scope)]
        if not isinstance(answer, ChartAnswer):
            return without_figures(frame, failure_of(answer, "chart"))
        if is_empty(answer):
            return replace(frame, state="no_data")
        drawn = self._with_chart(frame, scope, answer)
        return self._compared(drawn, answer, scope, answers) if drawn.charts else drawn

    def foreseen_cautions(self) -> tuple[Caution, ...]:
        """Return the caution that its kind cannot be drawn, whatever the answer will be; empty where it may."""
        if len(self.dimensions) > 1 or not self.metrics:  # how many series will come is not known
            return ()
        series = tuple(
            Series(
                name,
                name,
                unit_of(self.field_format(name), None),
                parts=adds_up(self, name),
                additive=adds_up(self, name, "time"),
            )
            for name in self.metrics
        )
        dated = self.time_dimension() in TIME_NAMES
        chart = Chart(self._kind(dates=dated), "date" if dated else "category", (), series)
        return tuple(self._form_cautions(chart, foreseen_misfit(chart)))

    def _form_cautions(self, chart: Chart, misfit: FormMisfit | None) -> Iterator[Caution]:
        """Yield the caution that the chart is drawn in another form than was asked for."""
        decided = decided_parts(self.fields, self.additive, (series.field for series in chart.series))
        return form_cautions(chart, misfit, decided=decided, is_own=bool(self.kind))

    def _with_chart(self, frame: Block, scope: Scope, answer: ChartAnswer) -> Block:
        """Return the block with the chart of an answer, or the reason why it has none."""
        labels, series, reason = aligned(answer)
        time = self._timeline(labels, scope.window.current, scope)
        if time and time.twice:
            text = f"the {time.kind.unit} {time.twice} stands twice, so its value is not known"
            return replace(frame, state="failed", reason=text)
        cautions = (*frame.cautions, *self._label_cautions(labels, time, scope.window.current))
        if time:
            labels, series = time.labels, self._in_time(series, answer.known, time, scope, "current")
        else:
            series = answer.known or series
        values = list(chain(*series))
        if answer.lacking and None in values:
            cautions = (*cautions, lacking_caution(answer.lacking))
        if all(value is None for value in values):
            return replace(frame, state="no_data", cautions=cautions)
        chart = self._chart(labels, series, time, scope)
        if time:  # of categories when they are chosen
            drawn = by_week_or_month(chart)
            cautions = (*cautions, *self._form_cautions(drawn, misfit_of(drawn)))
        return replace(frame, charts=(chart,), state="partial" if reason else "ok", reason=reason, cautions=cautions)

    def _label_cautions(self, labels: Sequence[str], time: Timeline | None, period: Period) -> tuple[Caution, ...]:
        """Return the caution on labels that are other days than those asked for, or no days where days are expected."""
        name = self.time_dimension()
        if time:
            return outside_caution(time.outside, period, name)
        return (labels_caution(name, labels),) if name in TIME_NAMES and not self.are_names(name) else ()

    def _chart(self, labels: tuple[str, ...], series: Lines, time: Timeline | None, scope: Scope) -> Chart:
        """Return the chart of some labels, without comparison; `time` is None where they are categories."""
        return Chart(
            kind=self._kind(dates=time is not None),
            label_type="date" if time else "category",
            labels=labels,
            series=tuple(
                Series(
                    field,
                    title,
                    self.unit(field, scope),
                    values,
                    additive=adds_up(self, field, "time" if time else "parts"),
                    parts=adds_up(self, field),
                    direction=self.field_direction(field),
                )
                for (field, title), values in zip(self._names(scope, len(series)), series, strict=True)
            ),
            annotations=self._annotations(labels, scope) if time else (),
            bucket=time.kind.unit if time else "day",
            by_number=not time or time.kind.weekday == 0,
            days=scope.days,
            compared=scope.compared,
            cut=time.cut(scope.window.current) if time and not self.own_range() else (),
        )

    def _timeline(
        self, labels: Sequence[str], period: Period, scope: Scope, kind: BucketKind | None = None
    ) -> Timeline | None:
        return timeline(labels, self.labels_asked(period, scope.zone), kind)

    def _in_time(self, series: Lines, known: Lines, time: Timeline, scope: Scope, part: WindowPart) -> Lines:
        """Return the values of the buckets of a timeline; of those that did not come zero, where that is known.

        Of several accounts these may also be buckets that a single account lacks; see `ChartAnswer.known`.
        """
        fields = [field for field, _ in self._names(scope, len(series))]
        single = len(set(fields)) == len(fields)  # series of one field share its number
        lines = []
        for field, line, sums in zip(fields, series, known or series, strict=True):
            came = [sums[row] for row in time.rows if row is not None]
            proved = single and are_proved(came, field, self, scope, part)
            if self.absent_is_zero(field, scope) or proved:
                lines.append(tuple(0 if row is None else sums[row] for row in time.rows))
            else:
                lines.append(tuple(None if row is None else line[row] for row in time.rows))
        return tuple(lines)

    def _compared(self, block: Block, answer: ChartAnswer, scope: Scope, answers: Mapping[Query, Answer]) -> Block:
        """Return the block with the compared period in its chart, or the reason why it has none."""
        (chart,) = block.charts
        query = self.compared_query(scope)
        if query is None:
            return replace(block, charts=(replace(chart, baseline_missing=self.missing_baseline(scope)),))
        block, both = compared(
            block, chart, answer, answers[query], lambda baseline: self._joined(chart, answer, baseline, scope)
        )
        return replace(block, charts=(both,))

    def _joined(self, chart: Chart, answer: ChartAnswer, baseline: ChartAnswer, scope: Scope) -> Chart | str:
        """Return a chart with the compared values, or a text with the reason why they do not join."""
        labels, series, _ = aligned(baseline)
        if len(series) != len(chart.series):
            return f"{len(chart.series)} series now, {len(series)} in the compared period"
        now = self._timeline(aligned(answer)[0], scope.window.current, scope)
        period = scope.window.baseline
        then = self._timeline(labels, period, scope, now.kind) if now and period else None
        if now and then and period:
            if then.twice:
                return f"the {then.kind.unit} {then.twice} stands twice"
            found = with_compared_values(
                chart,
                then.labels,
                self._in_time(series, baseline.known, then, scope, "baseline"),
                joined(now, then, scope.window),
            )
            return found if isinstance(found, str) else self._with_cut_baseline(found, then, period)
        names = ([(label,) for label in row] for row in (chart.labels, labels))
        return with_compared_values(chart, labels, baseline.known or series, join(*joining_names(*names)))

    def _with_cut_baseline(self, chart: Chart, then: Timeline, period: Period) -> Chart:
        """Return a chart that knows which of its compared buckets the compared period cuts."""
        if self.own_range():
            return chart
        cut = {then.labels[at] for at in then.cut(period)}
        return replace(chart, baseline_cut=tuple(at for at, label in enumerate(chart.baseline_labels) if label in cut))

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
