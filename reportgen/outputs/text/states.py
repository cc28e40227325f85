"""Why a figure is missing, and what a reader must know of a block, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.formatting import format_period
from reportgen.model import UNREAD
from reportgen.outputs.text.catalogues import N_, words_of

if TYPE_CHECKING:
    from reportgen.model import Block, BlockState, Missing, Remark, Report, Section

STATE_WORDS: dict[BlockState, tuple[str, str]] = {
    "no_data": (N_("No data"), N_("No data for this period.")),
    "failed": (N_("Not read"), N_("Could not be read this time.")),
    "not_returned": (N_("Not received"), N_("The source did not send it.")),
    "not_requested": (N_("Not included"), N_("Not asked for in this report.")),
    "expired": (N_("Expired"), N_("The connection to the source has expired.")),
    "not_comparable": (N_("Not comparable"), N_("The two periods cannot be compared.")),
}
"""State -> what stands in place of a value, and the sentence that explains it."""

REMARK_WORDS: dict[Remark, str] = {
    "last_30_days": N_("Covers the last 30 days, whatever the period of the report."),
    "own_period": N_("Covers a period of its own, whatever the period of the report."),
    "zero_divisor": N_("Not defined: it would be divided by zero."),
    "unfinished": N_("The day was not over when the figures were read; it is not compared."),
}
"""Remark -> the sentence under its block."""


def blocks_in(report: Report, states: frozenset[BlockState]) -> tuple[str, ...]:
    """Return the labels of the blocks in some states, each once, in the order of the report."""
    return tuple(dict.fromkeys(block.label or block.name for block in report.blocks if block.state in states))


def remark_words(block: Block, locale: str) -> tuple[str, ...]:
    """Return the sentences a reader must know of a block's figures."""
    return tuple(words_of(locale).gettext(REMARK_WORDS[remark]) for remark in block.remarks)


def baseline_words(missing: Missing | None, report: Report) -> str:
    """Say why there is nothing to compare with, `September 2026: not received`; empty where none was asked for."""
    if report.baseline is None or missing is None or missing == "not_requested":
        return ""
    reason = words_of(report.locale).gettext(STATE_WORDS[missing][0]).lower()
    return f"{format_period(report.baseline, report.locale)}: {reason}"


def is_empty(section: Section) -> bool:
    """Tell whether a section has figures to show and none of them is there: a line says so, not a page of dashes."""
    figures = [block for block in section.blocks if block.kind in {"number", "chart", "datatable"}]
    return bool(figures) and all(block.state in UNREAD or block.state == "no_data" for block in figures)


def shown_blocks(section: Section) -> tuple[Block, ...]:
    """Return the blocks of a section that are shown: where no figure is there, the words alone."""
    if not is_empty(section):
        return section.blocks
    return tuple(block for block in section.blocks if block.kind not in {"number", "chart", "datatable"})
