"""The report between fetching and rendering: frozen, complete, and the same for every output.

Values are raw numbers with units; display text is made by the outputs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date  # noqa: TC003 - pydantic reads the annotations to build the JSON codec
from typing import Annotated, Literal, TypeAlias

from pydantic import Base64Bytes, Field, JsonValue

from reportgen.periods import Period  # noqa: TC001 - see date
from reportgen.queries import Missing, Number

UnitName: TypeAlias = Literal[
    "count",
    "decimal",
    "percent",
    "percent_100",
    "currency",
    "milliseconds",
    "seconds",
    "minutes",
    "hours",
    "date",
    "text",
]
Direction: TypeAlias = Literal["up_is_good", "down_is_good", "neutral"]
Judgement: TypeAlias = Literal["good", "bad", "neutral"]
State: TypeAlias = Literal[
    "ok", "partial", "not_requested", "not_returned", "no_data", "failed", "expired", "not_comparable"
]
Verdict: TypeAlias = Literal["done", "degraded", "held"]
ChartKind: TypeAlias = Literal["line", "bar", "pie", "sparkline"]
Value: TypeAlias = Number | str | None

RATES: frozenset[UnitName | None] = frozenset({"percent", "percent_100"})


@dataclass(frozen=True, slots=True)
class Unit:
    """What a value is measured in.

    Attributes:
        name: The closed word; None means that nobody said, and the value is printed as it came.
        currency: ISO 4217 code, for `currency`; None prints the amount without a symbol.
        decimals: Digits after the decimal sign; None leaves it to the unit and the currency.
        compact: Whether large values are shortened, 12.3K.
    """

    name: Annotated[UnitName | None, Field(alias="as")] = None
    currency: str | None = None
    decimals: int | None = None
    compact: bool = False


RAW = Unit()


@dataclass(frozen=True, slots=True)
class Change:
    """How a value moved against its baseline.

    Attributes:
        absolute: Current minus baseline, in the value's unit (percentage points for rates).
        relative: Change as a fraction of the baseline's size; None from a baseline of zero, and
            for rates, which move in percentage points.
        judgement: Whether the move is good news, by the metric's direction.
    """

    absolute: Number
    relative: float | None
    judgement: Judgement

    @classmethod
    def between(cls, current: Number, baseline: Number, unit: Unit, direction: Direction) -> Change:
        """Compare two values: `(current - baseline) / abs(baseline)`."""
        absolute = current - baseline
        relative = None if baseline == 0 or unit.name in RATES else absolute / abs(baseline)
        return cls(absolute, relative, _judge(absolute, direction))


def _judge(absolute: Number, direction: Direction) -> Judgement:
    if absolute == 0 or direction == "neutral":
        return "neutral"
    return "good" if (absolute > 0) == (direction == "up_is_good") else "bad"


@dataclass(frozen=True, slots=True)
class Reading:
    """One value, for a number block.

    Attributes:
        field: The API's metric name.
        unit: What it is measured in.
        value: The value in the API's scale; None where it is missing.
        missing: Why it is missing; None where it is there.
        baseline: The value it is compared with; None where there is none.
        baseline_missing: Why there is no baseline; None where there is one.
        change: How it moved; None where either value is missing or is no number.
    """

    field: str
    unit: Unit = RAW
    value: Value = None
    missing: Missing | None = None
    baseline: Value = None
    baseline_missing: Missing | None = None
    change: Change | None = None


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
    """

    field: str
    label: str
    unit: Unit = RAW
    values: tuple[Number | None, ...] = ()
    baseline: tuple[Number | None, ...] = ()
    axis: Literal["left", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Chart:
    """The data of one chart.

    Attributes:
        kind: How it is drawn.
        label_type: "date" where every label is an ISO day.
        labels: One a point.
        series: What is drawn; each as long as `labels`.
        baseline_labels: The labels of the compared period; empty where nothing is compared.
    """

    kind: ChartKind
    label_type: Literal["date", "category"]
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    baseline_labels: tuple[str, ...] = ()


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
    """

    field: str
    label: str
    role: Literal["dimension", "metric"]
    unit: Unit = RAW
    values: tuple[Value, ...] = ()
    baseline: tuple[Value, ...] = ()
    links: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table, by columns.

    Attributes:
        columns: Dimensions first.
        presence: One a row: in both periods, or in one of them only.
        total: The API's own total row, one cell a column; None where it sent none.
        shown: How many rows, from the top, are printed on the page; the workbook has all.
        of: How many rows there are, the total not counted.
    """

    columns: tuple[Column, ...]
    presence: tuple[Literal["both", "current", "baseline"], ...] = ()
    total: tuple[Value, ...] | None = None
    shown: int = 0
    of: int = 0


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
class Block:
    """One block of a report: a few closed data shapes, whatever component it came from.

    Attributes:
        name: Unique in the report; the anchor in the outputs.
        kind: The component, which names its template.
        label: Title for the reader; may be empty.
        state: `ok`, `partial`, or why it has nothing to show.
        reason: What went wrong, for staff; empty where nothing did. Never shown to a client.
        width: Columns of 12 that it fills.
        new_row: Whether it starts a new row whatever room is left.
        reference_key: The API's name of the metric; None where the block is no metric.
        source: Alias of the source it was asked of; None where it asks nothing.
        queries: Digests of the queries it was made from.
        readings: Single values.
        charts: Charts.
        tables: Tables.
        prose: Markdown.
        picture: An image; None where there is none.
        notes: The author's words under the block.
    """

    name: str
    kind: str
    label: str = ""
    state: State = "ok"
    reason: str = ""
    width: int = 12
    new_row: bool = False
    reference_key: str | None = None
    source: str | None = None
    queries: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    prose: str = ""
    picture: Picture | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under one title.

    Attributes:
        title: May be empty.
        blocks: From left to right and top to bottom.
    """

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ClientCard:
    """Whom the report is for: name, slug for files and addresses, logo or None."""

    slug: str
    name: str
    logo: Picture | None = None


@dataclass(frozen=True, slots=True)
class AgencyCard:
    """Who sends the report: name (may be empty), logo or None."""

    name: str = ""
    logo: Picture | None = None


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source of the report.

    Attributes:
        alias: The spec's name for it.
        integration: The kind of integration.
        status: `active` where all was asked and answered; `failed` where its request failed;
            `absent` where the client has no such account and its blocks were left out.
    """

    alias: str
    integration: str
    status: Literal["active", "failed", "absent"]


@dataclass(frozen=True, slots=True)
class QueryRecord:
    """What one query asked: the source's alias, which period, and the metric structure sent."""

    source: str
    window: Literal["current", "baseline"]
    metric: dict[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Caution:
    """Something staff should know.

    Attributes:
        code: Stable, such as `W-WIDTH`.
        text: What it is and what to do, in English.
        block: The block it is about; None where it is about the report.
    """

    code: str
    text: str
    block: str | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of a report.

    Attributes:
        name: The theme's name.
        colors: CSS custom property without its dashes -> `#RRGGBB`.
    """

    name: str
    colors: dict[str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """A complete report; nothing needs to be fetched or computed to render it.

    Attributes:
        spec: Slug of the spec, for file names.
        title: With its variables filled in.
        locale: CLDR name with a hyphen, `pt-BR`.
        timezone: IANA name.
        as_of: The day of the report; the only date printed as its date.
        client: Whom it is for.
        agency: Who sends it.
        period: The days reported.
        baseline: The days compared with; None where nothing is compared.
        theme: Its colours.
        sources: The accounts asked, in the spec's order.
        queries: Digest -> what was asked.
        sections: The content.
        warnings: What staff should know.
        verdict: Whether it may be sent.
    """

    spec: str
    title: str
    locale: str
    timezone: str
    as_of: date
    client: ClientCard
    agency: AgencyCard
    period: Period
    baseline: Period | None
    theme: Theme
    sources: tuple[SourceStatus, ...]
    queries: dict[str, QueryRecord]
    sections: tuple[Section, ...]
    warnings: tuple[Caution, ...] = ()
    verdict: Verdict = "done"

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every block, in the order of the report."""
        return tuple(block for section in self.sections for block in section.blocks)


@dataclass(frozen=True, slots=True)
class Artifact:
    """One finished file: its name without a folder, its media type, its bytes."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
