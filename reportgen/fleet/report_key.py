"""The key of a report: the digest of all that decides it."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import TYPE_CHECKING

from reportgen.connect.remote_pictures import is_remote
from reportgen.fetching import fetch_passages, plan_pictures
from reportgen.files import read_bytes
from reportgen.resources import program_version, templates_folder
from reportgen.spec.brand_pictures import brand_pictures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.spec.planning import Plan

_UNPRINTED = {"api", "email"}  # of a client; a token's file is on this disk


def report_key(plan: Plan, formats: Sequence[str]) -> str:
    """Return the digest of all that decides a report: a change of any of it is another job."""
    client, window = plan.client, plan.window
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
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]


def _files(plan: Plan) -> dict[str, str]:
    """Return the digests of the spec's fragments, the author's passages, and pictures of the spec and the client."""
    passages = fetch_passages(plan)
    digests = {name: digest_of(repr(text).encode()) for name, text in passages.items()}
    digests |= {str(path.relative_to(plan.spec.folder)): digest_of(read_bytes(path)) for path in plan.spec.fragments}
    brand = [(picture.folder, picture.name, picture.place[0]) for picture in brand_pictures(plan.spec, plan.client)]
    pictures = [(plan.spec.folder, name, "block") for name in plan_pictures(plan, passages)]
    for folder, name, role in (*brand, *pictures):
        if not is_remote(name) and (folder / name).is_file():
            digests[f"{role} {name}"] = digest_of((folder / name).read_bytes())
    return digests


@lru_cache(maxsize=1)
def _templates() -> str:
    """Return the digest of the templates of reports, without the pages for staff."""
    files = sorted(path for path in templates_folder().rglob("*") if path.is_file() and path.parent.name != "staff")
    return digest_of(b"".join(path.name.encode() + path.read_bytes() for path in files))


def digest_of(content: bytes) -> str:
    """Return the SHA-256 digest of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
