"""The report as one HTML file, and the page that the PDF is printed from. The only door to jinja2."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from reportgen.errors import OutputError
from reportgen.files import file_stem
from reportgen.formatting import babel_locale, format_dates, format_period
from reportgen.model import UNREAD, Artifact
from reportgen.outputs import bands, cards, cover, fonts, lanes, layout, overlay, summaries, tables, words
from reportgen.outputs.alternatives import alt_text
from reportgen.outputs.charts import draw_chart
from reportgen.outputs.drawing import placeholder, svg
from reportgen.outputs.lanes import breakable
from reportgen.outputs.language import catalogue_of, catalogue_words
from reportgen.outputs.night import night_css
from reportgen.outputs.plotted import plotted
from reportgen.outputs.pointing import pointed
from reportgen.outputs.prose import prose_html
from reportgen.outputs.script import script, script_hash
from reportgen.outputs.stylesheet import printed_stylesheet, stylesheet, theme_colors
from reportgen.resources import templates_folder

if TYPE_CHECKING:
    from jinja2.runtime import Context
    from jinja2.sandbox import SandboxedEnvironment

    from reportgen.model import Block, Chart, Picture, Report, Section, Table
    from reportgen.outputs.bands import Band
    from reportgen.outputs.drawing import Drawing
    from reportgen.outputs.stylesheet import Medium
    from reportgen.outputs.tables import Grid

DRAWING_SCHEME = "reportgen-drawing"
"""Scheme of the private addresses under which the PDF asks for its charts."""

Size = Literal["screen", "phone", "print"]

_POINTS_A_MM = 72 / 25.4
_SCREEN_COLUMN, _SCREEN_GUTTER, _PHONE_WIDTH = 904 / 12 - 24, 24, 350
_WIDE_COLUMNS = 9
_TURNED_MM = 257  # as .turned in report.css
_HEIGHTS: dict[Size, tuple[float, float, float]] = {  # sparkline, wide, narrow
    "print": (8 * _POINTS_A_MM, 66 * _POINTS_A_MM, 62 * _POINTS_A_MM),
    "screen": (44, 320, 300),
    "phone": (36, 250, 250),
}
_POINTS: dict[Size, float] = {"print": 1, "screen": 0.75, "phone": 0.75}  # in the unit of the sizes here
_FONT_SIZES: dict[Size, float] = {"print": 8, "screen": 13, "phone": 12.5}
_STRIPS: dict[Size, cover.Canvas] = {
    "print": cover.Canvas(170 * _POINTS_A_MM, 96 * _POINTS_A_MM, _FONT_SIZES["print"]),
    "screen": cover.Canvas(880, 320, _FONT_SIZES["screen"]),
    "phone": cover.Canvas(_PHONE_WIDTH, 210, _FONT_SIZES["phone"]),
}
# Not allowed in HTML (WHATWG, "control characters" and "noncharacters"), and lone surrogates, which UTF-8 cannot hold.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def render_html(report: Report) -> tuple[Artifact, ...]:
    """Write the report as one file that loads nothing from elsewhere.

    Raises:
        OutputError: A block's kind has no template, or a theme colour is not `#RRGGBB`.
        MissingLibrary: The font package is not installed.
    """
    content = page(report, "screen").encode()
    return (Artifact(f"{file_stem(report)}.html", "text/html; charset=utf-8", content),)


def page(report: Report, medium: Medium, drawings: dict[str, Drawing | Band] | None = None) -> str:
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

    content = render_template("content.html", report.locale, report=report, medium=medium, drawings=drawings)
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
        return _ILLEGAL.sub("", template.render(words=words.STATE_WORDS, grids_made={}, **context))
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


@lru_cache(maxsize=4)
def template_environment(catalogue: str | None) -> SandboxedEnvironment:
    """Compile the templates once a catalogue; what the API or an author wrote is data to them, never code."""
    from jinja2 import FileSystemLoader, StrictUndefined, pass_context  # noqa: PLC0415 - --help and check load no jinja2
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415 - see above

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
        "blocks_in": lambda report, states: words.blocks_in(report, frozenset(states)),
        "breakable": _breakable,
        "card": cards.card,
        "card_row": cards.card_row,
        "reading_card": cards.reading_card,
        "sentences": summaries.sentences,
        "bands": pass_context(_bands),
        "annotation_lines": words.annotation_lines,
        "is_empty": words.is_empty,
        "levels": layout.levels,
        "shown_blocks": words.shown_blocks,
        "cover_notes": words.cover_notes,
        "cover_title": words.cover_title,
        "dates": format_dates,
        "day": words.day_words,
        "direction": lambda locale: babel_locale(locale).text_direction,
        "direction_of": words.direction_of,
        "display_fit": cover.display_fit,
        "draw": pass_context(_draw),
        "grids": pass_context(_grids),
        "opens_turned": pass_context(_opens_turned),
        "is_turned": words.is_turned,
        "has_dark_ground": cover.has_dark_ground,
        "isolated": words.isolated,
        "period": format_period,
        "plotted": plotted,
        "prose": _prose,
        "remark_words": words.remark_words,
        "rows": layout.pack,
        "runs_left": overlay.runs_left,
        "source_lines": words.source_lines,
        "source_name": words.source_name,
        "strip": pass_context(_draw_strip),
        "leading_days": cover.leading_days,
        "needs_shaping": overlay.needs_shaping,
        "subtitle": words.subtitle,
        "uri": data_uri,
        "width_mm": layout.width_mm,
        "window_words": words.window_words,
        "width_px": lambda columns: f"{_width(columns, 'screen'):.0f}",
    }
    environment.globals["unread"] = UNREAD
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


def _draw(context: Context, chart: Chart, block: Block, report: Report, size: Size) -> str:
    """Draw a chart in the size it is shown in, so that its text is never scaled."""
    points, (sparkline, wide, narrow) = _POINTS[size], _HEIGHTS[size]
    height = sparkline if chart.kind == "sparkline" else wide if block.width >= _WIDE_COLUMNS else narrow
    drawing = draw_chart(
        chart,
        report.theme,
        report.locale,
        width=_width(block.width, size) * points,
        height=height * points,
        font_size=_FONT_SIZES[size] * points,
        alt=alt_text(chart, block.label, report.locale, words.compared_period(report)),
        current=format_period(report.period, report.locale),
        compared=words.compared_period(report),
        pointed=size != "print" and chart.kind != "sparkline",
    )
    return _placed(drawing, size, context)


def _grids(context: Context, table: Table, report: Report, width: int, *, paged: bool) -> tuple[Grid, ...]:
    """Put a table into words, once a page."""
    made: dict[tuple[int, int], tuple[Grid, ...]] = context["grids_made"]
    key = id(table), width
    if key not in made:
        made[key] = tables.grids(table, report, width, paged=paged)
    return made[key]


def _opens_turned(context: Context, section: Section, report: Report) -> bool:
    """Tell whether a printed section begins with a table on a turned page, so that its title stands there too."""
    first = section.blocks[0] if section.blocks else None
    return bool(first and first.tables and _grids(context, first.tables[0], report, first.width, paged=True)[0].turned)


def _bands(context: Context, printed: Grid, report: Report, block: Block) -> list[list[str]]:
    """Return the addresses of a printed table's rows, in groups; none where the page engine has to set them."""
    drawings = context["drawings"]
    if drawings is None or babel_locale(report.locale).text_direction == "rtl":
        return []
    width = (_TURNED_MM if printed.turned else layout.width_mm(block.width)) * _POINTS_A_MM
    groups = []
    for group in bands.bands_of(printed, lanes.look_of(printed, width, report.theme.colors)):
        groups.append([f"{DRAWING_SCHEME}:{len(drawings) + at}" for at in range(len(group))])
        drawings |= zip(groups[-1], group, strict=True)
    return groups


