"""Where printed figures came from."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.model import (
    Block,
    Change,
    Chart,
    Column,
    Goal,
    QueryRecord,
    Reading,
    Series,
    Table,
    Target,
    Unit,
    client_edition,
)
from reportgen.outputs.printed import PrintedReport
from reportgen.provenance import figures, find_figures
from tests.gallery.cases import gallery
from tests.outputs import reports

if TYPE_CHECKING:
    from reportgen.model import Report

COUNT = Unit("count")
NUMBER = Block(
    name="reach",
    kind="number",
    label="Reach",
    reference_key="ig:reach",
    source="instagram",
    queries=("sha256:aa",),
    readings=(
        Reading(
            "reach",
            COUNT,
            12340,
            baseline=12000,
            change=Change(340, 0.0283, "good"),
            goal=Goal(15000, 0.82, 1, "missed"),
        ),
    ),
)
CHART = Block(
    name="days",
    kind="chart",
    label="Days",
    queries=("sha256:bb", "sha256:cc"),
    charts=(
        Chart(
            "line",
            "date",
            ("2026-10-01", "2026-10-02"),
            (Series("reach", "Reach", COUNT, (7, None), (8, 9, 4321)),),
            ("2026-09-01", "2026-09-02", "2026-09-03"),
        ),
    ),
)
TABLE = Block(
    name="links",
    kind="datatable",
    label="Links",
    tables=(
        Table(
            (
                Column("link", "Link", "dimension", values=("Email", "Site")),
                Column("ctr", "CTR", "metric", Unit("percent"), (0.0482, None), (0.05, 0.01)),
            ),
            presence=("both", "baseline"),
            total=("Total", 0.0482),
            shown=2,
            of=2,
        ),
    ),
)
RECORDS = {
    "sha256:aa": QueryRecord("instagram", "2026-10-01..2026-10-31", {"reference_key": "ig:reach"}),
    "sha256:bb": QueryRecord("instagram", "2026-10-01..2026-10-31", {"reference_key": "ig:days"}),
    "sha256:cc": QueryRecord("instagram", "2026-09-01..2026-09-30", {"reference_key": "ig:days"}),
}
REPORT = replace(reports.report(NUMBER, CHART, TABLE), queries=RECORDS)


@pytest.mark.parametrize(
    ("text", "role", "value", "window"),
    [
        ("12,340", "value", 12340, "current"),
        ("12340", "value", 12340, "current"),
        ("12,000", "value", 12000, "baseline"),
        ("+2.8%", "change", 0.0283, "current"),
        ("15,000", "goal", 15000, "current"),
        ("82%", "goal", 0.82, "current"),
        ("4,321", "point", 4321, "baseline"),
        ("1.0%", "cell", 0.01, "baseline"),
    ],
)
def test_a_printed_figure_is_found(text: str, role: str, value: float, window: str) -> None:
    """What is printed, or its raw value, leads to one figure with its role, raw value and period."""
    (found,) = find_figures(REPORT, text)
    assert (found.role, found.value, found.window) == (role, value, window)


def test_both_minus_signs_and_spaces_find_it() -> None:
    """Whoever types a hyphen and a plain space finds what is printed with a minus and a no-break space."""
    fallen = replace(
        NUMBER, readings=(Reading("x", Unit("percent"), 0.1, baseline=0.2, change=Change(-0.1, None, "bad")),)
    )
    (found,) = find_figures(replace(REPORT, sections=reports.report(fallen).sections), "-10.0 pp")
    assert found.role == "change"


def test_it_knows_its_request() -> None:
    """A compared point came from the second request, a number's compared value from its own."""
    assert [one.digest for one in find_figures(REPORT, "4,321")[0].origins] == ["sha256:cc"]
    assert [one.digest for one in find_figures(REPORT, "7")[0].origins] == ["sha256:bb"]
    (origin,) = find_figures(REPORT, "12,000")[0].origins
    assert (origin.digest, origin.integration) == ("sha256:aa", "instagram_business")


