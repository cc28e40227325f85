"""The ticks below a plot: which days, weeks, months or words are named there, and how."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reportgen.formatting import format_bucket
from reportgen.model import days_of
from reportgen.outputs.drawing.charts.label_text import shortened, told_apart
from reportgen.outputs.text.chart_labels import label_text, label_texts, month_begins

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from reportgen.model import Chart
    from reportgen.outputs.drawing.charts.canvas import Frame
    from reportgen.periods import BucketUnit

_MOST, _MOST_MONTHS = 6, 12
_LONG = 84  # days from which on a line of days or weeks is named by its months
_STEPS: dict[BucketUnit, Sequence[int]] = {"day": (1, 2, 7, 14), "quarter": (1, 2, 4, 8)}  # weeks and years keep theirs
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
_LEAST_ROOM = 40  # points for the longest label at least
_GAP = 1.2  # em


class LabelTick(NamedTuple):
    """The index of a label, and its text below the axis."""

    at: int
    text: str


def label_ticks(chart: Chart, frame: Frame, room: float) -> list[LabelTick]:
    """Return the labels of a chart that are named below its plot, at most six, or the months of a long line.

    `room` is the distance of the first and the last label, in points.
    """
    days = days_of(chart)
    if days and (days[-1] - days[0]).days > _LONG and chart.bucket in {"day", "week", "month"}:
        in_part = {at: label_text(chart, chart.labels[at], frame.locale) for at in (chart.cut if chart.windows else ())}
        ticks = next(filter(None, _by_month(days, frame, room, in_part)), None)
        if ticks:
            return ticks
    texts = label_texts(chart, frame.locale)
    every = texts[:: max(1, len(texts) // 100)]
    # A day or a month that is cut is none, so fewer are named instead; a single label has the plot for itself.
    most = frame.width if len(texts) == 1 else room if days else room / 4
    widest = min(max(frame.typeface.width(text, frame.size) for text in every), max(most, _LEAST_ROOM))
    limit = min(_MOST, _fitting(widest, frame, room))
    chosen = _evenly(len(texts), limit, _STEPS.get(chart.bucket, ()) if days else ())
    shown = told_apart([texts[at] for at in chosen], lambda text: shortened(text, widest, frame.size, frame.typeface))
    return [*map(LabelTick, chosen, shown)]


def _fitting(widest: float, frame: Frame, room: float) -> int:
    """Return how many texts fit below a plot."""
    return max(1, int(room // (widest + _GAP * frame.size)) + 1)


def _by_month(days: Sequence[date], frame: Frame, room: float, in_part: Mapping[int, str]) -> Iterator[list[LabelTick]]:
    """Yield the months that begin in a line of days, every first, second and so on; empty where they do not fit.

    The first of them, and the first of each year, has its year where there are several. Months in part are always
    named, by the texts of their days, `in_part`, and the months beside them give way.
    """
    several = days[0].year != days[-1].year
    begin = month_begins(days)
    for months in _MONTH_STEPS:
        every = {at for at in begin if (12 * days[at].year + days[at].month - 1) % months == 0}
        at_months = sorted({at for at in every if all(abs(at - other) > 1 for other in in_part)} | in_part.keys())
        years = [days[at].year for at in at_months]
        is_new = [True, *(year != after for year, after in pairwise(years))]
        ticks = [
            LabelTick(at, in_part.get(at) or format_bucket("month", days[at], frame.locale, several=several and new))
            for at, new in zip(at_months, is_new, strict=False)
        ]
        widest = max((frame.typeface.width(tick.text, frame.size) for tick in ticks), default=0)
        yield ticks if 1 < len(ticks) <= min(_MOST_MONTHS, _fitting(widest, frame, room)) else []


def _evenly(count: int, limit: int, steps: Sequence[int]) -> list[int]:
    """Return the indexes of at most `limit` of `count` labels, by the first step that fits, else evenly spaced."""
    step = next((step for step in steps if -(-count // step) <= limit), -(-count // limit))
    return list(range(0, count, step))
