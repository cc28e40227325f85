"""The version and the shipped files of the program: in a wheel beside the code, in a checkout above it."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from reportgen.errors import MissingLibrary

_PACKAGE = Path(__file__).resolve().parent


def templates_folder() -> Path:
    """Return the folder of the page templates and themes."""
    return _shipped("templates")


def has_own_templates() -> bool:
    """Return whether the templates are those of a checkout, where the user may change them; not those of a wheel."""
    return not templates_folder().is_relative_to(_PACKAGE)


def examples_folder() -> Path:
    """Return the folder of the example specs, clients and JSON Schemas."""
    return _shipped("report-specs")


def locales_folder() -> Path:
    """Return the folder of the catalogues of words, `pt_BR/LC_MESSAGES/reportgen.mo` in it."""
    return _PACKAGE / "locales"


def font_file(weight: str) -> Path:
    """Return the font file of a weight of the default family (`Light`, `Regular`, `Semibold`, `It`).

    Raises:
        MissingLibrary: The font package is not installed.
    """
    try:
        import font_source_sans_pro
    except ImportError as error:
        raise MissingLibrary(
            "the font package font-source-sans-pro is not installed; run: pip install font-source-sans-pro"
        ) from error
    return Path(font_source_sans_pro.__file__).parent / "files" / f"SourceSansPro-{weight}.ttf"


def program_version() -> str:
    """Return the version of reportgen; `0` where it runs from a checkout that is not installed."""
    try:
        return version("reportgen-connect")
    except PackageNotFoundError:
        return "0"


def _shipped(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
