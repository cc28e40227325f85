"""The rule of summaries about charts of days: their highest day."""

from __future__ import annotations

from decimal import Decimal
from statistics import median_low
from typing import TYPE_CHECKING

from reportgen.model import RATES
from reportgen.outputs.text.bidi import isolated
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.chart_labels import day_text
from reportgen.outputs.text.period_notes import compared_period
from reportgen.outputs.text.summaries.rule import PossibleSentence, is_tiny

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.model import Block, Chart, Number, Series
    from reportgen.outputs.text.summaries.rule import SummaryFacts

_FEWEST = 7  # days of a chart with a highest day worth a sentence
_STANDS_OUT = Decimal("1.25")  # times the middle day
_FAR = Decimal(3)


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
    """Return the index of the highest day of a series; None where no day stands out, or a day is missing."""
    values = [value for value in series.values if value is not None]
    if chart.label_type != "date" or len(values) < max(_FEWEST, len(chart.labels)) or series.unit.name in RATES:
        return None
    top = max(values)
    if top <= 0 or is_tiny(top, series.unit) or values.count(top) > 1:
        return None
    return values.index(top) if _standing_out(values) >= _STANDS_OUT else None


def _standing_out(values: Sequence[Number]) -> Decimal:
    """Return the ratio of the highest value to the middle value, at most three."""
    top, middle = (Decimal(repr(value)) for value in (max(values), median_low(values)))
    return min(top / middle, _FAR) if middle > 0 else _FAR


def _peak(block: Block, series: Series, peak: tuple[str, float], facts: SummaryFacts) -> PossibleSentence:
    _, (day, top) = words_of(facts.locale).gettext, peak
    before = [value for value in series.baseline if value is not None]
    record = bool(facts.report.baseline and len(before) >= _FEWEST and top > max(before))
    message = _("%(chart)s: the highest day was %(day)s, with %(value)s.")
    if record:
        message = _("%(chart)s: the highest day was %(day)s, with %(value)s, above every day of %(baseline)s.")
    other = _("%(chart)s: no day was higher than %(day)s, with %(value)s.")
    values = {
        "chart": chart_name(block, series, facts),
        "day": day_in_words(day, facts),
        "value": facts.figure(top, series.unit),
        "baseline": compared_period(facts.report),
    }
    standing_out = _standing_out([value for value in series.values if value is not None])
    return PossibleSentence((48 if record else 40) + 2 * float(standing_out), (message, other), values, compared=record)


def chart_name(block: Block, series: Series, facts: SummaryFacts) -> str:
    """Return the name of a chart, with the name of the series where it has several."""
    several = len(block.charts[0].series) > 1
    title = block.label or series.label
    return facts.name(f"{title} ({series.label})" if several and block.label else title)


def day_in_words(label: str, facts: SummaryFacts) -> str:
    """Return the day of a label for a sentence, `October 9`."""
    return isolated(day_text(label, facts.locale, spelled=True), facts.locale)
