"""Pictures that a spec names: read in the fetch stage, checked, and carried on as bytes."""

from __future__ import annotations

import io
import struct
import zlib
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath
from threading import Lock
from typing import TYPE_CHECKING
from xml.parsers import expat

from reportgen.errors import ConfigurationError
from reportgen.model import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LARGEST_BYTES = 10_000_000
MOST_PIXELS = 40_000_000  # a photograph of a good camera; four bytes each while it is decoded
THUMBNAIL_PIXELS = 160  # 10 mm on the page at 400 dots an inch
_RASTER = {b"\x89PNG\r\n\x1a\n": ("PNG", "image/png"), b"\xff\xd8\xff": ("JPEG", "image/jpeg")}
_decoding = Lock()  # how strictly is a setting of the whole process
_SVG = "http://www.w3.org/2000/svg"


class _UnfitError(Exception):
    """Why a file is no picture for a report; never leaves this module."""


def load_picture(folder: Path, name: str) -> Picture:
    """Read a PNG, JPEG or SVG file from under a folder.

    What it is comes from its content, not from its name.

    Args:
        folder: The folder of the file that names the picture.
        name: Path relative to it.

    Returns:
        The file's bytes unchanged, without an `alt`.

    Raises:
        ConfigurationError: It is outside the folder (by `..`, an absolute path or a link), missing,
            larger than `LARGEST_BYTES` or `MOST_PIXELS`, damaged, of another kind, or an SVG with a
            document type, a script or parts that it loads from elsewhere.
    """
    path = inside(folder, name)
    try:
        content = _read(path)
    except _UnfitError as error:
        message = f"{folder / name}: {error}"
        raise ConfigurationError(message) from error
    return read_picture(content, str(folder / name))


def read_picture(content: bytes, name: str) -> Picture:
    """Check the bytes of a PNG, JPEG or SVG file; `name` says in an error which one.

    Raises:
        ConfigurationError: As `load_picture`, for what is in the file.
    """
    try:
        return Picture(_media_type(content), content)
    except _UnfitError as error:
        message = f"{name}: {error}"
        raise ConfigurationError(message) from error


def thumbnail(picture: Picture) -> Picture:
    """Return the middle square of a picture, at most `THUMBNAIL_PIXELS` wide; a drawing stays as it is."""
    if picture.media_type == "image/svg+xml":
        return picture
    from PIL import Image, ImageOps  # noqa: PLC0415 - only tables with pictures need it

    with Image.open(io.BytesIO(picture.content)) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    side = min(*upright.size, THUMBNAIL_PIXELS)
    content = io.BytesIO()
    ImageOps.fit(upright, (side, side)).save(content, "JPEG", quality=85)
    return Picture("image/jpeg", content.getvalue(), picture.alt)


def inside(folder: Path, name: str) -> Path:
    """Return a file that an author names, which has to be below a folder.

    Raises:
        ConfigurationError: It is outside (by `..`, an absolute path or a link), or not there.
    """
    try:
        return _inside(folder, name)
    except _UnfitError as error:
        message = f"{folder / name}: {error}"
        raise ConfigurationError(message) from error


def _inside(folder: Path, name: str) -> Path:
    windows = PureWindowsPath(name)
    if PurePosixPath(name).is_absolute() or windows.drive or windows.root or ".." in windows.parts:
        message = f"a file is named relative to {folder} and without '..'"
        raise _UnfitError(message)
    try:
        path = (folder / name).resolve(strict=True)
        root = folder.resolve(strict=True)
    except FileNotFoundError as error:
        message = "there is no such file"
        raise _UnfitError(message) from error
    except (OSError, RuntimeError, ValueError) as error:  # no access, a loop of links, a NUL in the name
        message = f"cannot be read: {error}"
        raise _UnfitError(message) from error
    if not path.is_relative_to(root):
        message = f"the link leads out of {folder}; copy the file into it"
        raise _UnfitError(message)
    return path


def _read(path: Path) -> bytes:
    if not path.is_file():  # a pipe would be waited for
        message = "is not a file"
        raise _UnfitError(message)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        raise _UnfitError(message) from error
    if len(content) > LARGEST_BYTES:
        message = f"is larger than {LARGEST_BYTES // 1_000_000} MB; make it smaller"
        raise _UnfitError(message)
    return content


def _media_type(content: bytes) -> str:
    for signature, (kind, media_type) in _RASTER.items():
        if content.startswith(signature):
            _check_raster(content, kind)
            return media_type
    _check_svg(content)
    return "image/svg+xml"


def _check_raster(content: bytes, kind: str) -> None:
    """Decode the picture once, after its size: a damaged one would only show in the finished PDF."""
    from PIL.JpegImagePlugin import JpegImageFile  # noqa: PLC0415 - only specs with pictures need it
    from PIL.PngImagePlugin import PngImageFile  # noqa: PLC0415 - as above

    opened = PngImageFile if kind == "PNG" else JpegImageFile  # `Image.open` warns of size, in the whole process
    try:
        with _strictly(), opened(io.BytesIO(content)) as image:
            if image.width * image.height > MOST_PIXELS:
                message = f"has more than {MOST_PIXELS // 1_000_000} million pixels; make it smaller"
                raise _UnfitError(message)
            image.load()
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, zlib.error) as error:
        message = f"is a damaged {kind} file: {error}"
        raise _UnfitError(message) from error


@contextmanager
def _strictly() -> Iterator[None]:
    """Have pictures that end early refused; importing WeasyPrint lets them pass in the whole process."""
    from PIL import ImageFile  # noqa: PLC0415 - see _check_raster

    with _decoding:
        lenient = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _check_svg(content: bytes) -> None:
    elements: list[str] = []

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        elements.append(tag)
        _check_element(tag.rpartition(" ")[2], attributes)

    def doctype(*_declaration: object) -> None:
        message = "has a document type; delete the line that starts with <!DOCTYPE"
        raise _UnfitError(message)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(content, True)  # noqa: FBT003 - the C signature: this is all of it
    except (expat.ExpatError, ValueError, LookupError) as error:  # the last two: an unknown encoding
        message = f"is no PNG, JPEG or SVG picture ({error})"
        raise _UnfitError(message) from error
    if elements[0] != f"{_SVG} svg":
        message = f'is no PNG, JPEG or SVG picture; an SVG starts with <svg xmlns="{_SVG}">'
        raise _UnfitError(message)


def _check_element(name: str, attributes: Mapping[str, str]) -> None:
    """Refuse what would run or load something: a report is one file and fetches nothing."""
    for attribute, value in attributes.items():
        local = attribute.rpartition(" ")[2].lower()
        if local.startswith("on"):
            message = f"holds a script (the attribute {local}); delete it"
            raise _UnfitError(message)
        if local == "href" and name != "a" and not value.strip().startswith(("#", "data:image/")):
            message = f"loads {value[:80]!r} from elsewhere; embed it"
            raise _UnfitError(message)
    if name.lower() == "script":
        message = "holds a script; delete it"
        raise _UnfitError(message)
