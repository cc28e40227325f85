"""Rules about what is not there: figures that could not be read, and days without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.formatting import format_names
from reportgen.model import UNREAD
from reportgen.outputs.text.catalogues import words_of
from reportgen.outputs.text.summaries.highest_day import chart_name, day_in_words
from reportgen.outputs.text.summaries.rule import PossibleSentence, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.model import Block, Series
    from reportgen.outputs.text.summaries.rule import SummaryFacts

_MOST_NAMED = 4


def unread(told: SummaryFacts) -> Iterator[PossibleSentence]:
    """Say what was asked for and could not be read."""
    labels = [one.label for one in told.readings if one.missing in UNREAD]
    labels += [block.label or block.name for block in told.blocks if block.state in UNREAD]
    names = [name_of(label, told.locale) for label in dict.fromkeys(labels)]
    catalogue = words_of(told.locale)
    said = catalogue.ngettext(
        "This figure could not be read: %(names)s.", "These figures could not be read: %(names)s.", len(names)
    )
    if len(names) > _MOST_NAMED:
        said = catalogue.gettext("Several figures could not be read, among them %(names)s.")
    if names:
        yield PossibleSentence(76, (said,), {"names": format_names(names[:_MOST_NAMED], told.locale)})


def missing_days(told: SummaryFacts) -> Iterator[PossibleSentence]:
    """Say which days of a chart have no figure; silent where the whole chart has none."""
    for block in told.sound:
        for chart in block.charts:
            for series in chart.series if chart.label_type == "date" else ():
                days = [label for label, value in zip(chart.labels, series.values, strict=True) if value is None]
                if 0 < len(days) < len(chart.labels):
                    yield _gap(block, series, days, told)


def _gap(block: Block, series: Series, days: Sequence[str], told: SummaryFacts) -> PossibleSentence:
    catalogue = words_of(told.locale)
    said = catalogue.ngettext(
        "%(chart)s: this day has no figure: %(days)s.", "%(chart)s: these days have no figure: %(days)s.", len(days)
    )
    if len(days) > _MOST_NAMED:
        said = catalogue.gettext("%(chart)s: several days have no figure, the first of them %(day)s.")
    values = {
        "chart": chart_name(block, series, told),
        "day": day_in_words(days[0], told),
        "days": format_names([day_in_words(day, told) for day in days], told.locale),
    }
    return PossibleSentence(46, (said,), values)
