"""Check of PNG and JPEG files, which are decoded once before anything is made of them."""

from __future__ import annotations

import io
import struct
import zlib
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PIXELS = 40_000_000  # a photograph of a good camera; four bytes each while it is decoded
_KINDS = {b"\x89PNG\r\n\x1a\n": ("PNG", "image/png"), b"\xff\xd8\xff": ("JPEG", "image/jpeg")}
_decoding = Lock()  # Pillow's strictness is a setting of the whole process


class UnfitError(Exception):
    """The reason why a file is no picture for a report; becomes a `ConfigurationError` in `picture_files`."""


def raster_type(content: bytes) -> str | None:
    """Return the media type of a PNG or JPEG file; None where it is neither.

    Raises:
        UnfitError: It is damaged, or has more than `MOST_PIXELS`.
    """
    for signature, (kind, media_type) in _KINDS.items():
        if content.startswith(signature):
            _check(content, kind)
            return media_type
    return None


def _check(content: bytes, kind: str) -> None:
    """Decode a picture, after its size: damage would only show in the finished PDF."""
    from PIL.JpegImagePlugin import JpegImageFile  # only specs with pictures need it
    from PIL.PngImagePlugin import PngImageFile

    opened = PngImageFile if kind == "PNG" else JpegImageFile  # `Image.open` warns of size, in the whole process
    try:
        with _strictly(), opened(io.BytesIO(content)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise UnfitError(f"has more than {MOST_PIXELS // 1_000_000} million pixels; make it smaller")
            image.load()
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, zlib.error) as error:
        raise UnfitError(f"is a damaged {kind} file: {error}") from error


@contextmanager
def _strictly() -> Iterator[None]:
    """Refuse pictures that end early; importing WeasyPrint lets them pass in the whole process."""
    from PIL import ImageFile

    with _decoding:
        lenient = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = lenient