def test_a_small_line_is_no_origin() -> None:
    """A number with the small line of a chart came from its own request alone, and the line prints no figure."""
    line = replace(CHART.charts[0], kind="sparkline")
    block = replace(NUMBER, charts=(line,), queries=(*NUMBER.queries, "sha256:bb"), trend_queries=1)
    report = replace(REPORT, sections=reports.report(block).sections)
    assert [one.digest for one in find_figures(report, "12,340")[0].origins] == ["sha256:aa"]
    assert not find_figures(report, "7")


def test_a_cell_has_an_address() -> None:
    """A figure of a table says its row and column; the total says that it is one."""
    places = [(one.place, one.role) for one in find_figures(REPORT, "4.8%")]
    assert places == [("Email · CTR", "cell"), ("CTR", "total")]


def test_other_and_a_computed_column_have_addresses() -> None:
    """The row Other is a cell under its name; a computed column is told by its formula."""
    (table,) = TABLE.tables
    link, ctr = table.columns
    cpc = replace(ctr, field="cpc", label="CPC", formula="cost / clicks", values=(0.5, None), baseline=())
    summed = replace(table, columns=(link, ctr, cpc), total=None, other=("Other (7)", 0.0311, 0.0722))
    report = replace(REPORT, sections=reports.report(replace(TABLE, tables=(summed,))).sections)
    (rate,), (cost,) = (find_figures(report, text) for text in ("3.1%", "7.2%"))
    assert (rate.place, rate.role, rate.field) == ("Other (7) · CTR", "cell", "ctr")
    assert (cost.place, cost.field) == ("Other (7) · CPC", "cost / clicks")


def test_every_value_of_the_report_is_a_figure() -> None:
    """Nothing printed is left out, and what is missing is no figure."""
    values = [one.value for one in figures(REPORT) if one.role != "change"]
    assert values == [12340, 12000, 15000, 0.82, 7, 8, 9, 4321, 0.0482, 0.05, 0.01, 0.0482]


def test_nothing_is_found_for_nothing() -> None:
    """An empty text, a word and a figure that is not there find nothing."""
    assert not any(find_figures(REPORT, text) for text in ("", " ", "None", "12.340"))


def found_in(chart: Chart, text: str) -> list[tuple[str, str, object]]:
    """Return the role, the place and the raw value of the figures of a chart that print a text."""
    report = reports.report(Block(name="c", kind="chart", label="Parts", charts=(chart,)))
    return [(one.role, one.place, one.value) for one in find_figures(report, text)]


def test_shares_and_the_total_of_a_ring_are_found() -> None:
    """The middle of a ring, in full or briefly, and the share of each part are figures of the report."""
    ring = Chart("donut", "category", ("A", "B", "C"), (Series("n", "Users", COUNT, (60_000, 30_000, 9_000)),))
    assert found_in(ring, "99,000") == [("total", "Users", 99_000)]
    assert found_in(ring, "99K") == [("total", "Users", 99_000)]
    assert found_in(ring, "61%") == [("share", "Users · A", pytest.approx(60 / 99))]
    assert found_in(ring, "9%") == [("share", "Users · C", pytest.approx(9 / 99))]


def test_the_small_parts_of_a_ring_are_found_together() -> None:
    """Seven parts are drawn as five and Other, whose amount and share are figures too."""
    values = (700, 600, 500, 400, 300, 60, 40)
    ring = Chart("donut", "category", tuple("ABCDEFG"), (Series("n", "Users", COUNT, values),))
    assert found_in(ring, "100") == [("total", "Users · Other (2)", 100)]
    assert ("share", "Users · Other (2)", pytest.approx(100 / 2600)) in found_in(ring, "4%")


def test_the_totals_of_stacks_are_found() -> None:
    """Each column has its total above it, briefly or in full."""
    series = (Series("a", "Likes", COUNT, (20_500, 3)), Series("b", "Shares", COUNT, (4_500, None)))
    stacks = Chart("stacked", "category", ("Reels", "Photo"), series)
    assert ("total", "Likes · Reels", 25_000) in found_in(stacks, "25K")
    assert ("total", "Likes · Reels", 25_000) in found_in(stacks, "25,000")


