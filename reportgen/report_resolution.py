"""The report of a plan: every block from its answers, and the warnings, sources and verdict of the whole."""

from __future__ import annotations

from dataclasses import replace
from graphlib import TopologicalSorter
from itertools import chain
from typing import TYPE_CHECKING

from reportgen.components import HistoryBlock, Metric, SummaryBlock
from reportgen.components.contradicting_figures import disagreements
from reportgen.components.proved_zeros import known_numbers
from reportgen.foreign_values import refuse_foreign_values
from reportgen.model import (
    UNREAD,
    Caution,
    PageSetup,
    QueryRecord,
    Report,
    Section,
    SourceStatus,
)
from reportgen.outputs.text.catalogues import english_in_place_of
from reportgen.outputs.text.headings import block_title
from reportgen.outputs.text.prose_links import link_cautions, link_places
from reportgen.queries import Failure
from reportgen.report_conditions import condition_names, is_shown, unmet_conditions
from reportgen.report_cover import agency_card, client_card, cover_page, footer_of, heading_of
from reportgen.report_verdict import unmet_requirements, verdict
from reportgen.report_words import left_out_words, printed_words, written_texts
from reportgen.spec.brand_colors import with_brand
from reportgen.spec.client_file import Brand
from reportgen.spec.cover_spec import has_about
from reportgen.spec.plan_texts import glossary_of
from reportgen.spec.planned_blocks import operands_of
from reportgen.spec.reader_language import texts_of
from reportgen.spec.variable_values import client_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reportgen.components import Scope
    from reportgen.model import Block, Picture, SourceState
    from reportgen.queries import Answer, Query
    from reportgen.spec.planned_blocks import PlannedBlock
    from reportgen.spec.planning import Plan
    from reportgen.spec.theme import OwnTheme


def resolve(  # noqa: PLR0913 - the plan, and each kind of what was fetched and read for it
    plan: Plan,
    answers: Mapping[Query, Answer],
    pictures: Mapping[str, Picture | Failure],
    passages: Mapping[str, str | Failure],
    theme: OwnTheme,
    *,
    strict: bool = False,
) -> Report:
    """Make the report: every block from its answers.

    Args:
        plan: What was asked.
        answers: An answer for each query of the plan; see `with_merged`.
        pictures: The pictures of the plan's blocks.
        passages: The words of the author's files.
        theme: The theme of the spec.
        strict: Whether one failed block, shown or hidden, holds the report back.

    Raises:
        OutputError: A block shows what is in none of its answers.
    """
    answered = _resolved(plan, answers, pictures, passages)
    metrics = _metrics(plan, answered)
    refuse_foreign_values(client_name(plan.spec, plan.client), (block for _, _, block in metrics), answers)
    blocks = {
        planned.scope.name: planned.block.completed(answered[planned.scope.name], planned.scope)
        for planned in plan.blocks
    }
    blocks = _with_sources(plan, blocks, answers)
    sections = tuple(_sections(plan, blocks))
    texts = tuple(written_texts(plan, sections, _worded(plan, blocks), passages))
    brand = plan.client.brand if plan.client else Brand()
    look, brand_cautions = with_brand(theme.theme, brand.primary, brand.secondary)
    warnings = (
        *theme.cautions,
        *brand_cautions,
        *_cautions(plan, blocks, link_places(sections)),
        *_cautions_of_answers(plan, answers),
        *disagreements(metrics, _histories(plan, answered)),
        *unmet_requirements(plan, blocks, sections),
        *left_out_words(plan, texts),
    )
    return Report(
        spec=plan.spec.name,
        title=plan.title,
        locale=plan.locale,
        timezone=plan.timezone,
        as_of=plan.as_of,
        client=client_card(plan),
        agency=agency_card(plan),
        period=plan.window.current,
        baselines=plan.window.compared,
        theme=look,
        sources=tuple(_source_statuses(plan, blocks.values())),
        queries={query.digest: _record(query) for query in plan.author_keys()},
        sections=sections,
        hidden=tuple(_hidden(sections, blocks)),
        warnings=warnings,
        verdict=verdict(blocks.values(), warnings, strict=strict),
        attach_data=plan.spec.attach_data,
        is_indexed=plan.spec.indexed,
        pdf_variant=plan.spec.pdf_variant,
        glossary=glossary_of(plan.spec, plan.fill),
        left_out=tuple(_left_out(plan, blocks)),
        page=_page_setup(plan),
        heading=heading_of(plan),
        cover=cover_page(plan),
        has_about=has_about(plan.spec, plan.client),
        footer=footer_of(plan),
        words=printed_words(plan, texts),
    )


