"""The rates of a total row."""

from __future__ import annotations

import pytest

from reportgen.model import Block, Unit
from reportgen.queries import Cell, TableAnswer
from tests.components.scenes import block_of, resolved, scope

TABLE = {"reference_key": "gads:campaigns", "component": "datatable_v1", "dimensions": ["campaign"]}


def completed(metrics: list[str], *rows: tuple[Cell, ...], **fields: object) -> Block:
    """Resolve and complete a table of metrics, with formats of its fields."""
    written = {**TABLE, "metrics": metrics, "fields": {name: {"format": unit} for name, unit in fields.items()}}
    return block_of(written).completed(resolved(written, TableAnswer(rows), compared=False), scope())


def total_of(block: Block) -> tuple[object, ...]:
    """Return the total of a table, without its name."""
    return (block.tables[0].total or ())[1:]


@pytest.mark.parametrize("rate", [0.07, 0.019])
def test_a_rate_outside_of_its_rows_is_left_out(rate: float) -> None:
    """No mean of 5 % and 2 % is 7 %, so the API added them up: nothing is printed, and staff are told."""
    block = completed(["clicks", "ctr"], ("A", 2000, 0.05), ("B", 1000, 0.02), ("Total", 3000, rate), ctr="percent")
    assert (total_of(block), [found.code for found in block.cautions]) == ((3000, None), ["W-TOTAL"])


@pytest.mark.parametrize("rate", [0.02, 0.033, 0.05, 0.05000000000000001, None])
def test_a_rate_between_its_rows_is_printed(rate: float | None) -> None:
    """The least and the largest included, and what rounding explains."""
    block = completed(["clicks", "ctr"], ("A", 2000, 0.05), ("B", 1000, 0.02), ("Total", 3000, rate), ctr="percent")
    assert (total_of(block), block.cautions) == ((3000, rate), ())


@pytest.mark.parametrize(
    "field",
    [
        *("metrics.average_cpc", "cost_per_lead", "bounceRate", "eventCountPerUser", "position"),
        *("cpl", "metrics.cpe", "metrics.value_per_conversion"),
    ],
)
def test_averages_are_known_by_their_names(field: str) -> None:
    """Without a format too."""
    assert total_of(completed([field], ("A", 2), ("B", 3), ("Total", 5))) == (None,)


@pytest.mark.parametrize("field", ["reach", "followers", "frequency", "persons"])
def test_what_is_no_average_is_left_as_it_came(field: str) -> None:
    """A total of people may be more than any row, and less than their sum."""
    assert total_of(completed([field], ("A", 2), ("B", 3), ("Total", 4))) == (4,)


@pytest.mark.parametrize(
    ("rate", "part", "whole", "rows", "expected"),
    [
        ("ctr", "clicks", "impressions", (0.05, 0.02), 3000 / 90_000),
        ("metrics.ctr", "metrics.clicks", "metrics.impressions", (5.0, 2.0), 100 * 3000 / 90_000),
        ("average_cpc", "cost", "clicks", (0.05, 0.02), 3000 / 90_000),
        ("metrics.average_cpc", "metrics.cost_micros", "metrics.clicks", (0.05, 0.02), 3000 / 90_000),
        ("cpm", "spend", "impressions", (50.0, 20.0), 1000 * 3000 / 90_000),
        ("conversion_rate", "conversions", "clicks", (0.05, 0.02), 3000 / 90_000),
        ("returnOnAdSpend", "conversions_value", "cost", (0.05, 0.02), 3000 / 90_000),
        ("cost_per_conversion", "cost", "conversions", (0.05, 0.02), 3000 / 90_000),
    ],
)
def test_a_rate_is_worked_out_from_its_parts(
    rate: str, part: str, whole: str, rows: tuple[float, float], expected: float
) -> None:
    """From the totals of the two columns that it is a quotient of, in the scale of its rows."""
    block = completed(
        [part, whole, rate],
        ("A", 2000, 40_000, rows[0]),
        ("B", 1000, 50_000, rows[1]),
        ("Total", 3000, 90_000, sum(rows)),
        **{rate: {"as": "decimal"}},
    )
    assert total_of(block) == (3000, 90_000, pytest.approx(expected))
    assert [found.code for found in block.cautions] == ["W-TOTAL"]


def test_a_right_rate_is_no_caution() -> None:
    """What the API worked out itself is the same number with the digits that its parts give."""
    block = completed(
        ["clicks", "impressions", "ctr"],
        ("A", 2000, 40_000, 0.05),
        ("B", 1000, 50_000, 0.02),
        ("Total", 3000, 90_000, 0.0333),
        ctr="percent",
    )
    assert (total_of(block)[2], block.cautions) == (pytest.approx(1 / 30), ())


def test_without_a_format_it_has_the_digits_of_its_rows() -> None:
    """A number without a unit is printed with all of its digits."""
    rows: tuple[tuple[Cell, ...], ...] = (("A", 2000, 40_000, 0.05), ("B", 1000, 50_000, 0.02))
    assert total_of(completed(["clicks", "impressions", "ctr"], *rows, ("Total", 3000, 90_000, 0.07)))[2] == 0.03


@pytest.mark.parametrize("others", [(0.01, 0.02), (0.0, 0.0)])
def test_columns_that_are_not_its_parts_are_not_used(others: tuple[float, float]) -> None:
    """A rate that no row has from the two columns counts something else, so its total is only held against its rows."""
    rows = (("A", 2000, 40_000, others[0]), ("B", 1000, 50_000, others[1]))
    assert total_of(completed(["clicks", "impressions", "ctr"], *rows, ("Total", 3000, 90_000, 0.07)))[2] is None


def test_nothing_is_divided_by_zero() -> None:
    """A total without impressions has no rate from them."""
    rows = (("A", 1, 20, 0.05), ("B", 1, -20, -0.05))
    assert total_of(completed(["clicks", "impressions", "ctr"], *rows, ("Total", 2, 0, 0.01)))[2] == 0.01


def test_the_compared_total_is_worked_out_too() -> None:
    """So that the change of a rate is one between two true rates."""
    written = {**TABLE, "metrics": ["clicks", "impressions", "ctr"], "fields": {"ctr": {"format": "percent"}}}
    block, where = block_of(written), scope()
    now = TableAnswer((("A", 2, 20, 0.1), ("B", 1, 20, 0.05), ("Total", 3, 40, 0.15)))
    then = TableAnswer((("A", 4, 20, 0.2), ("B", 1, 20, 0.05), ("Total", 5, 40, 0.25)))
    answers = dict(zip(block.queries(where), [now, then], strict=True))
    (table,) = block.completed(block.resolve(where, answers), where).tables
    assert table.total
    assert table.total_baseline
    assert (table.total[3], table.total_baseline[3], table.columns[3].unit) == (0.075, 0.125, Unit("percent"))
