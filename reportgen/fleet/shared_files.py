"""The pictures and fonts of a run's reports: each travels to the workers once, under its digest, beside no report."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from reportgen.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MOST_KEPT = 16  # files that a worker keeps: the fonts of a theme and some logos


class SharedFiles:
    """The files that workers have now.

    A file of several reports, as a font or the agency's logo, stays until the end; a file of a single report, as a
    client's logo or a thumbnail, is dropped with it, so that a run of a thousand clients does not pile them up.
    """

    def __init__(self, send: Callable[[str, bytes], None], drop: Callable[[str], None]) -> None:
        """Begin without a file.

        Args:
            send: Brings a file to the workers: its digest, and its bytes.
            drop: Takes a file from them.
        """
        self._send, self._drop = send, drop
        self._lock = Lock()
        self._held: set[str] = set()
        self._uses: Counter[str] = Counter()
        self._at_work: Counter[str] = Counter()

    def take(self, files: Mapping[str, bytes]) -> None:
        """Bring the files of a report to the workers, as far as they do not have them."""
        with self._lock:
            for digest, content in files.items():
                if digest not in self._held:
                    self._send(digest, content)
                    self._held.add(digest)
                self._uses[digest] += 1
                self._at_work[digest] += 1

    def give_back(self, digests: Iterable[str]) -> None:
        """Drop the files of a finished report that no other report has had."""
        with self._lock:
            for digest in digests:
                self._at_work[digest] -= 1
                if not self._at_work[digest] and self._uses[digest] == 1:
                    self._drop(digest)
                    self._held.discard(digest)


class FileFolder:
    """A folder of files under their digests, for workers of this machine; no other user can read it."""

    def __init__(self, folder: Path) -> None:
        """Make the folder anew: a run that was killed may have left files in it.

        Raises:
            OutputError: It cannot be made.
        """
        self.folder = folder.absolute()
        try:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True, mode=0o700)
        except OSError as error:
            raise OutputError(f"{folder} cannot be made: {error.strerror or error}") from error

    def write(self, digest: str, content: bytes) -> None:
        """Write a file under its digest.

        Raises:
            OutputError: There is no room for it.
        """
        try:
            _path(self.folder, digest).write_bytes(content)
        except OSError as error:
            raise OutputError(f"a picture or font cannot be written in {self.folder}: {error.strerror}") from error

    def remove(self, digest: str) -> None:
        """Remove a file; workers that have read it keep it."""
        _path(self.folder, digest).unlink(missing_ok=True)

    def clear(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


class StoredFiles(Mapping[str, bytes]):
    """The files in a folder by their digests, read as they are asked for."""

    def __init__(self, folder: str) -> None:
        """Look into a folder."""
        self._folder = folder

    def __getitem__(self, digest: str) -> bytes:
        """Return the bytes of a file.

        Raises:
            KeyError: There is none of this digest.
        """
        return _stored(self._folder, digest)

    def __iter__(self) -> Iterator[str]:
        """Yield no digest: files are asked for by those that a report has."""
        return iter(())

    def __len__(self) -> int:
        """Return 0 files, as `__iter__` yields none."""
        return 0


@lru_cache(maxsize=_MOST_KEPT)
def _stored(folder: str, digest: str) -> bytes:
    try:
        return _path(Path(folder), digest).read_bytes()
    except OSError as error:
        raise KeyError(digest) from error


def _path(folder: Path, digest: str) -> Path:
    return folder / digest.replace(":", "-")
