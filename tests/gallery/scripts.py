"""Reports in other scripts than Latin: cover, heads, cards, lists, tables and charts in the words of each language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ruamel.yaml import YAML

from reportgen.model import (
    AgencyCard,
    Annotation,
    Block,
    Change,
    Chart,
    ClientCard,
    Column,
    Reading,
    ReportHeading,
    Section,
    Series,
    Table,
    Unit,
)
from tests.gallery.cases import DAYS, SEPTEMBER, gallery, wave

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.model import Report


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a report in a language.

    Attributes:
        metrics: Names of reach, spend, time on the page, rate of engagement and conversions.
        names: Of campaigns, the longest first.
        prose: A passage with emphasis and a figure.
    """

    locale: str
    currency: str
    client: str
    agency: str
    title: str
    section: str
    metrics: tuple[str, str, str, str, str]
    table: str
    names: tuple[str, ...]
    prose: str


def languages() -> Iterator[Words]:
    """Yield the words of each language of the gallery."""
    words = YAML(typ="safe").load(Path(__file__).with_name("scripts.yaml"))
    for locale, of in words.items():
        yield Words(locale, **of | {"metrics": tuple(of["metrics"]), "names": tuple(of["names"])})


def script_report(words: Words) -> Report:
    """Return a report in a language."""
    section = Section(words.section, (*_cards(words), _list(words), _table(words), *_charts(words), _prose(words)))
    return replace(
        gallery(),
        spec=f"gallery-{words.locale}",
        title=words.title,
        heading=ReportHeading(words.title),
        locale=words.locale,
        client=ClientCard("", words.client),
        agency=AgencyCard(words.agency),
        sections=(section,),
        glossary=(),
        left_out=(),
    )


def _readings(words: Words) -> tuple[Reading, ...]:
    """Return a large number, a negative amount, a duration, a rate, and an amount in short."""
    money = Unit("currency", words.currency)
    found = (
        (Unit("count"), 1_234_567, 1_100_000),
        (money, -98_765.4, -87_000),
        (Unit("seconds"), 3_725, 4_010),
        (Unit("percent"), 0.0456, 0.0512),
        (replace(money, compact=True), 12_345_678, 9_876_543),
    )
    return tuple(
        Reading(
            f"m{at}",
            unit,
            value,
            baseline=before,
            change=Change.between(value, before, unit, "up_is_good"),
            label=label,
        )
        for at, (label, (unit, value, before)) in enumerate(zip(words.metrics, found, strict=True))
    )


def _cards(words: Words) -> tuple[Block, ...]:
    return tuple(
        Block(
            name=f"card-{at}",
            kind="number",
            label=reading.label,
            width=3 if at else 4,
            source="sample",
            readings=(reading,),
        )
        for at, reading in enumerate(_readings(words))
    )


def _list(words: Words) -> Block:
    return Block(
        name="list", kind="metric_list", label=words.title, width=6, source="sample", readings=_readings(words)
    )


def _table(words: Words) -> Block:
    rows = len(words.names)
    columns = (
        Column("name", words.table, "dimension", Unit(), words.names),
        Column("reach", words.metrics[0], "metric", Unit("count"), wave(rows, 90_000), wave(rows, 80_000, 5)),
        Column("spend", words.metrics[1], "metric", Unit("currency", words.currency), wave(rows, -4_000)),
        Column("time", words.metrics[2], "metric", Unit("seconds"), wave(rows, 9_000, 3)),
    )
    table = Table(columns, shown=rows, of=rows)
    return Block(name="table", kind="datatable", label=words.table, source="sample", tables=(table,))


def _charts(words: Words) -> tuple[Block, ...]:
    """Return a line of days with an annotation, bars of names, a ring, a stack and a funnel."""
    reach, spend, _, _, conversions = words.metrics
    count, money = Unit("count"), Unit("currency", words.currency)
    days = Series("reach", reach, count, wave(31, 4_000), wave(30, 3_500, 5))
    line = Chart(
        "line", "date", DAYS, (days,), baseline_labels=SEPTEMBER, annotations=(Annotation(DAYS[9], words.names[1]),)
    )
    names, size = words.names, len(words.names)
    costs = Series("spend", spend, money, wave(size, 40_000))
    bars = Chart("horizontal_bar", "category", names, (costs,))
    ring = Chart(
        "donut", "category", names, (Series("conversions", conversions, count, wave(size, 900), additive=True),)
    )
    stack = Chart(
        "stacked",
        "date",
        DAYS[:14],
        (replace(days, values=wave(14, 4_000), baseline=()), Series("c", conversions, count, wave(14, 900, 3))),
    )
    charts = {"line": (line, 12), "bars": (bars, 6), "ring": (ring, 6), "stack": (stack, 6), "narrow": (bars, 4)}
    return tuple(
        Block(
            name=name,
            kind="chart",
            label=f"{words.metrics[0]} · {words.table}",
            width=width,
            source="sample",
            charts=(chart,),
        )
        for name, (chart, width) in charts.items()
    )


def _prose(words: Words) -> Block:
    return Block(name="prose", kind="text", width=6, prose=words.prose)
