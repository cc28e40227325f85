"""The data of charts: their series, labels and annotations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from reportgen.model.changes import Direction
from reportgen.model.goal_verdicts import Goal
from reportgen.model.readings import Missing
from reportgen.model.units import RAW, Number, Unit
from reportgen.periods import BucketUnit, Period

BlockChartKind: TypeAlias = Literal[
    "line",
    "area",
    "bar",
    "horizontal_bar",
    "stacked",
    "combo",
    "pie",
    "donut",
    "heatmap",
    "funnel",
    "scatter",
]
"""The kinds of charts in blocks of their own."""

ChartKind: TypeAlias = Literal[BlockChartKind, "sparkline"]


@dataclass(frozen=True, slots=True)
class Series:
    """A series of a chart: a line, a set of bars or a ring.

    Attributes:
        field: The API's metric name.
        label: Its name for the reader.
        axis: Which value axis it is read on.
        unit: The unit of its values.
        values: A value for each label; None is a missing point, never zero.
        baseline: The compared values at the same index; empty where nothing is compared.
        additive: Whether its values may be added up over the labels.
        parts: Whether its values are parts of a whole, which slices and stacks need.
        direction: Whether a rise of its values is good.
        goals: The goal of each value at the same index, None where it has none; empty where none has.
        undefined: Indexes of the values that would be divided by zero, which are no missing figures.
        baseline_undefined: The same of the compared values.
    """

    field: str
    label: str
    unit: Unit = RAW
    values: tuple[Number | None, ...] = ()
    baseline: tuple[Number | None, ...] = ()
    axis: Literal["left", "right"] = "left"
    additive: bool = False
    parts: bool = True
    direction: Direction = "neutral"
    goals: tuple[Goal | None, ...] = ()
    undefined: tuple[int, ...] = ()
    baseline_undefined: tuple[int, ...] = ()

    @property
    def drawn_numbers(self) -> tuple[Number | None, ...]:
        """All numbers that its value axis has to hold: values, compared values and goals."""
        return (*self.values, *self.baseline, *(number for goal in self.goals if goal for number in goal.numbers))


@dataclass(frozen=True, slots=True)
class Annotation:
    """An author's annotation of a day: `campaign launched`.

    Attributes:
        day: ISO day.
        text: The author's words.
    """

    day: str
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The data of a chart.

    Attributes:
        kind: How it is drawn.
        label_type: "date" where the labels are buckets of time.
        labels: A label for each point; of a bucket of time its first day, with the hour of an hour.
        series: The series drawn; each as long as `labels`.
        baseline_labels: The labels of the compared period at the same index as the values compared;
            empty where nothing is compared, and "" where there is no partner. Buckets are joined by their place
            in the period or by their date, and those of the compared period alone come last, beyond `labels`;
            categories are joined by their name.
        baseline_missing: Why nothing is compared; None where something is, or in a sparkline.
        annotations: The annotations of its days, in their order; empty where its labels are no days.
        bucket: The unit of its buckets of time.
        by_number: Whether weeks are called by their number in the year, as those from Monday are.
        first_month: The month that its quarters and years begin with, 1 to 12; see `BucketKind`.
        days: The days it covers, where these are its own and not those of the report.
        compared: The days that it is compared with, where these are not those of the report.
        windows: The dates asked for, `2026-10-01..2026-10-31`, of each label where each is an answer of its own; else
            empty.
        baseline_windows: The same of each compared label; "" where it has no partner.
        cut: Indexes of the buckets, the first or the last, of which the period has not every day, or not every day
            has a figure; such a bucket is not compared with whole buckets.
        baseline_cut: Indexes of the compared buckets of which the compared period has not every day.
        gapped: Indexes of the buckets of which a day that came lacks its figure: their values are those of the other
            days, so that the values of the chart have no total.
        of: How many categories there are, where the author's limit leaves some out; else 0.
        alone: How many of its categories, the last, are of the compared period alone.
        other: Whether its last category is the sum of those that the author's limit leaves out.
    """

    kind: ChartKind
    label_type: Literal["date", "category"]
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    baseline_labels: tuple[str, ...] = ()
    baseline_missing: Missing | None = None
    annotations: tuple[Annotation, ...] = ()
    bucket: BucketUnit = "day"
    by_number: bool = True
    first_month: int = 1
    days: Period | None = None
    compared: Period | None = None
    windows: tuple[str, ...] = ()
    baseline_windows: tuple[str, ...] = ()
    cut: tuple[int, ...] = ()
    baseline_cut: tuple[int, ...] = ()
    gapped: tuple[int, ...] = ()
    of: int = 0
    alone: int = 0
    other: bool = False
