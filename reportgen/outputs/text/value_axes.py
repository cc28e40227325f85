"""The series of a chart that can be read from a value axis together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import exact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Series

_COMPARABLE = 20


def series_by_axis(series: Sequence[Series]) -> list[list[int]]:
    """Return the indexes of series grouped by value axis: of the same unit each, and no series too small to be seen.

    A page gives each axis a panel of its own; a native chart of a workbook has two axes at most.
    """
    axes: list[list[int]] = []
    for index, added in enumerate(series):
        fitting = (axis for axis in axes if all(_share_axis(added, series[other]) for other in axis))
        axis = next(fitting, None)
        if axis is None:
            axes.append([index])
        else:
            axis.append(index)
    return axes


def _share_axis(*pair: Series) -> bool:
    if len({(series.axis, series.unit.name, series.unit.currency) for series in pair}) > 1:
        return False
    largest = ((abs(exact(value)) for value in series.values if value is not None) for series in pair)
    small, large = sorted(max(values, default=0) for values in largest)
    return not small or large <= small * _COMPARABLE
