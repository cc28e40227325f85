"""The page engine: HTML becomes a PDF. The only door to WeasyPrint; `weasyprint70`, behind it, knows its private parts.

One page at a time is laid out in a process: threads do not make PDFs faster, processes do.
"""

from __future__ import annotations

import logging
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import lru_cache
from multiprocessing.util import Finalize
from threading import Lock, get_ident
from traceback import clear_frames
from typing import TYPE_CHECKING, TypedDict
from weakref import proxy

from reportgen.errors import MissingLibrary, OutputError
from reportgen.outputs.page.font_faces import FACES, SCHEME
from reportgen.resources import font_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from weasyprint import CSS, Attachment
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    from reportgen.model import PdfVariant
    from reportgen.outputs.pdf.print_parts import DrawnPart
    from reportgen.outputs.pdf.weasyprint70.drawn_images import DrawnImages
    from reportgen.outputs.pdf.weasyprint70.pango_text import Learned
    from reportgen.outputs.pdf.weasyprint70.pdf_writer import PdfOptions

SYSTEM_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
"""Debian packages of the libraries that WeasyPrint loads."""

KNOWN = {"weasyprint": "70", "pydyf": "0.13"}
"""The versions whose private parts `weasyprint70` knows; `pyproject.toml` asks for these."""

_laying_out = Lock()
"""Held from loading fonts to letting go of all that was set in them: Pango works on them for one thread at a time."""

_NO_GLYPH = ".notdef glyph"  # how WeasyPrint begins to tell of a letter without a glyph
_LONGEST_MESSAGE = 200  # a message may quote a whole data: address


def load() -> None:
    """Load WeasyPrint and the libraries that it prints with.

    Raises:
        MissingLibrary: One is not installed.
    """
    try:
        import weasyprint  # noqa: F401, PLC0415 - slow, and needs system libraries that other outputs do not
    except OSError as error:
        message = f"the PDF needs Pango; run: apt-get install -y --no-install-recommends {SYSTEM_PACKAGES}"
        raise MissingLibrary(message) from error


def unknown_versions() -> str:
    """Return which libraries have other versions than those whose private parts are used, in words; or nothing."""
    import pydyf  # noqa: PLC0415 - see load
    import weasyprint  # noqa: PLC0415 - see load

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
    from reportgen.outputs.pdf.weasyprint70.pango_text import pango_number  # noqa: PLC0415 - it knows private parts

    number = pango_number()
    return f"{number // 10_000}.{number // 100 % 100}.{number % 100}"


def attachment(data: bytes, name: str, day: date) -> Attachment:
    """Wrap the report's data for the PDF, dated with the report's own day: the same bytes on any day."""
    from weasyprint import Attachment  # noqa: PLC0415 - see load

    dated = datetime.combine(day, time(), tzinfo=UTC)
    return Attachment(
        string=data,
        name=name,
        description="The figures of this report and where they came from",
        created=dated,
        modified=dated,
        relationship="Data",
    )


def print_page(  # noqa: PLR0913 - what is printed, and what the file is
    html: str,
    identifier: bytes,
    attachments: Sequence[Attachment] = (),
    drawings: Mapping[str, DrawnPart] | None = None,
    *,
    style: str = "",
    language: str = "en",
    tagged: bool = False,
    variant: PdfVariant | None = None,
    titles: Mapping[str, str] | None = None,
) -> tuple[bytes, list[str], str]:
    """Print HTML of any origin, with drawings in their places and a stylesheet below its own.

    Args:
        html: The page.
        identifier: Of the file.
        attachments: What the file holds besides.
        drawings: What is drawn in place of images, by their addresses; None has the page engine set everything.
        style: A stylesheet, below the page's own.
        language: Of the page, in which texts of drawings are set.
        tagged: Whether the file says what its parts are: headings, tables, their rows and cells.
        variant: What the file conforms to; None promises nothing.
        titles: What stands at the places that links lead to, by their names.

    Returns:
        The PDF, what it asked for in vain, and the letters that no font has, sorted.

    Raises:
        MissingLibrary: See `load`.
        OutputError: There is no room for temporary files.
    """
    load()
    options: PdfOptions = {
        "pdf_tags": tagged,
        "pdf_variant": variant,
        "attachments": attachments,
        "pdf_identifier": identifier,
    }
    refused: list[str] = []
    with _alone() as fonts, _listening() as (failures, letters):
        fetcher = embedded_only(refused)
        laid: _LayoutOptions = {
            "font_config": fonts.configuration,
            "stylesheets": [_parsed(style)],
            "pdf_variant": variant,
        }
        if drawings is None:
            content = _plain(html, fetcher, laid, options, titles or {})
        else:
            from reportgen.outputs.pdf.weasyprint70.drawn_images import DrawnImages  # noqa: PLC0415 - it knows private parts

            embedding = DrawnImages(drawings, fonts.configuration, language, titles or {}, fonts.learned)
            content = _drawn(html, fetcher, embedding, laid, options)
    lost = [f"{url} is no part of the report" for url in dict.fromkeys(refused)] + failures
    return content, lost, "".join(sorted(letters))


class _LayoutOptions(TypedDict):
    """What a page is laid out with, by WeasyPrint's names."""

    font_config: FontConfiguration
    stylesheets: list[CSS]
    pdf_variant: PdfVariant | None


