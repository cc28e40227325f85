"""Repairs of the tags of WeasyPrint's PDFs for readers who cannot see: margins, contents, terms, links, places.

ISO 14289-1 (PDF/UA-1) asks that running heads are artifacts (7.1), that lists hold items of a label and a
body (7.6), and that a link describes its target (7.18.5); contents are elements of their own (ISO 32000-1, 14.8.4.2).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pydyf

from reportgen.errors import OutputError
from reportgen.outputs.page.lengths import POINTS_A_PIXEL
from reportgen.outputs.pdf.weasyprint70.pdf_objects import kids_of, object_of, parents_of, release, stream_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_PRINTED = 4  # flag of an annotation that is printed, which PDF/A wants on each (ISO 32000-1, 12.5.3)


def mend_tags(pdf: pydyf.PDF) -> None:
    """Repair the structure tree of a tagged PDF that has all its tables."""
    elements = [
        item for item in pdf.objects if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem"
    ]
    (document,) = kids_of(pdf, object_of(pdf, pdf.catalog["StructTreeRoot"]))
    _take_margins_out(pdf, document, elements)
    for element in elements:
        match element.get("S"):
            case "/NonStruct":
                _make_contents(pdf, element)
            case "/L":
                _pair_terms(pdf, element)
            case "/Figure":
                _set_place(pdf, element)


def describe_links(pdf: pydyf.PDF, titles: Mapping[str, str]) -> None:
    """Describe each link inside the document by the title of its place, from titles by the names of places."""
    for link in pdf.objects:
        if isinstance(link, pydyf.Dictionary) and (place := link.get("Dest")) is not None and "Contents" in link:
            link["Contents"] = pydyf.String(titles.get(place.string, place.string))


def make_keepable(pdf: pydyf.PDF) -> None:
    """Change a PDF to PDF/A: links are printed, pictures are not interpolated, files are listed once.

    Raises:
        OutputError: A picture is in CMYK, which nothing here converts to RGB.
    """
    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/Annot":
            item["F"] = _PRINTED
        if isinstance(item, pydyf.Stream) and "Interpolate" in item.extra:
            item.extra["Interpolate"] = "false"
        if isinstance(item, pydyf.Stream) and item.extra.get("ColorSpace") == "/DeviceCMYK":
            raise OutputError("PDF/A holds no picture in CMYK; save the logos and images of the report as RGB")
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _take_margins_out(pdf: pydyf.PDF, document: pydyf.Dictionary, elements: Sequence[pydyf.Dictionary]) -> None:
    """Make artifacts of the running heads: WeasyPrint marks them, and leaves them out of the tree."""
    kids = set(document["K"])
    margins = [item for item in elements if item.get("P") == document.reference and item.reference not in kids]
    marks: dict[bytes, set[int]] = defaultdict(set)
    for element in [part for top in margins for part in _below(pdf, top)]:
        marks[element["Pg"]] |= {kid for kid in element["K"] if isinstance(kid, int)}
        release(pdf, element)
    for reference, own in marks.items():
        page = object_of(pdf, reference)
        parents = parents_of(pdf, page)
        for mark in own:
            parents[mark] = b"null"
        _unmark(stream_of(pdf, page["Contents"]).stream, own)


def _unmark(stream: list[object], marks: set[int]) -> None:
    """Make artifacts of some marked content of a page."""
    for at in range(2, len(stream)):
        properties = stream[at - 1]
        if stream[at] == b"BDC" and isinstance(properties, pydyf.Dictionary) and properties.get("MCID") in marks:
            stream[at - 2 : at] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]


def _make_contents(pdf: pydyf.PDF, element: pydyf.Dictionary) -> None:
    """Make the contents of an element that holds links inside the document alone, an entry of each link."""
    links = kids_of(pdf, element)
    if not links or any(link.get("S") != "/Link" for link in links) or not _leads_inside(pdf, links[0]):
        return
    element["S"], element["K"] = "/TOC", pydyf.Array()
    for link in links:
        link["K"] = pydyf.Array(_joined(pdf, link, link))
        entry = _wrapper(pdf, "/TOCI", element)
        reference = _wrapper(pdf, "/Reference", entry)
        reference["K"].append(link.reference)
        link["P"] = reference.reference


def _leads_inside(pdf: pydyf.PDF, link: pydyf.Dictionary) -> bool:
    """Return whether a link, or a link in it, leads to a place of the document."""
    held = [object_of(pdf, kid) for kid in link["K"] if isinstance(kid, bytes)]
    return any(
        _leads_inside(pdf, kid) if kid.get("S") == "/Link" else "Dest" in object_of(pdf, kid["Obj"])
        for kid in held
        if "Obj" in kid or kid.get("S") == "/Link"
    )


def _joined(pdf: pydyf.PDF, link: pydyf.Dictionary, outer: pydyf.Dictionary) -> Iterator[bytes | int]:
    """Yield the content of a link and of the links in it, which is all made the outer link's."""
    numbers = _parent_numbers(pdf)
    for kid in link["K"]:
        if isinstance(kid, int):
            parents_of(pdf, object_of(pdf, link["Pg"]))[kid] = outer.reference
            yield kid
            continue
        inner = object_of(pdf, kid)
        if inner.get("S") == "/Link":
            yield from _joined(pdf, inner, outer)
            release(pdf, inner)
            continue
        if inner.get("Type") == "/OBJR":
            numbers[2 * object_of(pdf, inner["Obj"])["StructParent"] + 1] = outer.reference
        else:
            inner["P"] = outer.reference
        yield kid


