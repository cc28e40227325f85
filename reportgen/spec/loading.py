"""Specs, clients and fleets from their files: complete, or with every problem at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from pydantic import ValidationError

from reportgen.components.yaml_models import YamlModel
from reportgen.errors import Problem, SpecError
from reportgen.spec.account_sums import require_sums
from reportgen.spec.block_references import (
    follows_from,
    reference_problems,
    requirement_problems,
    section_name_problems,
)
from reportgen.spec.client_file import Client
from reportgen.spec.client_overrides import misfits
from reportgen.spec.fleet_file import Fleet
from reportgen.spec.fragment_includes import with_fragments
from reportgen.spec.goals_file import read_goals
from reportgen.spec.live_word_checks import live_word_problems, number_names
from reportgen.spec.plain_tokens import token_problems
from reportgen.spec.problem_messages import problems_of
from reportgen.spec.report_spec import ReportSpec
from reportgen.spec.source_accounts import accounts
from reportgen.spec.theme_file import ThemeFile
from reportgen.spec.yaml_reader import Document, read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from os import PathLike

_NO_KEYS = (
    "holds no keys; a file begins with version: 1",
    "holds a list; what a spec includes is checked with that spec, and any other file begins with version: 1",
)
_KINDS: dict[type[YamlModel], str] = {ReportSpec: "spec", Client: "client", Fleet: "fleet", ThemeFile: "theme"}
_TELLING_KEYS: dict[type[YamlModel], str] = {
    ReportSpec: "sections:",
    Client: "name: and sources:",
    Fleet: "reports:",
    ThemeFile: "colors: or fonts:",
}
_MOST_SPECS = 50  # of a folder that are read to find a name

Arguments = ParamSpec("Arguments")
Loaded = TypeVar("Loaded")
File = TypeVar("File", bound=YamlModel)


def load_spec(path: str | PathLike[str]) -> ReportSpec:
    """Return the report spec of a file.

    Raises:
        SpecError: With every problem of the file.
    """
    return _spec(read_yaml(Path(path)))


def load_client(path: str | PathLike[str]) -> Client:
    """Return the client of a file. Tokens are not read yet.

    Raises:
        SpecError: With every problem of the file.
    """
    return client_of(read_yaml(Path(path)))


def client_of(document: Document) -> Client:
    """Return the client in a document.

    Raises:
        SpecError: With every problem of the document.
    """
    path = Path(document.file)
    client = _validated(Client, document).at(path, document.line(()) if path.suffix.lower() == ".csv" else 0)
    return (
        client.over(read_goals(client.folder, client.goals_file).of_client(client.id)) if client.goals_file else client
    )


def fleet_of(document: Document) -> Fleet:
    """Return the fleet in a document.

    Raises:
        SpecError: With every problem of the document.
    """
    return _validated(Fleet, document)


def theme_file_of(document: Document) -> ThemeFile:
    """Return the theme file in a document.

    Raises:
        SpecError: With every problem of the document.
    """
    return _validated(ThemeFile, document)


def load_spec_and_client(
    spec: str | PathLike[str], client: str | PathLike[str] | None
) -> tuple[ReportSpec, Client | None]:
    """Return a spec and a client, or None where no client is named, that fit each other.

    Raises:
        SpecError: With every problem of both files.
    """
    loaded_spec, problems = attempted(load_spec, spec)
    loaded_client, more = attempted(load_client, client) if client else (None, ())
    if loaded_spec is None or problems or more:
        raise SpecError((*problems, *more))
    accounts(loaded_spec, loaded_client)
    require_sums(loaded_spec, loaded_client)
    require_fit(loaded_spec, loaded_client)
    return loaded_spec, loaded_client


def require_fit(spec: ReportSpec, client: Client | None) -> None:
    """Refuse a client whose titles, order or hide name no part of the spec or of another spec in its folder.

    Raises:
        SpecError: With every unknown name.
    """
    if client and misfits(spec, client) and (found := misfits(spec, client, _specs_beside(spec.path))):
        document = read_yaml(client.path)
        raise SpecError(document.problem(misfit.place, misfit.message, at_key=True) for misfit in found)


def _specs_beside(path: Path) -> Iterator[ReportSpec]:
    """Yield the other specs of a folder, as a client file may suit several specs."""
    for other in sorted(path.parent.glob("*.y*ml"))[:_MOST_SPECS]:
        found, _ = attempted(load_spec, other) if other != path else (None, ())
        if found:
            yield found


def read_file_of_any_kind(document: Document) -> ReportSpec | Client | Fleet | ThemeFile:
    """Return the spec, client, fleet or theme in a document, by its keys.

    Raises:
        SpecError: With every problem of the document.
    """
    kind = _kind_of(document)
    if kind is Fleet:
        return fleet_of(document)
    if kind is ThemeFile:
        return theme_file_of(document)
    return client_of(document) if kind is Client else _spec(document)


def _kind_of(document: Document) -> type[YamlModel] | None:
    """Return the kind of file that a document is by its keys; None where they do not tell."""
    keys = set(document.value) if isinstance(document.value, dict) else set()
    if "reports" in keys:
        return Fleet
    if keys & {"colors", "fonts"} and not keys & {"sections", "sources"}:
        return ThemeFile
    if "sections" in keys:
        return ReportSpec
    return Client if "name" in keys and not keys & {"title", "agency"} else None


def _spec(written: Document) -> ReportSpec:
    document = with_fragments(written)
    spec = _validated(ReportSpec, document, reference_problems(document))
    spec = spec.at(Path(document.file), document.fragments, tuple(_block_lines(document, spec)))
    checks = (requirement_problems, section_name_problems, live_word_problems)
    if problems := [problem for check in checks for problem in check(document, spec)]:
        raise SpecError(problems)
    return _with_goals(spec) if spec.goals_file else spec


def _with_goals(spec: ReportSpec) -> ReportSpec:
    """Return a spec with the content of its file of goals, whose names are all numbers of the spec.

    Raises:
        SpecError: With every wrong line of the file.
    """
    goals = read_goals(spec.folder, spec.goals_file or "")
    if problems := list(goals.unknown("name", number_names(spec), f"number of the spec {spec.name!r}")):
        raise SpecError(problems)
    return spec.with_goals(goals)


def _block_lines(document: Document, spec: ReportSpec) -> Iterator[str]:
    """Yield the file and line of each block of a spec, such as `social.yaml:12`, in its order."""
    for place, _, _ in spec.placed_blocks():
        yield f"{document.origin(place).file}:{document.line(place)}"


def attempted(
    load: Callable[Arguments, Loaded], *args: Arguments.args, **kwargs: Arguments.kwargs
) -> tuple[Loaded | None, tuple[Problem, ...]]:
    """Return a loaded file, or None and its problems."""
    try:
        return load(*args, **kwargs), ()
    except SpecError as error:
        return None, error.problems


def other_kind(found: type[YamlModel], wanted: type[YamlModel]) -> str:
    """Return the message of a file that is of another kind than was asked for."""
    key = _TELLING_KEYS[wanted]
    return f"this is a {_KINDS[found]}, not a {_KINDS[wanted]}; give the file of a {_KINDS[wanted]}, which has {key}"


def _validated(kind: type[File], document: Document, problems: list[Problem] | None = None) -> File:
    problems, found_kind = problems or [], _kind_of(document)
    if secret := list(token_problems(document)):
        raise SpecError(secret)  # alone: another message might show the value
    try:
        if not isinstance(document.value, dict):
            raise SpecError([*problems, document.problem((), _NO_KEYS[isinstance(document.value, list)])])
        if found_kind and found_kind is not kind:
            raise SpecError([document.problem((), other_kind(found_kind, kind))])
        file = kind.model_validate(document.value)
    except ValidationError as error:
        found = list(problems_of(error, document))
        raise SpecError([*found, *(problem for problem in problems if not follows_from(problem, found))]) from None
    if problems:
        raise SpecError(problems)
    return file
