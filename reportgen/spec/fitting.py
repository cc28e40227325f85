"""A spec as it fits its client: what is called otherwise, what comes first, and what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from reportgen.components import FormulaBlock, Metric
from reportgen.components.heading import HeadingBlock
from reportgen.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.components import AnyBlock
    from reportgen.spec.client import Client
    from reportgen.spec.report import ReportSpec, SectionSpec

    Named: TypeAlias = tuple[str, AnyBlock]
    Fitted: TypeAlias = tuple[SectionSpec, tuple[Named, ...]]


def fitted_sections(spec: ReportSpec, client: Client | None) -> tuple[Fitted, ...]:
    """Return each section with its blocks under their names, as a client's `titles`, `order` and `hide` want it.

    A number that a formula, a sparkline or a requirement stands on is still asked for where it is hidden.

    Raises:
        ConfigurationError: The client hides everything.
    """
    named = spec.named_sections()
    if client is None or not (client.titles or client.order or client.hide):
        return named
    shown = [fit for fit in _visible(spec, client) if fit[1] or not fit[0].blocks]
    if not shown:
        message = f"{client.path}: hide: leaves nothing of the spec {spec.name!r}; take something out of it"
        raise ConfigurationError(message)
    shown.sort(key=lambda fit: _place(fit[0].title, client.order))
    *before, (last, blocks) = [(_retitled(section, client), _arranged(blocks, client)) for section, blocks in shown]
    return (*before, (last, (*blocks, *_still_needed(spec, client))))


def known_words(spec: ReportSpec) -> tuple[str, ...]:
    """Return what a client file may call a spec's parts by: names of blocks, and titles of sections as written."""
    named = spec.named_sections()
    return (*(name for _, blocks in named for name, _ in blocks), *(one.title for one, _ in named if one.title))


def _visible(spec: ReportSpec, client: Client) -> Iterator[Fitted]:
    """Yield the sections and blocks that the client does not hide."""
    for section, blocks in spec.named_sections():
        if not _is_in(section.title, client.hide):
            yield section, tuple(pair for pair in blocks if pair[0] not in client.hide)


def _still_needed(spec: ReportSpec, client: Client) -> Iterator[Named]:
    """Yield what is hidden and yet needed, each with its source, because it stands in another section now."""
    named = spec.named_sections()
    figures = (block for _, blocks in named for _, block in blocks if isinstance(block, Metric | FormulaBlock))
    needed = {name for block in figures for name in block.builds_on()} | set(spec.require.blocks)
    for section, blocks in named:
        for name, block in blocks:
            is_hidden = name in client.hide or _is_in(section.title, client.hide)
            if is_hidden and name in needed and isinstance(block, Metric | FormulaBlock):
                source = spec.source_of(section, block)
                yield name, block.model_copy(update={"hidden": True, "source": source})


def _arranged(blocks: Sequence[Named], client: Client) -> tuple[Named, ...]:
    """Return blocks under the client's own titles, those that come first before the others."""
    ordered = sorted(blocks, key=lambda pair: _place(pair[0], client.order))
    return tuple((name, _renamed(block, client.titles.get(name))) for name, block in ordered)


def _renamed(block: AnyBlock, title: str | None) -> AnyBlock:
    if title is None:
        return block
    return block.model_copy(update={"heading" if isinstance(block, HeadingBlock) else "label": title})


def _retitled(section: SectionSpec, client: Client) -> SectionSpec:
    title = next((own for word, own in client.titles.items() if _is_in(section.title, (word,))), None)
    return section if title is None else section.model_copy(update={"title": title})


def _place(word: str, order: Sequence[str]) -> int:
    """Return where a word stands in the client's order; all others come behind, as they are in the spec."""
    return next((at for at, one in enumerate(order) if one == word or _is_in(word, (one,))), len(order))


def _is_in(title: str, words: Sequence[str]) -> bool:
    """Tell whether a section's title is among a client's words, however they are capitalised."""
    return bool(title) and title.casefold() in {word.casefold() for word in words}
