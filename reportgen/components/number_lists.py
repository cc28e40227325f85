"""The components `metric_list` and `summary`: numbers of the report, told again together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from reportgen.components.component import Component, Scope
from reportgen.components.yaml_models import Name
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
    """Up to six sentences on what is worth saying of some blocks: what moved, goals, peaks, leaders, gaps."""

    summary: Annotated[
        Literal["auto", "report"] | tuple[Name, ...],
        Field(description="auto: all that its section shows; report: all that the report shows; or names of numbers."),
    ]

    def about(self, section: Iterable[str], report: Iterable[str]) -> SummaryBlock:
        """Return this summary with the names of the blocks that `auto` or `report` stands for."""
        shown = {"auto": section, "report": report}
        return (
            self if isinstance(self.summary, tuple) else self.model_copy(update={"summary": tuple(shown[self.summary])})
        )

    def builds_on(self) -> tuple[str, ...]:
        """Return the names of the blocks it tells of."""
        return self.summary if isinstance(self.summary, tuple) else ()

    def resolve(self, scope: Scope, answers: Mapping[Query, Answer]) -> Block:  # noqa: ARG002 - asks nothing
        """Make the block: what it tells of, and the readings of the numbers; the sentences are made from them."""
        return replace(_listed("summary", self, scope), tells_of=self.builds_on())


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
