"""The components `metric_list` and `summary`: numbers of the report, told again together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from reportgen.components.component import Component, Scope
from reportgen.components.written import Name
from reportgen.model import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reportgen.model import Reading
    from reportgen.queries import Answer, Query


class MetricListBlock(Component):
    """Numbers of the report in rows: value, change, compared value."""

    metric_list: Annotated[tuple[Name, ...], Field(min_length=1, description="Names of numbers of this spec.")]

    def builds_on(self) -> tuple[str, ...]:
        """Return the names of the numbers it lists."""
        return self.metric_list

    def resolve(self, scope: Scope, answers: Mapping[Query, Answer]) -> Block:  # noqa: ARG002 - asks nothing
        """Make the block: the readings of the numbers, each with its name."""
        return _listed("metric_list", self, scope)


class SummaryBlock(Component):
    """Sentences about what moved most, which goals were reached, and what could not be read."""

    summary: Annotated[
        Literal["auto"] | tuple[Name, ...], Field(description="auto: all visible numbers; or the names of some.")
    ]

    def about(self, numbers: Iterable[str]) -> SummaryBlock:
        """Return this summary with the names of the numbers that `auto` stands for."""
        return self.model_copy(update={"summary": tuple(numbers)}) if self.summary == "auto" else self

    def builds_on(self) -> tuple[str, ...]:
        """Return the names of the numbers it tells of."""
        return () if self.summary == "auto" else self.summary

    def resolve(self, scope: Scope, answers: Mapping[Query, Answer]) -> Block:  # noqa: ARG002 - asks nothing
        """Make the block: the readings of the numbers, each with its name; the sentences are made from them."""
        return _listed("summary", self, scope)


def _listed(kind: str, component: Component, scope: Scope) -> Block:
    made_from = [scope.blocks[name] for name in component.builds_on() if name in scope.blocks]
    return Block(
        name=scope.name,
        kind=kind,
        label=scope.fill(component.label),
        width=component.width,
        new_row=component.new_row,
        queries=tuple(dict.fromkeys(query for block in made_from for query in block.queries)),
        readings=tuple(reading for block in made_from for reading in _named(block)),
        notes=component.notes(scope),
    )


def _named(block: Block) -> Iterator[Reading]:
    yield from (replace(reading, label=block.label) for reading in block.readings)
