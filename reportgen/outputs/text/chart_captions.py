"""The lines above and below a chart: its subtitle, and its annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.formatting import format_period
from reportgen.model import UNCOMPARED, form_of
from reportgen.outputs.text.alternative_texts import change_of_total
from reportgen.outputs.text.bidi import isolated_part
from reportgen.outputs.text.block_states import baseline_words
from reportgen.outputs.text.bucket_words import bucket_words
from reportgen.outputs.text.catalogues import named_text, words_of
from reportgen.outputs.text.chart_labels import day_text
from reportgen.outputs.text.counts_and_shares import count_text, shown_note
from reportgen.outputs.text.period_notes import compared_days, compared_period, days_of_part

if TYPE_CHECKING:
    from reportgen.model import Block, Chart, Report

_MOST_CHANGES = 2


def annotation_lines(chart: Chart, locale: str) -> tuple[str, ...]:
    """Return the annotations of a chart's days, numbered as their marks in the drawing are."""
    return tuple(
        f"{count_text(number, locale)} \N{MIDDLE DOT} "
        + named_text(day_text(annotation.day, locale), annotation.text, locale)
        for number, annotation in enumerate(chart.annotations, 1)
    )


def subtitle(chart: Chart, block: Block, report: Report) -> str:
    """Return the subtitle of a chart: its series, unless the title names it, its periods, and its buckets.

    Where the drawing leaves no room for the compared period, as a ring does, the subtitle says how the total changed.
    """
    _ = words_of(report.locale).gettext
    names = [series.label for series in chart.series if series.label.casefold() not in block.label.casefold()]
    is_drawn = form_of(chart) not in UNCOMPARED
    has_baseline = compared_days(report, chart) is not None
    changes = _changes(chart, report) if has_baseline and not is_drawn else ""
    is_named = len(chart.series) == 1 and bool(names) and not changes  # which name it
    is_compared = any(series.baseline for series in chart.series) and is_drawn and has_baseline
    message = {
        (False, False): "%(period)s",
        (False, True): _("%(period)s, compared with %(baseline)s"),
        (True, False): _("%(series)s, %(period)s"),
        (True, True): _("%(series)s, %(period)s, compared with %(baseline)s"),
    }[is_named, is_compared]
    parts = {
        "series": "".join(names[:1]),
        "period": format_period(days_of_part(report, chart), report.locale),
        "baseline": compared_period(report, chart),
    }
    text = message % {name: isolated_part(part, report.locale) for name, part in parts.items()}
    missing = baseline_words(chart.baseline_missing, report, chart)
    said = (
        shown_note(len(chart.labels), chart.of, report.locale),
        text,
        bucket_words(chart, report.locale),
        missing,
        changes,
    )
    return " \N{MIDDLE DOT} ".join(filter(None, said))


def _changes(chart: Chart, report: Report) -> str:
    """Return how the total of each series changed; empty where there are more series than are read at a glance."""
    if len(chart.series) > _MOST_CHANGES:
        return ""
    compared = compared_period(report, chart)
    sentences = (change_of_total(chart, series, report.locale, compared) for series in chart.series)
    return " ".join(filter(None, sentences))
