"""Of a TrueType font a PDF is given what draws its glyphs."""

from __future__ import annotations

import io

from fontTools.ttLib import TTFont

from reportgen.outputs.drawing.glyph_tables import glyph_tables
from reportgen.resources import font_file


def test_outlines_and_widths_are_kept_alone() -> None:
    """The glyphs and their widths have the bytes that they had; names, characters and features are left out."""
    content = font_file("Regular").read_bytes()
    whole, cut = TTFont(io.BytesIO(content)), TTFont(io.BytesIO(glyph_tables(content)))
    left_out = set(whole.reader.keys()) - set(cut.reader.keys())
    assert {"name", "cmap", "OS/2", "post", "GDEF", "GPOS", "GSUB"} <= left_out
    assert {tag: cut.reader[tag] for tag in ("glyf", "loca", "hmtx", "maxp")} == {
        tag: whole.reader[tag] for tag in ("glyf", "loca", "hmtx", "maxp")
    }
