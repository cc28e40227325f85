"""The folders that a report depends on: of its spec, fragments, client, passages, pictures, templates and themes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.connect.remote_pictures import is_remote
from reportgen.resources import templates_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.errors import Problem
    from reportgen.spec.planning import Plan

_MOST_BESIDE = 50


def folders_of(plan: Plan) -> frozenset[Path]:
    """Return the folders whose files may change the report; where a folder does not exist yet, the folder above it."""
    found = set()
    for path in _files(plan):
        found.add(next(folder for folder in path.absolute().parents if folder.is_dir()))
    return frozenset(found) | template_folders()


def folders_to_mend(spec: Path, problems: Iterable[Problem]) -> frozenset[Path]:
    """Return the folders in which a change may mend a spec that cannot be read: of its problems, and beside it."""
    beside = sorted(path for path in spec.parent.glob("[!.]*") if path.is_dir())[:_MOST_BESIDE]
    return frozenset((*(Path(problem.file).parent for problem in problems), *beside))


@lru_cache(maxsize=1)
def template_folders() -> frozenset[Path]:
    """Return the folder of the templates and the folders below it."""
    folder = templates_folder()
    return frozenset({folder, *(path for path in folder.rglob("*") if path.is_dir())})


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
