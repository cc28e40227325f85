"""The answers of get-data over HTTP: documented shapes, figures that agree."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reportgen.sandbox.dimensions import Dimension, is_media
from reportgen.sandbox.sandbox_server import running_sandbox
from tests.sandbox.asking import OCTOBER, SEPTEMBER, body, client, get_data, metric

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx
    from pydantic import JsonValue

COMPARED = {**OCTOBER, "comparison_start": SEPTEMBER["start"], "comparison_end": SEPTEMBER["end"]}
ADDITIVE = ["clicks", "spend", "metrics.cost_micros", "impressions", "totalRevenue", "replies", "unheard_of"]


def _number(http: httpx.Client, name: str, dates: Mapping[str, str] = OCTOBER, *dimensions: str) -> float:
    return cast("float", get_data(http, [metric("number_v1", [name], dimensions)], dates)["a"]["values"])


def _series(http: httpx.Client, names: list[str], dimensions: list[JsonValue]) -> list[list[float]]:
    answer = get_data(http, [metric("chart_v1", names, dimensions)])["a"]
    return [line["data"] for line in cast("list[dict[str, list[float]]]", answer["values"])]


def _rows(http: httpx.Client, names: list[str], dimensions: list[JsonValue], key: str = "x:key") -> list[list[object]]:
    answer = get_data(http, [metric("datatable_v1", names, dimensions, key=key)])["a"]
    return cast("list[list[object]]", answer["values"])


def _total_and_rest(http: httpx.Client, names: list[str]) -> tuple[list[object], list[list[object]]]:
    """Return the total of the first table that has one, and its other rows."""
    for place in range(50):
        *rows, last = _rows(http, names, ["country"], f"x:{place}")
        if last[0] == "Total":
            return last, rows
    pytest.fail("no table of fifty has a total")


def test_products_have_a_status_a_category_and_a_number_of_their_own(calm: httpx.Client) -> None:
    """A spec may ask for those that are published, as a shop's tables are; campaigns are active or paused."""
    rows = _rows(calm, ["status", "category", "sku", "net_sales"], ["products"])
    assert {row[1] for row in rows if row[0] != "Total"} == {"publish", "draft"}
    assert {type(cell) for row in rows if row[0] != "Total" for cell in row[:4]} == {str}
    assert {row[1] for row in _rows(calm, ["status"], ["campaign"]) if row[0] != "Total"} == {"active", "paused"}


def test_a_number_without_comparison_has_nulls(calm: httpx.Client) -> None:
    """The comparison is there with its three keys, all null, where no dates to compare were sent."""
    answer = get_data(calm, [metric("number_v1", ["clicks"])])["a"]
    assert list(answer) == ["values", "comparison"]
    assert answer["comparison"] == {"values": None, "difference": None, "absoluteDifference": None}


def test_a_chart_has_labels_and_unnamed_series(calm: httpx.Client) -> None:
    """A chart is labels and one list of data a metric: no names, no comparison, also when dates are sent."""
    answer = get_data(calm, [metric("chart_v1", ["clicks", "ctr"], ["device"])], COMPARED)["a"]
    assert [*answer] == ["labels", "values"]
    assert [[*line] for line in cast("list[dict[str, JsonValue]]", answer["values"])] == [["data"], ["data"]]


def test_a_table_is_rows_alone(calm: httpx.Client) -> None:
    """A table is rows of dimensions then metrics: no headings, no comparison, also when dates are sent."""
    answer = get_data(calm, [metric("datatable_v1", ["clicks", "ctr"], ["city"])], COMPARED)["a"]
    assert [*answer] == ["values"]
    assert {tuple(map(type, row)) for row in cast("list[list[object]]", answer["values"])} == {(str, int, float)}


def test_answers_have_the_ids_asked_for(calm: httpx.Client) -> None:
    """The top level is the metrics' ids and nothing else, in no envelope."""
    asked = [metric("number_v1", [name], ident=name) for name in ADDITIVE]
    assert list(get_data(calm, asked)) == ADDITIVE


