"""The names of a spec's blocks, each unique in the report."""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING

from reportgen.components import Metric
from reportgen.titles import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.components import AnyBlock


def block_names(blocks: list[AnyBlock]) -> Iterator[str]:
    """Yield the name of each block: the author's, else its metric's or component's, numbered when repeated."""
    taken = {block.name for block in blocks if block.name}
    for block in blocks:
        name = block.name or _free(_default_name(block), taken)
        taken.add(name)
        yield name


def _default_name(block: AnyBlock) -> str:
    if isinstance(block, Metric):
        return name_of(block.reference_key)
    return type(block).__name__.removesuffix("Block").lower()


def _free(name: str, taken: set[str]) -> str:
    candidates = chain([name], (f"{name}_{number}" for number in count(2)))
    return next(candidate for candidate in candidates if candidate not in taken)
