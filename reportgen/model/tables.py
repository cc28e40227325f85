"""The data of tables: columns with their units, limits and compared cells, and the rows' presence."""

from __future__ import annotations

import operator
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Literal, TypeAlias

from reportgen.model.changes import Change, Direction, change_of
from reportgen.model.picture_bytes import Picture
from reportgen.model.readings import LimitTone, Missing, Tone
from reportgen.model.units import RAW, Unit, Value
from reportgen.periods import BucketUnit, Period

if TYPE_CHECKING:
    from collections.abc import Iterable

LimitSign: TypeAlias = Literal["<", "<=", ">", ">="]
"""How a value stands to a limit."""

Presence: TypeAlias = Literal["both", "current", "baseline"]
"""The periods in which a row of a table was found."""


@dataclass(frozen=True, slots=True)
class ToneRule:
    """A rule for the tone of a value: the author's limit past which it is good, bad or to be watched.

    Attributes:
        tone: The tone of a value past the limit.
        comparison: The sign between value and limit.
        limit: The limit in the scale of the values.
    """

    tone: LimitTone
    comparison: LimitSign
    limit: float

    def holds(self, value: float) -> bool:
        """Return whether a value is past the limit."""
        compare = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}[self.comparison]
        return bool(compare(value, self.limit))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        field: The API's name of the dimension or metric.
        label: Its head.
        role: Whether it names rows or measures them.
        unit: The unit of its values.
        values: A cell for each row, in the table's order; None is a missing cell.
        baseline: The compared values at the same index; empty where nothing is compared.
        links: The http or https address that each cell links to; empty where no cell has a link.
        direction: Whether a rise of its values is good.
        band: The neutral band of its changes, as a fraction; see `Change.between`.
        thumbnails: A small picture for each cell; None where it could not be fetched. Empty where the author
            wants no pictures.
        printed: Whether it is shown; other columns are for staff only, see `client_edition`.
        bar: Whether its values are drawn as bars too.
        tones: The author's rules for tones; the first that holds counts.
        additive: Whether its rows may be added up.
        lines: How many lines of a text are shown on a page at most; None shows all, as workbook and CSV do.
        formula: The author's formula of a computed column, which is for staff alone; empty for the API's own columns.
        has_change: Whether its changes are shown beside it; None leaves it to the room on the page.
        cut: Indexes of the rows that it names by a week, a month or another bucket of time of which the period has
            some days, but not all.
        baseline_cut: The same of the compared buckets and the compared period.
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
    lines: int | None = None
    formula: str = ""
    has_change: bool | None = None
    cut: tuple[int, ...] = ()
    baseline_cut: tuple[int, ...] = ()

    @property
    def is_numeric(self) -> bool:
        """Whether the column is a metric without text in its cells, and is aligned as numbers are."""
        return self.role == "metric" and str not in map(type, self.values)  # in a fifth of a generator's time

    @property
    def limits(self) -> tuple[float, ...]:
        """The limits of the author's rules for tones."""
        return tuple(rule.limit for rule in self.tones)

    def change(self, current: Value, baseline: Value) -> Change | None:
        """Return the change between two values of this column, or None unless both are numbers."""
        return change_of(current, baseline, self.unit, self.direction, self.band)

    def tone(self, value: Value) -> Tone:
        """Return the tone of a value by the author's rules."""
        if not isinstance(value, int | float):
            return "neutral"
        return next((rule.tone for rule in self.tones if rule.holds(value)), "neutral")


def cut_rows(columns: Iterable[Column]) -> frozenset[int]:
    """Return the indexes of the rows that have no change, because one of the two periods has their bucket in part."""
    return frozenset(chain.from_iterable((*column.cut, *column.baseline_cut) for column in columns))


@dataclass(frozen=True, slots=True)
class ComparedCells:
    """The cells of other days that a table is compared with.

    Attributes:
        compared: These days.
        baselines: The compared cells of each column, in the order of its rows; empty for columns of names.
        total: The total of these days; None where there is none.
        other: The row of what is not printed, in these days; None where there is none.
    """

    compared: Period
    baselines: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] | None = None
    other: tuple[Value, ...] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table, by columns.

    Attributes:
        columns: Dimensions first. A row of the compared period alone has its names among the values
            of the dimensions, and no value of a metric.
        presence: For each row, whether it is in both periods, the current alone or the compared alone;
            rows of the compared period alone come last.
        total: The API's own total row, a cell for each column; None where the API sent none.
        total_baseline: The API's own total of the compared period; None where there is none.
        is_total_made: Whether the total is worked out from the rows, because the author's condition dropped others.
        other: The row of what is not printed, a cell for each column; None where the author wants none.
        other_baseline: The same of the compared period; None where there is none.
        sorted_by: The column that the rows are sorted by, the API's name; empty where they are not.
        shown: How many rows, from the top, are printed on the page; the workbook has all.
        of: How many rows there are, those of the compared period alone included, the total not.
        baseline_missing: Why nothing is compared; None where something is.
        landscape: Whether it is printed on a page turned on its side; None leaves it to its width.
        left_out: How many rows of a table by day did not come, and stand for their days without figures.
        bucket: The unit of time of its rows, where the only dimension is one of time.
        days: The days it covers, where these are its own and not those of the report.
        compared: The days that it is compared with, where these are not those of the report.
        without: The names of the accounts whose rows could not be read, of a source that has several.
        further: Its comparisons beside that with its baselines.
    """

    columns: tuple[Column, ...]
    presence: tuple[Presence, ...] = ()
    total: tuple[Value, ...] | None = None
    total_baseline: tuple[Value, ...] | None = None
    is_total_made: bool = False
    other: tuple[Value, ...] | None = None
    other_baseline: tuple[Value, ...] | None = None
    sorted_by: str = ""
    shown: int = 0
    of: int = 0
    baseline_missing: Missing | None = None
    landscape: bool | None = None
    left_out: int = 0
    bucket: BucketUnit | None = None
    days: Period | None = None
    compared: Period | None = None
    without: tuple[str, ...] = ()
    further: tuple[ComparedCells, ...] = ()

    def changes(self, column: Column) -> list[Change | None]:
        """Return the change of a column in each row; None where nothing is compared, or a bucket is incomplete."""
        pairs, cut = zip_longest(column.values, column.baseline), cut_rows(self.columns)
        return [None if at in cut else column.change(now, then) for at, (now, then) in enumerate(pairs)]

    def against(self, cells: ComparedCells) -> Table:
        """Return this table as it is compared with other days, which are those of one of its further comparisons."""
        columns = zip(self.columns, cells.baselines, strict=True)
        return replace(
            self,
            columns=tuple(replace(column, baseline=baseline) for column, baseline in columns),
            total_baseline=cells.total,
            other_baseline=cells.other,
            compared=cells.compared,
            further=(),
        )
