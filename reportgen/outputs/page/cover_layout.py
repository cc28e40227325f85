"""The cover, and the masthead of a report without a cover: their texts and the size of the names."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING

from reportgen.formatting import format_period
from reportgen.outputs.drawing.line_breaks import broken_lines
from reportgen.outputs.page.measures import MEASURES
from reportgen.outputs.text.bidi import isolated_part
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.chart_labels import coverage_lines
from reportgen.outputs.text.headings import report_heading
from reportgen.outputs.text.period_notes import compared_days, compared_names, compared_period, cover_notes, day_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import AgencyCard, ClientCard, Report
    from reportgen.outputs.drawing.cover_chart import CoverChart
    from reportgen.outputs.drawing.font_metrics import Typeface
    from reportgen.outputs.page.measures import Measures

_LIGHTER = 1.036  # how much wider text is measured than the built-in family's light weight is set
_SMALLEST_TENTHS, _BREAKING_TENTHS = 3, 5
_MASTHEAD_LINES, _LEAST_ON_A_LINE = 3, 0.8


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover or the masthead of a report.

    Attributes:
        client: The client's name; empty where it stands in the title.
        title: The report's title without the client's name and the period.
        fit: Factor on the size of the client's name and the title.
        agency: The agency's name; empty where its logo stands for it.
        client_logo: The client's logo in words, like `agency_logo`.
        period: The period in words.
        baseline: The compared periods in words; empty without comparison.
        issued: The day of issue in words.
        notes: Remarks on the two periods.
        caption: The sentences under the chart of days; none where there is no chart.
    """

    client: str
    title: str
    fit: float
    agency: str
    client_logo: str
    agency_logo: str
    period: str
    baseline: str
    issued: str
    notes: tuple[str, ...]
    caption: tuple[str, ...]


def cover_of(report: Report, days: CoverChart | None, measures: Measures = MEASURES) -> Cover:
    """Return the cover of a report; `days` is the chart on it, or None."""
    client, title = heading = report_heading(report)
    fit = (
        display_fit(heading, measures)
        if report.cover
        else masthead_fit(heading, measures, is_alone=bool(report.client.logo))
    )
    return Cover(
        client,
        title,
        fit,
        agency=report.agency.name if report.agency.show_name else "",
        client_logo=_logo_text(report.client, report.locale),
        agency_logo=_logo_text(report.agency, report.locale),
        period=format_period(report.period, report.locale),
        baseline=compared_names(report),
        issued=day_words(report.as_of, report.locale),
        notes=cover_notes(report),
        caption=_caption(days, report) if days else (),
    )


def _logo_text(owner: ClientCard | AgencyCard, locale: str) -> str:
    return (owner.logo.alt if owner.logo else "") or owner.name or words_of(locale).gettext("Logo")


def _caption(days: CoverChart, report: Report) -> tuple[str, ...]:
    _ = words_of(report.locale).gettext
    parts = {"series": days.name, "period": format_period(report.period, report.locale)}
    shown = _("%(series)s, %(period)s.") % {name: isolated_part(part, report.locale) for name, part in parts.items()}
    gaps = coverage_lines(days.drawn, report.locale)
    if not (days.series.baseline and compared_days(report, days.chart)):
        return (shown, *gaps)
    lines = _("The short line beside each bar is the same day of %(period)s.")
    return (shown, lines % {"period": isolated_part(compared_period(report, days.chart), report.locale)}, *gaps)


def display_fit(texts: Sequence[str], measures: Measures = MEASURES) -> float:
    """Return the factor on the size of the cover's heading that keeps its words whole and all above the days."""
    return _fit(texts, measures.paper.display.typeface, *_room(measures))


def masthead_fit(texts: Sequence[str], measures: Measures = MEASURES, *, is_alone: bool = False) -> float:
    """Return the factor on the size of a masthead's heading, which has one line if it can, and else a few.

    It stands beside the agency unless it is alone, below the client's logo.
    """
    text, style = " ".join(filter(None, texts)), measures.paper.h1
    room = measures.printed_width().points - (0 if is_alone else measures.page.contents.points)
    width = _lighter(style.typeface) * room / style.size.points
    on_a_line = floor(10 * width / max(style.typeface.width(text), 1)) / 10
    return (
        min(on_a_line, 1.0) if on_a_line >= _LEAST_ON_A_LINE else _fit((text,), style.typeface, width, _MASTHEAD_LINES)
    )


def _fit(texts: Sequence[str], typeface: Typeface, width: float, height: float) -> float:
    """Return the factor on the size of texts that have a room in em and in lines of their full size.

    A word may break only where it would else be set in less than half of that size.
    """
    words = [typeface.width(word) for text in texts for word in broken_lines(text, 0, typeface)]
    for tenths in range(10, _SMALLEST_TENTHS, -1):
        room = 10 * width / tenths
        broken = sum(ceil(word / room) - 1 for word in words if word > room)
        lines = broken + sum(len(broken_lines(text, room, typeface)) for text in texts)
        if lines * tenths <= 10 * height and (not broken or tenths <= _BREAKING_TENTHS):
            return tenths / 10
    return _SMALLEST_TENTHS / 10


def _lighter(typeface: Typeface) -> float:
    """Return how much wider a text is measured than its light weight is set; a theme's own is measured as it is."""
    return 1 if typeface.own else _LIGHTER


def _room(measures: Measures) -> tuple[float, float]:
    """Return the room for the names in full size: the width in em, and the lines above the period and the days.

    A step of the grid is kept free between the texts there.
    """
    cover, paper = measures.cover, measures.paper
    width = _lighter(paper.display.typeface) * measures.printed_width().points / paper.display.size.points
    below = (cover.cover_gap, paper.period.line, paper.against.line, paper.text.line, paper.step)
    height = cover.cover_days.points - cover.cover_names.points - sum(length.points for length in below)
    return round(width, 1), round(height / paper.display.line.points, 2)
