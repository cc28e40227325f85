"""The formulas of computed columns over the cells of their row."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.model import Column, Table, Unit
from tests.outputs.reports import COUNT, TABLE, report
from tests.outputs.workbook.reading import HEAD, opened

BRL = Unit("currency", "BRL")
SPEND = Column("metrics.cost_micros", "Spend", "metric", BRL, (100.0, 30.0), (80.0, 45.0))
ORDERS = Column("orders", "Orders", "metric", COUNT, (4, 0), (5, 9))


def cells(formula: str, *columns: Column, unit: Unit = BRL, total: float | None = None) -> list[list[object]]:
    """Return the formulas and values of the computed column and of its previous values, a list for each row."""
    names = Column("campaign", "Campaign", "dimension", values=("A", "B"))
    cpa = Column("cpa", "CPA", "metric", unit, (25.0, None), (16.0, 5.0), formula=formula)
    made = (names, *columns, cpa)
    row = (None,) * (len(made) - 1)
    table = Table(made, ("both", "both"), total=(*row, total) if total else None, shown=2, of=2)
    sheet = opened(report(replace(TABLE, label="Costs", tables=(table,))), results=False)["Costs"]
    heads = [cell.value for cell in sheet[HEAD]]
    at = heads.index("CPA")
    return [[cell.value for cell in row[at : at + 2]] for row in sheet.iter_rows(min_row=HEAD + 1, max_row=HEAD + 2)]


@pytest.mark.parametrize(
    ("formula", "made", "before"),
    [
        ("metrics.cost_micros / orders", "=B5/F5", "=C5/G5"),
        ("`metrics.cost_micros`/(orders * 100)", "=B5/(F5*100)", "=C5/(G5*100)"),
    ],
)
def test_a_column_of_shown_columns_is_live(formula: str, made: str, before: str) -> None:
    """In both periods; a cell without a value, such as a quotient by zero, has no formula either."""
    assert cells(formula, SPEND, ORDERS) == [[made, before], [None, before.replace("5", "6")]]


@pytest.mark.parametrize(
    ("formula", "spend"),
    [
        ("metrics.cost_micros * 1.15", SPEND),
        ("metrics.cost_micros / metrics.cost_micros.total", SPEND),
        ("metrics.cost_micros * 10%", SPEND),
        ("metrics.cost_micros / orders", replace(SPEND, printed=False)),
        ("metrics.cost_micros / orders", replace(SPEND, unit=Unit("seconds"))),
        ("metrics.cost_micros / orders", replace(SPEND, values=(2**60, 30.0))),
    ],
)
def test_what_is_not_all_shown_is_a_value(formula: str, spend: Column) -> None:
    """A margin, a total of filtered rows, a column for staff, a part of a day, and what Excel would round."""
    assert cells(formula, spend, ORDERS)[0] == [25.0, 16.0]
