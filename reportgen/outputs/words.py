"""The fixed words of the outputs, in English, and sentences made from data.

Templates and callers pass them through gettext; a catalogue of another language translates them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from reportgen.formatting import babel_locale, format_day, format_period, format_short_day, format_value
from reportgen.model import UNREAD, Unit
from reportgen.outputs.language import N_, words_of
from reportgen.outputs.overlay import runs_left
from reportgen.periods import Window, window_notes
from reportgen.titles import integration_title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.model import Block, Chart, Missing, Remark, Report, Section, SourceStatus, State
    from reportgen.periods import WindowNote

STATE_WORDS: dict[State, tuple[str, str]] = {
    "no_data": (N_("No data"), N_("No data for this period.")),
    "failed": (N_("Not read"), N_("Could not be read this time.")),
    "not_returned": (N_("Not received"), N_("The source did not send it.")),
    "not_requested": (N_("Not included"), N_("Not asked for in this report.")),
    "expired": (N_("Expired"), N_("The connection to the source has expired.")),
    "not_comparable": (N_("Not comparable"), N_("The two periods cannot be compared.")),
}
"""State -> what stands in place of a value, and the sentence that explains it."""

REMARK_WORDS: dict[Remark, str] = {
    "last_30_days": N_("Covers the last 30 days, whatever the period of the report."),
    "own_period": N_("Covers a period of its own, whatever the period of the report."),
    "zero_divisor": N_("Not defined: it would be divided by zero."),
    "unfinished": N_("The day was not over when the figures were read; it is not compared."),
}
"""Remark -> the sentence under its block."""

WINDOW_WORDS: dict[WindowNote, str] = {
    "running": N_("The figures go to %(end)s; the period ends on %(until)s."),
    "unfinished": N_("Its last day was not over when the figures were read."),
    "baseline_running": N_("The compared figures go to %(baseline_end)s; that period ends on %(baseline_until)s."),
    "baseline_clamped": N_("The month compared is shorter; its last day stands for the days it does not have."),
    "lengths_differ": N_(
        "The periods differ in length, %(days)s and %(baseline_days)s; totals are compared as they are."
    ),
    "overlap": N_("The two periods share days, whose figures count in both."),
}
"""What is odd about the two periods -> the sentence beside their dates."""

COVER_WORDS: dict[WindowNote, str] = {
    "running": N_("to %(end)s; the period ends %(until)s"),
    "unfinished": N_("the last day was not over"),
    "baseline_running": N_("compared to %(baseline_end)s only"),
    "lengths_differ": N_("%(days)s compared with %(baseline_days)s"),
    "overlap": N_("the two periods share days"),
}
"""The same in the few words that a cover has room for."""

_OF_PERIOD: frozenset[WindowNote] = frozenset({"running", "unfinished"})
_COUNT = Unit("count")
_ISOLATE, _ISOLATED = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{RIGHT-TO-LEFT ISOLATE}"
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


def is_turned(locale: str) -> bool:
    """Tell whether the fixed words run against the script of the locale: English words on an Arabic page."""
    language = words_of(locale).info().get("language") or "en"
    return babel_locale(language.replace("_", "-")).text_direction != babel_locale(locale).text_direction


def direction_of(text: str, locale: str) -> Literal["ltr", "rtl"]:
    """Return how an author's text runs: as its first letter does, which need not be as the page does."""
    for letter in text:
        if (kind := unicodedata.bidirectional(letter)) in {"L", "R", "AL"}:
            return "ltr" if kind == "L" else "rtl"
    return "rtl" if babel_locale(locale).text_direction == "rtl" else "ltr"


def day_words(day: date, locale: str) -> str:
    """Return a day for a sentence, isolated where the sentence runs against the script of the locale."""
    text = format_day(day, locale)
    return f"{_ISOLATE}{text}{_ISOLATED}" if is_turned(locale) else text


def isolated(figure: str, locale: str) -> str:
    """Return a figure for a sentence that runs to the left, where 4.50 R$ would turn to $R 4.50; else unchanged."""
    if babel_locale(locale).text_direction == "ltr":
        return figure
    return f"{_RIGHT_TO_LEFT if runs_left(figure) else _LEFT_TO_RIGHT}{figure}{_ISOLATED}"


def remark_words(block: Block, locale: str) -> tuple[str, ...]:
    """Return the sentences a reader must know of a block's figures."""
    return tuple(words_of(locale).gettext(REMARK_WORDS[remark]) for remark in block.remarks)


