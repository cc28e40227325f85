"""The rendering of a report: its files, their audit, and the verdict after it. A process that renders loads no more."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from reportgen.errors import ConfigurationError
from reportgen.logs import stage
from reportgen.model import Caution
from reportgen.outputs import FOR_STAFF, FORMATS
from reportgen.outputs.audit import AUDIT, GLYPH, audit
from reportgen.outputs.measured_report import measured_report
from reportgen.outputs.pdf.undrawable_pictures import FAILED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.model import Artifact, Report, Verdict
    from reportgen.outputs.printed import PrintedReport


def finish(report: Report, formats: Sequence[str]) -> tuple[Report, tuple[Artifact, ...]]:
    """Render a report and audit its files.

    Returns:
        The report with what the audit found among its warnings, and its verdict; and its files. Those for staff
        are made again where the audit found something; what clients get tells of neither.

    Raises:
        ConfigurationError, OutputError, MissingLibrary: See `pipeline.write_report`.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        raise ConfigurationError(f"{unknown[0]!r} is no format; write one of {', '.join(FORMATS)}")
    printed = measured_report(report, formats)
    made = {name: _rendered(name, printed) for name in formats}
    with stage("audit", report.client.slug, report.spec):
        found = (*audit(printed, _all(made)), *_without_files(made))
    if not found:
        return report, _all(made)
    told = replace(report, warnings=report.warnings + found, verdict=audited_verdict(report.verdict, found))
    again = measured_report(told)
    return told, _all(made | {name: _rendered(name, again) for name in made if name in FOR_STAFF})


def _without_files(made: Mapping[str, tuple[Artifact, ...]]) -> Iterator[Caution]:
    for name, artifacts in made.items():
        if not artifacts:
            yield Caution("W-EMPTY", f"{name}: the report has no table, so there is nothing to write")


def _rendered(name: str, printed: PrintedReport) -> tuple[Artifact, ...]:
    with stage("render", printed.report.client.slug, printed.report.spec, format=name):
        return FORMATS[name].render(printed)


def _all(made: Mapping[str, tuple[Artifact, ...]]) -> tuple[Artifact, ...]:
    return tuple(chain(*made.values()))


def audited_verdict(before: Verdict, found: Iterable[Caution]) -> Verdict:
    """Return the verdict after the audit: a missing figure holds a report, a lost letter or picture degrades it."""
    codes = {caution.code for caution in found}
    if AUDIT in codes or before == "held":
        return "held"
    return "degraded" if codes & {GLYPH, FAILED} else before
