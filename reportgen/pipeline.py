"""The story: spec, plan, fetch, resolve, render."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from reportgen.account_facts import with_account_facts
from reportgen.components.account_answers import with_merged
from reportgen.errors import ConfigurationError
from reportgen.fetching import answer_source, fetch_passages, fetch_pictures
from reportgen.files import write_whole
from reportgen.logs import stage
from reportgen.model import PdfVariant
from reportgen.outputs import DEFAULT_FORMATS
from reportgen.periods import day_at
from reportgen.report_rendering import finish
from reportgen.report_resolution import resolve
from reportgen.report_words import said
from reportgen.spec.client_file import Client
from reportgen.spec.field_types import check_locale
from reportgen.spec.loading import require_fit
from reportgen.spec.planning import make_plan, zone_of
from reportgen.spec.report_spec import ReportSpec
from reportgen.spec.theme import theme_of

if TYPE_CHECKING:
    from os import PathLike
    from types import UnionType

    from reportgen.connect import AnswerSource
    from reportgen.model import Artifact, Report
    from reportgen.spec.planning import Plan

_ALLOWED: dict[str, tuple[UnionType | type, str]] = {
    "spec": (ReportSpec, "the ReportSpec that load_spec returns"),
    "client": (Client | None, "the Client that load_client returns, or None"),
    "period": (str | None, "a text such as '2026-10', or None"),
    "compare": (str | None, "a text such as 'previous_period', two of them, or None"),
    "as_of": (date | None, "a day such as datetime.date(2026, 11, 1), or None"),
    "locale": (str | None, "a text such as 'pt-BR', or None"),
    "strict": (bool, "True or False"),
}
"""Argument of `build_report` -> its types, and what they are in words."""


def build_report(  # noqa: PLR0913 - the public signature: each is one thing a caller may say
    spec: ReportSpec,
    client: Client | None = None,
    *,
    answers: AnswerSource | Path | str | None = None,
    period: str | None = None,
    compare: str | Sequence[str] | None = None,
    as_of: date | None = None,
    locale: str | None = None,
    strict: bool = False,
) -> Report:
    """Plan, fetch and resolve one report.

    Several threads may call it at once, each with a source of answers of its own.

    Args:
        spec: What to report.
        client: For whom. None only where `answers` says where they come from.
        answers: A file of recorded answers, or any source of them; None asks the API with the
            client's tokens, at `REPORTGEN_API_URL` where it is set.
        period: In place of the spec's period.
        compare: In place of the spec's comparison: a word, or two.
        as_of: The day of the report; None is today in the client's time zone.
        locale: In place of the client's and the spec's locale.
        strict: Whether one failed block holds the whole report back.

    Raises:
        SpecError: The client lacks a source or names what the spec has not, or the file of answers or of the theme
            is wrong.
        PeriodError: The period cannot be resolved.
        ConfigurationError: There is nothing to ask, a token is missing, a logo is unfit, the locale is unknown; or an
            argument is of another type.
        ConnectError: The API refused the tokens; other failures become states of their blocks.
    """
    for name, value in (("spec", spec), ("client", client), ("period", period), ("as_of", as_of), ("locale", locale)):
        _check_argument(name, value)
    for word in compare if isinstance(compare, Sequence) else (compare,):
        _check_argument("compare", word)
    _check_argument("strict", strict)
    require_fit(spec, client)
    day = as_of or today(spec, client)
    locale = _known_locale(locale) if locale else None
    with stage("plan", client.id if client else "", spec.name):
        plan = make_plan(spec, client, period=period, compare=compare, as_of=day, locale=locale)
    return report_of(plan, answers, strict=strict)


def _check_argument(name: str, value: object) -> None:
    """Raise a ConfigurationError for an argument of another type; a mapping may hold tokens, and is not printed."""
    types, allowed = _ALLOWED[name]
    if not isinstance(value, types):
        shown = repr(value) if isinstance(value, str | int | float | date | None) else f"a {type(value).__name__}"
        raise ConfigurationError(f"{name} is {shown}; give {allowed}")


def _known_locale(name: str) -> str:
    try:
        return check_locale(name)
    except ValueError as error:
        raise ConfigurationError(str(error)) from error


def report_of(
    plan: Plan,
    answers: AnswerSource | Path | str | None = None,
    *,
    strict: bool = False,
    offline: bool = False,
) -> Report:
    """Fetch what a plan asks for and resolve its report; see `build_report`.

    Args:
        plan: What to report.
        answers: Where they come from; from a file or a folder nothing is asked of anybody.
        strict: Whether one failed block holds the whole report back.
        offline: Whether pictures of other hosts are left out though the answers are no files.

    Raises:
        SpecError, ConfigurationError, ConnectError: See `build_report`.
    """
    client = plan.client.id if plan.client else ""
    theme, source = theme_of(plan.spec), answer_source(plan, answers)
    with stage("fetch", client, plan.spec.name):
        fetched = source.fetch(tuple(plan.author_keys()))
        plan, unnamed = with_account_facts(plan, source)
        fetched = with_merged((query for planned in plan.blocks for query in planned.queries), fetched)
        passages = fetch_passages(plan)
        pictures = fetch_pictures(
            plan, fetched, passages, source.picture_folder(), offline=offline or isinstance(answers, str | Path)
        )
    with stage("resolve", client, plan.spec.name):
        report = resolve(plan, fetched, pictures, passages, theme, strict=strict)
        if (filled := said(plan, passages, report)) is not plan:
            report = resolve(filled, fetched, pictures, passages, theme, strict=strict)
    return replace(report, warnings=report.warnings + unnamed + source.cautions())


def today(spec: ReportSpec, client: Client | None) -> date:
    """Return the day it is in the report's time zone; the only clock a report is made by."""
    return day_at(datetime.now(UTC), zone_of(spec, client))


