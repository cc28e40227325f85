"""Alternative texts: what a chart shows in a few sentences, made from its data, for a reader who cannot see it.

They describe the drawing and give no reasons. Every number is a value of the chart, a total of what adds up,
or a share or a change between two of these, written as everywhere in the report.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.formatting import format_names, format_value
from reportgen.model import ROUND_KINDS, Unit, change_of, form_of, steps_of
from reportgen.outputs.text.bidi import isolated
from reportgen.outputs.text.block_states import STATE_WORDS
from reportgen.outputs.text.bucket_words import bucket_words
from reportgen.outputs.text.catalogues import N_, filled, words_of
from reportgen.outputs.text.chart_labels import counted_buckets, label_in_words, label_text, undefined_line
from reportgen.outputs.text.chart_totals import series_totals, whole_points
from reportgen.outputs.text.chart_values import value_text
from reportgen.outputs.text.counts_and_shares import count_text, share_of, share_text
from reportgen.outputs.text.number_cards import move
from reportgen.outputs.text.summaries.rule import name_of, unsigned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reportgen.model import Chart, ChartKind, Number, Series, Standing

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
_VALUE = N_("%(series)s: %(value)s.")
_NO_FIGURE = N_("%(name)s: no figure for %(labels)s.")
_RATE = Unit("percent")  # as the funnel prints the share that continues
_NO_DATA, _NOTHING = STATE_WORDS["no_data"]
_MOST_SERIES, _MOST_NAMED = 4, 4
_MET: frozenset[Standing | None] = frozenset({"reached", "within"})
_UNMET: frozenset[Standing | None] = frozenset({"missed", "over"})


@dataclass(frozen=True, slots=True)
class _SeriesWords:
    """The words of a series of a chart in a locale; `baseline` is the name of the compared period."""

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
    def whole(self) -> list[tuple[Number, str]]:
        """The values that are there, each with its label, but those of cut buckets where there are others."""
        return whole_points(self.chart, self.series)

    def sentence(self, message: str, **values: str) -> str:
        return filled(words_of(self.locale).gettext(message), {"name": self.name, "series": self.name, **values})

    def change(self, messages: tuple[str, str], now: Number, before: Number, **values: str) -> str:
        """Return a sentence on a change, by the first message where it is a fall; empty where it prints as zero."""
        change = change_of(now, before, self.series.unit, "neutral")
        moved = move(change, self.series.unit, self.locale) if change else None
        if change is None or moved is None or moved.tone == "level":
            return ""
        return self.sentence(messages[change.absolute > 0], change=isolated(unsigned(moved), self.locale), **values)

    def figure(self, value: Number) -> str:
        return isolated(value_text(value, self.series.unit, self.locale), self.locale)

    def label(self, label: str) -> str:
        if self.chart.label_type == "date":
            return isolated(label_text(self.chart, label, self.locale), self.locale)
        return name_of(label_in_words(self.chart, label, self.locale), self.locale)

    def at(self, point: tuple[Number, str]) -> str:
        """Return a value with its label, `12,340 (Oct 9)`; alone where the source sent no name."""
        figure, name = self.figure(point[0]), self.label(point[1])
        return f"{figure} ({name})" if name else figure


def alt_text(chart: Chart, label: str, locale: str, baseline: str = "", *, small: bool = False) -> str:
    """Return the alternative text of a chart.

    Args:
        chart: The chart to describe.
        label: Title of its block; may be empty.
        locale: Of the sentences.
        baseline: Name of the compared period; empty where nothing is compared.
        small: Whether each of many series has a small chart of its own, as on a page.
    """
    catalogue = words_of(locale)
    _ = catalogue.gettext
    kind, sentences = _(CHART_WORDS[form_of(chart)]), _sentences(chart, locale, baseline)
    if chart.kind == "sparkline":  # its card has the title
        return " ".join((_("%(kind)s.") % {"kind": kind}, *sentences))
    start = filled(_("%(kind)s: %(title)s.") if label else _("%(kind)s."), {"kind": kind, "title": label})
    count = catalogue.ngettext("%(num)s point.", "%(num)s points.", len(chart.labels))
    points = count % {"num": count_text(len(chart.labels), locale)}
    by = [_("%(kind)s.") % {"kind": words} for words in filter(None, (bucket_words(chart, locale),))]
    apart = [_("A small chart for each series.")] if small else []
    return " ".join((start, points, *by, *apart, *sentences))


def change_of_total(chart: Chart, series: Series, locale: str, baseline: str) -> str:
    """Return a sentence on the change of a series' total; empty where it does not add up, lacks a value or is level."""
    return _moved_total(_SeriesWords(chart, series, locale, baseline))