def _parent_numbers(pdf: pydyf.PDF) -> pydyf.Array:
    """Return the keys of pages and annotations, each before the elements that hold their content."""
    numbers: pydyf.Array = object_of(pdf, object_of(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    return numbers


def _wrapper(pdf: pydyf.PDF, kind: str, parent: pydyf.Dictionary) -> pydyf.Dictionary:
    """Return a new element in another, on its page."""
    entries = {"Type": "/StructElem", "S": kind, "K": pydyf.Array(), "Pg": parent["Pg"], "P": parent.reference}
    element = pydyf.Dictionary(entries)
    pdf.add_object(element)
    parent["K"].append(element.reference)
    return element


def _pair_terms(pdf: pydyf.PDF, element: pydyf.Dictionary) -> None:
    """Make an item of each group of a list of terms, its term the label: WeasyPrint makes an item of each part.

    The columns of a list, which WeasyPrint makes lists in the list, are joined again.
    """
    columns = kids_of(pdf, element)
    if columns and all(column["S"] == "/L" for column in columns):
        for column in columns:
            for kid in kids_of(pdf, column):
                kid["P"] = element.reference
        element["K"] = pydyf.Array(kid for column in columns for kid in column["K"])
        for column in columns:
            release(pdf, column)
    for group in kids_of(pdf, element):
        if group["S"] != "/Div":
            continue
        parts = [(item, body) for item in kids_of(pdf, group) for body in kids_of(pdf, item)]
        group["S"], group["K"] = "/LI", pydyf.Array(body.reference for _, body in parts)
        for at, (item, body) in enumerate(parts):
            body["S"], body["P"] = "/LBody" if at else "/Lbl", group.reference
            release(pdf, item)


def _set_place(pdf: pydyf.PDF, figure: pydyf.Dictionary) -> None:
    """Set the place of a figure in the PDF's own coordinates."""
    height = object_of(pdf, figure["Pg"])["MediaBox"][3]
    # WeasyPrint counts from the top of the page, PDF from the bottom.
    left, top, right, bottom = (POINTS_A_PIXEL * length for length in figure["A"]["BBox"])
    figure["A"]["BBox"] = pydyf.Array((left, height - bottom, right, height - top))


def _below(pdf: pydyf.PDF, element: pydyf.Dictionary) -> Iterator[pydyf.Dictionary]:
    yield element
    for kid in kids_of(pdf, element):
        yield from _below(pdf, kid)
