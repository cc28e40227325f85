"""Windows of blocks: the report's, or days and comparisons of their own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

import pytest

from reportgen.errors import PeriodError
from reportgen.fetching import planned_requests
from reportgen.spec.loading import load_spec
from reportgen.spec.planning import make_plan

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.spec.planning import Plan

HEAD = """\
version: 1
compare: previous_period
sources: {ads: {integration: google_ads}}
sections:
  - source: ads
    blocks:
"""
NOVEMBER = date(2026, 11, 3)


def planned(folder: Path, *blocks: str, as_of: date = NOVEMBER, head: str = HEAD) -> Plan:
    """Return the plan of a spec with some blocks."""
    path = folder / "spec.yaml"
    path.write_text(head + "".join(f"      - {block}\n" for block in blocks))
    return make_plan(load_spec(path), as_of=as_of)


def number(name: str, keys: str = "") -> str:
    """Return a number block with further keys."""
    return f'{{name: {name}, reference_key: "gads:clicks", component: number_v1, metrics: [clicks], {keys}}}'


def asked(plan: Plan) -> dict[str, list[str]]:
    """Return the days that each block asks for, with those that the API is to compare with behind a slash."""
    return {
        each.scope.name: [
            query.window.current.dates + (f"/{query.window.baseline.dates}" if query.window.baseline else "")
            for query in each.block.queries(each.scope)
        ]
        for each in plan.blocks
    }


def test_the_reports_window_stays_as_it_is(tmp_path: Path) -> None:
    """A block without days of its own asks as before, with the API's comparison; beside others that ask apart."""
    plan = planned(tmp_path, number("plain"), number("own", "period: last_3_months, compare: previous_period"))
    assert asked(plan) == {
        "plain": ["2026-10-01..2026-10-31/2026-09-01..2026-09-30"],
        "own": ["2026-08-01..2026-10-31", "2026-05-01..2026-07-31"],
    }


def test_days_of_its_own_are_compared_only_where_the_block_says_so(tmp_path: Path) -> None:
    """Whatever the report is compared with."""
    assert asked(planned(tmp_path, number("own", "period: year_to_date"))) == {"own": ["2026-01-01..2026-10-31"]}


@pytest.mark.parametrize(
    ("keys", "days"),
    [
        ("compare: same_period_last_year", ["2026-10-01..2026-10-31", "2025-10-01..2025-10-31"]),
        ("compare: 2025-01-01..2025-01-31", ["2026-10-01..2026-10-31", "2025-01-01..2025-01-31"]),
        ("compare: none", ["2026-10-01..2026-10-31"]),
        ("compare: previous_period", ["2026-10-01..2026-10-31/2026-09-01..2026-09-30"]),
        ("compare: same_period_last_year, align: weekday", ["2026-10-01..2026-10-31", "2025-10-02..2025-11-01"]),
        ("period: last_month, compare: previous_period", ["2026-10-01..2026-10-31/2026-09-01..2026-09-30"]),
        ("period: month_to_date, compare: previous_month", ["2026-10-01..2026-10-31/2026-09-01..2026-09-30"]),
        ("period: 2026-Q4", ["2026-10-01..2026-10-31"]),
        ("period: last_2_quarters", ["2026-04-01..2026-09-30"]),
        ("period: yesterday, compare: previous_period", ["2026-10-31..2026-10-31", "2026-10-30..2026-10-30"]),
    ],
)
def test_a_comparison_of_its_own(tmp_path: Path, keys: str, days: list[str]) -> None:
    """It is asked apart, unless it is the report's own question."""
    assert asked(planned(tmp_path, number("own", keys))) == {"own": days}


def test_weeks_and_years_begin_where_the_spec_says(tmp_path: Path) -> None:
    """As for the report's own words."""
    head = HEAD.replace("compare", "week_starts: sunday\nfiscal_year_starts: april\ncompare", 1)
    plan = planned(tmp_path, number("weeks", "period: last_2_weeks"), number("year", "period: year_to_date"), head=head)
    assert asked(plan) == {"weeks": ["2026-10-18..2026-10-31"], "year": ["2026-04-01..2026-10-31"]}