def test_the_change_of_a_total_is_found_where_a_day_has_no_partner() -> None:
    """The sentence on a month of 31 days against one of 30 says its change."""
    days, before = ("2026-10-30", "2026-10-31"), ("2026-09-30", "")
    added = Chart("line", "date", days, (Series("n", "Clicks", COUNT, (700, 800), (600, None), additive=True),), before)
    assert found_in(added, "150.0%") == [("change", "Clicks", 1.5)]
    assert found_in(added, "600")[-1] == ("total", "Clicks", 600)


_SAID = re.compile(
    r"(?:by|to|of|is|first|last|highest|lowest|from|:) ([^ ]*\d[^ ]*(?: pp| s| min)?)(?= in all|, |\.| \()"
)


def test_every_figure_of_alternative_texts_is_found() -> None:
    """Totals, changes, shares and extremes of every chart of the gallery, in the words of its text."""
    made = PrintedReport(gallery("paper"))
    said = {
        figure.rstrip(".,")
        for block in made.report.blocks
        for chart in block.charts
        for figure in _SAID.findall(made.alternative_text(chart, "").partition("points. ")[2])
    }
    known = {text for figure in figures(made.report) for text in (figure.text, figure.text.lstrip("+\N{MINUS SIGN}"))}
    known = {" ".join(text.split()) for text in known}
    assert len(said) > 50
    assert {figure for figure in said if " ".join(figure.split()) not in known} == set()


def test_totals_of_sentences_and_their_changes_are_found() -> None:
    """A sentence on a chart says the total of what adds up and its change, else the change from first to last."""
    days, before = ("2026-10-01", "2026-10-02"), ("2026-09-01", "2026-09-02")
    added = Chart("line", "date", days, (Series("n", "Clicks", COUNT, (700, 800), (600, 650), additive=True),), before)
    assert found_in(added, "1,500") == [("total", "Clicks", 1500)]
    assert found_in(added, "20.0%") == [("change", "Clicks", 0.2)]
    course = Chart("line", "date", days, (Series("n", "Fans", COUNT, (800, 1000)),))
    assert found_in(course, "25.0%") == [("change", "Fans", 0.25)]


def test_shares_of_a_funnel_are_found() -> None:
    """The share that continues from each step, and the share of the first that gets to the last."""
    funnel = Chart("funnel", "category", ("View", "Cart", "Order"), (Series("n", "Steps", COUNT, (400, 100, 10)),))
    assert found_in(funnel, "25.0%") == [("share", "View → Cart", 0.25)]
    assert found_in(funnel, "2.5%") == [("share", "View → Order", 0.025)]


def test_a_missed_goal_is_found_as_it_is_printed() -> None:
    """Its progress has the decimals of the card."""
    goal = Goal(60_000, 59_900 / 60_000, 1, "missed")
    block = replace(NUMBER, readings=(replace(NUMBER.readings[0], value=59_900, goal=goal),))
    report = replace(REPORT, sections=reports.report(block).sections)
    assert [one.role for one in find_figures(report, "99.8%")] == ["goal"]
    assert not find_figures(report, "100%")


def test_a_second_comparison_is_found_with_its_days_and_its_request() -> None:
    """Its value came from the request of its days, its change from both."""
    report = reports.report(replace(reports.TWICE, queries=("sha256:aa", "sha256:then")))
    record = report.queries["sha256:aa"]
    asked = {**report.queries, "sha256:then": replace(record, window=reports.YEAR_BEFORE.dates)}
    report = replace(report, queries=asked, baselines=(*report.baselines, reports.YEAR_BEFORE))
    (value,) = find_figures(report, "61,828")
    assert (value.role, value.window, value.period) == ("value", "baseline", reports.YEAR_BEFORE)
    assert [origin.digest for origin in value.origins] == ["sha256:then"]
    (change,) = find_figures(report, "\N{MINUS SIGN}10.0%")
    assert (change.role, change.against) == ("change", reports.YEAR_BEFORE)
    assert [origin.digest for origin in change.origins] == ["sha256:aa", "sha256:then"]


