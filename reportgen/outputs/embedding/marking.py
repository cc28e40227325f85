"""What the drawn rows of tables mean: marked content, the structure tree of a tagged PDF, and links.

WeasyPrint takes a picture for one figure. Here each cell of a band is marked content of its own, and
when the document is complete, the figures of a table's rows are replaced by rows and cells (ISO
32000-1, 14.7 and 14.8.4.3.4).
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pydyf

from reportgen.errors import OutputError
from reportgen.outputs.embedding.tagging import describe_links, make_keepable, mend_tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weasyprint.pdf.stream import Stream

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class MarkedCell:
    """A cell as it was drawn on a page.

    Attributes:
        mark: Number of its marked content on the page; None where the PDF has no tags, or the cell no text.
        link: Where it leads, or None.
        boxes: What of the page leads there, in the PDF's points from the bottom left corner.
    """

    mark: int | None
    link: str | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedBand:
    """A band as it was drawn on a page.

    Attributes:
        content: Number of the page's content in the PDF.
        figure: Number of the marked content that the page engine took the band for; None in a PDF without tags.
        rows: The cells of each row.
    """

    content: int
    figure: int | None
    rows: list[list[MarkedCell]]


class _Tags(dict[Any, Any]):
    """WeasyPrint's marked content of a page, by box; it numbers the next by how many there are, and ends with none."""

    further = 0

    def __len__(self) -> int:
        return super().__len__() + self.further

    def __bool__(self) -> bool:
        return super().__len__() > 0


class Marker:
    """Marks the cells of a band while it is drawn."""

    def __init__(self, stream: Stream, image: object) -> None:
        """Take over the figure that WeasyPrint has just begun for an image; nothing where the PDF has no tags.

        Raises:
            OutputError: WeasyPrint marks content otherwise than is known here.
        """
        self._stream: list[object] = stream.stream
        self.figure: int | None = None
        if stream._tags is None:  # noqa: SLF001 - WeasyPrint has no public way
            return
        if not isinstance(stream._tags, _Tags):  # noqa: SLF001 - see above
            stream._tags = _Tags(stream._tags)  # noqa: SLF001 - see above
        self._tags: _Tags = stream._tags  # noqa: SLF001 - see above
        box = next(reversed(self._tags), None)
        at = next((at for at in reversed(range(len(self._stream))) if self._stream[at] == b"BDC"), 0)
        if getattr(box, "replacement", None) is not image or self._stream[at - 2] != "/Figure":
            message = "WeasyPrint marks the content of its pages in an unknown way; render with --plain"
            raise OutputError(message)
        self._stream[at - 2 : at + 1] = ["/Artifact", b"BMC"]
        self.figure = self._free = int(self._tags[box]["mcid"])

    def close_artifact(self) -> None:
        """End what is no text, before the first cell."""
        if self.figure is not None:
            self._stream.append(b"EMC")

    def cell(self, content: list[bytes]) -> int | None:
        """Append the content of a cell, and return its number; None where it needs none."""
        if self.figure is None or not content:
            self._stream += content
            return None
        number = self._free
        self._tags.further += number != self.figure
        self._free = len(self._tags)
        self._stream.append(b"/TD <</MCID %d>> BDC %s EMC" % (number, b" ".join(content)))
        return number

    def open_artifact(self) -> None:
        """Begin what WeasyPrint ends, after the last cell."""
        if self.figure is not None:
            self._stream.append(b"/Artifact BMC")


@dataclass(slots=True)
class Meaning:
    """What was drawn on the pages of a document, until it is complete.

    Attributes:
        titles: What stands at the places that links lead to, by their names.
        bands: The rows that were drawn.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    bands: list[MarkedBand] = field(default_factory=list)

    def finish(self, _document: object, pdf: pydyf.PDF) -> None:
        """Give a document its links, and a tagged one its tables, and make it small; WeasyPrint's `finisher`."""
        numbers = {_number(pdf.objects[page]["Contents"]): page for page in pdf.pages["Kids"][::3]}
        by_page: dict[int, list[MarkedBand]] = defaultdict(list)
        for band in self.bands:
            by_page[numbers[band.content]].append(band)
        tree = _Tree(pdf) if "StructTreeRoot" in pdf.catalog else None
        for page, bands in by_page.items():
            elements = tree.place(pdf.objects[page], bands) if tree else {}
            for cell in (cell for band in bands for row in band.rows for cell in row if cell.link):
                for box in cell.boxes:
                    annotation = _annotation(pdf, pdf.objects[page], cell.link or "", box)
                    if tree:
                        tree.lead(elements[cell.mark], annotation)
        if tree:
            tree.finish()
            mend_tags(pdf)
            describe_links(pdf, self.titles)
        if "OutputIntents" in pdf.catalog:  # of PDF/A alone
            make_keepable(pdf)
        self.bands.clear()
        for stream in pdf.objects:
            if isinstance(stream, pydyf.Stream) and stream.compress:
                _compress(stream)


