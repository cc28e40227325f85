"""The rows that are written past openpyxl, held against those that openpyxl writes of the same cells."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from reportgen.errors import OutputError
from reportgen.outputs.text.spreadsheet_text import FORMULA_STARTS
from reportgen.outputs.workbook.cell_styles import LOOKS, StyleNumbers, named_style
from reportgen.outputs.workbook.row_store import RowStore
from reportgen.outputs.workbook.row_writer import RowWriter
from reportgen.outputs.workbook.shared_texts import SharedTexts
from reportgen.outputs.workbook.sheet import Sheet
from reportgen.outputs.workbook.sheet_additions import SheetAdditions
from reportgen.outputs.workbook.sheet_cells import SheetCell, text_cell
from reportgen.spec.theme import load_theme

if TYPE_CHECKING:
    from reportgen.outputs.workbook.sheet_cells import SheetRow

SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ROWS: tuple[SheetRow, ...] = (
    (SheetCell("Title", "title"),),
    (),
    tuple(SheetCell(number, "number", "#,##0") for number in (0, 7, -7, 10**15 - 1)),
    tuple(SheetCell(number, "number", "0.0%") for number in (0.5, -0.0, 1e-320, 1.7e308, 0.1)),
    tuple(SheetCell(day, "text", "yyyy-mm-dd") for day in (date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1))),
    tuple(SheetCell(day, "plain", "yyyy-mm-dd") for day in (date(2026, 10, 31), date(9999, 12, 31))),
    (SheetCell(None, "number"), SheetCell(None, "text", "@"), SheetCell(0.25, "total_right", '[h]"h"')),
    tuple(text_cell(f"{start}1", "text") for start in FORMULA_STARTS),
    tuple(
        text_cell(text, "text") for text in (" led by spaces ", "two\nlines", "tab\tin", "<&>\"'", "_x0041_", "0012")
    ),
    tuple(text_cell(text, "heading") for text in ("nul\x00 \x0b\x1f", "السابق", "🙂", "e\u0301", "x" * 40_000)),
)
HEIGHTS = {1: 15 * 18 / 11, 8: 30, 9: 30, 10: 409}
"""Of rows with a title, with two lines, and with the longest text, in points."""

FORMULAS: SheetRow = (
    SheetCell(4, "number"),
    SheetCell(2.5, "number"),
    SheetCell(1.5, "number", formula='IF(RC[-1]<0,"<&>",RC[-2]-RC[-1])'),
    SheetCell(3, "total", formula="SUBTOTAL(109,T[[Seen (السابق)]])"),
)


def book() -> Workbook:
    """Return a workbook that has the styles and no sheets."""
    made = Workbook(write_only=True)
    for style, look in LOOKS.items():
        made.add_named_style(named_style(style, look, load_theme("paper"), turned=False))
    return made


def ours(*rows: SheetRow) -> tuple[bytes, list[str]]:
    """Return rows as we write them, and the texts that they point at."""
    made, texts = book(), SharedTexts()
    page, sheet = made.create_sheet("A"), Sheet("A", rows, (1000,) * 10)
    with RowStore() as store:
        RowWriter(page, sheet, StyleNumbers(made), texts, "Ana").write(store, made)
        part = ET.fromstring(b"".join(texts.pieces()))  # noqa: S314 - our own
        return b"".join(store.end_sheet().pieces()), [item.text or "" for item in part.iter(f"{SPREADSHEET}t")]


def by_openpyxl(*rows: SheetRow) -> Workbook:
    """Return a workbook with the same cells, made as openpyxl's documentation has it."""
    made = book()
    page = made.create_sheet("A")
    for at, height in HEIGHTS.items():
        page.row_dimensions[at].height = height
    for row in rows:
        cells = []
        for given in row:
            cell = WriteOnlyCell(page)
            cell.style, cell.number_format = f"Report {given.style.replace('_', ' ')}", given.format
            # a number as text: openpyxl itself writes 16 digits of 17
            cell.value = repr(given.value) if isinstance(given.value, float) else given.value
            text = isinstance(given.value, str)
            cell.quotePrefix = text and str(given.value).startswith(FORMULA_STARTS)
            cell.data_type = "s" if text else "n" if isinstance(given.value, float) else cell.data_type
            cells.append(cell)
        page.append(cells)
    return made


def rows_of(made: Workbook) -> bytes:
    """Return the rows of a sheet that openpyxl has written."""
    file = io.BytesIO()
    made.save(file)
    (rows,) = re.findall(b"<sheetData>(.*)</sheetData>", ZipFile(file).read("xl/worksheets/sheet1.xml"), re.DOTALL)
    return bytes(rows)


def plain(rows: bytes, texts: list[str]) -> list[tuple[dict[str, str], list[tuple[dict[str, str], str]]]]:
    """Return rows and their cells, each with its attributes and its content, texts that are shared in their place."""
    read = []
    for row in ET.fromstring(b"<sheetData>" + rows + b"</sheetData>"):  # noqa: S314 - our own
        cells = []
        for cell in row:
            content = "".join(part for one in cell.iter() for part in [one.text or ""] if not one.tag.endswith("}f"))
            if cell.get("t") == "s":
                cell.set("t", "inlineStr")
                content = texts[int(content)]
            cells.append((dict(cell.attrib), content))
        read.append((dict(row.attrib), cells))
    return read


def test_rows_are_as_openpyxl_writes_them() -> None:
    """Numbers, days, blanks and texts: the same rows, places, styles, types and contents."""
    written, texts = ours(*ROWS)
    expected = plain(rows_of(by_openpyxl(*ROWS)).replace(SPREADSHEET.encode(), b""), [])
    found = plain(written, texts)
    assert found == expected


def test_a_formula_has_its_result() -> None:
    """Readers that do not calculate, as phones and pandas, show what the formula comes to."""
    written, _texts = ours(FORMULAS)
    formula, total = re.findall(b"<f>(.*?)</f><v>(.*?)</v>", written)
    assert formula == (b'IF(B1&lt;0,"&lt;&amp;&gt;",A1-B1)', b"1.5")
    assert total == ("SUBTOTAL(109,T[[Seen (السابق)]])".encode("ascii", "xmlcharrefreplace"), b"3")


def test_true_is_a_number() -> None:
    """An answer's true, where a number was asked for, is calculated with as 1."""
    written, _texts = ours((SheetCell(value=True, style="number"),))
    assert re.findall(rb't="n"><v>(.*?)</v>', written) == [b"1"]


def test_a_number_that_is_none_is_refused() -> None:
    """Infinity and what is not a number would make Excel repair the file; they are blank cells long before."""
    for number in (float("inf"), float("nan")):
        with pytest.raises(OutputError, match="no number of a cell"):
            ours((SheetCell(number, "number"),))


def test_a_sheet_of_another_shape_is_told() -> None:
    """A new version of openpyxl that writes its sheets otherwise is an error, not a sheet without rows."""
    with pytest.raises(OutputError, match="no place for rows"):
        list(SheetAdditions([]).pieces(b"<worksheet><rows/></worksheet>"))


def test_many_rows_are_kept_on_the_disk() -> None:
    """The rows of a store come back sheet by sheet, also when they are more than it keeps in memory."""
    with RowStore() as store:
        for at in range(6_000):
            store.add(f"{at:01000}")
        first = store.end_sheet()
        store.add("ä")
        second = store.end_sheet()
        assert first.size == 6_000_000
        assert b"".join(first.pieces()) == b"".join(f"{at:01000}".encode() for at in range(6_000))
        assert b"".join(second.pieces()) == b"&#228;"
