"""The lines above and below a chart: its subtitle, and its annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.formatting import format_period
from reportgen.outputs.text.block_states import baseline_words
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.chart_labels import day_text
from reportgen.outputs.text.counts_and_shares import count_text
from reportgen.outputs.text.period_notes import compared_period

if TYPE_CHECKING:
    from reportgen.model import Block, Chart, Report


def annotation_lines(chart: Chart, locale: str) -> tuple[str, ...]:
    """Return the annotations of a chart's days, numbered as their marks in the drawing are."""
    return tuple(
        f"{count_text(number, locale)} \N{MIDDLE DOT} {day_text(annotation.day, locale)}: {annotation.text}"
        for number, annotation in enumerate(chart.annotations, 1)
    )


def subtitle(chart: Chart, block: Block, report: Report) -> str:
    """Return the subtitle of a chart: its series, unless the title names it, its period and the compared period."""
    _ = words_of(report.locale).gettext
    names = [series.label for series in chart.series if series.label.casefold() not in block.label.casefold()]
    is_named, is_compared = len(chart.series) == 1 and bool(names), any(series.baseline for series in chart.series)
    message = {
        (False, False): "%(period)s",
        (False, True): _("%(period)s, compared with %(baseline)s"),
        (True, False): _("%(series)s, %(period)s"),
        (True, True): _("%(series)s, %(period)s, compared with %(baseline)s"),
    }[is_named, is_compared and report.baseline is not None]
    text = message % {
        "series": "".join(names[:1]),
        "period": format_period(report.period, report.locale),
        "baseline": compared_period(report, chart),
    }
    return " \N{MIDDLE DOT} ".join(filter(None, (text, baseline_words(chart.baseline_missing, report, chart))))
