"""Drawings inside WeasyPrint's pages: the one module that knows how it draws what stands in a page.

WeasyPrint looks an image's address up in the dictionary that is given as `cache` before it fetches
anything, and asks what it finds there for a size and to draw itself. That protocol is not documented;
`tests/outputs/test_embedding.py` fails where a version changes it. The alternative, inline SVG, costs
twenty times as long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from reportgen.outputs.bands import Band
from reportgen.outputs.column_heads import HeadBand
from reportgen.outputs.drawing import number
from reportgen.outputs.embedding.faces import Faces
from reportgen.outputs.embedding.marking import MarkedBand, MarkedCell, MarkedPanel, MarkedPart, Marker
from reportgen.outputs.embedding.meaning import Meaning
from reportgen.outputs.embedding.operators import SHARE, content
from reportgen.outputs.embedding.pages import add_heads, enter_panels, tell_pages
from reportgen.outputs.panels import Panel
from reportgen.outputs.panels.folios import RunningHeads
from reportgen.outputs.typesetting import ASCENT, DESCENT, LINE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pydyf
    from weasyprint import Document
    from weasyprint.pdf.stream import Stream
    from weasyprint.text.fonts import FontConfiguration

    from reportgen.outputs.drawing import Drawing, TextMark
    from reportgen.outputs.embedding.marking import Box
    from reportgen.outputs.panels import Part
    from reportgen.outputs.placing import Drawn
    from reportgen.outputs.strips import Cell

    Size: TypeAlias = tuple[float, float, float]

_PIXELS_A_POINT = 96 / 72


class Embedding:
    """What is drawn in one document.

    Attributes:
        images: WeasyPrint's `cache` that holds what is drawn under its addresses.
    """

    def __init__(
        self, drawn: Mapping[str, Drawn], fonts: FontConfiguration, language: str, titles: Mapping[str, str]
    ) -> None:
        """Make ready for a document.

        Args:
            drawn: What is drawn, by its addresses; all texts are simple, see `TextMark.is_simple`.
            fonts: What the page's fonts are loaded into; what is drawn is set in the same.
            language: Of the page.
            titles: What stands at the places that links lead to, by their names.
        """
        self._faces, self._meaning = Faces(fonts, language), Meaning(titles)
        self._heads = [one for one in drawn.values() if isinstance(one, RunningHeads)]
        self.images = {address: self._image(one) for address, one in drawn.items() if not isinstance(one, RunningHeads)}

    def paginate(self, document: Document, *, tagged: bool) -> None:
        """Take in the pages of the document that is laid out, before it is written."""
        drawn = (image for image in self.images.values() if isinstance(image, EmbeddedPanel))
        enter_panels(document, {image: image.entry for image in drawn if image.entry})
        tell_pages(document, self._faces)
        for heads in self._heads:
            add_heads(document, heads, self._faces, tagged=tagged)

    def finish(self, document: Document, pdf: pydyf.PDF) -> None:
        """Complete the document that is written; WeasyPrint's `finisher`."""
        self._meaning.finish(document, pdf)

    def close(self) -> None:
        """Let go of what was set, when the document is written or given up."""
        self._faces.close()

    def _image(self, drawn: Drawing | Band | HeadBand | Panel) -> EmbeddedDrawing | EmbeddedBand | EmbeddedPanel:
        if isinstance(drawn, Band | HeadBand):
            return EmbeddedBand(drawn, self._faces, self._meaning)
        if isinstance(drawn, Panel):
            return EmbeddedPanel(drawn, self._faces, self._meaning)
        return EmbeddedDrawing(drawn, self._faces)


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
        stream.stream += content(self._drawing.marks, self._faces, stream)


class EmbeddedBand:
    """Rows of a table, or its heads, as WeasyPrint asks for images."""

    def __init__(self, band: Band | HeadBand, faces: Faces, meaning: Meaning) -> None:
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
        stream.stream += content([shape for shapes, _ in drawn for shape in shapes], self._faces, stream)
        marker.close_artifact()
        kind = "TH" if isinstance(self._band, HeadBand) else "TD"
        rows = [
            [self._cell(kind, cell, texts, stream, marker) for cell, texts in zip(row, cells, strict=True)]
            for row, (_, cells) in zip(self._band.rows, drawn, strict=True)
        ]
        marker.open_artifact()
        self._meaning.drawn.append(MarkedBand(stream.number, marker.figure, rows))

    def _cell(self, kind: str, cell: Cell, texts: Sequence[TextMark], stream: Stream, marker: Marker) -> MarkedCell:
        mark = marker.mark(kind, content(texts, self._faces, stream))
        if not cell.link:
            return MarkedCell(kind, mark)
        return MarkedCell(kind, mark, cell.link, tuple(_box(text, self._faces, stream) for text in texts))


class EmbeddedPanel:
    """A block that is drawn whole, as WeasyPrint asks for images."""

    def __init__(self, panel: Panel, faces: Faces, meaning: Meaning) -> None:
        """Keep the block, where its fonts come from, and what is told of it."""
        self._panel, self._faces, self._meaning = panel, faces, meaning
        self.entry = panel.entry
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
        drawn = content(part.marks, self._faces, stream)
        if part.left or part.top:
            drawn = [f"q 1 0 0 1 {number(part.left)} {number(part.top)} cm".encode(), *drawn, b"Q"]
        if part.kind == "Artifact":
            marker.artifact(drawn)
            return MarkedPart(part.kind, None)
        mark, (width, height) = marker.mark(part.kind, drawn), part.size
        x1, y1 = stream.ctm.transform_point(part.left, part.top + height)
        x2, y2 = stream.ctm.transform_point(part.left + width, part.top)
        return MarkedPart(part.kind, mark, part.alt, (x1, y1, x2, y2))


def _box(mark: TextMark, faces: Faces, stream: Stream) -> Box:
    """Return what a text of a page takes up, in the PDF's points."""
    width = faces.width(mark.text, mark.size, mark.weight)
    left = mark.x - SHARE[mark.anchor] * width
    middle = mark.y - (ASCENT - DESCENT) / 2 * mark.size
    x1, y1 = stream.ctm.transform_point(left, middle + LINE / 2)
    x2, y2 = stream.ctm.transform_point(left + width, middle - LINE / 2)
    return x1, y1, x2, y2


def _size(width: float, height: float) -> Size:
    return width * _PIXELS_A_POINT, height * _PIXELS_A_POINT, width / height
