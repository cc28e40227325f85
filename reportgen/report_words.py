"""The live words of a report: the texts of its numbers for its author's words, and cautions on missing values."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.components.variables import live_words
from reportgen.model import Caution
from reportgen.outputs.text.part_texts import part_text
from reportgen.spec.live_words import LIVE, with_live_words, words_of_plan
from reportgen.spec.marked_texts import printed_texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from reportgen.model import Report, Section
    from reportgen.queries import Failure
    from reportgen.spec.planned_blocks import PlannedBlock
    from reportgen.spec.planning import Plan


def said(plan: Plan, passages: Mapping[str, str | Failure], report: Report) -> Plan:
    """Return a plan with the texts of its live words; the same plan where it has none.

    Args:
        plan: Resolved without them.
        passages: The texts of the author's files.
        report: The report of the plan, whose numbers have these texts.
    """
    words = words_of_plan(plan, passages.values())
    if not words:
        return plan
    found = {word.text: part_text(report, word.name, word.part, word.against) for word in words}
    missing = {word: part.text for word, part in found.items() if part.is_missing}
    filled = with_live_words(plan, {word: part.text for word, part in found.items()})
    return replace(filled, missing_words=missing)


def printed_words(
    plan: Plan, sections: Iterable[Section], passages: Mapping[str, str | Failure]
) -> Iterator[tuple[str, str | None]]:
    """Yield the live words that a report prints, with the block that prints them, or None outside of blocks.

    Args:
        plan: The plan.
        sections: The sections as they are shown.
        passages: The texts of the author's files.
    """
    shown = {block.name for section in sections for block in section.blocks}
    texts: list[tuple[str, str | None]] = [(text, None) for text in _texts_around(plan, shown)]
    for planned in plan.blocks:
        if planned.scope.name in shown:
            texts += [(text, planned.scope.name) for text in _texts_of(planned, passages)]
    yield from dict.fromkeys((word.text, block) for text, block in texts for word in live_words(text))


def missing_words(plan: Plan, printed: Iterable[tuple[str, str | None]]) -> Iterator[Caution]:
    """Yield a caution for each printed live word without a value."""
    for word, block in printed:
        if word in plan.missing_words:
            yield Caution(LIVE, f"{{{word}}} has no value, so {plan.missing_words[word]!r} is printed", block)


def _texts_around(plan: Plan, shown: Collection[str]) -> Iterator[str]:
    """Yield the texts of a report that belong to no block."""
    for file in filter(None, (plan.spec, plan.client)):
        parts = printed_texts(file)
        yield from (text for place, text in parts if place[0] in {"title", "footer", "glossary", "annotations"})
    for section in plan.sections:
        if any(planned.scope.name in shown for planned in section.blocks):
            yield from (section.written.title, section.written.subtitle)


def _texts_of(planned: PlannedBlock, passages: Mapping[str, str | Failure]) -> Iterator[str]:
    """Yield the texts of a block, and those of the files that it shows."""
    yield from (text for _, text in printed_texts(planned.block))
    for passage in planned.block.passages():
        text = passages.get(planned.scope.fill(passage.file))
        yield from (text,) if isinstance(text, str) else ()
