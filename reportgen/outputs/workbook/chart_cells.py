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
    StrData,
    StrRef,
)
from openpyxl.chart.series import Series, SeriesLabel, XYSeries
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.xml.functions import SubElement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from xml.etree.ElementTree import Element

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
        return SeriesLabel(strRef=StrRef(where, _Texts([text])))

    def _points(self) -> AxDataSource:
        labels = self.plot.labels
        if self.plot.dated:
            days = [(date.fromisoformat(label[:10]) - _FIRST_DAY).days for label in labels]
            return AxDataSource(numRef=NumRef(self._column(1), _Numbers(days, self.plot.day_format)))
        return AxDataSource(strRef=StrRef(self._column(1), _Texts(labels)))

    def _values(self, native: NativeSeries) -> NumDataSource:
        code = self.plot.formats[-1 if native.second else 0]
        numbers = _Numbers(native.values[: len(self.plot.labels)], code)
        return NumDataSource(numRef=NumRef(self._column(native.column), numbers))

    def _column(self, column: int) -> str:
        letter, first = get_column_letter(column), self.place.head + 1
        return f"{self._sheet}!${letter}${first}:${letter}${first + len(self.plot.labels) - 1}"

    @property
    def _sheet(self) -> str:
        return quote_sheetname(self.place.sheet)


class _Numbers(NumData):
    """The numbers that a chart shows until its cells are read; a gap has none.

    openpyxl makes an object of each of its points, which takes longer than the rest of the chart.
    """

    __elements__, __nested__, __attrs__ = NumData.__elements__, NumData.__nested__, NumData.__attrs__

    def __init__(self, values: Iterable[Number | None], code: str) -> None:
        """Hold the numbers, to be shown in a number format."""
        self._held = list(values)
        super().__init__(formatCode=code, ptCount=len(self._held))

    def to_tree(self, *args: str | None, **keys: str | None) -> Element:  # type: ignore[override] # of any form
        """Return the XML of the numbers."""
        texts = (None if value is None else f"{float(value):.16g}" for value in self._held)
        return _with_points(super().to_tree(*args, **keys), texts)


class _Texts(StrData):
    """The texts that a chart shows until its cells are read."""

    __elements__, __nested__, __attrs__ = StrData.__elements__, StrData.__nested__, StrData.__attrs__

    def __init__(self, texts: Sequence[str]) -> None:
        """Hold the texts."""
        self._held = texts
        super().__init__(ptCount=len(texts))

    def to_tree(self, *args: str | None, **keys: str | None) -> Element:  # type: ignore[override] # of any form
        """Return the XML of the texts."""
        return _with_points(super().to_tree(*args, **keys), self._held)


def _with_points(tree: Element, texts: Iterable[str | None]) -> Element:
    """Return the XML of what a chart shows, with a point for each text but None."""
    for at, text in enumerate(texts):
        if text is not None:
            point = SubElement(SubElement(tree, "pt", idx=str(at)), "v")
            point.text = text  # type: ignore[attr-defined] # its stub takes elements for documents
    return tree
