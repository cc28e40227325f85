"""The variables of the environment that files name for secrets, also files that are wrong or cannot be read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.errors import SpecError
from reportgen.spec.fleet_clients import client_documents
from reportgen.spec.loading import attempted
from reportgen.spec.yaml_reader import Document, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

_HARMLESS = re.compile(
    r"PATH|HOME|USER|LOGNAME|SHELL|PWD|TMPDIR|TERM|TZ|LANG|LANGUAGE|LC_\w+|XDG_\w+|SSL_CERT_\w+|(?i:\w+_proxy)"
)
_WORD = re.compile(r"[A-Za-z_]\w*", re.ASCII)


def is_harmless(variable: str) -> bool:
    """Return whether a variable of the environment has its own use everywhere, so that it is no secret of a fleet."""
    return bool(_HARMLESS.fullmatch(variable))


def variables_of(written: Document | SpecError) -> Iterator[str]:
    """Yield the variables that a fleet file or a client names for secrets, also where it is not valid.

    A file that cannot be read as a document may name any word of its text but those of `is_harmless`.
    """
    if isinstance(written, Document):
        yield from _named(written.value)
        return
    for file in {Path(problem.file) for problem in written.problems}:
        text = file.read_bytes().decode(errors="replace") if file.is_file() else ""
        yield from (word for word in set(_WORD.findall(text)) if not is_harmless(word))


def variables_of_fleet(path: Path) -> frozenset[str] | None:
    """Return the variables that a fleet file and its clients name for secrets, also where the fleet is refused.

    None where its file cannot be read, or its clients are not found, so that nobody knows what they name.
    """
    fleet, _problems = attempted(read_yaml, path)
    entries = fleet.value.get("reports") if fleet and isinstance(fleet.value, dict) else None
    if fleet is None or not isinstance(entries, list) or not entries:
        return None
    names = set(variables_of(fleet))
    for entry in entries:
        pattern = entry.get("clients") if isinstance(entry, dict) else None
        documents = _documents(path.parent, pattern) if isinstance(pattern, str) else []
        if not documents:
            return None
        names.update(name for document in documents for name in variables_of(document))
    return frozenset(names)


def _documents(folder: Path, pattern: str) -> list[Document | SpecError]:
    """Return the documents of clients, or the errors of files that are there; none where there is no file."""
    found, problems = attempted(lambda: list(client_documents(folder, pattern)))
    is_there = all(Path(problem.file).is_file() for problem in problems)
    return found or ([SpecError(problems)] if problems and is_there else [])


def _named(value: JsonValue) -> Iterator[str]:
    if isinstance(value, dict) and isinstance(name := value.get("env"), str):
        yield name
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from _named(part)
