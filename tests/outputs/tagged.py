"""The structure tree of a tagged PDF as it is written: elements, the marks they hold, and their annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

KIDS = {
    "/Table": {"/TR", "/THead", "/TBody", "/TFoot", "/Caption"},
    "/THead": {"/TR"},
    "/TBody": {"/TR"},
    "/TR": {"/TH", "/TD"},
    "/TOC": {"/TOCI"},
    "/TOCI": {"/Reference"},
    "/Reference": {"/Link"},
    "/L": {"/L", "/LI", "/Caption"},
    "/LI": {"/Lbl", "/LBody"},
}
"""Element -> what alone may stand in it (ISO 32000-1, 14.8.4.3)."""

PARENTS = {
    "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
    "/THead": {"/Table"},
    "/TBody": {"/Table"},
    "/TH": {"/TR"},
    "/TD": {"/TR"},
    "/TOCI": {"/TOC"},
    "/Reference": {"/TOCI"},
    "/LI": {"/L"},
    "/LBody": {"/LI"},
    "/Lbl": {"/LI"},
}
"""Element -> in what alone it may stand."""

STANDARD = {
    *("/Document", "/Part", "/Art", "/Sect", "/Div", "/BlockQuote", "/Caption", "/NonStruct", "/P", "/Span", "/Link"),
    *("/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/L", "/LI", "/Lbl", "/LBody", "/Figure"),
    *("/TOC", "/TOCI", "/Reference"),
    *("/Table", "/THead", "/TBody", "/TFoot", "/TR", "/TH", "/TD"),
}


def at(one: pikepdf.Object, *keys: str) -> Any:  # noqa: ANN401 - whatever a PDF holds there
    """Return what an object holds below some keys, one inside the other; None where there is nothing."""
    found: Any = one
    for key in keys:
        found = None if found is None else found.get(key)
    return found


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield every element of the tree, in the order in which it is read."""
    for top in at(pdf.Root, "/StructTreeRoot", "/K") or ():
        yield from _below(top)


def kids_of(element: pikepdf.Object) -> list[pikepdf.Object]:
    """Return the elements right below one."""
    return [kid for kid in at(element, "/K") or () if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def marks_of(pdf: pikepdf.Pdf) -> dict[int, set[int]]:
    """Return the numbers of marks that an element holds and is known to, by the `StructParents` of their page."""
    reached: dict[tuple[int, int] | None, set[int]] = {one.objgen: _marks(one) for one in elements(pdf)}
    return {
        page: {mark for mark, element in enumerate(parents) if mark in reached.get(_number(element), ())}
        for page, parents in _parents(pdf).items()
        if isinstance(parents, pikepdf.Array)
    }


def annotations_of(pdf: pikepdf.Pdf) -> dict[tuple[int, int], str]:
    """Return the kind of the element that holds each annotation and is known to it as its parent."""
    parents = _parents(pdf)
    held = {}
    for element in elements(pdf):
        for kid in at(element, "/K") or ():
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
                parent = parents.get(int(at(kid, "/Obj", "/StructParent") or -1))
                if _number(parent) == element.objgen:
                    held[kid.Obj.objgen] = str(element.S)
    return held


def _below(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    yield element
    for kid in kids_of(element):
        yield from _below(kid)


def _marks(element: pikepdf.Object) -> set[int]:
    return {int(kid) for kid in at(element, "/K") or () if not isinstance(kid, pikepdf.Object)}


def _number(element: pikepdf.Object | None) -> tuple[int, int] | None:
    return None if element is None else element.objgen


def _parents(pdf: pikepdf.Pdf) -> dict[int, pikepdf.Object]:
    numbers = list(at(pdf.Root, "/StructTreeRoot", "/ParentTree", "/Nums") or ())
    return {int(number): parent for number, parent in zip(numbers[::2], numbers[1::2], strict=True)}
