"""The table made of numbers of the report."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from reportgen.model import Block, ComparedValue, Goal, Reading, Unit, change_of
from reportgen.periods import Period
from tests.components.scenes import SEPTEMBER, block_of, scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.model import Missing, OverTime, Value

BRL, COUNT = Unit("currency", "BRL"), Unit("count")


def number(  # noqa: PLR0913 - each is a fact of a number
    name: str,
    value: Value,
    baseline: Value = None,
    unit: Unit = BRL,
    *,
    over_time: OverTime = "sum",
    missing: Missing = "no_data",
    reason: str = "",
    goal: Goal | None = None,
) -> Block:
    """Return the resolved block of a number."""
    lacking = missing if value is None else None
    reading = Reading(
        name,
        unit,
        value,
        lacking,
        baseline,
        "no_data" if baseline is None else None,
        change_of(value, baseline, unit, "up_is_good"),
        over_time=over_time,
        direction="up_is_good",
        goal=goal,
    )
    queries = (f"sha256:{name}",)
    return Block(name, "number", state=lacking or "ok", queries=queries, readings=(reading,), reason=reason)


CHANNELS: dict[str, object] = {
    "name": "channels",
    "metric_table": [
        {"row": "Meta", "spend": "meta_spend", "orders": "meta_orders"},
        {"row": "Google Ads: {client.name}", "spend": "google_spend", "orders": "google_orders"},
    ],
    "fields": {"spend": {"label": "Spend"}},
    "total_row": True,
}
META = (number("meta_spend", 300.5, 400.0), number("meta_orders", 30, 20, COUNT))
GOOGLE = (number("google_spend", 99.5, 100.0), number("google_orders", 5, 10, COUNT))


def made(written: Mapping[str, object], *blocks: Block, compared: bool = True) -> Block:
    """Resolve a table from resolved numbers."""
    where = replace(scope(compared=compared), blocks={block.name: block for block in blocks})
    return block_of(written).resolve(where, {})


def test_ok() -> None:
    """Rows and columns are those written, in the numbers' units, compared, with the total of what adds up."""
    block = made(CHANNELS, *META, *GOOGLE)
    (table,) = block.tables
    assert (block.kind, block.label, block.state) == ("datatable", "Channels", "ok")
    assert block.queries == ("sha256:meta_spend", "sha256:meta_orders", "sha256:google_spend", "sha256:google_orders")
    names, spend, orders = table.columns
    assert names.values == ("Meta", "Google Ads: Aurora")
    assert (spend.label, spend.unit, spend.values, spend.baseline) == ("Spend", BRL, (300.5, 99.5), (400.0, 100.0))
    assert (orders.label, orders.unit, orders.values, orders.baseline) == ("Orders", COUNT, (30, 5), (20, 10))
    assert spend.direction == "up_is_good"
    assert (table.total, table.total_baseline) == ((None, 400.0, 35), (None, 500.0, 30))
    assert (table.presence, table.shown, table.of, table.baseline_missing) == (("both", "both"), 2, 2, None)
    assert block.remarks == ()


def test_rows_of_absent_sources_go() -> None:
    """A client without Google has no row for it, and no dash in place of it."""
    (table,) = made(CHANNELS, *META).tables
    assert (table.columns[0].values, table.total) == (("Meta",), (None, 300.5, 30))


def test_a_cell_without_data_is_outside_the_total() -> None:
    """It is a dash; the total is of the other rows, says so, and is compared with nothing."""
    block = made(CHANNELS, *META, number("google_spend", None, 100.0), GOOGLE[1])
    (table,) = block.tables
    assert (block.state, block.remarks) == ("ok", ("partial_total",))
    assert table.columns[1].values == (300.5, None)
    assert (table.total, table.total_baseline) == ((None, 300.5, 35), (None, None, 30))


def test_a_failed_cell_makes_the_total_a_dash() -> None:
    """What could not be read may be of any size; the block is partial, and staff read why."""
    failed = number("google_spend", None, missing="failed", reason="429 from the API")
    block = made(CHANNELS, *META, failed, GOOGLE[1])
    assert (block.state, block.reason) == ("partial", "google_spend: 429 from the API")
    assert block.tables[0].total == (None, None, 35)
    lacking = made(CHANNELS, number("meta_spend", None), META[1], failed, GOOGLE[1])
    assert (lacking.tables[0].total, lacking.remarks) == ((None, None, 35), ()), "no total lacks a row of it"


def test_nothing_read_is_no_table() -> None:
    """Without a single value the block says why, the gravest reason first."""
    lacking = (
        number("meta_spend", None),
        number("meta_orders", None, missing="expired", reason="its access has expired"),
    )
    assert made(CHANNELS, *lacking).state == "expired"
    assert made(CHANNELS, number("meta_spend", None), number("meta_orders", None)).state == "no_data"