def _draw_strip(context: Context, strip: cover.Strip, report: Report, size: Size) -> str:
    """Draw the days of the cover."""
    drawn = replace(strip.chart, kind="bar", series=(strip.series,))
    alt = alt_text(drawn, strip.block.label, report.locale, words.compared_period(report))
    return _placed(cover.draw_strip(strip, report, _STRIPS[size], alt, pointed=size != "print"), size, context)


def _placed(drawing: Drawing, size: Size, context: Context) -> str:
    """Return a drawing as SVG; on paper as the place where it is drawn, under the texts that Pango has to set."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    if size != "print":
        return Markup(pointed(svg(drawing), drawing))  # noqa: S704 - both escape the words in them
    simple, spans = drawing.with_simple_text()
    if context["drawings"] is None:
        return Markup(overlay.laid_over(svg(simple), spans, drawing.width, drawing.height))  # noqa: S704 - as above
    address = f"{DRAWING_SCHEME}:{len(context['drawings'])}"
    context["drawings"][address] = simple
    return Markup(placeholder(drawing, address, spans))  # noqa: S704 - placeholder escapes the words in it


def _width(columns: int, size: Size) -> float:
    """Return how wide a drawing is: points in print, CSS pixels on a screen."""
    if size == "print":
        return layout.width_mm(columns) * _POINTS_A_MM
    return _PHONE_WIDTH if size == "phone" else columns * (_SCREEN_COLUMN + _SCREEN_GUTTER) - _SCREEN_GUTTER