def _resolved(
    plan: Plan,
    answers: Mapping[Query, Answer],
    pictures: Mapping[str, Picture | Failure],
    passages: Mapping[str, str | Failure],
) -> dict[str, Block]:
    """Resolve every block, after those it builds on; returned in the report's order."""
    planned = {each.scope.name: each for each in plan.blocks}
    needs = {name: [need for need in _needs(each, planned) if need in planned] for name, each in planned.items()}
    numbers = known_numbers(((each.block, each.scope) for each in plan.blocks), answers)
    done: dict[str, Block] = {}
    for name in TopologicalSorter(needs).static_order():
        known = {need: done[need] for need in planned[name].block.builds_on() if need in planned}
        if isinstance(planned[name].block, SummaryBlock):  # it tells of nothing that is not shown
            known = {need: block for need, block in known.items() if is_shown(planned[need], done)}
        scope = replace(planned[name].scope, pictures=pictures, passages=passages, blocks=known, numbers=numbers)
        block = planned[name].block
        done[name] = block.resolve(scope, answers)
    return {name: done[name] for name in planned}


def _needs(planned: PlannedBlock, others: Mapping[str, PlannedBlock]) -> Iterator[str]:
    """Yield the names of the blocks that have to be resolved before a block."""
    yield from planned.block.builds_on()
    if isinstance(planned.block, SummaryBlock):
        for name in planned.block.builds_on():
            yield from condition_names(others[name]) if name in others else ()


def _with_sources(plan: Plan, blocks: Mapping[str, Block], answers: Mapping[Query, Answer]) -> dict[str, Block]:
    """Return blocks that know the sources of their figures' numbers, and those that did not answer all of them."""
    planned = {each.scope.name: each for each in plan.blocks}
    found = dict(blocks)
    for name, block in blocks.items():
        operands: Iterable[str] = ()
        if block.source is None and (block.readings or block.charts or block.tables):
            operands = operands_of(planned[name].block.builds_on(), planned)
        numbers = [blocks[operand] for operand in operands]
        asked = chain(planned[name].queries, *(planned[operand].queries for operand in operands))
        unread = [query.source.alias for query in asked if _is_unread(answers[query])]
        unread += [number.source for number in (block, *numbers) if number.source and number.lacks_answer]
        sources = dict.fromkeys(number.source for number in numbers if number.source)
        found[name] = replace(block, made_of=tuple(sources), made_without=tuple(dict.fromkeys(unread)))
    return found


def _is_unread(answer: Answer) -> bool:
    return isinstance(answer, Failure) and answer.missing in UNREAD


def _sections(plan: Plan, blocks: Mapping[str, Block]) -> Iterator[Section]:
    """Yield the sections as they are shown; one whose blocks are all left out is left out with them."""
    for section in plan.sections:
        resolved = [(planned, blocks[planned.scope.name]) for planned in section.blocks]
        shown = tuple(
            replace(block, cautions=())
            for planned, block in resolved
            if _is_wanted(planned, blocks) and not planned.block.omits(block)
        )
        if shown:
            written, title = section.written, plan.fill(section.written.title)
            subtitle = plan.fill(written.subtitle) if title else ""  # it stands under a title
            yield Section(title, shown, written.new_page, subtitle)


def _is_wanted(planned: PlannedBlock, blocks: Mapping[str, Block]) -> bool:
    """Return whether the author shows a block, if there is anything to show of it."""
    return not planned.block.hidden and is_shown(planned, blocks)


def _worded(plan: Plan, blocks: Mapping[str, Block]) -> frozenset[str]:
    """Return the names of the blocks whose texts are printed, also where nothing is left of these."""
    wanted = (planned for planned in plan.blocks if _is_wanted(planned, blocks))
    named = ((planned, blocks[planned.scope.name]) for planned in wanted)
    return frozenset(
        block.name for planned, block in named if block.state == "no_data" or not planned.block.omits(block)
    )


def _hidden(sections: Iterable[Section], blocks: Mapping[str, Block]) -> Iterator[Block]:
    """Yield the blocks that no section shows, in the report's order."""
    shown = {block.name for section in sections for block in section.blocks}
    yield from (replace(block, cautions=()) for name, block in blocks.items() if name not in shown)


