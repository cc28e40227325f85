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
from reportgen.outputs.pdf.weasyprint70.pdf_objects import kids_of, number_of, object_of, parents_of, release

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.outputs.pdf.weasyprint70.marked_content import HeadScope, MarkedBlock, MarkedCell, MarkedPart


PARENT_BYTES = 11
"""The width of a reference in a list of parents, with the space before it: of numbers below a million."""


class ParentList(pydyf.Object):
    """The elements that hold the marked content of a page, by mark: an array of references as their numbers alone."""

    def __init__(self, numbers: Iterable[int]) -> None:
        """Take the numbers of elements; 0 is none."""
        super().__init__()
        self.numbers = array("I", numbers)

    def __getitem__(self, mark: int) -> bytes:
        """Return the reference of an element, or `null`."""
        number = self.numbers[mark]
        return _reference(number) if number else b"null"

    def __setitem__(self, mark: int, reference: bytes) -> None:
        """Set the reference of an element, or `null`."""
        self.numbers[mark] = 0 if reference == b"null" else number_of(reference)

    @property
    def data(self) -> bytes:
        """The array of references, which are all of one width, as is its first sign."""
        return b"[".ljust(PARENT_BYTES) + b"".join(b" " + _wide(self[mark]) for mark in range(len(self.numbers))) + b"]"


class _Element(pydyf.Object):
    """An element of the structure tree, smaller and faster than pydyf's own: there may be hundreds of thousands."""

    __slots__ = ("attributes", "begun", "number")

    generation, free, compressible = 0, "n", True

    def __init__(self) -> None:
        self.begun, self.attributes, self.number = b"", b"", 0

    @property
    def data(self) -> bytes:
        """The element: up to what it holds, which grows, and its attributes."""
        return self.begun + b"]" + self.attributes + b">>"

    @property
    def reference(self) -> bytes:
        return _reference(self.number)


class RowElement(_Element):
    """A row of a table, and its cells that hold marked content alone; these have numbers in a row.

    Most elements are such cells. They are put into words when they are written; an object and the words of each would
    hold more memory than all of the table.

    Attributes:
        first: Number of its first plain cell.
    """

    __slots__ = ("cells", "first", "page")

    def __init__(self, page: bytes, cells: tuple[MarkedCell, ...]) -> None:
        """Take the plain cells of a row that is drawn on a page, by its reference."""
        super().__init__()
        self.page, self.cells, self.first = page, cells, 0

    def cell_data(self, number: int) -> bytes:
        """Return the element of one of its plain cells, by its number."""
        cell = self.cells[number - self.first]
        mark = b"" if cell.mark is None else b"%d" % cell.mark
        return _cell_element(cell.scope, self.reference, mark.rjust(4), self.page) + b"]" + _scope(cell.scope) + b">>"


_Some = TypeVar("_Some", bound=_Element)


def element_data(number: int, item: pydyf.Object) -> bytes:
    """Return the content of an object of a document, by its number and its place among the document's objects."""
    if isinstance(item, RowElement) and number != item.number:
        return item.cell_data(number)
    if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem":
        return _like_ours(item)
    return item.data


def _like_ours(element: pydyf.Dictionary) -> bytes:
    """Return an element of WeasyPrint's as ours are written; only content that is marked on a page needs its page."""
    entries = dict(element)
    kind, parent, page, kids = (entries.pop(key, b"") for key in ("S", "P", "Pg", "K"))
    del entries["Type"]
    shown = page if any(isinstance(kid, int) for kid in kids) else b""
    begun = _element(kind[1:], parent, b" ".join(map(_kid, kids)), shown)
    return begun + b"]" + pydyf.Dictionary(entries).data[2:]


def _kid(kid: bytes | int | pydyf.Object) -> bytes:
    """Return a reference, the number of marked content or a dictionary as an element lists what it holds."""
    if isinstance(kid, int):
        return b"%4d" % kid
    return _wide(kid) if isinstance(kid, bytes) else kid.data


