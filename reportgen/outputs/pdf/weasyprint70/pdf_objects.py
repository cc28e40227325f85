"""The objects of a PDF that references in it lead to (ISO 32000-1, 7.3.10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pydyf


def number_of(reference: bytes) -> int:
    """Return the number of an object that a reference leads to."""
    return int(reference.split()[0])


def object_of(pdf: pydyf.PDF, reference: bytes) -> pydyf.Dictionary:
    """Return the object that a reference leads to."""
    return pdf.objects[number_of(reference)]


def kids_of(pdf: pydyf.PDF, element: pydyf.Dictionary) -> list[pydyf.Dictionary]:
    """Return the elements right below one of the structure tree; marked content among them is left out."""
    return [object_of(pdf, kid) for kid in element["K"] if isinstance(kid, bytes)]
