"""What every engine prints: the reference report and the big table, made up from a seed; no engine is known here."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

ChartKind = Literal["line", "bar", "pie", "donut"]
Unit = Literal["text", "count", "percent", "money"]
Cell = str | int | float

LAST_DAY = date(2026, 10, 31)
SPARKLINE_DAYS, MONTH_DAYS, LONG_DAYS = 14, 31, 62
REFERENCE_ROWS = 25
TITLE, CLIENT = "Marketing report", "Casa Verde"

_CARDS = (
    "Sessions", "Visitors", "New visitors", "Page views", "Bounces", "Sign-ups", "Orders", "Refunds",
    "Reach", "Profile visits", "Followers", "Likes", "Comments", "Shares", "Saves", "Video views",
    "Impressions", "Clicks", "Calls", "Leads", "Conversions", "E-mails sent", "E-mails opened", "Unsubscribed",
)  # fmt: skip
_LINES = (
    ("Traffic by day", MONTH_DAYS, ("Sessions", "Visitors")),
    ("Reach by day", MONTH_DAYS, ("Organic", "Paid")),
    ("Clicks by day", MONTH_DAYS, ("Search", "Display")),
    ("Orders over two months", LONG_DAYS, ("Orders", "Baskets")),
    ("Mail over two months", LONG_DAYS, ("Opened", "Clicked")),
)
_NAMED: tuple[tuple[str, ChartKind, str, tuple[str, ...]], ...] = (
    ("Visits by channel", "bar", "Visits", ("Search", "Direct", "Social", "Referral", "E-mail", "Display")),
    ("Clicks by age", "bar", "Clicks", ("18-24", "25-34", "35-44", "45-54", "55-64", "65+")),
    ("Orders by weekday", "bar", "Orders", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")),
    ("Visitors by device", "pie", "Visitors", ("Desktop", "Mobile", "Tablet")),
    ("Spend by network", "donut", "Spend", ("Google", "Meta", "TikTok", "LinkedIn")),
)
_TABLES = ("Pages", "Campaigns", "Posts", "Keywords", "Products", "Cities")
_WORDS = ("autumn", "winter", "garden", "kitchen", "linen", "lamp", "table", "stone", "paper", "river", "cedar", "clay")


@dataclass(frozen=True, slots=True)
class Card:
    """A number of the month, that of the month before, and its last days."""

    label: str
    value: int
    before: int
    days: tuple[int, ...]

    @property
    def change(self) -> str:
        """The change in per cent, without its sign."""
        return f"{abs(self.value - self.before) / self.before:.1%}"

    @property
    def rose(self) -> bool:
        """Whether it is more than before."""
        return self.value > self.before


@dataclass(frozen=True, slots=True)
class Series:
    """One line, or the bars or slices, of a chart."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Values by day or by name; the labels of a line are ISO days."""

    title: str
    kind: ChartKind
    labels: tuple[str, ...]
    series: tuple[Series, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """What has to be read in it: the names of a line's series, else its labels."""
        return tuple(one.name for one in self.series) if self.kind == "line" else self.labels


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `field` is what the API calls it."""

    label: str
    field: str
    unit: Unit

    def text(self, value: Cell) -> str:
        """Write a value as every engine prints it."""
        return _WRITTEN[self.unit].format(value)


@dataclass(frozen=True, slots=True)
class Table:
    """A table, all rows of which are printed."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def texts(self) -> list[tuple[str, ...]]:
        """Return the rows as they are printed."""
        return [tuple(column.text(cell) for column, cell in zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Content:
    """A document: a cover, then what there is of cards, charts and tables."""

    cards: tuple[Card, ...]
    charts: tuple[Chart, ...]
    tables: tuple[Table, ...]


_WRITTEN: dict[Unit, str] = {"text": "{}", "count": "{:,}", "percent": "{:.1%}", "money": "${:,.2f}"}
COLUMNS = (
    Column("Name", "name", "text"),
    Column("Sessions", "sessions", "count"),
    Column("Clicks", "clicks", "count"),
    Column("Rate", "rate", "percent"),
    Column("Spend", "spend", "money"),
    Column("Orders", "orders", "count"),
)
WIDE_COLUMNS = (*COLUMNS, Column("Views", "views", "count"), Column("Revenue", "revenue", "money"))


def reference(seed: int) -> Content:
    """Return a reference report; another seed gives other numbers and names, never another shape."""
    chance = random.Random(seed)  # noqa: S311 - a benchmark, not a secret
    return Content(
        tuple(_card(label, chance) for label in _CARDS),
        (
            *(_line(title, count, names, chance) for title, count, names in _LINES),
            *(_named(title, kind, name, labels, chance) for title, kind, name, labels in _NAMED),
        ),
        tuple(_table(title, COLUMNS, REFERENCE_ROWS, chance) for title in _TABLES),
    )


def big_table(seed: int, rows: int) -> Content:
    """Return a report that holds one table of eight columns."""
    return Content((), (), (_table("Pages", WIDE_COLUMNS, rows, random.Random(seed)),))  # noqa: S311 - see reference


def days(count: int) -> tuple[str, ...]:
    """Return the last days of the month, the last one included."""
    return tuple((LAST_DAY - timedelta(back)).isoformat() for back in reversed(range(count)))


def _card(label: str, chance: random.Random) -> Card:
    before = chance.randint(2_000, 80_000)
    value = before + chance.choice((-1, 1)) * chance.randint(before // 50, before // 3)
    return Card(label, value, before, _walk(SPARKLINE_DAYS, value // 31, chance))


def _line(title: str, count: int, names: tuple[str, ...], chance: random.Random) -> Chart:
    series = tuple(Series(name, _walk(count, chance.randint(800, 9_000), chance)) for name in names)
    return Chart(title, "line", days(count), series)


def _named(title: str, kind: ChartKind, name: str, labels: tuple[str, ...], chance: random.Random) -> Chart:
    return Chart(title, kind, labels, (Series(name, tuple(chance.randint(1_000, 9_000) for _ in labels)),))


def _walk(count: int, middle: int, chance: random.Random) -> tuple[int, ...]:
    return tuple(max(1, round(middle * chance.uniform(0.7, 1.3))) for _ in range(count))


def _table(title: str, columns: tuple[Column, ...], rows: int, chance: random.Random) -> Table:
    return Table(title, columns, tuple(_row(title, at, len(columns), chance) for at in range(1, rows + 1)))


def _row(title: str, at: int, width: int, chance: random.Random) -> tuple[Cell, ...]:
    name = f"/{title.casefold()}/{chance.choice(_WORDS)}-{chance.choice(_WORDS)}-{at}"
    cells: tuple[Cell, ...] = (
        name,
        chance.randint(100, 90_000),
        chance.randint(10, 9_000),
        chance.randint(1, 499) / 1000,
        chance.randint(1_000, 900_000) / 100,
        chance.randint(1, 900),
        chance.randint(100, 200_000),
        chance.randint(10_000, 9_000_000) / 100,
    )
    return cells[:width]
