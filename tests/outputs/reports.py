"""Small reports that the tests of the outputs share."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import date

from reportgen.model import (
    AgencyCard,
    Block,
    Caution,
    Change,
    Chart,
    ClientCard,
    Column,
    ComparedValue,
    Goal,
    Picture,
    QueryRecord,
    Reading,
    Report,
    ReportHeading,
    Section,
    Series,
    SourceStatus,
    Table,
    Target,
    Unit,
)
from reportgen.periods import Period
from reportgen.spec.theme import load_theme

COUNT = Unit("count")
PAPER = load_theme("paper")

NUMBER = Block(
    name="reach",
    kind="number",
    label="Reach",
    width=3,
    reference_key="ig:reach",
    source="instagram",
    queries=("sha256:aa",),
    readings=(
        Reading("reach", COUNT, 55645, baseline=50000, change=Change.between(55645, 50000, COUNT, "up_is_good")),
    ),
    charts=(
        Chart(
            "sparkline",
            "date",
            tuple(f"2026-10-{day:02d}" for day in range(1, 15)),
            (Series("reach", "Reach", COUNT, tuple(1000 + 37 * (day * day % 11) for day in range(14))),),
        ),
    ),
)
LINE = Block(
    name="reach_by_day",
    kind="chart",
    label="Reach by day",
    width=12,
    reference_key="ig:reach_over_time",
    source="instagram",
    queries=("sha256:bb",),
    charts=(
        Chart(
            "line",
            "date",
            tuple(f"2026-10-{day:02d}" for day in range(1, 32)),
            (
                Series("reach", "Reach", COUNT, tuple(1500 + 91 * (day * day % 13) for day in range(31))),
                Series(
                    "impressions",
                    "Impressions",
                    COUNT,
                    tuple(None if day == 9 else 2500 + 120 * (day * 7 % 11) for day in range(31)),
                ),
            ),
        ),
    ),
)
PIE = Block(
    name="followers_gender",
    kind="chart",
    label="Followers by gender",
    width=6,
    reference_key="ig:followers_gender",
    source="instagram",
    queries=("sha256:cc",),
    charts=(
        Chart(
            "donut",
            "category",
            ("Male", "Female", "Unknown"),
            (Series("followers", "Followers", COUNT, (12628, 8815, 2745)),),
        ),
    ),
)
TABLE = Block(
    name="clicks",
    kind="datatable",
    label="Where people clicked",
    reference_key="ig:clicks_breakdown",
    source="instagram",
    queries=("sha256:dd",),
    tables=(
        Table(
            (
                Column("clicks_breakdown", "Link", "dimension", Unit(), ("Websites", "Email")),
                Column("count", "Clicks", "metric", COUNT, (428, 2)),
                Column("ctr", "CTR", "metric", Unit("percent"), (0.04824165915238954, None)),
            ),
            presence=("current", "current"),
            total=("Total", 430, 0.048467087466185756),
            shown=2,
            of=2,
        ),
    ),
)
FAILED = Block(
    name="profile_views",
    kind="number",
    label="Profile views",
    state="failed",
    reason="invalid_metrics_combination: metrics cannot be combined",
    width=3,
    reference_key="ig:profile_views",
    source="instagram",
    queries=("sha256:ee",),
    readings=(Reading("profile_views", COUNT, missing="failed"),),
)
NO_DATA = Block(
    name="replies",
    kind="number",
    label="Story replies",
    state="no_data",
    width=3,
    reference_key="ig:story_replies",
    source="instagram",
    queries=("sha256:ff",),
    readings=(Reading("replies", COUNT, missing="no_data"),),
)
TEXT = Block(name="text-1", kind="text", prose="Reach grew because of the **autumn campaign**.\n\n- one\n- two")


def report(*blocks: Block, locale: str = "en", verdict: str = "done") -> Report:
    """Return a report of one section that holds the given blocks."""
    return Report(
        spec="instagram",
        title="Padaria Aurora · October 2026",
        locale=locale,
        timezone="America/Sao_Paulo",
        as_of=date(2026, 11, 1),
        client=ClientCard("padaria-aurora", "Padaria Aurora"),
        agency=AgencyCard("Studio Norte"),
        period=Period(date(2026, 10, 1), date(2026, 10, 31), "month"),
        baselines=(Period(date(2026, 9, 1), date(2026, 9, 30), "month"),),
        theme=PAPER,
        sources=(SourceStatus("instagram", "instagram_business", "active"),),
        queries={
            digest: QueryRecord(
                "instagram", "2026-10-01..2026-10-31", {"reference_key": block.reference_key, "component": "x"}
            )
            for block in blocks
            for digest in block.queries
        },
        sections=(Section("Instagram", blocks),),
        warnings=(Caution("W-FAILED", "the API refused the metric", "profile_views"),) if verdict != "done" else (),
        verdict="degraded" if verdict == "degraded" else "done",
        heading=ReportHeading(),
    )


FULL = (NUMBER, FAILED, NO_DATA, LINE, PIE, TABLE, TEXT)


PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGNQcltw2dUEAAaGAijmIvwMAAAAAElFTkSuQmCC"
)
LOGO = Picture(
    "image/svg+xml",
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 32"><path d="M4 18a18 18 0 0 1 36 0z" fill="#2346A0"/>'
    b'<path d="M0 21h44v4H0zM8 28h28v4H8z" fill="#1E2227"/></svg>',
    "Padaria Aurora",
)
HEADING = Block(name="audience", kind="heading", label="Audience and timing")
IMAGE = Block(name="team", kind="image", label="The team", width=6, picture=Picture("image/png", PIXEL, "Two bakers"))
DIVIDER = Block(name="divider-1", kind="divider")
PAGE_BREAK = Block(name="page_break-1", kind="page_break")
BAR = Block(
    name="interactions_by_format",
    kind="chart",
    label="Interactions by format",
    width=6,
    source="instagram",
    charts=(
        Chart(
            "bar",
            "category",
            ("Reels", "Carousel", "Photo", "Stories"),
            (Series("interactions", "Interactions", COUNT, (5120, 2480, 1322, 720)),),
        ),
    ),
)
EMPTY_CHART = Block(
    name="saves_by_day",
    kind="chart",
    label="Saves by day",
    state="no_data",
    width=6,
    source="instagram",
)
EMPTY_TABLE = Block(
    name="mentions",
    kind="datatable",
    label="Mentions",
    state="no_data",
    source="instagram",
    tables=(
        Table(
            (Column("account", "Account", "dimension"), Column("count", "Mentions", "metric", COUNT)),
        ),
    ),
)
LONG_TABLE = Block(
    name="posts",
    kind="datatable",
    label="All posts",
    source="instagram",
    tables=(
        Table(
            (
                Column(
                    "post",
                    "Post",
                    "dimension",
                    Unit("text"),
                    tuple(f"Post number {row}: what happens at three in the morning" for row in range(1, 61)),
                    links=tuple(f"https://posts.example/{row}" for row in range(1, 61)),
                ),
                Column(
                    "day", "Day", "dimension", Unit("date"), tuple(f"2026-10-{1 + row % 31:02d}" for row in range(60))
                ),
                Column("views", "Views", "metric", COUNT, tuple(48312 - 700 * row for row in range(60))),
                Column(
                    "engagement",
                    "Engagement rate",
                    "metric",
                    Unit("percent"),
                    tuple(None if row % 9 == 4 else 0.05 + row / 4000 for row in range(60)),
                ),
                Column("spend", "Spend", "metric", Unit("currency", "BRL"), tuple(120.5 * row for row in range(60))),
            ),
            presence=("current",) * 60,
            total=("Total", None, 1659720, None, 213285.0),
            shown=60,
            of=147,
        ),
    ),
)


def card(  # noqa: PLR0913 - the numbers of a card
    name: str, label: str, value: float, baseline: float, unit: Unit = COUNT, *, less: bool = False
) -> Block:
    """Return a number block with a comparison and a sparkline."""
    change = Change.between(value, baseline, unit, "down_is_good" if less else "up_is_good")
    reading = Reading(name, unit, value, baseline=baseline, change=change)
    return replace(NUMBER, name=name, label=label, readings=(reading,))


CARDS = (
    card("views", "Views", 214380, 181370),
    card("reach_2", "Accounts reached", 48210, 42891),
    card("spend", "Spend", 1234567.89, 1200000, Unit("currency", "BRL")),
    card("cost", "Cost per conversion", 18.95, 20, Unit("currency", "BRL"), less=True),
    card("rate", "Engagement rate by views, first and later views together", 0.045, 0.05, Unit("percent")),
    card("reply", "Median time to first reply", 2280, 3600, Unit("seconds"), less=True),
    card("visits", "Profile visits", 3918, 3921),
)

GOAL = replace(
    card("followers", "New followers", 412, 376),
    charts=(),
    readings=(
        replace(
            card("followers", "New followers", 412, 376).readings[0],
            goal=Goal.of(412, Target("at_least", 500), elapsed=1, over_time="sum"),
        ),
    ),
)
PACED = replace(
    card("revenue", "Revenue", 8200, 7900, Unit("currency", "BRL")),
    readings=(
        Reading(
            "revenue",
            Unit("currency", "BRL"),
            8200,
            goal=Goal.of(8200, Target("at_least", 20000), elapsed=0.5, over_time="sum"),
        ),
    ),
)
YEAR_BEFORE = Period(date(2025, 10, 1), date(2025, 10, 31), "month")
TWICE = replace(
    NUMBER,
    charts=(),
    readings=(
        replace(
            NUMBER.readings[0],
            further=(ComparedValue(YEAR_BEFORE, 61828, change=Change.between(55645, 61828, COUNT, "up_is_good")),),
        ),
    ),
)
COMPARED_TABLE = Block(
    name="formats",
    kind="datatable",
    label="Formats against the month before",
    source="instagram",
    remarks=("unfinished",),
    tables=(
        Table(
            (
                Column(
                    "format", "Format", "dimension", Unit("text"), ("Reels", "Carousel", "Photo", "Guides", "Stories")
                ),
                Column(
                    "views",
                    "Views",
                    "metric",
                    COUNT,
                    (128940, 43610, 24420, 310, None),
                    (98120, 45230, 24420, None, 15060),
                    direction="up_is_good",
                ),
                Column(
                    "engagement",
                    "Engagement rate",
                    "metric",
                    Unit("percent"),
                    (0.051, 0.044, None, 0.02, None),
                    (0.049, 0.0495, 0.03, None, 0.019),
                    direction="up_is_good",
                ),
                Column(
                    "saves", "Saves", "metric", COUNT, (418, 0, 9, 1, None), (0, 7, 9, None, 4), direction="up_is_good"
                ),
            ),
            presence=("both", "both", "both", "current", "baseline"),
            total=("Total", 197280, 0.048, 428),
            total_baseline=("Total", 182830, 0.047, 20),
            shown=5,
            of=5,
        ),
    ),
)
COMPARED_LINE = replace(
    LINE,
    name="reach_compared",
    charts=(
        replace(
            LINE.charts[0],
            series=(
                replace(
                    LINE.charts[0].series[0],
                    baseline=(*(1400 + 83 * (day * day % 11) for day in range(30)), None),
                ),
            ),
            baseline_labels=(*(f"2026-09-{day:02d}" for day in range(1, 31)), ""),
        ),
    ),
)


def compared_report(locale: str = "en") -> Report:
    """Return a report of a goal, a paced goal, and a chart and tables with what they are compared with."""
    uncompared = replace(TABLE.tables[0], baseline_missing="not_returned")
    remarked = replace(CARDS[1], name="story_reach", remarks=("last_30_days",))
    return report(
        *CARDS[:2],
        GOAL,
        PACED,
        CARDS[3],
        CARDS[6],
        remarked,
        NO_DATA,
        COMPARED_LINE,
        COMPARED_TABLE,
        replace(TABLE, tables=(uncompared,)),
        locale=locale,
    )


def large_report() -> Report:
    """Return a report with every kind of block, long words, a table over several pages and a logo."""
    small = report()
    return replace(
        small,
        title="Padaria Aurora · Instagram and Ads · October 2026",
        heading=ReportHeading("Instagram and Ads"),
        client=replace(small.client, logo=LOGO),
        sources=(*small.sources, SourceStatus("ads", "google_ads", "absent")),
        sections=(
            Section("Instagram", (*CARDS, NO_DATA, LINE, HEADING, BAR, PIE, FAILED)),
            Section("Posts and formats", (LONG_TABLE, TABLE, EMPTY_TABLE)),
            Section("Commentary", (TEXT, IMAGE, EMPTY_CHART, DIVIDER, PAGE_BREAK, replace(TEXT, name="text-2"))),
        ),
    )
