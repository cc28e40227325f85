"""Charts with little room or much in them: each kind in columns of each width, long lines of time, and many series."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from reportgen.model import Annotation, Block, Chart, Section, Series, Unit
from reportgen.periods import Period
from tests.gallery.cases import COUNT, DAYS, KINDS, NETWORKS, RATE, SEPTEMBER, chart, gallery, wave

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.model import ChartKind, Number, Report

WIDTHS = (2, 4, 6, 3, 9, 12)
"""Columns of blocks, in the order in which they fill rows."""

_METRICS = ("Clicks", "Likes", "Shares", "Comments", "Saves", "Profile visits", "Follows", "Replies", "Taps", "Views")
_HOURS = tuple(f"{hour:02d}:00" for hour in range(24))


def in_long_words(data: Chart) -> Chart:
    """Return a chart with long names and with amounts of twelve digits and more."""
    labels = tuple(f"Remarketing catalogue autumn {at}" for at in range(len(data.labels)))

    def times(values: Sequence[Number | None]) -> tuple[Number | None, ...]:
        return tuple(None if value is None else 1_234_567 * value for value in values)

    series = tuple(
        replace(
            each,
            unit=Unit("currency", "IDR"),
            label=f"Conversions of all campaigns {at}",
            values=times(each.values),
            baseline=times(each.baseline),
        )
        for at, each in enumerate(data.series)
    )
    return replace(data, labels=data.labels if data.label_type == "date" else labels, series=series)


def long_line(count: int, kind: ChartKind, series: int = 1, *, additive: bool = True) -> Chart:
    """Return a chart of so many days of 2026, compared with those of 2025 where it is not stacked."""
    days, before = (tuple(f"{date(year, 1, 1) + timedelta(at)}" for at in range(count)) for year in (2026, 2025))
    unit = COUNT if additive else RATE
    made = tuple(
        Series(
            f"m{at}",
            _METRICS[at],
            unit,
            _rising(count, 900 - 90 * at, additive=additive),
            () if kind == "stacked" else _rising(count, 800 - 90 * at, additive=additive),
            additive=additive,
        )
        for at in range(series)
    )
    return Chart(kind, "date", days, made, baseline_labels=() if kind == "stacked" else before)


def _rising(count: int, size: int, *, additive: bool) -> tuple[Number, ...]:
    values = (value * (200 + at) // 300 for at, value in enumerate(wave(count, size)))
    return tuple(value if additive else value / 40_000 for value in values)


def many_series(count: int, kind: ChartKind, *, one_metric: bool = False, words: bool = False) -> Chart:
    """Return a compared chart of so many series, of one metric or of a metric each, over days or words."""
    labels = NETWORKS if words else DAYS
    series = tuple(
        Series(
            "m" if one_metric else f"m{at}",
            _METRICS[at % len(_METRICS)] + ("" if at < len(_METRICS) else " again"),
            COUNT,
            wave(len(labels), 5200 - 300 * at, 3 + at),
            () if kind == "stacked" else wave(len(labels), 4800 - 300 * at, 5 + at),
        )
        for at in range(count)
    )
    return Chart(kind, "category" if words else "date", labels, series, baseline_labels=labels if words else SEPTEMBER)


def crowded_charts() -> Report:
    """Return a report of charts with little room or much in them."""
    sections = [
        Section(
            f"{kind.replace('_', ' ').capitalize()} in columns",
            tuple(_block(f"{kind}-{columns}", in_long_words(chart(kind, "ok")), columns) for columns in WIDTHS),
        )
        for kind in KINDS
    ]
    sections += [
        Section("Long lines of time", tuple(_long_lines())),
        Section("Many series", tuple(_crowds())),
        Section("Hours and annotations", tuple(_hours())),
    ]
    days = Period(date(2026, 1, 1), date(2026, 12, 31), "year")
    before = Period(date(2025, 1, 1), date(2025, 12, 31), "year")
    return replace(
        gallery(), spec="gallery-charts", title="Charts", sections=tuple(sections), period=days, baselines=(before,)
    )


def _block(name: str, data: Chart, columns: int) -> Block:
    return Block(
        name=name,
        kind="chart",
        label=f"{name} columns".replace("-", ", ").replace("_", " ").capitalize(),
        width=columns,
        reference_key="x:y",
        source="sample",
        charts=(data,),
    )


def _long_lines() -> Iterator[Block]:
    kinds: tuple[ChartKind, ...] = ("line", "area", "bar", "combo", "stacked")
    for kind in kinds:
        series = {"combo": 2, "stacked": 3}.get(kind, 1)
        for count, columns in ((365, 6), (189, 6), (365, 12)):
            yield _block(f"{kind}-{count} days-{columns}", long_line(count, kind, series), columns)
    for columns in (4, 8, 12):
        yield _block(f"rate-365 days-{columns}", long_line(365, "line", additive=False), columns)
    stock = long_line(189, "stacked", 3)
    for columns in (3, 9):
        kept = replace(stock, series=tuple(replace(each, additive=False) for each in stock.series))
        yield _block(f"stack-189 days-{columns}", kept, columns)


def _crowds() -> Iterator[Block]:
    kinds: tuple[ChartKind, ...] = ("line", "bar", "horizontal_bar", "stacked", "combo")
    for kind in kinds:
        words = kind in {"horizontal_bar", "stacked"}
        for count, columns in ((6, 6), (8, 6), (8, 12), (12, 4), (12, 8)):
            data = many_series(count, kind, words=words)
            yield _block(f"{kind}-{count} series-{columns}", data, columns)
    for columns in (4, 8, 12):
        yield _block(f"line-9 parts-{columns}", many_series(9, "line", one_metric=True), columns)


def _hours() -> Iterator[Block]:
    for columns in WIDTHS:
        clicks = Series("m", "Clicks", COUNT, wave(24, 900), wave(24, 800, 5))
        yield _block(f"hours-{columns}", Chart("bar", "category", _HOURS, (clicks,), baseline_labels=_HOURS), columns)
    near = tuple(Annotation(day, f"Said of {day}") for day in (*DAYS[3:9], DAYS[20], DAYS[22]))
    for columns in (4, 8):
        yield _block(f"annotations-{columns}", replace(chart("line", "ok"), annotations=near), columns)
