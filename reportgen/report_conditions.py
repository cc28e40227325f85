"""The blocks of a report that its author's conditions leave out, and the cautions on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import Caution

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.components.conditions import Condition
    from reportgen.model import Block
    from reportgen.spec.planned_blocks import PlannedBlock
    from reportgen.spec.planning import Plan

UNMET = "W-WHEN"
"""The caution on a block that its condition does not show."""


def is_shown(planned: PlannedBlock, blocks: Mapping[str, Block]) -> bool:
    """Return whether all conditions of a block hold; `blocks` are resolved, by name."""
    return not any(_unmet(planned, blocks))


def unmet_conditions(plan: Plan, blocks: Mapping[str, Block]) -> Iterator[Caution]:
    """Yield a caution for each block that a condition does not show; hidden blocks are not shown anyway."""
    for planned in plan.blocks:
        if not planned.block.hidden:
            for condition, missing in _unmet(planned, blocks):
                why = f", as {' and '.join(missing)} has no value" if missing else ""
                yield Caution(UNMET, f"it is not shown: {condition.text} does not hold{why}", planned.scope.name)


def condition_names(planned: PlannedBlock) -> Iterator[str]:
    """Yield the names of the numbers that decide whether a block is shown."""
    for condition in planned.conditions:
        yield from condition.names


def _unmet(planned: PlannedBlock, blocks: Mapping[str, Block]) -> Iterator[tuple[Condition, list[str]]]:
    """Yield each condition of a block that does not hold, and the names of its numbers without a value."""
    for condition in planned.conditions:
        readings = {
            name: blocks[name].readings[0] for name in condition.names if name in blocks and blocks[name].readings
        }
        if not condition.holds(readings):
            yield condition, [name for name in condition.names if name not in readings or readings[name].value is None]
