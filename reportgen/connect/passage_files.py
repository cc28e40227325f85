"""The author's passages in files beside the spec, read in the fetch stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.connect.picture_files import inside
from reportgen.errors import ConfigurationError, SpecError
from reportgen.files import read_text
from reportgen.markdown.limits import excess
from reportgen.queries import Failure

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_BYTES = 200_000  # as many as the letters of the longest passage may have


def load_passage(folder: Path, name: str, *, optional: bool) -> str | Failure:
    """Return the text of a Markdown file below a folder.

    Args:
        folder: The spec's.
        name: Path relative to it.
        optional: Whether it may be missing.

    Returns:
        Its text, its variables not filled in; or why there is none: `not_requested` where an optional
        file is not there, else `failed`.
    """
    if optional and not (folder / name).exists():
        return Failure("not_requested", "")
    try:
        text = read_text(inside(folder, name), LARGEST_BYTES)
    except (ConfigurationError, SpecError) as error:
        return Failure("failed", str(error))
    problem = excess(text)
    return Failure("failed", f"{folder / name}: {problem}") if problem else text