@pytest.mark.parametrize(("written", "total"), [({}, None), ({"spend": {"additive": True}}, 400.0)])
def test_what_does_not_add_up_has_no_total(written: object, total: float | None) -> None:
    """People who came by two networks are counted twice: a total stands only where the author says so."""
    reach = number("meta_spend", 300.5, over_time="other"), number("google_spend", 99.5, over_time="other")
    table = made({**CHANNELS, "fields": written}, *reach, META[1], GOOGLE[1]).tables[0]
    assert table.total == (None, total, 35)
    assert made({**CHANNELS, "total_row": False}, *META).tables[0].total is None


def test_cells_are_expressions() -> None:
    """A cell may calculate, and a number of the spec may stand in several; plain numbers have no compared value."""
    rows = [{"row": "Meta", "cpa": "meta_spend / meta_orders", "half": "meta_spend * 50%", "planned": 5000}]
    (table,) = made({"metric_table": rows, "total_row": True}, *META).tables
    assert [column.values for column in table.columns[1:]] == [(pytest.approx(300.5 / 30),), (150.25,), (5000,)]
    assert [column.unit for column in table.columns[1:3]] == [BRL, BRL]
    assert table.columns[1].baseline == (20.0,)
    assert table.total == (None, None, 150.25, 5000)


def test_goals_are_columns() -> None:
    """Budgets stand beside what was spent and add up as that does; they are of the report's days alone."""
    goal = Goal(250.0, 1.202, 1.0, "missed")
    rows = [
        {"row": "Meta", "spend": "meta_spend", "budget": "meta_spend.goal", "share": "meta_spend.progress"},
        {"row": "Google", "spend": "google_spend", "budget": "google_spend.goal"},
    ]
    numbers = (
        number("meta_spend", 300.5, 400.0, goal=goal),
        number("google_spend", 99.5, 99.5, goal=replace(goal, target=50)),
    )
    (table,) = made({"metric_table": rows, "total_row": True}, *numbers).tables
    assert [column.values for column in table.columns[2:]] == [(250.0, 50), (1.202, None)]
    assert [column.unit for column in table.columns[2:]] == [BRL, Unit("percent")]
    assert (table.columns[2].baseline, table.total) == ((None, None), (None, 400.0, 300.0, None))


def test_a_format_of_the_author_goes_before_that_of_the_numbers() -> None:
    """The currency of the numbers stays, and the direction is the author's."""
    fields = {"spend": {"format": {"as": "currency", "decimals": 0}, "direction": "down_is_good", "bar": True}}
    column = made({**CHANNELS, "fields": fields}, *META, *GOOGLE).tables[0].columns[1]
    assert (column.unit, column.direction, column.bar) == (Unit("currency", "BRL", 0), "down_is_good", True)


def test_two_currencies_make_no_column() -> None:
    """They would stand under one head and be printed in one of both."""
    block = made(CHANNELS, *META, number("google_spend", 1, 1, Unit("currency", "USD")), GOOGLE[1])
    assert (block.state, block.reason.partition(";")[0]) == ("failed", "the column spend has BRL and USD in it")


def test_numbers_of_other_days_make_no_table() -> None:
    """`check` says so of a spec; here it is the block that fails."""
    other = replace(GOOGLE[0], readings=(replace(GOOGLE[0].readings[0], days=SEPTEMBER),))
    block = made(CHANNELS, *META, other, GOOGLE[1])
    assert (block.state, "different days" in block.reason) == ("failed", True)


def test_it_is_compared_where_its_numbers_are() -> None:
    """Not where the report is not, nor where the author says so, nor with an unfinished day."""
    assert made(CHANNELS, *META, compared=False).tables[0].baseline_missing == "not_requested"
    (table,) = made({**CHANNELS, "compare": "none"}, *META).tables
    assert (table.baseline_missing, table.columns[1].baseline, table.total_baseline) == ("not_requested", (), None)
    unfinished = replace(META[0], readings=(replace(META[0].readings[0], change=None),))
    assert made(CHANNELS, unfinished, META[1]).tables[0].baseline_missing == "not_comparable"


@pytest.mark.parametrize(("kind", "drawn"), [("bar", "horizontal_bar"), ("donut", "donut"), ("funnel", "funnel")])
def test_it_may_be_drawn(kind: str, drawn: str) -> None:
    """`kind` draws a bar, slice or step for each row and a series for each column, compared as the table is."""
    block = made({**CHANNELS, "kind": kind}, *META, *GOOGLE)
    (chart,) = block.charts
    assert (block.kind, block.tables, chart.kind, chart.labels) == (
        "chart",
        (),
        drawn,
        ("Meta", "Google Ads: Aurora"),
    )
    assert [(series.label, series.values, series.baseline) for series in chart.series] == [
        ("Spend", (300.5, 99.5), (400.0, 100.0)),
        ("Orders", (30, 5), (20, 10)),
    ]


