"""The rule of summaries about charts of days, weeks and other buckets of time: the highest of them."""

from __future__ import annotations

from decimal import Decimal
from statistics import median_low
from typing import TYPE_CHECKING

from reportgen.model import RATES
from reportgen.outputs.text.bidi import isolated
from reportgen.outputs.text.catalogues import N_, words_of
from reportgen.outputs.text.chart_labels import label_text
from reportgen.outputs.text.chart_totals import has_all_compared
from reportgen.outputs.text.period_notes import compared_days, compared_period
from reportgen.outputs.text.summaries.rule import PossibleSentence, is_tiny

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.model import Block, Chart, Number, Series
    from reportgen.outputs.text.summaries.rule import SummaryFacts
    from reportgen.periods import BucketUnit

_FEWEST = 7  # days of a chart with a highest day worth a sentence
_STANDS_OUT = Decimal("1.25")  # times the middle day
_FAR = Decimal(3)

_HIGHEST: dict[BucketUnit, tuple[str, str, str]] = {
    "hour": (
        N_("%(chart)s: the highest hour was %(day)s, with %(value)s."),
        N_("%(chart)s: the highest hour was %(day)s, with %(value)s, above every hour of %(baseline)s."),
        N_("%(chart)s: no hour was higher than %(day)s, with %(value)s."),
    ),
    "day": (
        N_("%(chart)s: the highest day was %(day)s, with %(value)s."),
        N_("%(chart)s: the highest day was %(day)s, with %(value)s, above every day of %(baseline)s."),
        N_("%(chart)s: no day was higher than %(day)s, with %(value)s."),
    ),
    "week": (
        N_("%(chart)s: the highest week was %(day)s, with %(value)s."),
        N_("%(chart)s: the highest week was %(day)s, with %(value)s, above every week of %(baseline)s."),
        N_("%(chart)s: no week was higher than %(day)s, with %(value)s."),
    ),
    "month": (
        N_("%(chart)s: the highest month was %(day)s, with %(value)s."),
        N_("%(chart)s: the highest month was %(day)s, with %(value)s, above every month of %(baseline)s."),
        N_("%(chart)s: no month was higher than %(day)s, with %(value)s."),
    ),
    "quarter": (
        N_("%(chart)s: the highest quarter was %(day)s, with %(value)s."),
        N_("%(chart)s: the highest quarter was %(day)s, with %(value)s, above every quarter of %(baseline)s."),
        N_("%(chart)s: no quarter was higher than %(day)s, with %(value)s."),
    ),
    "year": (
        N_("%(chart)s: the highest year was %(day)s, with %(value)s."),
        N_("%(chart)s: the highest year was %(day)s, with %(value)s, above every year of %(baseline)s."),
        N_("%(chart)s: no year was higher than %(day)s, with %(value)s."),
    ),
}
"""Unit of time -> the sentence on its highest, on one above all compared, and the same as the first in other words."""


def peaks(facts: SummaryFacts) -> Iterator[PossibleSentence]:
    """Yield a sentence on the highest day of each chart, and whether it was above all of the compared days.

    None where a day is missing, which could be the highest; where two days are equal; where it hardly stands
    out; and of rates, whose days cannot be weighed against one another.
    """
    for block in facts.complete_blocks:
        if found := list(_peaks_of(block, facts)):
            yield max(found, key=lambda sentence: sentence.weight)


def _peaks_of(block: Block, facts: SummaryFacts) -> Iterator[PossibleSentence]:
    for chart in block.charts:
        for series in chart.series:
            peak = highest_day(chart, series)
            if peak is not None:
                yield _peak(block, series, (chart.labels[peak], series.values[peak] or 0), facts)


def highest_day(chart: Chart, series: Series) -> int | None:
    """Return the index of the highest day of a series; None where none stands out, one lacks a figure or it is cut."""
    values = [value for value in series.values if value is not None]
    is_whole = len(values) == len(chart.labels) and not chart.gapped
    if chart.label_type != "date" or not is_whole or len(values) < _FEWEST or series.unit.name in RATES:
        return None
    top = max(values)
    if top <= 0 or is_tiny(top, series.unit) or values.count(top) > 1 or values.index(top) in chart.cut:
        return None
    return values.index(top) if _standing_out(values) >= _STANDS_OUT else None


def _standing_out(values: Sequence[Number]) -> Decimal:
    """Return the ratio of the highest value to the middle value, at most three."""
    top, middle = (Decimal(repr(value)) for value in (max(values), median_low(values)))
    return min(top / middle, _FAR) if middle > 0 else _FAR


def _peak(block: Block, series: Series, peak: tuple[str, float], facts: SummaryFacts) -> PossibleSentence:
    _, (day, top) = words_of(facts.locale).gettext, peak
    record = bool(compared_days(facts.report, block.charts[0])) and _is_above_all(top, block.charts[0], series)
    plain, above, other = map(_, _HIGHEST[block.charts[0].bucket])
    message = above if record else plain
    values = {
        "chart": chart_name(block, series, facts),
        "day": bucket_in_words(block.charts[0], day, facts),
        "value": facts.figure(top, series.unit),
        "baseline": compared_period(facts.report, block.charts[0]),
    }
    standing_out = _standing_out([value for value in series.values if value is not None])
    return PossibleSentence((48 if record else 40) + 2 * float(standing_out), (message, other), values, compared=record)


def _is_above_all(top: Number, chart: Chart, series: Series) -> bool:
    """Return whether a value is above those of all compared buckets, each of which is known."""
    before = [value for value in series.baseline if value is not None]
    compared = [label for label in chart.baseline_labels if label] or before
    return has_all_compared(chart) and len(before) == len(compared) >= _FEWEST and top > max(before)


def chart_name(block: Block, series: Series, facts: SummaryFacts) -> str:
    """Return the name of a chart, with the name of the series where it has several."""
    several = len(block.charts[0].series) > 1
    title = block.label or series.label
    return facts.name(f"{title} ({series.label})" if several and block.label else title)


def bucket_in_words(chart: Chart, label: str, facts: SummaryFacts) -> str:
    """Return the day or other bucket of a label for a sentence, `October 9` or `week 40`."""
    return isolated(label_text(chart, label, facts.locale, spelled=True), facts.locale)
