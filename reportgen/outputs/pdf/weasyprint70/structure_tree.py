"""The structure tree of a tagged PDF, with the elements of drawings.

When a document is complete, the figures that WeasyPrint makes of drawings are replaced by the rows and cells of a
table, or by headings, paragraphs and figures (ISO 32000-1, 14.7 and 14.8.4).
"""

from __future__ import annotations

from array import array
from itertools import count
from typing import TYPE_CHECKING, TypeVar

import pydyf

from reportgen.outputs.pdf.weasyprint70.marked_content import MarkedRows
from reportgen.outputs.pdf.weasyprint70.pdf_objects import kids_of, object_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.outputs.pdf.weasyprint70.marked_content import HeadScope, MarkedBlock, MarkedCell, MarkedPart


_NO_MARK = -1


class _Element(pydyf.Object):
    """An element of the structure tree, smaller and faster than pydyf's own: there may be hundreds of thousands."""

    __slots__ = ("begun", "number")

    generation, free, compressible = 0, "n", True

    def __init__(self) -> None:
        self.begun, self.number = b"", 0

    @property
    def data(self) -> bytes:
        """The element, whose last entry is what it holds."""
        return self.begun + b"]>>"

    @property
    def reference(self) -> bytes:
        return b"%d 0 R" % self.number


class _Row(_Element):
    """A row of a table, and its cells that hold marked content alone: they have the numbers behind its own.

    Most elements are such cells. They are put into words when they are written; an object and the words of each would
    hold more memory than all of the table.
    """

    __slots__ = ("marks", "page", "scopes")

    def __init__(self, page: bytes, cells: Sequence[MarkedCell]) -> None:
        """Take the plain cells of a row that is drawn on a page, by its reference."""
        super().__init__()
        self.page, self.scopes = page, tuple(cell.scope for cell in cells)
        self.marks = array("l", (_NO_MARK if cell.mark is None else cell.mark for cell in cells))

    def data_of(self, number: int) -> bytes:
        """Return the element of a number: the row, or one of its cells."""
        at = number - self.number - 1
        if at < 0:
            return self.data
        content = b"" if self.marks[at] == _NO_MARK else b"%d" % self.marks[at]
        return _cell_element(self.scopes[at], self.reference, content, self.page) + b"]>>"


_Some = TypeVar("_Some", bound=_Element)


def element_data(number: int, item: pydyf.Object) -> bytes:
    """Return the content of an object of a document, by its number and its place among the document's objects."""
    return item.data_of(number) if isinstance(item, _Row) else item.data


