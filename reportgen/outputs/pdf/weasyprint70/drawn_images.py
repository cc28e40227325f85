"""Drawings inside WeasyPrint's pages: the one module that knows how it draws what stands in a page.

WeasyPrint looks an image's address up in the dictionary that is given as `cache` before it fetches
anything, and asks what it finds there for a size and to draw itself. That protocol is not documented;
`tests/outputs/pdf/weasyprint70/test_drawn_images.py` fails where a version changes it. The alternative, inline SVG,
costs twenty times as long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from reportgen.outputs.drawing.font_metrics import ASCENT, DESCENT
from reportgen.outputs.drawing.svg import number
from reportgen.outputs.page.lengths import PIXELS_A_POINT
from reportgen.outputs.pdf.blocks.block import DrawnBlock
from reportgen.outputs.pdf.blocks.page_margins import RunningHeads
from reportgen.outputs.pdf.blocks.table_heads import TableHeads
from reportgen.outputs.pdf.blocks.table_rows import TableRows
from reportgen.outputs.pdf.weasyprint70.content_operators import SHARE, content
from reportgen.outputs.pdf.weasyprint70.laid_out_pages import add_margins, enter_panels, tell_pages
from reportgen.outputs.pdf.weasyprint70.links_and_tags import LinksAndTags
from reportgen.outputs.pdf.weasyprint70.marked_content import MarkedBlock, MarkedCell, MarkedPart, MarkedRows, Marker
from reportgen.outputs.pdf.weasyprint70.pango_text import PangoText

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pydyf
    from weasyprint import Document
    from weasyprint.pdf.stream import Stream
    from weasyprint.text.fonts import FontConfiguration

    from reportgen.outputs.drawing.marks import Drawing, TextMark
    from reportgen.outputs.pdf.blocks.block import BlockPart
    from reportgen.outputs.pdf.print_parts import DrawnPart
    from reportgen.outputs.pdf.weasyprint70.marked_content import PageBox
    from reportgen.outputs.pdf.weasyprint70.pango_text import Learned
    from reportgen.outputs.text.table_columns import TableCell

    ImageSize: TypeAlias = tuple[float, float, float]


class DrawnImages:
    """What is drawn in one document.

    Attributes:
        images: WeasyPrint's `cache` that holds what is drawn under its addresses.
    """

    def __init__(
        self,
        drawn: Mapping[str, DrawnPart],
        fonts: FontConfiguration,
        language: str,
        titles: Mapping[str, str],
        learned: dict[tuple[int, str], Learned] | None = None,
    ) -> None:
        """Make ready for a document.

        Args:
            drawn: What is drawn, by its addresses; all texts are simple, see `TextMark.is_simple`.
            fonts: What the page's fonts are loaded into; what is drawn is set in the same.
            language: Of the page.
            titles: What stands at the places that links lead to, by their names.
            learned: What other documents have learned of the fonts, to which this one adds; None where it is the first.
        """
        self._faces = PangoText(fonts, language, {} if learned is None else learned)
        self._meaning = LinksAndTags(titles)
        self._heads = next((one for one in drawn.values() if isinstance(one, RunningHeads)), None)
        self.images = {address: self._image(one) for address, one in drawn.items() if not isinstance(one, RunningHeads)}

    def paginate(self, document: Document, *, tagged: bool) -> None:
        """Take in the pages of the document that is laid out, before it is written."""
        drawn = (image for image in self.images.values() if isinstance(image, BlockImage))
        enter_panels(document, {image: image.entry for image in drawn if image.entry})
        tell_pages(document, self._faces)
        add_margins(document, self._heads, self._faces, tagged=tagged)

    def finish(self, pdf: pydyf.PDF) -> None:
        """Complete the document that is about to be written."""
        self._meaning.finish(pdf)

    def close(self) -> None:
        """Let go of what was set, when the document is written or given up."""
        self._faces.close()

    def _image(self, drawn: Drawing | TableRows | TableHeads | DrawnBlock) -> DrawingImage | RowsImage | BlockImage:
        if isinstance(drawn, TableRows | TableHeads):
            return RowsImage(drawn, self._faces, self._meaning)
        if isinstance(drawn, DrawnBlock):
            return BlockImage(drawn, self._faces, self._meaning)
        return DrawingImage(drawn, self._faces)


class DrawingImage:
    """A drawing as WeasyPrint asks for images."""

    def __init__(self, drawing: Drawing, faces: PangoText) -> None:
        """Keep the drawing and where its fonts come from."""
        self._drawing, self._faces = drawing, faces

    def get_intrinsic_size(self, _resolution: object, _font_size: object) -> ImageSize:
        """Return width and height in CSS pixels, and their ratio."""
        return _size(self._drawing.width, self._drawing.height)

    def draw(self, stream: Stream, width: float, height: float, _style: object) -> None:
        """Append the drawing to a page's content, `width` by `height` CSS pixels large."""
        stream.transform(a=width / self._drawing.width, d=height / self._drawing.height)
        stream.stream += content(self._drawing.marks, self._faces, stream)


