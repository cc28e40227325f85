"""The component `history`: numbers of the report, asked for months or other units in a row, as a chart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from reportgen.components.component import Component, Scope
from reportgen.components.metric import Metric
from reportgen.components.period_fields import HistoryPeriod, ValueUnit, history_days
from reportgen.components.yaml_models import Name, Width, as_list
from reportgen.model import UNREAD, Block, BlockState, Caution, Chart, ChartHeight, ChartKind, Series, number_or_none
from reportgen.periods import begins_in_week_53, parts_of_period, resolve_baseline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.model import Remark
    from reportgen.periods import Period
    from reportgen.queries import Answer, Query

HistoryKind = Literal["line", "bar", "area", "combo", "stacked"]


@dataclass(frozen=True, slots=True)
class _Bucket:
    """A bucket of a history: its days, whether it has all of them, and the days of the year before."""

    days: Period
    whole: bool
    before: Period | None = None


class HistoryBlock(Component):
    """Numbers of the report over months in a row, each asked for as its source has it."""

    needs_all: ClassVar[bool] = False
    calculates: ClassVar[bool] = True
    history: Annotated[
        tuple[Name, ...],
        BeforeValidator(as_list),
        Field(min_length=1, description="The name of a number of this spec, or a list of such names."),
    ]
    by: ValueUnit = "month"
    period: HistoryPeriod = None
    kind: Annotated[
        HistoryKind | None,
        Field(
            description="How it is drawn; left out, bars of a number whose days add up, bars over lines of two units, "
            "else lines."
        ),
    ] = None
    compare: Annotated[
        Literal["same_period_last_year", "none"],
        Field(description="`same_period_last_year`: each value beside that of the year before."),
    ] = "none"
    width: Annotated[Width, Field(description="How many of the page's 12 columns it fills.")] = 6
    height: Annotated[ChartHeight | None, Field(description="Its height; see Charts.")] = None

    def days(self) -> str:
        """Return the period word of its days."""
        return history_days(self.period, self.by)

    def builds_on(self) -> tuple[str, ...]:
        """Return the names of its numbers."""
        return self.history

    def queries(self, scope: Scope) -> tuple[Query, ...]:
        """Return the queries of every number and bucket, each once."""
        return tuple(dict.fromkeys(query for query, _ in self.author_keys(scope)))

    def author_keys(self, scope: Scope) -> Iterator[tuple[Query, tuple[str, ...]]]:
        """Yield the queries with the names of their numbers: an answer stands under the bucket's dates."""
        for bucket in self._buckets(scope):
            for days in filter(None, (bucket.days, bucket.before)):
                for component, own in scope.operands.values():
                    if isinstance(component, Metric):
                        yield from component.author_keys(own.in_days(days, whole=bucket.whole))

    def resolve(self, scope: Scope, answers: Mapping[Query, Answer]) -> Block:
        """Return the block: a chart with a value a bucket, or the reason why there is none."""
        names = [name for name in self.history if name in scope.operands]
        buckets = self._buckets(scope)
        now = {name: [_number_in(bucket.days, name, scope, answers) for bucket in buckets] for name in names}
        before = {
            name: [_number_in(each.before, name, scope, answers) if each.before else None for each in buckets]
            for name in names
        }
        asked = [*chain(*now.values()), *chain(*before.values())]
        frame = self._titled(scope, now, before)
        frame = replace(frame, cautions=(*_failures(buckets, now, before), *_without_goals(now)))
        states = [block.state for blocks in now.values() for block in blocks if block.readings[0].value is None]
        if len(states) == sum(map(len, now.values())):
            gravest: BlockState = next((state for state in states if state in UNREAD), states[0])
            remarks: tuple[Remark, ...] = ("zero_divisor",) if all(map(_is_undefined, chain(*now.values()))) else ()
            return replace(
                frame, state=gravest, reason=next((block.reason for block in asked if block), ""), remarks=remarks
            )
        judged = [bucket.whole and self.kind != "stacked" for bucket in buckets]
        series = tuple(_series(now[name], before[name], judged) for name in names)
        state: BlockState = "partial" if any(block and block.state in UNREAD for block in asked) else "ok"
        return replace(frame, state=state, charts=(self._chart(buckets, series, scope),))

    def _titled(
        self, scope: Scope, now: Mapping[str, Sequence[Block]], before: Mapping[str, Sequence[Block | None]]
    ) -> Block:
        """Return its block without the chart: first the queries of its own numbers, then those of what they need."""
        label = scope.fill(self.label) or ", ".join(blocks[0].label for blocks in now.values())
        asked = {name: [*chain(*zip(now[name], before[name], strict=True))] for name in now}
        metrics = [asked[name] for name in asked if isinstance(scope.operands[name][0], Metric)]
        own, every = _queries_of(metrics), _queries_of(asked.values())
        rest = tuple(query for query in every if query not in own)
        queries = (*own, *rest)
        return self.frame("chart", scope, label=label, height=self.height, queries=queries, trend_queries=len(rest))

    def _buckets(self, scope: Scope) -> tuple[_Bucket, ...]:
        kind = scope.starts.kind(self.by)
        return tuple(
            _Bucket(days, whole, _a_year_before(days) if whole and self.compare != "none" else None)
            for days, whole in parts_of_period(scope.window.current, kind)
        )

    def _chart(self, buckets: Sequence[_Bucket], series: tuple[Series, ...], scope: Scope) -> Chart:
        is_compared = any(bucket.before for bucket in buckets)
        return Chart(
            kind=self.kind or _usual_kind(series),
            label_type="date",
            labels=tuple(bucket.days.start.isoformat() for bucket in buckets),
            series=series,
            baseline_labels=tuple(
                bucket.before.start.isoformat() if bucket.before else "" for bucket in buckets if is_compared
            ),
            baseline_missing=None if is_compared else "not_requested",
            bucket=self.by,
            by_number=scope.starts.weekday == 0,
            first_month=scope.starts.month,
            days=scope.days,
            compared=scope.compared,
            windows=tuple(bucket.days.dates for bucket in buckets),
            baseline_windows=tuple(bucket.before.dates if bucket.before else "" for bucket in buckets if is_compared),
            cut=tuple(at for at, bucket in enumerate(buckets) if not bucket.whole),
        )


