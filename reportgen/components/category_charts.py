"""The categories of a chart as its author wants them: chosen by a condition, limited, added up and renamed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reportgen.components.column_expressions import condition_of
from reportgen.components.other_sums import other_name
from reportgen.components.renamed_cells import renaming
from reportgen.components.row_conditions import chosen_rows
from reportgen.components.row_values import full_sum, rows_by_period, sums_of
from reportgen.components.yaml_models import unit_of
from reportgen.model import ROUND_KINDS, Caution, Column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reportgen.components.chart import ChartBlock
    from reportgen.components.component import Scope
    from reportgen.components.conditions import Condition
    from reportgen.model import Chart, Presence, Series


@dataclass(frozen=True, slots=True)
class ChosenCategories:
    """An author's keys for the categories of a chart.

    Attributes:
        where: The condition on categories; None keeps all.
        limit: How many are shown, the largest of the first series; None shows all.
        other: Returns the name of what is not shown, from the count of its categories; None where there is none.
        renames: Name that the API sends -> name for the reader.
    """

    where: Condition | None = None
    limit: int | None = None
    other: Callable[[int], str] | None = None
    renames: Mapping[str, str] = field(default_factory=dict)


def known_columns(block: ChartBlock) -> list[Column]:
    """Return the columns that a condition on a chart knows, without cells: the categories and the metrics."""
    units = {name: unit_of(block.field_format(name), None) for name in block.metrics}
    measured = (Column(name, "", "metric", unit) for name, unit in units.items())
    return [Column(block.time_dimension(), "", "dimension"), *measured]


def chosen_by(block: ChartBlock, scope: Scope) -> ChosenCategories:
    """Return the keys of a block for the categories of its chart."""
    dimension = block.time_dimension()
    own = block.fields[dimension].rename if dimension in block.fields else {}
    names = [column.field for column in known_columns(block)]
    return ChosenCategories(
        condition_of(block.where, names, {}) if block.where else None,
        block.limit,
        other_name(block.other, scope),
        {**scope.renames.get(dimension, {}), **scope.fill.names(own)},
    )


def with_chosen_categories(chart: Chart, dimension: str, wanted: ChosenCategories) -> tuple[Chart, tuple[Caution, ...]]:
    """Return a chart of categories with those that its author wants, and the caution on what does not add up.

    The largest are those of the first series; they stay in the order of the answer, and Other is the last.

    Args:
        chart: The chart; that of days is as it was.
        dimension: The API's name of its categories.
        wanted: The author's keys.

    Raises:
        ValueError: The condition compares values that do not go together.
    """
    if chart.label_type == "date":
        return chart, ()
    if wanted.where:
        chart = _with_labels(chart, _kept(chart, dimension, wanted.where))
    cautions: tuple[Caution, ...] = ()
    rest = _beyond(chart, wanted.limit)
    if rest:
        gone = frozenset(rest)
        shown = _with_labels(chart, [at for at in range(len(chart.labels)) if at not in gone])
        chart, cautions = _with_other(shown, chart, rest, wanted.other)
    new = renaming(wanted.renames)
    compared = tuple(new(label) if label else "" for label in chart.baseline_labels)
    return replace(chart, labels=tuple(map(new, chart.labels)), baseline_labels=compared), cautions


def _kept(chart: Chart, dimension: str, condition: Condition) -> Sequence[int]:
    """Return the indexes of the categories that meet a condition.

    Raises:
        ValueError: It compares values that do not go together, or names a metric of several series.
    """
    fields = [series.field for series in chart.series]
    unclear = [name for name in condition.names if name != dimension and fields.count(name) != 1]
    if unclear:
        raise ValueError(f"the answer has {len(fields)} series, and it is not known which of them is {unclear[0]}")
    columns = [Column(dimension, "", "dimension", values=chart.labels)]
    columns += [
        Column(series.field, "", "metric", series.unit, series.values, series.baseline, additive=series.parts)
        for series in chart.series
    ]
    every = range(len(chart.labels))
    found = _presence(chart)
    return chosen_rows(condition, columns, found, sums_of(columns, *rows_by_period(found, every))).kept


def _presence(chart: Chart) -> Sequence[Presence]:
    """Return the periods of each category."""
    own, compared = len(chart.labels) - chart.alone, chart.baseline_labels or ("",) * len(chart.labels)
    return ["baseline" if at >= own else "both" if before else "current" for at, before in enumerate(compared)]


def _with_labels(chart: Chart, places: Sequence[int]) -> Chart:
    """Return a chart with some of its categories, by their indexes."""
    series = (
        replace(
            each,
            values=tuple(each.values[at] for at in places),
            baseline=tuple(each.baseline[at] for at in places) if each.baseline else (),
        )
        for each in chart.series
    )
    return replace(
        chart,
        labels=tuple(chart.labels[at] for at in places),
        alone=sum(at >= len(chart.labels) - chart.alone for at in places),
        series=tuple(series),
        baseline_labels=tuple(chart.baseline_labels[at] for at in places) if chart.baseline_labels else (),
    )


def _beyond(chart: Chart, limit: int | None) -> list[int]:
    """Return the indexes of the categories that are not shown: all but the largest of the first series."""
    if limit is None or len(chart.labels) <= limit:
        return []
    values = chart.series[0].values
    sizes = sorted(range(len(values)), key=lambda at: (values[at] is None, -(values[at] or 0)))
    return sorted(sizes[limit:])


def _with_other(
    shown: Chart, whole: Chart, rest: Sequence[int], other: Callable[[int], str] | None
) -> tuple[Chart, tuple[Caution, ...]]:
    """Return a chart of some categories with the sums of the others, where these add up."""
    shown = replace(shown, of=len(whole.labels))
    if other is None:
        return shown, _unasked(whole)
    rigid = [series.field for series in whole.series if not series.parts]
    if rigid:
        text = f"other: the values of {rigid[0]} are not known to add up, so the rest is left out"
        return shown, (Caution("W-OTHER", f"{text}; write additive: {{parts: true}} where they do"),)
    name = other(len(rest))
    now, before = rows_by_period(_presence(whole), rest)
    series = tuple(_with_sum(short, long, now, before) for short, long in zip(shown.series, whole.series, strict=True))
    compared = (*shown.baseline_labels, name) if shown.baseline_labels else ()
    alone = 0 if now else shown.alone + 1  # Other too is of the compared period alone then
    shown = replace(shown, labels=(*shown.labels, name), series=series, baseline_labels=compared, of=0, other=True)
    return replace(shown, alone=alone), tuple(_unknown_sums(series)) if now else ()


def _unknown_sums(series: Sequence[Series]) -> Iterator[Caution]:
    """Yield the caution that the sum of the categories that are not shown is not known."""
    lacking = [each.field for each in series if each.values[-1] is None]
    if lacking:
        text = f"other: categories beyond limit have no value of {', '.join(lacking)}, so that their sum is not known"
        yield Caution("W-OTHER", text)


def _unasked(whole: Chart) -> tuple[Caution, ...]:
    """Return the caution that slices make no whole without those that are left out."""
    if whole.kind not in {*ROUND_KINDS, "stacked"} or not all(series.parts for series in whole.series):
        return ()
    return (
        Caution("W-OTHER", "the categories beyond limit are left out, and slices make no whole; write other: true"),
    )


def of_a_part(chart: Chart) -> Chart:
    """Return a chart whose values do not add up to anything where some of its categories are left out."""
    if not chart.of:
        return chart
    return replace(chart, series=tuple(replace(each, additive=False, parts=False) for each in chart.series))


def _with_sum(short: Series, long: Series, now: Sequence[int], before: Sequence[int]) -> Series:
    """Return a series with the sums of the categories of both periods that are not shown."""
    values, baseline = ([of[at] for at in places] for of, places in ((long.values, now), (long.baseline, before)))
    compared = (*short.baseline, full_sum(baseline)) if short.baseline else ()
    return replace(short, values=(*short.values, full_sum(values)), baseline=compared)
