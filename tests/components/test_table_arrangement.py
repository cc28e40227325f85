"""Tables as their authors want them: computed columns, conditions on rows, Other, totals, order and names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from reportgen.model import Unit
from reportgen.queries import TableAnswer
from tests.components.scenes import block_of, resolved, scope

if TYPE_CHECKING:
    from reportgen.model import Block, Table, Value

CAMPAIGNS = {
    "reference_key": "gads:campaigns",
    "component": "datatable_v1",
    "metrics": ["metrics.cost_micros", "metrics.conversions"],
    "dimensions": ["campaign"],
    "fields": {
        "metrics.cost_micros": {"format": "currency"},
        "metrics.conversions": {"format": "count"},
        "cpa": {"label": "CPA", "formula": "metrics.cost_micros / metrics.conversions", "direction": "down_is_good"},
        "share": {"formula": "metrics.cost_micros / metrics.cost_micros.total", "format": "percent"},
    },
}
NOW = (("Brand", 100, 10), ("Generic", 300, 20), ("Video", 50, 0), ("Shop", 50, 10), ("Total", 500, 40))
THEN = (("Brand", 80, 10), ("Generic", 200, 25), ("Old", 120, 5), ("Total", 400, 40))


def arranged(
    written: object, now: tuple[tuple[Value, ...], ...] = NOW, then: tuple[tuple[Value, ...], ...] = THEN
) -> Block:
    """Resolve and complete a table of two periods."""
    block, where = block_of(written), scope()
    answers = dict(zip(block.queries(where), (TableAnswer(now), TableAnswer(then)), strict=True))
    return block.completed(block.resolve(where, answers), where)


def table_of(written: object) -> Table:
    """Return the table of a block."""
    (table,) = arranged(written).tables
    return table


def names(table: Table) -> tuple[Value, ...]:
    """Return the names of a table's rows."""
    return table.columns[0].values


def column(table: Table, field: str) -> tuple[tuple[Value, ...], tuple[Value, ...]]:
    """Return the cells of a column in both periods."""
    found = next(one for one in table.columns if one.field == field)
    return found.values, found.baseline


def test_a_column_is_computed_in_both_periods_and_in_the_totals() -> None:
    """A quotient of a row is that of its cells, and of the total that of the totals; no divisor, no value."""
    table = table_of(CAMPAIGNS)
    assert column(table, "cpa") == ((10.0, 15.0, None, 5.0, None), (8.0, 8.0, None, None, 24.0))
    assert (table.total, table.total_baseline) == (("Total", 500, 40, 12.5, 1.0), ("Total", 400, 40, 10.0, 1.0))


def test_a_share_is_of_the_total_of_its_own_period() -> None:
    """`.total` is the API's own, here also in the compared period."""
    assert column(table_of(CAMPAIGNS), "share") == ((0.2, 0.6, 0.1, 0.1, None), (0.2, 0.5, None, None, 0.3))


def test_a_computed_column_has_a_unit_a_name_and_a_direction() -> None:
    """The unit follows from its columns where none is written; the formula is there for staff."""
    cpa, share = table_of(CAMPAIGNS).columns[3:]
    assert (cpa.label, cpa.unit, cpa.direction, cpa.role) == ("CPA", Unit("currency", "BRL"), "down_is_good", "metric")
    assert (share.label, share.unit, share.formula) == (
        "Share",
        Unit("percent"),
        "metrics.cost_micros / metrics.cost_micros.total",
    )


def test_a_sum_of_columns_that_add_up_adds_up() -> None:
    """And a quotient does not, unless its author says so."""
    fields = {**CAMPAIGNS["fields"], "both": {"formula": "metrics.cost_micros * 2"}}  # type: ignore[dict-item]
    table = table_of({**CAMPAIGNS, "fields": fields})
    assert {one.field: one.additive for one in table.columns[1:]} == {
        "metrics.cost_micros": True,
        "metrics.conversions": True,
        "cpa": False,
        "share": False,
        "both": True,
    }


