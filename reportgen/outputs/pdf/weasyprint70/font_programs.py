"""The font programs of a PDF, smaller than the page engine writes them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pydyf

from reportgen.outputs.drawing.glyph_tables import glyph_tables
from reportgen.outputs.pdf.weasyprint70.pdf_objects import LEVEL, compress

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLACES = 256  # in a row, each of three bytes: their lowest are alike below each other
_SIGNATURE = 8  # bytes before the first chunk of a PNG


def shrink_fonts(pdf: pydyf.PDF) -> None:
    """Leave out what a PDF needs of no font, and compress what counts up."""
    for item in pdf.objects:
        if not isinstance(item, pydyf.Stream):
            continue
        if "Length1" in item.extra:  # TrueType
            item.stream = [glyph_tables(b"".join(item.stream))]
            item.extra["Length1"] = len(item.stream[0])
        elif item.extra.get("Subtype") == "/OpenType":
            _predict(item)


def _predict(font: pydyf.Stream) -> None:
    """Compress a font of PostScript outlines as differences of its rows, where that is smaller.

    The fonts of Chinese, Japanese and Korean have places of 60,000 glyphs, each a byte behind the one before, since
    those that no text shows are empty. Such numbers do not compress; their differences do (ISO 32000-1, 7.4.4.4).
    """
    width = 3 * _PLACES
    rows = _compressed_rows(b"".join(font.stream), width)
    compress(font)
    if len(rows) < len(font.stream[0]):
        font.stream = [rows]
        font.extra["DecodeParms"] = pydyf.Dictionary({"Predictor": 15, "Columns": width})


def _compressed_rows(content: bytes, width: int) -> bytes:
    """Return content as the compressed rows of a PNG in shades of grey, the last filled up with zeros."""
    from PIL import Image

    height = -(-len(content) // width)
    picture, file = Image.frombytes("L", (width, height), content.ljust(width * height, b"\0")), io.BytesIO()
    picture.save(file, "PNG", compress_level=LEVEL)
    return b"".join(_chunks(file.getvalue(), b"IDAT"))


def _chunks(png: bytes, kind: bytes) -> Iterator[bytes]:
    """Yield the contents of a PNG's chunks of a kind (ISO 15948, 5.3)."""
    at = _SIGNATURE
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        if png[at + 4 : at + 8] == kind:
            yield png[at + 8 : at + 8 + length]
        at += length + 12
