"""Pictures of pixels as every reader shows them: a PNG or JPEG file, upright, in 8 bits of sRGB, without metadata."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import TYPE_CHECKING

from reportgen.connect.raster_metadata import bare_jpeg, bare_png
from reportgen.connect.rasters import decoded, raster_kind

if TYPE_CHECKING:
    from PIL.Image import Image

    from reportgen.connect.rasters import RasterKind

PNG, JPEG = "image/png", "image/jpeg"
JPEG_QUALITY = 88
"""At which no reader sees the loss at the size of print."""

_ORIENTATION = 0x0112  # of Exif: how the camera was held
_UPRIGHT = 1
_OPAQUE = 255  # of alpha in 8 bits
_DEEP = frozenset({"I", "I;16", "I;16B", "I;16L"})
"""Pillow's modes of 16 bits."""

_SAMPLE = 400  # pixels of a side: enough to tell a photograph from a drawing
_MUCH_SMALLER = 3
_PLAIN = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA"})


def clean_raster(content: bytes) -> tuple[str, bytes] | None:
    """Return the media type and the file of a picture; None where it may be an SVG.

    PNG and JPEG files that are plain already keep the bytes of their pixels.

    Raises:
        UnfitError: It is damaged, too large, or of a kind that is not read.
    """
    kind = raster_kind(content)
    if kind is None:
        return None
    with decoded(content, kind) as image:
        bare = _bare(content, kind) if _is_plain(image) else None
        if bare is not None:
            return (PNG if kind == "PNG" else JPEG), bare
        made = plain_image(image)
        return (JPEG, jpeg_file(made)) if kind == "JPEG" else compact_file(made)


def compact_file(image: Image) -> tuple[str, bytes]:
    """Return the media type and the file of a plain picture: JPEG of an opaque photograph, else PNG."""
    if not has_transparency(image):
        small = image.convert("RGB")
        small.thumbnail((_SAMPLE, _SAMPLE))
        if len(png_file(small)) > _MUCH_SMALLER * len(jpeg_file(small)):
            return JPEG, jpeg_file(image)
    return PNG, png_file(image)


def png_file(image: Image) -> bytes:
    """Return a picture as a PNG file."""
    content = io.BytesIO()
    image.save(content, "PNG", icc_profile=None, exif=b"")
    return content.getvalue()


def jpeg_file(image: Image, quality: int = JPEG_QUALITY) -> bytes:
    """Return a picture without transparency as a JPEG file."""
    content = io.BytesIO()
    opaque = image if image.mode in {"L", "RGB"} else image.convert("RGB")
    opaque.save(content, "JPEG", quality=quality, optimize=True, icc_profile=None, exif=b"", comment=b"")
    return content.getvalue()


def has_transparency(image: Image) -> bool:
    """Return whether a pixel of a picture lets the page show through."""
    if "A" not in image.getbands():
        return False
    lowest, _ = image.getchannel("A").getextrema()
    return lowest != _OPAQUE


def plain_image(image: Image) -> Image:
    """Return a picture upright, in 8 bits of sRGB or grey, with its transparency."""
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(image)
    shallow = _eight_bits(upright) if upright.mode in _DEEP else upright
    made = _in_srgb(shallow)
    if "transparency" in made.info or made.mode in {"P", "PA"}:
        return made.convert("RGBA" if made.has_transparency_data else "RGB")
    return made if made.mode in {"L", "LA", "RGB", "RGBA"} else made.convert("L" if made.mode == "1" else "RGB")


def _bare(content: bytes, kind: RasterKind) -> bytes | None:
    """Return a PNG or JPEG file without metadata; None for other kinds."""
    if kind == "PNG":
        return bare_png(content)
    return bare_jpeg(content) if kind == "JPEG" else None


def _is_plain(image: Image) -> bool:
    """Return whether readers show a picture alike as it is."""
    upright = image.getexif().get(_ORIENTATION, _UPRIGHT) == _UPRIGHT
    return upright and image.mode in _PLAIN and not _has_other_colours(image)


def _has_other_colours(image: Image) -> bool:
    """Return whether a picture has a colour profile other than sRGB, which not every reader of a PDF minds."""
    profile: bytes = image.info.get("icc_profile") or b""
    return bool(profile) and b"sRGB" not in profile.replace(b"\0", b"")


def _eight_bits(image: Image) -> Image:
    """Return a grey picture of 16 bits in 8; Pillow would cut off all that is lighter than black."""
    return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")


def _in_srgb(image: Image) -> Image:
    """Return a picture in sRGB where it has another colour profile that can be read, or inks."""
    if _has_other_colours(image):
        from PIL import ImageCms

        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            own = ImageCms.getOpenProfile(io.BytesIO(image.info["icc_profile"]))
            return ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode=mode) or image
    return image.convert("RGB") if image.mode == "CMYK" else image
