"""Alternative texts: what a chart shows in a few sentences, made from its data, for a reader who cannot see it.

They say what is drawn and nothing of why. Every number is a value of the chart, a total of what adds up,
or a share or a change between two of these, written as everywhere in the report.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from reportgen.formatting import format_names, format_short_day, format_value
from reportgen.model import Unit, change_of
from reportgen.outputs.text.bidi import isolated
from reportgen.outputs.text.block_states import STATE_WORDS
from reportgen.outputs.text.catalogues import N_, words_of
from reportgen.outputs.text.chart_forms import ROUND, form_of, steps_of
from reportgen.outputs.text.chart_values import number_of, value_text
from reportgen.outputs.text.number_cards import move
from reportgen.outputs.text.shares import share_of, share_text
from reportgen.outputs.text.summaries.rule import name_of, unsigned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reportgen.model import Chart, ChartKind, Number, Series

CHART_WORDS = {
    "line": N_("Line chart"),
    "bar": N_("Bar chart"),
    "area": N_("Area chart"),
    "horizontal_bar": N_("Bar chart"),
    "stacked": N_("Stacked bar chart"),
    "combo": N_("Bars over lines"),
    "pie": N_("Pie chart"),
    "donut": N_("Ring chart"),
    "heatmap": N_("Heat map"),
    "funnel": N_("Funnel"),
    "scatter": N_("Scatter plot"),
    "sparkline": N_("Small line chart"),
}
"""Kind of chart -> its name in alternative texts."""

_AGAINST = (
    N_("%(name)s fell by %(change)s, to %(value)s in all, compared with %(baseline)s."),
    N_("%(name)s rose by %(change)s, to %(value)s in all, compared with %(baseline)s."),
)
_COURSE = (
    N_("%(name)s fell by %(change)s, from %(first)s to %(last)s."),
    N_("%(name)s rose by %(change)s, from %(first)s to %(last)s."),
)
_COUNT, _RATE = Unit("count"), Unit("percent", decimals=1)  # as the funnel prints what continues
_NO_DATA, _NOTHING = STATE_WORDS["no_data"]
_MOST_SERIES, _MOST_NAMED = 4, 4


@dataclass(frozen=True, slots=True)
class _Told:
    """A series of a chart, the locale it is told in, and the name of the compared period."""

    chart: Chart
    series: Series
    locale: str
    baseline: str

    @property
    def name(self) -> str:
        return name_of(self.series.label, self.locale)

    @property
    def known(self) -> list[tuple[Number, str]]:
        """The values that are there, each with its label."""
        pairs = zip(self.series.values, self.chart.labels, strict=False)
        return [(value, label) for value, label in pairs if value is not None]

    @property
    def extremes(self) -> str:
        """How the highest and the lowest value are told: without a name where one line alone is there."""
        if len(self.chart.series) == 1 and self.chart.label_type == "date":
            return N_("Highest %(highest)s, lowest %(lowest)s.")
        return N_("%(name)s: highest %(highest)s, lowest %(lowest)s.")

    def say(self, message: str, **values: str) -> str:
        return words_of(self.locale).gettext(message) % {"name": self.name, **values}

    def figure(self, value: Number) -> str:
        return isolated(value_text(value, self.series.unit, self.locale), self.locale)

    def point(self, label: str) -> str:
        if self.chart.label_type == "date":
            return isolated(format_short_day(date.fromisoformat(label[:10]), self.locale), self.locale)
        return name_of(label, self.locale)

    def at(self, point: tuple[Number, str]) -> str:
        """Return a value and where it is, `12,340 (Oct 9)`."""
        return f"{self.figure(point[0])} ({self.point(point[1])})"


def alt_text(chart: Chart, label: str, locale: str, baseline: str = "") -> str:
    """Describe a chart in a few plain sentences.

    Args:
        chart: What is drawn.
        label: Title of its block; may be empty.
        locale: Of the sentences.
        baseline: Name of the compared period; empty where nothing is compared.
    """
    catalogue = words_of(locale)
    _ = catalogue.gettext
    kind = _(CHART_WORDS[form_of(chart)])
    if chart.kind == "sparkline":  # its card has the title
        return " ".join([_("%(kind)s.") % {"kind": kind}, *_sentences(chart, locale, baseline)])
    start = _("%(kind)s: %(title)s.") % {"kind": kind, "title": label} if label else _("%(kind)s.") % {"kind": kind}
    count = catalogue.ngettext("%(num)s point.", "%(num)s points.", len(chart.labels))
    count %= {"num": format_value(len(chart.labels), _COUNT, locale)}
    return " ".join((start, count, *_sentences(chart, locale, baseline)))


def _sentences(chart: Chart, locale: str, baseline: str) -> Iterator[str]:
    form = form_of(chart)
    if form == "funnel":
        yield from _passage(chart, _Told(chart, chart.series[0], locale, baseline))
        return
    if form == "heatmap" and len(chart.series) > 1:
        yield from _cells(chart, locale)
        return
    rules = _rules(chart, form)
    for series in chart.series[:_MOST_SERIES]:
        told = _Told(chart, series, locale, baseline)
        if told.known:
            yield from filter(None, (said(told) for said in rules))
        else:
            yield words_of(locale).gettext("%(series)s: %(value)s.") % {
                "series": told.name,
                "value": words_of(locale).gettext(_NO_DATA),
            }
    if (more := len(chart.series) - _MOST_SERIES) > 0:
        said = words_of(locale).gettext("Further series: %(num)s.")
        yield said % {"num": format_value(more, _COUNT, locale)}


def _rules(chart: Chart, form: ChartKind) -> tuple[Callable[[_Told], str], ...]:
    """Return what is said of each series of a chart."""
    if chart.kind == "sparkline":
        return _extremes, _gaps
    if form in ROUND:
        return _total, _largest_part, _gaps
    if chart.label_type == "date":
        return _course, _extremes, _gaps
    return _total, _extremes, _gaps


def _course(told: _Told) -> str:
    """Say how a total moved, or from where to where the values went where they do not add up."""
    if told.series.additive:
        return _total(told)
    first, last = told.known[0], told.known[-1]
    change = change_of(last[0], first[0], told.series.unit, "neutral")
    moved = move(change, told.series.unit, told.locale) if change else None
    if change and moved and moved.tone != "level":
        values = {"change": isolated(unsigned(moved), told.locale), "first": told.at(first), "last": told.at(last)}
        return told.say(_COURSE[change.absolute > 0], **values)
    if len(told.known) == 1:
        return told.say(N_("%(series)s: %(value)s."), series=told.name, value=told.at(first))
    return told.say(
        N_("%(series)s: first %(first)s, last %(last)s."), series=told.name, first=told.at(first), last=told.at(last)
    )


def _total(told: _Told) -> str:
    """Say what values that add up come to, and how far that moved; nothing where one is missing."""
    series, chart = told.series, told.chart
    if not series.additive or None in series.values or len(told.known) == 1:
        return ""
    total = _sum(told.known)
    before = [(value, label) for value, label in zip(series.baseline, chart.baseline_labels, strict=False) if label]
    change = None
    if told.baseline and before and all(value is not None for value, _ in before):
        compared = _sum([(value, label) for value, label in before if value is not None])
        change = change_of(total, compared, series.unit, "neutral")
    moved = move(change, series.unit, told.locale) if change else None
    if change and moved and moved.tone != "level":
        values = {"change": isolated(unsigned(moved), told.locale), "baseline": told.baseline}
        return told.say(_AGAINST[change.absolute > 0], value=told.figure(total), **values)
    return told.say(N_("%(name)s: %(value)s in all."), value=told.figure(total))


def _sum(known: Sequence[tuple[Number, str]]) -> Number:
    """Add as written, and not as floats are."""
    return number_of(sum((Decimal(repr(value)) for value, _ in known), Decimal(0)))


def _extremes(told: _Told) -> str:
    """Say the highest and the lowest value, the first of equals."""
    highest = max(told.known, key=lambda point: point[0])
    lowest = min(told.known, key=lambda point: point[0])
    if highest[0] != lowest[0]:
        return told.say(told.extremes, highest=told.at(highest), lowest=told.at(lowest))
    if len(told.known) == 1 and told.chart.label_type == "category":
        return told.say(N_("%(series)s: %(value)s."), series=told.name, value=told.at(highest))
    return (
        ""
        if told.chart.label_type == "date"
        else told.say(N_("%(name)s: all the same, %(value)s."), value=told.figure(highest[0]))
    )


def _largest_part(told: _Told) -> str:
    """Say which part of a whole is the largest, and its share."""
    largest = max(told.known, key=lambda point: point[0])
    share = share_text(share_of(largest[0], [value for value, _ in told.known]), told.locale)
    said = N_("%(name)s: the largest part is %(value)s, a share of %(share)s.")
    return told.say(said, value=told.at(largest), share=share)


def _gaps(told: _Told) -> str:
    """Say which points have no figure."""
    missing = [
        told.point(label) for label, value in zip(told.chart.labels, told.series.values, strict=False) if value is None
    ]
    if not missing:
        return ""
    if len(missing) <= _MOST_NAMED:
        return told.say(N_("%(name)s: no figure for %(labels)s."), labels=format_names(missing, told.locale))
    num, of = (format_value(count, _COUNT, told.locale) for count in (len(missing), len(told.chart.labels)))
    said = N_("%(name)s: no figure for %(num)s of %(of)s points, the first of them %(label)s.")
    return told.say(said, num=num, of=of, label=missing[0])


def _passage(chart: Chart, told: _Told) -> Iterator[str]:
    """Say how many get from the first step to the last, and which steps have no figure."""
    steps = steps_of(chart.series, chart.labels)
    known = [(value, name_of(label, told.locale)) for label, value, _ in steps if value is not None]
    first, last = known[0], known[-1]
    share = isolated(format_value(share_of(last[0], [first[0]]), _RATE, told.locale), told.locale)
    ends = {"first": f"{told.figure(first[0])} ({first[1]})", "last": f"{told.figure(last[0])} ({last[1]})"}
    yield told.say(N_("From %(first)s to %(last)s, which is %(share)s."), share=share, **ends)
    missing = [name_of(label, told.locale) for label, value, _ in steps if value is None]
    if missing:
        said = N_("%(name)s: no figure for %(labels)s.")
        yield told.say(said, labels=format_names(missing[:_MOST_NAMED], told.locale))


def _cells(chart: Chart, locale: str) -> Iterator[str]:
    """Say the highest and the lowest cell of a grid, and how many have no figure."""
    rows = [_Told(chart, series, locale, "") for series in chart.series]
    known = [(value, row, label) for row in rows for value, label in row.known]
    if not known:
        yield words_of(locale).gettext(_NOTHING)
        return
    places = []
    for value, row, label in (choose(known, key=lambda cell: cell[0]) for choose in (max, min)):
        places.append(f"{row.figure(value)} ({row.name}, {row.point(label)})")
    yield words_of(locale).gettext("Highest %(highest)s, lowest %(lowest)s.") % dict(
        zip(("highest", "lowest"), places, strict=True)
    )
    cells = len(rows) * len(chart.labels)
    if missing := cells - len(known):
        num, of = (format_value(count, _COUNT, locale) for count in (missing, cells))
        yield words_of(locale).gettext("No figure for %(num)s of %(of)s cells.") % {"num": num, "of": of}
