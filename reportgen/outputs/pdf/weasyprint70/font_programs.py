"""The fonts of a PDF and the letters that their glyphs stand for, smaller than the page engine writes them."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pydyf

from reportgen.outputs.drawing.glyph_tables import glyph_tables
from reportgen.outputs.pdf.weasyprint70.pdf_objects import LEVEL, compress

if TYPE_CHECKING:
    from collections.abc import Iterator

_LETTERS = b"/CIDInit /ProcSet findresource begin"
_BLOCK = re.compile(rb"\d+ beginbfchar\n(.*?)\nendbfchar", re.DOTALL)
_PAIR = re.compile(rb"<(\w+)> <(\w+)>")
_UNIT = 4  # digits of a letter
_FULL = 256
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
        elif item.stream[:1] == [_LETTERS]:
            item.stream = [_BLOCK.sub(_ranges, b"\n".join(item.stream))]


def _ranges(block: re.Match[bytes]) -> bytes:
    """Return a block of glyphs with their letters as ranges: neighbours in the alphabet are mostly such as glyphs.

    A range ends where a byte would be full, and letters of two units are alone (ISO 32000-1, 9.10.3).
    """
    ranges: list[tuple[int, int, bytes]] = []
    for glyph, letters in sorted((int(glyph, 16), letters) for glyph, letters in _PAIR.findall(block[1])):
        first, last, begin = ranges[-1] if ranges else (0, -1, b"")
        follows = glyph == last + 1 and glyph % _FULL and len(letters) == len(begin) == _UNIT
        if follows and int(letters, 16) - int(begin, 16) == glyph - first and letters[:2] == begin[:2]:
            ranges[-1] = first, glyph, begin
        else:
            ranges.append((glyph, glyph, letters))
    lines = [b"<%04x> <%04x> <%s>" % each for each in ranges]
    return b"\n".join([b"%d beginbfrange" % len(ranges), *lines, b"endbfrange"])


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
