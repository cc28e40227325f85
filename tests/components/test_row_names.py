"""The names of a table's rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.components.row_names import joining_names
from reportgen.queries import TableAnswer
from tests.components.scenes import block_of, scope

if TYPE_CHECKING:
    from reportgen.model import Block

TABLE = {"reference_key": "x:y", "component": "datatable_v1", "metrics": ["clicks"], "dimensions": ["campaign"]}


def compared(now: tuple[str, ...], then: tuple[str, ...]) -> Block:
    """Resolve a table of rows of these names in two periods, with the values 0, 1, 2 and so on."""
    block, where = block_of(TABLE), scope()
    answers = [TableAnswer(tuple((name, at) for at, name in enumerate(names))) for names in (now, then)]
    return block.resolve(where, dict(zip(block.queries(where), answers, strict=True)))


@pytest.mark.parametrize("then", ["Cafe\u0301", " Café", "Café\N{NO-BREAK SPACE}"])
def test_rows_join_without_spaces_and_in_one_form(then: str) -> None:
    """Outer spaces and composed letters make no other row, and the name is printed as it came."""
    block = compared(("Café", "Pão"), ("Pão", then))
    (table,) = block.tables
    assert (table.presence, table.columns[0].values) == (("both", "both"), ("Café", "Pão"))
    assert (table.columns[1].baseline, block.cautions) == ((1, 0), ())


def test_names_that_only_spaces_tell_apart_join_as_they_came() -> None:
    """Two rows of a period are not made one, so what differs in spaces alone still joins with its own."""
    names = [("Brand",), ("Brand ",), (" Other",)]
    assert joining_names(names, names) == ([("Brand",), ("Brand ",), ("Other",)],) * 2
    assert compared(("Brand", "Brand "), ("Brand ", "Brand")).tables[0].columns[1].baseline == (1, 0)


@pytest.mark.parametrize("twin", ["brand", "Brand ", " BRAND", "\N{FULLWIDTH LATIN CAPITAL LETTER B}rand"])
def test_names_that_look_alike_are_a_caution(twin: str) -> None:
    """Capitals, spaces and widths make two rows of what may be one thing: staff are told, nothing is merged."""
    block = compared(("Brand", twin, "Other"), ("Brand", "Other"))
    assert [caution.code for caution in block.cautions] == ["W-NAMES"]
    assert block.tables[0].of == 3


def test_twins_of_the_two_periods_are_a_caution() -> None:
    """A name that only the compared period writes otherwise is a row of its own, so staff are told."""
    block = compared(("Brand", "Other"), ("BRAND", "Other"))
    assert ([caution.code for caution in block.cautions], block.tables[0].of) == (["W-NAMES"], 3)


def test_other_names_are_no_caution() -> None:
    """Names that differ in a letter or a digit are names."""
    assert compared(("Brand", "Brand 2", "Brands"), ("Brand", "Bränd")).cautions == ()