@pytest.mark.parametrize("name", ADDITIVE)
def test_a_number_is_the_sum_of_its_daily_chart(calm: httpx.Client, name: str) -> None:
    """What adds up over days does."""
    assert sum(_series(calm, [name], ["date"])[0]) == pytest.approx(_number(calm, name), abs=0.001)


@pytest.mark.parametrize("name", ADDITIVE)
@pytest.mark.parametrize("dimension", ["country", "device", "hour", "sessionSourceMedium", "month", "unheard_of"])
def test_a_number_is_the_sum_of_its_rows(calm: httpx.Client, name: str, dimension: str) -> None:
    """What adds up over the values of a dimension does, the total left out."""
    rows = [row for row in _rows(calm, [name], [dimension]) if row[0] != "Total"]
    assert sum(cast("float", row[1]) for row in rows) == pytest.approx(_number(calm, name), abs=0.001)


def test_rows_of_two_dimensions_sum_to_the_number(calm: httpx.Client) -> None:
    """Long lists are shortened, not cut off: the combinations still hold everything."""
    rows = _rows(calm, ["clicks"], ["city", "keyword"])
    assert (sum(cast("int", row[2]) for row in rows), len(rows) < 50) == (_number(calm, "clicks"), True)


def test_a_total_is_the_number(calm: httpx.Client) -> None:
    """The total of an amount is its sum, and of a ratio the ratio of the whole."""
    total, _ = _total_and_rest(calm, ["clicks", "ctr"])
    assert total == ["Total", _number(calm, "clicks"), _number(calm, "ctr")]


def test_some_tables_have_no_total(calm: httpx.Client) -> None:
    """Whether there is a total depends on the table."""
    assert any(_rows(calm, ["clicks"], ["country"], f"x:{place}")[-1][0] != "Total" for place in range(20))


def test_rows_are_not_sorted(calm: httpx.Client) -> None:
    """`sort` is accepted and not obeyed."""
    asked: JsonValue = {**metric("datatable_v1", ["clicks"], ["query"]), "sort": ["-clicks"]}
    rows = cast("list[list[object]]", get_data(calm, [asked])["a"]["values"])
    clicks = [cast("int", row[1]) for row in rows if row[0] != "Total"]
    assert clicks not in (sorted(clicks), sorted(clicks, reverse=True))


def test_a_ratio_is_the_quotient_of_sums(calm: httpx.Client) -> None:
    """A period's rate is clicks of all days by impressions of all days, not a sum or mean of rates."""
    quotient = _number(calm, "clicks") / _number(calm, "impressions")
    assert _number(calm, "metrics.ctr") == pytest.approx(quotient, rel=1e-4)


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("ctr", 0.005, 0.1), ("cpc", 0.2, 4), ("position", 2, 50), ("bounceRate", 0.1, 0.9), ("frequency", 1, 4)],
)
def test_ratios_have_the_size_they_have_in_life(calm: httpx.Client, name: str, low: float, high: float) -> None:
    """Rates are fractions, clicks cost cents or a few units, positions are those of a result list."""
    assert low < _number(calm, name) < high


def test_a_snapshot_is_the_last_day(calm: httpx.Client) -> None:
    """Followers are those of the last day, never a sum over days."""
    assert _number(calm, "followers") == _series(calm, ["followers"], ["date"])[0][-1]


def test_a_snapshot_splits_without_rest(calm: httpx.Client) -> None:
    """Followers by gender are together the followers."""
    assert sum(_series(calm, ["followers"], ["gender"])[0]) == _number(calm, "followers")


