"""The rows of the data sheet as they stand in its part of the file.

There may be ten times as many as in all tables, and openpyxl takes microseconds for a cell; these are put together from
the pieces that rows share, and written between the heading that openpyxl writes and the end of its part.
"""

from __future__ import annotations

import math
from datetime import date
from itertools import chain, islice, zip_longest
from string import ascii_uppercase
from typing import TYPE_CHECKING

from reportgen.outputs.text.spreadsheet_text import FORMULA_STARTS
from reportgen.outputs.workbook.excel_names import legal_text
from reportgen.outputs.workbook.sheet_cells import LARGEST_EXACT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.model import Value
    from reportgen.outputs.workbook.data_sheet import FigurePlace, FigurePlaces, Figures
    from reportgen.outputs.workbook.shared_texts import SharedTexts

_ROW = "#"  # stands for the number of a row; no piece holds another
_PIECE = 1_000  # rows
_FORMULA_STARTS = frozenset(FORMULA_STARTS)  # one letter each, which is found faster than by `startswith`
_BEFORE = date(1899, 12, 30).toordinal()  # the day before the first of Excel's calendar, as it counts 1900
_LEAP_DAY = 60  # of 1900, which there was not


def day_number(day: date) -> int:
    """Return the number of a day, from 1900 on, in Excel's calendar, which has a 29 February 1900."""
    number = day.toordinal() - _BEFORE
    return number if number > _LEAP_DAY else number - 1


class DataRows:
    """The rows of figures.

    Args:
        texts: The texts of the workbook's cells.
        styles: Numbers of the styles of texts, of texts that would become formulas when edited, of days and figures.
        columns: Count of the columns; the last is for second comparisons, where any number has one.
    """

    def __init__(self, texts: SharedTexts, styles: tuple[int, int, int, int], columns: int) -> None:
        """Begin without rows."""
        self._texts, self._columns = texts, ascii_uppercase[:columns]
        self._text, self._quoted, self._day, self._figure = styles

    def pieces(self, figures: Iterable[Figures], first: int, most: int) -> Iterator[bytes]:
        """Yield the rows from a row on, at most so many, in pieces of the file's part."""
        written = self._rows(figures)
        rows = enumerate(islice(chain(map(self._whole, islice(written, 1)), written), most), first)
        while piece := [row.replace(_ROW, str(number)) for number, row in islice(rows, _PIECE)]:
            yield "".join(piece).encode()

    def _rows(self, figures: Iterable[Figures]) -> Iterator[str]:
        places: FigurePlaces | None = None
        placed: list[str] = []
        for of_metric in figures:
            if of_metric.places is not places:  # the metrics of a table share theirs
                places = of_metric.places
                placed = list(map(self._placed, places))
            before = "".join(map(self._named, "ABCD", of_metric.named))
            unit = self._named("J", of_metric.unit) + self._named("K", of_metric.period)
            cells = zip_longest(placed, of_metric.values, of_metric.compared, of_metric.further)
            for place, value, compared, further in islice(cells, len(placed)):
                figure, others = self._value("I", value), self._value("L", compared) + self._value("M", further)
                yield f'<row r="{_ROW}">{before}{place}{figure}{unit}{others}</row>'

    def _whole(self, row: str) -> str:
        """Return a row with a cell in every column: DuckDB takes the type of a column from the first row alone."""
        begin, *cells = row.removesuffix("</row>").split("<c ")
        given = {cell.removeprefix('r="')[0]: f"<c {cell}" for cell in cells}
        blank = {
            **{name: f'<c r="{name}{_ROW}" s="{self._text}" t="str"><v></v></c>' for name in "ABCDEFGJK"},
            "H": f'<c r="H{_ROW}" s="{self._day}"/>',
            **{name: f'<c r="{name}{_ROW}" s="{self._figure}"/>' for name in "ILM"},
        }
        blank = {name: cell for name, cell in blank.items() if name in self._columns}
        return begin + "".join(given.get(name, blank[name]) for name in sorted(blank)) + "</row>"

    def _placed(self, place: FigurePlace) -> str:
        *names, day = place
        return "".join(map(self._named, "EFG", names)) + self._dated(day)

    def _named(self, column: str, text: str) -> str:
        """Return the cell of a text; none for an empty text."""
        if not text:
            return ""
        legal = legal_text(text)
        style = self._quoted if legal[:1] in _FORMULA_STARTS else self._text
        return f'<c r="{column}{_ROW}" s="{style}" t="s"><v>{self._texts.number(legal)}</v></c>'

    def _dated(self, day: date | None) -> str:
        return f'<c r="H{_ROW}" s="{self._day}"><v>{day_number(day)}</v></c>' if day else ""

    def _value(self, column: str, value: Value) -> str:
        """Return the cell of a figure, as text where Excel would lose digits; none where it is missing."""
        if value is None or isinstance(value, str):
            return ""
        if isinstance(value, int) and abs(value) > LARGEST_EXACT:
            return self._named(column, str(value))
        if math.isfinite(value):
            return f'<c r="{column}{_ROW}" s="{self._figure}"><v>{value!r}</v></c>'
        return ""