def window_words(report: Report, about: Literal["period", "baseline"]) -> tuple[str, ...]:
    """Return the sentences on what is odd about one of the two periods, or about the pair."""
    notes = window_notes(Window(report.period, report.baseline))
    return of_window(report, [note for note in notes if (note in _OF_PERIOD) == (about == "period")])


def cover_notes(report: Report) -> tuple[str, ...]:
    """Return what is odd about the two periods in the few words of a cover."""
    notes = window_notes(Window(report.period, report.baseline))
    return _of_window(report, [COVER_WORDS[note] for note in notes if note in COVER_WORDS])


def of_window(report: Report, notes: Iterable[WindowNote]) -> tuple[str, ...]:
    """Return the sentences of some notes on the report's two periods."""
    return _of_window(report, [WINDOW_WORDS[note] for note in notes])


def _of_window(report: Report, messages: Iterable[str]) -> tuple[str, ...]:
    """Put the dates and the lengths of the report's periods into messages."""
    catalogue, period = words_of(report.locale), report.period
    baseline = report.baseline or period
    days, baseline_days = (
        catalogue.ngettext("%(num)s day", "%(num)s days", number) % {"num": format_value(number, _COUNT, report.locale)}
        for number in (period.days, baseline.days)
    )
    dates = {
        "end": day_words(period.end, report.locale),
        "until": day_words(period.until or period.end, report.locale),
        "baseline_end": day_words(baseline.end, report.locale),
        "baseline_until": day_words(baseline.until or baseline.end, report.locale),
    }
    values = {**dates, "days": days, "baseline_days": baseline_days}
    return tuple(catalogue.gettext(message) % values for message in messages)


def baseline_words(missing: Missing | None, report: Report) -> str:
    """Say why there is nothing to compare with, `September 2026: not received`; empty where none was asked for."""
    if report.baseline is None or missing is None or missing == "not_requested":
        return ""
    reason = words_of(report.locale).gettext(STATE_WORDS[missing][0]).lower()
    return f"{format_period(report.baseline, report.locale)}: {reason}"


def annotation_lines(chart: Chart, locale: str) -> tuple[str, ...]:
    """Return what is said of a chart's days, numbered as the marks in the drawing are."""
    said = ((format_short_day(date.fromisoformat(one.day), locale), one.text) for one in chart.annotations)
    return tuple(
        f"{format_value(number, _COUNT, locale)} \N{MIDDLE DOT} {day}: {text}"
        for number, (day, text) in enumerate(said, 1)
    )


def places(report: Report) -> dict[str, str]:
    """Return what stands at the places that links of a page lead to, by their names."""
    about = words_of(report.locale).gettext("About this report")
    return {f"section-{at}": section.title for at, section in enumerate(report.sections, 1)} | {"about": about}


def is_empty(section: Section) -> bool:
    """Tell whether a section has figures to show and none of them is there: a line says so, not a page of dashes."""
    figures = [block for block in section.blocks if block.kind in {"number", "chart", "datatable"}]
    return bool(figures) and all(block.state in UNREAD or block.state == "no_data" for block in figures)


def shown_blocks(section: Section) -> tuple[Block, ...]:
    """Return the blocks of a section that are shown: where no figure is there, the words alone."""
    if not is_empty(section):
        return section.blocks
    return tuple(block for block in section.blocks if block.kind not in {"number", "chart", "datatable"})


def compared_period(report: Report) -> str:
    """Return the name of the compared period; empty where nothing is compared."""
    return format_period(report.baseline, report.locale) if report.baseline else ""


def subtitle(chart: Chart, block: Block, report: Report) -> str:
    """Say what a chart shows, where its title does not, of when, and what it is compared with."""
    _ = words_of(report.locale).gettext
    said = format_period(report.period, report.locale)
    names = [series.label for series in chart.series if series.label.casefold() not in block.label.casefold()]
    if len(chart.series) == 1 and names:
        said = _("%(series)s, %(period)s") % {"series": names[0], "period": said}
    if report.baseline and any(series.baseline for series in chart.series):
        against = format_period(report.baseline, report.locale)
        said = _("%(period)s, compared with %(baseline)s") % {"period": said, "baseline": against}
    return " \N{MIDDLE DOT} ".join(filter(None, (said, baseline_words(chart.baseline_missing, report))))
