"""The folders that a report depends on: of its spec, its client, the files that these name, templates and themes."""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.fetching import plan_files
from reportgen.resources import templates_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.errors import Problem
    from reportgen.spec.planning import Plan

_MOST_BELOW = 50


def folders_of(plan: Plan) -> frozenset[Path]:
    """Return the folders whose files may change the report; some may not exist yet."""
    return frozenset(path.absolute().parent for path in _files(plan)) | template_folders()


def folders_to_mend(spec: Path, problems: Iterable[Problem]) -> frozenset[Path]:
    """Return the folders in which a change may mend a spec that cannot be read: of its problems, and below its own.

    What a spec includes lies below its folder, and is unknown as long as it cannot be read.
    """
    below = islice(_folders_below(spec.absolute().parent), _MOST_BELOW)
    return frozenset((*(Path(problem.file).absolute().parent for problem in problems), *below))


@lru_cache(maxsize=1)
def template_folders() -> frozenset[Path]:
    """Return the folder of the templates and the folders below it."""
    folder = templates_folder()
    return frozenset({folder, *(path for path in folder.rglob("*") if path.is_dir())})


def _folders_below(folder: Path) -> Iterator[Path]:
    """Yield the folders below a folder but for hidden folders, the upper before the lower."""
    waiting = deque([folder])
    while waiting:
        below = sorted(path for path in waiting.popleft().glob("[!.]*") if path.is_dir() and not path.is_symlink())
        waiting.extend(below)
        yield from below


def _files(plan: Plan) -> Iterator[Path]:
    yield plan.spec.path
    if plan.client:
        yield plan.client.path
    yield from (file.path for file in plan_files(plan))
