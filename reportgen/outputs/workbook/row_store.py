"""The rows of all sheets of a workbook, as they stand in the parts of its file, until the file takes them."""

from __future__ import annotations

from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator

_IN_MEMORY = 1 << 20  # bytes; more are in a temporary file
_PIECE = 1 << 20  # bytes


class RowStore:
    """Rows in the order of the sheets; a file without a name on the disk where they are many, until it is closed."""

    def __init__(self) -> None:
        """Begin without rows."""
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed at the end of the block
        self._start = 0

    def __enter__(self) -> Self:
        """Return itself, which is closed at the end of the block."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Let go of all rows."""
        self._file.close()

    def add(self, row: str) -> None:
        """Add a row to the sheet that is being written."""
        self._file.write(row.encode("ascii", "xmlcharrefreplace"))  # as openpyxl writes all parts

    def end_sheet(self) -> StoredRows:
        """Return the rows that were added since the sheet before."""
        start, self._start = self._start, self._file.tell()
        return StoredRows(self._file, start, self._start)


@dataclass(frozen=True, slots=True)
class StoredRows:
    """The rows of a sheet in a store: from a byte of its file to another, which is left out."""

    file: SpooledTemporaryFile[bytes]
    start: int
    end: int

    @property
    def size(self) -> int:
        """Their bytes."""
        return self.end - self.start

    def pieces(self) -> Iterator[bytes]:
        """Yield the rows in pieces; nothing may be added to their store any more."""
        self.file.seek(self.start)
        for at in range(self.start, self.end, _PIECE):
            yield self.file.read(min(_PIECE, self.end - at))
