"""The bytes of a PDF: small, and each part made once.

pydyf puts all objects into a single stream and compresses that twice, once more for the file's identifier; a large
table has hundreds of thousands of objects. Here they go into streams of a thousand, and the table of their places is
written as differences, which compress to almost nothing (ISO 32000-1, 7.5.7, 7.5.8 and 7.4.4.4).
"""

from __future__ import annotations

import hashlib
import zlib
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, TypedDict

import pydyf
from weasyprint import DEFAULT_OPTIONS
from weasyprint.pdf import VARIANTS, generate_pdf

from reportgen.outputs.pdf.weasyprint70.file_properties import take_producer_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

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
    finish(pdf)
    output = BytesIO()
    write_pdf(pdf, output, wanted.get("pdf_version"))
    return output.getvalue()


def write_pdf(pdf: pydyf.PDF, output: BinaryIO, version: str | None) -> None:
    """Write a document whose objects are complete; free objects are left out. Its identifier is the hash of its bytes.

    Args:
        pdf: The document.
        output: Is given the bytes.
        version: Of the format, 1.5 or later; None for 1.7.
    """
    if pdf.info:
        pdf.add_object(pdf.info)
    written = _Written(output, _HEADER % (version or "1.7").encode())
    entries: list[tuple[int, int, int]] = [(_FREE, 0, 0)] * len(pdf.objects)
    packed = []
    for item in pdf.objects[1:]:
        if item.free == "f":
            continue
        if item.compressible:
            packed.append(item)
        else:
            entries[item.number] = (_PLAIN, written.append(item.indirect), 0)
    for stream, numbers in _packed(packed):
        entries.append((_PLAIN, written.append(b"%d 0 obj\n%s\nendobj" % (len(entries), stream.data)), 0))
        for at, number in enumerate(numbers):
            entries[number] = (_PACKED, len(entries) - 1, at)
    identifier = pydyf.String(written.hashed.hexdigest().encode())  # of the document, and of this version of it
    places = written.position
    entries.append((_PLAIN, places, 0))
    trailer: dict[str, object] = {
        "Root": pdf.catalog.reference,
        "ID": pydyf.Array([identifier, identifier]),
    }
    if pdf.info:
        trailer["Info"] = pdf.info.reference
    table = _places(entries, trailer)
    written.append(b"%d 0 obj\n%s\nendobj" % (len(entries) - 1, table.data))
    written.append(b"startxref\n%d\n%%%%EOF" % places)


class _Written:
    """The file in the making: its position and its hash."""

    def __init__(self, output: BinaryIO, begin: bytes) -> None:
        self._output, self.position, self.hashed = output, 0, hashlib.md5(usedforsecurity=False)
        self._write(begin)

    def append(self, content: bytes) -> int:
        """Write a line, and return its position."""
        place = self.position
        self._write(content)
        self._write(b"\n")
        return place

    def _write(self, content: bytes) -> None:
        self._output.write(content)
        self.hashed.update(content)
        self.position += len(content)


def _packed(objects: Iterable[pydyf.Object]) -> Iterator[tuple[pydyf.Stream, list[int]]]:
    """Yield streams of objects, each with the numbers of its objects."""
    contents = ((item.number, item.data) for item in objects)
    while group := list(islice(contents, _TOGETHER)):
        index, position = [], 0
        for number, data in group:
            index.append(b"%d %d" % (number, position))
            position += len(data) + 1
        head = b" ".join(index)
        content = b"\n".join([head, *(data for _, data in group)])
        extra = {"Type": "/ObjStm", "N": len(group), "First": len(head) + 1}
        yield _compressed(content, extra), [number for number, _ in group]


def _places(entries: list[tuple[int, int, int]], trailer: dict[str, object]) -> pydyf.Stream:
    """Return the table of the places of all objects, which is also the document's trailer."""
    width = (max(place for _, place, _ in entries).bit_length() + 7) // 8
    rows, above = bytearray(), bytes(width + 3)
    for kind, place, index in entries:
        row = kind.to_bytes(1, "big") + place.to_bytes(width, "big") + index.to_bytes(2, "big")
        rows += _UP + bytes((new - old) % 256 for new, old in zip(row, above, strict=True))
        above = row
    predicted = pydyf.Dictionary({"Predictor": 12, "Columns": width + 3})
    own = {"Type": "/XRef", "W": pydyf.Array([1, width, 2]), "Size": len(entries), "DecodeParms": predicted}
    return _compressed(rows, {**own, **trailer})


def _compressed(content: bytes | bytearray, extra: dict[str, object]) -> pydyf.Stream:
    return pydyf.Stream([zlib.compress(content)], {**extra, "Filter": "/FlateDecode"})
