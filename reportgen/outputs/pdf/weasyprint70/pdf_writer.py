"""The bytes of a PDF: small, and each part made once.

pydyf puts all objects into a single stream and compresses that twice, once more for the file's identifier; a large
table has hundreds of thousands of objects. Here they go into streams of two thousand, like to like, and those that look
alike are written as differences, as is the table of their places: these compress to almost nothing (ISO 32000-1,
7.5.7, 7.5.8 and 7.4.4.4).
"""

from __future__ import annotations

import hashlib
import zlib
from array import array
from collections import Counter
from typing import TYPE_CHECKING, Literal, TypeAlias, TypedDict, get_args

import pydyf
from PIL import Image, ImageChops
from weasyprint import DEFAULT_OPTIONS
from weasyprint.pdf import VARIANTS, generate_pdf

from reportgen.outputs.pdf.weasyprint70.file_properties import take_producer_out
from reportgen.outputs.pdf.weasyprint70.font_programs import shrink_fonts
from reportgen.outputs.pdf.weasyprint70.pdf_objects import LEVEL
from reportgen.outputs.pdf.weasyprint70.structure_tree import PARENT_BYTES, ParentList, RowElement, element_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from weasyprint import Attachment, Document

    from reportgen.model import PdfVariant

_HEADER = b"%%PDF-%s\n%%\xf0\x9f\x96\xa4\n"
_TOGETHER, _LARGEST = 2000, 250_000  # objects and bytes in a stream, at most
_FREE, _PLAIN, _PACKED = 0, 1, 2  # kinds of entries
_UP = 2  # PNG's prediction from the row above

_Look: TypeAlias = Literal["short", "row", "list", "other"]
_SHORT = 80  # bytes of a short object; most are elements of cells
_PAIR = 16  # bytes for the number and the place of an object, at least
_AT_ONCE = 500_000  # bytes; the table of places of a large document has millions
_WORTHWHILE = 2000  # bytes of objects that are worth a stream of their own


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
    for stream, numbers in _packed(_contents(pdf)):
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


def _contents(pdf: pydyf.PDF) -> Iterator[tuple[int, _Look, bytes]]:
    """Yield the objects that may stand in streams, by number, look and content."""
    for number, item in _used(pdf, compressible=True):
        data = element_data(number, item)
        yield number, _look(item, data), data


def _look(item: pydyf.Object, data: bytes) -> _Look:
    """Return what an object looks like: elements of the structure tree are short, or rows, or lists of them."""
    if isinstance(item, ParentList):
        return "list"
    if len(data) <= _SHORT and not isinstance(item, pydyf.Dictionary):
        return "short"
    return "row" if isinstance(item, RowElement) else "other"


def _packed(contents: Iterator[tuple[int, _Look, bytes]]) -> Iterator[tuple[pydyf.Stream, list[int]]]:
    """Yield streams of objects, which are given by number, look and content; each with the numbers of its objects."""
    waiting: dict[_Look, list[tuple[int, bytes]]] = {look: [] for look in get_args(_Look)}
    sizes = Counter[_Look]()
    for number, look, data in contents:
        waiting[look].append((number, data))
        sizes[look] += len(data)
        if len(waiting[look]) == _TOGETHER or sizes[look] > _LARGEST:
            yield _object_stream(look, waiting[look])
            waiting[look], sizes[look] = [], 0
    for look, group in waiting.items():
        if look != "other" and sizes[look] < _WORTHWHILE:
            waiting["other"] += group
        elif group:
            yield _object_stream(look, group)


def _object_stream(look: _Look, group: Sequence[tuple[int, bytes]]) -> tuple[pydyf.Stream, list[int]]:
    """Return a stream of objects, and their numbers: each object in rows of equal length, unless they look unlike."""
    longest = max(len(data) for _, data in group)
    columns = {"list": PARENT_BYTES, "other": 1}.get(look) or _PAIR * (longest // _PAIR + 1)
    index, position, contents = [], 0, []
    for number, data in group:
        index.append((b" %d %d" % (number, position)).rjust(_PAIR if columns > 1 else 0))
        contents.append(_filled(data, columns))
        position += len(contents[-1])
    head = _filled(b"".join(index), columns)
    extra = {"Type": "/ObjStm", "N": len(group), "First": len(head)}
    return _compressed(head + b"".join(contents), extra, columns), [number for number, _ in group]


def _filled(content: bytes, columns: int) -> bytes:
    """Return content with spaces up to whole rows, and one at least."""
    return content + b" " * (columns - len(content) % columns)


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
        rows = bytearray()
        for kind, place, index in zip(self.kinds, self.places, self.indexes, strict=True):
            rows += kind.to_bytes(1, "big") + place.to_bytes(width, "big") + index.to_bytes(2, "big")
        size = {"W": pydyf.Array([1, width, 2]), "Size": len(self.kinds)}
        return _compressed(rows, {"Type": "/XRef", **size, **trailer}, width + 3)


def _compressed(content: bytes | bytearray, extra: dict[str, object], columns: int) -> pydyf.Stream:
    """Return a stream of rows of so many bytes, as differences from the row above; a single column is left as it is."""
    parts: Iterable[bytes | bytearray] = [content]
    if columns > 1:
        parts = _differences(content, columns)
        extra |= {"DecodeParms": pydyf.Dictionary({"Predictor": 12, "Columns": columns})}
    packer = zlib.compressobj(LEVEL)
    packed = b"".join([*map(packer.compress, parts), packer.flush()])
    return pydyf.Stream([packed], {**extra, "Filter": "/FlateDecode"})


def _differences(content: bytes | bytearray, columns: int) -> Iterator[bytes]:
    """Yield rows of bytes as PNG predicts them from the row above, its sign before each."""
    above = bytes(columns)
    step = columns * (_AT_ONCE // columns)
    for begin in range(0, len(content), step):
        rows = bytes(content[begin : begin + step])
        size = columns, len(rows) // columns
        shifted = Image.frombytes("L", size, above + rows[:-columns])
        predicted = Image.new("L", (columns + 1, size[1]), _UP)
        predicted.paste(ImageChops.subtract_modulo(Image.frombytes("L", size, rows), shifted), (1, 0))
        yield predicted.tobytes()
        above = rows[-columns:]
