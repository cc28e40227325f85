"""Heat maps: a grid of labels by series, or of a series' weeks and weekdays, in six steps from lowest to highest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from reportgen.formatting import babel_locale, format_short_day
from reportgen.model import days_of, exact
from reportgen.outputs.drawing.charts.canvas import ChartCanvas
from reportgen.outputs.drawing.charts.label_text import ELLIPSIS, labels_apart, shortened, told_apart
from reportgen.outputs.drawing.charts.pointed_values import point_at_box
from reportgen.outputs.drawing.font_metrics import BOLD, NORMAL
from reportgen.outputs.text.chart_labels import are_hours, label_text
from reportgen.outputs.text.chart_values import tick_text, value_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.model import Chart, Number, Unit
    from reportgen.outputs.drawing.charts.canvas import Frame

_STEPS = 6
_ROW, _LEAST_ROW, _GAP = 15.5 / 8, 1.08, 0.8  # em, and as low as its name; points
_LABELS, _SWATCH = 0.3, 1.2
_DAYS_A_WEEK = 7
_LEAST_PLACE = 4  # em: less shows no name
_FOOT = 3.6  # em below the rows, with a line of names
_LEVELS, _LEVEL = 3, 1.2  # most lines of the names of columns; the height of a line, in em
_END = 5  # an end of the key is briefly named where its value in full is wider than a fifth of the drawing


@dataclass(frozen=True, slots=True)
class _Grid:
    """Rows of cells with the names of rows and columns, and the place of each cell in words.

    Columns in `sequence`, hours or weeks, are known by their neighbours, so that not each of them has to be named.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Number | None, ...], ...]
    places: tuple[tuple[str, ...], ...]
    unit: Unit
    sequence: bool


def draw_heat(chart: Chart, frame: Frame) -> ChartCanvas:
    """Draw the grid, the name of its highest cell, and the steps."""
    grid = _weeks(chart, frame) if len(chart.series) == 1 else _crossed(chart, frame)
    size, colors = frame.size, frame.colors
    left = min(max(frame.typeface.width(row, size) for row in grid.rows), _LABELS * frame.width) + 0.8 * size
    pitch = (frame.width - left) / len(grid.columns)
    head, foot = 2.2 * size, _FOOT * size
    spare = frame.most - head - foot - _LEAST_ROW * size * len(grid.rows)
    columns = _column_names(grid, pitch, frame, min(_LEVELS, 1 + max(0, int(spare / (_LEVEL * size)))))
    foot += _LEVEL * size * (len(columns) - 1)
    row = max(min(_ROW * size, (frame.most - head - foot) / len(grid.rows)), _LEAST_ROW * size)
    sheet = ChartCanvas(frame, head + row * len(grid.rows) + foot, mirrored=frame.runs_left)
    ends = _ends(grid)
    names = told_apart(grid.rows, lambda name: shortened(name, left, size, frame.typeface))
    boxes: dict[str, list[tuple[float, float, float, float]]] = {}
    for at, cells in enumerate(grid.cells):
        top = head + at * row
        sheet.text((0, top + row / 2 + 0.34 * size), names[at], colors["ink-2"])
        for column, value in enumerate(cells):
            x = left + column * pitch
            if place := grid.places[at][column]:
                point_at_box(sheet, (x, top, x + pitch, top + row), place, ("", value, grid.unit))
            if value is not None:
                boxes.setdefault(f"q{_step(value, *ends)}", []).append((x, top, x + pitch - _GAP, top + row - _GAP))
            elif grid.places[at][column] and pitch > size / 2:
                y = top + row / 2
                sheet.strokes([[(x + pitch / 2 - 2, y), (x + pitch / 2 + 2, y)]], colors["compare"], 0.75)
    for token, found in sorted(boxes.items()):
        sheet.boxes(found, colors[token])
    _draw_columns(sheet, columns, left, pitch, head + row * len(grid.rows) + 1.1 * size)
    if any(value for cells in grid.cells for value in cells):
        _draw_peak(sheet, grid, (left, head, pitch, row))
    _draw_key(sheet, grid.unit, *ends)
    return sheet