def _sentences(chart: Chart, locale: str, baseline: str) -> Iterator[str]:
    form, all_words = form_of(chart), [_SeriesWords(chart, series, locale, baseline) for series in chart.series]
    if form == "funnel":
        yield from _funnel(all_words[0])
        return
    if form == "heatmap" and len(chart.series) > 1:
        yield from _cells(all_words)
        return
    rules, _ = _rules(chart, form), words_of(locale).gettext
    for words in all_words[:_MOST_SERIES]:
        if words.known:
            yield from filter(None, (rule(words) for rule in rules))
        else:
            yield _undefined(words) or words.sentence(_VALUE, value=_(_NO_DATA))
    if (more := len(chart.series) - _MOST_SERIES) > 0:
        yield _("Further series: %(num)s.") % {"num": count_text(more, locale)}


def _rules(chart: Chart, form: ChartKind) -> tuple[Callable[[_SeriesWords], str], ...]:
    """Return the functions that make the sentences on each series of a chart."""
    if chart.kind == "sparkline":
        return _extremes, _gaps
    if form in ROUND_KINDS:
        return _total, _largest_part, _gaps
    if chart.label_type == "date":
        return _course, _extremes, _goals, _gaps, _undefined
    return _total, _extremes, _gaps


def _course(words: _SeriesWords) -> str:
    """Return the change of a total, or from the first value to the last where values do not add up."""
    if words.series.additive:
        return _total(words) or _only_value(words)
    first, last = words.whole[0], words.whole[-1]
    ends = {"first": words.at(first), "last": words.at(last)}
    print_alike = words.figure(first[0]) == words.figure(last[0])  # "rose from 3.5% to 3.5%" would contradict itself
    if not print_alike and (sentence := words.change(_COURSE, last[0], first[0], **ends)):
        return sentence
    return _only_value(words) or words.sentence(N_("%(series)s: first %(first)s, last %(last)s."), **ends)


def _only_value(words: _SeriesWords) -> str:
    """Return the value of a single point; empty where there are several."""
    return words.sentence(_VALUE, value=words.at(words.whole[0])) if len(words.whole) == 1 else ""


def _total(words: _SeriesWords) -> str:
    """Return the total of values that add up and its change; empty where a value is missing."""
    totals = series_totals(words.chart, words.series)
    if totals is None:
        return ""
    return _moved_total(words) or words.sentence(N_("%(name)s: %(value)s in all."), value=words.figure(totals[0]))


def _moved_total(words: _SeriesWords) -> str:
    """Return the change of a total; empty where there is none, or a value of either period is missing."""
    total, before = series_totals(words.chart, words.series) or (0, None)
    if not words.baseline or before is None:
        return ""
    return words.change(_AGAINST, total, before, value=words.figure(total), baseline=words.baseline)


def _goals(words: _SeriesWords) -> str:
    """Return how many of the values met their goals; empty where none has a goal that is decided."""
    met = [goal.standing in _MET for goal in words.series.goals if goal and goal.standing in _MET | _UNMET]
    if not met:
        return ""
    num, of = (count_text(count, words.locale) for count in (sum(met), len(met)))
    return words.sentence(N_("%(name)s: goal met in %(num)s of %(of)s."), num=num, of=of)


