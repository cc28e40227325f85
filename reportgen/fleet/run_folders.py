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


LOCK = ".reportgen.lock"
"""File in the root by which a process has it to itself; it stays there."""


def run_folder(folder: Path) -> Path:
    """Return the path of a run's folder under its root, from any path or link that leads to it.

    The runs of a root, or a single run, may themselves be a link to another disk: their place under the root counts
    then. Of two such places that is taken in whose root runs have worked.
    """
    named, real = Path(os.path.abspath(folder)), folder.resolve()  # noqa: PTH100 - with the links in it
    places = [place for place in (named, real) if place.parent.name == RUNS] or [real]
    return next((place for place in places if (place.parent.parent / LOCK).exists()), places[0])


def root_of(folder: Path) -> Path:
    """Return the folder under which everything of a run is written: two above the run's own folder."""
    return run_folder(folder).parent.parent


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
    root, name = root_of(folder).resolve(), run_folder(folder).name
    return Path(os.path.normpath(root / RUNS / name / recorded))
