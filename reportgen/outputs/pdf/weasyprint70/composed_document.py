"""Documents whose pages are composed: laid out on a page without an end, planned, and laid out on the planned pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict
from xml.etree.ElementTree import Element

from weasyprint import DEFAULT_OPTIONS, Document, Page
from weasyprint.css import StyleFor
from weasyprint.css.counters import CounterStyle
from weasyprint.document import DocumentMetadata, get_html_metadata
from weasyprint.formatting_structure.boxes import ReplacedBox
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.layout import initialize_page_maker, layout_document
from weasyprint.layout.page import make_all_pages
from weasyprint.pdf import VARIANTS

from reportgen.outputs.page.page_composition import BlockSpace
from reportgen.outputs.pdf.weasyprint70.finished_rows import put_back, set_aside
from reportgen.outputs.pdf.weasyprint70.marked_breaks import (
    BreakRules,
    break_rules,
    mark_breaks,
    planned_pages,
    restyle,
)
from reportgen.outputs.pdf.weasyprint70.page_atoms import classes, placed_atoms, turned_back, with_least_heights

if TYPE_CHECKING:
    from weasyprint import CSS, HTML
    from weasyprint.css import ComputedStyle
    from weasyprint.formatting_structure.boxes import Box, PageBox
    from weasyprint.text.fonts import FontConfiguration

    from reportgen.model import PdfVariant
    from reportgen.outputs.page.measures import Measures
    from reportgen.outputs.pdf.blocks.chart_figure import DrawnChart
    from reportgen.outputs.pdf.weasyprint70.drawn_images import DrawnImages
    from reportgen.outputs.pdf.weasyprint70.marked_breaks import PlannedPages
    from reportgen.outputs.pdf.weasyprint70.page_atoms import PlacedAtom

_ENDLESS = 10_000_000  # pixels by which a page without an end is higher
_SAME = 0.01  # points
_SAFETY = 1  # pixel by which planned pages are lower than the page engine's, for what is rounded
_PARTS_FOR_NOW = "recto"  # a break that no stylesheet of a report asks for; it may leave a page empty


class LayoutOptions(TypedDict):
    """Options of the layout, by WeasyPrint's names."""

    font_config: FontConfiguration
    stylesheets: list[CSS]
    pdf_variant: PdfVariant | None


class Draft:
    """A page as a tree of boxes, which is laid out more than once.

    Attributes:
        images: Its drawings; the charts that give way are drawn anew when it is laid out.
    """

    def __init__(self, page: HTML, images: DrawnImages, measures: Measures, layout: LayoutOptions) -> None:
        """Make the tree, as WeasyPrint's `Document._render`."""
        self.images, self._page, self._measures, self._fonts = images, page, measures, layout["font_config"]
        variant = layout["pdf_variant"]
        wanted = VARIANTS[variant][1] if variant else {}
        options = {**DEFAULT_OPTIONS, **wanted, **layout, "cache": images.images}
        self._intent, counters = options["output_intent"], CounterStyle()
        self._context = Document._build_layout_context(page, self._fonts, counters, {}, options)  # noqa: SLF001 - WeasyPrint has no public way
        self._root = build_formatting_structure(
            page.etree_element,
            self._context.style_for,
            self._context.get_image_from_uri,
            page.base_url,
            self._context.target_collector,
            counters,
            self._context.footnotes,
        )
        self._boxes: dict[Element, Box] = {}
        for box in self._root.descendants():
            self._boxes.setdefault(box.element, box)

    def document(self) -> Document:
        """Return the document on its planned pages."""
        planned, charts = self._planned()
        mark_breaks(self._boxes, planned, self._measures)
        redrawn = {address: self.images.show(address, block) for address, block in charts.items()}
        for element, box in self._boxes.items():
            if isinstance(box, ReplacedBox) and element.get("src") in redrawn:
                box.replacement = redrawn[element.get("src", "")]
        set_aside(planned.finished, self._boxes)
        boxes = list(layout_document(self._page, self._root, self._context))
        for box in boxes:
            put_back(box, self._context)
        pages = [Page(box) for box in boxes]
        vars(self._context).clear()  # it refers to itself: its boxes would stay until garbage is collected
        metadata = DocumentMetadata(**get_html_metadata(self._page))
        return Document(pages, metadata, self._page.url_fetcher, self._fonts, {}, self._intent)

    def rules(self) -> BreakRules:
        """Return the planned pages in the words of a stylesheet."""
        planned, _ = self._planned()
        charts = {self.images.chart(address).name: percent for address, percent in planned.charts}
        return BreakRules(break_rules(planned, self._page.etree_element, self._measures), charts)

    def _planned(self) -> tuple[PlannedPages, dict[str, DrawnChart]]:
        """Return the planned pages, after a layout on pages without an end, and the charts that give way on them.

        A chart may turn out higher than it was planned, for the room that its labels take; the pages are planned anew
        then. So no chart is drawn that no page shows.
        """
        stretches = self._stretches()
        least: dict[str, float] = {}
        while True:
            known = ([with_least_heights(placed, least) for placed in stretch] for stretch in stretches)
            planned = planned_pages(known, self._measures)
            charts = {address: self.images.chart(address).at(percent) for address, percent in planned.charts}
            higher: dict[str, float] = {}
            for address, percent in planned.charts:
                drawn, usual = charts[address].drawing.height, self.images.chart(address).drawing.height
                if drawn > BlockSpace(0, usual, least.get(address, 0)).height(percent) + _SAME:
                    higher[address] = drawn
            if not higher:
                return planned, charts
            least |= higher

    def _stretches(self) -> list[list[PlacedAtom]]:
        """Return the atoms of each page of a layout on pages without an end."""
        for element, box in self._boxes.items():
            if element.tag == "section" and "fresh" not in classes(element):
                restyle(box, break_before="auto")
        parted = [self._boxes[element] for element in turned_back(self._page.etree_element)]
        styles = [box.style for box in parted]
        for box in parted:  # WeasyPrint would go on on the page that is turned
            restyle(box, break_before=_PARTS_FOR_NOW)
        pages = self._endless_pages()
        for box, style in zip(parted, styles, strict=True):
            box.style = style
        stretches = (placed_atoms(page, page.height - _ENDLESS - _SAFETY, self._measures) for page in pages)
        return [stretch for stretch in stretches if stretch]

    def _endless_pages(self) -> list[PageBox]:
        """Return the pages of a layout on pages without an end."""
        style_for = self._context.style_for
        self._context.style_for = _EndlessStyles(style_for)
        initialize_page_maker(self._context, self._root)
        pages = list(make_all_pages(self._context, self._root, self._page, []))
        self._context.style_for = style_for
        for page in pages:
            page.children = page.children[:1]  # its empty area of notes refers to it: it would stay as above
        return pages


class _EndlessStyles(StyleFor):
    """The styles of a document, whose pages have no end."""

    def __init__(self, style_for: StyleFor) -> None:
        """Take over the styles of a document."""
        vars(self).update(vars(style_for))

    def __call__(self, element: object, pseudo_type: str | None = None) -> ComputedStyle | None:
        """Return the style of an element or of a page."""
        style = super().__call__(element, pseudo_type)
        if style is None or pseudo_type or isinstance(element, Element):
            return style
        style = style.copy()
        width, height = style["size"]
        style["size"] = width, height + _ENDLESS
        return style