def write_report(
    report: Report,
    out: str | PathLike[str],
    formats: str | Sequence[str] = DEFAULT_FORMATS,
    *,
    pdf_variant: PdfVariant | None = None,
) -> tuple[Path, ...]:
    """Render a report, audit the files, and write them; all are rendered before the first is written.

    Several threads may call it at once: the files are the same. PDFs are laid out, and audited, by one thread at a
    time, so threads do not make them faster; processes do.

    Args:
        report: What to write.
        out: Folder; a held report, also one that the audit holds back, goes to its subfolder `held`,
            away from what is delivered.
        formats: Keys of `FORMATS`; a single text may name several with commas, as the command's `--format` does.
        pdf_variant: What the PDF conforms to, in place of the report's own.

    Returns:
        The paths written, in the order of the formats.

    Raises:
        ConfigurationError: A format or the variant is unknown.
        OutputError: Something could not be rendered or written.
        MissingLibrary: A system library is not installed.
    """
    if pdf_variant and pdf_variant not in get_args(PdfVariant):
        raise ConfigurationError(f"{pdf_variant!r} is no variant; write one of {', '.join(get_args(PdfVariant))}")
    wanted = replace(report, pdf_variant=pdf_variant or report.pdf_variant)
    names = [name.strip() for name in formats.split(",")] if isinstance(formats, str) else formats
    return write_files(*finish(wanted, tuple(names)), out)


def write_files(report: Report, artifacts: Sequence[Artifact], out: str | PathLike[str]) -> tuple[Path, ...]:
    """Write the files of a finished report, each whole or not at all.

    Raises:
        OutputError: One cannot be written.
    """
    folder = Path(out) / "held" if report.verdict == "held" else Path(out)
    with stage("write", report.client.slug, report.spec):
        for artifact in artifacts:
            write_whole(folder / artifact.name, artifact.content)
    return tuple(folder / artifact.name for artifact in artifacts)