def test_columns_are_computed_from_computed_columns_in_whatever_order() -> None:
    """The order of the keys makes no difference."""
    fields = {"double": {"formula": "half * 4"}, "half": {"formula": "`metrics.conversions` / 2"}}
    table = table_of({**CAMPAIGNS, "fields": fields})
    assert column(table, "double")[0] == (20.0, 40.0, 0.0, 20.0, None)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("metrics.conversions.change", (0.0, -0.2, None, None, None)),
        ("metrics.conversions - metrics.conversions.baseline", (0, -5, None, None, None)),
    ],
)
def test_a_column_of_changes_has_no_compared_values(formula: str, expected: tuple[Value, ...]) -> None:
    """The compared period is compared with nothing."""
    table = table_of({**CAMPAIGNS, "fields": {"moved": {"formula": formula}}})
    assert column(table, "moved") == (expected, (None,) * 5)


def test_rows_that_do_not_meet_the_condition_are_dropped() -> None:
    """Each period on its own values: a row stays where it meets it now, or met it before and has no values now."""
    table = table_of({**CAMPAIGNS, "where": "metrics.cost_micros >= 100"})
    assert (names(table), table.of) == (("Brand", "Generic", "Old"), 3)


def test_the_total_is_worked_out_from_the_rows_that_meet_the_condition() -> None:
    """In each period from its own rows: Brand, of 80 in September, does not count there; shares are of this total."""
    table = table_of({**CAMPAIGNS, "where": "metrics.cost_micros >= 100"})
    assert table.is_total_made
    assert table.total == ("Total", 400, 30, 400 / 30, 1.0)
    assert table.total_baseline == ("Total", 320, 30, 320 / 30, 1.0)
    assert column(table, "share")[0] == (0.25, 0.75, None)


def test_what_does_not_add_up_has_no_total_after_a_condition() -> None:
    """The API's total was of other rows, and nobody knows the reach of these."""
    written = {**CAMPAIGNS, "metrics": ["reach", "metrics.conversions"], "fields": {}, "where": "reach > 60"}
    table = table_of(written)
    assert (table.total, names(table)) == (("Total", None, 30), ("Brand", "Generic", "Old"))


def test_without_a_condition_the_total_stays_the_apis() -> None:
    """Also where rows are cut, and Other is shown."""
    now = (*NOW[:-1], ("Total", 900, 60))
    (table,) = arranged({**CAMPAIGNS, "limit": 2, "other": True}, now).tables
    assert (table.total, table.is_total_made) == (("Total", 900, 60, 15.0, 1.0), False)


@pytest.mark.parametrize(
    ("where", "kept"),
    [
        ("campaign = 'brand'", ("Brand",)),
        ("not campaign contains 'RAN'", ("Generic", "Video", "Shop", "Old")),
        ("cpa > 9", ("Brand", "Generic", "Old")),
        ("not cpa > 9", ("Shop",)),
        ("cpa is missing", ("Video",)),
        ("share > 15% and metrics.cost_micros.change > 30%", ("Generic",)),
        ("metrics.cost_micros.total > 450", ("Brand", "Generic", "Video", "Shop")),
        ("campaign != 'Old' and campaign starts with 's' or metrics.conversions = 25", ("Shop",)),
    ],
)
def test_conditions_know_names_computed_columns_changes_and_totals(where: str, kept: tuple[str, ...]) -> None:
    """What is missing leaves a condition open, and an open condition drops the row."""
    assert names(table_of({**CAMPAIGNS, "where": where})) == kept


DAILY = {
    "reference_key": "gads:days",
    "component": "datatable_v1",
    "metrics": ["clicks"],
    "dimensions": ["date"],
    "fields": {"clicks": {"format": "count"}},
}


