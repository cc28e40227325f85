"""Tests of reportgen.connect.raster_cleaning: what is read, and what no file for a client keeps of it."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from reportgen.connect.raster_cleaning import clean_raster, plain_image
from reportgen.connect.rasters import UnfitError

SECRET = b"Rua das Flores 12"
RED, CLEAR = (200, 30, 20), (0, 0, 0, 0)


def noise(wide: int, high: int) -> Image.Image:
    """Return an image without even areas, the same on every day."""
    return Image.frombytes("L", (wide, high), bytes(at * at // 7 % 251 for at in range(wide * high))).convert("RGB")


def colour(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    """Return the channels of a pixel."""
    found = image.getpixel((x, y))
    return found if isinstance(found, tuple) else (int(found or 0),)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """Return the file of an image."""
    content = io.BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def read(content: bytes) -> tuple[str, Image.Image]:
    """Return the media type and the pixels of a cleaned picture."""
    cleaned = clean_raster(content)
    assert cleaned is not None
    image = Image.open(io.BytesIO(cleaned[1]))
    image.load()
    return cleaned[0], image


def photograph() -> Image.Image:
    """Return an image without even areas, red in its left half."""
    made = noise(300, 200)
    made.paste(RED, (0, 0, 150, 200))
    return made


def with_profile(image: Image.Image, profile: bytes) -> Image.Image:
    """Return an image that names the profile of its colours."""
    image.info["icc_profile"] = profile
    return image


def exif(orientation: int) -> Image.Exif:
    """Return Exif with an orientation, a place and an owner."""
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x013B] = SECRET.decode()
    made.get_ifd(0x8825)[1] = "S"  # GPS
    return made


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "AVIF"])
def test_what_cameras_write_beside_the_pixels_is_left_out(kind: str) -> None:
    """No file for a client has the place, the owner or a comment of a picture; its pixels stay."""
    options = {"exif": exif(1)} if kind != "GIF" else {"comment": SECRET}
    content = saved(photograph(), kind, **options)
    assert SECRET in content
    media_type, image = read(content)
    cleaned = clean_raster(content)
    assert cleaned is not None
    assert SECRET not in cleaned[1]
    assert not image.getexif()
    assert media_type in {"image/png", "image/jpeg"}
    assert image.size == (300, 200)
    assert all(abs(a - b) < 20 for a, b in zip(colour(image.convert("RGB"), 60, 60), RED, strict=True))


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_plain_pixels_keep_their_bytes(kind: str) -> None:
    """Without metadata a PNG or JPEG is the file itself; with it only that is cut out, and a second time nothing."""
    plain = saved(photograph(), kind)
    assert clean_raster(plain) == (f"image/{kind.lower()}", plain)
    told = saved(photograph(), kind, exif=exif(1))
    cleaned = clean_raster(told)
    assert cleaned is not None
    assert len(cleaned[1]) < len(told)
    assert cleaned == clean_raster(cleaned[1])
    assert Image.open(io.BytesIO(cleaned[1])).tobytes() == Image.open(io.BytesIO(told)).tobytes()


def test_a_second_picture_behind_a_jpeg_is_left_out() -> None:
    """Some cameras write a smaller picture with its own metadata behind the first; a progressive one has many scans."""
    first = saved(photograph(), "JPEG", progressive=True, comment=SECRET)
    cleaned = clean_raster(first + saved(photograph(), "JPEG", comment=SECRET))
    assert cleaned is not None
    assert SECRET not in cleaned[1]
    assert Image.open(io.BytesIO(cleaned[1])).tobytes() == Image.open(io.BytesIO(first)).tobytes()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_stands_upright(kind: str) -> None:
    """A camera held on its side says so in Exif; the picture is turned, since that is left out."""
    _, image = read(saved(photograph(), kind, exif=exif(6)))
    assert image.size == (200, 300)
    upper, lower = colour(image.convert("RGB"), 100, 60), colour(image.convert("RGB"), 100, 250)
    assert upper[0] > upper[1] + 90
    assert abs(lower[0] - lower[1]) < 60


def test_the_first_picture_of_a_moving_one_is_shown() -> None:
    """A GIF is a PNG of its first picture, see-through where that is."""
    first = Image.new("RGBA", (40, 30), CLEAR)
    first.paste((*RED, 255), (0, 0, 20, 30))
    content = saved(first, "GIF", save_all=True, append_images=[Image.new("RGBA", (40, 30), "blue")], duration=90)
    media_type, image = read(content)
    assert (media_type, image.mode) == ("image/png", "RGBA")
    assert colour(image, 5, 5) == (*RED, 255)
    assert colour(image, 35, 5)[3] == 0


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_transparency_stays(kind: str) -> None:
    """A see-through picture is a PNG that is see-through."""
    whole = Image.new("RGBA", (60, 40), (*RED, 128))
    media_type, image = read(saved(whole, kind, lossless=True))
    assert (media_type, image.mode) == ("image/png", "RGBA")
    assert colour(image, 5, 5) == (*RED, 128)


def test_a_drawing_is_kept_without_loss() -> None:
    """An opaque drawing in few colours is a PNG, whose edges are not blurred; a photograph is a JPEG."""
    drawing = Image.new("RGB", (300, 200), "white")
    drawing.paste(RED, (10, 10, 290, 60))
    media_type, image = read(saved(drawing, "WEBP", lossless=True))
    assert media_type == "image/png"
    assert image.convert("RGB").tobytes() == drawing.tobytes()
    assert read(saved(photograph(), "WEBP"))[0] == "image/jpeg"


def test_inks_become_light() -> None:
    """A JPEG of four inks has the colours that it has on paper, though some programs write the inks turned round."""
    _, image = read(saved(Image.new("CMYK", (80, 80), (0, 255, 255, 0)), "JPEG"))
    assert image.mode == "RGB"
    red, green, blue = colour(image, 40, 40)
    assert red > 220
    assert max(green, blue) < 30


def test_sixteen_bits_become_eight() -> None:
    """A grey PNG of 16 bits is as light as it was."""
    deep = Image.new("I;16", (4, 2))
    for at, value in enumerate((0, 0x4000, 0x8000, 0xFFFF)):
        deep.putpixel((at, 0), value)
    media_type, image = read(saved(deep, "PNG"))
    assert (media_type, image.mode) == ("image/png", "L")
    assert [colour(image, at, 0) for at in range(4)] == [(0,), (64,), (128,), (255,)]


def test_other_colour_profiles_become_srgb() -> None:
    """Numbers that mean other colours are worked out: readers of PDFs take them for sRGB."""
    odd = saved(photograph(), "PNG", icc_profile=b"no profile")
    assert "icc_profile" not in read(odd)[1].info
    own = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    plain = saved(photograph(), "PNG", icc_profile=own.tobytes())
    assert read(plain)[1].tobytes() == photograph().tobytes()
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    grey = Image.new("LAB", (40, 40), (128, 128, 128))
    assert all(110 < channel < 125 for channel in colour(plain_image(with_profile(grey, lab)), 9, 9))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "is a HEIC picture, as phones take them; save it as JPEG"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "is a HEIC picture, as phones take them; save it as JPEG"),
        (b"II*\0\x08\0\0\0", "is a TIFF file; save it as PNG or JPEG"),
        (b"BM\x3a\0\0\0", "is a BMP file; save it as PNG or JPEG"),
        (b"%PDF-1.7", "is a PDF file; save it as PNG or JPEG"),
        (saved(photograph(), "WEBP")[:900], "is a damaged WEBP file"),
        (saved(photograph(), "GIF")[:900], "is a damaged GIF file"),
        (saved(photograph(), "AVIF")[:900], "is a damaged AVIF file"),
    ],
)
def test_what_is_not_read_is_refused_in_words(content: bytes, reason: str) -> None:
    """The words say what to do about it."""
    with pytest.raises(UnfitError, match=reason):
        clean_raster(content)


def webp_of(chunk: bytes, body: bytes) -> bytes:
    """Return a WebP file of a single chunk."""
    inner = b"WEBP" + chunk + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(inner)) + inner


def png_of(width: int, height: int) -> bytes:
    """Return a PNG that says its size and has hardly any pixels."""

    def part(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + part(b"IDAT", zlib.compress(b"\0" * 99)) + part(b"IEND", b"")


@pytest.mark.parametrize(
    "content",
    [
        png_of(60_000, 60_000),
        b"GIF89a"
        + struct.pack("<HH", 60_000, 60_000)
        + b"\0\0\0,\0\0\0\0"
        + struct.pack("<HH", 60_000, 60_000)
        + b"\0\x08\1\0\0;",
        webp_of(b"VP8X", bytes(4) + (15_999).to_bytes(3, "little") * 2),
        webp_of(b"VP8L", b"/" + (15_999 | 15_999 << 14).to_bytes(4, "little") + bytes(9)),
        webp_of(b"VP8 ", bytes(3) + b"\x9d\x01\x2a" + struct.pack("<HH", 16_000, 16_000)),
    ],
    ids=["png", "gif", "webp extended", "webp lossless", "webp"],
)
def test_a_picture_that_would_fill_the_memory_is_refused(content: bytes) -> None:
    """The size that a file says is looked at before room is taken for its pixels."""
    with pytest.raises(UnfitError, match="more than 40 million pixels; make it smaller"):
        clean_raster(content)
