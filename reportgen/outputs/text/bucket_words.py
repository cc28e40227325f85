"""The words on the buckets of a chart by week or month: their unit, and which of them are incomplete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.outputs.text.catalogues import N_, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.model import Chart

_BY: Mapping[str, tuple[str, str, str, str]] = {
    "week": (
        N_("By week"),
        N_("By week, the first incomplete"),
        N_("By week, the last incomplete"),
        N_("By week, the first and the last incomplete"),
    ),
    "month": (
        N_("By month"),
        N_("By month, the first incomplete"),
        N_("By month, the last incomplete"),
        N_("By month, the first and the last incomplete"),
    ),
}
"""Unit of buckets -> the words on them: all whole, the first cut, the last cut, both."""


def bucket_words(chart: Chart, locale: str) -> str:
    """Return the unit of a chart by week or month, and which of them are incomplete; empty for other charts."""
    words = _BY.get(chart.bucket) if chart.label_type == "date" else None
    if not words:
        return ""
    ends = {at > 0 for at in chart.cut}
    return words_of(locale).gettext(words[(False in ends) + 2 * (True in ends)])