@pytest.mark.parametrize(
    ("labels", "where", "left"),
    [
        (("20261001", "20261002"), "date = '20261002'", 1),
        (("20261001", "20261002"), "date != '2026-10-02'", 30),
        (("01/10/2026", "31/10/2026"), "date != '31/10/2026' and not clicks is missing", 1),
        (("2026-10-01", "2026-10-02"), "date = '2026-10-02'", 1),
        (("2026-10-01", "2026-10-02"), "date contains '-02'", 1),
    ],
)
def test_days_are_chosen_as_they_came_or_as_iso_writes_them(labels: tuple[str, ...], where: str, left: int) -> None:
    """The table writes them in its own way, and the author as the source or as ISO does."""
    rows = tuple((label, at) for at, label in enumerate(labels))
    (table,) = resolved({**DAILY, "where": where}, TableAnswer(rows), compared=False).tables
    assert table.of == left


@pytest.mark.parametrize(
    ("dimension", "labels", "where", "left"),
    [
        ("month", ("2026-10",), "month = '2026-10'", ("2026-10",)),
        ("month", ("2026-10",), "month = '2026-10-01'", ("2026-10",)),
        ("year", ("2026", "2025"), "year != '2024'", ("2026",)),
    ],
)
def test_months_and_years_are_chosen_by_their_names(
    dimension: str, labels: tuple[str, ...], where: str, left: tuple[str, ...]
) -> None:
    """A year that the table does not have is a year all the same."""
    rows = tuple((label, at) for at, label in enumerate(labels))
    keys = {**DAILY, "dimensions": [dimension], "where": where}
    (table,) = resolved(keys, TableAnswer(rows), compared=False).tables
    assert names(table) == left


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("date contains '/10/'", "date is a day, which has no parts; compare it by = or !="),
        ("date = 'Monday'", "'Monday' is no day that date can be compared with; write it as '2026-08-31'"),
    ],
)
def test_what_is_no_day_is_told(where: str, told: str) -> None:
    """With what to write."""
    block = resolved({**DAILY, "where": where}, TableAnswer((("20261001", 1),)), compared=False)
    assert block.state == "failed"
    assert told in block.reason


def test_no_row_left_is_no_data() -> None:
    """Staff learn that it is the condition."""
    block = arranged({**CAMPAIGNS, "where": "metrics.cost_micros > 9000"})
    assert (block.state, block.tables, block.reason) == (
        "no_data",
        (),
        "no row meets the condition metrics.cost_micros > 9000",
    )


def test_rows_are_sorted_by_a_computed_column() -> None:
    """Missing values last, rows of the compared period alone behind them."""
    table = table_of({**CAMPAIGNS, "sort_by": "-cpa"})
    assert (names(table), table.sorted_by) == (("Generic", "Brand", "Shop", "Video", "Old"), "cpa")


def test_rows_of_equal_values_are_in_the_order_of_their_names() -> None:
    """Upwards and downwards."""
    assert names(table_of({**CAMPAIGNS, "sort_by": "metrics.cost_micros"}))[:2] == ("Shop", "Video")
    assert names(table_of({**CAMPAIGNS, "sort_by": "-metrics.conversions"})) == (
        "Generic",
        "Brand",
        "Shop",
        "Video",
        "Old",
    )


def test_days_of_equal_values_keep_the_order_of_days() -> None:
    """A day that is written 02/10 does not come before 10/09 by its letters."""
    rows = (("2026-10-02", 5, 1), ("2026-10-01", 5, 1), ("2026-10-03", 9, 1))
    written = {
        **CAMPAIGNS,
        "dimensions": ["date"],
        "sort_by": "-metrics.cost_micros",
        "where": "metrics.cost_micros > 0",
    }
    (table,) = resolved(written, TableAnswer(rows), compared=False).tables
    assert names(table)[:3] == ("2026-10-03", "2026-10-02", "2026-10-01")


