"""The page engine: HTML becomes a PDF. The only door to WeasyPrint; `weasyprint70`, behind it, knows its private parts.

A process lays out a page at a time: threads do not make PDFs faster, processes do.
"""

from __future__ import annotations

import ctypes
from contextlib import closing, contextmanager
from ctypes import util
from datetime import UTC, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

from reportgen.errors import MissingLibrary
from reportgen.made_once import made_once
from reportgen.outputs.pdf.embedded_resources import BUILT_IN_TYPEFACES, embedded_only
from reportgen.outputs.pdf.locked_fonts import locked_fonts
from reportgen.outputs.pdf.logged_faults import logged_faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from weasyprint import CSS, HTML, Attachment
    from weasyprint.urls import URLFetcher

    from reportgen.model import PdfVariant
    from reportgen.outputs.drawing.font_metrics import Typefaces
    from reportgen.outputs.page.measures import Measures
    from reportgen.outputs.pdf.locked_fonts import EngineFonts
    from reportgen.outputs.pdf.print_parts import DrawnPart
    from reportgen.outputs.pdf.weasyprint70.composed_document import LayoutOptions
    from reportgen.outputs.pdf.weasyprint70.drawn_images import DrawnImages
    from reportgen.outputs.pdf.weasyprint70.marked_breaks import BreakRules
    from reportgen.outputs.pdf.weasyprint70.pdf_writer import PdfOptions

SYSTEM_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
"""Debian packages of the libraries that WeasyPrint loads."""

KNOWN = {"weasyprint": "70", "pydyf": "0.13"}
"""The versions whose private parts `weasyprint70` knows; `pyproject.toml` asks for these."""


_LIBRARIES = (
    *("libgobject-2.0.so.0", "libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0"),
    *("libharfbuzz-subset.so.0", "libfontconfig.so.1"),
)
"""The files of these libraries on Linux."""


@made_once
def load() -> None:
    """Load WeasyPrint and the libraries that it prints with.

    Raises:
        MissingLibrary: A library is not installed.
    """
    try:
        with _found_by_file():
            import weasyprint  # noqa: F401 - slow, and needs system libraries that other outputs do not
    except OSError as error:
        raise MissingLibrary(
            f"the PDF needs Pango; run: apt-get install -y --no-install-recommends {SYSTEM_PACKAGES}"
        ) from error


@contextmanager
def _found_by_file() -> Iterator[None]:
    """Keep `ctypes` from searching for libraries whose files Linux finds by their names.

    WeasyPrint tries each by the names of every system, and for a name that is none here a compiler and a linker are
    started to search for it: twenty times, which takes a quarter of a second of each process.
    """
    search = util.find_library
    try:
        for name in _LIBRARIES:
            ctypes.CDLL(name)
        util.find_library = _nowhere
    except OSError:  # another system, or one is missing: WeasyPrint may search
        pass
    try:
        yield
    finally:
        util.find_library = search


def _nowhere(name: str) -> str | None:  # noqa: ARG001 - as `find_library` has it
    """Return that a library is not found."""
    return None


def unknown_versions() -> str:
    """Return a sentence on libraries of other versions than `KNOWN`; empty where all are known."""
    import pydyf
    import weasyprint

    here = {"weasyprint": weasyprint.VERSION, "pydyf": pydyf.VERSION}
    others = [f"{name} {here[name]}" for name, known in KNOWN.items() if not f"{here[name]}.".startswith(f"{known}.")]
    if not others:
        return ""
    wanted = " and ".join(f"{name} {known}" for name, known in KNOWN.items())
    return f"this reportgen knows {wanted}, and here is {' and '.join(others)}; install those that it knows"


def pango_version() -> str:
    """Return the version of Pango, such as `1.50.12`; empty where only a private part of WeasyPrint would know it.

    Raises:
        MissingLibrary: See `load`.
    """
    load()
    if unknown_versions():
        return ""
    from reportgen.outputs.pdf.weasyprint70.pango_text import pango_number  # it knows private parts

    number = pango_number()
    return f"{number // 10_000}.{number // 100 % 100}.{number % 100}"


def attachment(data: bytes, name: str, day: date) -> Attachment:
    """Return the attachment of the report's data, dated with the report's own day: the same bytes on any day."""
    from weasyprint import Attachment

    dated = datetime.combine(day, time(), tzinfo=UTC)
    return Attachment(
        string=data,
        name=name,
        description="The figures of this report and where they came from",
        created=dated,
        modified=dated,
        relationship="Data",
    )