def test_a_formula_has_the_days_of_its_numbers(tmp_path: Path) -> None:
    """In its title too, and its goal is one for them."""
    plan = planned(
        tmp_path,
        number("clicks", "period: last_3_months, compare: previous_period"),
        "{name: half, formula: clicks / 2, goal: 5}",
        "{name: quarter, formula: half / 2}",
    )
    for planned_block in plan.blocks:
        scope = planned_block.scope
        assert scope.days
        assert (scope.days.dates, scope.spec_period) == ("2026-08-01..2026-10-31", None)
        assert scope.days_text == "August \N{EN DASH} October 2026"


def test_days_after_the_reports_are_an_error_that_names_the_block(tmp_path: Path) -> None:
    """A report of October has no block of November."""
    with pytest.raises(PeriodError, match=r"the block 'own': period '2026-11' starts on 2026-11-01"):
        planned(tmp_path, number("own", "period: 2026-11"))


def test_the_reports_own_days_have_their_words(tmp_path: Path) -> None:
    """For files of answers: the dates of other windows stand for themselves."""
    blocks = (
        number("plain"),
        number("year", "compare: same_period_last_year"),
        number("own", "period: last_3_months"),
        "{history: plain, period: last_month, compare: same_period_last_year}",
    )
    assert planned(tmp_path, *blocks).parts() == {
        "2026-10-01..2026-10-31": "current",
        "2026-09-01..2026-09-30": "baseline",
    }


def test_a_month_is_asked_once_for_all(tmp_path: Path) -> None:
    """Small lines, histories and their formulas of the same months share the requests of an account."""
    plan = planned(
        tmp_path,
        number("clicks", "trend: {by: month, period: last_3_months}"),
        '{name: spend, reference_key: "gads:cost", component: number_v1, metrics: [cost], '
        "trend: {by: month, period: last_3_months}}",
        "{name: cpc, formula: spend / clicks}",
        "{history: [spend, cpc], period: last_3_months}",
        "{history: clicks, period: last_2_months}",
    )
    requests = planned_requests(plan)
    assert [(request.window, len(cast("list[object]", request.body["metrics"]))) for request in requests] == [
        ("2026-10-01..2026-10-31", 2),
        ("2026-08-01..2026-08-31", 2),
        ("2026-09-01..2026-09-30", 2),
    ]
    assert "comparison_start" in requests[0].body
    assert not any("comparison_start" in request.body for request in requests[1:])


def test_answers_of_whole_months_may_be_kept(tmp_path: Path) -> None:
    """But not those of the report's days, of its compared days, of a running month, or that another block asks for."""
    plan = planned(
        tmp_path,
        number("clicks"),
        "{history: clicks, period: 2026-06-15..2026-10-31}",
        number("july", "period: 2026-07"),
    )
    kept = {query.window.current.dates: query.is_kept for query in plan.author_keys()}
    assert kept == {
        "2026-10-01..2026-10-31": False,
        "2026-06-15..2026-06-30": False,
        "2026-07-01..2026-07-31": False,
        "2026-08-01..2026-08-31": True,
        "2026-09-01..2026-09-30": False,
    }


TWO = HEAD.replace("previous_period", "[previous_period, same_period_last_year]")


def test_a_second_comparison_is_one_more_question(tmp_path: Path) -> None:
    """The first stays with the API; the second is asked as other days, of numbers alone, once for an account."""
    chart = '{name: chart, reference_key: "gads:d", component: chart_v1, metrics: [clicks], dimensions: [date]}'
    plan = planned(tmp_path, number("clicks"), number("calls"), chart, head=TWO)
    now, before, year = "2026-10-01..2026-10-31", "2026-09-01..2026-09-30", "2025-10-01..2025-10-31"
    assert asked(plan) == {
        "clicks": [f"{now}/{before}", year],
        "calls": [f"{now}/{before}", year],
        "chart": [f"{now}/{before}", before],
    }
    assert [each.dates for each in plan.window.compared] == [before, year]
    assert [request.window for request in planned_requests(plan)] == [now, year, before]


