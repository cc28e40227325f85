"""The links and the structure tree of a document's drawings, added when all pages are written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pydyf

from reportgen.outputs.pdf.weasyprint70.marked_content import MarkedBlock, MarkedRows, PageBox
from reportgen.outputs.pdf.weasyprint70.needless_elements import leave_needless_out
from reportgen.outputs.pdf.weasyprint70.pdf_objects import compress, number_of, object_of
from reportgen.outputs.pdf.weasyprint70.structure_tree import Tree
from reportgen.outputs.pdf.weasyprint70.tag_repairs import describe_links, make_keepable, mend_tags

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.outputs.pdf.weasyprint70.actual_texts import ActualTexts


@dataclass(slots=True)
class LinksAndTags:
    """The drawings of a document, until it is complete.

    Attributes:
        titles: Of places, by their names; they describe links.
        drawn: The drawings.
        texts: Behind glyphs that stand in another order than their letters.
    """

    titles: Mapping[str, str]
    drawn: list[MarkedRows | MarkedBlock] = field(default_factory=list)
    texts: ActualTexts = field(default_factory=dict)

    def finish(self, pdf: pydyf.PDF) -> None:
        """Add links and elements of the structure tree to a document, and compress its streams."""
        pages = {
            number_of(page["Contents"]): page
            for page in (object_of(pdf, reference) for reference in pdf.page_references)
        }
        by_page: dict[int, list[MarkedRows | MarkedBlock]] = defaultdict(list)
        for part in self.drawn:
            by_page[part.content].append(part)
        self.drawn.clear()
        tree = Tree(pdf) if "StructTreeRoot" in pdf.catalog else None
        for content in list(by_page):
            _place(pdf, tree, pages[content], by_page.pop(content))
        if tree:
            for content, texts in self.texts.items():
                tree.add_texts(pages[content], texts)
            mend_tags(pdf)
            describe_links(pdf, self.titles)
            leave_needless_out(pdf)
            tree.close()
        if "OutputIntents" in pdf.catalog:  # of PDF/A alone
            make_keepable(pdf)
        for stream in pdf.objects:
            if isinstance(stream, pydyf.Stream) and stream.compress:
                compress(stream)


def _place(
    pdf: pydyf.PDF, tree: Tree | None, page: pydyf.Dictionary, drawn: Sequence[MarkedRows | MarkedBlock]
) -> None:
    """Add the links of a page's drawings, and their elements where the document has a structure tree."""
    elements = tree.place(page, drawn) if tree else {}
    rows = (row for part in drawn if isinstance(part, MarkedRows) for row in part.rows)
    for cell in (cell for row in rows for cell in row if cell.link):
        for box in cell.boxes:
            annotation = _annotation(pdf, page, cell.link or "", box)
            if tree:
                tree.add_link(elements[cell.mark], annotation)


def _annotation(pdf: pydyf.PDF, page: pydyf.Dictionary, link: str, box: PageBox) -> pydyf.Dictionary:
    """Return a link added to a page, as WeasyPrint adds it."""
    action = pydyf.Dictionary({"Type": "/Action", "S": "/URI", "URI": pydyf.String(link)})
    annotation = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Link",
            "Rect": pydyf.Array(box),
            "BS": pydyf.Dictionary({"W": 0}),
            "Contents": pydyf.String(link),
            "A": action,
        }
    )
    pdf.add_object(annotation)
    page.setdefault("Annots", pydyf.Array()).append(annotation.reference)
    return annotation