@pytest.mark.parametrize("name", ["clicks", "spend", "ctr", "followers"])
def test_a_comparison_is_the_number_of_the_other_days(calm: httpx.Client, name: str) -> None:
    """What a number is compared with is what the same question gives for those days."""
    comparison = get_data(calm, [metric("number_v1", [name])], COMPARED)["a"]["comparison"]
    assert cast("dict[str, float]", comparison)["values"] == _number(calm, name, SEPTEMBER)


def test_a_difference_is_in_percent(calm: httpx.Client) -> None:
    """`difference` is percent of the compared value, `absoluteDifference` is in the metric's unit."""
    current, base = _number(calm, "clicks"), _number(calm, "clicks", SEPTEMBER)
    comparison = cast(
        "dict[str, float]", get_data(calm, [metric("number_v1", ["clicks"])], COMPARED)["a"]["comparison"]
    )
    assert comparison["absoluteDifference"] == current - base
    assert comparison["difference"] == pytest.approx(100 * (current - base) / base, abs=0.005)


def test_accounts_differ(calm: httpx.Client) -> None:
    """The same question about another account has another answer."""
    other = body([metric("number_v1", ["clicks"])], OCTOBER)
    other["customer_integration"] = "00000000-0000-4000-8000-000000000001"
    assert calm.post("metrics/get-data", json=other).json()["a"]["values"] != _number(calm, "clicks")


def test_a_dimension_of_a_number_is_a_scope(calm: httpx.Client) -> None:
    """A number limited to stories is a part of the whole."""
    assert 0 < _number(calm, "replies", OCTOBER, "stories") < _number(calm, "replies")


def test_a_date_is_no_scope(calm: httpx.Client) -> None:
    """A number of dimension date is that of the whole account."""
    assert _number(calm, "replies", OCTOBER, "date") == _number(calm, "replies")


def test_a_chart_without_dimension_is_by_date(calm: httpx.Client) -> None:
    """A chart that names no dimension has one point a day."""
    labels = cast("list[str]", get_data(calm, [metric("chart_v1", ["daily_views"])])["a"]["labels"])
    assert (labels[0], labels[-1], len(labels)) == ("2026-10-01", "2026-10-31", 31)


def test_series_follow_the_metrics_in_order(calm: httpx.Client) -> None:
    """Several metrics in a chart are one series each, in the order asked."""
    single = [_series(calm, [name], ["date"])[0] for name in ("clicks", "ctr")]
    assert _series(calm, ["clicks", "ctr"], ["date"]) == single


@pytest.mark.parametrize("dimensions", [["age", "gender"], ["date", "gender"], ["gender", "date"]])
def test_two_dimensions_are_labels_and_series(calm: httpx.Client, dimensions: list[JsonValue]) -> None:
    """The first gives the labels, the second a series a value, and all points together the number."""
    lengths = {"age": 7, "gender": 3, "date": 31}
    series = _series(calm, ["clicks"], dimensions)
    assert [len(line) for line in series] == [lengths[str(dimensions[0])]] * lengths[str(dimensions[1])]
    assert sum(map(sum, series)) == _number(calm, "clicks")


def test_an_object_dimension_is_limited_to_its_values(calm: httpx.Client) -> None:
    """`{field, operator, value}` breaks down by the values it names."""
    dimension: JsonValue = {"field": "publisher_platform", "operator": "IN", "value": ["facebook", "instagram"]}
    answer = get_data(calm, [metric("chart_v1", ["clicks"], [dimension])])["a"]
    assert answer["labels"] == ["facebook", "instagram"]


def test_posts_are_objects(calm: httpx.Client) -> None:
    """In a table of posts the first cell is the object that the API sends for one."""
    heads = [row[0] for row in _rows(calm, ["created_at", "likes"], ["media"])]
    assert {tuple(cast("dict[str, str]", head)) for head in heads} == {("id", "text", "url", "cdn_image")}