class Tree:
    """The structure tree of a PDF that WeasyPrint has tagged."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        """Take over a tree, and set the scope of its tables' heads."""
        self._pdf = pdf
        root = self._object(pdf.catalog["StructTreeRoot"])
        self._numbers = self._object(root["ParentTree"])["Nums"]
        self._instead: dict[int, list[bytes]] = {}  # by the number of the element that they replace
        for element in pdf.objects:
            if isinstance(element, pydyf.Dictionary) and element.get("S") == "/TH":
                group = self._object(self._object(element["P"])["P"])
                element["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"

    def place(self, page: pydyf.Dictionary, drawn: Sequence[MarkedRows | MarkedBlock]) -> dict[int | None, _Element]:
        """Add the elements of a page's drawings; return the elements of links, by mark."""
        parents = self._numbers[2 * page["StructParents"] + 1]
        known = iter(list(parents))
        further = {mark for part in drawn for mark in part.marks} - {part.figure for part in drawn}
        further.discard(None)
        parents[:] = [b"" if at in further else next(known) for at in range(len(parents) + len(further))]
        links: dict[int | None, _Element] = {}
        for part in drawn:
            if isinstance(part, MarkedRows):
                links |= self._add_rows(part, page, parents)
            else:
                self._add_block(part, page, parents)
        return links

    def _add_rows(self, drawn: MarkedRows, page: pydyf.Dictionary, parents: list[bytes]) -> dict[int | None, _Element]:
        """Add rows and their cells; return the elements of links, by mark."""
        links: dict[int | None, _Element] = {}
        wrapper = self._ancestor(parents[drawn.figure or 0], "/TR")
        rows = self._instead.setdefault(wrapper.number, [])
        reference = page.reference
        for cells in drawn.rows:
            plain = [cell for cell in cells if not _is_link(cell)]
            row = self._add(_Row(reference, plain))
            self._pdf.objects += [row] * len(plain)
            numbers = count(row.number + 1)
            made = [
                self._add_linked_cell(row, cell, links) if _is_link(cell) else b"%d 0 R" % next(numbers)
                for cell in cells
            ]
            for cell, own in zip(cells, made, strict=True):
                if cell.mark is not None:
                    parents[cell.mark] = links[cell.mark].reference if _is_link(cell) else own
            row.begun = _element("TR", wrapper["P"], b" ".join(made))
            rows.append(row.reference)
        return links

    def _add_block(self, drawn: MarkedBlock, page: pydyf.Dictionary, parents: list[bytes]) -> None:
        """Add an element of each part of a block."""
        figure = self._ancestor(parents[drawn.figure or 0], "/Figure")
        parts = self._instead.setdefault(figure.number, [])
        for part in drawn.parts:
            if part.mark is None:
                continue
            element = self._add(_Element())
            element.begun = _element(part.kind, figure["P"], b"%d" % part.mark, page.reference, _attributes(part))
            parents[part.mark] = element.reference
            parts.append(element.reference)

    def add_texts(self, page: pydyf.Dictionary, texts: Mapping[int, str]) -> None:
        """Add the texts behind glyphs to their elements, by mark; a link's element holds other parts too."""
        parents = self._numbers[2 * page["StructParents"] + 1]
        for mark, text in texts.items():
            element = self._object(parents[mark])
            if element["S"] == "/Span":
                element["ActualText"] = pydyf.String(text)

    def add_link(self, element: _Element, annotation: pydyf.Dictionary) -> None:
        """Add a link to the element that holds its text."""
        key = max(self._numbers[::2]) + 1
        self._numbers.extend([key, element.reference])
        annotation["StructParent"] = key
        element.begun += b"<</Type/OBJR/Obj %s>>" % annotation.reference

    def finish(self) -> None:
        """Replace the figures of drawings by the elements of their parts."""
        for number, elements in self._instead.items():
            wrapper = self._object(b"%d 0 R" % number)
            kids = self._object(wrapper["P"])["K"]
            at = kids.index(wrapper.reference)
            kids[at : at + 1] = elements
            self._clear(wrapper)

    def _add_linked_cell(self, row: _Row, cell: MarkedCell, links: dict[int | None, _Element]) -> bytes:
        """Add a cell that is a link, and the element of the link to those known; return the cell's reference."""
        element, link = self._add(_Element()), self._add(_Element())
        link.begun = _element("Link", element.reference, b"%d" % (cell.mark or 0), row.page)
        element.begun = _cell_element(cell.scope, row.reference, link.reference, row.page)
        links[cell.mark] = link
        return element.reference

    def _add(self, element: _Some) -> _Some:
        self._pdf.add_object(element)
        return element

    def _object(self, reference: bytes) -> pydyf.Dictionary:
        return object_of(self._pdf, reference)

    def _ancestor(self, reference: bytes, kind: str) -> pydyf.Dictionary:
        element = self._object(reference)
        while element["S"] != kind:
            element = self._object(element["P"])
        return element

    def _clear(self, element: pydyf.Dictionary) -> None:
        """Free an element and all below it."""
        for kid in kids_of(self._pdf, element):
            self._clear(kid)
        element.clear()
        element.free = "f"


def _is_link(cell: MarkedCell) -> bool:
    return bool(cell.link) and cell.mark is not None


def _cell_element(scope: HeadScope, row: bytes, content: bytes, page: bytes) -> bytes:
    """Return the element of a cell without its end; `scope` is that of the head of a column or a row."""
    attributes = b"/A<</O/Table/Scope/%s>>" % scope.encode() if scope else b""
    return _element("TH" if scope else "TD", row, content, page, attributes)


def _element(kind: str, parent: bytes, content: bytes, page: bytes = b"", attributes: bytes = b"") -> bytes:
    """Return an element without its end."""
    shown = b"/Pg " + page if page else b""
    return b"<</S/%s/P %s%s%s/K[%s" % (kind.encode(), parent, shown, attributes, content)


def _attributes(part: MarkedPart) -> bytes:
    """Return the attributes of a figure: its alternative text and its place."""
    if part.kind != "Figure":
        return b""
    alt = b"/Alt " + pydyf.String(part.alt).data if part.alt else b""
    return alt + b"/A " + pydyf.Dictionary({"O": "/Layout", "BBox": pydyf.Array(part.box)}).data
