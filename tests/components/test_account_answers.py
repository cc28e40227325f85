"""The merging of the answers of several accounts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.components import Metric
from reportgen.components.account_answers import with_merged
from reportgen.components.datatable import DatatableBlock
from reportgen.queries import ChartAnswer, Failure, NumberAnswer, Query, Source, TableAnswer
from tests.components.scenes import block_of, scope

if TYPE_CHECKING:
    from reportgen.components import Scope
    from reportgen.model import Block
    from reportgen.queries import Answer

NAMES = ("Brazil", "Mexico", "Peru")
FAILED = Failure("failed", "the API answered 500")
CLICKS = {"component": "number_v1", "reference_key": "gads:clicks", "metrics": ["metrics.clicks"]}
BY_DAY = {
    "component": "chart_v1",
    "reference_key": "gads:clicks_by_day",
    "metrics": ["metrics.clicks"],
    "dimensions": ["date"],
}
BY_DEVICE = {**BY_DAY, "reference_key": "gads:clicks_by_device", "dimensions": ["device"]}
CAMPAIGNS = {
    "component": "datatable_v1",
    "reference_key": "gads:campaigns",
    "metrics": ["metrics.clicks", "metrics.impressions", "metrics.ctr"],
    "dimensions": ["campaign"],
    "fields": {"metrics.ctr": {"format": "percent"}},
}
DAYS = tuple(f"2026-10-{day:02}" for day in range(1, 32))


def several(count: int = 2, *, compared: bool = False, currencies: tuple[str, ...] = ()) -> Scope:
    """Return a scope whose source has some accounts, with the currencies that the API tells."""
    codes = (*currencies, *("",) * count)
    members = tuple(
        Source("ads", "google_ads", f"uuid-{name}", name, code, is_member=True)
        for name, code in zip(NAMES[:count], codes, strict=False)
    )
    return replace(scope(compared=compared), source=Source("ads", "google_ads", "", members=members))


def merged(written: object, *answers: Answer, then: tuple[Answer, ...] = (), where: Scope | None = None) -> Block:
    """Return the block of answers of accounts, in their order."""
    where = where or several(len(answers), compared=bool(then))
    block = block_of(written).of_accounts()
    queries = block.queries(where)
    came = {
        each: answer
        for query, own in zip(queries, (answers, then), strict=False)
        for each, answer in zip(query.by_account, own, strict=True)
    }
    return block.completed(block.resolve(where, with_merged(queries, came)), where)


def test_numbers_are_added_exactly() -> None:
    """0.1 and 0.2 of two accounts are 0.3, in both periods, and the change is that of the sums."""
    where = several(compared=True)
    (reading,) = merged(CLICKS, NumberAnswer(0.1, 4), NumberAnswer(0.2, 1), where=where).readings
    assert (reading.value, reading.baseline) == (0.3, 5)
    assert reading.change is not None
    assert reading.change.relative == pytest.approx(-0.94)


@pytest.mark.parametrize(("answer", "state"), [(FAILED, "failed"), (NumberAnswer(None), "no_data")])
def test_a_number_that_an_account_lacks_is_missing(answer: Answer, state: str) -> None:
    """The sum without an account is no smaller value but a missing value, and staff are told the account's name."""
    block = merged(CLICKS, NumberAnswer(5), answer)
    assert (block.state, block.readings[0].value) == (state, None)
    if state == "failed":
        assert block.reason == "Mexico: the API answered 500"


@pytest.mark.parametrize("lacking", [NumberAnswer(None), Failure("no_data", "There is no data")])
def test_a_sum_without_an_account_says_so(lacking: Answer) -> None:
    """The accounts have data, though not all of them: the sum is not called without data, and keeps what it can."""
    where = several(compared=True)
    block = merged(CLICKS, NumberAnswer(5, 3), lacking, where=where)
    assert (block.state, block.remarks) == ("no_data", ("lacking_account",))
    whole = merged(CLICKS, NumberAnswer(5, 3), NumberAnswer(7, 2), where=where)
    none = merged(CLICKS, lacking, lacking, where=where)
    assert (whole.remarks, none.state, none.remarks) == ((), "no_data", ())


