"""The pictures that Markdown names."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class ProsePicture:
    """A picture as Markdown names it.

    Attributes:
        address: The address as the parser has it.
        path: The path from the spec's folder, or the address where it is of the web.
        line: The line of the Markdown, from 0.
    """

    address: str
    path: str
    line: int


def named_pictures(markdown: str, folder: str = "") -> Iterator[ProsePicture]:
    """Yield the pictures that Markdown names, in their order.

    Args:
        markdown: The passage.
        folder: Of the file that holds it, from the spec's folder; empty for that folder itself.
    """
    if "![" not in markdown:
        return
    from reportgen.markdown.parser import parse  # only passages with pictures need it

    line = 0
    for token in parse(markdown):
        line = token.map[0] if token.map else line
        breaks = 0
        for child in token.children or ():
            breaks += child.type.endswith("break")
            if child.type == "image":
                address = str(child.attrs["src"])
                yield ProsePicture(address, _path(address, folder), line + breaks)


def _path(address: str, folder: str) -> str:
    if "://" in address or not address:
        return address
    return posixpath.normpath(posixpath.join(folder, unquote(address)))
