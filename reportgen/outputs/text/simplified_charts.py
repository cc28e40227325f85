"""Charts as they are drawn and described, where there is more in them than a reader can tell apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import by_week_or_month
from reportgen.outputs.text.other_series import with_other_series

if TYPE_CHECKING:
    from reportgen.model import Chart


def drawn_chart(chart: Chart, locale: str) -> Chart:
    """Return a chart as it is drawn: many days that add up by week or month, many series as five and "Other".

    Tables, files and the data behind a drawing keep the chart as it is.
    """
    return with_other_series(by_week_or_month(chart), locale)
