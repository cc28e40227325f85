"""The state of a block in words: the reason why a figure is missing, and the remarks on its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import UNREAD
from reportgen.outputs.text.bidi import is_turned, isolated_text
from reportgen.outputs.text.catalogues import N_, listed_text, words_of
from reportgen.outputs.text.chart_labels import coverage_lines, no_figures
from reportgen.outputs.text.headings import block_title
from reportgen.outputs.text.period_notes import compared_days, compared_period

if TYPE_CHECKING:
    from collections.abc import Collection

    from reportgen.model import Block, BlockState, Chart, Missing, Remark, Report, Section, Table

STATE_WORDS: dict[BlockState, tuple[str, str]] = {
    "no_data": (N_("No data"), N_("No data for this period.")),
    "failed": (N_("Not read"), N_("Could not be read this time.")),
    "not_returned": (N_("Not received"), N_("The source did not send it.")),
    "not_requested": (N_("Not included"), N_("Not asked for in this report.")),
    "expired": (N_("Expired"), N_("The connection to the source has expired.")),
    "not_comparable": (N_("Not comparable"), N_("The two periods cannot be compared.")),
}
"""State -> the words in place of a value, and the sentence that explains it."""

_IN_PLACE: dict[tuple[BlockState, Remark], tuple[str, str]] = {
    ("no_data", "zero_divisor"): (N_("Not defined"), N_("It would be divided by zero.")),
    ("no_data", "lacking_account"): (
        N_("Incomplete"),
        N_("Some of the accounts have no value, so their sum is not known."),
    ),
    ("no_data", "none_met"): (N_("None"), N_("Nothing meets the condition.")),
    ("failed", "unmergeable"): (N_("Not added up"), N_("The figures of its accounts cannot be added up.")),
}
"""State and remark of a figure that is not there, though its source has data -> the words and the sentence in its place
that tell more than the state."""

_FIGURES = frozenset({"number", "chart", "datatable"})  # kinds of blocks

_BASELINE_WORDS: dict[Missing, str] = {
    "no_data": N_("%(period)s: no data"),
    "failed": N_("%(period)s: not read"),
    "not_returned": N_("%(period)s: not received"),
    "not_requested": N_("%(period)s: not included"),
    "expired": N_("%(period)s: expired"),
    "not_comparable": N_("%(period)s: not comparable"),
}
"""Why the value of a compared period is missing -> the words in its place."""

REMARK_WORDS: dict[Remark, str] = {
    "last_30_days": N_("Covers the last 30 days, whatever the period of the report."),
    "own_period": N_("Covers a period of its own, whatever the period of the report."),
    "zero_divisor": N_("Not defined: it would be divided by zero."),
    "lacking_account": N_("Some of the accounts have no value, so their sum is not known."),
    "none_met": N_("Nothing meets the condition."),
    "unmergeable": N_("The figures of its accounts cannot be added up."),
    "unfinished": N_("The day was not over when the figures were read; it is not compared."),
    "partial_total": N_("Rows without a figure are not in the total."),
}
"""Remark -> the sentence under its block."""


def is_missing(block: Block) -> bool:
    """Return whether words stand in place of a block's figures."""
    return block.state in STATE_WORDS


def missing_label(state: BlockState, locale: str) -> str:
    """Return the short words in place of a value that is missing."""
    return words_of(locale).gettext(STATE_WORDS[state][0])


def undefined_label(locale: str) -> str:
    """Return the short words in place of a quotient by zero."""
    label, _sentence = _IN_PLACE["no_data", "zero_divisor"]
    return words_of(locale).gettext(label)


def missing_words(remarks: Collection[Remark], state: BlockState) -> tuple[str, str]:
    """Return the short words in place of a missing figure, and the sentence, both before they are translated.

    A quotient by zero does not lack data, a sum of accounts not those of all, and what may not be added up was read.

    Args:
        remarks: The remarks on the figure.
        state: Of its block, or why it is missing.
    """
    remark = _in_place(remarks, state)
    return _IN_PLACE[state, remark] if remark else STATE_WORDS.get(state, STATE_WORDS["no_data"])


def _in_place(remarks: Collection[Remark], state: BlockState) -> Remark | None:
    """Return the remark whose words stand in place of a figure that is not there; None of another figure."""
    return next((remark for of_state, remark in _IN_PLACE if state == of_state and remark in remarks), None)


def _told_state(block: Block) -> BlockState | None:
    """Return the state under which a block is listed; None of a quotient by zero and of rows of which none is left."""
    remark = _in_place(block.remarks, block.state)
    return None if remark in {"zero_divisor", "none_met"} else "partial" if remark else block.state


def labels_in_states(report: Report, states: frozenset[BlockState]) -> tuple[str, ...]:
    """Return the labels of the blocks in some states, each once, in the order of the report."""
    found = (block for block in report.blocks if _told_state(block) in states)
    return tuple(dict.fromkeys(block_title(block, report.locale) for block in found))


def remark_words(block: Block, locale: str) -> tuple[str, ...]:
    """Return the remarks on a block's figures as sentences, and for how many of its days there are none."""
    remarks = remark_sentences(block.remarks, block.state, locale)
    lines = [line for chart in block.charts for line in coverage_lines(chart, locale)]
    for table in block.tables:
        if table.left_out:
            own = sum(found != "baseline" for found in table.presence)
            lines.append(no_figures(table.left_out, own, "day", locale))
        if table.without:
            sentence = words_of(locale).gettext("Without %(names)s: could not be read this time.")
            names = listed_text(table.without, locale)
            lines.append(sentence % {"names": isolated_text(names) if is_turned(locale) else names})
    return (*remarks, *lines)


def remark_sentences(remarks: Collection[Remark], state: BlockState, locale: str) -> tuple[str, ...]:
    """Return remarks as sentences, without that whose words stand in place of the figure."""
    said = [remark for remark in remarks if remark != _in_place(remarks, state)]
    return tuple(words_of(locale).gettext(REMARK_WORDS[remark]) for remark in said)


def baseline_words(missing: Missing | None, report: Report, part: Chart | Table) -> str:
    """Return why no values of a part are compared, `September 2026: not received`; empty where none was asked for."""
    if compared_days(report, part) is None or missing is None or missing == "not_requested":
        return ""
    return missing_of(compared_period(report, part), missing, report.locale)


def missing_of(period: str, missing: Missing, locale: str) -> str:
    """Return the name of a compared period and the reason why its value is missing."""
    return words_of(locale).gettext(_BASELINE_WORDS[missing]) % {"period": period}


def is_empty(section: Section) -> bool:
    """Return whether all figures of a section are missing: a line stands for them, not a page of dashes."""
    figures = [block for block in section.blocks if block.kind in _FIGURES]
    return bool(figures) and all(block.state in UNREAD or block.state == "no_data" for block in figures)


def missing_blocks(section: Section) -> tuple[Block, ...]:
    """Return the blocks that a line stands for, because all figures of their section are missing; else none."""
    shown = shown_blocks(section)
    return tuple(block for block in section.blocks if block not in shown)


def missing_sentences(section: Section, locale: str) -> tuple[str, ...]:
    """Return the reasons why figures of a section are missing, each once."""
    sentences = dict.fromkeys(
        missing_words(block.remarks, block.state)[1] for block in section.blocks if is_missing(block)
    )
    return tuple(map(words_of(locale).gettext, sentences))


def shown_blocks(section: Section) -> tuple[Block, ...]:
    """Return the blocks of a section that are shown: its prose alone where all figures are missing."""
    if not is_empty(section):
        return section.blocks
    return tuple(block for block in section.blocks if block.kind not in _FIGURES)
