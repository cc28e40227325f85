"""Sparklines, drawn without matplotlib: a page of cards has two dozen, and it needs a millisecond for each."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from reportgen.characters import legible
from reportgen.model import aligned, exact
from reportgen.outputs.drawing.charts.axes import PlotBox
from reportgen.outputs.drawing.charts.label_text import with_lettered_labels
from reportgen.outputs.drawing.charts.line_chart import line_points, line_runs, places_of
from reportgen.outputs.drawing.charts.pointed_values import column_targets
from reportgen.outputs.drawing.charts.value_axis import Scale
from reportgen.outputs.drawing.marks import Drawing, PathMark, circle, polyline, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.model import Chart, Number
    from reportgen.outputs.drawing.charts.canvas import Frame, Point

_WEIGHT = 1.0
_END, _RING, _LONE = 2.0, 0.75, 1.4
_INSET = 2.75
_DASHES = (2.0, 2.0)
_THIN = 0.5
_FLAT = exact(0.14)
_MOST_POINTED = 92  # days of a quarter; more are too narrow to point at in the width of a card
_BUCKET = 0.5  # points; the eye does not separate marks nearer together


def draw_sparkline(chart: Chart, frame: Frame, alt: str) -> Drawing:
    """Return the first series as a bare line with its last point marked; without a value the line is dashed."""
    chart = with_lettered_labels(aligned(chart), frame.typeface)
    series = chart.series[0] if chart.series else None
    numbers = [exact(value) for value in (*series.values, *series.baseline) if value is not None] if series else []
    if not series or not numbers:
        steps = rule(0, frame.width, frame.height / 2)
        marks: tuple[PathMark, ...] = (PathMark(steps, stroke=frame.colors["compare"], weight=_THIN, dashes=_DASHES),)
        return Drawing(frame.width, frame.height, marks, legible(alt))
    middle = (min(numbers) + max(numbers)) / 2
    reach = max((max(numbers) - min(numbers)) / 2, abs(middle) * _FLAT) or exact(1)
    scale = Scale(middle - reach, middle + reach, ())
    box = PlotBox(_INSET, _INSET, frame.width - _INSET, frame.height - _INSET)
    places = places_of(chart, box)

    def runs(values: Sequence[Number | None]) -> list[list[Point]]:
        return [list(_thinned(run)) for run in line_runs(line_points(values, places, box, scale))]

    line = runs(series.values)
    marks = (*_lines(runs(series.baseline), frame.colors["compare-soft"]), *_lines(line, frame.colors["ink-2"]))
    if line:
        x, y = line[-1][-1]
        marks = (
            *marks,
            PathMark(circle(x, y, _END + _RING), frame.colors["page"]),
            PathMark(circle(x, y, _END), frame.colors["accent"]),
        )
    is_pointed = frame.pointed and len(places) <= _MOST_POINTED
    targets = tuple(column_targets(chart, frame, places, [box])) if is_pointed else ()
    return Drawing(frame.width, frame.height, marks, legible(alt), targets)


def _lines(runs: Sequence[Sequence[Point]], color: str) -> Iterator[PathMark]:
    """Yield the runs between gaps as a single path, and a dot for a point that stands alone."""
    steps = tuple(step for run in runs if len(run) > 1 for step in polyline(run))
    if steps:
        yield PathMark(steps, stroke=color, weight=_WEIGHT, is_round=True)
    for run in runs:
        if len(run) == 1:
            yield PathMark(circle(*run[0], _LONE), color)


def _thinned(run: Sequence[Point]) -> Iterator[Point]:
    """Yield the points of a run that can be seen: of each half point of its width, the ends and the extremes."""
    for _, bucket in groupby(run, key=lambda point: int(point[0] / _BUCKET)):
        near = list(bucket)
        kept = {0, len(near) - 1, *(pick(range(len(near)), key=lambda at: near[at][1]) for pick in (min, max))}
        yield from (near[at] for at in sorted(kept))
