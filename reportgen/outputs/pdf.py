"""The report as a PDF. The only door to WeasyPrint."""

from __future__ import annotations

import hashlib
import logging
import re
import threading
import weakref
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import lru_cache, partial
from html import escape
from multiprocessing.util import Finalize
from typing import TYPE_CHECKING

from reportgen.errors import MissingLibrary, OutputError
from reportgen.files import file_stem
from reportgen.model import Artifact, Caution
from reportgen.outputs.attachment import NAME, attached_json
from reportgen.outputs.embedding import UNKNOWN, Embedding, is_known
from reportgen.outputs.embedding.lean import lean_html
from reportgen.outputs.fonts import FACES, SCHEME, linked_faces
from reportgen.outputs.html import data_uri, page
from reportgen.outputs.measure import FAMILY
from reportgen.outputs.stylesheet import printed_stylesheet
from reportgen.outputs.undrawable import without_undrawable
from reportgen.outputs.words import places
from reportgen.resources import font_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from weasyprint import CSS, Attachment
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    from reportgen.model import PdfVariant, Picture, Report
    from reportgen.outputs.placing import Drawn

SYSTEM_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
"""Debian packages of the libraries that WeasyPrint loads."""

_NO_GLYPH = ".notdef glyph"  # how WeasyPrint begins to tell of a letter without a glyph
_MOST_LETTERS = 10
_DATA = re.compile(r"\bdata:\S*")
_loaded = threading.local()
_LONGEST_MESSAGE = 200  # a message may quote a whole data: address


def render_pdf(report: Report, *, plain: bool = False) -> tuple[Artifact, ...]:
    """Print the report on A4 pages, tagged, so that a reader who cannot see them is told what their parts are.

    The same report gives the same bytes in any process: the file's identifier is the hash of what
    is printed, and no time is written.

    Args:
        report: What to print.
        plain: Whether the page engine sets everything itself: it looks the same, and takes several times as long.

    Raises:
        OutputError: A raster picture or a font could not be used, the variant cannot be made, or see `html.page`.
        ConfigurationError: An SVG logo cannot be drawn; another SVG costs its block, and is a caution.
        MissingLibrary: Pango or the font package is not installed.
    """
    pango_version()
    if report.pdf_variant and not is_known():
        message = f"{report.pdf_variant} cannot be promised: {UNKNOWN}"
        raise OutputError(message)
    drawings: dict[str, Drawn] | None = None if plain or not is_known() else {}
    html = page(report, "print", drawings)
    data = attached_json(report) if report.attach_data else b""
    style = printed_stylesheet(report.locale)
    hashed = html.encode() + style.encode() + repr(drawings).encode() + data + (report.pdf_variant or "").encode()
    identifier = hashlib.sha256(hashed).hexdigest()[:32].encode()
    attachments = [_attachment(data, report.as_of)] if data else []
    content, failures, missing = print_page(
        html,
        identifier,
        attachments,
        drawings,
        style=style,
        language=report.locale,
        tagged=True,
        variant=report.pdf_variant,
        titles=places(report),
    )
    if failures:
        fit, unfit = without_undrawable(report, _fault)
        if unfit:
            return tuple(replace(one, cautions=unfit + one.cautions) for one in render_pdf(fit, plain=plain))
        message = "the PDF could not be made whole: " + "; ".join(failures)
        raise OutputError(message)
    cautions = list(_missing_glyphs(missing))
    if drawings is None and not plain:
        cautions.append(Caution("W-PLAIN", f"charts and tables take long: {UNKNOWN}"))
    return (Artifact(f"{file_stem(report)}.pdf", "application/pdf", content, tuple(cautions)),)


def _fault(picture: Picture) -> str:
    """Return why the page engine cannot draw a picture; empty where it can."""
    failures = print_page(f'<img src="{data_uri(picture)}">', b"picture")[1]
    return "; ".join(_DATA.sub("", failure).strip() for failure in failures)


render_plain_pdf = partial(render_pdf, plain=True)


def pango_version() -> str:
    """Load the libraries that pages are printed with, and return the version of Pango, such as `1.50.12`.

    Raises:
        MissingLibrary: One is not installed.
    """
    try:
        import weasyprint  # noqa: F401, PLC0415 - slow, and needs system libraries that other outputs do not
        from weasyprint.text.ffi import pango  # noqa: PLC0415 - as above
    except OSError as error:
        message = f"the PDF needs Pango; run: apt-get install -y --no-install-recommends {SYSTEM_PACKAGES}"
        raise MissingLibrary(message) from error
    number = pango.pango_version()
    return f"{number // 10_000}.{number // 100 % 100}.{number % 100}"


