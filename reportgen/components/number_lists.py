"""The components `metric_list` and `summary`: numbers of the report, repeated as a list or as sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from reportgen.components.component import Component, Scope
from reportgen.components.yaml_models import Name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.model import Block


class MetricListBlock(Component):
    """A list of numbers of the report: value, change and compared value in rows."""

    needs_all: ClassVar[bool] = False
    metric_list: Annotated[tuple[Name, ...], Field(min_length=1, description="Names of numbers of this spec.")]

    def builds_on(self) -> tuple[str, ...]:
        """Return the names of the numbers it lists."""
        return self.metric_list

    def compose(self, scope: Scope) -> Block:
        """Return the block: the readings of the numbers, each with its label."""
        return _with_readings(self.frame("metric_list", scope), self.metric_list, scope)


class SummaryBlock(Component):
    """Up to six sentences on some blocks: their changes, goals, peaks, leaders and gaps."""

    needs_all: ClassVar[bool] = False
    summary: Annotated[
        Literal["auto", "report"] | tuple[Name, ...],
        Field(description="auto: all that its section shows; report: all that the report shows; or names of numbers."),
    ]

    def about(self, section: Iterable[str], report: Iterable[str]) -> SummaryBlock:
        """Return this summary with the names of the blocks that `auto` or `report` stands for."""
        if isinstance(self.summary, tuple):
            return self
        names = {"auto": section, "report": report}[self.summary]
        return self.model_copy(update={"summary": tuple(names)})

    def builds_on(self) -> tuple[str, ...]:
        """Return the names of the blocks it is about."""
        return self.summary if isinstance(self.summary, tuple) else ()

    def compose(self, scope: Scope) -> Block:
        """Return the block: the names of the blocks it is about, and their readings; outputs make the sentences."""
        names = self.builds_on()
        return _with_readings(self.frame("summary", scope, tells_of=names), names, scope)


def _with_readings(frame: Block, names: Iterable[str], scope: Scope) -> Block:
    blocks = [scope.blocks[name] for name in names if name in scope.blocks]
    return replace(
        frame,
        queries=tuple(dict.fromkeys(query for block in blocks for query in block.queries)),
        readings=tuple(
            replace(reading, label=block.label, remarks=block.remarks) for block in blocks for reading in block.readings
        ),
    )
