"""Text in the page's font family as Pango sets it: glyphs, their widths, and line breaks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from weasyprint.text.ffi import ffi, pango
from weasyprint.text.line_break import create_layout, split_first_line

from reportgen.errors import OutputError
from reportgen.outputs.page.lengths import PIXELS_A_POINT
from reportgen.outputs.pdf.weasyprint70.text_styles import FontChoice, Hyphenation, text_style

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from weasyprint.pdf.fonts import Font
    from weasyprint.pdf.stream import Stream
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.text.line_break import Layout

    from reportgen.outputs.drawing.font_metrics import Typeface
    from reportgen.outputs.page.lengths import TypeStyle
    from reportgen.outputs.pdf.weasyprint70.text_styles import TextStyle

_EM = 1000  # units of an em, in which PDF counts
_UNITS = 1024  # of Pango, a pixel
_MOST_TEXTS = 4096  # more than a report has; a process sets the texts of hundreds of clients


class Face(NamedTuple):
    """A weight of a typeface."""

    typeface: Typeface
    weight: int


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph in a text, by its number in the font.

    Attributes:
        letters: Its text; empty where it belongs to the glyph before.
        width: In thousandths of an em.
        advance: From its beginning to the next glyph's, likewise.
    """

    number: int
    letters: str
    width: int
    advance: float


@dataclass(eq=False, frozen=True, slots=True)
class GlyphRun:
    """A run of glyphs.

    Attributes:
        shown: Operand of a PDF's `TJ`, between `[<` and `>]`.
        advance: Width in em.
    """

    shown: str
    advance: float
    glyphs: tuple[Glyph, ...]


@dataclass(slots=True)
class KnownGlyphs:
    """The glyphs of a face in a language that Pango has set so far.

    Attributes:
        pairs: Of a letter before another letter, and alone; None where the two letters change their glyphs.
        texts: Of whole texts in which letters change their glyphs.
    """

    pairs: dict[str, GlyphRun | None] = field(default_factory=dict)
    texts: dict[str, GlyphRun] = field(default_factory=dict)