def test_staff_are_told_which_account_lacks_a_value() -> None:
    """A merged answer names the account and the days; where all lack it, none is named."""
    where = several(compared=True)
    query = block_of(CLICKS).queries(where)[0]
    lacking = dict(zip(query.by_account, (NumberAnswer(5, 3), NumberAnswer(7)), strict=True))
    answer = with_merged([query], lacking)[query]
    assert isinstance(answer, NumberAnswer)
    assert (answer.value, answer.baseline, answer.baseline_missing) == (12, None, "no_data")
    (caution,) = answer.cautions
    assert (caution.code, "Mexico: has no value in 2026-09-01..2026-09-30" in caution.text) == ("W-ACCOUNTS", True)
    neither = dict.fromkeys(query.by_account, NumberAnswer(None))
    assert with_merged([query], neither)[query].cautions == ()  # type: ignore[union-attr]


def test_the_apis_own_change_of_an_account_is_checked() -> None:
    """What the API says of an account and is not so is told with the account's name."""
    query = block_of(CLICKS).queries(several(compared=True))[0]
    wrong = NumberAnswer(10, 8, difference=50.0)
    answer = with_merged([query], dict(zip(query.by_account, (wrong, NumberAnswer(1, 1)), strict=True)))[query]
    assert isinstance(answer, NumberAnswer)
    assert [(found.code, found.text[:7]) for found in answer.cautions] == [("W-DIFFERENCE", "Brazil:")]


def test_days_are_added_by_their_dates() -> None:
    """Days that come in another order are added to their own dates."""
    chart = merged(
        BY_DAY, ChartAnswer(DAYS, (tuple(range(31)),)), ChartAnswer(DAYS[::-1], (tuple(range(31))[::-1],))
    ).charts[0]
    assert chart.series[0].values == tuple(2 * day for day in range(31))


def test_a_day_that_an_account_lacks_is_a_gap() -> None:
    """A day without the figures of one account has no sum, and staff are told which account lacks it."""
    block = merged(BY_DAY, ChartAnswer(DAYS, ((5,) * 31,)), ChartAnswer(DAYS[:-1], ((1,) * 30,)))
    assert block.charts[0].series[0].values == (6,) * 30 + (None,)
    (caution,) = block.cautions
    assert (caution.code, caution.text.startswith("Mexico: lacks values")) == ("W-ACCOUNTS", True)


def test_a_day_of_zero_is_added_as_zero() -> None:
    """Where the source leaves out days of zero, a day that one account lacks is the other's."""
    block = merged({**BY_DAY, "absent": "zero"}, ChartAnswer(DAYS, ((5,) * 31,)), ChartAnswer(DAYS[:-1], ((1,) * 30,)))
    assert block.charts[0].series[0].values == (6,) * 30 + (5,)
    assert not block.cautions


def test_a_null_day_stays_missing() -> None:
    """A day that an account has without a value is no zero, whatever its source leaves out."""
    block = merged({**BY_DAY, "absent": "zero"}, ChartAnswer(DAYS, ((5,) * 31,)), ChartAnswer(DAYS, ((None,) * 31,)))
    assert block.state == "no_data"


def test_categories_are_those_of_every_account() -> None:
    """A category that one account alone has keeps its value; the largest comes first where each account has it so."""
    block = merged(
        BY_DEVICE,
        ChartAnswer(("mobile", "desktop"), ((9, 2),)),
        ChartAnswer((" mobile", "tv", "desktop"), ((5, 4, 3),)),
    )
    (chart,) = block.charts
    assert (chart.labels, chart.series[0].values) == (("mobile", "desktop", "tv"), (14, 5, 4))
    assert not block.cautions


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (FAILED, "Mexico: the API answered 500"),
        (ChartAnswer(("mobile", "mobile"), ((1, 2),)), "Mexico: the label 'mobile' stands twice"),
        (ChartAnswer(("mobile",), ((1,), (2,))), "Mexico: 2 series came for 1 metrics"),
        (ChartAnswer(("mobile",), ((1, 2),)), "Mexico: 1 labels came with series of other lengths"),
        (NumberAnswer(4), "its accounts answered in different shapes"),
    ],
)
def test_a_chart_that_an_account_lacks_fails(answer: Answer, reason: str) -> None:
    """Sums without an account, or of what cannot be told apart, would be wrong: the chart fails with the reason."""
    block = merged(BY_DEVICE, ChartAnswer(("mobile",), ((9,),)), answer)
    assert (block.state, block.charts) == ("failed", ())
    assert reason in block.reason


