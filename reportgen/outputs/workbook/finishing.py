"""What openpyxl leaves out of a file or should not put in: alternative texts of charts in, the clock out."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from reportgen.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_DRAWING = re.compile(r"xl/drawings/drawing(\d+)\.xml")
_FRAME = re.compile(rb'(<(?:xdr:)?cNvPr id="\d+" name="[^"]*")')


def finished(file: BytesIO, day: date, alts: Sequence[str]) -> bytes:
    """Rewrite a saved workbook: the same bytes on any day, and a description of each chart.

    Args:
        file: What openpyxl saved.
        day: The report's, which stands for the time of saving.
        alts: What each chart shows, in the order of the sheets.

    Raises:
        OutputError: A drawing is not as openpyxl has written it until now.
    """
    stamp = f"{day}T00:00:00Z".encode()
    content = BytesIO()
    with ZipFile(file) as saved, ZipFile(content, "w") as fixed:
        for name in saved.namelist():
            part = saved.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, part)
            if drawing := _DRAWING.fullmatch(name):
                part = _described(part, alts[int(drawing[1]) - 1])
            entry = ZipInfo(name, _FIRST_DAY_OF_ZIP)
            entry.create_system = _UNIX  # else it is that of the machine
            fixed.writestr(entry, part, ZIP_DEFLATED)
    return content.getvalue()


def _described(part: bytes, alt: str) -> bytes:
    """Put the description into a drawing of one chart."""
    described, count = _FRAME.subn(lambda frame: frame[1] + f" descr={quoteattr(alt)}".encode(), part)
    if count != 1:
        message = f"a drawing of the workbook has {count} frames where one was expected; is openpyxl of a new version?"
        raise OutputError(message)
    return described