@pytest.mark.parametrize(
    ("keys", "days"),
    [
        ("compare: same_period_last_year", ["2026-10-01..2026-10-31", "2025-10-01..2025-10-31"]),
        ("compare: previous_period", ["2026-10-01..2026-10-31/2026-09-01..2026-09-30"]),
        ("compare: none", ["2026-10-01..2026-10-31"]),
        (
            "compare: [previous_month, 2024-10-01..2024-10-31]",
            ["2026-10-01..2026-10-31/2026-09-01..2026-09-30", "2024-10-01..2024-10-31"],
        ),
        (
            "compare: [same_period_last_year, previous_period]",
            ["2026-10-01..2026-10-31", "2025-10-01..2025-10-31", "2026-09-01..2026-09-30"],
        ),
        (
            "period: last_2_months, compare: [previous_period, same_period_last_year]",
            ["2026-09-01..2026-10-31", "2026-07-01..2026-08-31", "2025-09-01..2025-10-31"],
        ),
        ("align: weekday", ["2026-10-01..2026-10-31/2026-09-01..2026-09-30", "2025-10-02..2025-11-01"]),
    ],
)
def test_a_block_has_its_own_list_of_comparisons(tmp_path: Path, keys: str, days: list[str]) -> None:
    """A word, a list or none, in place of the report's."""
    assert asked(planned(tmp_path, number("own", keys), head=TWO)) == {"own": days}


def test_a_formula_has_the_comparisons_of_its_numbers(tmp_path: Path) -> None:
    """Of its first number, as for its days."""
    own = number("own", "compare: [same_period_last_year, previous_period]")
    (_, formula) = planned(tmp_path, own, "{name: half, formula: own / 2}").blocks
    assert [each.dates for each in formula.scope.window.compared] == [
        "2025-10-01..2025-10-31",
        "2026-09-01..2026-09-30",
    ]


def test_words_for_the_same_days_are_a_single_comparison(tmp_path: Path) -> None:
    """The month before a month is the period before it; nothing is asked or shown twice."""
    plan = planned(
        tmp_path, number("clicks"), head=HEAD.replace("previous_period", "[previous_period, previous_month]")
    )
    assert (len(plan.window.compared), plan.window.further) == (1, ())


def test_a_callers_comparisons_replace_the_reports_and_no_blocks(tmp_path: Path) -> None:
    """As a word, as two with a comma between, or as a list; none of them is the report's own."""
    spec = planned(tmp_path, number("clicks"), number("own", "compare: none"), head=TWO).spec
    for compare, count in (
        ("none", 0),
        ("previous_period", 1),
        ("previous_period, same_period_last_year", 2),
        (["same_period_last_year", "2024-10-01..2024-10-31"], 2),
        ((), 0),
    ):
        plan = make_plan(spec, compare=compare, as_of=NOVEMBER)
        clicks, own = asked(plan).values()
        assert (len(plan.window.compared), len(clicks)) == (count, max(count, 1))
        assert own == ["2026-10-01..2026-10-31"]


@pytest.mark.parametrize(
    ("compare", "said"),
    [
        ("previous_period,,", "'' is no comparison"),
        ("previous_period,previous_period", "compare names 'previous_period' twice"),
        (["previous_period", "none"], "compare 'none' stands alone"),
        ("previous_month,previous_period,same_period_last_year", "compare has 3 comparisons"),
    ],
)
def test_a_callers_wrong_comparisons_are_an_error(tmp_path: Path, compare: str | list[str], said: str) -> None:
    """In the words that a spec has for it."""
    spec = planned(tmp_path, number("clicks")).spec
    with pytest.raises(PeriodError, match=said):
        make_plan(spec, compare=compare, as_of=NOVEMBER)