def test_rows_are_put_together_with_their_accounts() -> None:
    """A table has the rows of every account, named behind the dimension, sorted as a whole, with the sum of totals."""
    block = merged(
        {**CAMPAIGNS, "sort_by": "-metrics.clicks"},
        TableAnswer((("Brand", 6, 100, 0.06), ("Video", 1, 50, 0.02), ("Total", 7, 150, 0.0467))),
        TableAnswer((("Brand", 4, 50, 0.08), ("Total", 4, 50, 0.08))),
    )
    (table,) = block.tables
    campaign, account, clicks, _, rate = table.columns
    assert campaign.values == ("Brand", "Brand", "Video")
    assert (account.label, account.values) == ("Account", ("Brazil", "Mexico", "Brazil"))
    assert clicks.values == (6, 4, 1)
    assert rate.values == (0.06, 0.08, 0.02)
    assert table.total is not None
    assert table.total[:4] == ("Total", None, 11, 200)
    assert table.total[4] == pytest.approx(11 / 200)  # of its parts, never an average of rates


def test_a_total_that_an_account_did_not_send_is_not_made() -> None:
    """The rows of an account may be cut, so that its total is not known; staff are told which account sent none."""
    where = several()
    block = block_of(CAMPAIGNS).of_accounts()
    (query,) = block.queries(where)
    answers = (
        TableAnswer((("Brand", 6, 100, 0.06), ("Total", 7, 150, 0.0467))),
        TableAnswer((("Brand", 4, 50, 0.08),)),
    )
    answer = with_merged([query], dict(zip(query.by_account, answers, strict=True)))[query]
    assert isinstance(answer, TableAnswer)
    assert [row[:3] for row in answer.rows] == [("Brand", "Brazil", 6), ("Brand", "Mexico", 4)]
    assert [caution.text[:26] for caution in answer.cautions] == ["Mexico: sent no total, so "]


def test_a_total_under_a_name_of_its_own_is_told_of_its_account() -> None:
    """A last row that is the sum of an account's others is told, though it is not that of all rows."""
    rows = (("A", 1, 10), ("B", 2, 20), ("C", 3, 30), ("Everything", 6, 60))
    where = several()
    block = block_of({**CAMPAIGNS, "metrics": ["metrics.clicks", "metrics.impressions"]}).of_accounts()
    (query,) = block.queries(where)
    own = (TableAnswer((("A", 1, 10),)), TableAnswer(rows))
    answer = with_merged([query], dict(zip(query.by_account, own, strict=True)))[query]
    assert isinstance(answer, TableAnswer)
    (caution,) = answer.cautions
    assert (caution.code, "Mexico: the last row, 'Everything', is the sum" in caution.text) == ("W-TOTAL", True)


def test_rows_of_another_width_are_told_of_their_account() -> None:
    """As they came, without the account's own column."""
    right, short, long = ("a", 1, 2, 0.5), ("b", 1), ("c", 1, 2, 0.5, 9)
    block = merged(CAMPAIGNS, TableAnswer((right,)), TableAnswer((short, long, short)))
    assert (block.state, block.reason) == ("partial", "Mexico: 4 columns were asked for, rows of 2, 5 came")


def test_a_table_without_an_account_is_partial() -> None:
    """The rows of the other accounts stay, the page and staff are told whose are missing, and no total is told."""
    block = merged(CAMPAIGNS, TableAnswer((("Brand", 6, 100, 0.06), ("Total", 6, 100, 0.06))), FAILED)
    (table,) = block.tables
    assert (block.state, table.without, table.total) == ("partial", ("Mexico",), None)
    assert block.reason == "Mexico: the API answered 500"
    assert table.columns[0].values == ("Brand",)
    assert merged(CAMPAIGNS, FAILED, FAILED).state == "failed"
    assert merged(CAMPAIGNS, TableAnswer(()), FAILED).state == "failed"


def test_an_account_without_data_has_no_rows() -> None:
    """An account without data in the period is not missing from a table: it has no rows, and the total stays whole."""
    block = merged(
        CAMPAIGNS, TableAnswer((("Brand", 6, 100, 0.06), ("Total", 6, 100, 0.06))), Failure("no_data", "null")
    )
    (table,) = block.tables
    assert (block.state, table.without, table.of) == ("ok", (), 1)
    assert table.total is not None
    assert table.total[2] == 6
    assert merged(CAMPAIGNS, Failure("no_data", "null"), TableAnswer(())).state == "no_data"


@pytest.mark.parametrize("lacks_now", [True, False])
def test_rows_are_not_told_as_new_where_an_account_lacks_a_period(lacks_now: bool) -> None:  # noqa: FBT001 - both periods
    """Where an account lacks one period, the table is not compared: its rows would seem new, or gone."""
    whole = TableAnswer((("Brand", 6, 100, 0.06),))
    answers, then = ((whole, FAILED), (whole, whole)) if lacks_now else ((whole, whole), (whole, FAILED))
    block = merged(CAMPAIGNS, *answers, then=then)
    assert block.tables[0].baseline_missing == ("not_comparable" if lacks_now else "failed")
    assert set(block.tables[0].presence) == {"current"}
    assert block.state == "partial"


