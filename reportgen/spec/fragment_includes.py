"""The key `include:` of a spec: sections and blocks of other files, read as if they stood in the spec.

Only files in the spec's folder are read, and their number, size and depth are bounded.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from reportgen.components.did_you_mean import nearest
from reportgen.connect.picture_files import inside
from reportgen.errors import ConfigurationError, Problem, SpecError
from reportgen.spec.fragment_parameters import filled, parameters_in
from reportgen.spec.fragment_prefix import prefixed
from reportgen.spec.include_spec import IncludeSpec
from reportgen.spec.problem_messages import problems_of
from reportgen.spec.yaml_parser import MOST_NODES
from reportgen.spec.yaml_reader import Document, Origin, read_yaml

if TYPE_CHECKING:
    from pydantic import JsonValue

    from reportgen.spec.fragment_parameters import Scalar
    from reportgen.spec.yaml_reader import Place

DEEPEST = 5
MOST_FILES = 100
MOST_LETTERS = 2_000_000
_SUFFIXES = (".yaml", ".yml")
_MOST_SHOWN = 12


def with_fragments(document: Document) -> Document:
    """Return a spec's document with the included entries in place of each `include:`.

    Raises:
        SpecError: With every problem of the includes; the entries are not yet validated.
    """
    sections = document.value_at(("sections",))
    if not isinstance(document.value, dict) or not isinstance(sections, list) or not _has_include(sections):
        return document
    reading = _IncludeReader(Path(document.file))
    source = _Source(document, (Path(document.file).resolve(),))
    value = {
        key: reading.entries(source, (key,), (key,))
        if key == "sections"
        else reading.copied(under, source, (key,), (key,))
        for key, under in document.value.items()
    }
    if reading.problems:
        raise SpecError(reading.problems)
    values, keys = {(): document.values.get((), (1, 1))} | reading.values, reading.keys
    keys |= {place: mark for place, mark in document.keys.items() if len(place) == 1}
    fragments = tuple(Path(fragment.file) for fragment in reading.read.values())
    return Document(document.file, value, values, keys, reading.origins, fragments)


def _has_include(entries: list[JsonValue]) -> bool:
    return any(
        isinstance(entry, dict)
        and ("include" in entry or (isinstance(below := entry.get("blocks"), list) and _has_include(below)))
        for entry in entries
    )


@dataclass(frozen=True, slots=True)
class _Source:
    """A source file of the spec while it is read.

    Attributes:
        document: Its content.
        chain: The files that lead to it from the spec, itself the last.
        by: The file and line that include it; empty for the spec itself.
        given: The values of its parameters; None in the spec itself, which has none.
        used: The parameters that it names, as far as it is read.
    """

    document: Document
    chain: tuple[Path, ...]
    by: str = ""
    given: dict[str, Scalar] | None = None
    used: set[str] = field(default_factory=set)

    def problem(self, place: Place, message: str) -> Problem:
        """Return a problem of this file, with the file that includes it."""
        return _with_includer(self.document.problem(place, message), self.by)


@dataclass(slots=True)
class _IncludeReader:
    """The content of a spec while its includes are read."""

    spec: Path
    values: dict[Place, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Place, tuple[int, int]] = field(default_factory=dict)
    origins: dict[Place, Origin] = field(default_factory=dict)
    read: dict[Path, Document] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    nodes: int = 0
    letters: int = 0

    def entries(self, source: _Source, place: Place, at: Place, begin: int = 0) -> list[JsonValue]:
        """Return a list with its includes replaced.

        Args:
            source: The file of the list.
            place: Its place in that file.
            at: Its place in the complete spec, which ends with `sections` or `blocks`.
            begin: The number of entries before it at that place.
        """
        written = source.document.value_at(place)
        made: list[JsonValue] = []
        for index, entry in enumerate(written if isinstance(written, list) else ()):
            there, to = (*place, index), (*at, begin + len(made))
            if isinstance(entry, dict) and "include" in entry:
                made += self._included(source, there, at, begin + len(made))
                continue
            self.origins[to] = Origin(source.document.file, there, source.by)
            if at[-1] == "sections" and isinstance(entry, dict) and isinstance(entry.get("blocks"), list):
                rest = self.copied({**entry, "blocks": None}, source, there, to)
                blocks = self.entries(source, (*there, "blocks"), (*to, "blocks"))
                made.append({**rest, "blocks": blocks} if isinstance(rest, dict) else rest)
            else:
                made.append(self.copied(entry, source, there, to))
        return made

    def copied(self, value: JsonValue, source: _Source, place: Place, at: Place) -> JsonValue:
        """Return a value with its parameters replaced, and note its line."""
        self._count(source, place)
        for marks, known in ((self.values, source.document.values), (self.keys, source.document.keys)):
            if place in known:
                marks[at] = known[place]
        match value:
            case str():
                return self._with_parameters(value, source, place)
            case list():
                return [self.copied(item, source, (*place, step), (*at, step)) for step, item in enumerate(value)]
            case dict():
                return {key: self.copied(item, source, (*place, key), (*at, key)) for key, item in value.items()}
        return value

    def _count(self, source: _Source, place: Place) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES or self.letters > MOST_LETTERS:
            limit = f"{MOST_NODES:,} keys and values" if self.nodes > MOST_NODES else f"{MOST_LETTERS:,} letters"
            message = f"with all that it includes, the spec holds more than {limit}"
            raise SpecError([*self.problems, source.problem(place, message)])

    def _with_parameters(self, text: str, source: _Source, place: Place) -> JsonValue:
        """Return a text with its parameters replaced; the length of all texts is bounded, as parameters multiply it."""
        if source.given is None:
            return text
        source.used.update(parameters_in(text))
        try:
            made = filled(text, source.given)
        except ValueError as error:
            self.problems.append(source.problem(place, str(error)))
            return text
        self.letters += len(str(made))
        return made

    def _included(self, source: _Source, place: Place, at: Place, begin: int) -> list[JsonValue]:
        """Return the entries of a fragment; none, and a problem, where it cannot be read."""
        self._count(source, place)
        before = len(self.problems)
        written = self._include_at(source, place)
        fragment = self._fragment(written, source, place) if written else None
        if written is None or fragment is None:
            return []
        if misfit := _fragment_fault(fragment.document.value, str(at[-1])):
            self.problems.append(fragment.problem((), misfit))
            return []
        made = self.entries(fragment, (), at, begin)
        unused = [name for name in written.with_ if name not in {"prefix", *fragment.used}]
        for name in unused if len(self.problems) == before else ():
            known = sorted({*fragment.used, "prefix"})
            message = f"{written.include!r} names no {{with.{name}}}; {nearest(name, known)}"
            self.problems.append(source.problem((*place, "with", name), message))
        prefix = written.with_.get("prefix")
        return prefixed(made, prefix) if isinstance(prefix, str) else made

    def _include_at(self, source: _Source, place: Place) -> IncludeSpec | None:
        """Return an include with its own parameters replaced, or None and note its problems."""
        value = source.document.value_at(place)
        aside = replace(self, values={}, keys={})  # the complete spec has no place of the include
        asked = aside.copied(value, source, place, place)
        self.nodes, self.letters = aside.nodes, aside.letters
        try:
            return IncludeSpec.model_validate(asked)
        except ValidationError as error:
            self.problems += (_with_includer(fault, source.by) for fault in problems_of(error, source.document, place))
            return None

    def _fragment(self, written: IncludeSpec, source: _Source, place: Place) -> _Source | None:
        """Return the source of a fragment, or None and note its problem."""
        place = (*place, "include")
        by = f"{self._relative_path(Path(source.document.file))}:{source.document.line(place)}"
        by = f"{by}, included by {source.by}" if source.by else by
        try:
            path = self._path_of(written.include, source.chain)
            if path not in self.read:
                self.read[path] = read_yaml(self.spec.parent / written.include)
        except ConfigurationError as error:
            self.problems.append(source.problem(place, str(error)))
            return None
        except SpecError as error:
            self.problems += (_with_includer(problem, by) for problem in error.problems)
            return None
        return _Source(self.read[path], (*source.chain, path), by, dict(written.with_))

    def _path_of(self, name: str, chain: tuple[Path, ...]) -> Path:
        """Return the path of a file that may be included here.

        Raises:
            ConfigurationError: The file may not be included.
        """
        folder = self.spec.parent
        if not name.lower().endswith(_SUFFIXES):
            raise ConfigurationError(f"{name!r} is no YAML file; what is included ends in .yaml")
        try:
            path = inside(folder, name)
        except ConfigurationError as error:
            raise ConfigurationError(f"{error}{_nearest_file(folder, name)}") from error
        if not path.is_file():  # a pipe would be waited for
            raise ConfigurationError(f"{name!r} is not a file")
        if path in chain:
            circle = " -> ".join(map(self._relative_path, (*chain[chain.index(path) :], path)))
            raise ConfigurationError(f"includes itself: {circle}; take one of these includes out")
        if len(chain) > DEEPEST or (path not in self.read and len(self.read) >= MOST_FILES):
            limit = f"{DEEPEST} files deep" if len(chain) > DEEPEST else f"{MOST_FILES} files"
            raise ConfigurationError(f"{name!r} is too much: a spec includes at most {limit}")
        return path

    def _relative_path(self, path: Path) -> str:
        """Return a path as an include writes it."""
        root = self.spec.resolve().parent
        there = path.resolve()
        return there.relative_to(root).as_posix() if there.is_relative_to(root) else path.name


def _with_includer(problem: Problem, by: str) -> Problem:
    return replace(problem, message=f"{problem.message} (included by {by})") if by else problem


def _fragment_fault(entries: JsonValue, kind: str) -> str:
    """Return the fault of a fragment that is included as sections or as blocks; empty where it has none."""
    other = "blocks" if kind == "sections" else "sections"
    form = f"a list of {kind}, each of them after a hyphen"
    if not entries:
        return f"is empty; it has to hold {form}"
    if not isinstance(entries, list):
        keys = f"the keys {', '.join(list(entries)[:_MOST_SHOWN])}" if isinstance(entries, dict) else "a single value"
        return f"holds {keys}; a file that is included holds {form}"
    sections = [isinstance(entry, dict) and "blocks" in entry for entry in entries]
    plain = [not (isinstance(entry, dict) and entry.keys() & {"include", "blocks", "title"}) for entry in entries]
    if any(sections) if kind == "blocks" else all(plain):
        return f"holds {other}; include it as an entry of {other}:, not of {kind}:"
    return ""


def _nearest_file(folder: Path, name: str) -> str:
    """Return advice on the nearest file in a missing file's folder, else in the spec's folder and those below."""
    try:
        beside = sorted((inside(folder, str(Path(name).parent))).glob("*.y*ml"))
    except ConfigurationError:
        beside = []
    found = beside or [path for pattern in ("*.y*ml", "*/*.y*ml") for path in sorted(folder.resolve().glob(pattern))]
    known = [path.relative_to(folder.resolve()).as_posix() for path in found[:_MOST_SHOWN]]
    return f"; {nearest(name, known)}" if known else ""
