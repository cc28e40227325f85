"""The API's total row, told by its name."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from reportgen.components.total_row import is_total_of_nothing, without_total
from reportgen.queries import Cell, RichCell
from tests.components.scenes import block_of

ROWS: list[tuple[Cell, ...]] = [("Brand", 2), ("Generic", 3)]


@pytest.mark.parametrize(
    "name",
    [
        *("Total", " TOTAL ", "Total:", "Totals", "Grand  Total", "Totais", "Total geral", "Totales", "Total general"),
        *("Totaux", "Total ge\u0301ne\u0301ral", "Gesamt", "Gesamtsumme", "Summe", "Totale", "Totaal", "الإجمالي"),
        *("合計", "合計\N{FULLWIDTH COLON}", "總計", "总计", RichCell("Total"), RichCell("Total :", 5)),
    ],
)
def test_words_for_total_in_ten_languages(name: Cell) -> None:
    """As text or as the text of an object, with spaces around it, with a colon, however it is composed."""
    assert without_total([*ROWS, (name, 5)]) == (ROWS, (name, 5))


@pytest.mark.parametrize("name", ["Total Fitness", "Subtotal", "", None, 5, RichCell(None, 5)])
def test_other_names_are_rows(name: Cell) -> None:
    """A name that holds the word, and a cell without a name, are rows."""
    assert without_total([*ROWS, (name, 5)]) == ([*ROWS, (name, 5)], None)


def test_the_author_goes_before() -> None:
    """With a name of its own the total has that name alone; with false there is none."""
    everything, total = [*ROWS, ("Everything", 5)], [*ROWS, ("Total", 5)]
    assert without_total(everything, "everything:") == (ROWS, ("Everything", 5))
    assert without_total(total, "everything") == (total, None)
    assert without_total(total, name=False) == (total, None)


def test_a_single_row_is_a_total_where_the_caller_says_so() -> None:
    """A compared answer may be the total alone, of rows that did not come."""
    assert without_total([("Total", 5)]) == ([("Total", 5)], None)
    assert without_total([("Total", 5)], alone=True) == ([], ("Total", 5))


@pytest.mark.parametrize(("value", "expected"), [(0, True), (None, True), (0.0, True), (7, False)])
def test_a_total_of_nothing(value: float | None, *, expected: bool) -> None:
    """A total alone, without a value other than zero, is an answer without rows."""
    assert is_total_of_nothing([("Total", value)], None) is expected
    assert not is_total_of_nothing([("Brand", value)], None)


@pytest.mark.parametrize("wrong", [True, []])
def test_other_values_of_the_key_are_refused(wrong: object) -> None:
    """The key takes a name or false."""
    table = {"reference_key": "x:y", "component": "datatable_v1", "metrics": ["clicks"], "dimensions": ["campaign"]}
    with pytest.raises(ValidationError, match="total_row"):
        block_of({**table, "total_row": wrong})
