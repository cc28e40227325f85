"""The watch over the folders of a report for saved files.

It compares the stamps of the files again and again. Notices of the operating system would come sooner, but none come of
a folder that is made later or anew, nor from a network drive.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

_TEXTS = (".yaml", ".yml", ".md", ".txt", ".json", ".html", ".css", ".js")
_TEMPORARY = (".", "~", "#")  # of editors
_PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif")
_LOOK_AGAIN = 0.15  # seconds
# Seconds in which nothing more may be saved, so that an editor's several steps are one change. It is longer than the
# tick of a file system's clock: two saves within a tick may have the same stamp, but both come before the build.
_QUIET = 0.03
_MOST_STEPS = 10

_Stamps: TypeAlias = "dict[Path, dict[str, tuple[int, ...]]]"
"""Folder -> name of a file in it -> what differs once the file is saved or replaced."""


def saved_files(folders: Callable[[], frozenset[Path]]) -> Iterator[frozenset[Path]]:
    """Yield the files of each change, for ever: those saved, added or removed since the change before.

    The set is empty at the beginning, and where a folder is watched that was not watched before: any of its files may
    have been saved since it was read.

    Args:
        folders: Returns the folders to watch, which may differ from change to change, and need not exist.
    """
    stamps: _Stamps = {}
    while True:
        seen, stamps = stamps, _stamps_of(folders())
        is_known = stamps.keys() <= seen.keys()
        if is_known and all(files == seen[folder] for folder, files in stamps.items()):
            time.sleep(_LOOK_AGAIN)
            continue
        stamps = _settled(stamps)
        yield _difference(seen, stamps) if is_known else frozenset()


def _settled(stamps: _Stamps) -> _Stamps:
    """Return the stamps of the same folders once no file is saved for a moment."""
    for _ in range(_MOST_STEPS):
        time.sleep(_QUIET)
        before, stamps = stamps, _stamps_of(stamps)
        if stamps == before:
            break
    return stamps


def _difference(before: _Stamps, now: _Stamps) -> frozenset[Path]:
    """Return the files that were saved, added or removed in the folders of now."""
    return frozenset(
        folder / name for folder, files in now.items() for name, _ in files.items() ^ before[folder].items()
    )


def _stamps_of(folders: Iterable[Path]) -> _Stamps:
    return {folder: dict(_stamps_in(folder)) for folder in folders}


def _stamps_in(folder: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the name and stamp of each file of a folder that may belong to a report, and of each folder in it."""
    # A folder may be missing, or may not be read, which the build says where it matters.
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(_TEMPORARY):
                continue
            if entry.is_dir():
                yield entry.name, ()  # that it is there may be all that a report waited for
            elif entry.name.lower().endswith(_TEXTS + _PICTURES):
                with suppress(OSError):  # it was removed meanwhile
                    status = entry.stat()
                    yield entry.name, (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