def letters_without_a_font(text: str) -> str:
    """Return the letters of a text that neither the embedded family nor a font of this machine has, sorted.

    Raises:
        MissingLibrary: Pango or the font package is not installed.
        OutputError: There is no room for temporary files.
    """
    pango_version()
    html = f"<style>{linked_faces()}p{{font-family:{FAMILY!r}}}</style><p>{escape(text)}</p>"
    return print_page(html, b"letters")[2]


def _missing_glyphs(letters: str) -> Iterator[Caution]:
    """Yield a caution that names the letters which are drawn as boxes."""
    if letters:
        named = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters[:_MOST_LETTERS])
        more = f" and {len(letters) - _MOST_LETTERS} more" if len(letters) > _MOST_LETTERS else ""
        text = f"no font of this machine has {named}{more}; install one, such as fonts-noto"
        yield Caution("W-GLYPH", text)


def _attachment(data: bytes, day: date) -> Attachment:
    """Wrap the report's data for the PDF, dated with the report's own day: the same bytes on any day."""
    from weasyprint import Attachment  # noqa: PLC0415 - see render_pdf

    dated = datetime.combine(day, time(), tzinfo=UTC)
    return Attachment(
        string=data,
        name=NAME,
        description="The figures of this report and where they came from",
        created=dated,
        modified=dated,
        relationship="Data",
    )


def print_page(  # noqa: PLR0913 - what is printed, and what the file is
    html: str,
    identifier: bytes,
    attachments: Sequence[Attachment] = (),
    drawings: Mapping[str, Drawn] | None = None,
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
        drawings: What is drawn in place of images, by their addresses.
        style: A stylesheet, below the page's own.
        language: Of the page, in which texts of drawings are set.
        tagged: Whether the file says what its parts are: headings, tables, their rows and cells.
        variant: What the file conforms to; None promises nothing.
        titles: What stands at the places that links lead to, by their names.

    Returns:
        The PDF, what it asked for in vain, and the letters that no font has, sorted.

    Raises:
        OutputError: There is no room for temporary files.
    """
    import weasyprint  # noqa: PLC0415 - see render_pdf

    fonts, page_class = _fonts(), weasyprint.HTML if drawings is None else lean_html()
    embedding = Embedding(drawings or {}, fonts, language, titles or {})
    options = {"pdf_tags": tagged, "pdf_variant": variant, "attachments": attachments, "pdf_identifier": identifier}
    refused: list[str] = []
    try:
        with _listening() as (failures, letters):
            document = page_class(string=html, url_fetcher=embedded_only(refused)).render(
                font_config=fonts, stylesheets=[_parsed(style)], cache=embedding.images, **options
            )
            embedding.paginate(document, tagged=tagged)
            content = document.write_pdf(finisher=embedding.finish if is_known() else None, **options)
    except OSError as error:  # WeasyPrint keeps fonts in temporary files
        message = f"the PDF could not be made; is there room in the folder for temporary files? {error}"
        raise OutputError(message) from error
    lost = [f"{url} is no part of the report" for url in dict.fromkeys(refused)] + failures
    return content, lost, "".join(sorted(letters))


def _fonts() -> FontConfiguration:
    """Return what fonts are loaded into, once a thread: it looks through all fonts of the machine.

    Every page loads the same files into it; the second time there is nothing to do. The copies of these that it keeps
    in a temporary folder go with it, at the end of the process.
    """
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - see render_pdf

    if not hasattr(_loaded, "fonts"):
        _loaded.fonts = FontConfiguration()
        Finalize(_loaded.fonts, _tidy, [_loaded.__dict__, weakref.ref(_loaded.fonts)], exitpriority=0)
    fonts: FontConfiguration = _loaded.fonts
    return fonts


def _tidy(kept: dict[str, object], fonts: weakref.ref[FontConfiguration]) -> None:
    """Let go of what fonts are loaded into, and of its files, before Python takes its modules apart.

    Later Pango could not let go of them any more, and workers run nothing else when they end.
    """
    kept.clear()
    if (still := fonts()) is not None:  # something in a circle holds it
        still.__del__()


@lru_cache(maxsize=8)
def _parsed(style: str) -> CSS:
    """Parse a stylesheet, once a process; it loads nothing, so it is the same for every document."""
    import weasyprint  # noqa: PLC0415 - see render_pdf

    return weasyprint.CSS(string=style, url_fetcher=embedded_only([]))


def embedded_only(refused: list[str]) -> URLFetcher:
    """Return a fetcher that gives the report's own fonts and `data:` addresses, and of everything else nothing.

    Nothing is an empty resource: WeasyPrint does not catch what a fetcher raises for a colour profile.

    Args:
        refused: Is given the start of each address that was refused.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 - see render_pdf

    class EmbeddedOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
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
    thread = threading.get_ident()

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