def _left_out(plan: Plan, blocks: Mapping[str, Block]) -> Iterator[str]:
    """Yield the titles of the blocks that could not be read and are left out."""
    for planned in plan.blocks:
        if _is_left_out(planned, blocks):
            yield block_title(blocks[planned.scope.name], plan.locale)


def _is_left_out(planned: PlannedBlock, blocks: Mapping[str, Block]) -> bool:
    """Tell whether a block that could not be read is left out of the pages, as its author wished."""
    block = blocks[planned.scope.name]
    return planned.block.omits(block) and block.state in UNREAD and not planned.block.hidden


def _metrics(plan: Plan, blocks: Mapping[str, Block]) -> list[tuple[Metric, Scope, Block]]:
    metrics = [(planned.block, planned.scope) for planned in plan.blocks if isinstance(planned.block, Metric)]
    return [(metric, scope, blocks[scope.name]) for metric, scope in metrics]


def _histories(plan: Plan, blocks: Mapping[str, Block]) -> list[tuple[HistoryBlock, Scope, Block]]:
    histories = [(planned.block, planned.scope) for planned in plan.blocks if isinstance(planned.block, HistoryBlock)]
    return [(history, scope, blocks[scope.name]) for history, scope in histories]


def _page_setup(plan: Plan) -> PageSetup:
    """Return the printed pages: the client's own keys, else the spec's."""
    written = plan.spec.page
    if plan.client:
        written = written.model_copy(update=plan.client.page.model_dump(exclude_unset=True))
    return PageSetup(written.paper, written.landscape, written.flow)


def _source_statuses(plan: Plan, blocks: Iterable[Block]) -> Iterator[SourceStatus]:
    """Yield the sources that a block of the report asks or, had the client an account there, would ask."""
    states: dict[str, set[str]] = {}
    for block in blocks:
        states.setdefault(block.source or "", set()).add(block.state)
    for alias, shown in plan.wanted_sources().items():
        absent, read = plan.accounts[alias] is None, states.get(alias, set()) - UNREAD
        status: SourceState = "absent" if absent else "active" if read else "failed"
        source = plan.accounts[alias]
        names = tuple(account.name for account in source.members) if source else ()
        yield SourceStatus(alias, plan.spec.sources[alias].integration, status, shown, names)


def _record(query: Query) -> QueryRecord:
    current, baseline = query.window.current, query.window.baseline
    compared = baseline.dates if baseline else None
    return QueryRecord(query.source.alias, current.dates, query.metric, compared, query.source.name)


def _cautions_of_answers(plan: Plan, answers: Mapping[Query, Answer]) -> Iterator[Caution]:
    for planned in plan.blocks:
        asked = (answers[query] for query in planned.queries)
        for answer in asked:
            if not isinstance(answer, Failure):
                yield from (replace(caution, block=planned.scope.name) for caution in answer.cautions)


def _cautions(plan: Plan, blocks: Mapping[str, Block], places: Mapping[str, str]) -> Iterator[Caution]:
    for alias, account in plan.accounts.items():
        if account is None:
            yield Caution("W-ABSENT", f"the client has no source {alias!r}, so its blocks were left out")
    for block in blocks.values():
        yield from (replace(caution, block=block.name) for caution in block.cautions)
        yield from link_cautions(block, places)
        if block.reason:
            word = "sort" if block.state == "ok" else block.state  # the only thing that can be wrong with an ok block
            yield Caution(f"W-{word.upper().replace('_', '-')}", block.reason, block.name)
    for planned in plan.blocks:
        if _is_left_out(planned, blocks):
            yield Caution("W-OMITTED", "it is left out of the pages, as its on_failure says", planned.scope.name)
    yield from unmet_conditions(plan, blocks)
    yield from _of_languages(plan)


def _of_languages(plan: Plan) -> Iterator[Caution]:
    """Yield a caution where fixed words, or texts of the author, are not in the reader's language."""
    if remark := english_in_place_of(plan.locale):
        yield Caution("W-LANGUAGE", remark)
    lacking = [text for text in (*texts_of(plan.spec), *texts_of(plan.client)) if text.is_lacking]
    if lacking:
        others = f" and {len(lacking) - 1} more" if len(lacking) > 1 else ""
        written = " and ".join(lacking[0].by_language)
        text = f"the text {lacking[0][:60]!r}{others} is written in {written} and not in {plan.locale}; write it there"
        yield Caution("W-LANGUAGE", text)
