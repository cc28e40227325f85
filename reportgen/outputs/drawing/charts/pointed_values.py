"""The places of a chart that show its values as text to a reader who points at them in a browser."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.marks import PointedPlace
from reportgen.outputs.text.block_states import missing_label, undefined_label
from reportgen.outputs.text.catalogues import named_text
from reportgen.outputs.text.chart_labels import compared_labels, label_texts
from reportgen.outputs.text.chart_values import value_text
from reportgen.outputs.text.number_cards import plain_goal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.model import Chart, Number, Unit
    from reportgen.outputs.drawing.charts.axes import PlotBox
    from reportgen.outputs.drawing.charts.canvas import ChartCanvas, Frame, Point


def point_at_columns(sheet: ChartCanvas, chart: Chart, places: Sequence[float], boxes: Sequence[PlotBox]) -> None:
    """Add a place for each label, as high as all plots and halfway to the labels beside it.

    `places` are those of the labels, in points from the left, `boxes` those of the plots, from the top.
    """
    if sheet.frame.pointed:
        for target in column_targets(chart, sheet.frame, places, boxes):
            sheet.target(target.place, target.lines)


def column_targets(
    chart: Chart, frame: Frame, places: Sequence[float], boxes: Sequence[PlotBox]
) -> Iterator[PointedPlace]:
    """Yield the places of `point_at_columns`."""
    left, right = boxes[0].left, boxes[-1].right
    middles = [(place + after) / 2 for place, after in pairwise(places)]
    first = places[0] - (middles[0] - places[0]) if middles else left
    last = places[-1] + (places[-1] - middles[-1]) if middles else right
    edges = [max(first, 0), *middles, min(last, frame.width)]
    for at, text in enumerate(_texts(chart, frame.locale, frame.compared)):
        yield PointedPlace((edges[at], boxes[0].top, edges[at + 1], boxes[-1].bottom), text)


def point_at_rows(sheet: ChartCanvas, chart: Chart, lines: Sequence[float]) -> None:
    """Add a place for each row; `lines` are the edges of the rows, in points from the top."""
    if sheet.frame.pointed:
        for at, text in enumerate(_texts(chart, sheet.frame.locale, sheet.frame.compared)):
            sheet.target((0, lines[at], sheet.frame.width, lines[at + 1]), text)


def point_at(
    sheet: ChartCanvas, middle: Point, size: float, name: str, *values: tuple[str, Number | None, Unit]
) -> None:
    """Add a square place around a point, `size` points wide, for a name and its values."""
    (x, y), half = middle, size / 2
    point_at_box(sheet, (x - half, y - half, x + half, y + half), name, *values)


def point_at_box(
    sheet: ChartCanvas,
    place: tuple[float, float, float, float],
    name: str,
    *values: tuple[str, Number | None, Unit],
) -> None:
    """Add a rectangle, given as left, top, right, bottom, for a name and its values with their names and units."""
    if sheet.frame.pointed:
        sheet.target(place, (name, *(_line(label, value, unit, sheet.frame.locale) for label, value, unit in values)))


@lru_cache(maxsize=4)  # a chart is drawn for each kind of screen, one after the other
def _texts(chart: Chart, locale: str, period: str) -> tuple[tuple[str, ...], ...]:
    """Return for each label its name, and a line for each value and each compared value; see `Frame.compared`."""
    compared = compared_labels(chart, locale) if chart.label_type == "date" else []
    compared += [period] * (len(chart.labels) - len(compared))
    names = label_texts(chart, locale)
    return tuple((name, *_lines(chart, at, compared[at], locale)) for at, name in enumerate(names))


def _lines(chart: Chart, at: int, compared: str, locale: str) -> list[str]:
    """Return a line for each value of a label; the compared values have the name of their day, or of their period."""
    lines = []
    for series in chart.series:
        if at in series.undefined:
            lines.append(_named(series.label, undefined_label(locale), locale))
        else:
            lines.append(_line(series.label, series.values[at], series.unit, locale))
        if at < len(series.goals) and (goal := series.goals[at]):
            lines.append(plain_goal(goal, series.unit, locale))
        if series.baseline and series.baseline[at] is not None:
            lines.append(_line(compared, series.baseline[at], series.unit, locale))
    return lines


def _line(label: str, value: Number | None, unit: Unit, locale: str) -> str:
    missing = missing_label("no_data", locale)
    text = missing if value is None else value_text(value, unit, locale)
    return _named(label, text, locale)


def _named(label: str, text: str, locale: str) -> str:
    return named_text(label, text, locale) if label else text
