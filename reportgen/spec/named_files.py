"""The files that a spec and a client name, found by the marks of their fields: `NamesFile`.

The key of a report, `check`, `bundle` and `preview` all read this list, so that none of them forgets a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from os.path import normpath
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.components.yaml_models import NamesFile
from reportgen.connect.picture_addresses import is_remote
from reportgen.spec.marked_texts import marked_texts
from reportgen.spec.theme import named_fonts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

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
    for place, mark, name in marked_texts(written, NamesFile):
        is_path = bool(name) and name not in mark.words
        if is_path and mark.kind != "secret" and not (mark.kind == "picture" and is_remote(name)):
            yield NamedFile(mark.kind, name, root, place)


def _fonts(theme: NamedFile) -> Iterator[NamedFile]:
    """Yield the fonts that a theme file names, as far as it can be read; a font outside of the root is a problem."""
    root = theme.root.absolute()
    for path in named_fonts(theme.path):
        absolute = Path(normpath(path.absolute()))
        if absolute.is_relative_to(root):
            yield NamedFile("font", str(absolute.relative_to(root)), theme.root, theme.place)
