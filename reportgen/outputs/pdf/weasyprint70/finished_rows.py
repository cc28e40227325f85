"""Rows that stand on their page as they were laid out on a page without an end: they are not laid out again.

While pages are laid out, a picture of the same size stands in the place of such a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weasyprint.css.properties import ZERO_PIXELS
from weasyprint.formatting_structure.boxes import BlockReplacedBox
from weasyprint.layout.background import layout_box_backgrounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from xml.etree.ElementTree import Element

    from weasyprint.formatting_structure.boxes import Box, PageBox
    from weasyprint.layout import LayoutContext

_WITHOUT_EDGES = {f"padding_{side}": ZERO_PIXELS for side in ("top", "bottom", "left", "right")} | {
    f"border_{side}_width": 0 for side in ("top", "bottom", "left", "right")
}
_OF_ITS_OWN_SIZE = {"width": "auto", "height": "auto", **_WITHOUT_EDGES}


class FinishedRow(BlockReplacedBox):
    """The place of a row that is laid out."""

    def __init__(self, row: Box, laid_out: Box) -> None:
        """Take the place of a row in a tree that is to be laid out; its breaks and margins stay."""
        style = row.style.copy()
        style.update(_OF_ITS_OWN_SIZE)
        super().__init__(row.element_tag, style, row.element, self)
        self.laid_out = laid_out

    def get_intrinsic_size(self, _resolution: object, _font_size: object) -> tuple[float, float, float]:
        """Return width and height in CSS pixels, and their ratio, as WeasyPrint asks images for them."""
        width, height = self.laid_out.border_width(), self.laid_out.border_height()
        return width, height, width / height

    def moved(self) -> Box:
        """Return the row that is laid out, moved to this place."""
        right = self.border_box_x() - self.laid_out.border_box_x()
        self.laid_out.translate(right, self.border_box_y() - self.laid_out.border_box_y())
        return self.laid_out


def set_aside(rows: Iterable[Box], boxes: Mapping[Element, Box]) -> None:
    """Put pictures in the places of rows that are laid out, in the boxes that are to be laid out."""
    finished = {row.element: FinishedRow(boxes[row.element], row) for row in rows if row.border_height()}
    for element, box in boxes.items():
        if element.tag in {"main", "section"}:
            box.children = [finished.get(child.element, child) for child in box.children]


def put_back(page: PageBox, context: LayoutContext) -> None:
    """Put the rows that are laid out on a page in their places."""
    for parent in _parents(page):
        children = [child.moved() if isinstance(child, FinishedRow) else child for child in parent.children]
        for before, child in zip(parent.children, children, strict=True):
            if before is not child:
                layout_box_backgrounds(page, child, context.get_image_from_uri)
        parent.children = children


def _parents(page: PageBox) -> Iterator[Box]:
    """Yield the boxes of a page that hold rows: its main part and sections."""
    for body in page.children[0].children:
        for main in body.children:
            if main.element_tag == "main":
                yield main
                yield from (section for section in main.children if section.element_tag == "section")
