"""The labels of a chart: days, or words."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from reportgen.formatting import format_short_day

if TYPE_CHECKING:
    from reportgen.model import Chart


def days_of(chart: Chart) -> list[date] | None:
    """Return the labels as days; None where they are no rising row of days."""
    if chart.label_type != "date":
        return None
    try:
        days = [date.fromisoformat(label[:10]) for label in chart.labels]
    except ValueError:
        return None
    return days if all(day < after for day, after in pairwise(days)) else None


def day_text(label: str, locale: str, *, spelled: bool = False) -> str:
    """Return the day of an ISO label without its year, `Oct 9`, or with its month spelled out, `October 9`."""
    return format_short_day(date.fromisoformat(label[:10]), locale, spelled=spelled)
