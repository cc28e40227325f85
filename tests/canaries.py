"""Tokens of the tests, and files unpacked to be searched for them.

What the tokens are is nowhere to be found after a run: see `tests/conftest.py`.

A test that needs a token takes one from here, so that a leak of it is found wherever it shows.
"""

from __future__ import annotations

import base64
import io
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = "canary" + "-7d3e"  # in two parts, so that no traceback shows this line as a leak
"""Part of every token that a test trusts code with."""

TOKEN = f"{MARK}-account/5b1d"
CUSTOMER = f"{MARK}-customer-9e02"

FORMS = (
    MARK.encode(),
    *(base64.b64encode(b" " * shift + MARK.encode())[shift * 2 : -4] for shift in range(3)),
    MARK.encode("utf-16-le"),
    MARK.encode().hex().encode(),
)
"""What is searched for: the mark as text, at any place of base64, as UTF-16, and in hexadecimal."""

RANDOM_LOOKING = (  # none of them is or was anybody's
    "a4F9kQ2mZx8LpR7vBn3TcW6yHs1DgJ5e",
    "17|q8Zr2Lx9Vt4Kp7Wn3Bc6Yd1Hs5Jg0Mf8Tz2Qa4Xe6",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl",
    "Bearer abcdefgh",
    "5d41402abc4b2a76b9719d911017c5925d41402a",
    "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
    "https://cdn.example/a.png?x=1&access_token=abcdefgh",
    "https://user:password@cdn.example/a.png",
)


def unpacked(content: bytes) -> Iterator[bytes]:
    """Yield the bytes of a file, and what it packs: the streams of a PDF, the names and the parts of a zip file."""
    yield content
    if content.startswith(b"%PDF-"):
        yield from _streams(content)
    if content.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield name.encode()
                yield packed.read(name)


def _streams(pdf: bytes) -> Iterator[bytes]:
    """Yield what a PDF packs: text, attachments, metadata."""
    for part in pdf.split(b"stream\n")[1::2] + pdf.split(b"stream\r\n")[1::2]:
        stream = zlib.decompressobj()
        try:
            yield stream.decompress(part)
        except zlib.error:  # a picture, or a stream that is not packed
            continue
