"""The files that a spec and a client name, found by the marks of their fields: `NamesFile`.

The key of a report, `check`, `bundle` and `preview` all read this list, so that none of them forgets a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from os.path import normpath
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from pydantic import BaseModel

from reportgen.components.yaml_models import NamesFile
from reportgen.connect.remote_pictures import is_remote
from reportgen.spec.theme import named_fonts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.components.yaml_models import FileKind
    from reportgen.spec.client_file import Client
    from reportgen.spec.report_spec import ReportSpec
    from reportgen.spec.yaml_reader import Place


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file that a spec, a client or a theme names.

    Attributes:
        kind: The kind of file.
        name: Its path from the root; that of prose may hold variables.
        root: The folder of the spec or the client, which the file has to be below.
        place: The place in the spec or the client that names it; empty where it is not known.
    """

    kind: FileKind
    name: str
    root: Path
    place: Place = ()

    @property
    def path(self) -> Path:
        """The path of the file, with its variables not filled in."""
        return self.root / self.name


def named_files(spec: ReportSpec, client: Client | None = None) -> tuple[NamedFile, ...]:
    """Return every file that a report is made from, but the spec's and the client's own.

    Files of secrets are not among them: they decide nothing that is printed, and are read by nobody else.
    """
    files = [NamedFile("fragment", str(path.relative_to(spec.folder)), spec.folder) for path in spec.fragments]
    for file in files_of(spec, spec.folder):
        has_place = not (spec.fragments and file.place[0] == "sections")
        files.append(file if has_place else NamedFile(file.kind, file.name, file.root))
        if file.kind == "theme":
            files += _fonts(file)
    return (*files, *(files_of(client, client.folder) if client else ()))


def files_of(written: BaseModel, root: Path) -> Iterator[NamedFile]:
    """Yield the files below a folder that a spec or a client names, without pictures of other hosts and secrets."""
    for place, kind, name in marked_texts(written):
        if kind != "secret" and not (kind == "picture" and is_remote(name)):
            yield NamedFile(kind, name, root, place)


def marked_texts(written: BaseModel, under: Place = ()) -> Iterator[tuple[Place, FileKind, str]]:
    """Yield each text in a model that is the path of a file: its place, the kind of file, and the text."""
    for name, key, marks in marked_fields(type(written)):
        yield from _in_value(getattr(written, name), marks, (*under, key))


def _in_value(value: object, marks: tuple[NamesFile, ...], place: Place) -> Iterator[tuple[Place, FileKind, str]]:
    if isinstance(value, BaseModel):
        yield from marked_texts(value, place)
    elif isinstance(value, str):
        yield from ((place, mark.kind, value) for mark in marks if value and value not in mark.words)
    elif isinstance(value, tuple | list):
        for at, part in enumerate(value):
            yield from _in_value(part, marks, (*place, at))
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _in_value(part, marks, (*place, str(key)))


@lru_cache(maxsize=128)
def marked_fields(model: type[BaseModel]) -> tuple[tuple[str, str, tuple[NamesFile, ...]], ...]:
    """Return the fields of a model: name, key in the file, and the marks of its own texts."""
    return tuple(
        (name, field.alias or name, (*_marks_among(field.metadata), *_marks(field.annotation)))
        for name, field in model.model_fields.items()
    )


def _marks(annotation: object) -> Iterator[NamesFile]:
    """Yield the marks in an annotation, also of the parts of a union, a list or a mapping."""
    yield from _marks_among(getattr(annotation, "__metadata__", ()))
    for part in get_args(annotation):
        yield from _marks(part)


def _marks_among(metadata: object) -> Iterator[NamesFile]:
    if isinstance(metadata, list | tuple):
        yield from (mark for mark in metadata if isinstance(mark, NamesFile))


def _fonts(theme: NamedFile) -> Iterator[NamedFile]:
    """Yield the fonts that a theme file names, as far as it can be read; a font outside of the root is a problem."""
    root = theme.root.absolute()
    for path in named_fonts(theme.path):
        absolute = Path(normpath(path.absolute()))
        if absolute.is_relative_to(root):
            yield NamedFile("font", str(absolute.relative_to(root)), theme.root, theme.place)
