"""The verdict: whether a report may be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.components import Metric
from reportgen.components.contradictions import DISAGREEMENTS
from reportgen.model import UNREAD, Caution
from reportgen.outputs.audit import AUDIT, GLYPH
from reportgen.outputs.pdf.undrawable_pictures import FAILED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reportgen.model import Block, Verdict
    from reportgen.spec.planning import Plan

UNMET = "W-REQUIRE"
"""Code of a caution about what the spec requires, or every report needs, and this one lacks."""


def verdict(blocks: Iterable[Block], warnings: Iterable[Caution] = (), *, strict: bool = False) -> Verdict:
    """Judge whether a report may be sent.

    A period without data is no failure, nor is a block that is there in part: it says so itself. A
    compared period that was asked for and could not be read is one.

    Args:
        blocks: All of the report, hidden and omitted ones too.
        warnings: Of the report; an unmet requirement holds it back.
        strict: Whether every block is required, and figures that contradict each other hold it back.
    """
    codes = {warning.code for warning in warnings}
    if UNMET in codes or (strict and not codes.isdisjoint(DISAGREEMENTS)):
        return "held"
    if not any(_is_unread(block) for block in blocks):
        return "done"
    return "held" if strict else "degraded"


def audited_verdict(before: Verdict, found: Iterable[Caution]) -> Verdict:
    """Judge a report again after its audit: a miss holds it back, a lost letter or picture degrades it."""
    codes = {caution.code for caution in found}
    if AUDIT in codes or before == "held":
        return "held"
    return "degraded" if codes & {GLYPH, FAILED} else before


def unmet_requirements(plan: Plan, blocks: Mapping[str, Block]) -> Iterator[Caution]:
    """Yield a caution for each thing that the spec's `require:` asks for and the report lacks.

    A report of metrics of which none could be read has nothing to send, whatever the spec says.

    Args:
        plan: What was asked.
        blocks: Every block by its name, hidden and omitted ones too.
    """
    for name in plan.spec.require.blocks:
        if name not in blocks:
            yield Caution(UNMET, "it is required, but the client has no account for it", name)
        elif _is_unread(blocks[name]):
            yield Caution(UNMET, f"it is required, but {blocks[name].reason or 'it could not be read whole'}", name)
    metrics = [blocks[one.scope.name] for one in plan.blocks if isinstance(one.block, Metric)]
    read = sum(block.state not in UNREAD for block in metrics)
    if metrics and not read:
        yield Caution(UNMET, "no metric could be read, so there is nothing to send")
    elif metrics and read / len(metrics) < plan.spec.require.coverage:
        share = f"{read} of {len(metrics)} metrics could be read"
        yield Caution(UNMET, f"{share}, less than the {plan.spec.require.coverage:.0%} that the spec requires")


def _is_unread(block: Block) -> bool:
    shapes = (block.readings, block.charts, block.tables)
    compared = {part.baseline_missing for parts in shapes for part in parts}
    return block.state in UNREAD or not compared.isdisjoint(UNREAD)
