"""Small multiples: a small chart for each of many series, side by side, on one scale."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.charts.canvas import ChartCanvas
from reportgen.outputs.drawing.charts.label_text import shortened
from reportgen.outputs.drawing.charts.legend import draw_row, row_height
from reportgen.outputs.drawing.charts.row_parts import draw_note
from reportgen.outputs.drawing.font_metrics import BOLD
from reportgen.outputs.text.counts_and_shares import shown_note
from reportgen.outputs.text.value_axes import series_by_axis

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    from reportgen.model import Chart, Number
    from reportgen.outputs.drawing.charts.canvas import Frame
    from reportgen.outputs.drawing.charts.legend import NameLook
    from reportgen.outputs.drawing.text_overlay import Anchor

    SmallDrawer: TypeAlias = Callable[[Chart, Frame, float], ChartCanvas]

_WIDE = 14  # em: the width of a small chart
_HIGH, _USUAL = 11, 9  # em: the height of a small chart, at most, and where there is room
_NAME, _GAP, _FOOT = 1.5, 1.6, 1.6  # em: the line of a name, the gap between charts, the note below all


@dataclass(frozen=True, slots=True)
class SmallSize:
    """The sizes of a small chart in em, where many have to fit a page.

    Attributes:
        narrow: Its least width.
        wanted: The height that holds all of it.
        least: The least height with which it is drawn.
    """

    narrow: float = 6
    wanted: float = 7
    least: float = 7


@dataclass(frozen=True, slots=True)
class _Grid:
    """The places of small charts: how many stand side by side and below one another, and the size of each, in points.

    The names take a line of the height; `most` is the most that a small chart may take without it.
    """

    across: int
    down: int
    width: float
    height: float
    most: float


def draw_multiples(
    chart: Chart, frame: Frame, names: Mapping[str, NameLook], draw: SmallDrawer, size_of: SmallSize
) -> ChartCanvas:
    """Draw a small chart for each series, with its name above it.

    Args:
        chart: The chart.
        frame: The drawing's.
        names: The names of the periods, which stand above all small charts.
        draw: The function that draws a chart of a single series in a frame, at most so many em high.
        size_of: The sizes of a small chart.
    """
    size, head = frame.size, row_height(frame, names)
    grid = _grid(len(chart.series), frame, head, size_of)
    shown = chart.series[: grid.across * grid.down]
    beside = _beside(chart)
    small = replace(frame, width=grid.width, height=grid.height, series=1)
    drawn = [
        draw(replace(chart, series=(each,), annotations=()), replace(small, beside=beside[at]), grid.most / size)
        for at, each in enumerate(shown)
    ]
    highest = max(canvas.height for canvas in drawn) + _NAME * size
    note = shown_note(len(shown), len(chart.series), frame.locale)
    height = head + grid.down * highest + (grid.down - 1) * size + (_FOOT * size if note else 0)
    sheet = ChartCanvas(frame, height)
    draw_row(sheet, 0, names)
    for at, (each, canvas) in enumerate(zip(shown, drawn, strict=True)):
        row, column = divmod(at, grid.across)
        _place(sheet, each.label, canvas, (column * (grid.width + _GAP * size), head + row * (highest + size)))
    draw_note(sheet, note)
    return sheet


def _place(sheet: ChartCanvas, label: str, small: ChartCanvas, corner: tuple[float, float]) -> None:
    """Add a small chart with its name, counted from the side that the script begins on."""
    frame, width, (x, top) = sheet.frame, small.frame.width, corner
    left = frame.width - x - width if frame.runs_left else x
    start = left + width if frame.runs_left else left
    anchor: Anchor = "right" if frame.runs_left else "left"
    name = shortened(label, width, frame.size, frame.typeface, BOLD)
    sheet.text((start, top + frame.size), name, frame.colors["ink"], anchor=anchor, weight=BOLD)
    sheet.place(small, left, top + _NAME * frame.size)


def _grid(count: int, frame: Frame, head: float, size_of: SmallSize) -> _Grid:
    """Return the places of so many small charts: as wide as they may be where all fit a page."""
    size, gap = frame.size, _GAP * frame.size
    tallest = max(frame.height, frame.most) - head - _FOOT * size
    widest, most = (max(1, int((frame.width + gap) // (each * size + gap))) for each in (_WIDE, size_of.narrow))
    wanted, lowest = ((each + _NAME + 1) * size for each in (size_of.wanted, size_of.least))
    across = next(
        (across for across in range(min(widest, count), most) if -(-count // across) * wanted <= tallest), most
    )
    across = min(across, count)
    down = min(-(-count // across), max(1, int(tallest // lowest)))
    width, highest = (frame.width - (across - 1) * gap) / across, tallest / down - (_NAME + 1) * size
    usual = (frame.height - head) / down - (_NAME + 1) * size
    height = min(max(usual, min(_USUAL * size, highest)), _HIGH * size)
    return _Grid(across, down, width, height, highest)


def _beside(chart: Chart) -> list[tuple[Number, ...]]:
    """Return for each series the values that its axis has to hold: of one metric all, else of those alike in size."""
    is_one_metric = len({(series.field, series.unit) for series in chart.series}) == 1
    groups = [list(range(len(chart.series)))] if is_one_metric else series_by_axis(chart.series)
    values: dict[int, tuple[Number, ...]] = {}
    for group in groups:
        known = [number for at in group for number in chart.series[at].drawn_numbers if number is not None]
        values |= dict.fromkeys(group, (min(known, default=0), max(known, default=0)))
    return [values[at] for at in range(len(chart.series))]