def test_goals_of_a_chart_are_found() -> None:
    """As the data behind its drawing print them, with their months."""
    goal = Goal.of(7, Target("at_least", 1500), elapsed=1, over_time="sum")
    series = Series("", "Reach", COUNT, (7, 8), goals=(goal, None))
    chart = Chart("bar", "date", ("2026-09-01", "2026-10-01"), (series,), bucket="month")
    report = reports.report(replace(CHART, charts=(chart,)))
    data = PrintedReport(report).chart_data(chart)
    assert (data.heads[-1], [row[-1] for row in data.rows]) == ("Goal", ["1,500", "\N{EN DASH}"])
    (found,) = find_figures(report, "1,500")
    assert (found.role, found.place, found.value) == ("goal", "Reach · 2026-09-01", 1500)


def test_each_bucket_of_a_history_has_the_request_of_its_days() -> None:
    """Also in the client's edition; a month whose request is not there has none, rather than that of another month."""
    months, before = ("2026-09-01..2026-09-30", "2026-10-01..2026-10-31"), "2025-09-01..2025-09-30"
    chart = Chart(
        "bar",
        "date",
        ("2026-09-01", "2026-10-01"),
        (Series("spend", "Spend", COUNT, (71, 72), (73, None)), Series("spend / clicks", "CPC", COUNT, (81, 82))),
        ("2025-09-01", ""),
        bucket="month",
        windows=months,
        baseline_windows=(before, ""),
    )
    queries = ("spend-9", "spend-10", "clicks-9", "clicks-10")
    block = Block("h", "chart", charts=(chart,), queries=queries, trend_queries=2)
    shown = Block("spend", "number", reference_key="x:spend", source="a", queries=("spend-10",))
    clicks = Block("clicks", "number", reference_key="x:clicks", source="a", queries=("clicks-10",))
    records = {
        f"{name}-{month[5:7].lstrip('0')}": QueryRecord("a", month, {"reference_key": f"x:{name}", "metrics": [name]})
        for name in ("spend", "clicks")
        for month in months
    }
    report = replace(reports.report(block, shown, clicks), queries=records)
    for edition in (report, client_edition(report)):
        assert origins(edition, "81") == ["spend-9", "clicks-9"]
        assert origins(edition, "73") == []
    assert origins(report, "71") == ["spend-9"]
    hidden = replace(reports.report(block, shown), queries=records, hidden=(clicks,))
    assert origins(client_edition(hidden), "81") == ["spend-9"]


def test_a_small_line_of_a_numbers_own_months_has_the_requests_of_these() -> None:
    """Its alternative text and the web page tell its values; those of a line made of a chart are in that chart."""
    months = ("2026-08-01..2026-08-31", "2026-09-01..2026-09-30")
    line = Chart(
        "sparkline",
        "date",
        ("2026-08-01", "2026-09-01"),
        (Series("reach", "reach", COUNT, (61, None)),),
        bucket="month",
        windows=months,
    )
    block = replace(NUMBER, charts=(line,), queries=("now", "8", "9"), trend_queries=2)
    named = zip("89", months, strict=True)
    asked = {digest: QueryRecord("instagram", days, {"metrics": ["reach"]}) for digest, days in named}
    report = replace(reports.report(block), queries=asked)
    (found,) = find_figures(report, "61")
    assert (found.role, found.place, origins(report, "61")) == ("point", "2026-08-01", ["8"])
    of_chart = replace(block, charts=(replace(line, windows=()),))
    assert find_figures(reports.report(of_chart), "61") == ()


def origins(report: Report, text: str) -> list[str]:
    """Return the digests of the requests of a figure."""
    (figure,) = find_figures(report, text)
    return [origin.digest for origin in figure.origins]
