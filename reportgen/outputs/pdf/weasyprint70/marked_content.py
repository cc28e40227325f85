"""Marked content: each cell of drawn rows and each part of a drawn block has its own.

WeasyPrint makes a single figure of a picture (ISO 32000-1, 14.6 and 14.7).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from weasyprint.formatting_structure.boxes import ReplacedBox

from reportgen.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weasyprint.pdf.stream import Stream

PageBox = tuple[float, float, float, float]
HeadScope: TypeAlias = Literal["Column", "Row", ""]


@dataclass(frozen=True, slots=True)
class MarkedCell:
    """A cell as it was drawn on a page.

    Attributes:
        scope: Of the head of a column or a row; empty for any other cell.
        mark: Number of its marked content on the page; None where the PDF has no tags, or the cell no text.
        link: Address, or None.
        boxes: Of the link on the page, in the PDF's points from the bottom left corner.
    """

    scope: HeadScope
    mark: int | None
    link: str | None = None
    boxes: tuple[PageBox, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedRows:
    """Rows of a table as they were drawn on a page.

    Attributes:
        content: Number of the page's content in the PDF.
        figure: Number of the marked content that WeasyPrint begins for them; None in a PDF without tags.
    """

    content: int
    figure: int | None
    rows: list[tuple[MarkedCell, ...]]

    @property
    def marks(self) -> Iterator[int | None]:
        """The numbers of all its content."""
        return (cell.mark for row in self.rows for cell in row)


@dataclass(frozen=True, slots=True)
class MarkedPart:
    """A part of a block as it was drawn on a page.

    Attributes:
        kind: Of its structure element, such as `H3`.
        mark: Number of its marked content on the page; None where the PDF has no tags, or the part no marks.
        alt: Alternative text of a figure.
        box: Of a figure, in the PDF's points from the bottom left corner.
    """

    kind: str
    mark: int | None
    alt: str = ""
    box: PageBox = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class MarkedBlock:
    """A block as it was drawn on a page.

    Attributes:
        content: Number of the page's content in the PDF.
        figure: Number of the marked content that WeasyPrint begins for it; None in a PDF without tags.
    """

    content: int
    figure: int | None
    parts: list[MarkedPart]

    @property
    def marks(self) -> Iterator[int | None]:
        """The numbers of all its content."""
        return (part.mark for part in self.parts)


class Marker:
    """Marks the cells of rows, or the parts of a block, while they are drawn.

    WeasyPrint keeps the marked content of a page by box, and the count of these is its next number: each number taken
    here is kept there too, as its own key, until the page is drawn.
    """

    def __init__(self, stream: Stream, image: object) -> None:
        """Take over the figure that WeasyPrint has just begun for an image; nothing where the PDF has no tags.

        Raises:
            OutputError: WeasyPrint marks content otherwise than is known here.
        """
        self._stream: list[object] = stream.stream
        self.figure: int | None = None
        tags = stream._tags  # noqa: SLF001 - WeasyPrint has no public way
        if tags is None:
            return
        self._tags = tags
        box = next(reversed(self._tags), None)
        at = next((at for at in reversed(range(len(self._stream))) if self._stream[at] == b"BDC"), 0)
        if not isinstance(box, ReplacedBox) or box.replacement is not image or self._stream[at - 2] != "/Figure":
            raise OutputError("WeasyPrint marks the content of its pages in an unknown way; render with --plain")
        self._stream[at - 2 : at + 1] = ["/Artifact", b"BMC"]
        self.figure = self._free = self._tags[box]["mcid"]

    def close_artifact(self) -> None:
        """End the artifact before the first text."""
        if self.figure is not None:
            self._stream.append(b"EMC")

    def mark(self, kind: str, content: list[bytes]) -> int | None:
        """Append the content of an element, such as a `TD`; return its number, or None without tags or content."""
        if self.figure is None or not content:
            self._stream += content
            return None
        number = self._free
        if number != self.figure:
            self._tags[number] = {"tag": kind, "mcid": number}
        self._free = len(self._tags)
        self._stream.append(b"/%s <</MCID %d>> BDC %s EMC" % (kind.encode(), number, b" ".join(content)))
        return number

    def artifact(self, content: list[bytes]) -> None:
        """Append an artifact, which no reader hears."""
        if self.figure is None:
            self._stream += content
        else:
            self._stream.append(b"/Artifact BMC %s EMC" % b" ".join(content))

    def open_artifact(self) -> None:
        """Begin the artifact after the last text, which WeasyPrint ends."""
        if self.figure is not None:
            self._stream.append(b"/Artifact BMC")


def release_numbers(stream: Stream) -> None:
    """Remove the numbers that were taken on a page: WeasyPrint makes elements of its own content alone."""
    tags = stream._tags  # noqa: SLF001 - WeasyPrint has no public way
    if tags is not None:  # a new dictionary, since one that is emptied keeps the room of all that it held
        stream._tags = {key: tag for key, tag in tags.items() if not isinstance(key, int)}  # noqa: SLF001
