"""The fixed words of the outputs, in English, and sentences made from data.

Templates and callers pass them through gettext; a catalogue of another language translates them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from reportgen.formatting import format_period, format_short_day, format_value
from reportgen.model import UNREAD
from reportgen.titles import integration_title

if TYPE_CHECKING:
    from reportgen.model import Block, Chart, Report, Section, Series, SourceStatus, State

STATE_WORDS: dict[State, tuple[str, str]] = {
    "no_data": ("No data", "No data for this period."),
    "failed": ("Not read", "Could not be read this time."),
    "not_returned": ("Not received", "The source did not send it."),
    "not_requested": ("Not included", "Not asked for in this report."),
    "expired": ("Expired", "The connection to the source has expired."),
    "not_comparable": ("Not comparable", "The two periods cannot be compared."),
}
"""State -> what stands in place of a value, and the sentence that explains it."""

CHART_WORDS = {"line": "Line chart", "bar": "Bar chart", "pie": "Pie chart", "sparkline": "Small line chart"}
"""Kind of chart -> its name in alternative texts."""


_SAID = "\N{OBJECT REPLACEMENT CHARACTER}"
_JOINT = r"[\s·|/:,\u2013\u2014-]*"


@dataclass(frozen=True, slots=True)
class SourceLine:
    """How far a source was read, for the reader.

    Attributes:
        name: Of the integration, readable.
        complete: Whether everything asked of it was answered.
        missing: Labels of what could not be read.
    """

    name: str
    complete: bool
    missing: tuple[str, ...] = ()


def source_name(status: SourceStatus) -> str:
    """Return the name of a source that readers know: `google_ads` is Google Ads."""
    return integration_title(status.integration)


def source_lines(section: Section, report: Report) -> tuple[SourceLine, ...]:
    """Say of every source of a section whether it was read, in the order of the report."""
    lines = []
    for status in report.sources:
        blocks = [block for block in section.blocks if block.source == status.alias]
        missing = tuple(block.label or block.name for block in blocks if block.state in UNREAD)
        if blocks:
            lines.append(SourceLine(source_name(status), not missing and status.status == "active", missing))
    return tuple(lines)


def blocks_in(report: Report, states: frozenset[State]) -> tuple[str, ...]:
    """Return the labels of the blocks in some states, each once, in the order of the report."""
    return tuple(dict.fromkeys(block.label or block.name for block in report.blocks if block.state in states))


def cover_title(report: Report) -> str:
    """Return the report's title without the client's name and the period, which the cover prints by themselves.

    Empty where nothing is left.
    """
    title = report.title
    for said in (report.client.name, format_period(report.period, report.locale), report.period.id):
        title = title.replace(said, _SAID) if said else title
    return " ".join(part for part in re.split(rf"{_JOINT}{_SAID}{_JOINT}", title) if part)


def alt_text(chart: Chart, label: str, locale: str) -> str:
    """Describe a chart in one or two plain sentences, for a reader who cannot see it."""
    name = CHART_WORDS[chart.kind]
    start = f"{name}: {label}. " if label else f"{name}. "
    points = len(chart.labels)
    count = f"{points} point{'' if points == 1 else 's'}"
    parts = [part for series in chart.series if (part := _course(chart, series, locale))]
    return f"{start}{count}. {' '.join(parts)}".strip()


def _course(chart: Chart, series: Series, locale: str) -> str:
    """Say where a series begins and ends; empty where it has no value."""
    known = [(label, value) for label, value in zip(chart.labels, series.values, strict=True) if value is not None]
    if not known:
        return ""
    (first, from_value), (last, to_value) = known[0], known[-1]
    begin = f"{format_value(from_value, series.unit, locale)} ({_point(chart, first, locale)})"
    if len(known) == 1:
        return f"{series.label}: {begin}."
    end = f"{format_value(to_value, series.unit, locale)} ({_point(chart, last, locale)})"
    return f"{series.label}: first {begin}, last {end}."


def _point(chart: Chart, label: str, locale: str) -> str:
    return format_short_day(date.fromisoformat(label[:10]), locale) if chart.label_type == "date" else label


def subtitle(chart: Chart, block: Block, report: Report) -> str:
    """Say what a chart shows, where its title does not, and of when."""
    period = format_period(report.period, report.locale)
    names = [series.label for series in chart.series if series.label.casefold() not in block.label.casefold()]
    return f"{names[0]}, {period}" if len(chart.series) == 1 and names else period