def _plain(
    html: str, fetcher: URLFetcher, laid: _LayoutOptions, options: PdfOptions, titles: Mapping[str, str]
) -> bytes:
    """Print a page by WeasyPrint's public names alone (its API reference): another version has them too.

    Only of a version that is known is it known what the tags lack.
    """
    import weasyprint  # noqa: PLC0415 - see load

    document = weasyprint.HTML(string=html, url_fetcher=fetcher).render(**laid)
    if unknown_versions():
        return document.write_pdf(**options)
    from reportgen.outputs.pdf.weasyprint70.links_and_tags import LinksAndTags  # noqa: PLC0415 - it knows what pydyf is given
    from reportgen.outputs.pdf.weasyprint70.pdf_writer import pdf_bytes  # noqa: PLC0415 - it knows private parts

    return pdf_bytes(document, LinksAndTags(titles).finish, options)


def _drawn(html: str, fetcher: URLFetcher, embedding: DrawnImages, laid: _LayoutOptions, options: PdfOptions) -> bytes:
    """Print a page in which `weasyprint70` draws past the page engine."""
    from reportgen.outputs.pdf.weasyprint70.default_stylesheet import LeanHTML  # noqa: PLC0415 - it knows private parts
    from reportgen.outputs.pdf.weasyprint70.pdf_writer import pdf_bytes  # noqa: PLC0415 - as above

    with closing(embedding):
        document = LeanHTML(html, fetcher).render(cache=embedding.images, **laid)
        embedding.paginate(document, tagged=options["pdf_tags"])
        return pdf_bytes(document, embedding.finish, options)


@contextmanager
def _alone() -> Iterator[_Fonts]:
    """Wait until no other thread lays out a page, and leave nothing behind that Pango would have to let go of later.

    Yields:
        The fonts, by a proxy: documents wait for a garbage collector, and would keep them from their end.

    Raises:
        OutputError: There is no room for temporary files.
    """
    with _laying_out:
        try:
            fonts = _fonts()
            yield _Fonts(proxy(fonts.configuration), fonts.learned)
        except OSError as error:  # WeasyPrint keeps fonts in temporary files
            clear_frames(error.__traceback__)
            message = f"the PDF could not be made; is there room in the folder for temporary files? {error}"
            raise OutputError(message) from error
        except BaseException as error:
            clear_frames(error.__traceback__)
            raise


@dataclass(frozen=True, slots=True)
class _Fonts:
    """The fonts of this process.

    Attributes:
        configuration: What fonts are loaded into.
        learned: What Pango has told of them, by weight and language; it is the same in every document.
    """

    configuration: FontConfiguration
    learned: dict[tuple[int, str], Learned] = field(default_factory=dict)


@lru_cache(maxsize=1)
def _fonts() -> _Fonts:
    """Return the fonts, once a process: WeasyPrint looks through all fonts of the machine.

    Every page loads the same files into them; the second time there is nothing to do. The copies of these that
    WeasyPrint keeps in a temporary folder go at the end of the process, before Python takes its modules apart: later
    Pango could not let go of them any more, and workers run nothing else when they end.
    """
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - see load

    Finalize(None, _fonts.cache_clear, exitpriority=0)
    return _Fonts(FontConfiguration())


@lru_cache(maxsize=8)
def _parsed(style: str) -> CSS:
    """Parse a stylesheet, once a process; it loads nothing, so it is the same for every document."""
    import weasyprint  # noqa: PLC0415 - see load

    return weasyprint.CSS(string=style, url_fetcher=embedded_only([]))


def embedded_only(refused: list[str]) -> URLFetcher:
    """Return a fetcher that gives the report's own fonts and `data:` addresses, and of everything else nothing.

    Nothing is an empty resource: WeasyPrint does not catch what a fetcher raises for a colour profile.

    Args:
        refused: Is given the start of each address that was refused.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 - see load

    class EmbeddedOnly(URLFetcher):
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
            scheme, _, face = url.partition(":")
            if scheme == SCHEME and face in FACES:
                return URLFetcherResponse(url, font_file(face).read_bytes(), {"Content-Type": "font/ttf"})
            if scheme.lower() == "data":
                with suppress(ValueError, OSError):  # a broken one
                    return super().fetch(url, headers)
            refused.append(url[:_LONGEST_MESSAGE])
            return URLFetcherResponse(url, b"")

    return EmbeddedOnly(allowed_protocols={"data"}, allow_redirects=False)


@contextmanager
def _listening() -> Iterator[tuple[list[str], set[str]]]:
    """Collect what WeasyPrint could not load in this thread, and what no font has: it only logs that, and goes on."""
    messages: list[str] = []
    letters: set[str] = set()
    thread = get_ident()

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.thread == thread and record.msg.startswith(_NO_GLYPH) and isinstance(record.args, tuple):
                letters.add(str(record.args[0]))
            lost = record.levelno >= logging.ERROR or "cannot be loaded" in record.msg  # fonts only warn
            if lost and record.thread == thread:
                messages.append(record.getMessage()[:_LONGEST_MESSAGE])

    logger = logging.getLogger("weasyprint")
    collector = Collector(logging.WARNING)
    logger.addHandler(collector)
    try:
        yield messages, letters
    finally:
        logger.removeHandler(collector)