def _ends(grid: _Grid) -> tuple[Number, Number]:
    """Return the lowest and the highest value."""
    known = [value for cells in grid.cells for value in cells if value is not None]
    return min(known, key=exact), max(known, key=exact)


def _step(value: Number, lowest: Number, highest: Number) -> int:
    """Return the step of a value; where all values are the same, the last, or of zeros the first."""
    least, range_of_all = exact(lowest), exact(highest) - exact(lowest)
    if not range_of_all:
        return _STEPS - 1 if highest else 0
    return min(int(_STEPS * (exact(value) - least) / range_of_all), _STEPS - 1)


def _crossed(chart: Chart, frame: Frame) -> _Grid:
    """Return a grid of labels by series; days are written briefly."""
    columns = tuple(label_text(chart, label, frame.locale) for label in chart.labels)
    rows = tuple(series.label for series in chart.series)
    places = tuple(tuple(f"{row}, {column}" for column in columns) for row in rows)
    values = tuple(series.values for series in chart.series)
    sequence = chart.label_type == "date" or are_hours(chart)
    return _Grid(rows, columns, values, places, chart.series[0].unit, sequence=sequence)


def _weeks(chart: Chart, frame: Frame) -> _Grid:
    """Return a grid of a series' weeks beside one another, in the order that a week has in the locale."""
    locale = babel_locale(frame.locale)
    days = days_of(chart) or ()
    order = [(locale.first_week_day + at) % _DAYS_A_WEEK for at in range(_DAYS_A_WEEK)]
    first = days[0] - timedelta((days[0].weekday() - order[0]) % _DAYS_A_WEEK)
    count = (days[-1] - first).days // _DAYS_A_WEEK + 1
    known = dict(zip(days, chart.series[0].values, strict=True))
    dates = [[first + timedelta(_DAYS_A_WEEK * week + at) for week in range(count)] for at in range(_DAYS_A_WEEK)]
    return _Grid(
        tuple(locale.days["stand-alone"]["abbreviated"][day] for day in order),
        tuple(format_short_day(first + timedelta(_DAYS_A_WEEK * week), frame.locale) for week in range(count)),
        tuple(tuple(known.get(day) for day in row) for row in dates),
        tuple(tuple(format_short_day(day, frame.locale) if day in known else "" for day in row) for row in dates),
        chart.series[0].unit,
        sequence=True,
    )


def _column_names(grid: _Grid, pitch: float, frame: Frame, most: int) -> list[dict[int, str]]:
    """Return the names of columns in at most so many lines, by their indexes.

    Neighbours stand in two or three lines by turns where their names are wider than the columns, shortened where they
    are wider still. Of columns in sequence, and of columns too narrow for names, every nth is named.
    """
    widest = max(frame.typeface.width(name, frame.size) for name in grid.columns)
    most = min(most, len(grid.columns))
    rooms = {levels: (2 * levels + 1) / 3 * pitch - 2 for levels in range(1, most + 1)}  # at the end of a line too
    levels = next((levels for levels, room in rooms.items() if widest <= room), most)
    if levels == 1 or grid.sequence or rooms[levels] < min(widest, _LEAST_PLACE * frame.size):
        return [_thinned(grid, widest, pitch, frame)]
    names = told_apart(
        grid.columns, lambda name: shortened(name, min(rooms[levels], frame.width), frame.size, frame.typeface)
    )
    return [{at: names[at] for at in range(level, len(names), levels)} for level in range(levels)]


