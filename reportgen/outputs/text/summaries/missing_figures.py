"""Rules of summaries about missing figures: failed queries, and days without a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.formatting import format_names
from reportgen.model import UNREAD
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.chart_labels import counted_buckets
from reportgen.outputs.text.counts_and_shares import count_text
from reportgen.outputs.text.headings import block_title
from reportgen.outputs.text.summaries.highest_day import bucket_in_words, chart_name
from reportgen.outputs.text.summaries.rule import PossibleSentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.model import Block, Chart, Series
    from reportgen.outputs.text.summaries.rule import SummaryFacts

_MOST_NAMED = 4


def unread(facts: SummaryFacts) -> Iterator[PossibleSentence]:
    """Yield a sentence on the figures that could not be read."""
    names = [facts.number_name(reading) for reading in facts.readings if reading.missing in UNREAD]
    names += [facts.name(block_title(block, facts.locale)) for block in facts.blocks if block.state in UNREAD]
    names = list(dict.fromkeys(names))
    catalogue = words_of(facts.locale)
    message = catalogue.ngettext(
        "This figure could not be read: %(names)s.", "These figures could not be read: %(names)s.", len(names)
    )
    if len(names) > _MOST_NAMED:
        message = catalogue.gettext("Several figures could not be read, among them %(names)s.")
    if names:
        yield PossibleSentence(76, (message,), {"names": format_names(names[:_MOST_NAMED], facts.locale)})


def missing_days(facts: SummaryFacts) -> Iterator[PossibleSentence]:
    """Yield a sentence on the days without a figure of each series; none where all days lack it."""
    for block in facts.complete_blocks:
        for chart in block.charts:
            for series in chart.series if chart.label_type == "date" else ():
                days = [label for label, value in zip(chart.labels, series.values, strict=True) if value is None]
                if 0 < len(days) < len(chart.labels):
                    yield _gap(block, chart, series, days, facts)


def _gap(block: Block, chart: Chart, series: Series, days: Sequence[str], facts: SummaryFacts) -> PossibleSentence:
    """Return the sentence on the days, or other buckets of time, of which a series has no figure."""
    catalogue = words_of(facts.locale)
    message = catalogue.ngettext(
        "%(chart)s: this day has no figure: %(days)s.", "%(chart)s: these days have no figure: %(days)s.", len(days)
    )
    if len(days) > _MOST_NAMED:
        message = catalogue.gettext("%(chart)s: several days have no figure, the first of them %(day)s.")
    values = {
        "chart": chart_name(block, series, facts),
        "day": bucket_in_words(chart, days[0], facts),
        "days": format_names([bucket_in_words(chart, day, facts) for day in days[:_MOST_NAMED]], facts.locale),
    }
    if chart.bucket != "day":
        return PossibleSentence(46, (_other_gap(chart, days, facts),), values)
    return PossibleSentence(46, (message,), values)


def _other_gap(chart: Chart, labels: Sequence[str], facts: SummaryFacts) -> str:
    """Return the message on weeks, months and other buckets of time without a figure."""
    words, num = words_of(facts.locale), count_text(len(labels), facts.locale)
    counts = {"num": num, "of": counted_buckets(chart.bucket, len(chart.labels), facts.locale)}
    return words.gettext("%(name)s: no figures for %(num)s of %(of)s.") % {"name": "%(chart)s", **counts}
