"""The file that openpyxl saves into, with the alternative texts of charts and the results of formulas added.

openpyxl knows neither, and would write its own name and the time of day.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.writer.excel import ExcelWriter

from reportgen.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from os import PathLike

    from openpyxl import Workbook

_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_MEGABYTE = 1 << 20
_DRAWING = re.compile(r"xl/drawings/drawing(\d+)\.xml")
_FRAME = re.compile(rb'(<(?:xdr:)?cNvPr id="\d+" name="[^"]*")')
_PROPERTIES = "docProps/app.xml"
_ANY_APPLICATION = (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Microsoft Excel</Application></Properties>"
)  # the program that the file is for; Excel takes files without a version for its own
_NEW_VERSION = "is openpyxl of a new version?"
_RESULT_MARK = "|"  # no sign of a formula outside of texts and names
_FORMULA = re.compile(rb"<f>([^<]*)\|([^<|]*)</f><v\s*(?:/>|></v>)")


def with_result(formula: str, result: float) -> str:
    """Return a formula as a cell of openpyxl holds it until `workbook_file` puts its result where it belongs."""
    return f"={formula}{_RESULT_MARK}{result!r}"


def workbook_file(book: Workbook, chart_texts: Sequence[str], formulas: int) -> bytes:
    """Return the file of a workbook: the same bytes on any day, charts described, formulas with their results.

    Args:
        book: Its `properties` have the time of creation that the file names.
        chart_texts: The alternative text of each chart, in the order of the sheets.
        formulas: Count of the cells with a formula, each made by `with_result`.

    Raises:
        OutputError: Drawings or formulas are not as openpyxl has written them until now.
    """
    content = BytesIO()
    archive = Archive(content, chart_texts)
    ExcelWriter(book, archive).save()
    if archive.formulas != formulas:
        raise OutputError(f"{archive.formulas:,} of {formulas:,} formulas of the workbook have results; {_NEW_VERSION}")
    return content.getvalue()


class _Buffer(Protocol):
    """A buffer of bytes, as `ZipFile` takes it."""

    def __buffer__(self, flags: int, /) -> memoryview: ...


class Archive(ZipFile):
    """A .xlsx file in the making; openpyxl calls `writestr` and, for sheets, `write`."""

    def __init__(self, file: IO[bytes], chart_texts: Sequence[str]) -> None:
        """Begin a file; `chart_texts` are the alternative texts of the charts, in the order of the sheets."""
        super().__init__(file, "w", ZIP_DEFLATED)
        self._chart_texts = chart_texts
        self.formulas = 0

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: _Buffer | str,
        compress_type: int | None = ZIP_DEFLATED,
        compresslevel: int | None = None,
    ) -> None:
        """Add a part; the drawing of a chart gets its description."""
        name = zinfo_or_arcname.filename if isinstance(zinfo_or_arcname, ZipInfo) else zinfo_or_arcname
        part = data.encode() if isinstance(data, str) else bytes(data)
        if name == _PROPERTIES:
            part = _ANY_APPLICATION
        if drawing := _DRAWING.fullmatch(name):
            part = _described(part, self._chart_texts[int(drawing[1]) - 1])
        super().writestr(_entry(name), part, compress_type, compresslevel)

    def write(
        self,
        filename: str | PathLike[str],
        arcname: str | PathLike[str] | None = None,
        compress_type: int | None = ZIP_DEFLATED,
        compresslevel: int | None = None,  # noqa: ARG002 - as in `ZipFile`; openpyxl does not give it
    ) -> None:
        """Add a sheet from the file it was streamed to; its formulas get their results."""
        entry = _entry(str(arcname or filename))
        entry.compress_type = ZIP_DEFLATED if compress_type is None else compress_type
        entry.file_size = Path(filename).stat().st_size
        with Path(filename).open("rb") as part, self.open(entry, "w") as target:
            for piece in _pieces(part):
                whole, count = _FORMULA.subn(rb"<f>\1</f><v>\2</v>", piece) if b"<f>" in piece else (piece, 0)
                self.formulas += count
                target.write(whole)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _FIRST_DAY_OF_ZIP)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = _UNIX  # else that of the machine
    return entry


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    """Yield a sheet in pieces of about a megabyte that each end where a row does."""
    rest = b""
    while read := part.read(_MEGABYTE):
        piece, row, rest = (rest + read).rpartition(b"</row>")
        yield piece + row
    yield rest


def _described(part: bytes, text: str) -> bytes:
    """Return the drawing of a chart with its alternative text."""
    described, count = _FRAME.subn(lambda frame: frame[1] + f" descr={quoteattr(text)}".encode(), part)
    if count != 1:
        raise OutputError(f"a drawing of the workbook has {count} frames where one was expected; {_NEW_VERSION}")
    return described
