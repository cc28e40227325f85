"""The text of a value in a locale, and its Excel cell: the only package that makes either.

Both come from the same unit, so the page and the workbook cannot disagree. Symbols, patterns and
names are CLDR's, through Babel.
"""

from reportgen.formatting.cldr import NO_BREAK, babel_locale
from reportgen.formatting.dates import (
    format_bucket,
    format_dates,
    format_day,
    format_months,
    format_period,
    format_short_dates,
    format_short_day,
)
from reportgen.formatting.display_text import (
    MINUS,
    format_axis,
    format_briefly,
    format_change,
    format_names,
    format_progress,
    format_value,
    points_of,
    points_unit,
    points_word,
)
from reportgen.formatting.durations import SECONDS_IN
from reportgen.formatting.excel_formats import excel_format, excel_seconds, excel_share, excel_short_day, excel_value
from reportgen.formatting.telling_digits import judged_unit, limited_unit, telling_unit

__all__ = [
    "MINUS",
    "NO_BREAK",
    "SECONDS_IN",
    "babel_locale",
    "excel_format",
    "excel_seconds",
    "excel_share",
    "excel_short_day",
    "excel_value",
    "format_axis",
    "format_briefly",
    "format_bucket",
    "format_change",
    "format_dates",
    "format_day",
    "format_months",
    "format_names",
    "format_period",
    "format_progress",
    "format_short_dates",
    "format_short_day",
    "format_value",
    "judged_unit",
    "limited_unit",
    "points_of",
    "points_unit",
    "points_word",
    "telling_unit",
]
