"""Rules of PDF/UA-1 (ISO 14289-1) and PDF/A-3u (ISO 19005-3) that can be looked up in a file, by way of pikepdf.

A rule yields what breaks it. veraPDF, which knows all of them, needs Java; these are those that reportgen
itself could break: marks, tags, links, fonts, colours and the file that is carried.
"""

from __future__ import annotations

import io
from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeAlias

import pikepdf
from fontTools.ttLib import TTFont

from tests.outputs.tagged import annotations_of, at, marks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Rule: TypeAlias = "Callable[[pikepdf.Pdf], Iterator[str]]"
_PAINTING = frozenset(
    {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Tj", "TJ", "'", '"', "Do", "sh", "INLINE IMAGE"}
)
_HIDDEN, _PRINTED = 2, 4
_WIDTH = 1.5  # thousandths of an em, that a width may be off by rounding
_ACTIONS = {"/URI", "/GoTo", "None"}


def breaches(content: bytes, rules: tuple[Rule, ...]) -> list[str]:
    """Return what in a PDF breaks some rules."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [f"{rule.__name__}: {found}" for rule in rules for found in rule(pdf)]


def says_it_is_accessible(pdf: pikepdf.Pdf) -> Iterator[str]:
    """5, 7.1, 7.2: identification, title, language, and that they are shown."""
    xmp = pdf.open_metadata()
    if xmp.get("pdfuaid:part") != "1" or not xmp.get("dc:title"):
        yield f"metadata are {dict(xmp)}"
    if not str(pdf.Root.get("/Lang", "")) or at(pdf.Root, "/MarkInfo", "/Marked") is not True:
        yield "no language, or not marked"
    if at(pdf.Root, "/ViewerPreferences", "/DisplayDocTitle") is not True:
        yield "the title is not shown"


def marks_everything(pdf: pikepdf.Pdf) -> Iterator[str]:
    """7.1: what is painted is an artifact or content of the tree, and neither holds the other."""
    marks = marks_of(pdf)
    for number, page in enumerate(pdf.pages, 1):
        known = marks.get(int(page.get("/StructParents", -1)), set())
        if page.get("/Tabs") != "/S":
            yield f"page {number}: tabs in no order"
        for mark, operator in _painted(page):
            if mark == "artifact" or mark in known:
                continue
            yield f"page {number}: {operator} in {mark}"


def _painted(page: pikepdf.Page) -> Iterator[tuple[object, str]]:
    """Yield each operator that paints, with the mark it stands in: `artifact`, a number, or what is wrong."""
    open_marks: list[object] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in {"BMC", "BDC"}:
            tag = str(instruction.operands[0])
            number = at(instruction.operands[1], "/MCID") if operator == "BDC" else None
            open_marks.append("artifact" if tag == "/Artifact" else "nothing" if number is None else int(number))
        elif operator == "EMC":
            open_marks.pop()
        elif operator in _PAINTING:
            real = [mark for mark in open_marks if mark != "nothing"]
            yield (real[0] if len(real) == 1 else f"nested {real}" if real else "no mark"), operator
    if open_marks:
        yield "a mark that does not end", "the page"


def tells_of_links(pdf: pikepdf.Pdf) -> Iterator[str]:
    """7.18: every annotation is a link of the tree that says where it leads."""
    held = annotations_of(pdf)
    for number, page in enumerate(pdf.pages, 1):
        for annotation in page.get("/Annots", ()):
            if held.get(annotation.objgen) != "/Link":
                yield f"page {number}: an annotation in {held.get(annotation.objgen)}"
            if not str(annotation.get("/Contents", "")).strip() or str(annotation.Contents).startswith(
                ("#", "section-")
            ):
                yield f"page {number}: a link says {annotation.get('/Contents')}"


def embeds_fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    """7.21; 6.2.11: fonts are embedded, and each glyph shown is there, as wide as said, and stands for letters."""
    for name, (font, shown) in _fonts(pdf).items():
        (descendant,) = font.DescendantFonts
        if "/ToUnicode" not in font or descendant.get("/CIDToGIDMap", "/Identity") != "/Identity":
            yield f"{name}: no letters, or other glyphs"
            continue
        descriptor = descendant.FontDescriptor
        if "/FontFile2" not in descriptor and "/FontFile3" not in descriptor:
            yield f"{name}: not embedded"
            continue
        letters, widths = letters_of_glyphs(font.ToUnicode.read_bytes()), _widths(list(descendant.W))
        yield from (
            f"{name}: glyph {glyph} stands for nothing" for glyph in shown if not letters.get(glyph, "").strip("\0")
        )
        if "/FontFile2" in descriptor:
            yield from _odd_widths(name, descriptor.FontFile2.read_bytes(), shown, widths)


def _odd_widths(name: str, program: bytes, shown: set[int], widths: dict[int, float]) -> Iterator[str]:
    with TTFont(io.BytesIO(program)) as font:
        names, em = font.getGlyphOrder(), font["head"].unitsPerEm
        for glyph in shown:
            own = 1000 * font["hmtx"][names[glyph]][0] / em
            if abs(own - widths.get(glyph, 1000)) > _WIDTH:
                yield f"{name}: glyph {glyph} is {own} wide, not {widths.get(glyph)}"


def says_it_can_be_kept(pdf: pikepdf.Pdf) -> Iterator[str]:
    """6.6, 6.2.3: identification, and the colours that are meant."""
    xmp = pdf.open_metadata()
    if (xmp.get("pdfaid:part"), xmp.get("pdfaid:conformance")) != ("3", "U"):
        yield f"metadata are {dict(xmp)}"
    intents = [one for one in pdf.Root.get("/OutputIntents", ()) if one.S == "/GTS_PDFA1"]
    if len(intents) != 1 or intents[0].DestOutputProfile.read_bytes()[36:40] != b"acsp" or "/ID" not in pdf.trailer:
        yield "no profile of its colours, or no identifier"


def needs_nothing_else(pdf: pikepdf.Pdf) -> Iterator[str]:
    """6.1, 6.2, 6.3, 6.5: nothing that is encrypted, run, hidden, smoothed or in the colours of another device."""
    if pdf.is_encrypted or "/AA" in pdf.Root or "/OpenAction" in pdf.Root:
        yield "it is encrypted, or does something"
    for page in pdf.pages:
        for annotation in page.get("/Annots", ()):
            flags = int(annotation.get("/F", 0))
            if not flags & _PRINTED or flags & _HIDDEN or str(at(annotation, "/A", "/S")) not in _ACTIONS:
                yield "a link is not printed, or does something"
    for one in pdf.objects:
        if not isinstance(one, pikepdf.Stream):
            continue
        if (
            one.get("/ColorSpace") == "/DeviceCMYK"
            or at(one, "/Interpolate") is True
            or one.get("/Filter") == "/LZWDecode"
        ):
            yield f"a picture in {one.get('/ColorSpace')}"


def carries_its_file(pdf: pikepdf.Pdf) -> Iterator[str]:
    """6.8: the file inside says what it is, of what day, and how it belongs to the document."""
    names = pdf.Root.Names.EmbeddedFiles.Names
    files = [one for one in names if isinstance(one, pikepdf.Dictionary)]
    belonging = [one.objgen for one in pdf.Root.get("/AF", ())]
    if belonging != [one.objgen for one in files]:
        yield f"{len(files)} files, and {len(belonging)} that belong to it"
    for file in files:
        inside = file.EF.F
        if str(file.get("/AFRelationship")) != "/Data" or str(file.UF) != "report.json" or not str(file.Desc):
            yield f"a file is {dict(file)}"
        if str(inside.get("/Subtype")) != "/application/json" or "/ModDate" not in inside.Params:
            yield f"a file is of {inside.get('/Subtype')}"


def _fonts(pdf: pikepdf.Pdf) -> dict[str, tuple[pikepdf.Object, set[int]]]:
    """Return each font by its name in the resources, with the glyphs that pages show of it."""
    fonts: dict[str, pikepdf.Object] = {}
    shown: dict[str, set[int]] = defaultdict(set)
    for page in pdf.pages:
        fonts |= dict(page.Resources.Font.items())
        current = ""
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            if operator == "Tf":
                current = str(instruction.operands[0])
            elif operator in {"Tj", "TJ"}:
                (given,) = instruction.operands
                strings = [given] if operator == "Tj" else [one for one in given if isinstance(one, pikepdf.String)]
                shown[current] |= {glyph for one in strings for glyph in _glyphs(bytes(one))}
    return {name: (fonts[name], glyphs) for name, glyphs in shown.items()}


def _glyphs(string: bytes) -> list[int]:
    return [int.from_bytes(string[at : at + 2]) for at in range(0, len(string), 2)]


def letters_of_glyphs(program: bytes) -> dict[int, str]:
    """Return what glyphs stand for, as blocks of `bfchar` and `bfrange` list them."""
    words = program.split()
    letters: dict[int, str] = {}
    for place, word in enumerate(words):
        if word not in {b"beginbfchar", b"beginbfrange"}:
            continue
        size = 2 if word == b"beginbfchar" else 3
        for begin in range(place + 1, place + 1 + size * int(words[place - 1]), size):
            codes = [bytes.fromhex(each.strip(b"<>").decode()) for each in words[begin : begin + size]]
            first, last, units = int.from_bytes(codes[0]), int.from_bytes(codes[-2]), codes[-1]
            for glyph in range(first, last + 1):
                letters[glyph] = bytes((*units[:-1], units[-1] + glyph - first)).decode("utf-16-be")
    return letters


def _widths(given: list[Any]) -> dict[int, float]:
    widths: dict[int, float] = {}
    for first, many in zip(given[::2], given[1::2], strict=True):
        widths |= {int(first) + at: float(width) for at, width in enumerate(many)}
    return widths


READ_BY_EVERYBODY: tuple[Rule, ...] = (says_it_is_accessible, marks_everything, tells_of_links, embeds_fonts)
"""Rules of PDF/UA-1."""

ARCHIVED: tuple[Rule, ...] = (says_it_can_be_kept, needs_nothing_else, carries_its_file, embeds_fonts)
"""Rules of PDF/A-3u for a file that carries the report's data."""
