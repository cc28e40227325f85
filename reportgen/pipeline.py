"""The story: plan, fetch, resolve, render."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from graphlib import TopologicalSorter
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.account_currencies import name_currencies
from reportgen.components import Metric
from reportgen.components.contradictions import disagreements
from reportgen.connect.picture_files import load_picture
from reportgen.errors import ConfigurationError
from reportgen.fetching import answer_source, fetch_passages, fetch_pictures, part_of
from reportgen.files import write_whole
from reportgen.foreign_values import refuse_foreign_values
from reportgen.model import (
    UNREAD,
    AgencyCard,
    Caution,
    ClientCard,
    QueryRecord,
    Report,
    Section,
    SourceStatus,
)
from reportgen.outputs import DEFAULT_FORMATS, FOR_STAFF, FORMATS
from reportgen.outputs.audit import audit
from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.text.markdown import link_cautions
from reportgen.periods import day_at
from reportgen.queries import Failure
from reportgen.spec.brand_colors import with_brand
from reportgen.spec.client_file import Brand
from reportgen.spec.loading import require_fit
from reportgen.spec.planning import client_name, make_plan, zone_of
from reportgen.spec.theme import load_theme
from reportgen.verdicts import audited_verdict, unmet_requirements, verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from os import PathLike

    from reportgen.components import Scope
    from reportgen.connect import AnswerSource
    from reportgen.model import Artifact, Block, PdfVariant, Picture, SourceState
    from reportgen.queries import Answer, Query
    from reportgen.spec.client_file import Client
    from reportgen.spec.planning import Plan, PlannedBlock
    from reportgen.spec.report_spec import ReportSpec


def build_report(  # noqa: PLR0913 - the public signature: each is one thing a caller may say
    spec: ReportSpec,
    client: Client | None = None,
    *,
    answers: AnswerSource | Path | str | None = None,
    period: str | None = None,
    compare: str | None = None,
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
        compare: In place of the spec's comparison.
        as_of: The day of the report; None is today in the client's time zone.
        locale: In place of the client's and the spec's locale.
        strict: Whether one failed block holds the whole report back.

    Raises:
        SpecError: The client lacks a source or names what the spec has not, or the file of answers is wrong.
        PeriodError: The period cannot be resolved.
        ConfigurationError: There is nothing to ask, a token is missing, a logo is unfit.
        ConnectError: The API refused the tokens; other failures become states of their blocks.
    """
    require_fit(spec, client)
    day = as_of or today(spec, client)
    plan = make_plan(spec, client, period=period, compare=compare, as_of=day, locale=locale)
    return report_of(plan, answers, strict=strict)


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
    """
    source = answer_source(plan, answers)
    fetched = source.fetch(tuple(plan.author_keys()))
    plan, unnamed = name_currencies(plan, source)
    pictures = fetch_pictures(
        plan, fetched, source.picture_folder(), offline=offline or isinstance(answers, str | Path)
    )
    report = resolve(plan, fetched, pictures, fetch_passages(plan), strict=strict)
    return replace(report, warnings=report.warnings + unnamed + source.cautions())


def today(spec: ReportSpec, client: Client | None) -> date:
    """Return the day it is in the report's time zone; the only clock a report is made by."""
    return day_at(datetime.now(UTC), zone_of(spec, client))


