"""The blocks of a report that its author's conditions leave out, and the cautions on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.components.number_parts import holds
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
            for condition, why in _unmet(planned, blocks):
                yield Caution(UNMET, f"it is not shown: {condition.text} {why}", planned.scope.name)


def condition_names(planned: PlannedBlock) -> Iterator[str]:
    """Yield the names of the numbers that decide whether a block is shown."""
    for condition in planned.conditions:
        yield from condition.names


def _unmet(planned: PlannedBlock, blocks: Mapping[str, Block]) -> Iterator[tuple[Condition, str]]:
    """Yield each condition of a block that does not hold, with the reason."""
    for condition in planned.conditions:
        reason = _reason(condition, blocks)
        if reason:
            yield condition, reason


def _reason(condition: Condition, blocks: Mapping[str, Block]) -> str | None:
    """Return the reason why a condition does not hold, or None where it does."""
    readings = {name: blocks[name].readings[0] for name in condition.names if name in blocks and blocks[name].readings}
    try:
        if holds(condition, readings):
            return None
    except ValueError as error:  # amounts of two currencies, which accounts may have
        return f"cannot be decided: {error}"
    missing = [name for name in condition.names if name not in readings or readings[name].value is None]
    return f"does not hold, as {' and '.join(missing)} has no value" if missing else "does not hold"