def test_other_is_the_sum_of_what_is_not_printed() -> None:
    """In both periods, computed columns from its sums; the rows themselves stay for the workbook."""
    table = table_of({**CAMPAIGNS, "sort_by": "-metrics.cost_micros", "limit": 2, "other": True})
    assert names(table) == ("Generic", "Brand", "Shop", "Video", "Old")
    assert (table.shown, table.of) == (2, 5)
    assert table.other == ("Other (3)", 100, 10, 10.0, 0.2)
    assert table.other_baseline == ("Other (3)", 120, 5, 24.0, 0.3)


def test_other_of_rows_that_are_gone_lacks_nothing() -> None:
    """Beyond a limit of four are rows of the compared period alone: no figure of this period is missing in them."""
    block = arranged({**CAMPAIGNS, "sort_by": "-metrics.cost_micros", "limit": 4, "other": True})
    assert block.tables[0].other_baseline == ("Other (1)", 120, 5, 24.0, 0.3)
    assert [caution.text for caution in block.cautions if caution.code == "W-OTHER"] == []


def test_other_has_its_author_s_name_and_no_sum_of_what_does_not_add_up() -> None:
    """The reach of two campaigns is not the sum of their reach; it stands in the first printed column of names."""
    written = {
        **CAMPAIGNS,
        "dimensions": ["campaign", "network"],
        "metrics": ["reach"],
        "fields": {},
        "columns": ["network", "reach"],
        "limit": 1,
        "other": "All others of {client.name}",
    }
    (table,) = resolved(written, TableAnswer((("A", "x", 5), ("B", "y", 4))), compared=False).tables
    assert [one.field for one in table.columns] == ["network", "reach", "campaign"]
    assert table.other == ("All others of Aurora", None, None)


def test_other_has_rates_of_its_parts() -> None:
    """Where the parts of a rate are columns too, as in the total."""
    written = {**CAMPAIGNS, "metrics": ["clicks", "impressions", "ctr"], "fields": {}, "limit": 1, "other": True}
    rows = (("A", 5, 100, 0.05), ("B", 6, 200, 0.03), ("C", 4, 300, 4 / 300))
    (table,) = resolved(written, TableAnswer(rows), compared=False).tables
    assert table.other == ("Other (2)", 10, 500, 0.02)


def test_other_lacks_what_a_row_of_it_lacks() -> None:
    """A missing cell is not zero, nor is a cost per click that of the other rows alone; staff are told why."""
    written = {**CAMPAIGNS, "metrics": ["clicks", "cost"], "limit": 1, "other": True}
    written["fields"] = {"clicks": {"additive": True}, "cost": {"additive": True}, "cpc": {"formula": "cost / clicks"}}
    rows = (("A", 100, 50.0), ("B", None, 40.0), ("C", 10, 1.0))
    block = resolved(written, TableAnswer(rows), compared=False)
    assert block.tables[0].other == ("Other (2)", None, 41.0, None)
    (caution,) = [one for one in block.cautions if one.code == "W-OTHER"]
    assert caution.text == "other: rows beyond limit have no value of clicks, so that their sum is not known"


@pytest.mark.parametrize(
    ("total", "expected"), [(115, 110), (1000, None), (None, 110)], ids=["complete", "cut by the API", "not stated"]
)
def test_a_total_of_chosen_rows_is_known_where_all_rows_came(total: int | None, expected: int | None) -> None:
    """Nobody knows which of the rows that did not come would have met the condition."""
    written = {**CAMPAIGNS, "metrics": ["clicks"], "where": "campaign != 'internal'"}
    written["fields"] = {"clicks": {"additive": True}, "all": {"formula": "clicks.total"}}
    rows = (("A", 100), ("internal", 5), ("C", 10), *([("Total", total)] if total else []))
    (table,) = resolved(written, TableAnswer(rows), compared=False).tables
    assert {column.field: column.values for column in table.columns}["all"] == (expected, expected)
    assert (table.total or (None, None))[1] == (expected if total else None)


