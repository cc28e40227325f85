"""The bytes of a PDF: small, and each part made once.

pydyf puts all objects into a single stream and compresses that twice, once more for the file's identifier; a large
table has hundreds of thousands of objects. Here they go into streams of a thousand, and the table of their places is
written as differences, which compress to almost nothing (ISO 32000-1, 7.5.7, 7.5.8 and 7.4.4.4).
"""

from __future__ import annotations

import hashlib
import zlib
from array import array
from itertools import islice
from typing import TYPE_CHECKING, TypedDict

import pydyf
from weasyprint import DEFAULT_OPTIONS
from weasyprint.pdf import VARIANTS, generate_pdf

from reportgen.outputs.pdf.weasyprint70.file_properties import take_producer_out
from reportgen.outputs.pdf.weasyprint70.font_programs import shrink_fonts
from reportgen.outputs.pdf.weasyprint70.pdf_objects import LEVEL
from reportgen.outputs.pdf.weasyprint70.structure_tree import element_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from weasyprint import Attachment, Document

    from reportgen.model import PdfVariant

_HEADER = b"%%PDF-%s\n%%\xf0\x9f\x96\xa4\n"
_TOGETHER = 1000  # objects in a stream
_FREE, _PLAIN, _PACKED = 0, 1, 2  # kinds of entries
_UP = b"\x02"  # PNG's prediction from the row above


class PdfOptions(TypedDict):
    """Options of a PDF, by WeasyPrint's names."""

    pdf_tags: bool
    pdf_variant: PdfVariant | None
    attachments: Sequence[Attachment]


def pdf_bytes(document: Document, finish: Callable[[pydyf.PDF], None], options: PdfOptions) -> bytes:
    """Return the PDF of a document that is laid out, as WeasyPrint's `Document.write_pdf` but for the writer.

    `finish` completes its objects before they are written. The document has no pages any more when it returns: those
    of a large table hold as much memory as what is made of them.
    """
    variant = options["pdf_variant"]
    wanted = VARIANTS[variant][1] if variant else {}
    pdf = generate_pdf(document, None, 1, **{**DEFAULT_OPTIONS, **wanted, **options})
    document.pages.clear()
    take_producer_out(pdf)
    shrink_fonts(pdf)
    finish(pdf)
    return file_bytes(pdf, wanted.get("pdf_version"))


def file_bytes(pdf: pydyf.PDF, version: str | None) -> bytes:
    """Return the file of a document whose objects are complete, without free objects; its identifier is their hash.

    Args:
        pdf: The document.
        version: Of the format, 1.5 or later; None for 1.7.
    """
    if pdf.info:
        pdf.add_object(pdf.info)
    written = _Written(_HEADER % (version or "1.7").encode())
    places = _Places(len(pdf.objects))
    for number, item in _used(pdf, compressible=False):
        places.put(number, _PLAIN, written.append(item.indirect))
    together = ((number, element_data(number, item)) for number, item in _used(pdf, compressible=True))
    for stream, numbers in _packed(together):
        holder = places.add(written.position)
        written.append(b"%d 0 obj\n%s\nendobj" % (holder, stream.data))
        for at, number in enumerate(numbers):
            places.put(number, _PACKED, holder, at)
    identifier = pydyf.String(written.hashed.hexdigest().encode())  # of the document, and of this version of it
    begin = written.position
    own = places.add(begin)
    trailer: dict[str, object] = {
        "Root": pdf.catalog.reference,
        "ID": pydyf.Array([identifier, identifier]),
    }
    if pdf.info:
        trailer["Info"] = pdf.info.reference
    written.append(b"%d 0 obj\n%s\nendobj" % (own, places.table(trailer).data))
    written.append(b"startxref\n%d\n%%%%EOF" % begin)
    return b"".join(written.parts)


class _Written:
    """The file in the making: its parts, its position and its hash."""

    def __init__(self, begin: bytes) -> None:
        self.parts: list[bytes] = []
        self.position, self.hashed = 0, hashlib.md5(usedforsecurity=False)
        self._write(begin)

    def append(self, content: bytes) -> int:
        """Write a line, and return its position."""
        place = self.position
        self._write(content)
        self._write(b"\n")
        return place

    def _write(self, content: bytes) -> None:
        self.parts.append(content)
        self.hashed.update(content)
        self.position += len(content)


def _used(pdf: pydyf.PDF, *, compressible: bool) -> Iterator[tuple[int, pydyf.Object]]:
    """Yield the objects that are not free, which may stand in a stream of objects or not, by their numbers."""
    for number, item in enumerate(pdf.objects):
        if item.free != "f" and item.compressible is compressible:
            yield number, item


def _packed(contents: Iterator[tuple[int, bytes]]) -> Iterator[tuple[pydyf.Stream, list[int]]]:
    """Yield streams of objects, which are given by number and content, each with the numbers of its objects."""
    while group := list(islice(contents, _TOGETHER)):
        index, position = [], 0
        for number, data in group:
            index.append(b"%d %d" % (number, position))
            position += len(data) + 1
        head = b" ".join(index)
        content = b"\n".join([head, *(data for _, data in group)])
        extra = {"Type": "/ObjStm", "N": len(group), "First": len(head) + 1}
        yield _compressed(content, extra), [number for number, _ in group]


class _Places:
    """The places of all objects by their numbers, in arrays: a large table has hundreds of thousands.

    Attributes:
        kinds: Whether an object is free, stands in the file, or stands in a stream of objects.
        places: Its position in the file, or the number of that stream.
        indexes: Its index in that stream.
    """

    def __init__(self, count: int) -> None:
        """Make all objects free."""
        self.kinds = bytearray([_FREE]) * count
        self.places, self.indexes = array("Q", [0]) * count, array("H", [0]) * count

    def put(self, number: int, kind: int, place: int, index: int = 0) -> None:
        """Note the place of an object."""
        self.kinds[number], self.places[number], self.indexes[number] = kind, place, index

    def add(self, place: int) -> int:
        """Note the position of a further object that stands in the file, and return its number."""
        self.kinds.append(_PLAIN)
        self.places.append(place)
        self.indexes.append(0)
        return len(self.kinds) - 1

    def table(self, trailer: dict[str, object]) -> pydyf.Stream:
        """Return the table of all places, which is also the document's trailer."""
        width = (max(self.places).bit_length() + 7) // 8
        rows, above = bytearray(), bytes(width + 3)
        for kind, place, index in zip(self.kinds, self.places, self.indexes, strict=True):
            row = kind.to_bytes(1, "big") + place.to_bytes(width, "big") + index.to_bytes(2, "big")
            rows += _UP + bytes((new - old) % 256 for new, old in zip(row, above, strict=True))
            above = row
        predicted = pydyf.Dictionary({"Predictor": 12, "Columns": width + 3})
        size = {"W": pydyf.Array([1, width, 2]), "Size": len(self.kinds), "DecodeParms": predicted}
        return _compressed(rows, {"Type": "/XRef", **size, **trailer})


def _compressed(content: bytes | bytearray, extra: dict[str, object]) -> pydyf.Stream:
    return pydyf.Stream([zlib.compress(content, LEVEL)], {**extra, "Filter": "/FlateDecode"})