class PangoText:
    """The faces of the page, as the page engine loads and sets them.

    Attributes:
        pages: Page numbers of places, by the names of these; empty until all pages are laid out.
    """

    def __init__(self, fonts: FontConfiguration, language: str, known: dict[tuple[Face, str], KnownGlyphs]) -> None:
        """Keep the loaded fonts, the language of the page, and the glyphs known from other documents."""
        self._fonts, self._language, self._known = fonts, language, known
        self.pages: dict[str, int] = {}
        self._loaded: dict[Face, Font] = {}
        self._kept: list[Layout] = []
        self._shown: dict[Face, set[GlyphRun]] = defaultdict(set)
        self._hyphenation = Hyphenation()
        self._broken: dict[tuple[str, TypeStyle, float, bool, bool], list[str]] = {}

    def close(self) -> None:
        """Release Pango's fonts now: garbage is collected in any thread, and another thread may use them."""
        self._kept.clear()
        self._loaded.clear()

    def font(self, face: Face, stream: Stream) -> Font:
        """Return a face's font in the document of a stream, which makes a subset of it with the page's text.

        Raises:
            OutputError: Pango gave another font.
        """
        if face not in self._loaded:
            layout, family = self._layout(face.typeface.sample(face.weight), face), face.typeface.name
            self._kept.append(layout)  # it owns Pango's font
            font, _ = stream.add_font(layout.get_first_line()[0].runs.data.item.analysis.font)
            if font.family != family:
                raise OutputError(
                    f"the page is set in {family}, and Pango gave {font.family}; is the font package complete?"
                )
            self._loaded[face] = font
        return self._loaded[face]

    def show(self, text: str, face: Face, stream: Stream) -> list[GlyphRun]:
        """Return the glyphs of a line, added to the document's font."""
        font, shown = self.font(face, stream), self._shown[face]
        runs = self.runs(text, face)
        for run in runs:
            if run not in shown:
                shown.add(run)
                font.to_unicode |= {glyph.number: glyph.letters for glyph in run.glyphs} | font.to_unicode
                font.widths |= {glyph.number: glyph.width for glyph in run.glyphs} | font.widths
        return runs

    def width(self, text: str, size: float, weight: int, typeface: Typeface) -> float:
        """Return the width of a line, in the unit of `size`."""
        return size * sum(run.advance for run in self.runs(text, Face(typeface, weight)))

    def runs(self, text: str, face: Face) -> list[GlyphRun]:
        """Return the glyphs of a line, letter by letter where no letter changes another letter's glyph."""
        known = self._known.get((face, self._language))
        if known is None:
            known = self._known[face, self._language] = KnownGlyphs()
        pairs = [text[at : at + 2] for at in range(len(text))]
        try:
            runs = [known.pairs[pair] for pair in pairs]
        except KeyError:
            for pair in pairs:
                if pair not in known.pairs:
                    known.pairs[pair] = self._pair(pair, face)
            runs = [known.pairs[pair] for pair in pairs]
        plain = [run for run in runs if run is not None]
        if len(plain) == len(runs):
            return plain
        if text not in known.texts:
            if len(known.texts) >= _MOST_TEXTS:
                known.texts.clear()
            known.texts[text] = _run(self._glyphs(text, face))
        return [known.texts[text]]

    def lines(self, text: str, style: TypeStyle, room: float, *, anywhere: bool, exact: bool = False) -> Sequence[str]:
        """Return the lines of a text, broken as the page engine breaks it; see `Typesetter.lines`.

        The text has no line ends and no two spaces in a row.
        """
        key = text, style, room, anywhere, exact
        if key not in self._broken:
            face, pixels = Face(style.typeface, style.weight), style.size.points * PIXELS_A_POINT
            breaking = "anywhere" if anywhere else "normal"
            set_in = self._style(face, pixels, breaking, hyphenated=anywhere and not exact)
            self._broken[key] = list(_lines(text, set_in, room * PIXELS_A_POINT, self._hyphenation))
        return self._broken[key]

    def page_of(self, place: str) -> int:
        """Return the page number of a place, when all pages are laid out."""
        return self.pages[place]

    def _pair(self, pair: str, face: Face) -> GlyphRun | None:
        """Return the glyph of the first of two letters, or of a single letter; None where they change their glyphs."""
        glyphs = self._glyphs(pair, face)
        return _run(glyphs[:1]) if [glyph.letters for glyph in glyphs] == list(pair) else None

    def _glyphs(self, text: str, face: Face) -> list[Glyph]:
        """Return the glyphs of a line set by Pango."""
        layout = self._layout(text, face)
        encoded, glyphs = text.encode(), []
        run, logical = layout.get_first_line()[0].runs, ffi.new("PangoRectangle *")
        while run != ffi.NULL:
            item, string = run.data.item, run.data.glyphs
            starts = [*(string.log_clusters[at] for at in range(string.num_glyphs)), item.length]
            for at in range(string.num_glyphs):
                glyph = string.glyphs[at]
                if glyph.glyph == pango.PANGO_GLYPH_EMPTY:  # no glyph's number: the character map would be endless
                    continue
                pango.pango_font_get_glyph_extents(item.analysis.font, glyph.glyph, ffi.NULL, logical)
                letters = encoded[item.offset + starts[at] : item.offset + starts[at + 1]].decode()
                glyphs.append(Glyph(glyph.glyph, letters, round(logical.width / _UNITS), glyph.geometry.width / _UNITS))
            run = run.next
        return glyphs

    def _layout(self, text: str, face: Face) -> Layout:
        return create_layout(text, self._style(face, _EM), None, None, 0)

    def _style(self, face: Face, pixels: float, breaking: str = "normal", *, hyphenated: bool = False) -> TextStyle:
        """Return the style of the page's tables."""
        choice = FontChoice((face.typeface.name,), face.weight, pixels, breaking, hyphenated)
        return text_style(choice, self._language, self._fonts)


def pango_number() -> int:
    """Return the version of Pango, such as 15012 for 1.50.12."""
    return int(pango.pango_version())


def _lines(text: str, style: TextStyle, pixels: float, context: Hyphenation) -> Iterator[str]:
    rest: str | None = text
    while rest:
        layout, _, resume, *_ = split_first_line(rest, style, context, pixels, 0)
        yield layout.text.rstrip(" ")  # with the hyphen of a word that is parted
        rest = rest.encode()[resume:].decode().lstrip(" ") if resume is not None else None


def _run(glyphs: Sequence[Glyph]) -> GlyphRun:
    shown = ""
    for glyph in glyphs:
        moved = round(glyph.width - glyph.advance)
        shown += f"{glyph.number:04x}" + (f">{moved}<" if moved else "")
    return GlyphRun(shown, sum(glyph.advance for glyph in glyphs) / _EM, tuple(glyphs))
