"""The texts of all cells of a workbook, each once, as Excel itself keeps them; openpyxl repeats them in each cell."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from reportgen.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

PART = "xl/sharedStrings.xml"

_PIECE = 1_000  # texts
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LISTED = {
    b"</Types>": b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
    b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    b"</Relationships>": b'<Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    b'sharedStrings" Target="/xl/sharedStrings.xml" Id="texts"/></Relationships>',
}


class SharedTexts:
    """The texts of a workbook, numbered in the order of their first cells."""

    def __init__(self) -> None:
        """Begin without any text."""
        self._numbers: dict[str, int] = {}
        self._cells = 0

    def number(self, text: str) -> int:
        """Return the number of a text."""
        self._cells += 1
        return self._numbers.setdefault(text, len(self._numbers))

    def pieces(self) -> Iterator[bytes]:
        """Yield the part of the file that holds the texts, in pieces."""
        counts = f'count="{self._cells}" uniqueCount="{len(self._numbers)}"'
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<sst xmlns="{_MAIN}" {counts}>'.encode()
        items = (f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in self._numbers)
        while piece := "".join(islice(items, _PIECE)):
            yield piece.encode()
        yield b"</sst>"


def with_part(listing: bytes) -> bytes:
    """Return a list of the file's parts with the part of the texts.

    Raises:
        OutputError: It is no such list.
    """
    for end, entry in _LISTED.items():
        if listing.rstrip().endswith(end):
            return listing.rstrip().removesuffix(end) + entry
    raise OutputError("a list of the workbook's parts ends otherwise than expected; is openpyxl of a new version?")
