"""The figures that a chart prints beside its values, in its drawing or in sentences: totals, shares and changes."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from reportgen.formatting import format_change, format_value
from reportgen.model import RATES, ROUND_KINDS, Unit, change_of, exact, form_of, number_of, steps_of, sum_of
from reportgen.outputs.text.chart_totals import series_totals, stack_total, whole_points
from reportgen.outputs.text.chart_values import brief_texts, tick_text, value_text, value_texts
from reportgen.outputs.text.counts_and_shares import share_of, share_text
from reportgen.outputs.text.pie_parts import parts_of
from reportgen.outputs.text.simplified_charts import drawn_chart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.model import Change, Chart, Number, Series

_SHARE = Unit("percent")


class ChartFigure(NamedTuple):
    """A figure that is made from values of a chart.

    Attributes:
        role: The kind of figure.
        place: The name of the series, and of the part or the stack in it; of a funnel the two steps.
        field: The API's name of the metric.
        unit: Of the value.
        value: In the scale of the chart's values; of a change, the number that the text is made from.
        text: As it is printed.
        window: The period it is of; of a change, the current period.
    """

    role: Literal["total", "share", "change"]
    place: str
    field: str
    unit: Unit
    value: Number
    text: str
    window: Literal["current", "baseline"] = "current"


def chart_figures(chart: Chart, locale: str) -> Iterator[ChartFigure]:
    """Yield the figures that a chart prints beside its values, as it is and as it is drawn, each once."""
    drawn, made = drawn_chart(chart, locale), list(_beside_values(chart, locale))
    if drawn is not chart:
        made += [*_added_up(chart, drawn, locale), *_beside_values(drawn, locale)]
    yield from dict.fromkeys(made)


def _added_up(chart: Chart, drawn: Chart, locale: str) -> Iterator[ChartFigure]:
    """Yield the values of a drawn chart that the chart itself does not have: of weeks, months and "Other"."""
    windows: tuple[Literal["current", "baseline"], ...] = ("current", "baseline")
    current = _spans(drawn.labels, chart.labels) if drawn.bucket != chart.bucket else drawn.labels
    before = drawn.baseline_labels or drawn.labels
    if drawn.bucket != chart.bucket and all(drawn.baseline_labels):
        before = _spans(drawn.baseline_labels, chart.baseline_labels)
    for series in (each for each in drawn.series if each not in chart.series):
        labelled = ((current, series.values), (before, series.baseline))
        for window, (labels, values) in zip(windows, labelled, strict=True):
            for label, value in zip(labels, values, strict=False):
                if value is not None:
                    text, place = value_text(value, series.unit, locale), _place(series, label)
                    yield ChartFigure("total", place, series.field, series.unit, value, text, window)


def _spans(labels: Sequence[str], days: Sequence[str]) -> tuple[str, ...]:
    """Return the first and the last day of each week or month of a chart, `2026-10-01 - 2026-10-31`, with a dash."""
    if not labels:
        return ()
    ends = [date.fromisoformat(label) - timedelta(days=1) for label in labels[1:]]
    last = max(day for day in days if day)
    return tuple(f"{label} \N{EN DASH} {end}" for label, end in zip(labels, [*map(str, ends), last], strict=True))


def _beside_values(chart: Chart, locale: str) -> Iterator[ChartFigure]:
    form = form_of(chart)
    if form == "funnel":
        yield from _steps(chart, locale)
        return
    if form == "stacked":
        yield from _stacks(chart, locale)
    for series in chart.series:
        if form in ROUND_KINDS:
            yield from _ring(chart, series, locale)
        if totals := series_totals(chart, series):
            yield from _totals(series, *totals, locale)
        elif chart.label_type == "date" and not series.additive:
            points = whole_points(chart, series)
            yield from _change(
                series, change_of(points[-1][0], points[0][0], series.unit, "neutral") if points else None, locale
            )


def printed_change(change: Change, unit: Unit, locale: str) -> tuple[Number, Unit, str]:
    """Return the number that a change is printed as, its unit and its text: a share, or an amount or points."""
    text = format_change(change, unit, locale)
    if change.printed_share is not None and unit.name not in RATES:
        return change.printed_share, _SHARE, text
    return change.absolute, unit, text


def _ring(chart: Chart, series: Series, locale: str) -> Iterator[ChartFigure]:
    """Yield the total of a ring briefly, in full where sentences do not say it, and each share."""
    whole = sum_of(series.values)
    total = number_of(whole)
    texts = {write(total, series.unit, locale): None for write in (tick_text, value_text)}
    if series_totals(chart, series):
        texts.pop(value_text(total, series.unit, locale), None)
    yield from (ChartFigure("total", series.label, series.field, series.unit, total, text) for text in texts)
    shares = [
        (label, exact(value)) for label, value in zip(chart.labels, series.values, strict=False) if value is not None
    ]
    for part in parts_of(series, chart.labels, locale):
        if part.is_rest:
            amount, place = number_of(part.amount), _place(series, part.label)
            text = value_text(amount, series.unit, locale)
            yield ChartFigure("total", place, series.field, series.unit, amount, text)
            shares.append((part.label, part.amount))
    for label, amount_of in shares:
        share = float(amount_of / whole)
        yield ChartFigure("share", _place(series, label), series.field, _SHARE, share, share_text(share, locale))


def _stacks(chart: Chart, locale: str) -> Iterator[ChartFigure]:
    """Yield the total of each stack, in full and briefly."""
    first = chart.series[0]
    stacks = (
        (label, stack_total([series.values[at] for series in chart.series])) for at, label in enumerate(chart.labels)
    )
    known = [(_place(first, label), number_of(total)) for label, total in stacks if total is not None]
    totals = [total for _, total in known]
    written = [write(totals, first.unit, locale) for write in (value_texts, brief_texts)]
    for (place, total), *texts in zip(known, *written, strict=True):
        for text in dict.fromkeys(texts):
            yield ChartFigure("total", place, first.field, first.unit, total, text)


def _totals(series: Series, total: Number, before: Number | None, locale: str) -> Iterator[ChartFigure]:
    """Yield the total of a series that adds up, of both periods, and its change."""
    text = value_text(total, series.unit, locale)
    yield ChartFigure("total", series.label, series.field, series.unit, total, text)
    if before is not None:
        text = value_text(before, series.unit, locale)
        yield ChartFigure("total", series.label, series.field, series.unit, before, text, "baseline")
        yield from _change(series, change_of(total, before, series.unit, "neutral"), locale)


def _change(series: Series, change: Change | None, locale: str) -> Iterator[ChartFigure]:
    if change:
        value, unit, text = printed_change(change, series.unit, locale)
        yield ChartFigure("change", series.label, series.field, unit, value, text)


def _steps(chart: Chart, locale: str) -> Iterator[ChartFigure]:
    """Yield the share of each step of a funnel in the step before, and of the last in the first."""
    steps = [(label, value) for label, value, _ in steps_of(chart.series, chart.labels) if value is not None]
    pairs = [*pairwise(steps), (steps[0], steps[-1])]
    for (first, whole), (label, part) in dict.fromkeys(pair for pair in pairs if pair[0][1]):
        share, place = share_of(part, [whole]), f"{first} \N{RIGHTWARDS ARROW} {label}"
        yield ChartFigure("share", place, chart.series[0].field, _SHARE, share, format_value(share, _SHARE, locale))


def _place(series: Series, label: str) -> str:
    return f"{series.label} \N{MIDDLE DOT} {label}" if series.label else label
