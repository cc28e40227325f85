"""The cases of the gallery: each kind of chart, and each other component, as it should and as it should not be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from reportgen.model import (
    AgencyCard,
    Annotation,
    Block,
    Change,
    Chart,
    ClientCard,
    Column,
    Goal,
    Reading,
    Report,
    ReportHeading,
    Section,
    Series,
    SourceStatus,
    Table,
    Target,
    ToneRule,
    Unit,
)
from reportgen.periods import Period
from reportgen.spec.theme import load_theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import BlockState, ChartKind, Number, Tone

CASES = (
    "ok",
    "empty",
    "failed",
    "single_point",
    "huge",
    "negative",
    "no_comparison",
    "long_labels",
    "all_zero",
    "many",
)
THEMES = ("paper", "ink", "terra")
COUNT, MONEY, RATE = Unit("count"), Unit("currency", "BRL"), Unit("percent")
DAYS = tuple((date(2026, 10, 1) + timedelta(day)).isoformat() for day in range(31))
SEPTEMBER = tuple((date(2026, 9, 1) + timedelta(day)).isoformat() for day in range(31))
NETWORKS = ("Instagram", "Facebook", "LinkedIn", "TikTok", "YouTube", "Pinterest", "Threads", "X")
LONG = tuple(f"{name} campaign for the autumn collection, remarketing, all regions" for name in NETWORKS)
STEPS = ("Visited the site", "Saw a product", "Put it in the basket", "Began to pay", "Bought")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
OVER_TIME = frozenset({"line", "area", "combo"})
KINDS: tuple[ChartKind, ...] = (
    "line",
    "area",
    "bar",
    "horizontal_bar",
    "stacked",
    "combo",
    "pie",
    "donut",
    "heatmap",
    "funnel",
    "scatter",
)
UNREAD: dict[str, BlockState] = {"empty": "no_data", "failed": "failed"}


def wave(count: int, size: int, seed: int = 7) -> tuple[int, ...]:
    """Return numbers that look like days of a metric: the same on every call."""
    return tuple(size * (60 + (at * seed * 37 + at * at * 11) % 53) // 100 for at in range(count))


def chart_block(kind: ChartKind, case: str) -> Block:
    """Return a chart of a kind in a case."""
    name = f"{kind}-{case}"
    block = Block(name=name, kind="chart", label=title(kind, case), width=6, reference_key="x:y", source="sample")
    if case in UNREAD:
        return replace(block, state=UNREAD[case], reason="the reason for staff")
    return replace(block, charts=(chart(kind, case),))


def title(kind: str, case: str) -> str:
    """Return a block's title."""
    return f"{kind} · {case}".replace("_", " ").capitalize()