def print_page(  # noqa: PLR0913 - the page, and the properties of the file
    html: str,
    attachments: Sequence[Attachment] = (),
    drawings: Mapping[str, DrawnPart] | None = None,
    *,
    style: str = "",
    language: str = "en",
    tagged: bool = False,
    variant: PdfVariant | None = None,
    titles: Mapping[str, str] | None = None,
    typefaces: Typefaces = BUILT_IN_TYPEFACES,
    measures: Measures | None = None,
) -> tuple[bytes, list[str], str]:
    """Return the PDF of HTML of any origin, with drawings in their places and a stylesheet below its own.

    Args:
        html: The page.
        attachments: Of the file.
        drawings: By their addresses; None has the page engine set everything.
        style: A stylesheet, below the page's own.
        language: Of the page and of the texts of drawings.
        tagged: Whether the file has a structure tree: headings, tables, their rows and cells.
        variant: Standard to which the file conforms, or None.
        titles: Of the places that links lead to, by their names.
        typefaces: Whose fonts the page may ask for.
        measures: The sizes of a report's look, whose pages are then composed; None leaves all breaks to the engine.

    Returns:
        The PDF, the faults (resources that could not be loaded), and the letters that no font has, sorted.

    Raises:
        MissingLibrary: See `load`.
        OutputError: There is no room for temporary files.
    """
    load()
    options: PdfOptions = {"pdf_tags": tagged, "pdf_variant": variant, "attachments": attachments}
    refused: list[str] = []
    with locked_fonts(typefaces) as fonts, logged_faults() as (failures, letters):
        fetcher = embedded_only(refused, typefaces)
        layout = _layout_options(fonts, style, variant)
        if drawings is None:
            content = _plain_pdf(html, fetcher, layout, options, titles or {})
        else:
            from reportgen.outputs.pdf.weasyprint70.default_stylesheet import LeanHTML  # it knows private parts
            from reportgen.outputs.pdf.weasyprint70.drawn_images import DrawnImages

            embedding = DrawnImages(drawings, fonts.configuration, language, titles or {}, fonts.known)
            content = _drawn_pdf(LeanHTML(html, fetcher), embedding, measures, layout, options)
    lost = [f"{url} is no part of the report" for url in dict.fromkeys(refused)] + failures
    return content, lost, "".join(sorted(letters))


def planned_rules(
    html: str, drawings: Mapping[str, DrawnPart], *, style: str, language: str, measures: Measures
) -> BreakRules:
    """Return the planned pages of a page with drawings in the words of a stylesheet, where the versions are known.

    Raises:
        MissingLibrary: See `load`.
        OutputError: There is no room for temporary files.
    """
    from reportgen.outputs.pdf.weasyprint70.composed_document import Draft  # it knows private parts
    from reportgen.outputs.pdf.weasyprint70.default_stylesheet import LeanHTML
    from reportgen.outputs.pdf.weasyprint70.drawn_images import DrawnImages

    load()
    with (
        locked_fonts(measures.typefaces) as fonts,
        closing(DrawnImages(drawings, fonts.configuration, language, {}, fonts.known)) as images,
    ):
        layout = _layout_options(fonts, style, None)
        return Draft(LeanHTML(html, embedded_only([], measures.typefaces)), images, measures, layout).rules()


def _layout_options(fonts: EngineFonts, style: str, variant: PdfVariant | None) -> LayoutOptions:
    """Return the options of a layout: its fonts, its stylesheet and the standard of its file."""
    return {"font_config": fonts.configuration, "stylesheets": [_parsed_stylesheet(style)], "pdf_variant": variant}


def _plain_pdf(
    html: str, fetcher: URLFetcher, layout: LayoutOptions, options: PdfOptions, titles: Mapping[str, str]
) -> bytes:
    """Return the PDF of a page by WeasyPrint's public names alone, which other versions have too.

    The tags can only be repaired where the version is known.
    """
    import weasyprint

    document = weasyprint.HTML(string=html, url_fetcher=fetcher).render(**layout)
    if unknown_versions():
        return document.write_pdf(
            finisher=lambda _, pdf: pdf.info.pop("Producer", None), pdf_identifier=True, **options
        )
    from reportgen.outputs.pdf.weasyprint70.actual_texts import make_readable  # it knows private parts
    from reportgen.outputs.pdf.weasyprint70.laid_out_pages import keep_outer_links  # it knows private parts
    from reportgen.outputs.pdf.weasyprint70.links_and_tags import LinksAndTags  # it knows private parts
    from reportgen.outputs.pdf.weasyprint70.pdf_writer import pdf_bytes  # it knows private parts

    keep_outer_links(document)
    tags = LinksAndTags(titles)
    make_readable(document, tags.texts)
    return pdf_bytes(document, tags.finish, options)


def _drawn_pdf(
    page: HTML, embedding: DrawnImages, measures: Measures | None, layout: LayoutOptions, options: PdfOptions
) -> bytes:
    """Return the PDF of a page whose drawings `weasyprint70` adds; its pages are composed where it has measures."""
    from reportgen.outputs.pdf.weasyprint70.composed_document import Draft  # it knows private parts
    from reportgen.outputs.pdf.weasyprint70.pdf_writer import pdf_bytes

    with closing(embedding):
        if measures:
            document = Draft(page, embedding, measures, layout).document()
        else:
            document = page.render(cache=embedding.images, **layout)
        embedding.paginate(document, tagged=options["pdf_tags"])
        return pdf_bytes(document, embedding.finish, options)


@lru_cache(maxsize=8)
def _parsed_stylesheet(style: str) -> CSS:
    """Return a parsed stylesheet, once a process; it loads nothing, so it is the same for every document."""
    import weasyprint

    return weasyprint.CSS(string=style, url_fetcher=embedded_only([]))
