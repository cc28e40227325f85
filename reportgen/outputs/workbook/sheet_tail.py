"""What stands behind the rows of a sheet and openpyxl does not write: bars of cells from zero, and ignored errors."""

from __future__ import annotations

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
_ROWS_END = b"</sheetData>"
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
class SheetTail:
    """What a sheet has behind its rows.

    Attributes:
        bars: Of its columns, in the order of their rules.
        quiet: The area where Excel shows no green triangles: ids are texts, and not every cell of a column of changes
            has a formula.
        rows: More rows, as they stand in the part; may be walked once only.
    """

    bars: tuple[CellBars, ...] = ()
    quiet: str = ""
    rows: Iterable[bytes] = ()

    def pieces(self, end: bytes) -> Iterator[bytes]:
        """Yield the end of a sheet's part with this tail, in pieces."""
        rows, mark, behind = end.partition(_ROWS_END)
        yield rows
        yield from self.rows
        yield mark + self.added(behind)

    def added(self, end: bytes) -> bytes:
        """Return the end of a sheet's part with this tail.

        Raises:
            OutputError: The end has another count of bars.
        """
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
