"""A picture of a report, as the bytes of a file."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.model.file_bytes import FileBytes


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, as the bytes of a file.

    Attributes:
        media_type: `image/svg+xml`, `image/png` or `image/jpeg`.
        content: The file, in no more pixels than are printed, without what programs write beside them.
        alt: The alternative text, for a reader who cannot see it.
    """

    media_type: str
    content: FileBytes = field(repr=False)
    alt: str = ""
