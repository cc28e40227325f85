"""The verdict on a report: whether it may be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.components import Metric
from reportgen.components.contradicting_figures import DISAGREEMENTS
from reportgen.model import UNREAD, Caution
from reportgen.outputs.pdf.undrawable_pictures import FAILED
from reportgen.spec.live_words import LIVE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.model import Block, Section, Verdict
    from reportgen.spec.planning import Plan

UNMET = "W-REQUIRE"
"""Code of a caution about a requirement of the spec, or of every report, that this report does not meet."""


def verdict(blocks: Iterable[Block], warnings: Iterable[Caution] = (), *, strict: bool = False) -> Verdict:
    """Return the verdict on a report.

    A period without data is no failure, nor is a partial block, which is marked as partial. A compared
    period that was asked for and could not be read is a failure, and so is a lost picture of a passage.

    Args:
        blocks: All blocks of the report, also hidden and omitted blocks.
        warnings: The warnings of the report; an unmet requirement holds it back.
        strict: Whether every block is required, and figures that contradict each other, or a live word without a
            value, hold it back.
    """
    codes = {warning.code for warning in warnings}
    if UNMET in codes or (strict and not codes.isdisjoint({*DISAGREEMENTS, LIVE})):
        return "held"
    if FAILED not in codes and not any(_is_unread(block) for block in blocks):
        return "done"
    return "held" if strict else "degraded"


def unmet_requirements(plan: Plan, blocks: Mapping[str, Block], sections: Sequence[Section]) -> Iterator[Caution]:
    """Yield a caution for each requirement of the spec's `require:` that the report does not meet.

    A report without a block or a readable metric has nothing to send, whatever the spec requires.

    Args:
        plan: The plan of the report.
        blocks: Every block by its name, also hidden and omitted blocks.
        sections: The sections with the blocks that are shown.
    """
    if not sections:
        yield Caution(UNMET, "no block is shown, so there is nothing to send")
    for name in plan.spec.require.blocks:
        if name not in blocks:
            yield Caution(UNMET, "it is required, but the client has no account for it", name)
        elif _is_unread(blocks[name]):
            yield Caution(UNMET, f"it is required, but {blocks[name].reason or 'it could not be read whole'}", name)
    metrics = [blocks[planned.scope.name] for planned in plan.blocks if isinstance(planned.block, Metric)]
    read = sum(block.state not in UNREAD for block in metrics)
    if metrics and not read:
        yield Caution(UNMET, "no metric could be read, so there is nothing to send")
    elif metrics and read / len(metrics) < plan.spec.require.coverage:
        share = f"{read} of {len(metrics)} metrics could be read"
        yield Caution(UNMET, f"{share}, less than the {plan.spec.require.coverage:.0%} that the spec requires")


def _is_unread(block: Block) -> bool:
    further = tuple(comparison for reading in block.readings for comparison in reading.further)
    shapes = (block.readings, further, block.charts, block.tables)
    compared = {part.baseline_missing for parts in shapes for part in parts}
    return block.lacks_answer or not compared.isdisjoint(UNREAD)
