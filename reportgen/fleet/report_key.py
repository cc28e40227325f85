"""The key of a report: the digest of all that decides it."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import TYPE_CHECKING

from reportgen.fetching import plan_files
from reportgen.files import read_bytes
from reportgen.resources import program_version, templates_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.spec.planning import Plan

_UNPRINTED = {"api", "email"}  # of a client; a token's file is on this disk


def report_key(plan: Plan, formats: Sequence[str]) -> str:
    """Return the digest of all that decides a report: a change of any of it is another job."""
    client, window = plan.client, plan.window
    further = sorted(_further_windows(plan))
    parts = {
        "spec": digest_of(read_bytes(plan.spec.path)),
        "client": client.model_dump_json(exclude_unset=True, exclude=_UNPRINTED) if client else "",
        "files": _files(plan),
        "period": [window.current.start.isoformat(), window.current.end.isoformat()],
        "baseline": [window.baseline.start.isoformat(), window.baseline.end.isoformat()] if window.baseline else [],
        "locale": plan.locale,
        "formats": list(formats),
        "pdf_variant": plan.spec.pdf_variant,
        "templates": _templates(),
        "version": program_version().split(".")[0],
        **({"windows": further} if further else {}),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]


def _further_windows(plan: Plan) -> set[str]:
    """Return the dates of the windows that blocks ask for besides the report's two periods."""
    asked = {period for query in plan.author_keys() for period in (query.window.current, query.window.baseline)}
    own = {period.dates for period in (plan.window.current, plan.window.baseline) if period}
    return {period.dates for period in asked if period} - own


def _files(plan: Plan) -> list[list[str]]:
    """Return the kind, the name and the digest of each file that the report is made from."""
    files = (file for file in plan_files(plan) if file.path.is_file())
    return [[file.kind, file.name, digest_of(read_bytes(file.path))] for file in files]


@lru_cache(maxsize=1)
def _templates() -> str:
    """Return the digest of the templates of reports, without the pages for staff."""
    files = sorted(path for path in templates_folder().rglob("*") if path.is_file() and path.parent.name != "staff")
    return digest_of(b"".join(path.name.encode() + path.read_bytes() for path in files))


def digest_of(content: bytes) -> str:
    """Return the SHA-256 digest of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
