"""The timeline of an answer: its labels as buckets of time, without those of other days and with all of its window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.components.joined_periods import join
from reportgen.model import Caution
from reportgen.periods import has_hour, read_buckets

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence
    from datetime import date

    from reportgen.components.joined_periods import Join
    from reportgen.periods import Bucket, BucketKind, Period, Window

_MOST_NAMED = 3  # labels in a caution


@dataclass(frozen=True, slots=True)
class Timeline:
    """The buckets of a window in their order, each with the row of the answer that it came in.

    Attributes:
        kind: The kind of the buckets.
        buckets: Those of the window, and those of the answer that the window cuts.
        rows: For each bucket the index of its label in the answer; None where it did not come.
        outside: The labels none of whose days is a day of the window, which are left out.
        twice: A label whose bucket came twice; empty where none did.
        is_iso: Whether the labels came as ISO days.
    """

    kind: BucketKind
    buckets: tuple[Bucket, ...]
    rows: tuple[int | None, ...]
    outside: tuple[str, ...] = ()
    twice: str = ""
    is_iso: bool = True

    @property
    def labels(self) -> tuple[str, ...]:
        """The first day of each bucket, as ISO writes it."""
        return tuple(map(self.kind.label, self.buckets))

    def cut(self, period: Period) -> tuple[int, ...]:
        """Return the indexes of the buckets that a period has some days of, but not all."""
        return tuple(at for at, bucket in enumerate(self.buckets) if self.kind.is_cut(bucket, period))

    @property
    def left_out(self) -> tuple[str, ...]:
        """The labels of the buckets that did not come."""
        return tuple(label for label, row in zip(self.labels, self.rows, strict=True) if row is None)


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that labels answer.

    Attributes:
        period: The days asked for.
        dimension: The name of the dimension; see `read_buckets`.
        pattern: The author's pattern of days; see `read_labels`.
        own_range: Whether the metric covers other days than those asked for: all that came is kept, and nothing added.
        are_names: Whether the author says that the labels are texts.
        zone: The time zone of the days, whose clocks may leave an hour out.
    """

    period: Period
    dimension: str = ""
    pattern: str = ""
    own_range: bool = False
    are_names: bool = False
    zone: str = "UTC"


def timeline(labels: Sequence[str], asked: Asked, kind: BucketKind | None = None) -> Timeline | None:
    """Return the timeline of an answer's labels; None where they are no buckets of time.

    Args:
        labels: The labels, in the order of the answer.
        asked: The question.
        kind: The kind of the buckets that these are compared with; None takes the labels' own.
    """
    read = None if asked.are_names else read_buckets(labels, asked.period, asked.dimension, asked.pattern)
    if read is None:
        return None
    kind = kind or read.kind
    rows: dict[Bucket, int] = {}
    outside, twice = [], ""
    for index, bucket in enumerate(map(kind.containing, read.buckets)):
        if not (asked.own_range or kind.overlaps(bucket, asked.period)):
            outside.append(labels[index])
        elif bucket in rows:
            twice = labels[index]
        else:
            rows[bucket] = index
    buckets = sorted({*rows, *(() if asked.own_range or not rows else _expected(kind, asked))})
    return Timeline(kind, tuple(buckets), tuple(map(rows.get, buckets)), tuple(outside), twice, is_iso=read.is_iso)


def _expected(kind: BucketKind, asked: Asked) -> Iterator[Bucket]:
    """Yield the buckets that an answer has to have: all of its days, but for an hour that the clocks leave out."""
    for bucket in kind.whole(asked.period):
        if kind.unit != "hour" or has_hour(bucket.day, bucket.hour, asked.zone):
            yield bucket


def joined(now: Timeline, then: Timeline, window: Window) -> Join | None:
    """Return the pairs of buckets of two periods: by place, or by the calendar date a year before."""
    return join(bucket_keys(now.buckets, now.kind, window), bucket_keys(then.buckets, then.kind, window, before=True))


def bucket_keys(buckets: Iterable[Bucket], kind: BucketKind, window: Window, *, before: bool = False) -> list[Hashable]:
    """Return a key for each bucket, equal for the two buckets that are compared.

    Args:
        buckets: The buckets of the period, or of the compared period.
        kind: Their kind.
        window: The two periods.
        before: Whether the buckets are those of the compared period.
    """
    period = (window.baseline if before else None) or window.current
    if not window.by_date:
        return [kind.place(bucket, period) for bucket in buckets]
    if kind.unit == "week" and kind.weekday == 0:
        return [bucket.iso_week(years_on=before) for bucket in buckets]
    if kind.unit in {"day", "hour"}:
        return [(_day_a_year_before(bucket.day, is_there=before), bucket.hour, bucket.second) for bucket in buckets]
    return [kind.place(bucket, period) for bucket in buckets]


def _day_a_year_before(day: date, *, is_there: bool) -> Hashable:
    """Return a day of a year ago as it is, and a day as that of a year ago; 29 February has none."""
    if is_there:
        return day
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.isoformat()


def outside_caution(outside: Sequence[str], period: Period, dimension: str) -> tuple[Caution, ...]:
    """Return a caution on labels of a dimension that are other days than those asked for."""
    if not outside:
        return ()
    named = ", ".join(outside[:_MOST_NAMED])
    text = (
        f"{len(outside)} of its labels lie outside {period.start} to {period.end} ({named}) and were left out of "
        "totals, comparison and drawing; ask the source which time zone and days it answers for, or, where they are "
        f"names, write fields: {{{dimension}: {{format: text}}}}"
    )
    return (Caution("W-OUTSIDE", text),)


def labels_caution(dimension: str, labels: Sequence[str]) -> Caution:
    """Return a caution on labels of a dimension of time that do not read."""
    named = ", ".join(map(repr, labels[:_MOST_NAMED]))
    text = (
        f"its dimension is called {dimension}, but its labels ({named}) read as no days, or in two ways; they stay "
        f"words, and are compared by name. Write fields: {{{dimension}: {{format: {{as: date, pattern: dd/MM/yyyy}}}}}}"
    )
    return Caution("W-LABELS", text)
