"""Drawings inside WeasyPrint's pages: the one module that knows how it draws what stands in a page.

WeasyPrint looks an image's address up in the dictionary that is given as `cache` before it fetches
anything, and asks what it finds there for a size and to draw itself. That protocol is not documented;
`tests/outputs/test_embedding.py` fails where a version changes it. The alternative, inline SVG, costs
twenty times as long.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from reportgen.outputs.bands import Band
from reportgen.outputs.drawing import PathMark, number
from reportgen.outputs.embedding.faces import Faces
from reportgen.outputs.embedding.marking import MarkedBand, MarkedCell, MarkedPanel, MarkedPart, Marker
from reportgen.outputs.panels import Panel
from reportgen.outputs.typesetting import ASCENT, DESCENT, LINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from weasyprint.pdf.stream import Stream
    from weasyprint.text.fonts import FontConfiguration

    from reportgen.outputs.drawing import Drawing, Mark, Step, TextMark
    from reportgen.outputs.embedding.marking import Box
    from reportgen.outputs.embedding.meaning import Meaning
    from reportgen.outputs.panels import Part
    from reportgen.outputs.strips import Cell

    Size: TypeAlias = tuple[float, float, float]

_PIXELS_A_POINT = 96 / 72
_SHARE = {"left": 0.0, "center": 0.5, "right": 1.0}


_KNOWN = 70  # the major version of WeasyPrint whose protocol this is
UNKNOWN = f"this reportgen knows how WeasyPrint {_KNOWN} draws; install that one"
"""What to do about another version."""


def is_known() -> bool:
    """Tell whether the WeasyPrint that is installed draws as this module knows."""
    from weasyprint import VERSION  # noqa: PLC0415 - only the PDF needs it

    return str(VERSION).partition(".")[0] == str(_KNOWN)


def embedded(
    drawings: Mapping[str, Drawing | Band | Panel], fonts: FontConfiguration, language: str, meaning: Meaning
) -> dict[str, EmbeddedDrawing | EmbeddedBand | EmbeddedPanel]:
    """Return WeasyPrint's `cache` that holds drawings under their addresses.

    Args:
        drawings: Whose texts are all simple; see `TextMark.is_simple`.
        fonts: What the page's fonts are loaded into; the drawings' text is set in the same.
        language: Of the page.
        meaning: Is told of the rows and panels that are drawn; the document has to be finished by it.
    """
    faces = Faces(fonts, language)

    def embed(drawn: Drawing | Band | Panel) -> EmbeddedDrawing | EmbeddedBand | EmbeddedPanel:
        if isinstance(drawn, Band):
            return EmbeddedBand(drawn, faces, meaning)
        return EmbeddedPanel(drawn, faces, meaning) if isinstance(drawn, Panel) else EmbeddedDrawing(drawn, faces)

    return {address: embed(drawn) for address, drawn in drawings.items()}


class EmbeddedDrawing:
    """A drawing as WeasyPrint asks for images."""

    def __init__(self, drawing: Drawing, faces: Faces) -> None:
        """Keep the drawing and where its fonts come from."""
        self._drawing, self._faces = drawing, faces

    def get_intrinsic_size(self, _resolution: object, _font_size: object) -> Size:
        """Return width and height in CSS pixels, and their ratio."""
        return _size(self._drawing.width, self._drawing.height)

    def draw(self, stream: Stream, width: float, height: float, _style: object) -> None:
        """Append the drawing to a page's content, `width` by `height` CSS pixels large."""
        stream.transform(a=width / self._drawing.width, d=height / self._drawing.height)
        stream.stream += _content(self._drawing.marks, self._faces, stream)


class EmbeddedBand:
    """Rows of a table as WeasyPrint asks for images."""

    def __init__(self, band: Band, faces: Faces, meaning: Meaning) -> None:
        """Keep the rows, where their fonts come from, and what is told of them."""
        self._band, self._faces, self._meaning = band, faces, meaning
        self._height: float | None = None

    def get_intrinsic_size(self, _resolution: object, _font_size: object) -> Size:
        """Return width and height in CSS pixels, and their ratio."""
        if self._height is None:  # asked for several times
            self._height = self._band.height(self._faces)
        return _size(self._band.look.width, self._height)

    def draw(self, stream: Stream, _width: float, _height: float, _style: object) -> None:
        """Append the rows to a page's content."""
        marker = Marker(stream, self)
        stream.transform(a=_PIXELS_A_POINT, d=_PIXELS_A_POINT)
        drawn = list(self._band.marks(self._faces))
        stream.stream += [_path(shape) for shapes, _ in drawn for shape in shapes]
        marker.close_artifact()
        rows = [
            [self._cell(cell, texts, stream, marker) for cell, texts in zip(row, cells, strict=True)]
            for row, (_, cells) in zip(self._band.rows, drawn, strict=True)
        ]
        marker.open_artifact()
        self._meaning.drawn.append(MarkedBand(stream.number, marker.figure, rows))

    def _cell(self, cell: Cell, texts: Sequence[TextMark], stream: Stream, marker: Marker) -> MarkedCell:
        mark = marker.mark("TD", _content(texts, self._faces, stream))
        if not cell.link:
            return MarkedCell(mark)
        return MarkedCell(mark, cell.link, tuple(_box(text, self._faces, stream) for text in texts))


