"""The journal: whole lines on the disk, whatever happens; one process at a time."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import OutputError, RunLocked
from reportgen.fleet.journal import JOURNAL, Journal, latest, locked, read_events

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.fleet.journal import Event


def written(folder: Path) -> bytes:
    """Write a journal of three lines."""
    journal = Journal(folder)
    for event, job in (("started", "a"), ("done", "a"), ("started", "b")):
        journal.append(event, job, reason="é")
    journal.close()
    return (folder / JOURNAL).read_bytes()


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """In its order, with its facts; the last end of a job counts."""
    written(tmp_path)
    events = read_events(tmp_path)
    assert [(event["event"], event["job"], event["reason"]) for event in events] == [
        ("started", "a", "é"),
        ("done", "a", "é"),
        ("started", "b", "é"),
    ]
    assert {job: event["event"] for job, event in latest(events).items()} == {"a": "done"}


def test_the_last_writer_of_a_file_counts() -> None:
    """A finished job whose file another wrote over with other bytes is no longer finished; with the same it is."""

    def done(job: str, *digests: str) -> Event:
        files: list[JsonValue] = [{"path": f"{number}.pdf", "sha256": digest} for number, digest in enumerate(digests)]
        return {"event": "done", "job": job, "files": files}

    first, same, other = done("a", "1", "2"), done("b", "1"), done("c", "1", "3")
    failed: Event = {"event": "failed", "job": "c"}
    assert latest([first, same]) == {"a": first, "b": same}
    assert latest([first, same, other]) == {"b": same, "c": other}
    assert latest([first, other, failed]) == {"c": failed}
    assert latest([first, other, failed, first]) == {"a": first, "c": failed}


def test_a_torn_last_line_is_not_told(tmp_path: Path) -> None:
    """F15: cut at every byte, a journal tells its whole lines, and the next line stands alone."""
    content = written(tmp_path)
    for cut in range(len(content)):
        (tmp_path / JOURNAL).write_bytes(content[:cut])
        whole = content[:cut].count(b"\n")
        assert len(read_events(tmp_path)) == whole
        if cut % 37 == 0:
            journal = Journal(tmp_path)
            journal.append("failed", "c")
            journal.close()
            assert [event["event"] for event in read_events(tmp_path)][whole:] == ["failed"]


def test_a_broken_line_in_the_middle_is_an_error(tmp_path: Path) -> None:
    """F15: nothing is guessed: the line is named."""
    lines = written(tmp_path).splitlines(keepends=True)
    (tmp_path / JOURNAL).write_bytes(lines[0] + b"{broken\n" + lines[2])
    with pytest.raises(OutputError, match="line 2 is broken"):
        read_events(tmp_path)


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """F01, F04: an event that is not on the disk did not happen."""

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    journal = Journal(tmp_path)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        journal.append("done", "a")
    journal.close()


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    """F05: with the holder's name; when the holder is gone, its lock is none."""
    code = (
        "import sys, pathlib; from reportgen.fleet.journal import locked\n"
        "with locked(pathlib.Path(sys.argv[1])): print('in', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "in\n"
        with pytest.raises(RunLocked, match=f"process {holder.pid} on "), locked(tmp_path):
            pass
        holder.kill()
    with locked(tmp_path):
        pass


def test_a_disk_without_locks_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """F22: a network share that keeps no locks is not taken for a folder in use: two runs could not be told apart."""

    def none(_file: object, _operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", none)
    with pytest.raises(OutputError, match="keeps no locks"), locked(tmp_path):
        pass


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    """F02: before anything starts, with the path."""
    (tmp_path / "o").write_text("")
    with pytest.raises(OutputError, match="cannot be written"), locked(tmp_path / "o"):
        pass
