"""Elements of a structure tree that tell a reader nothing: their content is their parent's.

WeasyPrint makes an element of each box, such as the four boxes around a row of cards and the line in a paragraph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pydyf

from reportgen.outputs.pdf.weasyprint70.pdf_objects import number_of, object_of, parents_of, release

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PLAIN = {"Type", "S", "P", "Pg", "K"}  # without attributes, texts or a language
_LINES = {"/Span", "/NonStruct"}
_TEXTS = {"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/Lbl", "/LBody", "/Caption", "/Link", "/Span"}
_FRAMES = {"/Div", "/NonStruct"}
_GROUPS = {"/Document", "/Part", "/Sect", "/Div", "/NonStruct"}


def leave_needless_out(pdf: pydyf.PDF) -> None:
    """Leave out empty wrappers, lines of a text, and frames around a single element."""
    _leave_out(pdf, object_of(pdf, pdf.catalog["StructTreeRoot"]))


def _leave_out(pdf: pydyf.PDF, element: pydyf.Dictionary) -> None:
    for kid in element["K"]:
        if inner := _element(pdf, kid):
            _leave_out(pdf, inner)
    element["K"] = pydyf.Array(_held(pdf, element, element["K"]))


def _held(pdf: pydyf.PDF, element: pydyf.Dictionary, kids: Iterable[bytes | int]) -> Iterator[bytes | int]:
    """Yield what an element holds, with what its needless kids hold in their place."""
    for kid in kids:
        inner = _element(pdf, kid)
        if inner and _is_needless(pdf, inner, element):
            _hand_over(pdf, inner, element)
            yield from _held(pdf, element, inner["K"])
            release(pdf, inner)
        else:
            yield kid


def _element(pdf: pydyf.PDF, kid: bytes | int) -> pydyf.Dictionary | None:
    """Return an element whose parent can be changed; None of marked content, and of a drawing's, written already."""
    item = pdf.objects[number_of(kid)] if isinstance(kid, bytes) else None
    return item if isinstance(item, pydyf.Dictionary) and "S" in item else None


def _is_needless(pdf: pydyf.PDF, inner: pydyf.Dictionary, outer: pydyf.Dictionary) -> bool:
    kids = inner["K"]
    if not inner.keys() <= _PLAIN or inner["S"] not in _LINES | _FRAMES:
        return False
    if not all(isinstance(kid, int) or _element(pdf, kid) for kid in kids):
        return False
    if inner["S"] in _LINES and outer["S"] in _TEXTS:
        return inner.get("Pg") == outer.get("Pg")
    is_frame = inner["S"] in _FRAMES and outer["S"] in _GROUPS and len(kids) == 1 and isinstance(kids[0], bytes)
    return not kids or is_frame


def _hand_over(pdf: pydyf.PDF, inner: pydyf.Dictionary, outer: pydyf.Dictionary) -> None:
    """Make the content of an element another's."""
    for kid in inner["K"]:
        if isinstance(kid, bytes):
            object_of(pdf, kid)["P"] = outer.reference
        else:
            parents_of(pdf, object_of(pdf, inner["Pg"]))[kid] = outer.reference