class EmbeddedPanel:
    """A block that is drawn whole, as WeasyPrint asks for images."""

    def __init__(self, panel: Panel, faces: Faces, meaning: Meaning) -> None:
        """Keep the block, where its fonts come from, and what is told of it."""
        self._panel, self._faces, self._meaning = panel, faces, meaning
        self._height: float | None = None

    def get_intrinsic_size(self, _resolution: object, _font_size: object) -> Size:
        """Return width and height in CSS pixels, and their ratio."""
        if self._height is None:  # asked for several times
            self._height = self._panel.height(self._faces)
        return _size(self._panel.width, self._height)

    def draw(self, stream: Stream, _width: float, _height: float, _style: object) -> None:
        """Append the block to a page's content."""
        marker = Marker(stream, self)
        stream.transform(a=_PIXELS_A_POINT, d=_PIXELS_A_POINT)
        marker.close_artifact()
        parts = [self._part(part, stream, marker) for part in self._panel.parts(self._faces)]
        marker.open_artifact()
        self._meaning.drawn.append(MarkedPanel(stream.number, marker.figure, parts))

    def _part(self, part: Part, stream: Stream, marker: Marker) -> MarkedPart:
        content = _content(part.marks, self._faces, stream)
        if part.left or part.top:
            content = [f"q 1 0 0 1 {number(part.left)} {number(part.top)} cm".encode(), *content, b"Q"]
        if part.kind == "Artifact":
            marker.artifact(content)
            return MarkedPart(part.kind, None)
        mark, (width, height) = marker.mark(part.kind, content), part.size
        x1, y1 = stream.ctm.transform_point(part.left, part.top + height)
        x2, y2 = stream.ctm.transform_point(part.left + width, part.top)
        return MarkedPart(part.kind, mark, part.alt, (x1, y1, x2, y2))


def _content(marks: Iterable[Mark], faces: Faces, stream: Stream) -> list[bytes]:
    """Return the operators that draw marks."""
    return [
        _path(mark) if isinstance(mark, PathMark) else f"BT {_text(mark, faces, stream)} ET".encode() for mark in marks
    ]


def _box(mark: TextMark, faces: Faces, stream: Stream) -> Box:
    """Return what a text of a page takes up, in the PDF's points."""
    width = faces.width(mark.text, mark.size, mark.weight)
    left = mark.x - _SHARE[mark.anchor] * width
    middle = mark.y - (ASCENT - DESCENT) / 2 * mark.size
    x1, y1 = stream.ctm.transform_point(left, middle + LINE / 2)
    x2, y2 = stream.ctm.transform_point(left + width, middle - LINE / 2)
    return x1, y1, x2, y2


def _size(width: float, height: float) -> Size:
    return width * _PIXELS_A_POINT, height * _PIXELS_A_POINT, width / height


def _text(mark: TextMark, faces: Faces, stream: Stream) -> str:
    font, runs = faces.font(mark.weight, stream), faces.show(mark.text, mark.weight, stream)
    left = mark.x - _SHARE[mark.anchor] * mark.size * sum(run.advance for run in runs)
    shown = "".join(run.shown for run in runs)
    spaced = f"{number(mark.spacing)} Tc " if mark.spacing else ""
    back = " 0 Tc" if mark.spacing else ""
    return (
        f"{spaced}{_color(mark.color)} rg /{font.hash} {number(mark.size)} Tf "
        f"1 0 0 -1 {number(left)} {number(mark.y)} Tm [<{shown}>] TJ{back}"
    )


def _path(mark: PathMark) -> bytes:
    words = ["q"]
    if mark.fill:
        words.append(f"{_color(mark.fill)} rg")
    if mark.stroke:
        words.append(f"{_color(mark.stroke)} RG {number(mark.weight)} w {1 if mark.is_round else 0} j")
        if mark.dashes:
            words.append(f"[{' '.join(map(number, mark.dashes))}] 0 d")
    words += _operators(mark.steps)
    words.append(("B" if mark.fill else "S") if mark.stroke else "f")
    words.append("Q")
    return " ".join(words).encode()


def _operators(steps: tuple[Step, ...]) -> Iterator[str]:
    here = (0.0, 0.0)
    for command, numbers in steps:
        match command:
            case "Z":
                yield "h"
                continue
            case "M" | "L":
                yield f"{number(numbers[0])} {number(numbers[1])} {command.lower()}"
            case "Q":  # PDF has cubics only (ISO 32000, 8.5.2.2)
                x, y, to_x, to_y = numbers
                first = (here[0] + 2 * (x - here[0]) / 3, here[1] + 2 * (y - here[1]) / 3)
                second = (to_x + 2 * (x - to_x) / 3, to_y + 2 * (y - to_y) / 3)
                yield f"{' '.join(map(number, (*first, *second, to_x, to_y)))} c"
            case "C":
                yield f"{' '.join(map(number, numbers))} c"
        here = (numbers[-2], numbers[-1])


@lru_cache(maxsize=64)
def _color(color: str) -> str:
    return " ".join(f"{int(color[at : at + 2], 16) / 255:.4g}" for at in (1, 3, 5))
