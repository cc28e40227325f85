"""Tests of reportgen.connect.fitted_pictures."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from reportgen.connect.fitted_pictures import THUMBNAIL_PIXELS, fitted, thumbnail
from reportgen.model import Picture


def picture(image: Image.Image, kind: str, **options: object) -> Picture:
    """Return an image as a picture."""
    content = io.BytesIO()
    image.save(content, kind, **options)
    return Picture(f"image/{kind.lower()}", content.getvalue(), "Two bakers")


def pixels(made: Picture) -> Image.Image:
    """Return the image of a picture."""
    return Image.open(io.BytesIO(made.content))


def noise(wide: int, high: int) -> Image.Image:
    """Return an image without even areas, the same on every day."""
    return Image.frombytes("L", (wide, high), bytes(at * at // 7 % 251 for at in range(wide * high))).convert("RGB")


def colour(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    """Return the channels of a pixel."""
    found = image.getpixel((x, y))
    return found if isinstance(found, tuple) else (int(found or 0),)


PHOTO = noise(1200, 800)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize(
    ("room", "size"), [((600,), (600, 400)), ((600, 100), (150, 100)), ((2000, 40), (60, 40)), ((1, 1), (1, 1))]
)
def test_a_picture_has_the_pixels_of_its_room(kind: str, room: tuple[int, ...], size: tuple[int, int]) -> None:
    """Its sides keep their ratio, its words stay, and a second run makes the same bytes."""
    made = fitted(picture(PHOTO, kind), *room)
    assert pixels(made).size == size
    assert made.alt == "Two bakers"
    assert made == fitted(picture(PHOTO, kind), *room)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_small_picture_stays_as_it_is(kind: str) -> None:
    """Nothing is made larger, and nothing is written again."""
    small = picture(PHOTO, kind)
    assert fitted(small, 1200) is small
    assert fitted(small, 5000, 800) is small


def test_a_drawing_stays_as_it_is() -> None:
    """An SVG has no pixels."""
    drawing = Picture("image/svg+xml", b"<svg/>")
    assert fitted(drawing, 1) is drawing
    assert thumbnail(drawing) is drawing


def test_transparency_stays_without_dark_edges() -> None:
    """A see-through PNG stays one, and what cannot be seen does not shine through at its edges."""
    logo = Image.new("RGBA", (1000, 1000), (0, 0, 0, 0))
    logo.paste((255, 200, 0, 255), (0, 0, 505, 1000))
    made = fitted(picture(logo, "PNG"), 100)
    assert made.media_type == "image/png"
    edge = colour(pixels(made).convert("RGBA"), 50, 50)
    assert 0 < edge[3] < 255
    assert edge[:2] >= (250, 195)


def test_few_colours_and_a_clear_one_are_made_smaller_softly() -> None:
    """A PNG with a palette is smoothed as any other."""
    logo = Image.new("RGB", (1000, 1000), "white")
    logo.paste("black", (0, 0, 505, 1000))
    made = fitted(picture(logo.quantize(4), "PNG"), 100)
    assert made.media_type == "image/png"
    assert 0 < colour(pixels(made).convert("L"), 50, 50)[0] < 255


def test_a_photograph_is_a_jpeg() -> None:
    """An opaque photograph in a PNG file would be many times as large."""
    made = fitted(picture(PHOTO.convert("RGBA"), "PNG"), 900)
    assert made.media_type == "image/jpeg"
    assert fitted(picture(PHOTO, "JPEG"), 900).media_type == "image/jpeg"


def test_a_thumbnail_is_the_middle_square() -> None:
    """The picture of a post is cut, not squeezed."""
    wide = Image.new("RGB", (900, 300), "blue")
    wide.paste("red", (300, 0, 600, 300))
    made = pixels(thumbnail(picture(wide, "PNG")))
    assert made.size == (THUMBNAIL_PIXELS, THUMBNAIL_PIXELS)
    red, _, blue = colour(made, 80, 80)
    assert red > 240
    assert blue < 20