class Tree:
    """The structure tree of a PDF that WeasyPrint has tagged."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        """Take over a tree, and set the scope of its tables' heads."""
        self._pdf = pdf
        root = self._object(pdf.catalog["StructTreeRoot"])
        self._numbers = self._object(root["ParentTree"])["Nums"]
        for element in pdf.objects:
            if isinstance(element, pydyf.Dictionary) and element.get("S") == "/TH":
                group = self._object(self._object(element["P"])["P"])
                element["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"

    def place(self, page: pydyf.Dictionary, drawn: Sequence[MarkedRows | MarkedBlock]) -> dict[int | None, _Element]:
        """Add the elements of a page's drawings in place of their figures; return the elements of links, by mark."""
        at = 2 * page["StructParents"] + 1
        known = map(number_of, self._numbers[at])
        further = {mark for part in drawn for mark in part.marks} - {part.figure for part in drawn}
        further.discard(None)
        marks = range(len(self._numbers[at]) + len(further))
        self._numbers[at] = parents = ParentList(0 if mark in further else next(known) for mark in marks)
        instead: dict[int, list[bytes]] = {}  # by the number of the element that they replace
        rows: list[tuple[RowElement, tuple[MarkedCell, ...]]] = []
        for part in drawn:
            if isinstance(part, MarkedRows):
                wrapper = self._ancestor(parents[part.figure or 0], "/TR")
                new = [(self._add_row(page, wrapper["P"], cells), cells) for cells in part.rows]
                added = [row.reference for row, _ in new]
                rows += new
            else:
                wrapper = self._ancestor(parents[part.figure or 0], "/Figure")
                added = [*self._add_block(part, page, wrapper["P"], parents)]
            instead.setdefault(wrapper.number, []).extend(added)
        links: dict[int | None, _Element] = {}
        for row, cells in rows:  # after all rows: the writer puts like beside like
            self._add_cells(row, cells, parents, links)
        for number, elements in instead.items():
            self._replace(self._object(_reference(number)), elements)
        self._pdf.add_object(parents)
        return links

    def _add_row(self, page: pydyf.Dictionary, parent: bytes, cells: Iterable[MarkedCell]) -> RowElement:
        """Add a row below an element, without its cells."""
        row = self._add(RowElement(page.reference, tuple(cell for cell in cells if not _is_link(cell))))
        row.begun = _element("TR", parent, b"")
        return row

    def _add_cells(
        self, row: RowElement, cells: Sequence[MarkedCell], parents: ParentList, links: dict[int | None, _Element]
    ) -> None:
        """Add the cells of a row, and the elements of links to those known, by mark."""
        row.first = len(self._pdf.objects)
        self._pdf.objects += [row] * len(row.cells)
        numbers = count(row.first)
        made = [self._add_linked_cell(row, cell, links) if _is_link(cell) else next(numbers) for cell in cells]
        for cell, own in zip(cells, made, strict=True):
            if cell.mark is not None:
                parents.numbers[cell.mark] = links[cell.mark].number if _is_link(cell) else own
        row.begun += b" ".join(_wide(_reference(number)) for number in made)

    def _add_block(
        self, drawn: MarkedBlock, page: pydyf.Dictionary, parent: bytes, parents: ParentList
    ) -> Iterator[bytes]:
        """Add an element of each part of a block below an element; yield their references."""
        for part in drawn.parts:
            if part.mark is None:
                continue
            element = self._add(_Element())
            element.begun = _element(part.kind, parent, b"%4d" % part.mark, page.reference)
            element.attributes = _attributes(part)
            parents.numbers[part.mark] = element.number
            yield element.reference

    def add_texts(self, page: pydyf.Dictionary, texts: Mapping[int, str]) -> None:
        """Add the texts behind glyphs to their elements, by mark; a link's element holds other parts too."""
        parents = parents_of(self._pdf, page)
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

    def _replace(self, element: pydyf.Dictionary, instead: Sequence[bytes]) -> None:
        """Put elements in the place of an element, which is free from then on."""
        kids = self._object(element["P"])["K"]
        at = kids.index(element.reference)
        kids[at : at + 1] = instead
        self._free(element)

    def close(self) -> None:
        """Let the elements of each page's content be listed in an object of their own, which the writer makes small."""
        lists = self._numbers[1::2]
        self._numbers[1::2] = [each.reference if isinstance(each, ParentList) else each for each in lists]

    def _add_linked_cell(self, row: RowElement, cell: MarkedCell, links: dict[int | None, _Element]) -> int:
        """Add a cell that is a link, and the element of the link to those known; return the cell's number."""
        element, link = self._add(_Element()), self._add(_Element())
        link.begun = _element("Link", element.reference, b"%d" % (cell.mark or 0), row.page)
        element.begun = _cell_element(cell.scope, row.reference, link.reference, row.page)
        element.attributes = _scope(cell.scope)
        links[cell.mark] = link
        return element.number

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

    def _free(self, element: pydyf.Dictionary) -> None:
        """Put the document's free object in the places of an element and of all below it."""
        for kid in kids_of(self._pdf, element):
            self._free(kid)
        release(self._pdf, element)


def _reference(number: int) -> bytes:
    return b"%d 0 R" % number


def _is_link(cell: MarkedCell) -> bool:
    return bool(cell.link) and cell.mark is not None


def _cell_element(scope: HeadScope, row: bytes, content: bytes, page: bytes) -> bytes:
    """Return the element of a cell up to what it holds; `scope` is that of the head of a column or a row."""
    return _element("TH" if scope else "TD", row, content, page)


def _element(kind: str, parent: bytes, content: bytes, page: bytes = b"") -> bytes:
    """Return an element up to what it holds; references have one width, so that like elements are like bytes."""
    shown = b"/Pg " + _wide(page) if page else b""
    return b"<</S/%s/P %s%s/K[%s" % (kind.encode().ljust(2), _wide(parent), shown, content)


def _wide(reference: bytes) -> bytes:
    return reference.rjust(PARENT_BYTES - 1)


def _scope(scope: HeadScope) -> bytes:
    return b"/A<</O/Table/Scope/%s>>" % scope.encode() if scope else b""


def _attributes(part: MarkedPart) -> bytes:
    """Return the attributes of a figure: its alternative text and its place."""
    if part.kind != "Figure":
        return b""
    alt = b"/Alt " + pydyf.String(part.alt).data if part.alt else b""
    return alt + b"/A " + pydyf.Dictionary({"O": "/Layout", "BBox": pydyf.Array(part.box)}).data