def _thinned(grid: _Grid, widest: float, pitch: float, frame: Frame) -> dict[int, str]:
    """Return the name of every nth column, as many as fit a line; dots behind it stand for others out of sequence."""
    room = max(pitch - 2, 6 * frame.size)
    step = max(1, -(-int(min(widest, room) + frame.size) // max(int(pitch), 1)))
    dots = "" if step == 1 or grid.sequence else f" {ELLIPSIS}"
    most = min(max(step * pitch - 2, pitch), frame.width) - frame.typeface.width(dots, frame.size)
    kept = range(0, len(grid.columns), step)
    names = {at: shortened(grid.columns[at], most, frame.size, frame.typeface) for at in kept}
    return {at: name if name.endswith(ELLIPSIS) else name + dots for at, name in names.items()}


def _draw_columns(sheet: ChartCanvas, lines: Sequence[Mapping[int, str]], left: float, pitch: float, y: float) -> None:
    """Write the names of the columns in their lines, the first at `y`."""
    frame = sheet.frame
    for level, names in enumerate(lines):
        labels = ((left + (at + 0.5) * pitch, name) for at, name in names.items())
        for _, middle, name in labels_apart(labels, frame):
            place = (middle, y + level * _LEVEL * frame.size)
            sheet.text(place, name, frame.colors["ink-3"], anchor="center")


def _draw_peak(sheet: ChartCanvas, grid: _Grid, measures: tuple[float, float, float, float]) -> None:
    """Outline the highest cell, the first of equals, and write its value and place below the grid."""
    left, head, pitch, row = measures
    frame = sheet.frame
    known = [
        (value, at, column)
        for at, cells in enumerate(grid.cells)
        for column, value in enumerate(cells)
        if value is not None
    ]
    value, at, column = max(known, key=lambda cell: exact(cell[0]))
    x, y = left + column * pitch, head + at * row
    corners = [(x, y), (x + pitch - _GAP, y), (x + pitch - _GAP, y + row - _GAP), (x, y + row - _GAP), (x, y)]
    sheet.strokes([corners], frame.colors["ink"], 1.2)
    figure = _whole_figure(value, grid.unit, frame, frame.width, BOLD)
    room = frame.width - frame.typeface.width(figure, frame.size, BOLD)
    place = shortened(f" \N{MIDDLE DOT} {grid.places[at][column]}", room, frame.size, frame.typeface, BOLD)
    text = figure + place if room > _LEAST_PLACE * frame.size else figure
    sheet.text((0, sheet.height - 0.4 * frame.size), text, frame.colors["ink"], weight=BOLD)


def _whole_figure(value: Number, unit: Unit, frame: Frame, room: float, weight: int = NORMAL) -> str:
    """Return a value in full, or briefly where that is wider than the room; it is never cut."""
    full = value_text(value, unit, frame.locale)
    fits = frame.typeface.width(full, frame.size, weight) <= room
    return full if fits else tick_text(value, unit, frame.locale)


def _draw_key(sheet: ChartCanvas, unit: Unit, lowest: Number, highest: Number) -> None:
    """Draw the steps at the top, between the values of both ends; alone where these have no room.

    Values that are all the same have a step and a value alone. Ends that would read alike are written in full.
    """
    frame, size = sheet.frame, sheet.frame.size
    steps = range(_STEPS) if lowest != highest else [_step(lowest, lowest, highest)]
    low, high = (_whole_figure(value, unit, frame, frame.width / _END) for value in (lowest, highest))
    if low == high:
        low, high = (value_text(value, unit, frame.locale) for value in (lowest, highest))
    low = low if lowest != highest else ""
    swatch = _SWATCH * size
    if frame.typeface.width(low + high, size) + size + len(steps) * swatch > frame.width:
        low = high = ""
    x = frame.width - frame.typeface.width(high, size)
    sheet.text((x, size), high, frame.colors["ink-3"])
    x -= (0.5 * size if high else 0) + len(steps) * swatch
    for at, step in enumerate(steps):
        left = x + at * swatch
        sheet.boxes([(left, 0.15 * size, left + swatch - _GAP, 1.15 * size)], frame.colors[f"q{step}"])
    sheet.text((x - 0.5 * size, size), low, frame.colors["ink-3"], anchor="right")
