"""The report as an HTML file, and the page that the PDF is printed from. The only door to jinja2."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from reportgen.characters import printable
from reportgen.errors import OutputError, Problem, WrongTemplate
from reportgen.files import file_stem
from reportgen.formatting import babel_locale
from reportgen.model import Artifact
from reportgen.outputs import FORMATS
from reportgen.outputs.html.logo_plates import logo_plates
from reportgen.outputs.html.page_icon import page_icon
from reportgen.outputs.html.page_script import script, script_hash
from reportgen.outputs.html.screen_parts import screen_parts
from reportgen.outputs.html.series_tones import screen_colors
from reportgen.outputs.page import font_faces
from reportgen.outputs.page.embedded_pictures import data_uri
from reportgen.outputs.page.prose_html import PrintedPassage, prose_html, table_room
from reportgen.outputs.page.stylesheet import margins, printed_stylesheet, stylesheet, theme_colors
from reportgen.outputs.text import bidi, block_states
from reportgen.outputs.text.catalogues import catalogue_of, catalogue_words
from reportgen.outputs.text.long_words import breakable, is_exact
from reportgen.outputs.text.prose_links import link_places
from reportgen.resources import templates_folder

if TYPE_CHECKING:
    from jinja2.runtime import Context

    from reportgen.model import Block
    from reportgen.outputs.html.template_sandbox import TemplateSandbox
    from reportgen.outputs.page.page_parts import PageParts
    from reportgen.outputs.page.stylesheet import Medium
    from reportgen.outputs.printed import PrintedReport


_TEMPLATE_LIBRARIES = {"jinja2", "markupsafe"}


def render_html(printed: PrintedReport) -> tuple[Artifact, ...]:
    """Return the report as a file that loads nothing from elsewhere.

    Raises:
        OutputError: A block's kind has no template, or a theme colour is not `#RRGGBB`.
        MissingLibrary: The font package is not installed.
    """
    content = page(printed, "screen", screen_parts(printed)).encode()
    return (Artifact(f"{file_stem(printed.report)}.html", FORMATS["html"].media_type, content),)


def page(printed: PrintedReport, medium: Medium, parts: PageParts) -> str:
    """Return the report as HTML.

    Args:
        printed: The report.
        medium: `screen` embeds the fonts; `print` names them by private addresses, and is printed with
            `printed_stylesheet`.
        parts: The parts of the page in that medium.

    Raises:
        OutputError: See `render_html`.
        MissingLibrary: See `render_html`.
    """
    report = printed.report
    colors = theme_colors(report.theme) + (screen_colors(report.theme) if medium == "screen" else "")
    content = render_template(
        "content.html",
        report.locale,
        report=report,
        printed=printed,
        medium=medium,
        parts=parts,
        cover=printed.cover,
        plates=logo_plates(report),
        is_foreign=bidi.is_turned(report.locale),
    )
    typefaces = printed.measures.typefaces
    fonts = font_faces.embedded_faces(content, typefaces) if medium == "screen" else font_faces.linked_faces(typefaces)
    return render_template(
        "report.html",
        report.locale,
        report=report,
        medium=medium,
        parts=parts,
        icon=page_icon(report.theme),
        content=Markup(content),  # noqa: S704 - our own template has escaped it
        direction=babel_locale(report.locale).text_direction,
        faces=Markup(fonts),  # noqa: S704 - our own rules
        colors=Markup(colors),  # noqa: S704 - each colour is validated
        stylesheet=Markup(stylesheet("screen", printed.measures) if medium == "screen" else ""),  # noqa: S704 - our own file
        script=Markup(script()),  # noqa: S704 - our own file
        script_hash=script_hash(),
    )


def render_template(name: str, locale: str, **context: object) -> str:
    """Return a template's text in a locale's words, without the characters that HTML forbids.

    Raises:
        OutputError: It includes a component that has no template.
        WrongTemplate: A template cannot be read, or fails; its file and line are named.
    """
    from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

    catalogue = catalogue_of(locale)
    try:
        template = template_environment(catalogue).get_template(name)
        return printable(template.render(**context))
    except TemplateNotFound as error:
        raise OutputError(f"a block of a kind without a template: templates/{error.name} does not exist") from error
    except TemplateSyntaxError as error:
        raise WrongTemplate(Problem(str(error.filename), error.lineno, 0, "", str(error.message))) from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        place = _template_place(error)
        if place is None:
            raise
        raise WrongTemplate(Problem(*place, 0, "", str(error))) from error


def _template_place(error: Exception) -> tuple[str, int] | None:
    """Return the file and line of the template that raised an error; None where a function of ours raised it."""
    for frame in reversed(extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(templates_folder()):
            return frame.filename, frame.lineno or 0
        if not _TEMPLATE_LIBRARIES & set(path.parts):
            break
    return None


def forget_templates() -> None:
    """Let the templates and stylesheets be read again from their files."""
    template_environment.cache_clear()
    stylesheet.cache_clear()
    script.cache_clear()
    printed_stylesheet.cache_clear()
    margins.cache_clear()


@lru_cache(maxsize=8)
def template_environment(catalogue: str | None) -> TemplateSandbox:
    """Return the templates for a catalogue of words; texts of the API or an author are data to them, never code."""
    from jinja2 import FileSystemLoader, StrictUndefined, pass_context  # --help and check load no jinja2

    from reportgen.outputs.html.compiled_templates import CompiledTemplates
    from reportgen.outputs.html.template_sandbox import TemplateSandbox

    environment = TemplateSandbox(
        loader=FileSystemLoader(templates_folder()),
        bytecode_cache=CompiledTemplates(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    install = environment.install_gettext_translations  # type: ignore[attr-defined] # the i18n extension adds the method when it is loaded
    install(catalogue_words(catalogue), newstyle=True)
    environment.filters |= {
        "breakable": _breakable,
        "is_exact": is_exact,
        "is_missing": block_states.is_missing,
        "missing_label": block_states.missing_label,
        "own_direction": bidi.own_direction,
        "prose": pass_context(_prose),
        "runs_left": bidi.runs_left,
        "uri": data_uri,
    }
    return environment


def _prose(context: Context, block: Block, level: int) -> str:
    """Return an author's passage, its headings below the title that a block has."""
    printed: PrintedReport = context["printed"]
    report = printed.report
    passage = PrintedPassage(
        block.prose,
        block.name,
        block.label,
        level + bool(block.label),
        report.locale,
        link_places(report.sections),
        block.prose_pictures,
        table_room(printed.measures, block.width, context["medium"]),
    )
    return Markup(prose_html(passage))  # noqa: S704 - nh3 has cleaned it


def _breakable(text: str) -> str:
    """Return a text whose endless words may break: WeasyPrint takes seconds for the lines of thousands of letters."""
    parts = breakable(text)
    return Markup("<wbr>").join(map(escape, parts)) if len(parts) > 1 else escape(parts[0])