class _Element:
    """An element of the structure tree as pydyf's objects are, but small: there may be hundreds of thousands."""

    __slots__ = ("data", "number", "offset")

    generation, free, compressible = 0, "n", True

    def __init__(self) -> None:
        self.data, self.number, self.offset = b"", 0, 0

    @property
    def reference(self) -> bytes:
        return b"%d 0 R" % self.number

    @property
    def indirect(self) -> bytes:
        return b"%d 0 obj\n%s\nendobj" % (self.number, self.data)


class _Tree:
    """The structure tree of a PDF that WeasyPrint has tagged."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self._pdf = pdf
        root = self._object(pdf.catalog["StructTreeRoot"])
        self._numbers = self._object(root["ParentTree"])["Nums"]
        self._rows: dict[int, list[bytes]] = {}  # by the number of the row that stands for them
        for element in pdf.objects:
            if isinstance(element, pydyf.Dictionary) and element.get("S") == "/TH":
                group = self._object(self._object(element["P"])["P"])
                element["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"

    def place(self, page: pydyf.Dictionary, bands: list[MarkedBand]) -> dict[int | None, int]:
        """Make rows and cells of a page's bands; return the numbers of the elements that hold links, by mark."""
        parents = self._numbers[2 * page["StructParents"] + 1]
        known = iter(list(parents))
        further = {cell.mark for band in bands for row in band.rows for cell in row} - {band.figure for band in bands}
        further.discard(None)
        parents[:] = [b"" if at in further else next(known) for at in range(len(parents) + len(further))]
        links: dict[int | None, int] = {}
        for band in bands:
            wrapper = self._ancestor(parents[band.figure], "/TR")
            rows = self._rows.setdefault(wrapper.number, [])
            for cells in band.rows:
                row = self._add()
                made = [self._cell(row, page, cell, parents) for cell in cells]
                links |= {cell.mark: link for cell, (_, link) in zip(cells, made, strict=True) if link is not None}
                row.data = _element("TR", wrapper["P"], b" ".join(reference for reference, _ in made))
                rows.append(row.reference)
        return links

    def lead(self, element: int, annotation: pydyf.Dictionary) -> None:
        """Put a link into the element that holds its text."""
        key = max(self._numbers[::2]) + 1
        self._numbers.extend([key, f"{element} 0 R".encode()])
        annotation["StructParent"] = key
        self._pdf.objects[element].data = self._pdf.objects[element].data.replace(
            b"]>>", b"<</Type/OBJR/Obj " + annotation.reference + b">>]>>"
        )

    def finish(self) -> None:
        """Put the rows in place of those that stood for them."""
        for number, rows in self._rows.items():
            wrapper = self._pdf.objects[number]
            kids = self._object(wrapper["P"])["K"]
            at = kids.index(wrapper.reference)
            kids[at : at + 1] = rows
            self._clear(wrapper)

    def _cell(
        self, row: _Element, page: pydyf.Dictionary, cell: MarkedCell, parents: list[bytes]
    ) -> tuple[bytes, int | None]:
        """Add a cell; return its reference, and the number of the link in it where it has one."""
        element = self._add()
        content = b"" if cell.mark is None else b"%d" % cell.mark
        link = None
        if cell.link and cell.mark is not None:
            inner = self._add()
            inner.data = _element("Link", element.reference, content, page.reference)
            content, link = inner.reference, inner.number
        element.data = _element("TD", row.reference, content, page.reference)
        if cell.mark is not None:
            parents[cell.mark] = element.reference if link is None else content
        return element.reference, link

    def _add(self) -> _Element:
        element = _Element()
        self._pdf.add_object(element)
        return element

    def _object(self, reference: bytes) -> pydyf.Dictionary:
        return self._pdf.objects[_number(reference)]

    def _ancestor(self, reference: bytes, kind: str) -> pydyf.Dictionary:
        element = self._object(reference)
        while element["S"] != kind:
            element = self._object(element["P"])
        return element

    def _clear(self, element: pydyf.Dictionary) -> None:
        """Empty an element and all below it; freed objects would make pydyf count the others wrongly."""
        for kid in self._kids(element):
            self._clear(kid)
        element.clear()

    def _kids(self, element: pydyf.Dictionary) -> Iterator[pydyf.Dictionary]:
        return (self._object(kid) for kid in element["K"] if isinstance(kid, bytes))


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _element(kind: str, parent: bytes, content: bytes, page: bytes = b"") -> bytes:
    shown = b"/Pg " + page if page else b""
    return b"<</S/%s/P %s%s/K[%s]>>" % (kind.encode(), parent, shown, content)


def _annotation(pdf: pydyf.PDF, page: pydyf.Dictionary, link: str, box: Box) -> pydyf.Dictionary:
    """Add a link to a page, as WeasyPrint does."""
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


def _compress(stream: pydyf.Stream) -> None:
    """Compress a stream now and for good: pydyf would hold all of them whole, and compress each twice."""
    content = pydyf.Stream(stream.stream).data.partition(b"stream\n")[2].removesuffix(b"\nendstream")
    stream.stream, stream.compress = [zlib.compress(content)], False
    stream.extra["Filter"] = "/FlateDecode"
