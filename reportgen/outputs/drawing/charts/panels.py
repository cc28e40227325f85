"""The panels of a chart: plots of series that share a value axis, one below the other over a horizontal axis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.outputs.drawing.charts.axes import LIFT, boxes_of, draw_grid, foot
from reportgen.outputs.drawing.charts.canvas import ChartCanvas
from reportgen.outputs.drawing.charts.legend import NameLook, draw_row, row_height
from reportgen.outputs.drawing.charts.value_axis import LINES, scale_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from reportgen.model import Chart, Series, Unit
    from reportgen.outputs.drawing.charts.axes import PlotBox
    from reportgen.outputs.drawing.charts.canvas import Frame
    from reportgen.outputs.drawing.charts.value_axis import Scale

_LEAST_SMALL = 5  # em: a panel of one of many small charts
_LEAST_SHARE = 0.55  # of the height that a chart is wanted in: a panel of several at least
_FEW_LINES = 3


@dataclass(frozen=True, slots=True)
class Panel:
    """A plot: its series by their index in the chart, the names above it with their colours, its axis and its box."""

    series: Mapping[int, Series]
    names: Mapping[str, NameLook]
    scale: Scale
    box: PlotBox

    @property
    def unit(self) -> Unit:
        """The unit of its series."""
        return next(iter(self.series.values())).unit

    def draw_axes(self, sheet: ChartCanvas) -> None:
        """Draw the gridlines with their values, and the names above them."""
        draw_grid(sheet, self.box, self.scale, self.unit)
        size = sheet.frame.size
        draw_row(sheet, self.box.top - row_height(sheet.frame, self.names) - 1.1 * size - LIFT, self.names)


def series_names(chart: Chart, indexes: Sequence[int], frame: Frame, *, lines: bool = False) -> dict[str, NameLook]:
    """Return the names of series with their colours, and with their dashes where they are drawn as lines."""
    return {
        chart.series[at].label: NameLook(frame.series_color(at), frame.dashes(at) if lines else None) for at in indexes
    }


def lay_out(  # noqa: PLR0913 - the measures are given by name
    chart: Chart,
    frame: Frame,
    groups: Sequence[Sequence[int]],
    names: Sequence[Mapping[str, NameLook]],
    *,
    from_zero: Collection[int],
    least: float,
    beside: float = 0,
) -> tuple[ChartCanvas, list[Panel]]:
    """Return an empty canvas, at most as high as a page, and its panels.

    Args:
        chart: The chart to draw.
        frame: The drawing.
        groups: The indexes of the series of each panel.
        names: The names above each panel with their colours.
        from_zero: The indexes of the series whose value axes must hold zero.
        least: Least height of a panel, in em; of a low drawing, such as on a slide, it is a share of the drawing's.
        beside: Room right of the plots, in points.
    """
    heads = [row_height(frame, each) for each in names]
    lowest = _LEAST_SMALL * frame.size if frame.beside else min(least * frame.size, _LEAST_SHARE * frame.height)
    wanted = sum(heads) + foot(frame) + lowest * len(groups)
    height = min(max(frame.height, wanted), max(frame.height, frame.most))
    series = [{at: chart.series[at] for at in group} for group in groups]
    scales = [
        scale_of(
            [*frame.beside, *(number for each in group.values() for number in each.drawn_numbers)],
            next(iter(group.values())).unit,
            from_zero=any(at in from_zero for at in group),
            lines=_FEW_LINES if frame.beside else LINES,
        )
        for group in series
    ]
    units = [chart.series[group[0]].unit for group in groups]
    boxes = boxes_of(frame, height, list(zip(scales, units, heads, strict=True)), frame.width - beside)
    return ChartCanvas(frame, height), list(map(Panel, series, names, scales, boxes))
