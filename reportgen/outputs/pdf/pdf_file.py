"""The report as a PDF."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from reportgen.characters import named_letters
from reportgen.errors import OutputError
from reportgen.files import file_stem
from reportgen.model import Artifact, Caution
from reportgen.outputs import FORMATS
from reportgen.outputs.drawing.font_metrics import FAMILY
from reportgen.outputs.html.web_page import page
from reportgen.outputs.page.embedded_pictures import data_uri
from reportgen.outputs.page.font_faces import linked_faces
from reportgen.outputs.page.stylesheet import printed_stylesheet
from reportgen.outputs.pdf.attached_data import NAME, attached_json
from reportgen.outputs.pdf.engine import attachment, load, planned_rules, print_page, unknown_versions
from reportgen.outputs.pdf.print_parts import print_parts
from reportgen.outputs.pdf.undrawable_pictures import without_undrawable
from reportgen.outputs.text.headings import link_titles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.model import Picture
    from reportgen.outputs.pdf.print_parts import DrawnPart
    from reportgen.outputs.pdf.weasyprint70.marked_breaks import BreakRules
    from reportgen.outputs.printed import PrintedReport

_DATA = re.compile(r"\bdata:\S*")


def render_pdf(printed: PrintedReport, *, plain: bool = False) -> tuple[Artifact, ...]:
    """Return the report as a PDF file with tags for readers who cannot see it.

    The same report gives the same bytes in any process: the file's identifier is the hash of its
    content, and no time is written.

    Args:
        printed: The report.
        plain: Whether the page engine sets everything itself: it looks the same, and takes several times as long.

    Raises:
        OutputError: A raster picture or a font could not be used, the variant cannot be made, or see `html.page`.
        ConfigurationError: An SVG logo cannot be drawn; another SVG costs its block, and is a caution.
        MissingLibrary: Pango or the font package is not installed.
    """
    report = printed.report
    load()
    unknown = unknown_versions()
    if report.pdf_variant and unknown:
        raise OutputError(f"{report.pdf_variant} cannot be promised: {unknown}")
    drawings: dict[str, DrawnPart] | None = None if unknown or plain else {}
    style = printed_stylesheet(report.locale, printed.measures)
    charts: Mapping[str, int] = {}
    if plain and not unknown:
        rules = _planned(printed, style)
        style, charts = style + rules.css, rules.charts
    html = page(printed, "print", print_parts(printed, drawings, charts))
    data = attached_json(printed) if report.attach_data else b""
    attachments = [attachment(data, NAME, report.as_of)] if data else []
    content, failures, missing = print_page(
        html,
        attachments,
        drawings,
        style=style,
        language=report.locale,
        tagged=True,
        variant=report.pdf_variant,
        titles=link_titles(report),
        typefaces=printed.measures.typefaces,
        measures=printed.measures,
    )
    if failures:
        fit, unfit = without_undrawable(report, _fault)
        if unfit:
            again = render_pdf(printed.instead(fit), plain=plain)
            return tuple(replace(file, cautions=unfit + file.cautions) for file in again)
        raise OutputError("the PDF could not be made whole: " + "; ".join(failures))
    cautions = list(_missing_glyphs(missing))
    if unknown and not plain:
        cautions.append(Caution("W-PLAIN", f"the PDF takes long, and has the tags of the page engine: {unknown}"))
    return (Artifact(f"{file_stem(report)}.pdf", FORMATS["pdf"].media_type, content, tuple(cautions)),)


def _planned(printed: PrintedReport, style: str) -> BreakRules:
    """Return the pages of a report as they are planned with its drawings, for a page without."""
    drawings: dict[str, DrawnPart] = {}
    html = page(printed, "print", print_parts(printed, drawings))
    return planned_rules(html, drawings, style=style, language=printed.report.locale, measures=printed.measures)


def _fault(picture: Picture) -> str:
    """Return the reason why the page engine cannot draw a picture, or an empty text."""
    failures = print_page(f'<img src="{data_uri(picture)}">')[1]
    return "; ".join(_DATA.sub("", failure).strip() for failure in failures)


render_plain_pdf = partial(render_pdf, plain=True)


def letters_without_a_font(text: str) -> str:
    """Return the letters of a text that neither the embedded family nor a font of this machine has, sorted.

    Raises:
        MissingLibrary: Pango or the font package is not installed.
        OutputError: There is no room for temporary files.
    """
    html = f"<style>{linked_faces()}p{{font-family:{FAMILY!r}}}</style><p>{escape(text)}</p>"
    return print_page(html)[2]


def _missing_glyphs(letters: str) -> Iterator[Caution]:
    """Yield a caution that names the letters which are drawn as boxes."""
    if letters:
        text = f"no font of this machine has {named_letters(letters)}; install one, such as fonts-noto"
        yield Caution("W-GLYPH", text)
