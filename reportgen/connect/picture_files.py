"""Pictures in files that a spec names: read in the fetch stage, checked, and carried on as bytes."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from reportgen.connect.raster_cleaning import clean_raster
from reportgen.connect.rasters import UnfitError
from reportgen.connect.svg_pictures import check_svg
from reportgen.errors import ConfigurationError
from reportgen.model import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator


LARGEST_BYTES = 10_000_000


def load_picture(folder: Path, name: str) -> Picture:
    """Return the picture in a file below a folder; its type comes from its content, not its name.

    Args:
        folder: The folder of the file that names the picture.
        name: Path relative to it.

    Returns:
        An SVG as it is; of another file a PNG or JPEG, see `clean_raster`. Without an `alt`.

    Raises:
        ConfigurationError: It is outside the folder (by `..`, an absolute path or a link), missing,
            larger than `LARGEST_BYTES` or `MOST_PIXELS`, damaged, of another kind, or an SVG that is
            unfit, see `check_svg`.
    """
    path = inside(folder, name)
    with _errors_about(str(folder / name)):
        return _picture(_read(path))


def read_picture(content: bytes, name: str) -> Picture:
    """Return the picture in the bytes of a file, whose name begins the text of an error.

    Raises:
        ConfigurationError: As `load_picture`, for the content of the file.
    """
    with _errors_about(name):
        return _picture(content)


def inside(folder: Path, name: str) -> Path:
    """Return the path of a file that an author names, which has to be below a folder.

    Raises:
        ConfigurationError: It is outside (by `..`, an absolute path or a link), or not there.
    """
    with _errors_about(str(folder / name)):
        return _inside(folder, name)


@contextmanager
def _errors_about(name: str) -> Iterator[None]:
    """Raise each `UnfitError` as a `ConfigurationError` that begins with the name of the file."""
    try:
        yield
    except UnfitError as error:
        raise ConfigurationError(f"{name}: {error}") from error


def _inside(folder: Path, name: str) -> Path:
    windows = PureWindowsPath(name)
    if PurePosixPath(name).is_absolute() or windows.drive or windows.root or ".." in windows.parts:
        raise UnfitError(f"write its path from the folder {folder}, without '..', a drive or a / in front")
    try:
        path = (folder / name).resolve(strict=True)
        root = folder.resolve(strict=True)
    except FileNotFoundError as error:
        hint = f"; write / between folders: {name.replace(chr(92), '/')}" if "\\" in name else ""
        raise UnfitError(f"there is no such file{hint}") from error
    except (OSError, RuntimeError, ValueError) as error:  # no access, a loop of links, a NUL in the name
        raise UnfitError(f"cannot be read: {error}") from error
    if not path.is_relative_to(root):
        raise UnfitError(f"the link leads out of {folder}; copy the file into it")
    return path


def _read(path: Path) -> bytes:
    if not path.is_file():  # a pipe would be waited for
        raise UnfitError("is not a file")
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise UnfitError(f"cannot be read: {error.strerror or error}") from error
    if len(content) > LARGEST_BYTES:
        raise UnfitError(f"is larger than {LARGEST_BYTES // 1_000_000} MB; make it smaller")
    return content


def _picture(content: bytes) -> Picture:
    if cleaned := clean_raster(content):
        return Picture(*cleaned)
    check_svg(content)
    return Picture("image/svg+xml", content)
