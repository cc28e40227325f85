"""Rows of a table by day: those of other days left out, those that did not come in their places without figures."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from reportgen.components.timeline import bucket_keys, labels_caution
from reportgen.periods import TIME_NAMES, is_time_alone, read_buckets, read_labels
from reportgen.queries import RichCell

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from reportgen.components.component import Scope
    from reportgen.components.metric import Metric
    from reportgen.components.timeline import Timeline
    from reportgen.model import Caution, Column, Presence, Value
    from reportgen.periods import Bucket, BucketKind, Period, Window
    from reportgen.queries import Cell

    Row = tuple[Cell, ...]


def text_of(cell: Cell) -> str:
    """Return the text of a dimension's cell, or of an object in it; empty where there is none."""
    text = cell.text if isinstance(cell, RichCell) else cell
    return "" if text is None else str(text)


def are_days_of_rows(time: Timeline, dimension: str) -> bool:
    """Return whether the days of a table's rows tell what each row stands for, as a newsletter's `send_date`.

    They are few of the days that were asked for, or weeks that nothing calls so, and their dimension is not called by
    time alone. A day without a row lacks no figure then.
    """
    if is_time_alone(dimension):
        return False
    is_called = time.kind.unit == "day" or time.kind.unit in dimension.casefold()
    return not is_called or 2 * len(time.left_out) > len(time.buckets)


def inside_rows(rows: Sequence[Row], time: Timeline) -> list[Row]:
    """Return the rows of the buckets of a timeline, in the order of the answer; those of other days are left out."""
    if time.twice:
        return [row for row in rows if text_of(row[0]) not in time.outside]
    return [rows[index] for index in sorted(index for index in time.rows if index is not None)]


def every_day(rows: Sequence[Row], time: Timeline, absent: Row) -> list[Row]:
    """Return a row for every day of a timeline: in the order of days, or backwards where the answer is.

    Args:
        rows: The rows of the answer.
        time: The timeline of their days.
        absent: The cells of a row that did not come, behind its day.
    """
    if time.kind.unit != "day" or time.twice:
        return inside_rows(rows, time)
    labels = dict(zip(time.buckets, time.labels, strict=True))
    places = {bucket: row for bucket, row in zip(time.buckets, time.rows, strict=True) if row is not None}
    came = sorted(places, key=lambda bucket: places[bucket])
    rising, falling = (all(step * ((b > a) - (b < a)) > 0 for a, b in pairwise(came)) for step in (1, -1))
    order = list(time.buckets) if rising else list(reversed(time.buckets)) if falling else None
    order = order or [*came, *(bucket for bucket in time.buckets if bucket not in places)]
    return [
        _with_day(rows[places[bucket]], labels[bucket]) if bucket in places else (labels[bucket], *absent)
        for bucket in order
    ]


def _with_day(row: Row, label: str) -> Row:
    """Return a row with its day as ISO writes it, as it came where that is how it begins."""
    return row if text_of(row[0]).startswith(label) else (label, *row[1:])


def lacking_rows(rows: Sequence[Row], time: Timeline) -> frozenset[int]:
    """Return the indexes of the rows of a table by day that did not come and have no figure."""
    if time.kind.unit != "day":
        return frozenset()
    lacking = frozenset(time.left_out)
    return frozenset(index for index, row in enumerate(rows) if text_of(row[0]) in lacking and set(row[1:]) == {None})


def unread_cautions(rows: Sequence[Row], metric: Metric, scope: Scope) -> Iterator[Caution]:
    """Yield a caution for each dimension of time of a table whose names do not read as days."""
    for index, name in enumerate(metric.dimension_names()):
        labels = [text_of(row[index]) for row in rows]
        if name not in TIME_NAMES or metric.are_names(name):
            continue
        if not read_labels(labels, scope.window.current, name, metric.day_pattern(name)):
            yield labels_caution(name, labels)


def day_keys(
    now: Sequence[Value], then: Sequence[Value], window: Window, dimension: str, pattern: str
) -> tuple[list[Hashable], list[Hashable]] | None:
    """Return keys for the names of rows of two periods that are buckets of time; None where they are words."""
    if window.baseline is None:
        return None
    current = read_buckets(_texts(now), window.current, dimension, pattern)
    before = read_buckets(_texts(then), window.baseline, dimension, pattern)
    if current is None or before is None:
        return None
    kind = current.kind
    buckets, earlier = (list(map(kind.containing, read.buckets)) for read in (current, before))
    return bucket_keys(buckets, kind, window), bucket_keys(earlier, kind, window, before=True)


def with_cut_buckets(
    column: Column, presence: Sequence[Presence], window: Window, dimension: str, pattern: str
) -> Column:
    """Return a column of names that knows which of them are weeks, months or other buckets that a period cuts.

    Days that may be the first days of weeks are none where a whole week of the period is not among them. A bucket of
    which both periods have the same days, such as 1 to 20 October, is compared as a whole one is.

    Args:
        column: The names of rows, with those of the compared rows where these are days.
        presence: For each row, the periods in which it was found.
        window: The two periods.
        dimension: The name of the column's dimension; see `read_labels`.
        pattern: The author's pattern of days; see `read_labels`.
    """
    rows = [at for at, found in enumerate(presence) if found != "baseline"]
    read = read_labels(_texts([column.values[at] for at in rows]), window.current, dimension, pattern)
    if read is None or read.kind.unit in {"hour", "day"}:
        return column
    buckets = tuple(map(read.kind.containing, read.buckets))
    if read.is_guessed and not set(buckets).issuperset(read.kind.whole(window.current)):
        return column
    cut = _cut(rows, buckets, read.kind, window.current)
    if window.baseline is None:
        return replace(column, cut=tuple(cut))
    rows = [at for at, name in enumerate(column.baseline) if name is not None]
    before = read_labels(_texts([column.baseline[at] for at in rows]), window.baseline, dimension, pattern)
    earlier = tuple(map(read.kind.containing, before.buckets)) if before else ()
    before_cut = _cut(rows, earlier, read.kind, window.baseline)
    alike = {row for row, days in cut.items() if before_cut.get(row) == days}
    now, then = (tuple(row for row in found if row not in alike) for found in (cut, before_cut))
    return replace(column, cut=now, baseline_cut=then)


def _cut(
    rows: Sequence[int], buckets: Sequence[Bucket], kind: BucketKind, period: Period
) -> dict[int, tuple[int, int]]:
    """Return the rows whose buckets, which stand in the same order, a period cuts.

    Each is given with the days of its bucket that the period has: the first, counted from 0, and their number.
    """
    found = {}
    for row, bucket in zip(rows, buckets, strict=False):  # no bucket where the names of the rows do not read
        if kind.is_cut(bucket, period):
            first, last = max(bucket.day, period.start), min(kind.last_day(bucket), period.end)
            found[row] = (first - bucket.day).days, (last - first).days + 1
    return found


def _texts(values: Sequence[Value]) -> list[str]:
    return ["" if value is None else str(value) for value in values]
