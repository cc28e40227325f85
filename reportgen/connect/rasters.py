"""PNG and JPEG files, decoded once before anything is made of them."""

from __future__ import annotations

import io
import struct
import warnings
import zlib

MOST_PIXELS = 40_000_000  # a photograph of a good camera; four bytes each while it is decoded
_KINDS = {b"\x89PNG\r\n\x1a\n": ("PNG", "image/png"), b"\xff\xd8\xff": ("JPEG", "image/jpeg")}


class UnfitError(Exception):
    """Why a file is no picture for a report; becomes a `ConfigurationError` in `pictures`."""


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
    """Decode the picture once, after its size: a damaged one would only show in the finished PDF."""
    from PIL import Image, ImageFile  # noqa: PLC0415 - only specs with pictures need it

    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # importing WeasyPrint sets it for the whole process
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=(kind,)) as image:
                if image.width * image.height > MOST_PIXELS:
                    message = f"has more than {MOST_PIXELS // 1_000_000} million pixels; make it smaller"
                    raise UnfitError(message)
                image.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        message = f"has more than {MOST_PIXELS // 1_000_000} million pixels; make it smaller"
        raise UnfitError(message) from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, zlib.error) as error:
        message = f"is a damaged {kind} file: {error}"
        raise UnfitError(message) from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
