"""The API's total row, told by its name."""

from __future__ import annotations

from typing import Literal

import pytest
from pydantic import ValidationError

from reportgen.components.total_row import is_total_of_nothing, without_total
from reportgen.queries import Cell, RichCell, TableAnswer
from tests.components.scenes import block_of, resolved

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


TABLE = {"reference_key": "x:y", "component": "datatable_v1", "metrics": ["clicks"], "dimensions": ["campaign"]}


@pytest.mark.parametrize("wrong", [True, [], {}])
def test_other_values_of_the_key_are_refused(wrong: object) -> None:
    """The key takes a name or false; `true` is that of a metric table, whose total is made here."""
    with pytest.raises(ValidationError, match=r"takes the name of the API's last row .*: leave total_row out"):
        block_of({**TABLE, "total_row": wrong})


def test_a_name_that_the_last_row_does_not_have_is_a_caution() -> None:
    """Else the table would lack the total that its author expects, without a word."""
    (caution,) = resolved({**TABLE, "total_row": "All"}, TableAnswer((*ROWS, ("Everything", 9)))).cautions
    assert caution.code == "W-TOTAL"
    assert caution.text == (
        "total_row: the last row is called 'Everything', not 'All', so the table has no total; write the name of its "
        "total, or leave total_row out"
    )


@pytest.mark.parametrize("name", ["everything:", None, False])
def test_a_name_that_the_last_row_has_is_no_caution(name: str | Literal[False] | None) -> None:
    """Nor is a table without a name, or with the word that its last row is a row."""
    answer = TableAnswer((*ROWS, (RichCell("Everything"), 5)))
    assert resolved({**TABLE, "total_row": name}, answer).cautions == ()


@pytest.mark.parametrize(
    ("first", "last", "keys", "count"),
    [
        ("Total", "Generic", {}, 1),
        (RichCell("Total"), "Total", {}, 1),
        ("Total", "Generic", {"total_row": False}, 0),
        ("Total", "Generic", {"where": "campaign != 'Total'"}, 0),
        ("Brand", "Total", {}, 0),
    ],
)
def test_a_total_that_is_not_the_last_row_is_a_caution(
    first: Cell, last: str, keys: dict[str, object], count: int
) -> None:
    """It stays a row, which may be ranked and added up, so that staff are told how to leave it out."""
    block = resolved({**TABLE, **keys}, TableAnswer(((first, 5), ("Video", 3), (last, 2))))
    found = [one for one in block.cautions if "not the last" in one.text]
    assert [one.code for one in found] == ["W-TOTAL"] * count
    assert all(one.text.endswith("write where: campaign != 'Total'") for one in found)


def test_a_table_with_a_condition_keeps_it() -> None:
    """What the caution says to write leaves out the total, and what was left out before."""
    answer, condition = (
        TableAnswer((("Total", 8), ("Video", 1), ("Brand", 5), ("Generic", 2))),
        "clicks > 1 or clicks = 0",
    )
    (told,) = resolved({**TABLE, "where": condition}, answer).cautions
    where = told.text.partition("write where: ")[2]
    assert where == "(clicks > 1 or clicks = 0) and campaign != 'Total'"
    block = resolved({**TABLE, "where": where}, answer)
    assert (block.tables[0].columns[0].values, block.cautions) == (("Brand", "Generic"), ())
