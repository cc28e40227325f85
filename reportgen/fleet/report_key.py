"""The key of a report: the digest of what decides what the report shows, and of nothing else."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic import BaseModel

from reportgen.errors import SpecError
from reportgen.fetching import plan_files
from reportgen.files import read_bytes
from reportgen.resources import has_own_templates, templates_folder
from reportgen.spec.loading import theme_file_of
from reportgen.spec.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import JsonValue

    from reportgen.spec.named_files import NamedFile
    from reportgen.spec.planning import Plan

EDITION = 1
"""Raised by a version that shows other numbers or words for the same answers: it makes every report anew."""

_UNSHOWN = frozenset({"api", "email", "fetch", "lasting_id"})
"""Keys of a client that no report shows; a token's file is on this disk."""

_OTHER_PAGES = {"staff", "mail"}  # folders of templates that no report is made of

_UNORDERED = frozenset({"fields", "extra", "goals", "titles"})
"""Keys whose mappings are looked up by name; the order of others, such as `sources`, shows."""

CHANGES: Mapping[str, str] = {
    "spec": "its spec has changed",
    "client": "its client's file has changed",
    "files": "a file that it shows has changed",
    "days": "its days have changed",
    "language": "its language has changed",
    "formats": "other files are asked for",
    "program": "this version of reportgen draws it differently",
}
"""What a change of each part of a key means, in words."""


def key_parts(plan: Plan, formats: Sequence[str]) -> dict[str, str]:
    """Return the digest of each part of what decides a report, by the names of `CHANGES`.

    Comments, the order of keys and how a value is written in YAML are no part of it, and neither are addresses, tokens
    and the day on which the report is made.
    """
    client, window = plan.client, plan.window
    own: list[JsonValue] = [period.dates for period in (window.current, *window.compared)]
    files = (
        file for file in plan_files(plan) if file.kind != "goals" and file.path.is_file()
    )  # the client has its own
    parts: dict[str, JsonValue] = {
        "spec": [plan.spec.name, written(plan.spec)],
        "client": [client.id, written(client, _UNSHOWN)] if client else [],
        "files": [f"{file.kind} {file.name} {_digest_of_file(file)}" for file in files],
        "days": [*own, *sorted(_asked_dates(plan) - {*map(str, own)}), plan.timezone],
        "language": plan.locale,
        "formats": [*formats, plan.spec.pdf_variant],
        "program": [EDITION, _own_templates()],
    }
    return {name: _short_digest(part) for name, part in parts.items()}


def key_of(parts: Mapping[str, str]) -> str:
    """Return the key of a report from its parts: a change of any of them is another job."""
    return _short_digest(dict(parts))


def written(value: object, without: frozenset[str] = frozenset(), *, is_sorted: bool = False) -> JsonValue:
    """Return what an author wrote, as JSON values without defaults.

    Args:
        value: A model of a file, or a value in it.
        without: Keys of the model that are left out.
        is_sorted: Whether a mapping is sorted by its keys.
    """
    if isinstance(value, BaseModel):
        fields = (name for name in type(value).model_fields if name in value.model_fields_set - without)
        parts = ((name, getattr(value, name)) for name in fields)
        return {
            name: written(_comparisons(part) if name == "compare" else part, is_sorted=name in _UNORDERED)
            for name, part in parts
        }
    if isinstance(value, dict):
        pairs: list[JsonValue] = [[str(key), written(part, is_sorted=is_sorted)] for key, part in value.items()]
        return sorted(pairs, key=str) if is_sorted else pairs
    if isinstance(value, list | tuple):
        return [written(part, is_sorted=is_sorted) for part in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _comparisons(value: object) -> object:
    """Return the words of a `compare` as an author writes them: a single word stands without a list."""
    match value:
        case ():
            return "none"
        case (word,):
            return word
    return value


def _asked_dates(plan: Plan) -> set[str]:
    """Return the dates of all periods that blocks ask for."""
    windows = (query.window for query in plan.author_keys())
    return {period.dates for window in windows for period in (window.current, window.baseline) if period}


def _digest_of_file(file: NamedFile) -> str:
    """Return the digest of a file that a report is made from; of YAML it is that of the content.

    What a fragment says stands in the spec that includes it.
    """
    if file.kind == "fragment":
        return ""
    if file.kind == "theme":
        try:
            return _short_digest(written(theme_file_of(read_yaml(file.path))))
        except SpecError:  # the report says so
            pass
    return digest_of(read_bytes(file.path))


@lru_cache(maxsize=1)
def _own_templates() -> str:
    """Return the digest of the user's own templates of reports, without the pages for staff and those of letters."""
    if not has_own_templates():
        return ""
    found = templates_folder().rglob("*")
    files = sorted(path for path in found if path.is_file() and path.parent.name not in _OTHER_PAGES)
    return digest_of(b"".join(path.name.encode() + path.read_bytes() for path in files))


def _short_digest(value: JsonValue) -> str:
    return digest_of(json.dumps(value, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass"))[:32]


def digest_of(content: bytes) -> str:
    """Return the SHA-256 digest of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