def test_rows_that_are_not_drawn_may_be_one_part() -> None:
    """It is known as the sum of several, which no summary ranks."""
    block = made({**CHANNELS, "kind": "bar", "limit": 1, "other": True, "sort_by": "-spend"}, *META, *GOOGLE)
    assert [(chart.labels[-1], chart.other) for chart in block.charts] == [("Other (1)", True)]


def test_a_form_that_does_not_suit_is_said() -> None:
    """A ring of what does not add up is drawn as bars, and staff read what to write."""
    rows = [{"row": "Meta", "reach": "meta_spend"}, {"row": "Google", "reach": "google_spend"}]
    reach = number("meta_spend", 300.5, over_time="other"), number("google_spend", 99.5, over_time="other")
    block = made({"metric_table": rows, "kind": "donut"}, *reach)
    assert [(caution.code, "parts of reach make a whole" in caution.text) for caution in block.cautions] == [
        ("W-FORM", True)
    ]
    fields = {"reach": {"additive": True}}
    assert made({"metric_table": rows, "kind": "donut", "fields": fields}, *reach).cautions == ()


FORMULAS = {
    "cpa": {"label": "CPA", "formula": "spend / orders", "direction": "down_is_good", "change": True},
    "share": {"formula": "spend / spend.total", "format": "percent"},
}


def test_columns_are_computed_from_columns() -> None:
    """In rows, compared rows and the total, which is the quotient of totals; a share of the total is of all rows."""
    (table,) = made({**CHANNELS, "fields": FORMULAS}, *META, *GOOGLE).tables
    cpa, share = table.columns[3:]
    assert (cpa.label, cpa.unit, cpa.direction, cpa.has_change) == ("CPA", BRL, "down_is_good", True)
    assert cpa.values == pytest.approx((300.5 / 30, 99.5 / 5))
    assert cpa.baseline == (20.0, 10.0)
    assert share.values == pytest.approx((300.5 / 400, 99.5 / 400))
    assert (table.total or ())[3:] == pytest.approx((400 / 35, 1))
    assert (table.total_baseline or ())[3:] == pytest.approx((500 / 30, 1))
    hidden = made({**CHANNELS, "fields": FORMULAS, "total_row": False}, *META, *GOOGLE).tables[0]
    assert (hidden.total, hidden.columns[4].values) == (None, share.values)


def test_rows_are_chosen_sorted_limited_and_added_up() -> None:
    """As those of tables: the total is of the rows that meet the condition, and Other of those beyond the limit."""
    rows = [{"row": name, "orders": name.lower()} for name in ("A", "B", "C", "D")]
    numbers = [number(name, value, value, COUNT) for name, value in zip("abcd", (1, 20, 300, 4000), strict=True)]
    keys = {"where": "orders > 1", "sort_by": "-orders", "limit": 1, "other": "The rest", "total_row": True}
    (table,) = made({"metric_table": rows, **keys}, *numbers).tables
    assert (table.columns[0].values, table.shown) == (("D", "C", "B"), 1)
    assert (table.other, table.total) == (("The rest", 320), (None, 4320))
    (chart,) = made({"metric_table": rows, **keys, "kind": "donut"}, *numbers).charts
    assert (chart.labels, chart.series[0].values, chart.series[0].baseline) == (
        ("D", "The rest"),
        (4000, 320),
        (4000, 320),
    )
    nothing = made({"metric_table": rows, "where": "orders > 9000"}, *numbers)
    assert (nothing.state, nothing.reason) == ("no_data", "no row meets the condition orders > 9000")
    assert nothing.remarks == ("none_met",)


def test_a_failed_cell_leaves_no_sum_of_a_part() -> None:
    """Neither the total of chosen rows nor Other stands for all where one of its cells could not be read."""
    failed = number("google_spend", None, missing="failed")
    keys = {"limit": 1, "other": True, "where": "orders > 0"}
    (table,) = made({**CHANNELS, **keys}, *META, failed, GOOGLE[1]).tables
    assert ((table.total or ())[1], (table.other or ())[1]) == (None, None)
    assert ((table.total or ())[2], (table.other or ())[2]) == (35, 5)


