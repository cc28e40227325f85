"""The tables of a TrueType font that draw its glyphs."""

from __future__ import annotations

import io

_DRAWING = ("cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep")


def glyph_tables(font: bytes) -> bytes:
    """Return a TrueType font with the tables alone that a PDF needs (ISO 32000-1, 9.9).

    A PDF has the names, widths and characters of its fonts in objects of its own.
    """
    from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter

    reader, output = SFNTReader(io.BytesIO(font), fontNumber=0), io.BytesIO()
    kept = [tag for tag in _DRAWING if tag in reader]
    writer = SFNTWriter(output, len(kept), reader.sfntVersion)
    for tag in kept:
        writer[tag] = reader[tag]
    writer.close()
    return output.getvalue()
