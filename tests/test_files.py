"""File names and atomic writes."""

from __future__ import annotations

import errno
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.errors import ConfigurationError, OutputError, SpecError
from reportgen.files import (
    cache_bytes,
    cached_bytes,
    file_stem,
    private_folder,
    read_text,
    slug,
    state_folder,
    sweep,
    write_private,
    write_whole,
)
from tests.outputs import reports


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("São João & Filhos", "sao-joao-filhos"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "con-"),
        ("", "untitled"),
        ("!!!", "untitled"),
        ("パン屋", "パン屋"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    """A slug is readable and safe as a file name everywhere."""
    assert slug(text) == expected


@given(st.text())
def test_slug_never_holds_a_separator(text: str) -> None:
    """Whatever the name, the slug is one path component of word characters."""
    assert re.fullmatch(r"[\w-]{1,81}", slug(text))
    assert "/" not in slug(text)


@pytest.mark.parametrize("letter", ["a", "ã", "パ", "\N{LINEAR B SYLLABLE B008 A}"])
def test_long_names_fit_a_file_system(tmp_path: Path, letter: str) -> None:
    """Whatever the script, a name of three slugs can be written."""
    name = "-".join([slug(letter * 300)] * 2 + ["2026-10-01_2026-10-15"]) + ".html"
    write_whole(tmp_path / name, b"x")
    assert (tmp_path / name).exists()


def test_stem_names_client_spec_and_period() -> None:
    """Another client or period never takes the same file."""
    assert file_stem(reports.report()) == "padaria-aurora-instagram-2026-10"


def test_writes_whole_files(tmp_path: Path) -> None:
    """The file is there with all its bytes, folders are made, nothing temporary is left."""
    path = tmp_path / "a" / "b" / "report.pdf"
    write_whole(path, b"x" * 100_000)
    assert path.read_bytes() == b"x" * 100_000
    assert [entry.name for entry in path.parent.iterdir()] == ["report.pdf"]


def test_the_umask_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mask is not even read: that sets it for a moment, and two threads at once would leave files to all."""
    monkeypatch.setattr(os, "umask", None)
    write_whole(tmp_path / "report.pdf", b"x")
    write_private(tmp_path / "own" / "answers.json", b"x")
    assert (tmp_path / "own" / "answers.json").stat().st_mode & 0o777 == 0o600


def test_respects_the_umask(tmp_path: Path) -> None:
    """The file is as readable as any other the user makes."""
    old = os.umask(0o027)
    try:
        write_whole(tmp_path / "report.pdf", b"x")
    finally:
        os.umask(old)
    assert (tmp_path / "report.pdf").stat().st_mode & 0o777 == 0o640


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    """What cannot be put in place is an error that names the path; nothing is half-written or left."""
    target = tmp_path / "report.pdf"
    target.mkdir()
    (target / "keep").touch()
    with pytest.raises(OutputError, match=r"report\.pdf: cannot be written"):
        write_whole(target, b"new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.pdf"]


def test_a_file_that_excel_holds_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """X08: Windows lets nobody replace a file that Excel has open: it stays whole, and the message says what to do."""

    def refuse(_self: Path, _target: Path) -> NoReturn:
        raise PermissionError(errno.EACCES, "Permission denied")

    target = tmp_path / "report.xlsx"
    target.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match="open in another program, such as Excel"):
        write_whole(target, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["report.xlsx"]
    assert target.read_bytes() == b"old"


def test_unwritable_place_is_named(tmp_path: Path) -> None:
    """A folder that is a file is our error."""
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputError, match="out"):
        write_whole(tmp_path / "out" / "report.pdf", b"new")


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_unreadable_text_is_a_problem_of_the_file(tmp_path: Path, content: bytes | None) -> None:
    """A missing file and one in another encoding are told as problems."""
    path = tmp_path / "payload.json"
    if content:
        path.write_bytes(content)
    with pytest.raises(SpecError, match=r"payload\.json"):
        read_text(path)


def mode(path: Path) -> int:
    """Return a path's permissions."""
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("kind", ["pipe", "folder", "device"])
def test_what_is_no_file_is_not_waited_for(tmp_path: Path, kind: str) -> None:
    """A pipe has no end until somebody writes, and a device may have none at all."""
    path = Path("/dev/zero") if kind == "device" else tmp_path / kind
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    with pytest.raises(SpecError) as caught:
        read_text(path)
    assert str(caught.value) == f"{path}: is a folder, a pipe or a device; name a file"


def test_what_is_private_is_read_by_its_owner_alone(tmp_path: Path) -> None:
    """S04: a kept file is 0600 in folders of 0700, also where an older file was open to others."""
    path = tmp_path / "state" / "cache" / "answer.json"
    write_private(path, b"one")
    path.chmod(0o644)
    write_private(path, b"two")
    assert (path.read_bytes(), mode(path)) == (b"two", 0o600)
    assert [mode(folder) for folder in (path.parent, path.parent.parent)] == [0o700, 0o700]
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    """S04: a folder of the user's is not closed to those who may read it."""
    tmp_path.chmod(0o755)
    assert (private_folder(tmp_path), mode(tmp_path)) == (tmp_path, 0o755)


def test_a_folder_that_others_write_to_is_refused(tmp_path: Path) -> None:
    """S04: what others could change is not kept."""
    tmp_path.chmod(0o777)
    with pytest.raises(OutputError, match="chmod go-w"):
        write_private(tmp_path / "answer.json", b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_private_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file in the way is our error, with its path."""
    (tmp_path / "state").write_bytes(b"")
    with pytest.raises(OutputError, match="cannot be written"):
        private_folder(tmp_path / "state" / "cache")


def test_only_dead_writers_files_are_swept(tmp_path: Path) -> None:
    """F03: a killed process's temporary file goes; a running one's, another program's and the real files stay."""
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        dead.wait()
    mine = [f".a.pdf.{os.getpid()}.x1_y.tmp", ".a.pdf.tmp", "a.pdf", ".other.tmp", f"a.{dead.pid}.x.tmp"]
    gone = [f".a.pdf.{dead.pid}.abc123_z.tmp", f".x.{dead.pid}.q.tmp"]
    for name in (*mine, *gone):
        (tmp_path / name).write_text("")
    sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(mine)
    sweep(tmp_path / "none")


def test_cached_bytes_are_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are stored for their user alone; a damaged file is no file."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cached_bytes("a.woff2") is None
    cache_bytes("a.woff2", b"subset")
    assert cached_bytes("a.woff2") == b"subset"
    path = tmp_path / "reportgen" / "a.woff2"
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(path.read_bytes()[:-1])
    assert cached_bytes("a.woff2") is None


@pytest.mark.parametrize("place", ["file", "shared", "homeless"])
def test_a_cache_that_cannot_be_used_costs_time_alone(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the folder is a file, or others may write to it, or nobody has a home, nothing is stored."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    if place == "file":
        (tmp_path / "reportgen").write_bytes(b"")
    elif place == "shared":
        (tmp_path / "reportgen").mkdir()
        (tmp_path / "reportgen").chmod(0o777)
    else:
        monkeypatch.setenv("XDG_CACHE_HOME", "~nobody-of-this-name")
    cache_bytes("a", b"content")
    assert cached_bytes("a") is None


def test_a_user_without_a_home_is_told_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system knows none where a container gives a number for the user."""
    monkeypatch.setenv("XDG_STATE_HOME", "~nobody-of-this-name")
    with pytest.raises(ConfigurationError, match="set HOME or XDG_STATE_HOME"):
        state_folder()
