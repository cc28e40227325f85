"""The entries of the last page, "About this report": periods, sources, parts left out, and the glossary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.model import UNREAD
from reportgen.outputs.text.block_states import labels_in_states
from reportgen.outputs.text.catalogues import N_, words_of
from reportgen.outputs.text.period_notes import period_words, window_words
from reportgen.outputs.text.sources import SOURCE_WORDS, days_that_lack, source_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.model import BlockState, Report

_BLOCK_WORDS: dict[str, frozenset[BlockState]] = {
    N_("Could not be read"): frozenset(UNREAD),
    N_("Without data"): frozenset({"no_data"}),
    N_("Not comparable"): frozenset({"not_comparable"}),
}


@dataclass(frozen=True, slots=True)
class LastPageEntry:
    """A term and its sentences.

    Attributes:
        term: Such as `Period`.
        sentences: Each begins a line.
    """

    term: str
    sentences: tuple[str, ...]


def closing_entries(report: Report) -> tuple[LastPageEntry, ...]:
    """Return the entries of the closing block: the periods, the sources, and the parts left out."""
    return tuple(_entries(report))


def glossary_entries(report: Report) -> tuple[LastPageEntry, ...]:
    """Return the entries of the author's glossary."""
    return tuple(LastPageEntry(term, (text,)) for term, text in report.glossary)


def _entries(report: Report) -> Iterator[LastPageEntry]:
    _ = words_of(report.locale).gettext
    yield LastPageEntry(_("Period"), (period_words(report.period, report.locale), *window_words(report, "period")))
    yield LastPageEntry(_("Time zone"), (report.timezone,))
    compared: tuple[str, ...] = (_("Nothing; this report shows one period."),)
    if report.baseline:
        compared = (period_words(report.baseline, report.locale), *window_words(report, "baseline"))
    yield LastPageEntry(_("Compared with"), compared)
    for state, (_short, sentence) in SOURCE_WORDS.items():
        names = dict.fromkeys(source_name(source) for source in report.sources if source.status == state)
        if names:
            yield LastPageEntry(", ".join(names), (_(sentence),))
    if lacking := days_that_lack(report):
        yield LastPageEntry(_("Days without figures"), tuple(f"{name}: {words}" for name, words in lacking))
    for term, states in _BLOCK_WORDS.items():
        if labels := labels_in_states(report, states):
            yield LastPageEntry(_(term), (", ".join(labels),))
    if report.left_out:
        yield LastPageEntry(_("Left out"), (", ".join(report.left_out),))
