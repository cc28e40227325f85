"""Drawings inside WeasyPrint's pages, in place of images.

Before WeasyPrint fetches an image it looks its address up in the dictionary that is given as `cache`, and asks the
object found there for its size and to draw itself. That protocol is not documented;
`tests/outputs/pdf/weasyprint70/test_drawn_images.py` fails where a version changes it. The alternative, inline SVG,
costs twenty times as long.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, TypeAlias

from reportgen.errors import OutputError
from reportgen.outputs.drawing.font_metrics import NORMAL
from reportgen.outputs.drawing.svg import number
from reportgen.outputs.page.lengths import PIXELS_A_POINT
from reportgen.outputs.pdf.blocks.block import DrawnBlock
from reportgen.outputs.pdf.blocks.chart_figure import DrawnChart
from reportgen.outputs.pdf.blocks.page_margins import RunningHeads
from reportgen.outputs.pdf.blocks.table_heads import TableHeads
from reportgen.outputs.pdf.blocks.table_rows import TableRows
from reportgen.outputs.pdf.weasyprint70.content_operators import SHARE, Pen
from reportgen.outputs.pdf.weasyprint70.laid_out_pages import (
    add_bookmarks,
    add_margins,
    keep_outer_links,
    number_places,
)
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
    from reportgen.outputs.pdf.weasyprint70.marked_content import HeadScope, PageBox
    from reportgen.outputs.pdf.weasyprint70.pango_text import Face, KnownGlyphs
    from reportgen.outputs.text.table_columns import TableCell

    ImageSize: TypeAlias = tuple[float, float, float]


class DrawnImages:
    """The drawings of a document.

    Attributes:
        images: WeasyPrint's `cache`: the drawings by their addresses.
    """

    def __init__(
        self,
        drawn: Mapping[str, DrawnPart],
        fonts: FontConfiguration,
        language: str,
        titles: Mapping[str, str],
        known: dict[tuple[Face, str], KnownGlyphs],
    ) -> None:
        """Make the images of a document.

        Args:
            drawn: The drawings by their addresses; all texts are simple, see `TextMark.is_simple`.
            fonts: Hold the page's loaded fonts, in which drawings are set too.
            language: Of the page.
            titles: Of the places that links lead to, by their names.
            known: Glyphs known from other documents, to which this document adds its own.
        """
        self._faces = PangoText(fonts, language, known)
        self._tags = LinksAndTags(titles)
        self._heads = next((part for part in drawn.values() if isinstance(part, RunningHeads)), None)
        self.images = {
            address: self._image(part) for address, part in drawn.items() if not isinstance(part, RunningHeads)
        }

    def paginate(self, document: Document, *, tagged: bool) -> None:
        """Add bookmarks, page numbers and margins to the document that is laid out, before it is written."""
        blocks = (image for image in self.images.values() if isinstance(image, BlockImage))
        add_bookmarks(document, {image: image.block.entry for image in blocks if image.block.entry})
        number_places(document, self._faces)
        keep_outer_links(document)
        add_margins(document, self._heads, self._faces, self._tags.texts, tagged=tagged)

    def finish(self, pdf: pydyf.PDF) -> None:
        """Complete the document that is about to be written."""
        self._tags.finish(pdf)

    def show(self, address: str, block: DrawnChart) -> BlockImage:
        """Return the image of a chart's block, which stands at its address from now on."""
        self.images[address] = image = BlockImage(block, self._faces, self._tags)
        return image

    def chart(self, address: str) -> DrawnChart:
        """Return the block of a chart that is drawn whole.

        Raises:
            OutputError: There is no chart at that address.
        """
        image = self.images[address]
        if isinstance(image, BlockImage) and isinstance(image.block, DrawnChart):
            return image.block
        raise OutputError(f"{address} is no drawing of a chart; render with --plain")

    def close(self) -> None:
        """Release the fonts, when the document is written or given up."""
        self._faces.close()

    def _image(self, drawn: Drawing | TableRows | TableHeads | DrawnBlock) -> DrawingImage | RowsImage | BlockImage:
        if isinstance(drawn, TableRows | TableHeads):
            return RowsImage(drawn, self._faces, self._tags)
        if isinstance(drawn, DrawnBlock):
            return BlockImage(drawn, self._faces, self._tags)
        return DrawingImage(drawn, self._faces)


@dataclass(frozen=True, eq=False, slots=True)
class DrawingImage:
    """A drawing as WeasyPrint asks for images."""

    drawing: Drawing
    faces: PangoText

    def get_intrinsic_size(self, _resolution: object, _font_size: object) -> ImageSize:
        """Return width and height in CSS pixels, and their ratio."""
        return _size(self.drawing.width, self.drawing.height)

    def draw(self, stream: Stream, width: float, height: float, _style: object) -> None:
        """Append the drawing to a page's content, `width` by `height` CSS pixels large."""
        stream.transform(a=width / self.drawing.width, d=height / self.drawing.height)
        stream.stream += Pen(self.faces, stream).draw(self.drawing.marks)


