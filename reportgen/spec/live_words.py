"""The live words of a spec: the numbers that its texts name, and a plan with their texts filled in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.components.texts_by_language import InLanguages
from reportgen.components.variables import live_words
from reportgen.spec.marked_texts import marked_texts
from reportgen.spec.plan_texts import annotations_of
from reportgen.spec.planned_blocks import with_histories

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic import BaseModel

    from reportgen.components.variables import LiveWord
    from reportgen.spec.client_file import Client
    from reportgen.spec.planned_blocks import PlannedBlock
    from reportgen.spec.planning import Plan
    from reportgen.spec.report_spec import ReportSpec

LIVE = "W-LIVE"
"""The caution on a live word without a value."""


def words_in(written: BaseModel) -> Iterator[LiveWord]:
    """Yield the live words in the texts of a spec, a client or a block, in every language."""
    for _, _, text in marked_texts(written, InLanguages):
        yield from live_words(text)


def named_numbers(spec: ReportSpec, client: Client | None) -> frozenset[str]:
    """Return the names of the numbers whose texts a spec and a client print."""
    files = (spec, client) if client else (spec,)
    return frozenset(word.name for file in files for word in words_in(file))


def words_of_plan(plan: Plan, passages: Iterable[object]) -> tuple[LiveWord, ...]:
    """Return the live words of a plan's spec and client, and of the passages in files, each once."""
    files = (plan.spec, plan.client) if plan.client else (plan.spec,)
    written = [word for file in files for word in words_in(file)]
    written += [word for text in passages if isinstance(text, str) for word in live_words(text)]
    return tuple(dict.fromkeys(written))


def with_live_words(plan: Plan, texts: Mapping[str, str]) -> Plan:
    """Return a plan whose texts have the texts of live words, by the words."""
    fill = plan.fill.and_of(texts)
    annotations = annotations_of(plan.spec, plan.client, fill)

    def filled(planned: PlannedBlock) -> PlannedBlock:
        return replace(planned, scope=replace(planned.scope, fill=fill, annotations=annotations))

    sections = tuple(replace(section, blocks=tuple(map(filled, section.blocks))) for section in plan.sections)
    return replace(plan, fill=fill, sections=with_histories(sections))
