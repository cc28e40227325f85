"""Folders: written, renamed in, locked, and left as they were."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from reportgen.doctor.writable_folders import look_at_folder

if TYPE_CHECKING:
    from pathlib import Path


def test_a_good_folder_is_left_as_it_was(tmp_path: Path) -> None:
    """Everything that a run does works, and nothing stays behind."""
    assert look_at_folder("Reports", tmp_path).health == "ok"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_tried_above_and_not_made(tmp_path: Path) -> None:
    """Looking makes no folder."""
    found = look_at_folder("Reports", tmp_path / "out" / "deep")
    assert (found.health, f"tried in {tmp_path}" in found.text) == ("ok", True)
    assert list(tmp_path.iterdir()) == []


def test_a_share_without_locks_is_told(tmp_path: Path) -> None:
    """F22: a file system that keeps no locks, as some network shares, is wrong for reports."""

    def no_locks(_handle: int, _operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    found = look_at_folder("Reports", tmp_path, lock=no_locks)
    assert (found.health, "keeps no locks" in found.text) == ("environment", True)
    assert found.command.startswith("df -hT ")


def test_a_share_whose_locks_hold_nothing_is_told(tmp_path: Path) -> None:
    """F22: one that lets two programs have the same lock is found out by taking it twice."""
    found = look_at_folder("Reports", tmp_path, lock=lambda _handle, _operation: None)
    assert (found.health, "the same lock" in found.text) == ("environment", True)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """A file where the folder should be is named."""
    (tmp_path / "out").write_text("a file")
    assert look_at_folder("Reports", tmp_path / "out").health == "environment"
    assert look_at_folder("Reports", tmp_path / "out" / "october").health == "environment"


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="needs a folder that nobody can write to")  # noqa: PTH112
def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    """Not even root writes to /proc; who owns the folder can be changed by the command."""
    found = look_at_folder("Reports", tmp_path.__class__("/proc/self"))
    assert (found.health, "cannot be written to" in found.text) == ("environment", True)
    assert found.command == f"sudo chown {os.getuid()} /proc/self"


def test_a_state_folder_that_others_write_to(tmp_path: Path) -> None:
    """What is kept between calls is refused there, so it is told before, with the command."""
    tmp_path.chmod(0o777)
    found = look_at_folder("State", tmp_path, private=True)
    assert (found.health, found.command) == ("environment", f"chmod go-w {tmp_path}")
