"""Specs, clients and fleets from their files: every problem at once, or the whole thing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from reportgen.components import FormulaBlock, NumberBlock
from reportgen.components.written import Written, nearest
from reportgen.connect.pictures import load_picture
from reportgen.connect.remote_pictures import is_remote
from reportgen.errors import ConfigurationError, Problem, SpecError
from reportgen.outputs.language import catalogue_of
from reportgen.spec.accounts import accounts
from reportgen.spec.client import Client
from reportgen.spec.fleet import Fleet
from reportgen.spec.plain_tokens import token_problems
from reportgen.spec.problems import problems_of
from reportgen.spec.references import reference_problems
from reportgen.spec.report import ReportSpec
from reportgen.spec.yaml_file import Document, read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from os import PathLike

Loaded = TypeVar("Loaded")
File = TypeVar("File", bound=Written)


def load_spec(path: str | PathLike[str]) -> ReportSpec:
    """Read a report spec.

    Raises:
        SpecError: With every problem of the file.
    """
    return _spec(read_yaml(Path(path)))


def load_client(path: str | PathLike[str]) -> Client:
    """Read a client file. Tokens are not read yet.

    Raises:
        SpecError: With every problem of the file.
    """
    return _client(read_yaml(Path(path)))


def load_fleet(path: str | PathLike[str]) -> Fleet:
    """Read a fleet file.

    Raises:
        SpecError: With every problem of the file.
    """
    return _validated(Fleet, read_yaml(Path(path)))


def load_any(path: str | PathLike[str]) -> ReportSpec | Client | Fleet:
    """Read a file of whichever kind its keys say it is.

    Raises:
        SpecError: With every problem of the file.
    """
    return _whichever(read_yaml(Path(path)))


def load_spec_and_client(
    spec: str | PathLike[str], client: str | PathLike[str] | None
) -> tuple[ReportSpec, Client | None]:
    """Read a spec and, where one is named, a client, and check that they fit each other.

    Raises:
        SpecError: With every problem of both files.
    """
    loaded_spec, problems = _attempted(lambda: load_spec(spec))
    loaded_client, more = _attempted(lambda: load_client(client)) if client else (None, ())
    if loaded_spec is None or problems or more:
        raise SpecError((*problems, *more))
    accounts(loaded_spec, loaded_client)
    return loaded_spec, loaded_client


def check_file(path: Path, client: Path | None = None) -> tuple[Problem, ...]:
    """Return every problem of a file of any kind, of its pictures, and of a spec with its client."""
    document, problems = _attempted(lambda: read_yaml(path))
    if document is None:
        return problems
    loaded, problems = _attempted(lambda: _whichever(document))
    if isinstance(loaded, ReportSpec) and client:
        pair, problems = _attempted(lambda: load_spec_and_client(path, client))
        problems = tuple(_goal_problems(*pair)) if pair else problems
    if isinstance(loaded, Fleet):
        return (*problems, *_missing_files(loaded, document, path.parent))
    return (*problems, *_picture_problems(loaded))


def word_warnings(path: Path) -> tuple[Problem, ...]:
    """Return what to say of a file's locale: that its fixed words are another language's; nothing of a wrong file."""
    document, _ = _attempted(lambda: read_yaml(path))
    if document is None or not isinstance(document.value, dict):
        return ()
    locale = document.value.get("locale")
    if not isinstance(locale, str) or _attempted(lambda: _whichever(document))[1]:
        return ()
    catalogue = catalogue_of(locale)
    if catalogue is None and not locale.lower().startswith("en"):
        message = f"the fixed words have no catalogue for {locale!r} and will be English; numbers and dates follow it"
    elif catalogue and "-" in locale and catalogue not in {locale.replace("-", "_"), "es"}:
        message = f"the fixed words for {locale!r} are those of {catalogue}; numbers and dates follow {locale!r}"
    else:
        return ()
    return (document.problem(("locale",), f"warning: {message}"),)


def _whichever(document: Document) -> ReportSpec | Client | Fleet:
    keys = set(document.value) if isinstance(document.value, dict) else set()
    if "reports" in keys:
        return _validated(Fleet, document)
    return _spec(document) if keys & {"sections", "title", "agency"} or "name" not in keys else _client(document)


def _spec(document: Document) -> ReportSpec:
    return _validated(ReportSpec, document, reference_problems(document)).at(Path(document.file))


def _client(document: Document) -> Client:
    return _validated(Client, document).at(Path(document.file))


def _attempted(load: Callable[[], Loaded]) -> tuple[Loaded | None, tuple[Problem, ...]]:
    """Return what was loaded, or None and what is wrong."""
    try:
        return load(), ()
    except SpecError as error:
        return None, error.problems


def _missing_files(fleet: Fleet, document: Document, folder: Path) -> Iterator[Problem]:
    """Yield a problem for each spec that is not there and each pattern that no client file fits."""
    for index, report in enumerate(fleet.reports):
        if not (folder / report.spec).is_file():
            yield document.problem(("reports", index, "spec"), f"there is no file {report.spec!r} beside the fleet")
        if not _any_file(folder, report.clients):
            yield document.problem(("reports", index, "clients"), f"no file fits {report.clients!r} beside the fleet")


def _any_file(folder: Path, pattern: str) -> bool:
    try:
        return any(folder.glob(pattern))
    except (NotImplementedError, ValueError):  # an absolute or an empty pattern
        return False


def _goal_problems(spec: ReportSpec, client: Client | None) -> Iterator[Problem]:
    """Yield a problem for each goal of the client that is set for no number of the spec."""
    if client is None or not client.goals:
        return
    named = (pair for _, blocks in spec.named_sections() for pair in blocks)
    numbers = [name for name, block in named if isinstance(block, NumberBlock | FormulaBlock)]
    document = read_yaml(client.path)
    for name in (goal for goal in client.goals if goal not in numbers):
        advice = nearest(name, numbers) if numbers else "it has no numbers"
        message = f"{name!r} is no number of the spec {spec.name!r}; {advice}"
        yield document.problem(("goals", name), message, at_key=True)


def _picture_problems(loaded: ReportSpec | Client | None) -> Iterator[Problem]:
    match loaded:
        case ReportSpec():
            shown = (name for section in loaded.sections for block in section.blocks for name in block.pictures())
            names = [loaded.agency.logo, *shown]
        case Client():
            names = [loaded.brand.logo]
        case _:
            return
    for name in dict.fromkeys(name for name in names if name and not is_remote(name)):
        try:
            load_picture(loaded.folder, name)
        except ConfigurationError as error:
            yield Problem(str(loaded.path), 0, 0, "", str(error))


def _validated(kind: type[File], document: Document, problems: list[Problem] | None = None) -> File:
    problems = problems or []
    if secret := list(token_problems(document)):
        raise SpecError(secret)  # alone: another message might show the value
    try:
        if not isinstance(document.value, dict):
            raise SpecError([*problems, document.problem((), "holds no keys; a file begins with version: 1")])
        file = kind.model_validate(document.value)
    except ValidationError as error:
        raise SpecError([*problems, *problems_of(error, document)]) from None
    if problems:
        raise SpecError(problems)
    return file