@lru_cache
def chart(kind: ChartKind, case: str) -> Chart:
    """Return the data of a kind in a case."""
    labels, rows, units = _data(kind, case)
    factor: Number = {"huge": 10**13, "negative": -1, "all_zero": 0}.get(case, 1)
    signed = [
        tuple(value * factor * (-1 if case == "negative" and at % 2 else 1) for at, value in enumerate(row))
        for row in rows
    ]
    compared = case not in {"no_comparison", "single_point"} and kind not in {"pie", "donut", "heatmap", "scatter"}
    names = WEEKDAYS if kind == "heatmap" else ("Reach", "Engagement", "Clicks")
    series = tuple(
        Series(
            f"m{at}",
            names[at],
            unit,
            row,
            tuple(value * 9 // 10 + (at * 7 % 3) for at, value in enumerate(row)) if compared and unit != RATE else (),
        )
        for at, (row, unit) in enumerate(zip(signed, units, strict=True))
    )
    dated = labels[0][:4] == "2026"
    before = SEPTEMBER[: len(labels)] if dated else labels
    return Chart(
        kind,
        "date" if dated else "category",
        labels,
        series,
        baseline_labels=before if compared else (),
        baseline_missing=None if compared else "not_requested",
    )


def _data(kind: ChartKind, case: str) -> tuple[tuple[str, ...], list[tuple[Number, ...]], list[Unit]]:
    """Return labels, values and units."""
    count = {"single_point": 1, "many": 10_000 if kind not in {"heatmap", "funnel"} else 60}.get(case, 0)
    if kind in OVER_TIME:
        days = tuple((date(2026, 10, 1) + timedelta(day)).isoformat() for day in range(min(count or 31, 2000)))
        rows: list[tuple[Number, ...]] = [
            wave(len(days), 5200),
            tuple(value / 90_000 for value in wave(len(days), 4000, 3)),
        ]
        return days, rows[: 2 if kind == "combo" else 1], [COUNT, RATE][: 2 if kind == "combo" else 1]
    if kind == "heatmap":
        hours = tuple(f"{hour:02d}" for hour in range(count or 24))
        return hours, [wave(len(hours), 900, 3 + day) for day in range(7)], [COUNT] * 7
    words = LONG if case == "long_labels" else STEPS if kind == "funnel" else NETWORKS
    words = tuple(f"Label {at}" for at in range(count)) if case == "many" else words[: count or len(words)]
    if kind == "funnel":
        return words, [tuple(12_600 // (1 + at) ** 2 for at in range(len(words)))], [COUNT]
    rows = [wave(len(words), 4200), wave(len(words), 2600, 5), wave(len(words), 1100, 9)]
    wanted = {"stacked": 3, "scatter": 2}.get(kind, 1)
    units = [COUNT, MONEY] if kind == "scatter" else [COUNT] * 3
    return words, rows[:wanted], units[:wanted]


def number_block(case: str) -> Block:
    """Return a card in a case."""
    block = Block(name=f"number-{case}", kind="number", label=title("number", case), width=3, source="sample")
    if case in UNREAD:
        return replace(block, state=UNREAD[case], readings=(Reading("n", COUNT, missing="failed"),), reason="for staff")
    value: int = {"huge": 987_654_321_012, "negative": -4_321, "all_zero": 0, "single_point": 1}.get(case, 55_645)
    label = LONG[0] if case == "long_labels" else block.label
    reading = Reading("n", COUNT, value)
    if case != "no_comparison":
        before = value - value // 9 if value else 0
        reading = replace(reading, baseline=before, change=Change.between(value, before, COUNT, "up_is_good"))
    if case in {"ok", "many"}:
        reading = replace(reading, goal=Goal.of(value, Target("at_least", 60_000), elapsed=1, over_time="sum"))
    spark = Chart("sparkline", "date", DAYS[:14], (Series("n", "Reach", COUNT, wave(14, 900), wave(14, 800, 5)),))
    return replace(block, label=label, readings=(reading,), charts=(spark,) if case in {"ok", "huge"} else ())


def table_block(case: str) -> Block:
    """Return a table in a case."""
    block = Block(name=f"datatable-{case}", kind="datatable", label=title("datatable", case), source="sample")
    if case in UNREAD:
        return replace(block, state=UNREAD[case], reason="for staff")
    names = (LONG if case == "long_labels" else NETWORKS)[: 1 if case == "single_point" else 8]
    if case == "many":
        names = tuple(f"Post {at}" for at in range(60))
    factor = {"huge": 10**9, "negative": -1, "all_zero": 0}.get(case, 1)
    rows = len(names)
    reach, clicks = (tuple(value * factor for value in wave(rows, size, size)) for size in (5200, 430))
    before = () if case == "no_comparison" else tuple(value * 9 // 10 for value in reach)
    columns = (
        Column("name", "Network", "dimension", Unit(), names),
        Column("reach", "Reach", "metric", COUNT, reach, before, direction="up_is_good"),
        Column("clicks", "Clicks", "metric", COUNT, clicks),
        Column("ctr", "CTR", "metric", RATE, tuple(value / 90_000 for value in wave(rows, 4000, 3))),
        Column("spend", "Spend", "metric", MONEY, tuple(value * 1.37 * factor for value in wave(rows, 900, 5))),
    )
    total: Sequence[str | Number | None] = ("Total", sum(reach), sum(clicks), None, None)
    presence: tuple[Literal["both", "current"], ...] = ("both" if before else "current",) * rows
    table = Table(columns, presence, tuple(total), shown=min(rows, 40), of=rows)
    return replace(block, tables=(table,))


def marked_table() -> Block:
    """Return a table with bars and marks past limits."""
    block = table_block("ok")
    (table,) = block.tables
    rules = (ToneRule("bad", "<", 0.0275), ToneRule("warn", "<", 0.03), ToneRule("good", ">=", 0.035))
    columns = tuple(
        replace(column, bar=column.field == "clicks", tones=rules if column.field == "ctr" else ())
        for column in table.columns
    )
    return replace(block, name="datatable-marked", label="Bars and limits", tables=(replace(table, columns=columns),))


def other_table() -> Block:
    """Return a table sorted by a metric, with a computed column, two columns of changes, and the row Other."""
    names = ("Sandals", "Boots", "Socks", "Belts", "Hats", "Bags", "Scarves")
    spend, orders = (900, 700, 400, 90, 80, 60, 20), (45, 50, 10, 9, 8, 6, 4)
    before = tuple(value * 0.8 for value in spend)
    cpa = tuple(cost / count for cost, count in zip(spend, orders, strict=True))
    columns = (
        Column("campaign", "Campaign", "dimension", Unit(), names),
        Column("spend", "Spend", "metric", MONEY, spend, before, has_change=True),
        Column("orders", "Orders", "metric", COUNT, orders),
        Column("cpa", "Cost per order", "metric", MONEY, cpa, cpa[::-1], direction="down_is_good", has_change=True),
        Column("share", "Share", "metric", RATE, tuple(value / 2250 for value in spend)),
    )
    table = Table(
        columns,
        ("both",) * 7,
        ("Total", 2250, 132, 2250 / 132, 1.0),
        ("Total", 1800, 132, 1800 / 132, None),
        other=("Other (4)", 250, 27, 250 / 27, 250 / 2250),
        other_baseline=("Other (4)", 200, 27, 200 / 27, None),
        sorted_by="spend",
        shown=3,
        of=7,
    )
    return Block(name="datatable-other", kind="datatable", label="With Other", source="sample", tables=(table,))


def wide_table() -> Block:
    """Return a table that goes on in a second part."""
    metrics = tuple(Column(f"m{at}", f"Metric number {at}", "metric", COUNT, wave(8, 5200, at + 2)) for at in range(24))
    table = Table((Column("name", "Network", "dimension", Unit(), NETWORKS), *metrics), shown=8, of=8)
    return Block(name="datatable-wide", kind="datatable", label="In parts", source="sample", tables=(table,))


def annotated_chart() -> Block:
    """Return a chart with two days that something is said of."""
    block = chart_block("line", "ok")
    said = (Annotation("2026-10-09", "Autumn collection online"), Annotation("2026-10-20", "Shop closed"))
    charts = (replace(block.charts[0], annotations=said),)
    return replace(block, name="line-annotated", label="Line · annotated", width=12, charts=charts)


def words_blocks() -> tuple[Block, ...]:
    """Return the components of words."""
    numbers = tuple(number_block(case) for case in CASES)
    readings = tuple(replace(reading, label=block.label) for block in numbers for reading in block.readings)
    tones: tuple[Tone, ...] = ("neutral", "good", "bad", "warn")
    return (
        Block(name="summary", kind="summary", label="A summary", width=8, readings=readings),
        *(
            Block(name=f"callout-{tone}", kind="callout", width=4, prose=f"A callout that is **{tone}**.", tone=tone)
            for tone in tones
        ),
        Block(name="list", kind="metric_list", label="A metric list", readings=readings),
        Block(name="heading", kind="heading", label="A heading between blocks"),
        Block(
            name="text",
            kind="text",
            prose="A passage with **bold**, *slanted* and a [link](https://example.com).\n\n- one\n- two\n\n> Quoted.",
        ),
        Block(name="divider", kind="divider"),
    )


def gallery(theme: str = "paper") -> Report:
    """Return every component in every case, a section a kind."""
    sections = [Section("Numbers", tuple(number_block(case) for case in CASES))]
    sections += [
        Section(kind.replace("_", " ").capitalize(), tuple(chart_block(kind, c) for c in CASES)) for kind in KINDS
    ]
    sections += [
        Section("Tables", (*(table_block(case) for case in CASES), marked_table(), other_table(), wide_table())),
        Section("Words", (*words_blocks(), annotated_chart())),
        Section("Nothing came", tuple(replace(number_block(case), name=f"lone-{case}") for case in UNREAD)),
    ]
    return Report(
        spec=f"gallery-{theme}",
        title="Gallery",
        heading=ReportHeading(),
        locale="en",
        timezone="America/Sao_Paulo",
        as_of=date(2026, 11, 1),
        client=ClientCard("", "Gallery"),
        agency=AgencyCard(f"Theme {theme}"),
        period=Period(date(2026, 10, 1), date(2026, 10, 31), "month"),
        baselines=(Period(date(2026, 9, 1), date(2026, 9, 30), "month"),),
        theme=load_theme(theme),
        sources=(SourceStatus("sample", "sample", "active"),),
        queries={},
        sections=tuple(sections),
        glossary=(("CTR", "Clicks of a hundred views."), ("Reach", "How many different people saw something.")),
        left_out=("A block that failed",),
    )
