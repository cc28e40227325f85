"""The folders a report depends on: of its spec, what that includes, client, words, pictures, templates and themes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from reportgen.connect.remote_pictures import is_remote
from reportgen.resources import templates_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportgen.spec.planning import Plan


def folders_of(plan: Plan) -> frozenset[Path]:
    """Return the folders in which a change may change the report; where one is not there yet, the one above it."""
    found = set()
    for path in _files(plan):
        found.add(next(folder for folder in path.absolute().parents if folder.is_dir()))
    return frozenset(found) | template_folders()


@lru_cache(maxsize=1)
def template_folders() -> frozenset[Path]:
    """Return the folder of the templates and those below."""
    folder = templates_folder()
    return frozenset({folder, *(one for one in folder.rglob("*") if one.is_dir())})


def _files(plan: Plan) -> Iterator[Path]:
    yield from (plan.spec.path, *plan.spec.fragments)
    folder = plan.spec.folder
    names = [plan.spec.agency.logo, *(name for planned in plan.blocks for name in planned.block.pictures())]
    passages = [planned.scope.fill(file.file) for planned in plan.blocks for file in planned.block.passages()]
    yield from (folder / name for name in (*names, *passages) if name and not is_remote(name))
    if plan.client:
        yield plan.client.path
        if plan.client.brand.logo:
            yield plan.client.folder / plan.client.brand.logo