def resolve(
    plan: Plan,
    answers: Mapping[Query, Answer],
    pictures: Mapping[str, Picture | Failure],
    passages: Mapping[str, str | Failure],
    *,
    strict: bool = False,
) -> Report:
    """Make the report: every block from its answers.

    Args:
        plan: What was asked.
        answers: An answer for each query of the plan.
        pictures: The pictures of the plan's blocks.
        passages: The words of the author's files.
        strict: Whether one failed block, shown or hidden, holds the report back.

    Raises:
        OutputError: A block shows what is in none of its answers.
    """
    blocks = _resolved(plan, answers, pictures, passages)
    sections = tuple(_sections(plan, blocks))
    refuse_foreign_values(client_name(plan.spec, plan.client), (one[2] for one in _metrics(plan, blocks)), answers)
    brand = plan.client.brand if plan.client else Brand()
    theme, brand_cautions = with_brand(load_theme(plan.spec.theme), brand.primary, brand.secondary)
    warnings = (
        *brand_cautions,
        *_cautions(plan, blocks),
        *_cautions_of_answers(plan, answers),
        *disagreements(_metrics(plan, blocks)),
        *unmet_requirements(plan, blocks),
    )
    return Report(
        spec=plan.spec.name,
        title=plan.title,
        locale=plan.locale,
        timezone=plan.timezone,
        as_of=plan.as_of,
        client=_client_card(plan),
        agency=AgencyCard(plan.spec.agency.name, _logo(plan.spec.folder, plan.spec.agency.logo)),
        period=plan.window.current,
        baseline=plan.window.baseline,
        theme=theme,
        sources=tuple(_source_statuses(plan, blocks.values())),
        queries={query.digest: _record(plan, query) for query in plan.author_keys()},
        sections=sections,
        hidden=tuple(_hidden(sections, blocks)),
        warnings=warnings,
        verdict=verdict(blocks.values(), warnings, strict=strict),
        attach_data=plan.spec.attach_data,
        pdf_variant=plan.spec.pdf_variant,
        glossary=plan.glossary,
        left_out=tuple(blocks[one.scope.name].label for one in plan.blocks if _is_left_out(one, blocks)),
    )


def _sections(plan: Plan, blocks: Mapping[str, Block]) -> Iterator[Section]:
    """Yield the sections as they are shown; one whose blocks are all left out is left out with them."""
    for section in plan.sections:
        resolved = [(planned.block, blocks[planned.scope.name]) for planned in section.blocks]
        shown = tuple(
            replace(block, cautions=()) for written, block in resolved if not (written.hidden or written.omits(block))
        )
        if shown or not section.blocks:
            yield Section(section.title, shown)


def _hidden(sections: Iterable[Section], blocks: Mapping[str, Block]) -> Iterator[Block]:
    """Yield the blocks that no section shows, in the report's order."""
    shown = {block.name for section in sections for block in section.blocks}
    yield from (replace(block, cautions=()) for name, block in blocks.items() if name not in shown)


def _is_left_out(planned: PlannedBlock, blocks: Mapping[str, Block]) -> bool:
    """Tell whether a block that could not be read is left out of the pages, as its author wished."""
    block = blocks[planned.scope.name]
    return planned.block.omits(block) and block.state in UNREAD and not planned.block.hidden


def _metrics(plan: Plan, blocks: Mapping[str, Block]) -> list[tuple[Metric, Scope, Block]]:
    return [(one.block, one.scope, blocks[one.scope.name]) for one in plan.blocks if isinstance(one.block, Metric)]


