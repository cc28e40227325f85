"""What openpyxl does not write of a sheet: its rows, bars of cells from zero, and ignored errors."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_X14 = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
_XM = 'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
_OF_RULE, _OF_SHEET = "{B025F937-C7B1-47D3-B67F-A62EFF666E3E}", "{78C0D931-6437-407d-A8EE-F0AAD7539E65}"
_BAR_END = b"</dataBar></cfRule>"
_BEFORE_ROWS = re.compile(rb"<dimension [^>]*>")  # of the cells that openpyxl is given
_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData>.*</sheetData>", re.DOTALL)
_AFTER_ERRORS = (b"<drawing ", b"<legacyDrawing ", b"<tableParts", b"</worksheet>")


@dataclass(frozen=True, slots=True)
class CellBars:
    """The bars of the cells of a column: solid, as long as their values.

    Attributes:
        area: Such as `B5:B35`.
        color: RRGGBB; of values below zero `negative`.
        from_zero: Whether no value is below zero, and bars begin at the left edge.
    """

    area: str
    color: str
    negative: str
    from_zero: bool

    @property
    def key(self) -> str:
        """The id by which the two halves of the rule find each other."""
        return f"{{{str(uuid.uuid5(uuid.NAMESPACE_OID, self.area)).upper()}}}"

    @property
    def rule(self) -> str:
        """The half of the rule that versions of Excel before 2010 do not read."""
        least = '<x14:cfvo type="num"><xm:f>0</xm:f></x14:cfvo>' if self.from_zero else '<x14:cfvo type="min"/>'
        return (
            f'<x14:conditionalFormatting {_XM}><x14:cfRule type="dataBar" id="{self.key}">'
            '<x14:dataBar minLength="0" maxLength="100" gradient="0">'
            f'{least}<x14:cfvo type="max"/><x14:negativeFillColor rgb="FF{self.negative}"/>'
            f'<x14:axisColor rgb="FFA9AEB5"/></x14:dataBar></x14:cfRule><xm:sqref>{self.area}</xm:sqref>'
            "</x14:conditionalFormatting>"
        )


@dataclass(frozen=True, slots=True)
class SheetAdditions:
    """The additions to the part of a sheet that openpyxl writes.

    Attributes:
        rows: In pieces, as they stand in the part; may be walked once only.
        size: Of the rows, in bytes; about, as the rows of the data do not count.
        bars: Of its columns, in the order of their rules.
        quiet: The area where Excel shows no green triangles: ids are texts, and not every cell of a column of changes
            has a formula.
    """

    rows: Iterable[bytes]
    size: int = 0
    bars: tuple[CellBars, ...] = ()
    quiet: str = ""

    def pieces(self, part: bytes) -> Iterator[bytes]:
        """Yield a sheet's part with these additions, in pieces; its own rows are left out.

        Raises:
            OutputError: It has no place for rows, or another count of bars.
        """
        place = _ROWS.search(part)
        if not place:
            raise OutputError("a sheet of the workbook has no place for rows; is openpyxl of a new version?")
        yield _BEFORE_ROWS.sub(b"", part[: place.start()]) + b"<sheetData>"
        yield from self.rows
        yield b"</sheetData>" + self._end(part[place.end() :])

    def _end(self, end: bytes) -> bytes:
        """Return the end of a part with the bars and the ignored errors."""
        pieces = end.split(_BAR_END)
        if len(pieces) != len(self.bars) + 1:
            raise OutputError(f"a sheet has {len(pieces) - 1} bars of cells where {len(self.bars)} were expected")
        joined = pieces[0]
        for bars, piece in zip(self.bars, pieces[1:], strict=True):
            ident = f'<extLst><ext {_X14} uri="{_OF_RULE}"><x14:id>{bars.key}</x14:id></ext></extLst>'
            joined += b"</dataBar>" + ident.encode() + b"</cfRule>" + piece
        if self.quiet:
            joined = _before(joined, self._ignored_errors())
        if not self.bars:
            return joined
        rules = "".join(bars.rule for bars in self.bars)
        listed = f"<x14:conditionalFormattings>{rules}</x14:conditionalFormattings>"
        ext = f'<extLst><ext {_X14} uri="{_OF_SHEET}">{listed}</ext></extLst></worksheet>'
        return joined.removesuffix(b"</worksheet>") + ext.encode()

    def _ignored_errors(self) -> bytes:
        kinds = 'numberStoredAsText="1" calculatedColumn="1" formula="1" twoDigitTextYear="1"'
        return f'<ignoredErrors><ignoredError sqref="{self.quiet}" {kinds}/></ignoredErrors>'.encode()


def _before(end: bytes, added: bytes) -> bytes:
    """Return the end of a part with an element before those that the standard has behind it."""
    at = min(place for follower in _AFTER_ERRORS if (place := end.find(follower)) >= 0)
    return end[:at] + added + end[at:]
