"""The cells that a native chart is bound to, with the values that it shows until they are read, by openpyxl."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.series import Series, SeriesLabel, XYSeries
from openpyxl.utils import get_column_letter, quote_sheetname

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.model import Number
    from reportgen.outputs.workbook.chart_ranges import ChartPlace, NativeChart, NativeSeries

_FIRST_DAY = date(1899, 12, 30)  # of Excel's calendar


@dataclass(frozen=True, slots=True)
class ChartCells:
    """The cells of a chart's points and series."""

    plot: NativeChart
    place: ChartPlace

    def series(self, native: NativeSeries, at: int) -> Series:
        """Return a series over the points; `at` is its place in the chart, from 0."""
        return Series(idx=at, order=at, tx=self._name(native), cat=self._points(), val=self._values(native))

    def crossed(self, across: NativeSeries, up: NativeSeries, at: int) -> XYSeries:
        """Return a series of a scatter plot over another series; `at` is its place in the chart, from 0."""
        along = AxDataSource(numRef=self._values(across).numRef)
        return XYSeries(idx=at, order=at, tx=self._name(up), xVal=along, yVal=self._values(up))

    def _name(self, native: NativeSeries) -> SeriesLabel:
        text = self.place.heads[native.column - 1]
        where = f"{self._sheet}!${get_column_letter(native.column)}${self.place.head}"
        return SeriesLabel(strRef=StrRef(where, StrData(ptCount=1, pt=[StrVal(0, text)])))

    def _points(self) -> AxDataSource:
        labels = self.plot.labels
        if self.plot.dated:
            days = [(date.fromisoformat(label[:10]) - _FIRST_DAY).days for label in labels]
            return AxDataSource(numRef=NumRef(self._column(1), _numbers(days, self.plot.day_format)))
        texts = [StrVal(at, text) for at, text in enumerate(labels)]
        return AxDataSource(strRef=StrRef(self._column(1), StrData(ptCount=len(texts), pt=texts)))

    def _values(self, native: NativeSeries) -> NumDataSource:
        code = self.plot.formats[-1 if native.second else 0]
        numbers = _numbers(native.values[: len(self.plot.labels)], code)
        return NumDataSource(numRef=NumRef(self._column(native.column), numbers))

    def _column(self, column: int) -> str:
        letter, first = get_column_letter(column), self.place.head + 1
        return f"{self._sheet}!${letter}${first}:${letter}${first + len(self.plot.labels) - 1}"

    @property
    def _sheet(self) -> str:
        return quote_sheetname(self.place.sheet)


def _numbers(values: Iterable[Number | None], code: str) -> NumData:
    """Return the numbers that a chart shows until its cells are read; a gap has none."""
    held = list(values)
    points = [NumVal(at, v=repr(value)) for at, value in enumerate(held) if value is not None]
    return NumData(formatCode=code, ptCount=len(held), pt=points)