def write_report(
    report: Report,
    out: str | PathLike[str],
    formats: Sequence[str] = DEFAULT_FORMATS,
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
        formats: Keys of `FORMATS`.
        pdf_variant: What the PDF conforms to, in place of the report's own.

    Returns:
        The paths written, in the order of the formats.

    Raises:
        ConfigurationError: A format is unknown.
        OutputError: Something could not be rendered or written.
        MissingLibrary: A system library is not installed.
    """
    wanted = replace(report, pdf_variant=pdf_variant or report.pdf_variant)
    return write_files(*finish(wanted, formats), out)


def finish(report: Report, formats: Sequence[str]) -> tuple[Report, tuple[Artifact, ...]]:
    """Render a report and audit its files.

    Returns:
        The report with what the audit found among its warnings, and its verdict; and its files. Those for staff
        are made again where the audit found something; what clients get tells of neither.

    Raises:
        ConfigurationError, OutputError, MissingLibrary: See `write_report`.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        message = f"{unknown[0]!r} is no format; write one of {', '.join(FORMATS)}"
        raise ConfigurationError(message)
    printed = PrintedReport(report)
    made = {name: FORMATS[name].render(printed) for name in formats}
    found = audit(printed, _all(made))
    if not found:
        return report, _all(made)
    told = replace(report, warnings=report.warnings + found, verdict=audited_verdict(report.verdict, found))
    again = PrintedReport(told)
    return told, _all(made | {name: FORMATS[name].render(again) for name in made if name in FOR_STAFF})


def _all(made: Mapping[str, tuple[Artifact, ...]]) -> tuple[Artifact, ...]:
    return tuple(chain(*made.values()))


def write_files(report: Report, artifacts: Sequence[Artifact], out: str | PathLike[str]) -> tuple[Path, ...]:
    """Write the files of a finished report, each whole or not at all.

    Raises:
        OutputError: One cannot be written.
    """
    folder = Path(out) / "held" if report.verdict == "held" else Path(out)
    for artifact in artifacts:
        write_whole(folder / artifact.name, artifact.content)
    return tuple(folder / artifact.name for artifact in artifacts)


def _resolved(
    plan: Plan,
    answers: Mapping[Query, Answer],
    pictures: Mapping[str, Picture | Failure],
    passages: Mapping[str, str | Failure],
) -> dict[str, Block]:
    """Resolve every block, after those it builds on; returned in the report's order."""
    planned = {one.scope.name: one for one in plan.blocks}
    needs = {name: [need for need in one.block.builds_on() if need in planned] for name, one in planned.items()}
    done: dict[str, Block] = {}
    for name in TopologicalSorter(needs).static_order():
        known = {need: done[need] for need in needs[name]}
        scope = replace(planned[name].scope, pictures=pictures, passages=passages, blocks=known)
        done[name] = planned[name].block.resolve(scope, answers)
    return {name: done[name] for name in planned}


def _client_card(plan: Plan) -> ClientCard:
    name = client_name(plan.spec, plan.client)
    if plan.client is None:
        return ClientCard("", name)
    return ClientCard(plan.client.id, name, _logo(plan.client.folder, plan.client.brand.logo))


def _logo(folder: Path, name: str | None) -> Picture | None:
    return load_picture(folder, name) if name else None


def _source_statuses(plan: Plan, blocks: Iterable[Block]) -> Iterator[SourceStatus]:
    """Yield the sources that a block of the report asks or, had the client an account there, would ask."""
    states: dict[str, set[str]] = {}
    for block in blocks:
        states.setdefault(block.source or "", set()).add(block.state)
    for alias, shown in plan.wanted_sources().items():
        absent, read = plan.accounts[alias] is None, states.get(alias, set()) - UNREAD
        status: SourceState = "absent" if absent else "active" if read else "failed"
        yield SourceStatus(alias, plan.spec.sources[alias].integration, status, shown)


def _record(plan: Plan, query: Query) -> QueryRecord:
    return QueryRecord(query.source.alias, part_of(plan, query.window), query.metric)


def _cautions_of_answers(plan: Plan, answers: Mapping[Query, Answer]) -> Iterator[Caution]:
    for planned in plan.blocks:
        asked = (answers[query] for query in planned.block.queries(planned.scope))
        for answer in asked:
            if not isinstance(answer, Failure):
                yield from (replace(caution, block=planned.scope.name) for caution in answer.cautions)


def _cautions(plan: Plan, blocks: Mapping[str, Block]) -> Iterator[Caution]:
    for alias, account in plan.accounts.items():
        if account is None:
            yield Caution("W-ABSENT", f"the client has no source {alias!r}, so its blocks were left out")
    for block in blocks.values():
        yield from (replace(caution, block=block.name) for caution in block.cautions)
        yield from link_cautions(block)
        if block.reason:
            word = "sort" if block.state == "ok" else block.state  # the only thing that can be wrong with an ok block
            yield Caution(f"W-{word.upper().replace('_', '-')}", block.reason, block.name)
    for planned in plan.blocks:
        if _is_left_out(planned, blocks):
            yield Caution("W-OMITTED", "it is left out of the pages, as its on_failure says", planned.scope.name)
