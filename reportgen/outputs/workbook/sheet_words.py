"""Words and cells that several sheets of the workbook share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.formatting import format_period
from reportgen.outputs.text.block_states import missing_words
from reportgen.outputs.text.catalogues import N_, words_of
from reportgen.outputs.workbook.sheet_cells import text_cell

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from reportgen.model import BlockState, Remark, Report
    from reportgen.outputs.workbook.sheet_cells import CellStyle, SheetRow
    from reportgen.periods import Period

_WORDS: dict[BlockState, tuple[str, str]] = {
    "ok": (N_("OK"), ""),
    "partial": (N_("Partial"), N_("A part of it could not be read.")),
}


def state_words(remarks: Collection[Remark], state: BlockState) -> tuple[str, str]:
    """Return the short words for a state, and the sentence, both before they are translated.

    Args:
        remarks: The remarks on the figure.
        state: Of its block, or why it is missing.
    """
    return _WORDS.get(state) or missing_words(remarks, state)


def headings(*texts: str, style: CellStyle = "heading") -> SheetRow:
    """Return the cells of a heading."""
    return tuple(text_cell(text, style) for text in texts)


def periods_of(report: Report) -> Iterator[tuple[str, Period]]:
    """Yield the period and the compared periods with what they are called."""
    _ = words_of(report.locale).gettext
    yield _("Period"), report.period
    for baseline in report.baselines:
        yield _("Compared with"), baseline


def period_name(period: Period, locale: str) -> str:
    """Return the text of a period, and whether it is finished."""
    _ = words_of(locale).gettext
    name = format_period(period, locale)
    return name if period.complete else _("%(period)s (not finished)") % {"period": name}
