"""The sources of a report by name, and whether each was read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportgen.formatting import format_names
from reportgen.outputs.text.catalogues import N_, listed_text, words_of
from reportgen.outputs.text.headings import block_title
from reportgen.outputs.text.source_coverage import coverage_of, coverage_words
from reportgen.titles import integration_title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.model import Report, Section, SourceState, SourceStatus
    from reportgen.outputs.text.source_coverage import Coverage

SOURCE_WORDS: dict[SourceState, tuple[str, str]] = {
    "active": (N_("Read"), N_("Read for this report.")),
    "failed": (
        N_("Could not be read this time."),
        N_("Could not be read this time. Its figures are left out, not estimated."),
    ),
    "absent": (N_("Not connected"), N_("No account is connected, so its figures are left out.")),
}
"""State of a source -> the short words for it, and the sentence that explains it."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source of a section, or sources that stand alike, and whether it was read, in words.

    Attributes:
        name: Of the integrations, readable.
        complete: Whether all of its queries were answered, and no day is known to lack its figures.
        standing: The same in words.
        missing: Labels of the blocks that could not be read.
        reach: The last day with data, and where some lack how many of how many came; empty where nothing is by day.
    """

    name: str
    complete: bool
    standing: str = ""
    missing: tuple[str, ...] = ()
    reach: str = ""


def source_name(status: SourceStatus) -> str:
    """Return the name by which readers know a source: `google_ads` is Google Ads."""
    return integration_title(status.integration)


def source_title(status: SourceStatus, locale: str) -> str:
    """Return the name of a source, with those of its accounts where it has several: Google Ads (Brazil, Mexico)."""
    accounts = listed_text(status.accounts, locale)
    return f"{source_name(status)} ({accounts})" if accounts else source_name(status)


def source_lines(section: Section, report: Report) -> tuple[SourceLine, ...]:
    """Return the sources of a section with whether each was read, in the order of the report.

    Sources of the numbers that a formula or a table of the section is made of are among them.
    """
    lines = []
    for status in report.sources:
        blocks = [block for block in section.blocks if block.source == status.alias]
        made = [block for block in section.blocks if status.alias in block.made_of]
        lacking = [block for block in blocks if block.lacks_answer or status.alias in block.made_without]
        lacking += [block for block in made if status.alias in block.made_without]
        missing = tuple(block_title(block, report.locale) for block in lacking)
        if blocks or made:
            read, coverage = not missing and status.status == "active", coverage_of(blocks)
            complete = read and (coverage is None or coverage.complete)
            standing = _standing(coverage, read=read, locale=report.locale)
            lines.append(SourceLine(source_name(status), complete, standing, missing, coverage_words(coverage, report)))
    return _with_shared_lines(lines, report.locale)


def _with_shared_lines(lines: Iterable[SourceLine], locale: str) -> tuple[SourceLine, ...]:
    """Return lines of which sources that stand alike share one."""
    alike: dict[SourceLine, dict[str, None]] = {}  # with each name once: two accounts of a kind have the same
    for line in lines:
        alike.setdefault(replace(line, name=""), {})[line.name] = None
    return tuple(replace(line, name=format_names([*names], locale)) for line, names in alike.items())


def _standing(coverage: Coverage | None, *, read: bool, locale: str) -> str:
    """Return in words whether a source was read, and whether its days are complete where any of them are known."""
    _ = words_of(locale).gettext
    if not read:
        return _("not everything could be read")
    if coverage is None:
        return _("everything was read")
    return _("complete") if coverage.complete else _("not every day has figures")


def days_that_lack(report: Report) -> tuple[tuple[str, str], ...]:
    """Return the name of each source that lacks days, with the last day with data and how many came."""
    found = []
    for status in report.sources:
        coverage = coverage_of(block for block in report.blocks if block.source == status.alias)
        if coverage and not coverage.complete:
            found.append((source_name(status), coverage_words(coverage, report)))
    return tuple(found)
