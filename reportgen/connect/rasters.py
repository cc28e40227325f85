"""Picture files of pixels: what they are, and their pixels, which are decoded once before anything is made of them."""

from __future__ import annotations

import io
import struct
import zlib
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

MOST_PIXELS = 40_000_000  # a photograph of a good camera; four bytes each while it is decoded

RasterKind: TypeAlias = Literal["PNG", "JPEG", "GIF", "WEBP", "AVIF"]
"""Kinds of files that are read, by Pillow's names."""

READ_KINDS = "PNG, JPEG, WebP, GIF or SVG"
"""The kinds of pictures in words."""

_SIGNATURES: tuple[tuple[bytes, RasterKind], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
)
_FOREIGN = {b"II*\0": "TIFF", b"MM\0*": "TIFF", b"BM": "BMP", b"8BPS": "Photoshop", b"%PDF": "PDF"}
"""First bytes of files that are no picture of a web page."""

_AVIF = frozenset({b"avif", b"avis"})
_HEIC = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
"""Brands of picture files by ISO/IEC 23008-12; phones take photographs in them."""

_decoding = Lock()  # Pillow's strictness is a setting of the whole process


class UnfitError(Exception):
    """The reason why a file is no picture for a report; becomes a `ConfigurationError` in `picture_files`."""


def raster_kind(content: bytes) -> RasterKind | None:
    """Return the kind of a picture file by its first bytes; None where it may be an SVG.

    Raises:
        UnfitError: It is of a kind that is not read, such as HEIC.
    """
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp":
        return _kind_by_brand(content)
    for signature, name in _FOREIGN.items():
        if content.startswith(signature):
            raise UnfitError(f"is a {name} file; save it as PNG or JPEG")
    return None


def _kind_by_brand(content: bytes) -> RasterKind | None:
    """Return `AVIF` for a file of that brand, its own or among those that it is compatible with."""
    brands = {content[at : at + 4] for at in (8, *range(16, min(int.from_bytes(content[:4]), 200), 4))}
    if brands & _AVIF:
        from PIL import features

        if features.check("avif"):
            return "AVIF"
        raise UnfitError("is an AVIF picture, which cannot be read here; save it as PNG or JPEG")
    if brands & _HEIC:
        raise UnfitError("is a HEIC picture, as phones take them; save it as JPEG")
    return None


@contextmanager
def decoded(content: bytes, kind: RasterKind) -> Iterator[Image]:
    """Yield a picture, the first of a moving one, decoded whole after its size is known: damage would only show late.

    Raises:
        UnfitError: It is damaged, or has more than `MOST_PIXELS`.
    """
    try:
        if kind == "WEBP" and _webp_pixels(content) > MOST_PIXELS:  # Pillow takes its room as it opens it
            raise _too_large()
        with _opened(content, kind) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _too_large()
            with _strictly():
                image.load()
            yield image
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, struct.error, zlib.error) as error:
        raise UnfitError(f"is a damaged {kind} file: {error}") from error


def check_embedded(content: bytes) -> None:
    """Check a picture inside an SVG, which every reader shows.

    Raises:
        UnfitError: It is no PNG or JPEG, damaged, or has more than `MOST_PIXELS`.
    """
    kind = raster_kind(content)
    if kind not in {"PNG", "JPEG"}:
        raise UnfitError("is no PNG or JPEG; save it as PNG and embed that")
    with decoded(content, kind):
        return


def _too_large() -> UnfitError:
    return UnfitError(f"has more than {MOST_PIXELS // 1_000_000} million pixels; make it smaller")


def _opened(content: bytes, kind: RasterKind) -> Image:
    """Return a picture whose pixels are not decoded yet; `Image.open` warns of its size, in the whole process."""
    from PIL import AvifImagePlugin, GifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

    content_file = io.BytesIO(content)
    match kind:
        case "PNG":
            return PngImagePlugin.PngImageFile(content_file)
        case "JPEG":
            return JpegImagePlugin.JpegImageFile(content_file)
        case "GIF":
            return GifImagePlugin.GifImageFile(content_file)
        case "WEBP":
            return WebPImagePlugin.WebPImageFile(content_file)
        case "AVIF":
            return AvifImagePlugin.AvifImageFile(content_file)


def _webp_pixels(content: bytes) -> int:
    """Return the count of pixels that a WebP file says it has (RFC 9649); 0 where it does not say so."""
    chunk, body = content[12:16], content[20:30]
    if chunk == b"VP8X":
        return (1 + int.from_bytes(body[4:7], "little")) * (1 + int.from_bytes(body[7:10], "little"))
    if chunk == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (1 + (bits & 0x3FFF)) * (1 + (bits >> 14 & 0x3FFF))
    return (int.from_bytes(body[6:8], "little") & 0x3FFF) * (int.from_bytes(body[8:10], "little") & 0x3FFF)


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
