"""Alternative texts: what each kind of chart is told by, in words that stand for its data."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import pytest

from reportgen.model import Chart, ChartKind, Goal, Series, Target, Unit
from reportgen.outputs.text.alternative_texts import CHART_WORDS, alt_text
from tests.gallery.cases import CASES, KINDS, chart_block
from tests.outputs import reports

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import Number

COUNT, RATE = Unit("count"), Unit("percent")
SEPTEMBER = "September 2026"


def days(  # noqa: PLR0913 - each is one thing that the words depend on
    values: Sequence[Number | None],
    baseline: Sequence[Number | None] = (),
    *,
    kind: ChartKind = "line",
    unit: Unit = COUNT,
    additive: bool = True,
    others: tuple[Series, ...] = (),
) -> Chart:
    """Return a chart of the first days of October, and of September where it is compared."""
    names = [tuple(f"2026-{month}-{day:02d}" for day in range(1, len(values) + 1)) for month in ("10", "09")]
    before = tuple(label if at < len(values) - (None in baseline) else "" for at, label in enumerate(names[1]))
    series = Series("sessions", "Sessions", unit, tuple(values), tuple(baseline), additive=additive)
    return Chart(kind, "date", names[0], (series, *others), before if baseline else ())


def undefined(chart: Chart, *zeros: int) -> Chart:
    """Return a chart some values of whose first series would be divided by zero."""
    first, *others = chart.series
    return replace(chart, series=(replace(first, undefined=zeros), *others))


def named(
    values: dict[str, Number | None], *, kind: ChartKind = "bar", baseline: Sequence[Number] = (), additive: bool = True
) -> Chart:
    """Return a chart of categories."""
    series = Series("reach", "Reach", COUNT, tuple(values.values()), tuple(baseline), additive=additive)
    return Chart(kind, "category", tuple(values), (series,), tuple(values) if baseline else ())


def told(chart: Chart, locale: str = "en", title: str = "Title", baseline: str = SEPTEMBER) -> str:
    """Return an alternative text without its beginning, which says kind, title and number of points."""
    return alt_text(chart, title, locale, baseline).partition("points. ")[2]


def test_every_kind_has_a_name() -> None:
    """No kind of chart is without words."""
    assert set(CHART_WORDS) == set(get_args(ChartKind))


WEEK = (100, 110, 90, 300, 110, 100, 105)
BEFORE = (90, 100, 80, 280, 100, 90, 95)


@pytest.mark.parametrize(
    ("chart", "words"),
    [
        (
            days(WEEK, BEFORE),
            (
                "Sessions rose by 9.6%, to 915 in all, compared with September 2026. "
                "Highest 300 (Oct 4), lowest 90 (Oct 3)."
            ),
        ),
        (
            days(BEFORE, WEEK),
            (
                "Sessions fell by 8.7%, to 835 in all, compared with September 2026. "
                "Highest 280 (Oct 4), lowest 80 (Oct 3)."
            ),
        ),
        (days(WEEK), "Sessions: 915 in all. Highest 300 (Oct 4), lowest 90 (Oct 3)."),
        (
            days(WEEK, (*BEFORE[:6], None)),
            (
                "Sessions rose by 23.6%, to 915 in all, compared with September 2026. "
                "Highest 300 (Oct 4), lowest 90 (Oct 3)."
            ),
        ),
        (days(WEEK, WEEK), "Sessions: 915 in all. Highest 300 (Oct 4), lowest 90 (Oct 3)."),
        (
            days(WEEK, additive=False),
            "Sessions rose by 5.0%, from 100 (Oct 1) to 105 (Oct 7). Highest 300 (Oct 4), lowest 90 (Oct 3).",
        ),
        (
            days((0.05, 0.04, 0.045), unit=RATE, additive=False),
            (
                "Sessions fell by 0.5\N{NO-BREAK SPACE}pp, from 5.0% (Oct 1) to 4.5% (Oct 3). "
                "Highest 5.0% (Oct 1), lowest 4.0% (Oct 2)."
            ),
        ),
        (
            days((0.03502, 0.04, 0.03506), unit=RATE, additive=False),
            "Sessions: first 3.5% (Oct 1), last 3.5% (Oct 3). Highest 4.0% (Oct 2), lowest 3.5% (Oct 1).",
        ),
        (
            days((0, 12, 5), additive=False),
            "Sessions rose by 5, from 0 (Oct 1) to 5 (Oct 3). Highest 12 (Oct 2), lowest 0 (Oct 1).",
        ),
        (days((7, 7, 7), additive=False), "Sessions: first 7 (Oct 1), last 7 (Oct 3)."),
        (
            days((100, None, 120), (90, 80, 100)),
            "Highest 120 (Oct 3), lowest 100 (Oct 1). Sessions: no figure for Oct 2.",
        ),
        (days((None, None)), "Sessions: No data."),
        (
            undefined(days((4, None, None)), 1),
            (
                "Sessions: 4 (Oct 1). Sessions: no figure for Oct 3. "
                "Sessions: not defined for Oct 2, as it would be divided by zero."
            ),
        ),
        (
            undefined(days((None, None)), 0, 1),
            "Sessions: not defined for Oct 1 and Oct 2, as it would be divided by zero.",
        ),
        (
            days((1, *(None,) * 6)),
            "Sessions: 1 (Oct 1). Sessions: no figures for 6 of 7 days, the first of them Oct 2.",
        ),
    ],
    ids=[
        *("rose", "fell", "alone", "shorter", "level", "course"),
        *("rate", "hardly", "from-zero", "still", "gap", "empty", "undefined", "all-undefined", "gaps"),
    ],
)
def test_a_course_of_days(chart: Chart, words: str) -> None:
    """A total against the compared one where days add up and none is missing, else the course; the peak; the gaps."""
    assert told(chart) == words


@pytest.mark.parametrize("additive", [True, False])
def test_the_value_of_a_single_day_is_told(additive: bool) -> None:  # noqa: FBT001 - both kinds of values
    """A report of a day has no other figure to tell."""
    assert alt_text(days((7,), additive=additive), "Title", "en") == "Bar chart: Title. 1 point. Sessions: 7 (Oct 1)."


def test_several_lines_are_named() -> None:
    """Each line has its sentences; beyond four, the others are counted."""
    others = tuple(Series(f"s{at}", f"S{at}", COUNT, (at, at + 1)) for at in range(1, 6))
    words = told(days((3, 4), others=others, kind="combo"))
    assert words.startswith("Sessions: 7 in all. Sessions: highest 4 (Oct 2), lowest 3 (Oct 1). S1 rose by 100.0%, ")
    assert words.endswith("S3: highest 4 (Oct 2), lowest 3 (Oct 1). Further series: 2.")


PARTS: dict[str, Number | None] = {"Male": 12628, "Female": 8815, "Unknown": 2745}
PATH: dict[str, Number | None] = {"Visited": 12600, "Saw": 3150, "Bought": 504}
CROSSED = Chart(
    "heatmap",
    "category",
    ("08", "09"),
    (Series("a", "Mon", COUNT, (5, 9)), Series("b", "Tue", COUNT, (None, 3))),
)


@pytest.mark.parametrize(
    ("chart", "words"),
    [
        (named(PARTS), "Reach: 24,188 in all. Reach: highest 12,628 (Male), lowest 2,745 (Unknown)."),
        (named(PARTS, additive=False), "Reach: highest 12,628 (Male), lowest 2,745 (Unknown)."),
        (
            named(PARTS, baseline=(10000, 8000, 2000), kind="horizontal_bar"),
            (
                "Reach rose by 20.9%, to 24,188 in all, compared with September 2026. "
                "Reach: highest 12,628 (Male), lowest 2,745 (Unknown)."
            ),
        ),
        (
            named({**PARTS, "Other": None}),
            "Reach: highest 12,628 (Male), lowest 2,745 (Unknown). Reach: no figure for Other.",
        ),
        (
            replace(named({**PARTS, "Gone": None}, baseline=(10000, 8000, 2000, 500)), alone=1),
            (
                "Reach rose by 18.0%, to 24,188 in all, compared with September 2026. "
                "Reach: highest 12,628 (Male), lowest 2,745 (Unknown). Reach: no figure for Gone."
            ),
        ),
        (named({"": 5, "b": 4}), "Reach: 9 in all. Reach: highest 5, lowest 4 (b)."),
        (named({"a": 5, "b": 5}, additive=False), "Reach: all the same, 5."),
        (
            named(PARTS, kind="donut"),
            "Reach: 24,188 in all. Reach: the largest part is 12,628 (Male), a share of 52%.",
        ),
        (named({"a": 5, "b": 5, "c": 1}, kind="pie"), "Reach: 11 in all. Reach: highest 5 (a), lowest 1 (c)."),
        (named(PARTS, kind="pie", additive=False), "Reach: the largest part is 12,628 (Male), a share of 52%."),
        (named(PATH, kind="funnel"), "From 12,600 (Visited) to 504 (Bought), which is 4.0%."),
        (named({"a": 90_000, "b": 3}, kind="funnel"), "From 90,000 (a) to 3 (b), which is <0.1%."),
        (
            named({**PATH, "Saw": None}, kind="funnel"),
            "From 12,600 (Visited) to 504 (Bought), which is 4.0%. Reach: no figure for Saw.",
        ),
        (CROSSED, "Highest 9 (Mon, 09), lowest 3 (Tue, 09). No figure for 1 of 4 cells."),
        (
            replace(
                named(PATH), kind="scatter", series=(*named(PATH).series, Series("c", "Cost", RATE, (0.1, 0.2, 0.3)))
            ),
            (
                "Reach: 16,254 in all. Reach: highest 12,600 (Visited), lowest 504 (Bought). "
                "Cost: highest 30.0% (Bought), lowest 10.0% (Visited)."
            ),
        ),
    ],
    ids=[
        *("bars", "rates", "compared", "gap", "gone", "nameless", "same", "ring", "even"),
        *("pie", "funnel", "few", "step", "heat", "scatter"),
    ],
)
def test_parts_and_paths(chart: Chart, words: str) -> None:
    """The largest and the smallest, a total where it is one, the share of the largest, the end of a path, a peak."""
    assert told(chart) == words


@pytest.mark.parametrize(
    ("chart", "start"),
    [
        (named(PARTS, kind="donut"), "Ring chart: Title. 3 points."),
        (
            named(PARTS, kind="donut", baseline=(1, 2, 3)),
            "Ring chart: Title. 3 points. Reach rose by 24,182, to 24,188",
        ),
        (named({"a": -1, "b": 2}, kind="pie"), "Bar chart: Title. 2 points."),
        (named({"a": 0, "b": 2}, kind="funnel"), "Bar chart: Title. 2 points."),
        (named({"a": 1}), "Bar chart: Title. 1 point. Reach: 1 (a)."),
    ],
)
def test_a_chart_is_called_what_is_drawn(chart: Chart, start: str) -> None:
    """What cannot be drawn as parts or as a path is drawn as bars, and told so; one point is one point."""
    assert alt_text(chart, "Title", "en", SEPTEMBER).startswith(start)


def test_a_card_is_not_noisy() -> None:
    """The small line of a card, whose title and value stand above it, says its highest and lowest value."""
    (spark,) = reports.NUMBER.charts
    assert alt_text(spark, "Reach", "en", SEPTEMBER) == "Small line chart. Highest 1,333 (Oct 4), lowest 1,000 (Oct 1)."


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("pt-BR", "Gráfico de linhas: T. 7 pontos. Sessions: alta de 9,6%, para 915 no total, em comparação com X. "),
        ("es", "Gráfico de líneas: T. 7 puntos. Sessions: subida de 9,6\N{NO-BREAK SPACE}%, a 915 en total, "),
        ("de", "Liniendiagramm: T. 7 Punkte. Sessions: um 9,6\N{NO-BREAK SPACE}% auf insgesamt 915 gestiegen, "),
        ("fr", "Graphique en courbes\N{NO-BREAK SPACE}: T. 7 points. Sessions\N{NO-BREAK SPACE}: hausse de 9,6"),
        ("ja", "折れ線グラフ\N{FULLWIDTH COLON}T。 データ点7個。 Sessionsの合計は915で、Xと比べて9.6%増えました。"),
    ],
)
def test_it_is_told_in_the_readers_language(locale: str, words: str) -> None:
    """Each catalogue has the sentences, with figures as the locale writes them."""
    assert alt_text(days(WEEK, BEFORE), "T", locale, "X").startswith(words)


@pytest.mark.parametrize("locale", ["en", "pt-BR", "es", "de", "fr", "ar", "ja"])
def test_every_case_of_every_kind_has_words(locale: str) -> None:
    """Whatever is drawn is told: no sentence is half filled, in English on another page, or longer than a screen."""
    for chart in (chart for kind in KINDS for case in CASES for chart in chart_block(kind, case).charts):
        text = alt_text(chart, "T", locale, SEPTEMBER)
        assert "%(" not in text
        assert len(text) < 900
        assert (locale in {"en", "fr"}) == (" points. " in text or " point. " in text)  # alike in both


def test_goals_that_are_decided_are_counted() -> None:
    """A month that runs is in neither count; without a verdict nothing is said."""
    goals = tuple(
        Goal.of(value, Target("at_least", 5), elapsed=elapsed, over_time="sum")
        for value, elapsed in ((7, 1), (3, 1), (4, 0.5))
    )
    series = Series("", "Reach", COUNT, (7, 3, 4), goals=goals)
    chart = Chart("bar", "date", ("2026-08-01", "2026-09-01", "2026-10-01"), (series,), bucket="month")
    assert "Reach: goal met in 1 of 2." in alt_text(chart, "Reach", "en")
    running = replace(chart, series=(replace(series, goals=(None, None, goals[2])),))
    assert "goal" not in alt_text(running, "Reach", "en")
