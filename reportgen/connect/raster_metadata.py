"""What cameras and programs write beside the pixels of PNG and JPEG files, which no client gets: places, names, times.

The pixels keep their bytes.
"""

from __future__ import annotations

import re

_PNG_HEAD = 8  # bytes of the signature
_PNG_PARTS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT"})
"""The pixels and their colours (PNG, third edition, 11.3.2)."""

_FILL = (
    0xFF  # the byte that each segment of a JPEG file begins with; more of them may stand before it (ITU T.81, B.1.1)
)
_END, _SCAN, _COMMENT = 0xD9, 0xDA, 0xFE
_OF_PROGRAMS = range(0xE0, 0xF0)  # APP0 to APP15 (ITU T.81, table B.1)
_JFIF, _ICC, _ADOBE = 0xE0, 0xE2, 0xEE
_COLOUR_PROFILE = b"ICC_PROFILE\0"
_AFTER_SCAN = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]", re.DOTALL)
"""The next segment of a JPEG file after the pixels of a scan, which hold stuffed bytes and marks to restart from."""


def bare_png(content: bytes) -> bytes | None:
    """Return a PNG file of its pixels and colours alone; None where its parts do not end in it."""
    kept, at = [content[:_PNG_HEAD]], _PNG_HEAD
    while at < len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4])
        name = content[at + 4 : at + 8]
        if end > len(content):
            return None
        if name in _PNG_PARTS:
            kept.append(content[at:end])
        if name == b"IEND":
            return b"".join(kept)
        at = end
    return None


def bare_jpeg(content: bytes) -> bytes | None:
    """Return a JPEG file of its pixels and colours alone; None where its segments do not end in it."""
    kept, at = [content[:2]], 2
    while at + 4 <= len(content) and content[at] == _FILL:
        marker = content[at + 1]
        if marker == _FILL:
            at += 1
            continue
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if marker == _SCAN:
            found = _AFTER_SCAN.search(content, end)
            if not found:
                return None
            end = found.end() - 2
        if _is_kept(marker, content[at + 4 : at + 4 + len(_COLOUR_PROFILE)]):
            kept.append(content[at:end])
        at = end
        if content[at + 1 : at + 2] == bytes([_END]):
            return b"".join((*kept, content[at : at + 2]))
    return None


def _is_kept(marker: int, begins: bytes) -> bool:
    """Return whether a segment decides on pixels or colours, as those of JFIF, ICC and Adobe do."""
    if marker in _OF_PROGRAMS:
        return marker in {_JFIF, _ADOBE} or (marker == _ICC and begins == _COLOUR_PROFILE)
    return marker != _COMMENT
