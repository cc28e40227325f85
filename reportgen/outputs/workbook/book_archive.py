"""The file that openpyxl saves into, with what it does not know: `SheetAdditions` and `SharedTexts`.

openpyxl would write the time of day and its own name too.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any, Protocol
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from reportgen.errors import OutputError
from reportgen.outputs.workbook.shared_texts import PART, SharedTexts, with_part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from reportgen.outputs.workbook.sheet_additions import SheetAdditions

_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
_UNIX = 3  # else that of the machine
_LEVEL = 5  # of compression: half the time of the default 6, and sheets are a hundredth larger
_LARGEST_PLAIN = 1 << 30  # bytes; the header of a longer part has room for its length
_DRAWING = re.compile(r"xl/drawings/drawing(\d+)\.xml")
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_FRAME = re.compile(rb'(<(?:xdr:)?cNvPr id="\d+" name="[^"]*")')
_NEW_VERSION = "is openpyxl of a new version?"
_PROPERTIES = (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Microsoft Excel</Application></Properties>"
)  # the program that the file is for; Excel takes files without a version for its own


def workbook_file(book: Workbook, contents: BookContents) -> bytes:
    """Return the file of a workbook: the same bytes on any day, sheets with their rows, charts described.

    Raises:
        OutputError: Drawings or sheets are not as openpyxl has written them until now.
    """
    content = BytesIO()
    _BookWriter(book, Archive(content, contents)).save()
    return content.getvalue()


class _BookWriter(ExcelWriter):
    """Writes the parts of a workbook.

    openpyxl would write each sheet into a file on the disk first, which takes a small workbook longer than its rows.
    """

    def __init__(self, book: Workbook, archive: Archive) -> None:
        """Begin to write into an archive."""
        super().__init__(book, archive)
        self.archive = archive

    def write_worksheet(self, ws: Worksheet) -> None:
        """Write a sheet as openpyxl does, but for that file."""
        page: Any = ws  # parts that openpyxl does not document: the charts of a sheet and its relations
        page._drawing = SpreadsheetDrawing()  # noqa: SLF001
        page._drawing.charts = page._charts  # noqa: SLF001
        writer: Any = WorksheetWriter(ws, BytesIO())
        writer.write()
        page._rels = writer._rels  # noqa: SLF001
        self.archive.writestr(page.path.removeprefix("/"), writer.read())
        self.manifest.append(page)


class BookContents:
    """What the file of a workbook holds beside what openpyxl writes.

    Attributes:
        texts: The texts of all cells.
        chart_texts: The alternative text of each chart, in the order of the sheets.
        additions: What is added to each sheet, in their order.
    """

    def __init__(self, chart_texts: Sequence[str] = (), additions: Sequence[SheetAdditions] = ()) -> None:
        """Begin without texts."""
        self.texts = SharedTexts()
        self.chart_texts, self.additions = list(chart_texts), list(additions)


class _Buffer(Protocol):
    """A buffer of bytes, as `ZipFile` takes it."""

    def __buffer__(self, flags: int, /) -> memoryview: ...


class Archive(ZipFile):
    """A .xlsx file in the making; openpyxl calls `writestr`."""

    def __init__(self, file: IO[bytes], contents: BookContents) -> None:
        """Begin a file."""
        super().__init__(file, "w", ZIP_DEFLATED, compresslevel=_LEVEL)
        self._contents = contents

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: _Buffer | str,
        compress_type: int | None = ZIP_DEFLATED,
        compresslevel: int | None = None,
    ) -> None:
        """Add a part; sheets get their rows, drawings of charts descriptions, the lists of parts the texts of cells."""
        name = zinfo_or_arcname.filename if isinstance(zinfo_or_arcname, ZipInfo) else zinfo_or_arcname
        part = data.encode() if isinstance(data, str) else bytes(data)
        if sheet := _SHEET.fullmatch(name):
            self._write_sheet(name, part, self._contents.additions[int(sheet[1]) - 1])
            return
        if drawing := _DRAWING.fullmatch(name):
            part = _described(part, self._contents.chart_texts[int(drawing[1]) - 1])
        elif name == "docProps/app.xml":
            part = _PROPERTIES
        elif name in {"[Content_Types].xml", "xl/_rels/workbook.xml.rels"}:
            part = with_part(part)
        if name == "[Content_Types].xml":  # the last that openpyxl writes
            with self.open(_entry(PART), "w") as target:
                target.writelines(self._contents.texts.pieces())
        super().writestr(_entry(name), part, compress_type, compresslevel)

    def _write_sheet(self, name: str, part: bytes, additions: SheetAdditions) -> None:
        with self.open(name, "w", force_zip64=additions.size > _LARGEST_PLAIN) as target:
            target.writelines(additions.pieces(part))
        self.getinfo(name).create_system = _UNIX


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _FIRST_DAY_OF_ZIP)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = _UNIX
    return entry


def _described(part: bytes, text: str) -> bytes:
    """Return the drawing of a chart with its alternative text."""
    described, count = _FRAME.subn(lambda frame: frame[1] + f" descr={quoteattr(text)}".encode(), part)
    if count != 1:
        raise OutputError(f"a drawing of the workbook has {count} frames where one was expected; {_NEW_VERSION}")
    return described
