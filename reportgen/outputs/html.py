"""The report as one HTML file, and the page that the PDF is printed from. The only door to jinja2."""

from __future__ import annotations

import base64
from functools import lru_cache
from typing import TYPE_CHECKING

from reportgen.characters import printable
from reportgen.errors import OutputError
from reportgen.files import file_stem
from reportgen.formatting import babel_locale, format_period
from reportgen.model import Artifact
from reportgen.outputs import cards, closing, cover, fonts, layout, overlay, placing, summaries, words
from reportgen.outputs.lanes import breakable
from reportgen.outputs.language import catalogue_of, catalogue_words
from reportgen.outputs.night import night_css
from reportgen.outputs.placing import Placing
from reportgen.outputs.plotted import plotted
from reportgen.outputs.prose import prose_html
from reportgen.outputs.script import script, script_hash
from reportgen.outputs.stylesheet import margins, printed_stylesheet, stylesheet, theme_colors
from reportgen.outputs.tables import tables_said_once
from reportgen.resources import templates_folder

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

    from reportgen.model import Picture, Report
    from reportgen.outputs.placing import Drawn
    from reportgen.outputs.stylesheet import Medium


def render_html(report: Report) -> tuple[Artifact, ...]:
    """Write the report as one file that loads nothing from elsewhere.

    Raises:
        OutputError: A block's kind has no template, or a theme colour is not `#RRGGBB`.
        MissingLibrary: The font package is not installed.
    """
    content = page(report, "screen").encode()
    return (Artifact(f"{file_stem(report)}.html", "text/html; charset=utf-8", content),)


def page(report: Report, medium: Medium, drawings: dict[str, Drawn] | None = None) -> str:
    """Return the report as HTML.

    Args:
        report: What to show.
        medium: `screen` embeds the fonts and draws each chart for a wide screen and for a phone;
            `print` names the fonts and the charts by private addresses, draws each chart once, and is
            printed with `printed_stylesheet`.
        drawings: Is given the charts of a printed page by their addresses.

    Raises:
        OutputError: See `render_html`.
        MissingLibrary: See `render_html`.
    """
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    with tables_said_once():
        content = render_template(
            "content.html", report.locale, report=report, medium=medium, placing=Placing(report, drawings)
        )
    extra = fonts.extra_characters(content)
    return render_template(
        "report.html",
        report.locale,
        report=report,
        medium=medium,
        content=Markup(content),  # noqa: S704 - our own template has escaped it
        direction=babel_locale(report.locale).text_direction,
        faces=Markup(fonts.embedded_faces(extra) if medium == "screen" else fonts.linked_faces()),  # noqa: S704 - ours
        colors=Markup(theme_colors(report.theme) + (night_css(report.theme) if medium == "screen" else "")),  # noqa: S704 - validated
        stylesheet=Markup(stylesheet("screen") if medium == "screen" else ""),  # noqa: S704 - our own file
        script=Markup(script()),  # noqa: S704 - likewise
        script_hash=script_hash(),
    )


def render_template(name: str, locale: str, **context: object) -> str:
    """Render one of the page's templates in a locale's words; characters that HTML forbids are removed.

    Raises:
        OutputError: It includes a component that has no template, or a template is wrong; its file and line are named.
    """
    from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError  # noqa: PLC0415 - see template_environment

    catalogue = catalogue_of(locale)
    try:
        template = template_environment(catalogue).get_template(name)
        return printable(template.render(words=words.STATE_WORDS, **context))
    except TemplateNotFound as error:
        message = f"a block of a kind without a template: templates/{error.name} does not exist"
        raise OutputError(message) from error
    except TemplateSyntaxError as error:
        message = f"templates/{error.name}:{error.lineno}: {error.message}"
        raise OutputError(message) from error
    except TemplateError as error:
        message = f"templates/{name}: {error.message}"
        raise OutputError(message) from error


def forget_templates() -> None:
    """Read the templates and style sheets anew from now on: somebody is changing them."""
    template_environment.cache_clear()
    stylesheet.cache_clear()
    script.cache_clear()
    printed_stylesheet.cache_clear()
    margins.cache_clear()


@lru_cache(maxsize=4)
def template_environment(catalogue: str | None) -> SandboxedEnvironment:
    """Compile the templates once a catalogue; what the API or an author wrote is data to them, never code."""
    from jinja2 import FileSystemLoader, StrictUndefined  # noqa: PLC0415 - --help and check load no jinja2
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415 - see above
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    environment = SandboxedEnvironment(
        loader=FileSystemLoader(templates_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    install = environment.install_gettext_translations  # type: ignore[attr-defined] # set by the i18n extension
    install(catalogue_words(catalogue), newstyle=True)
    environment.filters |= {
        "baseline_words": words.baseline_words,
        "breakable": _breakable,
        "card": cards.card,
        "card_row": cards.card_row,
        "note": cards.note,
        "reading_card": cards.reading_card,
        "sentences": summaries.sentences,
        "closing_entries": closing.closing_entries,
        "columns": closing.columns,
        "glossary_entries": closing.glossary_entries,
        "annotation_lines": words.annotation_lines,
        "is_empty": words.is_empty,
        "levels": layout.levels,
        "shown_blocks": words.shown_blocks,
        "cover_notes": words.cover_notes,
        "cover_title": words.cover_title,
        "day": words.day_words,
        "direction": lambda locale: babel_locale(locale).text_direction,
        "direction_of": words.direction_of,
        "display_fit": cover.display_fit,
        "is_turned": words.is_turned,
        "has_dark_ground": cover.has_dark_ground,
        "isolated": words.isolated,
        "period": format_period,
        "margins": lambda _report: Markup(margins()),  # noqa: S704 - our own file
        "plotted": plotted,
        "places": words.places,
        "prose": _prose,
        "remark_words": words.remark_words,
        "rows": layout.pack,
        "runs_left": overlay.runs_left,
        "source_lines": words.source_lines,
        "leading_days": cover.leading_days,
        "needs_shaping": overlay.needs_shaping,
        "subtitle": words.subtitle,
        "uri": data_uri,
        "width_px": placing.width_px,
    }
    return environment


def data_uri(picture: Picture) -> str:
    """Return a picture as an address that holds it."""
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.content).decode('ascii')}"


def _prose(markdown: str, level: int) -> str:
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    return Markup(prose_html(markdown, level))  # noqa: S704 - nh3 has cleaned it


def _breakable(text: str) -> str:
    """Let endless words break: WeasyPrint takes seconds to find the lines of thousands of letters by itself."""
    from markupsafe import Markup, escape  # noqa: PLC0415 - comes with jinja2

    return Markup("<wbr>").join(map(escape, breakable(text)))