@dataclass(frozen=True, eq=False)
class RowsImage:
    """Rows of a table, or its heads, as WeasyPrint asks for images."""

    rows: TableRows | TableHeads
    faces: PangoText
    tags: LinksAndTags

    @property
    def count(self) -> int:
        """The count of rows of the table's body."""
        is_body = isinstance(self.rows, TableRows) and self.rows.weight == NORMAL
        return len(self.rows.rows) if is_body else 0

    @cached_property
    def _height(self) -> float:
        return self.rows.height(self.faces)

    def get_intrinsic_size(self, _resolution: object, _font_size: object) -> ImageSize:
        """Return width and height in CSS pixels, and their ratio."""
        return _size(self.rows.look.width, self._height)

    def draw(self, stream: Stream, _width: float, _height: float, _style: object) -> None:
        """Append the rows to a page's content."""
        marker = Marker(stream, self)
        stream.transform(a=PIXELS_A_POINT, d=PIXELS_A_POINT)
        drawn, pen = list(self.rows.marks(self.faces)), Pen(self.faces, stream)
        stream.stream += pen.draw(shape for shapes, _ in drawn for shape in shapes)
        marker.close_artifact()
        heads = isinstance(self.rows, TableHeads)
        rows = [
            tuple(
                self._cell("Column" if heads else "" if at else "Row", cell, texts, pen, marker)
                for at, (cell, texts) in enumerate(zip(row, cells, strict=True))
            )
            for row, (_, cells) in zip(self.rows.rows, drawn, strict=True)
        ]
        marker.open_artifact()
        self.tags.drawn.append(MarkedRows(stream.number, marker.figure, rows))

    def _cell(
        self, scope: HeadScope, cell: TableCell, texts: Sequence[TextMark], pen: Pen, marker: Marker
    ) -> MarkedCell:
        mark = marker.mark("TH" if scope else "TD", pen.draw(texts))
        if not cell.link:
            return _plain_cell(scope, mark)
        line = self.rows.look.style.line.points
        return MarkedCell(scope, mark, cell.link, tuple(_box(text, line, self.faces, pen.stream) for text in texts))


@dataclass(frozen=True, eq=False)
class BlockImage:
    """A block that is drawn whole, as WeasyPrint asks for images."""

    block: DrawnBlock
    faces: PangoText
    tags: LinksAndTags

    @cached_property
    def _height(self) -> float:
        return self.block.height(self.faces)

    def get_intrinsic_size(self, _resolution: object, _font_size: object) -> ImageSize:
        """Return width and height in CSS pixels, and their ratio."""
        return _size(self.block.width, self._height)

    def draw(self, stream: Stream, _width: float, _height: float, _style: object) -> None:
        """Append the block to a page's content."""
        marker = Marker(stream, self)
        stream.transform(a=PIXELS_A_POINT, d=PIXELS_A_POINT)
        marker.close_artifact()
        pen = Pen(self.faces, stream)
        parts = [self._part(part, pen, marker) for part in self.block.parts(self.faces)]
        marker.open_artifact()
        self.tags.drawn.append(MarkedBlock(stream.number, marker.figure, parts))

    def _part(self, part: BlockPart, pen: Pen, marker: Marker) -> MarkedPart:
        if part.left or part.top:
            moved = f"q 1 0 0 1 {number(part.left)} {number(part.top)} cm".encode()
            drawn = [moved, *Pen(self.faces, pen.stream).draw(part.marks), b"Q"]
        else:
            drawn = pen.draw(part.marks)
        if part.kind == "Artifact":
            marker.artifact(drawn)
            return MarkedPart(part.kind, None)
        mark, (width, height) = marker.mark(part.kind, drawn), part.size
        x1, y1 = pen.stream.ctm.transform_point(part.left, part.top + height)
        x2, y2 = pen.stream.ctm.transform_point(part.left + width, part.top)
        return MarkedPart(part.kind, mark, part.alt, (x1, y1, x2, y2))


@lru_cache(maxsize=4096)
def _plain_cell(scope: HeadScope, mark: int | None) -> MarkedCell:
    """Return a cell without a link: the pages of a long table share theirs, as many as a page has texts."""
    return MarkedCell(scope, mark)


def _box(mark: TextMark, line: float, faces: PangoText, stream: Stream) -> PageBox:
    """Return the box of a text on its line, in the PDF's points."""
    width = faces.width(mark.text, mark.size, mark.weight, mark.typeface)
    left = mark.x - SHARE[mark.anchor] * width
    middle = mark.y - (mark.typeface.ascent - mark.typeface.descent) / 2 * mark.size
    x1, y1 = stream.ctm.transform_point(left, middle + line / 2)
    x2, y2 = stream.ctm.transform_point(left + width, middle - line / 2)
    return x1, y1, x2, y2


def _size(width: float, height: float) -> ImageSize:
    return width * PIXELS_A_POINT, height * PIXELS_A_POINT, width / height
