"""A client's overrides of a spec: its own titles, order and hidden parts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from reportgen.components import HeadingBlock, HistoryBlock, MetricListBlock, SummaryBlock
from reportgen.components.did_you_mean import nearest
from reportgen.components.texts_by_language import InLanguages
from reportgen.components.variables import live_words
from reportgen.languages import all_languages
from reportgen.spec.live_word_checks import word_fault
from reportgen.spec.live_words import named_numbers
from reportgen.spec.marked_texts import marked_texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from reportgen.components import AnyBlock
    from reportgen.spec.client_file import Client
    from reportgen.spec.report_spec import ReportSpec
    from reportgen.spec.section_spec import SectionSpec
    from reportgen.spec.yaml_reader import Place

    Named: TypeAlias = tuple[tuple[str, AnyBlock], ...]
    Sections: TypeAlias = tuple[tuple[SectionSpec, Named], ...]
    SpecPart: TypeAlias = int | str  # a section by its number, or a block by its name


@dataclass(frozen=True, slots=True)
class Misfit:
    """A word in a client file that does not fit a spec.

    Attributes:
        place: Its place in the client file.
        message: The fault and what to write.
    """

    place: Place
    message: str


def client_sections(spec: ReportSpec, client: Client | None) -> Sections:
    """Return the sections of a spec for a client, with their blocks by name.

    A block that the client hides is not asked for, unless a shown block is calculated or drawn from it, a text prints
    it, or the spec requires it: then it stays as a hidden block. Lists and summaries leave it out.
    """
    sections = spec.named_sections()
    if client is None or not (client.titles or client.order or client.hide):
        return sections
    known = _parts_by_word(spec)
    titles = {part: title for word, title in client.titles.items() for part in known.get(word, ())}
    order = [part for word in client.order for part in known.get(word, ())]
    kept = {*spec.require.blocks, *named_numbers(spec, client)}
    shown = _without_hidden(sections, _hidden(spec, client, known), kept)
    named = [
        (number, section.model_copy(update={"title": titles.get(number, section.title)}), _with_titles(blocks, titles))
        for number, (section, blocks) in shown
    ]
    named.sort(key=lambda numbered: _rank(numbered[0], order))
    return tuple(
        (section, tuple(sorted(blocks, key=lambda block: _rank(block[0], order)))) for _, section, blocks in named
    )


def misfits(spec: ReportSpec, client: Client | None, others: Iterable[ReportSpec] = ()) -> list[Misfit]:
    """Return the words of a client's titles, order and hide, and its live words, that do not fit a spec.

    Args:
        spec: The spec for the client.
        client: The client; without a client there are no misfits.
        others: Further specs of the client: a name of theirs alone is no misfit.
    """
    if client is None:
        return []
    known, others = _parts_by_word(spec), tuple(others)
    elsewhere = {word for other in others for word in _parts_by_word(other)}
    found = [
        Misfit(place, message)
        for place, word in _words(client)
        if word not in elsewhere - known.keys() and (message := _fault(word, spec, known))
    ]
    found += [
        Misfit(place, message)
        for place, _, text in marked_texts(client, InLanguages)
        for word in live_words(text)
        if (message := word_fault(word, [spec, *others]))
    ]
    shown = spec.blocks_by_name().keys() - _hidden(spec, client, known)
    if client.hide and not shown:
        message = f"hides every block of the spec {spec.name!r}; take something out, or leave the client out of it"
        found.append(Misfit(("hide",), message))
    return found


def _words(client: Client) -> Iterator[tuple[Place, str]]:
    yield from ((("titles", word), word) for word in client.titles)
    yield from ((("order", index), word) for index, word in enumerate(client.order))
    yield from ((("hide", index), word) for index, word in enumerate(client.hide))


def _fault(word: str, spec: ReportSpec, known: Mapping[str, tuple[SpecPart, ...]]) -> str:
    parts = known.get(word)
    if parts is None:
        return f"{word!r} is no section and no block of the spec {spec.name!r}; {nearest(word, list(known))}"
    names = [part for part in parts if isinstance(part, str)]
    if len(names) > 1:
        return f"{word!r} is the label of several blocks; write the name of one: {', '.join(names)}"
    return ""


def _parts_by_word(spec: ReportSpec) -> dict[str, tuple[SpecPart, ...]]:
    """Return the parts for each word: a block by its name or label, a section by its name or title; names go first.

    Labels and titles are known in every language.
    """
    titles: dict[str, tuple[SpecPart, ...]] = defaultdict(tuple)
    labels: dict[str, tuple[SpecPart, ...]] = defaultdict(tuple)
    names: dict[str, tuple[SpecPart, ...]] = {}
    for number, (section, blocks) in enumerate(spec.named_sections()):
        for title in all_languages(section.title):
            titles[title] += (number,)
        names[section.name or ""] = (number,)
        for name, block in blocks:
            names[name] = (name,)
            for label in all_languages(block.heading if isinstance(block, HeadingBlock) else block.label):
                labels[label] += (name,)
    return {word: parts for word, parts in ({**labels, **titles, **names}).items() if word}


def _hidden(spec: ReportSpec, client: Client, known: Mapping[str, tuple[SpecPart, ...]]) -> set[str]:
    """Return the names of the blocks that a client hides, alone or with their section."""
    parts = {part for word in client.hide for part in known.get(word, ())}
    return {
        name
        for number, (_, blocks) in enumerate(spec.named_sections())
        for name, _ in blocks
        if number in parts or name in parts
    }


def _without_hidden(
    sections: Sections, hidden: set[str], kept: Collection[str]
) -> list[tuple[int, tuple[SectionSpec, Named]]]:
    """Return the sections that still have blocks, by number, without the hidden blocks that no block needs."""
    listed = {name: _without_listed(block, hidden) for _, blocks in sections for name, block in blocks}
    shown = {name: block for name, block in listed.items() if block is not None}
    wanted = {name for name in shown if name not in hidden or name in kept}
    for section, blocks in sections:
        condition = section.condition()
        if condition and any(name in wanted for name, _ in blocks):
            wanted = wanted.union(condition.names)
    needed = with_operands(wanted & shown.keys(), shown)
    remaining = []
    for number, (section, blocks) in enumerate(sections):
        left = tuple(
            (name, shown[name].model_copy(update={"hidden": True}) if name in hidden else shown[name])
            for name, _ in blocks
            if name in needed
        )
        if left or not blocks:
            remaining.append((number, (section, left)))
    return remaining


def with_operands(names: set[str], blocks: Mapping[str, AnyBlock]) -> set[str]:
    """Return the names of some blocks and of every block they build on, as far as these are known by name."""
    needed = set(names)
    while more := {need for name in needed for need in _needs(blocks[name])} & blocks.keys() - needed:
        needed |= more
    return needed


def _needs(block: AnyBlock) -> tuple[str, ...]:
    """Return the names of the blocks that a block is made of or shown by."""
    condition = block.condition()
    return (*block.builds_on(), *(condition.names if condition else ()))


def _without_listed(block: AnyBlock, hidden: set[str]) -> AnyBlock | None:
    """Return a block whose list or summary names no hidden blocks; None where it named nothing else."""
    if not isinstance(block, MetricListBlock | SummaryBlock | HistoryBlock):
        return block
    listed = block.builds_on()  # empty for a summary of its section or the report
    left = tuple(name for name in listed if name not in hidden)
    if left == listed:
        return block
    key = {SummaryBlock: "summary", MetricListBlock: "metric_list", HistoryBlock: "history"}[type(block)]
    return block.model_copy(update={key: left}) if left else None


def _with_titles(blocks: Named, titles: Mapping[SpecPart, str]) -> Named:
    return tuple(
        (
            name,
            block.model_copy(update={"heading" if isinstance(block, HeadingBlock) else "label": titles[name]})
            if name in titles
            else block,
        )
        for name, block in blocks
    )


def _rank(part: SpecPart, order: list[SpecPart]) -> int:
    return order.index(part) if part in order else len(order)