@pytest.mark.parametrize(("missing", "total"), [(3, (145, 120)), (None, (None, 120))])
def test_a_row_that_may_be_chosen_leaves_the_total_open(missing: int | None, total: tuple[int | None, int]) -> None:
    """Nobody knows whether a row without the value would meet the condition; one that does not takes nothing."""
    written = {**CAMPAIGNS, "metrics": ["clicks"], "where": "clicks > 5", "fields": {"clicks": {"additive": True}}}
    now = (("A", 100), ("B", missing), ("C", 45), ("Total", 148))
    block = arranged(written, now, (("A", 80), ("B", 3), ("C", 40), ("Total", 123)))
    (table,) = block.tables
    assert ((table.total or ())[1], (table.total_baseline or ())[1]) == total
    assert ("W-TOTAL" in {one.code for one in block.cautions}) == (missing is None)


def test_without_more_rows_there_is_no_other() -> None:
    """Nothing is left to add up."""
    assert table_of({**CAMPAIGNS, "limit": 5, "other": True}).other is None


def test_names_are_replaced_last() -> None:
    """Conditions and order know the API's names; a block's own names go before those of the spec."""
    fields = {"campaign": {"rename": {"brand": "Marca", "Video": "Vídeo"}}}
    block = block_of({**CAMPAIGNS, "fields": fields, "where": "campaign != 'generic'", "sort_by": "campaign"})
    where = replace(scope(), renames={"campaign": {"BRAND": "Trademark", "Shop": "Loja"}})
    answers = dict(zip(block.queries(where), (TableAnswer(NOW), TableAnswer(THEN)), strict=True))
    (table,) = block.completed(block.resolve(where, answers), where).tables
    assert names(table) == ("Marca", "Loja", "Vídeo", "Old")


DOLLARS = {**CAMPAIGNS, "metrics": ["revenue_usd", "spend"], "format": "currency"}


def test_a_column_of_two_currencies_is_empty() -> None:
    """What only the answer tells is no reason to lose the table: staff learn why."""
    block = arranged({**DOLLARS, "fields": {"profit": {"formula": "revenue_usd - spend"}}})
    assert column(block.tables[0], "profit")[0] == (None,) * 5
    (caution,) = (one for one in block.cautions if one.code == "W-COLUMN")
    assert caution.text.startswith("profit has no values: revenue_usd - spend: column 13: USD and BRL cannot be")


PAGES: dict[str, Any] = {
    "reference_key": "google_analytics_4:top_content",
    "component": "datatable_v1",
    "metrics": ["points"],
    "dimensions": ["page"],
    "fields": {"share": {"formula": "points / points.total", "format": "percent"}},
    "limit": 1,
    "other": True,
}


def test_what_is_not_known_to_add_up_says_what_to_write() -> None:
    """A share without a total and a row Other without numbers are told to staff, until the author says what adds up."""
    rows, before = (("/", 30), ("/sale", 10)), (("/", 20), ("/sale", 20))
    told = {caution.code: caution.text for caution in arranged(PAGES, rows, before).cautions}
    assert told["W-COLUMN"] == (
        "share has no values: points / points.total: points has no total, as it is not known to add up; "
        "write additive: true in its fields where it does"
    )
    assert told["W-OTHER"] == (
        "other: the values of points are not known to add up, so its row has no numbers; "
        "write additive: true in their fields where they do"
    )
    block = arranged({**PAGES, "fields": {**PAGES["fields"], "points": {"additive": True}}}, rows, before)
    assert block.cautions == ()
    assert column(block.tables[0], "share")[0] == (0.75, 0.25)


def test_a_condition_on_two_currencies_shows_no_row() -> None:
    """Rows that it may have to drop reach no file."""
    block = arranged({**DOLLARS, "fields": {}, "where": "revenue_usd > spend"})
    assert (block.state, block.tables) == ("failed", ())
    assert block.reason.startswith("where: column 13: USD and BRL cannot be compared")
