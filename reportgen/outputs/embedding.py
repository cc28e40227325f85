"""Drawings inside WeasyPrint's pages: the one module that knows how it draws what stands in a page.

WeasyPrint looks an image's address up in the dictionary that is given as `cache` before it fetches
anything, and asks what it finds there for a size and to draw itself. That protocol is not documented;
`tests/outputs/test_embedding.py` fails where a version changes it. The alternative, inline SVG, costs
twenty times as long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from reportgen.errors import OutputError
from reportgen.outputs.drawing import PathMark, TextMark, number
from reportgen.outputs.measure import FAMILY, glyphs_of, text_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weasyprint.pdf.fonts import Font
    from weasyprint.pdf.stream import Stream
    from weasyprint.text.fonts import FontConfiguration

    from reportgen.outputs.drawing import Drawing, Step

    Size: TypeAlias = tuple[float, float, float]

_PIXELS_A_POINT = 96 / 72
_SHARE = {"left": 0.0, "center": 0.5, "right": 1.0}


def embedded(drawings: Mapping[str, Drawing], fonts: FontConfiguration) -> dict[str, EmbeddedDrawing]:
    """Return WeasyPrint's `cache` that holds drawings under their addresses.

    Args:
        drawings: Whose texts are all simple; see `TextMark.is_simple`.
        fonts: What the page's fonts are loaded into; the drawings' text is set in the same.
    """
    faces = _Faces(fonts)
    return {address: EmbeddedDrawing(drawing, faces) for address, drawing in drawings.items()}


class EmbeddedDrawing:
    """A drawing as WeasyPrint asks for images."""

    def __init__(self, drawing: Drawing, faces: _Faces) -> None:
        """Keep the drawing and where its fonts come from."""
        self._drawing, self._faces = drawing, faces

    def get_intrinsic_size(self, _resolution: object, _font_size: object) -> Size:
        """Return width and height in CSS pixels, and their ratio."""
        width, height = self._drawing.width, self._drawing.height
        return width * _PIXELS_A_POINT, height * _PIXELS_A_POINT, width / height

    def draw(self, stream: Stream, width: float, height: float, _style: object) -> None:
        """Append the drawing to a page's content, `width` by `height` CSS pixels large."""
        stream.transform(a=width / self._drawing.width, d=height / self._drawing.height)
        for mark in self._drawing.marks:
            if isinstance(mark, PathMark):
                stream.stream.append(_path(mark))
            else:
                stream.stream.append(self._text(mark, stream))

    def _text(self, mark: TextMark, stream: Stream) -> bytes:
        font = self._faces.font(mark.weight, stream)
        glyphs = glyphs_of(mark.text, mark.weight)
        for letter, (glyph, advance) in zip(mark.text, glyphs, strict=True):
            font.to_unicode.setdefault(glyph, letter)
            font.widths.setdefault(glyph, round(1000 * advance))
        left = mark.x - _SHARE[mark.anchor] * text_width(mark.text, mark.size, mark.weight)
        shown = "".join(f"{glyph:04x}" for glyph, _ in glyphs)
        return (
            f"BT {_color(mark.color)} rg /{font.hash} {number(mark.size)} Tf "
            f"1 0 0 -1 {number(left)} {number(mark.y)} Tm <{shown}> Tj ET"
        ).encode()


class _Faces:
    """The weights of the page's family, as Pango loads them for the page itself."""

    def __init__(self, fonts: FontConfiguration) -> None:
        self._fonts = fonts
        self._loaded: dict[int, object] = {}

    def font(self, weight: int, stream: Stream) -> Font:
        """Return a weight's font in the document of a stream, so that it is cut down together with the page's text.

        Raises:
            OutputError: Pango gave another font.
        """
        if weight not in self._loaded:
            self._loaded[weight] = _load(self._fonts, weight)
        font, _ = stream.add_font(self._loaded[weight])
        if font.family != FAMILY:
            message = f"charts are set in {FAMILY}, and Pango gave {font.family}; is the font package complete?"
            raise OutputError(message)
        return font


def _load(fonts: FontConfiguration, weight: int) -> object:
    from weasyprint.text.ffi import ffi, gobject, pango  # noqa: PLC0415 - only the PDF needs it

    description = ffi.gc(pango.pango_font_description_new(), pango.pango_font_description_free)
    pango.pango_font_description_set_family(description, ffi.new("char[]", FAMILY.encode()))
    pango.pango_font_description_set_weight(description, weight)
    pango.pango_font_description_set_absolute_size(description, 1000 * 1024)  # any size: glyphs are scaled
    context = ffi.gc(pango.pango_font_map_create_context(fonts.font_map), gobject.g_object_unref)
    return ffi.gc(pango.pango_font_map_load_font(fonts.font_map, context, description), gobject.g_object_unref)


def _path(mark: PathMark) -> bytes:
    words = ["q"]
    if mark.fill:
        words.append(f"{_color(mark.fill)} rg")
    if mark.stroke:
        words.append(f"{_color(mark.stroke)} RG {number(mark.weight)} w {1 if mark.is_round else 0} j")
        if mark.dashes:
            words.append(f"[{' '.join(map(number, mark.dashes))}] 0 d")
    words += _operators(mark.steps)
    words.append(("B" if mark.fill else "S") if mark.stroke else "f")
    words.append("Q")
    return " ".join(words).encode()


def _operators(steps: tuple[Step, ...]) -> Iterator[str]:
    here = (0.0, 0.0)
    for command, numbers in steps:
        match command:
            case "Z":
                yield "h"
                continue
            case "M" | "L":
                yield f"{number(numbers[0])} {number(numbers[1])} {command.lower()}"
            case "Q":  # PDF has cubics only (ISO 32000, 8.5.2.2)
                x, y, to_x, to_y = numbers
                first = (here[0] + 2 * (x - here[0]) / 3, here[1] + 2 * (y - here[1]) / 3)
                second = (to_x + 2 * (x - to_x) / 3, to_y + 2 * (y - to_y) / 3)
                yield f"{' '.join(map(number, (*first, *second, to_x, to_y)))} c"
            case "C":
                yield f"{' '.join(map(number, numbers))} c"
        here = (numbers[-2], numbers[-1])


def _color(color: str) -> str:
    return " ".join(f"{int(color[at : at + 2], 16) / 255:.4g}" for at in (1, 3, 5))
