"""The rows of a table, held against its total."""

from __future__ import annotations

import pytest

from reportgen.components.contradicting_figures import DISAGREEMENTS
from reportgen.queries import Cell, TableAnswer
from tests.components.scenes import block_of, resolved, scope

TABLE = {
    "reference_key": "gads:campaigns",
    "component": "datatable_v1",
    "metrics": ["metrics.clicks", "reach"],
    "dimensions": ["campaign"],
}
ROWS: tuple[tuple[Cell, ...], ...] = (("A", 900, 10), ("B", 800, 20), ("C", 700, 30))


def codes(total: tuple[Cell, ...], rows: tuple[tuple[Cell, ...], ...] = ROWS, **keys: object) -> list[str]:
    """Return the codes of the cautions on a table of rows and a total."""
    return [found.code for found in resolved({**TABLE, **keys}, TableAnswer((*rows, total)), compared=False).cautions]


def test_rows_that_add_up_are_no_caution() -> None:
    """2,400 clicks are 2,400; people who are reached by two campaigns are counted once, and reach has no sum."""
    assert codes(("Total", 2400, 45)) == []


@pytest.mark.parametrize("total", [2399, 9])
def test_rows_that_are_more_than_the_total_contradict_it(total: int) -> None:
    """Rows that add up to more than the total are a disagreement, by which `--strict` holds the report."""
    assert codes(("Total", total, 45)) == ["W-SUM"]
    assert "W-SUM" in DISAGREEMENTS


def test_rows_that_are_less_than_the_total_are_incomplete() -> None:
    """An API that sends its first rows alone contradicts nothing: staff are told, and no report is held."""
    assert codes(("Total", 9999, 45)) == ["W-ROWS"]
    assert "W-ROWS" not in DISAGREEMENTS


def test_the_author_may_say_that_all_rows_came() -> None:
    """With `additive: true` rows have to be equal to the total in every column but rates; with false in none."""
    assert codes(("Total", 9999, 45), additive=True) == ["W-SUM"]
    assert codes(("Total", 2400, 60), additive=True) == []
    assert codes(("Total", 9, 45), additive=False) == []
    rates = {**TABLE, "metrics": ["clicks", "ctr"], "additive": True}
    assert not resolved(rates, TableAnswer((("A", 1, 0.1), ("B", 2, 0.2), ("Total", 3, 0.15))), compared=False).cautions


def test_a_missing_value_may_be_the_rest() -> None:
    """With a value that is missing, rows that add up to less say nothing; rows that add up to more still do."""
    rows = (*ROWS, ("D", None, 1))
    assert codes(("Total", 2500, 45), rows) == codes(("Total", 2500, 61), rows, additive=True) == []
    assert codes(("Total", 2300, 45), rows) == ["W-SUM"]


@pytest.mark.parametrize(
    ("parts", "total"),
    [((0.1, 0.2), 0.30000000000000004), ((12.33, 12.33), 24.67), ((18.4, 18.6), 37.000000000000004), ((0.33, 0.33), 1)],
)
def test_rounding_and_floating_point_are_no_difference(parts: tuple[float, float], total: float) -> None:
    """What the last digits of the parts explain is no caution; a third that is not there is one."""
    rows = tuple((name, part, 1) for name, part in zip("AB", parts, strict=True))
    assert codes(("Total", total, 2), rows) == (["W-ROWS"] if total == 1 else [])


def test_the_compared_period_is_checked_too() -> None:
    """Its rows are those of the compared answer, the ones that are there alone included."""
    block, where = block_of(TABLE), scope()
    before = TableAnswer((("A", 5, 1), ("Z", 6, 1), ("Total", 10, 2)))
    answers = dict(zip(block.queries(where), [TableAnswer((*ROWS, ("Total", 2400, 45))), before], strict=True))
    assert [(found.code, "compared" in found.text) for found in block.resolve(where, answers).cautions] == [
        ("W-SUM", True)
    ]


UNNAMED = {**TABLE, "metrics": ["clicks", "impressions", "reach"]}
FOUR: tuple[tuple[Cell, ...], ...] = (("A", 9, 90, 1), ("B", 8, 70, 1), ("C", 7, 50, 1))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((*FOUR, ("All of it", 24, 210, 2)), ["W-TOTAL"]),
        ((*FOUR, ("All of it", 24, 211, 2)), []),
        ((*FOUR[:2], ("All of it", 17, 160, 2)), []),
        ((("All of it", 24, 210, 2), *FOUR), []),
        ((("A", 0, 0, 1), ("B", 0, 0, 1), ("C", 0, 0, 1), ("D", 0, 0, 1)), []),
    ],
)
def test_a_total_under_another_name_is_a_caution(rows: tuple[tuple[Cell, ...], ...], expected: list[str]) -> None:
    """A last row that is the sum of three others in two columns may be a total; sorting does not hide it."""
    for keys in ({}, {"sort_by": "-clicks"}):
        block = resolved({**UNNAMED, **keys}, TableAnswer(rows), compared=False)
        assert [found.code for found in block.cautions] == expected


def test_the_author_names_it() -> None:
    """With its name it is the total; with `total_row: false` it is a row, and nobody is warned."""
    answer = TableAnswer((*FOUR, ("All of it", 24, 210, 2)))
    for name, total in (("all of it", ("All of it", 24, 210, 2)), (False, None)):
        block = resolved({**UNNAMED, "total_row": name}, answer, compared=False)
        assert (block.tables[0].total, block.cautions) == (total, ())