def test_rows_of_two_accounts_are_compared_with_their_own() -> None:
    """A campaign of the same name in two accounts is compared with that of its own account."""
    now = (TableAnswer((("Brand", 6, 1, 1),)), TableAnswer((("Brand", 4, 1, 1),)))
    then = (TableAnswer((("Brand", 1, 1, 1),)), TableAnswer((("Brand", 8, 1, 1),)))
    clicks = merged(CAMPAIGNS, *now, then=then).tables[0].columns[2]
    assert (clicks.values, clicks.baseline) == ((6, 4), (1, 8))


def test_a_table_without_dimensions_has_a_row_an_account() -> None:
    """The rows of a table without dimensions are named by their accounts."""
    written = {**CAMPAIGNS, "dimensions": []}
    (table,) = merged(written, TableAnswer(((6, 100, 0.06),)), TableAnswer(((4, 50, 0.08),))).tables
    assert [column.values for column in table.columns[:2]] == [("Brazil", "Mexico"), (6, 4)]


def test_chosen_columns_have_the_account_behind_the_dimensions() -> None:
    """An author's columns keep the account's, without which rows of the same name could not be told apart."""
    block = block_of({**CAMPAIGNS, "columns": ["campaign", "metrics.ctr"]}).of_accounts()
    assert isinstance(block, DatatableBlock)
    assert block.columns == ("campaign", "account", "metrics.ctr")


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ({**CLICKS, "reference_key": "ig:reach", "metrics": ["reach"]}, "write additive: {accounts: true}"),
        ({**CLICKS, "reference_key": "gads:ctr", "metrics": ["metrics.ctr"]}, "with a formula, such as"),
        ({**CLICKS, "reference_key": "shop:margin", "metrics": ["margin"], "format": "percent"}, "with a formula"),
        (
            {**BY_DAY, "metrics": ["metrics.clicks", "metrics.ctr"]},
            "take it out, and draw a history of a number",
        ),
        ({**BY_DAY, "dimensions": ["date", "device"]}, "the API does not name its series"),
    ],
)
def test_what_does_not_add_up_is_refused(written: object, advice: str) -> None:
    """No average of averages and not the value of the first account: the block fails and says what to write."""
    answer = NumberAnswer(1) if written["component"] == "number_v1" else ChartAnswer(("a",), ((1,),))  # type: ignore[index]
    block = merged(written, answer, answer)
    assert block.state == "failed"
    assert advice in block.reason
    assert "give each account a source of its own" in block.reason


@pytest.mark.parametrize("additive", [True, {"accounts": True}, {"parts": True}])
def test_the_author_says_that_accounts_add_up(additive: object) -> None:
    """`additive` of a block goes before what is known of a metric; what adds up over parts does over accounts."""
    reach = {**CLICKS, "reference_key": "ig:reach", "metrics": ["reach"], "additive": additive}
    assert merged(reach, NumberAnswer(5), NumberAnswer(6)).readings[0].value == 11


def test_different_currencies_are_never_added() -> None:
    """Amounts of accounts in different currencies fail by name, in numbers, charts and tables; counts do not."""
    where = several(currencies=("BRL", "MXN"))
    spend = {"reference_key": "gads:cost_micros", "metrics": ["metrics.cost_micros"]}
    number, chart, table = ({**kind, **spend} for kind in (CLICKS, BY_DAY, CAMPAIGNS))
    for written, answer in (
        (number, NumberAnswer(5)),
        ({**number, "format": "currency"}, NumberAnswer(5)),
        (chart, ChartAnswer(DAYS[:1], ((5,),))),
        (table, TableAnswer((("Brand", 5),))),
    ):
        block = merged(written, answer, answer, where=where)
        assert (block.state, block.remarks) == ("failed", ("unmergeable",))
        assert "(Brazil in BRL, Mexico in MXN), which are never added up" in block.reason
    assert merged(CLICKS, NumberAnswer(5), NumberAnswer(5), where=where).readings[0].value == 10
    converted = {**number, "currency": "usd"}
    assert merged(converted, NumberAnswer(5), NumberAnswer(5), where=where).readings[0].value == 10


