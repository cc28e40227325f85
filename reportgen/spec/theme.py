"""Themes: the shipped files of colour tokens, and an agency's own file of colours and fonts over one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from os.path import normpath
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from reportgen.connect.picture_files import inside
from reportgen.errors import ConfigurationError, Problem, SpecError
from reportgen.files import read_bytes
from reportgen.model import Caution, FontFamily, Theme
from reportgen.outputs.drawing.font_files import LARGEST_FONT, font_fault, has_even_figures
from reportgen.resources import templates_folder
from reportgen.spec.brand_colors import accents, distinct_series
from reportgen.spec.field_types import THEMES
from reportgen.spec.loading import theme_file_of
from reportgen.spec.theme_contrast import Shortfall, shortfalls
from reportgen.spec.yaml_reader import parse_yaml, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.spec.report_spec import ReportSpec
    from reportgen.spec.theme_file import TextFonts, ThemeColors, ThemeFile, TitleFonts
    from reportgen.spec.yaml_reader import Document, Place

_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
_LARGEST_FILE = 100_000  # bytes; a theme with every colour has 3,000
_WEIGHTS = ("regular", "bold", "italic", "light")
_NEEDED = {"text": ("bold", "italic"), "titles": ()}
"""The weights whose lack is a caution; titles and light text are set in the regular font without loss."""


@lru_cache(maxsize=8)
def load_theme(name: str) -> Theme:
    """Return a shipped theme, read once a process.

    Raises:
        SpecError: The file is missing, or holds something that is no `#RRGGBB` colour.
    """
    document = read_yaml(templates_folder() / "themes" / f"{name}.yaml")
    colors = document.value if isinstance(document.value, dict) else {}
    problems = [
        document.problem((token,), f"{value!r} is no colour; write it as '#RRGGBB', in quotes")
        for token, value in colors.items()
        if not (isinstance(value, str) and _COLOR.fullmatch(value))
    ]
    if problems or not colors:
        raise SpecError(problems or [document.problem((), "holds no colours")])
    return Theme(name, {token: str(value) for token, value in colors.items()})


@dataclass(frozen=True, slots=True)
class OwnTheme:
    """A theme, and the warnings of its file.

    Attributes:
        theme: The theme.
        warnings: Problems with which it can be used: weak contrasts, alike series, missing weights, uneven figures.
    """

    theme: Theme
    warnings: tuple[Problem, ...] = ()

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """The warnings for the staff of a report."""
        return tuple(
            Caution("W-THEME", f"{Path(found.file).name}: {found.place}: {found.message}") for found in self.warnings
        )


def theme_of(spec: ReportSpec) -> OwnTheme:
    """Return the theme that a spec names: a shipped theme, or a file below the spec's folder.

    Raises:
        SpecError: With every problem of the theme's file and its fonts, or of its path.
    """
    if spec.theme in THEMES:
        return OwnTheme(load_theme(spec.theme))
    try:
        inside(spec.folder, spec.theme)
    except ConfigurationError as error:
        raise SpecError([read_yaml(spec.path).problem(("theme",), str(error))]) from error
    return own_theme(spec.folder / spec.theme, spec.folder)


def own_theme(path: Path, root: Path | None = None, read: tuple[Document, ThemeFile] | None = None) -> OwnTheme:
    """Return the theme of a file.

    Args:
        path: The file.
        root: The folder that its fonts have to be below; None where the theme is looked at by itself.
        read: Its document and content, where it has been read.

    Raises:
        SpecError: With every problem of the file and its fonts.
    """
    document, written = read or _written(str(path), read_bytes(path, _LARGEST_FILE))
    fonts = _Fonts(document, path.parent, root)
    found: list[Problem] = []
    text, titles = written.fonts.text, written.fonts.titles
    families = [fonts.family(role, part) for role, part in (("text", text), ("titles", titles))]
    theme = Theme(path.stem, own_colors(written.extends, written.colors.given), *families)
    for shortfall in shortfalls(theme.colors):
        (found if shortfall.unreadable else fonts.warnings).append(_problem(document, written.colors, shortfall))
    if problems := (*fonts.problems, *found):
        raise SpecError(problems)
    return OwnTheme(theme, tuple(fonts.warnings))


def named_fonts(path: Path) -> Iterator[Path]:
    """Yield the fonts that a theme file names, without a check; none where the file cannot be read."""
    try:
        _, written = _written(str(path), read_bytes(path, _LARGEST_FILE))
    except SpecError:
        return
    for part in (written.fonts.text, written.fonts.titles):
        yield from (path.parent / name for weight in _WEIGHTS if (name := getattr(part, weight, None)))


@lru_cache(maxsize=8)
def _written(file: str, content: bytes) -> tuple[Document, ThemeFile]:
    """Return the document and the content of a theme file.

    Raises:
        SpecError: With every problem.
    """
    try:
        document = parse_yaml(content.decode("utf-8-sig"), file)
    except UnicodeDecodeError as error:
        raise SpecError([Problem(file, 1, 1, "", "is not UTF-8; save the file as UTF-8")]) from error
    return document, theme_file_of(document)


def own_colors(extends: str, own: dict[str, str]) -> dict[str, str]:
    """Return all colours of a theme: its own, else shades of its own accent, else those of the theme below."""
    colors = load_theme(extends).colors | own
    if accent := own.get("accent"):
        colors |= accents(colors, accent) | {"accent": accent, "c1": accent} | own
        colors |= distinct_series(colors, own={"c1", *own})
    return colors


def _problem(document: Document, written: ThemeColors, shortfall: Shortfall) -> Problem:
    """Return a shortfall of colours at the first of them that the file itself names."""
    own = next((token for token in shortfall.tokens if token in written.given), None)
    return document.problem(("colors", own) if own else (), shortfall.text)


class _Fonts:
    """The fonts of a theme file, read and checked.

    Attributes:
        problems: What makes a font unfit.
        warnings: What the fonts lack.
    """

    def __init__(self, document: Document, folder: Path, root: Path | None) -> None:
        self._document, self._folder = document, folder
        self._root = root or Path(folder.absolute().anchor)
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []

    def family(self, role: str, written: TextFonts | TitleFonts | None) -> FontFamily | None:
        """Return the family of a role, `text` or `titles`; None where it has none or its regular font is unfit."""
        if written is None:
            return None
        files = {weight: self._file(("fonts", role, weight), getattr(written, weight, None)) for weight in _WEIGHTS}
        for weight in (weight for weight in _NEEDED[role] if getattr(written, weight, None) is None):
            text = f"has no {weight} font, so the regular stands in its place; add {weight}:"
            self.warnings.append(self._document.problem(("fonts", role), text))
        regular = files.pop("regular")
        return FontFamily(regular, **files) if regular else None

    def _file(self, place: Place, name: str | None) -> bytes | None:
        """Return the bytes of a font; None where there is none, or an unfit one, which is a problem."""
        if name is None:
            return None
        try:
            content = read_bytes(self._path(name), 4 * LARGEST_FONT)
        except (ConfigurationError, SpecError) as error:
            self.problems.append(self._document.problem(place, str(error)))
            return None
        if fault := _fault(content):
            self.problems.append(self._document.problem(place, f"{name} {fault}"))
            return None
        if place[1] == "text" and place[2] != "italic" and not _has_even_figures(content):
            text = f"the figures of {name} have several widths, and stand in no columns"
            self.warnings.append(self._document.problem(place, text))
        return _first_equal(content)

    def _path(self, name: str) -> Path:
        """Return the path of a font: from the theme's folder, below the root.

        Raises:
            ConfigurationError: It is outside, or not there.
        """
        root = self._root.absolute()
        if PurePath(name).is_absolute():
            return inside(self._folder, name)
        below = PurePath(normpath(self._folder.absolute() / name))
        if not below.is_relative_to(root):
            raise ConfigurationError(f"{name} leads out of {self._root}; copy the font into it")
        return inside(root, str(below.relative_to(root)))


@lru_cache(maxsize=32)
def _first_equal(content: bytes) -> bytes:
    """Return the first object of equal bytes: caches by font compare objects in no time, and megabytes in some."""
    return content


@lru_cache(maxsize=32)
def _fault(content: bytes) -> str:
    return font_fault(content)


@lru_cache(maxsize=32)
def _has_even_figures(content: bytes) -> bool:
    return has_even_figures(content)
