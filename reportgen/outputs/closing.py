"""The closing block: what a report is about, in terms and sentences, and how they stand on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.formatting import format_dates, format_value
from reportgen.model import UNREAD, Unit
from reportgen.outputs.language import N_, words_of
from reportgen.outputs.layout import GUTTER_MM, width_mm
from reportgen.outputs.measure import lines_needed
from reportgen.outputs.words import blocks_in, source_name, window_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.model import Report, State
    from reportgen.periods import Period

_SOURCE_WORDS: dict[str, str] = {
    "active": N_("Read for this report."),
    "failed": N_("Could not be read this time. Its figures are left out, not estimated."),
    "absent": N_("No account is connected, so its figures are left out."),
}
_BLOCK_WORDS: dict[str, frozenset[State]] = {
    N_("Could not be read"): frozenset(UNREAD),
    N_("Without data"): frozenset({"no_data"}),
    N_("Not comparable"): frozenset({"not_comparable"}),
}
_COUNT = Unit("count")
_COLUMNS = 3
_POINTS_A_MM = 72 / 25.4
_ROOM = (width_mm(12) - 2 * GUTTER_MM) / _COLUMNS * _POINTS_A_MM / 8  # em of the type it is set in
_BETWEEN = 0.5  # of a line, over each term


@dataclass(frozen=True, slots=True)
class Entry:
    """A term and what is said of it.

    Attributes:
        term: Such as `Period`.
        sentences: Each begins a line.
    """

    term: str
    sentences: tuple[str, ...]

    @property
    def lines(self) -> float:
        """How many lines of a printed column it takes, about."""
        return _BETWEEN + sum(lines_needed(text, _ROOM) for text in (self.term, *self.sentences))


def closing_entries(report: Report) -> tuple[Entry, ...]:
    """Return what the closing block says: the periods, the sources, and what is left out."""
    return tuple(_entries(report))


def glossary_entries(report: Report) -> tuple[Entry, ...]:
    """Return what the author explains."""
    return tuple(Entry(term, (text,)) for term, text in report.glossary)


def _entries(report: Report) -> Iterator[Entry]:
    _ = words_of(report.locale).gettext
    yield Entry(_("Period"), (_days(report.period, report.locale), *window_words(report, "period")))
    yield Entry(_("Time zone"), (report.timezone,))
    against = report.baseline
    compared = (_days(against, report.locale), *window_words(report, "baseline")) if against else None
    yield Entry(_("Compared with"), compared or (_("Nothing; this report shows one period."),))
    for state, sentence in _SOURCE_WORDS.items():
        names = dict.fromkeys(source_name(source) for source in report.sources if source.status == state)
        if names:
            yield Entry(", ".join(names), (_(sentence),))
    for term, states in _BLOCK_WORDS.items():
        if labels := blocks_in(report, states):
            yield Entry(_(term), (", ".join(labels),))
    if report.left_out:
        yield Entry(_("Left out"), (", ".join(report.left_out),))


def _days(period: Period, locale: str) -> str:
    catalogue = words_of(locale)
    days = catalogue.ngettext("%(num)s day", "%(num)s days", period.days)
    return f"{format_dates(period, locale)} ({days % {'num': format_value(period.days, _COUNT, locale)}})"


def columns(entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], ...]:
    """Part entries into three columns, in their order, so that the longest is as short as can be.

    The last may be empty. The page engine would try out lengths, for a tenth of the time of a report.
    """
    splits: Iterator[tuple[Sequence[Entry], ...]] = (
        (entries[:first], entries[first:second], entries[second:])
        for first in range(1, len(entries) + 1)
        for second in range(first, len(entries) + 1)
    )

    def rank(parts: tuple[Sequence[Entry], ...]) -> tuple[float, list[bool]]:
        return max(sum(entry.lines for entry in part) for part in parts), [not part for part in parts]

    best = min(splits, key=rank)
    return tuple(tuple(part) for part in best)