def test_columns_are_chosen_and_rows_renamed() -> None:
    """Columns that only a formula needs are for staff alone."""
    fields = {**FORMULAS, "row": {"label": "Channel", "rename": {"Meta": "Facebook"}}}
    (table,) = made({**CHANNELS, "fields": fields, "columns": ["row", "cpa"]}, *META, *GOOGLE).tables
    assert [(column.label, column.printed) for column in table.columns[:3]] == [
        ("Channel", True),
        ("CPA", True),
        ("Spend", False),
    ]
    assert table.columns[0].values == ("Facebook", "Google Ads: Aurora")


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"columns": ["row", "spent"]}, "'spent' is no column of this table; did you mean 'spend'"),
        ({"sort_by": "-spent"}, "'spent' is no column of this table"),
        ({"fields": {"spent": {"label": "x"}}}, "'spent' is no column of this table"),
        ({"fields": {"cpa": {"formula": "spend / order"}}}, "'order' is no column"),
        ({"where": "spent > 1"}, "'spent' is no column"),
        ({"fields": {"cpa": {"formula": "cpa + 1"}}}, "stands on itself"),
    ],
)
def test_what_names_no_column_is_refused(keys: dict[str, object], said: str) -> None:
    """Each key that names a column names one that is there."""
    with pytest.raises(ValidationError, match=re.escape(said)):
        block_of({**CHANNELS, **keys})


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"spend": "a"}, "row"),
        ({"row": "A", "spend": "a +"}, "column 4"),
        ({"row": "A", "Total spend": "a"}, "Total spend"),
        ({"row": "A", "spend": True}, "spend"),
    ],
)
def test_a_wrong_row_is_refused(row: object, said: str) -> None:
    """A row has a name, its columns have names of small letters, and its cells are expressions."""
    with pytest.raises(ValidationError, match=said):
        block_of({"metric_table": [row]})


def test_two_rows_of_one_name_are_refused() -> None:
    """Nobody could tell them apart."""
    with pytest.raises(ValidationError, match="two rows are called 'A'"):
        block_of({"metric_table": [{"row": "A", "spend": "a"}, {"row": "A", "spend": "b"}]})


A_YEAR_BEFORE = Period(date(2025, 10, 1), date(2025, 10, 31), "month")


def compared_twice(block: Block, before: float | None) -> Block:
    """Return a number that is compared with the year before too."""
    (reading,) = block.readings
    missing: Missing | None = None if before is not None else "no_data"
    change = change_of(reading.value, before, reading.unit, "up_is_good")
    further = ComparedValue(A_YEAR_BEFORE, before, missing, change)
    return replace(block, readings=(replace(reading, further=(further,)),))


def test_it_is_compared_twice_where_its_numbers_are() -> None:
    """The second comparison has the same rows, columns and total, worked out from the values of its own days."""
    befores = (200.0, 10, 50.0, 5)
    numbers = [compared_twice(block, before) for block, before in zip((*META, *GOOGLE), befores, strict=True)]
    (table,) = made({**CHANNELS, "fields": FORMULAS, "sort_by": "-spend"}, *numbers).tables
    (cells,) = table.further
    assert cells.compared == A_YEAR_BEFORE
    assert cells.baselines == ((), (200.0, 50.0), (10, 5), (20.0, 10.0), (0.8, 0.2))
    assert (cells.total or ())[1:3] == (250.0, 15)
    second = table.against(cells)
    assert (second.compared, second.columns[1].baseline, second.total_baseline) == (
        A_YEAR_BEFORE,
        (200.0, 50.0),
        cells.total,
    )
    assert table.columns[1].baseline == (400.0, 100.0)


def test_a_missing_value_of_the_second_comparison_is_a_dash() -> None:
    """The rows stay, and the total of those days is no smaller sum."""
    numbers = [compared_twice(META[0], 200.0), compared_twice(META[1], 10), compared_twice(GOOGLE[0], None)]
    (table,) = made(CHANNELS, *numbers, compared_twice(GOOGLE[1], 5)).tables
    (cells,) = table.further
    assert (cells.baselines[1], cells.total) == ((200.0, None), (None, None, 15))
    alone = made({**CHANNELS, "compare": "none"}, *numbers, GOOGLE[1]).tables[0]
    assert alone.further == ()


def test_without_a_label_it_is_called_by_its_columns() -> None:
    """A name that was made for it is no title for a reader, and the column of names has none to repeat."""
    unnamed = {key: value for key, value in CHANNELS.items() if key != "name"}
    block = made({**unnamed, "fields": {"spend": {"label": "Spent on ads"}}}, *META)
    assert (block.label, block.tables[0].columns[0].label) == ("Spent on ads, Orders", "")
    assert made({**CHANNELS, "label": "Where it went"}, *META).tables[0].columns[0].label == "Where it went"
