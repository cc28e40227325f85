"""The lines above and below a chart: its subtitle, and its annotations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reportgen.formatting import format_period, format_short_day, format_value
from reportgen.model import Unit
from reportgen.outputs.text.block_states import baseline_words
from reportgen.outputs.text.catalogues import words_of

if TYPE_CHECKING:
    from reportgen.model import Block, Chart, Report

_COUNT = Unit("count")


def annotation_lines(chart: Chart, locale: str) -> tuple[str, ...]:
    """Return what is said of a chart's days, numbered as the marks in the drawing are."""
    said = ((format_short_day(date.fromisoformat(one.day), locale), one.text) for one in chart.annotations)
    return tuple(
        f"{format_value(number, _COUNT, locale)} \N{MIDDLE DOT} {day}: {text}"
        for number, (day, text) in enumerate(said, 1)
    )


def subtitle(chart: Chart, block: Block, report: Report) -> str:
    """Say what a chart shows, where its title does not, of when, and what it is compared with."""
    _ = words_of(report.locale).gettext
    names = [series.label for series in chart.series if series.label.casefold() not in block.label.casefold()]
    is_named, is_compared = len(chart.series) == 1 and bool(names), any(series.baseline for series in chart.series)
    said = {
        (False, False): "%(period)s",
        (False, True): _("%(period)s, compared with %(baseline)s"),
        (True, False): _("%(series)s, %(period)s"),
        (True, True): _("%(series)s, %(period)s, compared with %(baseline)s"),
    }[is_named, is_compared and report.baseline is not None] % {
        "series": "".join(names[:1]),
        "period": format_period(report.period, report.locale),
        "baseline": format_period(report.baseline, report.locale) if report.baseline else "",
    }
    return " \N{MIDDLE DOT} ".join(filter(None, (said, baseline_words(chart.baseline_missing, report))))
