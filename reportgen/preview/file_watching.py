"""The watch over the folders of a report for saved files. The only import of watchfiles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.errors import MissingLibrary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from watchfiles import Change

_SUFFIXES = frozenset(
    {".yaml", ".yml", ".md", ".txt", ".json", ".html", ".css", ".js", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif"}
)
_PAUSE_MS = 30  # in which nothing more may be saved, so that an editor's several steps are one change
_LOOK_AGAIN_MS = 200


def require_watchfiles() -> None:
    """Make sure that the library is there that watches files.

    Raises:
        MissingLibrary: The extra is not installed.
    """
    try:
        import watchfiles  # noqa: F401 - an extra
    except ImportError as error:
        raise MissingLibrary("the preview needs watchfiles; run: pip install 'reportgen-connect[preview]'") from error


def saved_files(folders: Callable[[], frozenset[Path]]) -> Iterator[frozenset[Path]]:
    """Yield the saved files of each change, for ever, and an empty set now and then; later changes come next.

    Args:
        folders: Returns the folders to watch, which may differ from change to change.
    """
    from watchfiles import watch  # an extra

    while True:
        watched = folders()
        there = [folder for folder in watched if folder.is_dir()]
        changes = watch(
            *there,
            watch_filter=_is_of_interest,
            recursive=False,
            step=_PAUSE_MS,
            debounce=10 * _PAUSE_MS,
            rust_timeout=_LOOK_AGAIN_MS,
            yield_on_timeout=True,
        )
        for change in changes:
            yield frozenset(Path(path) for _, path in change)
            if folders() != watched:
                break


def _is_of_interest(_change: Change, path: str) -> bool:
    """Return whether a path may be a file of a report, or a folder with files, and not an editor's temporary file."""
    file = Path(path)
    return (file.suffix.lower() in _SUFFIXES or file.is_dir()) and not file.name.startswith((".", "~", "#"))
