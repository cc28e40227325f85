"""The closed data shapes that blocks are made of: charts, tables and pictures."""

from __future__ import annotations

import operator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from pydantic import Base64Bytes  # noqa: TC002 - pydantic reads the annotations to build the JSON codec

from reportgen.model.changes import Change, Direction, change_of
from reportgen.model.units import RAW, Number, Unit, Value
from reportgen.model.values import Missing, Tone  # noqa: TC001 - as above

ChartKind: TypeAlias = Literal[
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
    "sparkline",
]


@dataclass(frozen=True, slots=True)
class Series:
    """One line, set of bars or ring of a chart.

    Attributes:
        field: The API's metric name.
        label: Its name for the reader.
        axis: Which value axis it is read on.
        unit: What its values are measured in.
        values: One a label; None is a missing point, never zero.
        baseline: The compared values at the same index; empty where nothing is compared.
        additive: Whether its values may be added up over the labels.
    """

    field: str
    label: str
    unit: Unit = RAW
    values: tuple[Number | None, ...] = ()
    baseline: tuple[Number | None, ...] = ()
    axis: Literal["left", "right"] = "left"
    additive: bool = False


@dataclass(frozen=True, slots=True)
class Annotation:
    """What somebody says of a day: `campaign launched`.

    Attributes:
        day: ISO day.
        text: In the author's words.
    """

    day: str
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The data of one chart.

    Attributes:
        kind: How it is drawn.
        label_type: "date" where every label is an ISO day.
        labels: One a point.
        series: What is drawn; each as long as `labels`.
        baseline_labels: The labels of the compared period at the same index as the values compared;
            empty where nothing is compared. Days are joined by their place in the period, so that the
            compared period may be the longer one; categories by their name.
        baseline_missing: Why nothing is compared; None where something is, or in a small line.
        annotations: What is said of its days, in their order; empty where its labels are no days.
    """

    kind: ChartKind
    label_type: Literal["date", "category"]
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    baseline_labels: tuple[str, ...] = ()
    baseline_missing: Missing | None = None
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """An image, carried as bytes.

    Attributes:
        media_type: `image/svg+xml`, `image/png` or `image/jpeg`.
        content: The file, unchanged.
        alt: What it shows, for a reader who cannot see it.
    """

    media_type: str
    content: Base64Bytes = field(repr=False)
    alt: str = ""


@dataclass(frozen=True, slots=True)
class ToneRule:
    """The author's limit from which a value is good, bad or to be watched.

    Attributes:
        tone: What it is then.
        comparison: How it stands to the limit.
        limit: In the scale of the values.
    """

    tone: Literal["good", "warn", "bad"]
    comparison: Literal["<", "<=", ">", ">="]
    limit: float

    def holds(self, value: float) -> bool:
        """Tell whether a value is past the limit."""
        compare = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}[self.comparison]
        return bool(compare(value, self.limit))


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        field: The API's name of the dimension or metric.
        label: Its heading.
        role: Whether it names rows or measures them.
        unit: What its values are measured in.
        values: One a row, in the table's order; None is a missing cell.
        baseline: The compared values at the same index; empty where nothing is compared.
        links: Where each cell leads, http or https; empty where no cell leads anywhere.
        direction: Whether a rise of its values is good.
        band: The neutral band of its changes, as a fraction; see `Change.between`.
        thumbnails: A small picture for each cell; None where one could not be had. Empty where the author
            wants none.
        printed: Whether it is shown; what is not stays with staff, see `client_edition`.
        bar: Whether its values are drawn as bars too.
        tones: The author's limits; the first that holds counts.
        additive: Whether its rows may be added up.
    """

    field: str
    label: str
    role: Literal["dimension", "metric"]
    unit: Unit = RAW
    values: tuple[Value, ...] = ()
    baseline: tuple[Value, ...] = ()
    links: tuple[str | None, ...] = ()
    direction: Direction = "neutral"
    band: float = 0
    thumbnails: tuple[Picture | None, ...] = ()
    printed: bool = True
    bar: bool = False
    tones: tuple[ToneRule, ...] = ()
    additive: bool = False

    @property
    def is_numeric(self) -> bool:
        """Whether the column measures and no cell of it is words, so that it is set as numbers are."""
        return self.role == "metric" and not any(isinstance(value, str) for value in self.values)

    def change(self, current: Value, baseline: Value) -> Change | None:
        """Compare two values of this column; None where they are no two numbers."""
        return change_of(current, baseline, self.unit, self.direction, self.band)

    def tone(self, value: Value) -> Tone:
        """Return what a value is by the author's limits."""
        if not isinstance(value, int | float):
            return "neutral"
        return next((rule.tone for rule in self.tones if rule.holds(value)), "neutral")


@dataclass(frozen=True, slots=True)
class Table:
    """A table, by columns.

    Attributes:
        columns: Dimensions first. A row of the compared period alone has its names among the values
            of the dimensions, and no value of a metric.
        presence: One a row: in both periods, or in one of them only; rows of the compared period
            alone come last.
        total: The API's own total row, one cell a column; None where it sent none.
        total_baseline: The API's own total of the compared period; None where there is none.
        shown: How many rows, from the top, are printed on the page; the workbook has all.
        of: How many rows there are, those of the compared period alone included, the total not.
        baseline_missing: Why nothing is compared; None where something is.
        landscape: Whether it is printed on a page turned on its side; None leaves it to its width.
    """

    columns: tuple[Column, ...]
    presence: tuple[Literal["both", "current", "baseline"], ...] = ()
    total: tuple[Value, ...] | None = None
    total_baseline: tuple[Value, ...] | None = None
    shown: int = 0
    of: int = 0
    baseline_missing: Missing | None = None
    landscape: bool | None = None
