"""The objects of a PDF: those that references in it lead to (ISO 32000-1, 7.3.10), and streams."""

from __future__ import annotations

import zlib
from typing import TypeVar

import pydyf
from pydyf import _to_bytes

from reportgen.errors import OutputError

LEVEL = 8
"""Of compression: on structure trees 9 takes twice as long, for a hundredth less."""

_Kind = TypeVar("_Kind", bound=pydyf.Object)


def number_of(reference: bytes) -> int:
    """Return the number of an object that a reference leads to."""
    return int(reference.split()[0])


def object_of(pdf: pydyf.PDF, reference: bytes) -> pydyf.Dictionary:
    """Return the dictionary that a reference leads to.

    Raises:
        OutputError: It leads to something else.
    """
    return _found(pdf, reference, pydyf.Dictionary)


def stream_of(pdf: pydyf.PDF, reference: bytes) -> pydyf.Stream:
    """Return the stream that a reference leads to.

    Raises:
        OutputError: It leads to something else.
    """
    return _found(pdf, reference, pydyf.Stream)


def kids_of(pdf: pydyf.PDF, element: pydyf.Dictionary) -> list[pydyf.Dictionary]:
    """Return the elements right below an element of the structure tree, without marked content."""
    return [object_of(pdf, kid) for kid in element["K"] if isinstance(kid, bytes)]


def parents_of(pdf: pydyf.PDF, page: pydyf.Dictionary) -> pydyf.Array:
    """Return the elements that hold the marked content of a page, by its numbers."""
    numbers = object_of(pdf, object_of(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    parents: pydyf.Array = numbers[2 * page["StructParents"] + 1]
    return parents


def release(pdf: pydyf.PDF, item: pydyf.Dictionary) -> None:
    """Put the document's free object in the place of an object that nothing refers to any more, and empty it."""
    pdf.objects[item.number] = pdf.objects[0]
    item.clear()


def compress(stream: pydyf.Stream) -> None:
    """Compress a stream now: pydyf would keep all streams uncompressed, and compress each twice."""
    stream.stream, stream.compress = [zlib.compress(b"\n".join(map(_to_bytes, stream.stream)), LEVEL)], False
    stream.extra["Filter"] = "/FlateDecode"


def _found(pdf: pydyf.PDF, reference: bytes, kind: type[_Kind]) -> _Kind:
    found = pdf.objects[number_of(reference)]
    if not isinstance(found, kind):
        raise OutputError(f"WeasyPrint has made no {kind.__name__} of object {found.number}; render with --plain")
    return found
