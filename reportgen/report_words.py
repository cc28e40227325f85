"""The live words of a report: the texts of its numbers, and cautions on the sentences that lack one of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from reportgen.components.variables import kept_passage, live_words
from reportgen.model import Caution
from reportgen.outputs.text.live_word_texts import part_text
from reportgen.sentences import kept_text
from reportgen.spec.live_words import LIVE, with_live_words, words_of_plan
from reportgen.spec.marked_texts import printed_texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from reportgen.model import Report, Section
    from reportgen.queries import Failure
    from reportgen.sentences import KeptText
    from reportgen.spec.planned_blocks import PlannedBlock
    from reportgen.spec.planning import Plan

_NOTHING_COMPARED, _EMPTY = "nothing is compared", "it is empty"
_LONGEST = 80  # letters of a text in a caution


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
    missing = {word: part.reason for word, part in found.items() if not part.text}
    filled = with_live_words(plan, {word: part.text for word, part in found.items()})
    return replace(filled, missing_words=missing)


class WrittenText(NamedTuple):
    """A text as its author wrote it.

    Attributes:
        text: With words in braces.
        block: The block that prints it; None outside of blocks.
        is_passage: Whether it is Markdown.
    """

    text: str
    block: str | None = None
    is_passage: bool = False


def written_texts(
    plan: Plan, sections: Iterable[Section], worded: Collection[str], passages: Mapping[str, str | Failure]
) -> Iterator[WrittenText]:
    """Yield the texts that a report prints, as they are written.

    Args:
        plan: The plan.
        sections: The sections as they are shown.
        worded: The names of the blocks whose texts are printed.
        passages: The texts of the author's files.
    """
    shown = {block.name for section in sections for block in section.blocks}
    yield from (WrittenText(text) for text in _texts_around(plan, shown))
    for planned in plan.blocks:
        if planned.scope.name in worded:
            yield from _texts_of(planned, passages)


def printed_words(plan: Plan, texts: Iterable[WrittenText]) -> tuple[str, ...]:
    """Return the live words that texts print, each once; sentences that lack a value print none."""
    kept = (_kept(plan, text).text for text in texts)
    return tuple(dict.fromkeys(word.text for text in kept for word in live_words(text)))


def left_out_words(plan: Plan, texts: Iterable[WrittenText]) -> Iterator[Caution]:
    """Yield a caution for each part of a text that is left out, as a word of it has no value."""
    for text in dict.fromkeys(texts):
        for part in _kept(plan, text).left_out:
            words = (f"{{{word}}} ({_reason(word, plan)})" for word in plan.fill.lacking(part))
            if why := ", ".join(words):  # else it is a title, of which the caution on what it announces tells enough
                yield Caution(LIVE, f"{_shortened(part)!r} is left out, without a value for {why}", text.block)


def _reason(word: str, plan: Plan) -> str:
    return plan.missing_words.get(word, _NOTHING_COMPARED if word == "baseline.label" else _EMPTY)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}\N{HORIZONTAL ELLIPSIS}"


def _kept(plan: Plan, text: WrittenText) -> KeptText:
    return plan.fill.kept(text.text, kept_passage if text.is_passage else kept_text)


def _texts_around(plan: Plan, shown: Collection[str]) -> Iterator[str]:
    """Yield the texts of a report that belong to no block."""
    for file in filter(None, (plan.spec, plan.client)):
        parts = printed_texts(file)
        yield from (text for place, text in parts if place[0] in {"title", "footer", "glossary", "annotations"})
    for section in plan.sections:
        if any(planned.scope.name in shown for planned in section.blocks):
            yield from (section.written.title, section.written.subtitle)


def _texts_of(planned: PlannedBlock, passages: Mapping[str, str | Failure]) -> Iterator[WrittenText]:
    """Yield the texts of a block, and those of the files that it shows."""
    name, prose = planned.scope.name, planned.block.prose()
    yield from (WrittenText(text, name, is_passage=text in prose) for _, text in printed_texts(planned.block))
    for passage in planned.block.passages():
        text = passages.get(planned.scope.fill.path(passage.file))
        yield from (WrittenText(text, name, is_passage=True),) if isinstance(text, str) else ()