def _a_year_before(days: Period) -> Period | None:
    """Return the days that a bucket is compared with; None for a 53rd week, whose 52 weeks before are another's."""
    is_single = days.calendar == "week" and begins_in_week_53(days)
    return None if is_single else resolve_baseline("same_period_last_year", days, days.end)


def _queries_of(numbers: Iterable[Sequence[Block | None]]) -> dict[str, None]:
    """Return the queries of numbers, each once and bucket by bucket.

    Args:
        numbers: The blocks of each number: its buckets in their order, each followed by the year before it.
    """
    blocks = chain.from_iterable(zip(*numbers, strict=True))
    return dict.fromkeys(query for block in blocks if block for query in block.queries)


def _number_in(days: Period, name: str, scope: Scope, answers: Mapping[Query, Answer]) -> Block:
    """Return the block of a number in other days; a formula is calculated from its numbers in these."""
    component, own = scope.operands[name]
    if isinstance(component, Metric):
        return component.resolve(own.in_days(days), answers)
    needs = [need for need in component.builds_on() if need in scope.operands]
    blocks = {need: _number_in(days, need, scope, answers) for need in needs}
    return component.resolve(replace(own.in_days(days), blocks=blocks), answers)


def _series(now: Sequence[Block], before: Sequence[Block | None], judged: Sequence[bool]) -> Series:
    """Return the series of a number's values; the unit is that of the first value that is there.

    Args:
        now: The number in each bucket.
        before: The number in the year before each bucket; None where it is not compared.
        judged: Whether the goal of each bucket counts: it does in a whole bucket.
    """
    readings = [block.readings[0] for block in now]
    told = next((reading for reading in readings if reading.value is not None), readings[0])
    compared = [number_or_none(block.readings[0].value) if block else None for block in before]
    goals = tuple(reading.goal if counts else None for reading, counts in zip(readings, judged, strict=True))
    return Series(
        told.field,
        now[0].label,
        told.unit,
        tuple(number_or_none(reading.value) for reading in readings),
        tuple(compared) if any(before) else (),
        additive=told.over_time == "sum",
        parts=told.over_time == "sum",
        direction=told.direction,
        goals=goals if any(goals) else (),
        undefined=_undefined(now),
        baseline_undefined=_undefined(before),
    )


def _undefined(blocks: Sequence[Block | None]) -> tuple[int, ...]:
    """Return the indexes of the values that would be divided by zero."""
    return tuple(at for at, block in enumerate(blocks) if block and _is_undefined(block))


def _is_undefined(block: Block) -> bool:
    return block.state == "no_data" and "zero_divisor" in block.remarks


def _usual_kind(series: Sequence[Series]) -> ChartKind:
    if len({each.unit for each in series}) > 1:
        return "combo"
    return "bar" if len(series) == 1 and series[0].additive else "line"


def _failures(
    buckets: Sequence[_Bucket], now: Mapping[str, Sequence[Block]], before: Mapping[str, Sequence[Block | None]]
) -> Iterator[Caution]:
    """Yield a caution for each value that could not be read, which degrades the report."""
    for name in now:
        for bucket, block, compared in zip(buckets, now[name], before[name], strict=True):
            for days, found in ((bucket.days, block), (bucket.before, compared)):
                if found and days and found.state in UNREAD:
                    yield Caution("W-FAILED", f"{name} of {days.dates}: {found.reason or found.state}; it is a gap")


def _without_goals(now: Mapping[str, Sequence[Block]]) -> Iterator[Caution]:
    """Yield the reason why a number with a goal has none in any bucket; the first bucket stands for all."""
    for name, blocks in now.items():
        reasons = [caution for block in blocks for caution in block.cautions if caution.code == "W-GOAL"]
        if reasons and not any(block.readings[0].goal for block in blocks):
            yield replace(reasons[0], text=f"{name}: {reasons[0].text}")
