"""File names that are safe on every file system, and files that are written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import stat
import unicodedata
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

from reportgen.errors import ConfigurationError, OutputError, Problem, SpecError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.model import Report

LONGEST_SLUG = 80
"""Bytes: the slugs of a client and a spec and a period together stay below the 255 of a file name."""

LARGEST_FILE = 200_000_000
"""The most bytes of a file that is read, where the caller gives no other limit."""

_NO_TEXT = {
    b"PK\x03\x04": "a workbook, a document of a word processor or an archive",
    b"\xd0\xcf\x11\xe0": "a workbook or a document of an old office program",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "an archive",
}
"""First bytes of files that an author gives in place of a text -> what they are."""
_DIGEST_BYTES = 32  # of SHA-256
_TEMPORARY = re.compile(r"\..*\.(\d+)\.[a-z0-9_]+\.tmp")
_ACCENTS = re.compile("[\u0300-\u036f]")
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(1, 10))}


def slug(text: str) -> str:
    """Return the slug of a text: lower-case letters, digits and single hyphens; never empty.

    Accents are dropped, letters of other scripts are kept: `São João` is `sao-joao`.
    """
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    name = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", plain)).strip("-")
    name = name.encode()[:LONGEST_SLUG].decode(errors="ignore").strip("-")
    if name in _RESERVED:  # Windows keeps these for devices
        return f"{name}-"
    return name or "untitled"


def file_stem(report: Report) -> str:
    """Return the name, without suffix, of a report's files: client, spec, period.

    Two clients, specs or periods never share it, so that no run overwrites another's files.
    """
    return joined_stem(report.client.slug, report.spec, report.period.id)


def joined_stem(client: str, spec: str, period: str) -> str:
    """Return the name, without suffix, of the files of a future report; see `file_stem`."""
    return "-".join(part for part in (client, spec, period.replace("..", "_")) if part)


def read_text(path: Path, most_bytes: int = LARGEST_FILE) -> str:
    """Return the text of a UTF-8 file, with or without a byte-order mark.

    Raises:
        SpecError: It cannot be read, is no regular file, is larger than `most_bytes`, or is not UTF-8.
    """
    content = read_bytes(path, most_bytes)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        kind = next((kind for start, kind in _NO_TEXT.items() if content.startswith(start)), None)
        message = (
            f"is {kind}; a text file, such as YAML or CSV, is read here"
            if kind
            else "is not UTF-8; save the file as UTF-8"
        )
        raise SpecError([Problem(str(path), 1 if kind else line, 1, "", message)]) from error


def read_bytes(path: Path, most_bytes: int = LARGEST_FILE) -> bytes:
    """Return the bytes of a file.

    Raises:
        SpecError: It cannot be read, is no regular file, or is larger than `most_bytes`.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for, and a device may never end
            raise SpecError([Problem(str(path), 0, 0, "", "is a folder, a pipe or a device; name a file")])
        with path.open("rb") as file:
            content = file.read(most_bytes + 1)
    except OSError as error:
        raise SpecError([Problem(str(path), 0, 0, "", f"cannot be read: {error.strerror}")]) from error
    if len(content) > most_bytes:
        raise SpecError([Problem(str(path), 0, 0, "", f"is larger than the {most_bytes:,} bytes that are read")])
    return content


def file_fault(path: Path, sha256: str) -> str:
    """Return why a file is not the content of a SHA-256 digest, in words; empty where it is."""
    try:
        content = path.read_bytes()
    except OSError as error:
        return error.strerror or "cannot be read"
    return "" if hashlib.sha256(content).hexdigest() == sha256 else "is not what was written"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole: its name never has a part of the content.

    The bytes go to a temporary file beside it, are flushed to the disk, and take the name last.

    Raises:
        OutputError: The folder cannot be made or the file cannot be written; an older file of
            that name is left as it was.
    """
    with written(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, content, 0o666)


def state_folder() -> Path:
    """Return the folder for files that outlive a call (XDG Base Directory Specification).

    Raises:
        ConfigurationError: The system does not know the home of the user, as in a container.
    """
    try:
        return Path(os.environ.get("XDG_STATE_HOME") or "~/.local/state").expanduser() / "reportgen"
    except RuntimeError as error:
        raise ConfigurationError(
            f"user {os.getuid()} has no home folder for what is stored between calls; set HOME or XDG_STATE_HOME"
        ) from error


def cached_bytes(name: str) -> bytes | None:
    """Return the bytes that `cache_bytes` stored under a name; None where there are none.

    The folder is `reportgen` under `$XDG_CACHE_HOME`, else under `~/.cache`, and may be deleted at any time. A folder
    that cannot be used costs time alone; so does a file that is damaged, and one that others could have written.
    """
    with suppress(OSError, OutputError, RuntimeError):  # the last: nobody knows the user's home
        stored = (private_folder(_cache_folder()) / name).read_bytes()
        digest, content = stored[:_DIGEST_BYTES], stored[_DIGEST_BYTES:]
        if hashlib.sha256(content).digest() == digest:
            return content
    return None


def cache_bytes(name: str, content: bytes) -> None:
    """Store bytes for this process and others, where that is possible.

    Args:
        name: A file name that differs wherever the bytes do.
        content: The bytes.
    """
    with suppress(OutputError, RuntimeError):
        write_private(_cache_folder() / name, hashlib.sha256(content).digest() + content)


def _cache_folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "reportgen"


def private_folder(path: Path) -> Path:
    """Return a folder that only its owner can read, made where it is missing.

    It and the missing folders above get the mode 0700; existing folders keep their mode.

    Raises:
        OutputError: It cannot be made, or others may write to it and so change its files.
    """
    with written(path):
        for folder in (*reversed(path.parents), path):
            if not folder.is_dir():
                folder.mkdir(mode=0o700, exist_ok=True)
        shared = path.stat().st_mode & 0o022
    if shared:
        raise OutputError(f"{path}: others may write to this folder; run: chmod go-w {shlex.quote(str(path))}")
    return path


def write_private(path: Path, content: bytes) -> None:
    """Write a file whole, as `write_whole`, that only its owner can read (0600), in a `private_folder`.

    Raises:
        OutputError: As `write_whole` and `private_folder`.
    """
    private_folder(path.parent)
    with written(path):
        _write(path, content, 0o600)


@contextmanager
def written(path: Path) -> Iterator[None]:
    """Turn an error of writing a file into an `OutputError` that names the file."""
    try:
        yield
    except OSError as error:
        held = isinstance(error, PermissionError) and path.is_file()
        hint = "; is it open in another program, such as Excel? close it there and run again" if held else ""
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}{hint}") from error


def _write(path: Path, content: bytes, mode: int) -> None:
    """Write a file by way of a temporary file beside it.

    The system takes the process's mask off its mode: only reading the mask would change it for other threads.
    """
    temporary = path.with_name(f".{path.name[:20]}.{os.getpid()}.{token_hex(8)}.tmp")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def sweep(folder: Path) -> None:
    """Delete the temporary files that killed writers left in a folder, and no other files."""
    for path in folder.glob(".*.tmp"):
        match = _TEMPORARY.fullmatch(path.name)
        if match and not is_running(int(match[1])):
            path.unlink(missing_ok=True)


def is_running(process: int) -> bool:
    """Return whether a process of this machine is running, by its number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # another user's, or no number of a process
        return True
    return True


def _flush_folder(folder: Path) -> None:
    """Flush a folder, so that a rename survives a power cut, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
