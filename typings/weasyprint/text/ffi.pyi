# Classes that are no protocols are the structures of Pango's C interface, as cffi gives them.
from collections.abc import Sequence
from typing import Literal, Protocol

class _CType(Protocol):
    fields: Sequence[tuple[str, object]] | None

class _FFI(Protocol):
    NULL: None
    def new(self, cdecl: Literal["PangoRectangle *"]) -> PangoRectangle: ...
    def typeof(self, cdecl: str) -> _CType: ...

class _Pango(Protocol):
    PANGO_GLYPH_EMPTY: int
    def pango_font_get_glyph_extents(self, font: PangoFont, glyph: int, ink: None, logical: PangoRectangle) -> None: ...
    def pango_layout_line_get_extents(self, line: PangoLayoutLine, ink: None, logical: PangoRectangle) -> None: ...
    def pango_version(self) -> int: ...

ffi: _FFI
pango: _Pango

class PangoFont: ...

class PangoRectangle:
    width: int

class PangoLayoutLine:
    runs: GSListRuns

class GSListRuns:
    data: PangoGlyphItem
    next: GSListRuns

class PangoGlyphItem:
    item: PangoItem
    glyphs: PangoGlyphString

class PangoItem:
    offset: int
    length: int
    analysis: PangoAnalysis

class PangoAnalysis:
    font: PangoFont

class PangoGlyphString:
    num_glyphs: int
    glyphs: Sequence[PangoGlyphInfo]
    log_clusters: Sequence[int]

class PangoGlyphInfo:
    glyph: int
    geometry: PangoGlyphGeometry

class PangoGlyphGeometry:
    width: int
