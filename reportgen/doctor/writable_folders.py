"""Diagnoses of the folders that are written to: whether a file can be written, renamed over another and locked."""

from __future__ import annotations

import fcntl
import os
import shlex
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.doctor.diagnosis import Diagnosis

if TYPE_CHECKING:
    from collections.abc import Callable

_ROOM = 200_000_000  # bytes; the files of some hundred reports
_MEGABYTE = 1_000_000


class _UnfitError(Exception):
    """A folder is unfit for reports; never leaves this module."""


def look_at_folder(
    subject: str, folder: Path, *, private: bool = False, lock: Callable[[int, int], object] = fcntl.flock
) -> Diagnosis:
    """Return the diagnosis of a folder, in which everything is tried that a run does there, without traces.

    Where the folder does not exist yet, the nearest folder above it is tried.

    Args:
        subject: Purpose of the folder.
        folder: The folder.
        private: Whether others must not be able to write to it.
        lock: Locks an open file, as `fcntl.flock` does.
    """
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    where = str(folder) if folder.exists() else f"{folder} (not there yet; tried in {there})"
    if not there.is_dir():
        return Diagnosis(subject, "environment", f"{there} is a file, so {folder} cannot be a folder", f"ls -l {there}")
    try:
        _try(there, lock)
    except _UnfitError as error:
        return Diagnosis(subject, "environment", f"{where}: {error}; write to a local disk", _look(there))
    except OSError as error:
        text = f"{where}: cannot be written to: {error.strerror or error}"
        return Diagnosis(subject, "environment", text, f"sudo chown {os.getuid()} {shlex.quote(str(there))}")
    if private and folder.is_dir() and folder.stat().st_mode & 0o022:
        command = f"chmod go-w {shlex.quote(str(folder))}"
        return Diagnosis(subject, "environment", f"{where}: others may write to it, so it is not used", command)
    free = shutil.disk_usage(there).free
    if free < _ROOM:
        return Diagnosis(subject, "note", f"{where}: only {free // _MEGABYTE} MB are free", _look(there))
    return Diagnosis(subject, "ok", f"{where}: can be written to, renamed in and locked")


def _try(folder: Path, lock: Callable[[int, int], object]) -> None:
    """Write, rename and lock files in a new folder below.

    Raises:
        _UnfitError: Files cannot be renamed or locked as reports need it.
        OSError: It cannot be written to.
    """
    own = Path(tempfile.mkdtemp(prefix=".reportgen-doctor-", dir=folder))
    try:
        old, new = own / "report", own / ".report.tmp"
        old.write_bytes(b"old")
        new.write_bytes(b"new")
        try:
            new.replace(old)
        except OSError as error:
            raise _UnfitError(
                f"a file cannot be renamed over another ({error.strerror}), so none could be written whole"
            ) from error
        if old.read_bytes() != b"new" or new.exists():
            raise _UnfitError("a file that was renamed over another is not there as a whole")
        _try_lock(own / ".lock", lock)
    finally:
        with suppress(OSError):
            shutil.rmtree(own)


def _try_lock(path: Path, lock: Callable[[int, int], object]) -> None:
    """Lock a file twice: the second lock has to be refused."""
    first, second = (os.open(path, os.O_RDWR | os.O_CREAT, 0o600) for _ in range(2))
    try:
        lock(first, fcntl.LOCK_EX | fcntl.LOCK_NB)
        try:
            lock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
    except OSError as error:
        raise _UnfitError(
            f"this file system keeps no locks ({error.strerror}), so two runs would write over each other"
        ) from error
    finally:
        os.close(first)
        os.close(second)
    raise _UnfitError("this file system lets two programs have the same lock, so two runs would write over each other")


def _look(folder: Path) -> str:
    return f"df -hT {shlex.quote(str(folder))}"
