"""The entries of the last page, "About this report": periods, sources, missing parts, contact, glossary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from reportgen.model import UNREAD
from reportgen.outputs.text.block_states import labels_in_states
from reportgen.outputs.text.catalogues import N_, listed_text, named_text, words_of
from reportgen.outputs.text.period_notes import period_words, window_words
from reportgen.outputs.text.sources import SOURCE_WORDS, days_that_lack, source_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.model import BlockState, Report, SourceState

_BLOCK_WORDS: dict[str, frozenset[BlockState]] = {
    N_("Could not be read"): frozenset(UNREAD),
    N_("Partial"): frozenset({"partial"}),
    N_("Without data"): frozenset({"no_data"}),
    N_("Not comparable"): frozenset({"not_comparable"}),
}

_UNDIALLED = re.compile(r"[^0-9+]")
_SCHEME = re.compile(r"^https?://|/$")


@dataclass(frozen=True, slots=True)
class LastPageEntry:
    """A term and its sentences.

    Attributes:
        term: Such as `Period`.
        sentences: Each begins a line.
        addresses: The address that each of them leads to; empty where they lead nowhere.
    """

    term: str
    sentences: tuple[str, ...]
    addresses: tuple[str, ...] = ()


def closing_entries(report: Report) -> tuple[LastPageEntry, ...]:
    """Return the entries of the last page: periods, sources, missing parts and the contact; none without that page."""
    if not report.has_about:
        return ()
    return (*_periods(report), *_sources(report, SOURCE_WORDS), *_missing(report), *_contact(report))


def closing_remarks(report: Report) -> tuple[LastPageEntry, ...]:
    """Return the necessary remarks of a report without its last page, and the contact; none with that page."""
    if report.has_about:
        return ()
    unread: tuple[SourceState, ...] = ("failed", "absent")
    return (*_notes(report), *_sources(report, unread), *_missing(report), *_contact(report))


def glossary_entries(report: Report) -> tuple[LastPageEntry, ...]:
    """Return the entries of the author's glossary."""
    return tuple(LastPageEntry(term, (text,)) for term, text in report.glossary)


def _periods(report: Report) -> Iterator[LastPageEntry]:
    _ = words_of(report.locale).gettext
    yield LastPageEntry(_("Period"), (period_words(report.period, report.locale), *window_words(report, "period")))
    yield LastPageEntry(_("Time zone"), (report.timezone,))
    compared: tuple[str, ...] = (_("Nothing; this report shows one period."),)
    if report.baselines:
        dates = (period_words(period, report.locale) for period in report.baselines)
        compared = (*dates, *window_words(report, "baseline"))
    yield LastPageEntry(_("Compared with"), compared)


def _notes(report: Report) -> Iterator[LastPageEntry]:
    """Yield the remarks on the two periods without their dates, which stand above the first section."""
    _ = words_of(report.locale).gettext
    for term, sentences in (
        (_("Period"), window_words(report, "period")),
        (_("Compared with"), window_words(report, "baseline")),
    ):
        if sentences:
            yield LastPageEntry(term, sentences)


def _sources(report: Report, states: Iterable[SourceState]) -> Iterator[LastPageEntry]:
    """Yield the sources in some states, those of a state together."""
    _ = words_of(report.locale).gettext
    for state in states:
        sources = [source for source in report.sources if source.status == state]
        names = dict.fromkeys(source_title(source, report.locale) for source in sources)
        if names:
            yield LastPageEntry(listed_text(names, report.locale), (_(SOURCE_WORDS[state][1]),))


def _missing(report: Report) -> Iterator[LastPageEntry]:
    _ = words_of(report.locale).gettext
    if lacking := days_that_lack(report):
        days = tuple(named_text(name, words, report.locale) for name, words in lacking)
        yield LastPageEntry(_("Days without figures"), days)
    for term, states in _BLOCK_WORDS.items():
        if labels := labels_in_states(report, states):
            yield LastPageEntry(_(term), (listed_text(labels, report.locale),))
    if report.left_out:
        yield LastPageEntry(_("Left out"), (listed_text(report.left_out, report.locale),))


def _contact(report: Report) -> Iterator[LastPageEntry]:
    contact = report.agency.contact
    if contact is None:
        return
    lines = (
        (contact.name, ""),
        (contact.email, f"mailto:{quote(contact.email, safe='@+')}"),
        (contact.phone, f"tel:{_UNDIALLED.sub('', contact.phone)}"),
        (_SCHEME.sub("", contact.url), contact.url),
    )
    sentences, addresses = zip(*(line for line in lines if line[0]), strict=True)
    yield LastPageEntry(words_of(report.locale).gettext("Contact"), sentences, addresses)
