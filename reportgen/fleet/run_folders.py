"""The paths of a run, its root and its fleet file, which stay right when the whole tree is moved."""

from __future__ import annotations

import os
from pathlib import Path

RUNS = "runs"
"""Folder under the root with a folder for each run."""

FILES = "files"
"""Folder in the folder of a run, while it runs: the pictures and fonts that its workers read."""

ROOT = "../.."
"""The root, from the folder of a run."""


def root_of(folder: Path) -> Path:
    """Return the folder under which everything of a run is written: two above the run's own folder."""
    return Path(os.path.abspath(folder)).parent.parent  # noqa: PTH100 - a link to the root stays one


def fleet_path(file: Path, folder: Path) -> str:
    """Return the path of a fleet file for the record of a run.

    It starts from the folder of the run where the fleet is in the root or above it, because such a tree is moved as a
    whole; else it is absolute, with the links in it as they are: a link to the newest release stays one.
    """
    root, home = root_of(folder).resolve(), file.parent.resolve()
    if root.is_relative_to(home) or home.is_relative_to(root):
        return os.path.relpath(home / file.name, root / RUNS / folder.name)
    return os.path.abspath(file)  # noqa: PTH100 - see above


def fleet_file(folder: Path, recorded: str) -> Path:
    """Return the fleet file of a run from the path in its record; it may not exist."""
    root = root_of(folder).resolve()
    return Path(os.path.normpath(root / RUNS / folder.name / recorded))