def test_a_date_column_is_text(calm: httpx.Client) -> None:
    """A column such as `created_at` holds days of the period, as text."""
    moments = [cast("str", row[1]) for row in _rows(calm, ["created_at", "likes"], ["media"])]
    assert moments
    assert all("2026-10-01" <= moment <= "2026-11-01" for moment in moments)


def test_a_table_without_dimensions_is_one_row(calm: httpx.Client) -> None:
    """Without dimensions a row holds the metrics alone."""
    assert _rows(calm, ["clicks", "spend"], []) == [[_number(calm, "clicks"), _number(calm, "spend")]]


@pytest.mark.parametrize("component", ["container_v1", "pipeline_v1", "unheard_of"])
def test_an_undocumented_component_fails_alone(calm: httpx.Client, component: str) -> None:
    """A component whose answer nobody documents is a failure inside the 200."""
    answer = get_data(calm, [metric(component, ["campaigns"]), metric("number_v1", ["clicks"], ident="b")])
    assert (answer["a"]["type"], "values" in answer["b"]) == ("internal_error", True)


def test_unknown_structures_are_answered(calm: httpx.Client) -> None:
    """Names nobody has heard of, unknown keys and no names at all are answered like any other."""
    asked: list[JsonValue] = [
        {**metric("number_v1", [], key="é:Ω"), "custom": {"custom_period": "30ED"}},
        {**metric("chart_v1", ["a.b:c"], [{"field": "summary"}], ident="b"), "chart_type": "pie"},
        metric("datatable_v1", [""], ["", "x"], ident="c"),
    ]
    assert ["values" in answer for answer in get_data(calm, asked).values()] == [True, True, True]


def test_forty_years_are_answered(calm: httpx.Client) -> None:
    """A very long window is answered within the time that a client waits, and still adds up."""
    dates = {"start": "1986-01-01", "end": "2026-01-01"}
    rows = cast(
        "list[list[object]]", get_data(calm, [metric("datatable_v1", ["clicks"], ["gender"])], dates)["a"]["values"]
    )
    parts = [cast("int", row[1]) for row in rows if row[0] != "Total"]
    assert sum(parts) == _number(calm, "clicks", dates)


@settings(max_examples=40)
@given(
    name=st.sampled_from(ADDITIVE),
    dimension=st.sampled_from(["age", "query", "hour", "week"]) | st.text(st.characters(codec="utf-8"), max_size=12),
    start=st.dates(max_value=date(9999, 10, 1)),
    days=st.integers(0, 60),
)
def test_rows_always_sum_to_the_number(calm: httpx.Client, name: str, dimension: str, start: date, days: int) -> None:
    """For any dimension but posts and any days, of this or another century, an amount is the sum of its rows."""
    assume(not is_media(Dimension(dimension)))
    dates = {"start": start.isoformat(), "end": (start + timedelta(days=days)).isoformat()}
    asked = [metric("datatable_v1", [name], [dimension]), metric("number_v1", [name], ident="b")]
    answer = get_data(calm, asked, dates)
    rows = cast("list[list[object]]", answer["a"]["values"])
    parts = [cast("float", row[1]) for row in rows if row[0] != "Total"]
    assert sum(parts) == pytest.approx(cast("float", answer["b"]["values"]), rel=1e-12, abs=0.001)


def test_tables_may_be_cut_at_their_top_rows(calm: httpx.Client) -> None:
    """The rows with the most of the first metric come, under the total of all; tables by day come whole."""
    total, rows = _total_and_rest(calm, ["clicks", "ctr"])
    with running_sandbox(calm=True, top_rows=2) as sandbox, client(sandbox) as http:
        cut_total, cut = _total_and_rest(http, ["clicks", "ctr"])
        days = _rows(http, ["clicks"], ["date"])
    most = sorted(rows, key=lambda row: cast("int", row[1]), reverse=True)[:2]
    assert (cut_total, sorted(map(str, cut))) == (total, sorted(map(str, most)))
    assert days == _rows(calm, ["clicks"], ["date"])
