"""The rule about charts of days: the highest one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from statistics import median_low
from typing import TYPE_CHECKING

from reportgen.formatting import format_period, format_short_day, format_value
from reportgen.model import RATES
from reportgen.outputs.text.bidi import isolated
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.summaries.rule import PossibleSentence, is_tiny, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.model import Block, Chart, Number, Series
    from reportgen.outputs.text.summaries.rule import SummaryFacts

_FEWEST = 7  # days that have a highest one worth naming
_STANDS_OUT = Decimal("1.25")  # times the middle day
_FAR = Decimal(3)


def peaks(told: SummaryFacts) -> Iterator[PossibleSentence]:
    """Say which day was highest, and whether it was above all of the compared days.

    Silent where a day is missing, which could be the highest; where two days are; where it hardly stands
    out; and of rates, of which nobody knows what each day's was made from.
    """
    _ = words_of(told.locale).gettext
    found = [(saying, block) for block in told.sound for saying in _peaks_of(block, told)]
    for block in dict.fromkeys(block.name for _saying, block in found):
        yield max((saying for saying, of in found if of.name == block), key=lambda saying: saying.weight)


def _peaks_of(block: Block, told: SummaryFacts) -> Iterator[PossibleSentence]:
    for chart in block.charts:
        for series in chart.series:
            peak = highest_day(chart, series)
            if peak is not None:
                yield _peak(block, series, (chart.labels[peak], series.values[peak] or 0), told)


def highest_day(chart: Chart, series: Series) -> int | None:
    """Return the place of the one highest day of a series; None where none stands out, or one is missing."""
    values = [value for value in series.values if value is not None]
    if chart.label_type != "date" or len(values) < max(_FEWEST, len(chart.labels)) or series.unit.name in RATES:
        return None
    top = max(values)
    if top <= 0 or is_tiny(top, series.unit) or values.count(top) > 1:
        return None
    return values.index(top) if _standing_out(values) >= _STANDS_OUT else None


def _standing_out(values: Sequence[Number]) -> Decimal:
    """Return how many times the middle value the highest one is, at most three."""
    top, middle = (Decimal(repr(value)) for value in (max(values), median_low(values)))
    return min(top / middle, _FAR) if middle > 0 else _FAR


def _peak(block: Block, series: Series, peak: tuple[str, float], told: SummaryFacts) -> PossibleSentence:
    _, (day, top) = words_of(told.locale).gettext, peak
    other = _("%(chart)s: no day was higher than %(day)s, with %(value)s.")
    before = [value for value in series.baseline if value is not None]
    record = bool(told.report.baseline and len(before) >= _FEWEST and top > max(before))
    said = _("%(chart)s: the highest day was %(day)s, with %(value)s.")
    if record:
        said = _("%(chart)s: the highest day was %(day)s, with %(value)s, above every day of %(baseline)s.")
    values = {
        "chart": chart_name(block, series, told),
        "day": day_in_words(day, told),
        "value": isolated(format_value(top, series.unit, told.locale), told.locale),
        "baseline": format_period(told.report.baseline, told.locale) if told.report.baseline else "",
    }
    standing_out = _standing_out([value for value in series.values if value is not None])
    return PossibleSentence((48 if record else 40) + 2 * float(standing_out), (said, other), values, compared=record)


def chart_name(block: Block, series: Series, told: SummaryFacts) -> str:
    """Name a chart, and the one of several series that is meant."""
    several = len(block.charts[0].series) > 1
    title = block.label or series.label
    return name_of(f"{title} ({series.label})" if several and block.label else title, told.locale)


def day_in_words(label: str, told: SummaryFacts) -> str:
    """Write the day of a label for a sentence, `October 9`."""
    return isolated(format_short_day(date.fromisoformat(label[:10]), told.locale, spelled=True), told.locale)
