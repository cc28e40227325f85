"""Notes on the dates of a report's periods, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from reportgen.formatting import format_dates, format_day, format_names, format_period
from reportgen.model import ComparedValue, Reading
from reportgen.outputs.text.bidi import is_turned, isolated_text
from reportgen.outputs.text.catalogues import N_, words_of
from reportgen.outputs.text.counts_and_shares import count_text
from reportgen.periods import Window, window_notes

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from datetime import date

    from reportgen.model import Block, Report
    from reportgen.periods import Period, WindowNote

DaysForm: TypeAlias = Literal["day", "months", "days"]
"""The form of a period's text: a day, months by their names, or other days by the first and the last."""

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
"""Note on the two periods -> the sentence beside their dates."""

COVER_WORDS: dict[WindowNote, str] = {
    "running": N_("to %(end)s; the period ends %(until)s"),
    "unfinished": N_("the last day was not over"),
    "baseline_running": N_("compared to %(baseline_end)s only"),
    "lengths_differ": N_("%(days)s compared with %(baseline_days)s"),
    "overlap": N_("the two periods share days"),
}
"""Note on the two periods -> the few words that a cover has room for."""

_WITH_DAYS = frozenset({"number", "chart", "datatable"})  # kinds of blocks that have a period of their own

_OF_PERIOD: frozenset[WindowNote] = frozenset({"running", "unfinished"})


def form_of_days(period: Period | None) -> DaysForm:
    """Return the form of a period's text, which decides what may stand before it: `in` stands before months alone."""
    if period and period.days == 1:
        return "day"
    return "months" if period is None or period.is_of_months else "days"


def day_words(day: date, locale: str) -> str:
    """Return a day for a sentence, isolated where the sentence runs against the script of the locale."""
    text = format_day(day, locale)
    return isolated_text(text) if is_turned(locale) else text


def period_words(period: Period, locale: str) -> str:
    """Return the dates of a period with their count, `Oct 1 – 31, 2026 (31 days)`."""
    values = {"dates": format_dates(period, locale), "days": _days(period.days, locale)}
    return words_of(locale).gettext("%(dates)s (%(days)s)") % values


def _days(number: int, locale: str) -> str:
    return words_of(locale).ngettext("%(num)s day", "%(num)s days", number) % {"num": count_text(number, locale)}


def window_words(report: Report, about: Literal["period", "baseline"]) -> tuple[str, ...]:
    """Return the notes on the report's period, or on the compared period and the pair, as sentences."""
    return note_sentences(report, _OF_PERIOD if about == "period" else WINDOW_WORDS.keys() - _OF_PERIOD)


def cover_notes(report: Report) -> tuple[str, ...]:
    """Return the notes on the two periods in the few words of a cover."""
    return note_sentences(report, COVER_WORDS.keys(), COVER_WORDS)


def note_sentences(
    report: Report, among: Container[WindowNote], words: Mapping[WindowNote, str] = WINDOW_WORDS
) -> tuple[str, ...]:
    """Return the notes on the report's period and those compared with it that are among some notes, as sentences."""
    windows = [Window(report.period, baseline) for baseline in report.baselines or (None,)]
    return tuple(
        dict.fromkeys(
            words_of(report.locale).gettext(words[note]) % _values_of_notes(window, report.locale)
            for window in windows
            for note in window_notes(window)
            if note in among
        )
    )


def _values_of_notes(window: Window, locale: str) -> dict[str, str]:
    period, baseline = window.current, window.baseline or window.current
    return {
        "end": day_words(period.end, locale),
        "until": day_words(period.until or period.end, locale),
        "baseline_end": day_words(baseline.end, locale),
        "baseline_until": day_words(baseline.until or baseline.end, locale),
        "days": _days(period.days, locale),
        "baseline_days": _days(baseline.days, locale),
    }


class Dated(Protocol):
    """A reading, a chart or a table, which may have days of its own, and be compared with such."""

    @property
    def days(self) -> Period | None:
        """The days it covers, where these are its own."""

    @property
    def compared(self) -> Period | None:
        """The days it is compared with, where these are its own."""


def dated_part(block: Block) -> Dated | None:
    """Return the part of a block that has its days; None for a block without days of its own kind."""
    parts: tuple[Dated, ...] = (*block.readings, *block.charts, *block.tables)
    return next(iter(parts), None) if block.kind in _WITH_DAYS else None


def own_days_words(block: Block, report: Report) -> str:
    """Return the two periods of a block with days or compared days of its own; empty for any other block."""
    part = dated_part(block)
    if part is None or not (part.days or part.compared):
        return ""
    names = {"period": format_period(days_of_part(report, part), report.locale)}
    further = part.further if isinstance(part, Reading) else ()
    periods = filter(None, (compared_days(report, part), *(each.compared for each in further)))
    compared = format_names([format_period(period, report.locale) for period in periods], report.locale)
    if not compared:
        return names["period"]
    return words_of(report.locale).gettext("%(period)s, compared with %(baseline)s") % (names | {"baseline": compared})


def days_of_part(report: Report, part: Dated | None) -> Period:
    """Return the days that a part of a report covers: its own, or those of the report."""
    return (part.days if part else None) or report.period


def compared_days(report: Report, part: Dated | None = None) -> Period | None:
    """Return the days that a part of a report is compared with; None where it is compared with nothing.

    A part with days of its own is compared only with such.
    """
    return part.compared if part and (part.days or part.compared) else report.baseline


def compared_names(report: Report) -> str:
    """Return the names of the periods that a report is compared with, in words; empty where it is with none."""
    return format_names([format_period(period, report.locale) for period in report.baselines], report.locale)


def comparisons_of(reading: Reading, report: Report) -> Iterator[ComparedValue]:
    """Yield the comparisons of a reading, that with its baseline first; none where nothing is compared."""
    if main := compared_days(report, reading):
        yield ComparedValue(main, reading.baseline, reading.baseline_missing, reading.change)
        yield from reading.further


def compared_period(report: Report, part: Dated | None = None, *, brief: bool = False) -> str:
    """Return the name of the compared period; empty where nothing is compared.

    Args:
        report: The report.
        part: A part of it that may have days of its own; None for the report's.
        brief: Whether months are cut short.
    """
    period = compared_days(report, part)
    return format_period(period, report.locale, brief=brief) if period else ""
