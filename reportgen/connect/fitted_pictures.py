"""Pictures in as many pixels as are printed, once for all files of a report."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.connect.raster_cleaning import JPEG, compact_file, jpeg_file, plain_image
from reportgen.model import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

THUMBNAIL_PIXELS = 160  # 10 mm on the page at 400 dots an inch
_THUMBNAIL_QUALITY = 85
_DRAWING = "image/svg+xml"


def fitted(picture: Picture, wide: int, high: int | None = None) -> Picture:
    """Return a picture of a width and a height in pixels at most; a smaller picture and a drawing stay as they are.

    A JPEG stays a JPEG. Another picture stays a PNG, unless it is an opaque photograph.

    Args:
        picture: The picture.
        wide: Its most pixels in width.
        high: Its most pixels in height; None where it may be as high as its width makes it.
    """
    if picture.media_type == _DRAWING:
        return picture
    with _opened(picture) as image:
        scale = min(wide / image.width, high / image.height if high else 1.0)
        if scale >= 1:
            return picture
        size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
        image.draft(None, (2 * size[0], 2 * size[1]))  # a JPEG is decoded smaller, and still larger than it is needed
        small = plain_image(image).resize(size, reducing_gap=3)
    media_type, content = (JPEG, jpeg_file(small)) if picture.media_type == JPEG else compact_file(small)
    return replace(picture, media_type=media_type, content=content)


def thumbnail(picture: Picture) -> Picture:
    """Return the middle square of a picture, at most `THUMBNAIL_PIXELS` wide; a drawing stays as it is."""
    if picture.media_type == _DRAWING:
        return picture
    from PIL import ImageOps

    with _opened(picture) as image:
        upright = plain_image(image).convert("RGB")
    side = min(*upright.size, THUMBNAIL_PIXELS)
    return Picture(JPEG, jpeg_file(ImageOps.fit(upright, (side, side)), _THUMBNAIL_QUALITY), picture.alt)


def _opened(picture: Picture) -> Image:
    from PIL import Image  # only specs with pictures need it

    return Image.open(io.BytesIO(picture.content), formats=("PNG", "JPEG"))