def _extremes(words: _SeriesWords) -> str:
    """Return the highest and the lowest value, the first of equals."""
    dated = words.chart.label_type == "date"
    highest = max(words.whole, key=lambda point: point[0])
    lowest = min(words.whole, key=lambda point: point[0])
    if highest[0] != lowest[0]:
        named = N_("%(name)s: highest %(highest)s, lowest %(lowest)s.")
        alone = len(words.chart.series) == 1 and dated
        message = N_("Highest %(highest)s, lowest %(lowest)s.") if alone else named
        return words.sentence(message, highest=words.at(highest), lowest=words.at(lowest))
    if dated:
        return ""
    if len(words.known) == 1:
        return words.sentence(_VALUE, value=words.at(highest))
    return words.sentence(N_("%(name)s: all the same, %(value)s."), value=words.figure(highest[0]))


def _largest_part(words: _SeriesWords) -> str:
    """Return the largest part of a whole, with its share; of several largest parts, the extremes alone."""
    largest, values = max(words.known, key=lambda point: point[0]), [value for value, _ in words.known]
    if values.count(largest[0]) > 1:
        return _extremes(words)
    share = share_text(share_of(largest[0], values), words.locale)
    message = N_("%(name)s: the largest part is %(value)s, a share of %(share)s.")
    return words.sentence(message, value=words.at(largest), share=share)


def _gaps(words: _SeriesWords) -> str:
    """Return which points have no figure."""
    pairs = enumerate(zip(words.chart.labels, words.series.values, strict=False))
    undefined = words.series.undefined
    missing = [words.label(label) for at, (label, value) in pairs if value is None and at not in undefined]
    if len(missing) <= _MOST_NAMED:
        return words.sentence(_NO_FIGURE, labels=format_names(missing, words.locale)) if missing else ""
    num, count = count_text(len(missing), words.locale), len(words.chart.labels)
    if words.chart.label_type == "date":
        of = counted_buckets(words.chart.bucket, count, words.locale)
        message = N_("%(name)s: no figures for %(num)s of %(of)s, the first of them %(label)s.")
    else:
        of = count_text(count, words.locale)
        message = N_("%(name)s: no figure for %(num)s of %(of)s points, the first of them %(label)s.")
    return words.sentence(message, num=num, of=of, label=missing[0])


def _undefined(words: _SeriesWords) -> str:
    return undefined_line(words.chart, words.series, words.locale)


def _funnel(words: _SeriesWords) -> Iterator[str]:
    """Yield the share of the first step that gets to the last, and the steps without a figure."""
    named = [words.label(label) for label in words.chart.labels]
    steps = steps_of(words.chart.series, named)
    if len(words.chart.series) > 1:  # each is a step
        steps = [(name_of(label, words.locale), value, before) for label, value, before in steps]
    known = [(value, label) for label, value, _ in steps if value is not None]
    first, last = (f"{words.figure(value)} ({label})" for value, label in (known[0], known[-1]))
    share = isolated(format_value(share_of(known[-1][0], [known[0][0]]), _RATE, words.locale), words.locale)
    message = N_("From %(first)s to %(last)s, which is %(share)s.")
    yield words.sentence(message, first=first, last=last, share=share)
    if missing := [label for label, value, _ in steps if value is None]:
        yield words.sentence(_NO_FIGURE, labels=format_names(missing[:_MOST_NAMED], words.locale))


def _cells(rows: Sequence[_SeriesWords]) -> Iterator[str]:
    """Yield the highest and the lowest cell of a grid, and the count of the cells without a figure."""
    locale, _ = rows[0].locale, words_of(rows[0].locale).gettext
    known = [(value, row, label) for row in rows for value, label in row.known]
    if not known:
        yield _(_NOTHING)
        return
    highest, lowest = (
        f"{row.figure(value)} ({row.name}, {row.label(label)})"
        for value, row, label in (choose(known, key=lambda cell: cell[0]) for choose in (max, min))
    )
    yield _("Highest %(highest)s, lowest %(lowest)s.") % {"highest": highest, "lowest": lowest}
    cells = len(rows) * len(rows[0].chart.labels)
    if missing := cells - len(known):
        num, of = (count_text(count, locale) for count in (missing, cells))
        yield _("No figure for %(num)s of %(of)s cells.") % {"num": num, "of": of}