class RowsImage:
    """Rows of a table, or its heads, as WeasyPrint asks for images."""

    def __init__(self, band: TableRows | TableHeads, faces: PangoText, meaning: LinksAndTags) -> None:
        """Keep the rows, where their fonts come from, and what is told of them."""
        self._band, self._faces, self._meaning = band, faces, meaning
        self._height: float | None = None

    def get_intrinsic_size(self, _resolution: object, _font_size: object) -> ImageSize:
        """Return width and height in CSS pixels, and their ratio."""
        if self._height is None:  # asked for several times
            self._height = self._band.height(self._faces)
        return _size(self._band.look.width, self._height)

    def draw(self, stream: Stream, _width: float, _height: float, _style: object) -> None:
        """Append the rows to a page's content."""
        marker = Marker(stream, self)
        stream.transform(a=PIXELS_A_POINT, d=PIXELS_A_POINT)
        drawn = list(self._band.marks(self._faces))
        stream.stream += content([shape for shapes, _ in drawn for shape in shapes], self._faces, stream)
        marker.close_artifact()
        kind = "TH" if isinstance(self._band, TableHeads) else "TD"
        rows = [
            [self._cell(kind, cell, texts, stream, marker) for cell, texts in zip(row, cells, strict=True)]
            for row, (_, cells) in zip(self._band.rows, drawn, strict=True)
        ]
        marker.open_artifact()
        self._meaning.drawn.append(MarkedRows(stream.number, marker.figure, rows))

    def _cell(
        self, kind: str, cell: TableCell, texts: Sequence[TextMark], stream: Stream, marker: Marker
    ) -> MarkedCell:
        mark = marker.mark(kind, content(texts, self._faces, stream))
        if not cell.link:
            return MarkedCell(kind, mark)
        line = self._band.look.style.line.points
        return MarkedCell(kind, mark, cell.link, tuple(_box(text, line, self._faces, stream) for text in texts))


class BlockImage:
    """A block that is drawn whole, as WeasyPrint asks for images."""

    def __init__(self, panel: DrawnBlock, faces: PangoText, meaning: LinksAndTags) -> None:
        """Keep the block, where its fonts come from, and what is told of it."""
        self._panel, self._faces, self._meaning = panel, faces, meaning
        self.entry = panel.entry
        self._height: float | None = None

    def get_intrinsic_size(self, _resolution: object, _font_size: object) -> ImageSize:
        """Return width and height in CSS pixels, and their ratio."""
        if self._height is None:  # asked for several times
            self._height = self._panel.height(self._faces)
        return _size(self._panel.width, self._height)

    def draw(self, stream: Stream, _width: float, _height: float, _style: object) -> None:
        """Append the block to a page's content."""
        marker = Marker(stream, self)
        stream.transform(a=PIXELS_A_POINT, d=PIXELS_A_POINT)
        marker.close_artifact()
        parts = [self._part(part, stream, marker) for part in self._panel.parts(self._faces)]
        marker.open_artifact()
        self._meaning.drawn.append(MarkedBlock(stream.number, marker.figure, parts))

    def _part(self, part: BlockPart, stream: Stream, marker: Marker) -> MarkedPart:
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


def _box(mark: TextMark, line: float, faces: PangoText, stream: Stream) -> PageBox:
    """Return what a text of a page takes up on its line, in the PDF's points."""
    width = faces.width(mark.text, mark.size, mark.weight)
    left = mark.x - SHARE[mark.anchor] * width
    middle = mark.y - (ASCENT - DESCENT) / 2 * mark.size
    x1, y1 = stream.ctm.transform_point(left, middle + line / 2)
    x2, y2 = stream.ctm.transform_point(left + width, middle - line / 2)
    return x1, y1, x2, y2


def _size(width: float, height: float) -> ImageSize:
    return width * PIXELS_A_POINT, height * PIXELS_A_POINT, width / height
