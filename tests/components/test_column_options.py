"""What an author says of a table's columns: which are printed, as bars, and their limits."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from reportgen.components.column_options import TableFieldSpec
from reportgen.model import ToneRule
from reportgen.queries import TableAnswer
from tests.components.scenes import block_of, scope

METRIC = {
    "reference_key": "ig:clicks",
    "component": "datatable_v1",
    "metrics": ["count", "ctr"],
    "dimensions": ["link"],
    "name": "clicks",
    "compare": "none",
}
ROWS = (("Email", 5, 0.1), ("Website", 7, 0.02), ("Total", 12, 0.05))


def test_columns_are_printed_in_the_chosen_order() -> None:
    """The chosen columns come first and in their order; the others are kept for the workbook, and totals go along."""
    block = block_of({**METRIC, "columns": ["ctr", "link"]})
    (query,) = block.queries(scope())
    (table,) = block.completed(block.resolve(scope(), {query: TableAnswer(ROWS)}), scope()).tables
    assert [(one.field, one.printed, one.values[0]) for one in table.columns] == [
        ("ctr", True, 0.1),
        ("link", True, "Email"),
        ("count", False, 5),
    ]
    assert table.total == (0.05, "Total", 12)


def test_a_column_that_is_not_asked_for_cannot_be_chosen() -> None:
    """A misspelt name is told with the nearest one."""
    with pytest.raises(ValidationError, match=r"'cuont' is neither a dimension nor a metric.*did you mean 'count'"):
        block_of({**METRIC, "columns": ["link", "cuont"]})


def test_bars_limits_and_the_turned_page_are_carried() -> None:
    """What the author says of a column is in the block's table."""
    fields = {"count": {"bar": True}, "ctr": {"format": "percent", "tones": {"good": ">= 5%", "bad": "< 0.01"}}}
    block = block_of({**METRIC, "fields": fields, "landscape": False})
    (query,) = block.queries(scope())
    (table,) = block.completed(block.resolve(scope(), {query: TableAnswer(ROWS)}), scope()).tables
    assert (table.landscape, [one.bar for one in table.columns]) == (False, [False, True, False])
    assert table.columns[2].tones == (ToneRule("bad", "<", 0.01), ToneRule("good", ">=", 0.05))
    assert [table.columns[2].tone(value) for value in table.columns[2].values] == ["good", "neutral"]


@pytest.mark.parametrize(
    ("written", "limit"),
    [
        ({"format": "percent", "tones": {"good": "> 5%"}}, 0.05),
        ({"format": "percent_100", "tones": {"good": ">5%"}}, 5.0),
        ({"tones": {"good": "> -2.5"}}, -2.5),
    ],
)
def test_a_limit_is_in_the_scale_of_the_values(written: dict[str, object], limit: float) -> None:
    """5% is 0.05 where the API sends fractions, and 5 where it sends percent."""
    (rule,) = TableFieldSpec.model_validate(written).tone_rules()
    assert rule.limit == limit


@pytest.mark.parametrize(
    ("tones", "problem"),
    [
        ({"good": "about 5"}, "is no limit"),
        ({"good": "> 5%"}, "needs `format: percent`"),
        ({"bad": "< 1.000"}, "1.000 is 1, as a point stands before decimals; for 1000 write 1000, and for 1 write 1"),
    ],
)
def test_a_limit_that_means_nothing(tones: dict[str, str], problem: str) -> None:
    """What is no limit is refused with what to write."""
    with pytest.raises(ValidationError, match=problem):
        TableFieldSpec.model_validate({"tones": tones})
