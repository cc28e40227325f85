"""The words on the buckets of a chart by week or month: their unit, and which of them are incomplete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.outputs.text.catalogues import N_, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.model import Chart

_BY: Mapping[str, tuple[str, str, str, str, str]] = {
    "week": (
        N_("By week"),
        N_("By week, the first incomplete"),
        N_("By week, the last incomplete"),
        N_("By week, the first and the last incomplete"),
        N_("By week, some incomplete"),
    ),
    "month": (
        N_("By month"),
        N_("By month, the first incomplete"),
        N_("By month, the last incomplete"),
        N_("By month, the first and the last incomplete"),
        N_("By month, some incomplete"),
    ),
    "quarter": (
        N_("By quarter"),
        N_("By quarter, the first incomplete"),
        N_("By quarter, the last incomplete"),
        N_("By quarter, the first and the last incomplete"),
        N_("By quarter, some incomplete"),
    ),
    "year": (
        N_("By year"),
        N_("By year, the first incomplete"),
        N_("By year, the last incomplete"),
        N_("By year, the first and the last incomplete"),
        N_("By year, some incomplete"),
    ),
}
"""Unit of buckets -> the words on them: all whole, the first cut, the last cut, both, and others too."""


def bucket_words(chart: Chart, locale: str) -> str:
    """Return the unit of a chart by week, month, quarter or year, and which are incomplete; empty for other charts."""
    words = _BY.get(chart.bucket) if chart.label_type == "date" else None
    if not words:
        return ""
    last = len(chart.labels) - 1
    if any(0 < at < last for at in chart.cut):
        return words_of(locale).gettext(words[4])
    return words_of(locale).gettext(words[(0 in chart.cut) + 2 * (last in chart.cut and last > 0)])