VALUES = st.one_of(st.none(), st.integers(-(10**9), 10**12), st.decimals(-1000, 1000, places=2).map(float))


@given(st.lists(st.tuples(VALUES, VALUES), min_size=2, max_size=3), st.randoms(use_true_random=False))
def test_a_sum_is_that_of_its_accounts(values: list[tuple[float | None, float | None]], order: object) -> None:
    """The merged number is the exact sum of the accounts' own, or missing; their order changes nothing."""
    query = block_of(CLICKS).queries(several(len(values), compared=True))[0]

    def answer_of(pairs: list[tuple[float | None, float | None]]) -> NumberAnswer:
        answers = [NumberAnswer(*pair) for pair in pairs]
        answer = with_merged([query], dict(zip(query.by_account, answers, strict=True)))[query]
        assert isinstance(answer, NumberAnswer)
        return answer

    came = answer_of(values)
    for found, own in ((came.value, [now for now, _ in values]), (came.baseline, [then for _, then in values])):
        if None in own:
            assert found is None
        else:
            assert Decimal(repr(found)) == sum(Decimal(repr(value)) for value in own)
    shuffled = [*values]
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    again = answer_of(shuffled)
    assert (again.value, again.baseline) == (came.value, came.baseline)


def test_a_question_without_a_rule_is_not_merged() -> None:
    """Answers of several accounts are never added up by chance: without a block's rule they fail."""
    where = several()
    assert where.source is not None
    query = Query.of(where.source, where.window, '{"component":"number_v1","metrics":["reach"]}')
    answer = with_merged([query], dict.fromkeys(query.by_account, NumberAnswer(1)))[query]
    assert isinstance(answer, Failure)


def test_a_single_account_is_asked_as_before() -> None:
    """A source of a single account has no rule, and its answer is not touched."""
    block = block_of(CLICKS)
    assert isinstance(block, Metric)
    query = block.query(scope())
    assert (query.merging, query.by_account) == (None, (query,))
    assert with_merged([query], {query: NumberAnswer(1)}) == {query: NumberAnswer(1)}


POINTS = st.dictionaries(st.sampled_from("abcde"), st.one_of(st.none(), st.integers(-5, 10**6)), max_size=5)


@given(st.lists(POINTS, min_size=2, max_size=3), st.booleans())
def test_a_chart_is_the_sum_of_its_accounts(points: list[dict[str, int | None]], dated: bool) -> None:  # noqa: FBT001 - both kinds of labels
    """Every label that an account has is there, with the sum of all accounts that have it, or missing.

    A sum is missing where an account has the label without a value, and for a day where an account lacks it.
    """
    days = dict(zip("abcde", DAYS, strict=False))
    charts = [
        ChartAnswer(tuple(days[name] if dated else name for name in own), (tuple(own.values()),)) for own in points
    ]
    expected = {}
    for name in sorted({name for own in points for name in own}):
        came = [own[name] for own in points if name in own]
        lacks = None in came or (dated and len(came) < len(points))
        expected[days[name] if dated else name] = None if lacks else sum(value for value in came if value is not None)
    block = merged(BY_DAY if dated else BY_DEVICE, *charts)
    if all(value is None for value in expected.values()):
        assert block.state == "no_data"
        return
    (chart,) = block.charts
    shown = dict(zip(chart.labels, chart.series[0].values, strict=True))
    assert {label: shown[label] for label in expected} == expected
    assert not any(value is not None for label, value in shown.items() if label not in expected)


ROWS = st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 99), st.integers(1, 99)), min_size=1, max_size=3)


@given(st.lists(ROWS, min_size=2, max_size=3))
def test_a_table_has_the_rows_and_the_total_of_its_accounts(tables: list[list[tuple[str, int, int]]]) -> None:
    """Each row of each account is there once, under the account's name; the total is the sum of all rows."""
    written = {**CAMPAIGNS, "metrics": ["metrics.clicks", "metrics.impressions"], "fields": {}}
    totals = [(sum(row[1] for row in rows), sum(row[2] for row in rows)) for rows in tables]
    answers = [TableAnswer((*rows, ("Total", *total))) for rows, total in zip(tables, totals, strict=True)]
    (table,) = merged(written, *answers).tables
    shown = sorted(zip(*(column.values for column in table.columns), strict=True), key=str)
    expected = [(row[0], name, *row[1:]) for name, rows in zip(NAMES, tables, strict=False) for row in rows]
    assert shown == sorted(expected, key=str)
    assert table.total == ("Total", None, sum(clicks for clicks, _ in totals), sum(seen for _, seen in totals))
