"""Texts in columns of numbers."""

from __future__ import annotations

import pytest

from reportgen.queries import Cell, TableAnswer
from tests.components.scenes import block_of, resolved, scope

TABLE = {"reference_key": "x:y", "component": "datatable_v1", "metrics": ["clicks"], "dimensions": ["campaign"]}


@pytest.mark.parametrize("word", ["n/a", "-", "1.234,5"])
def test_a_text_among_numbers_is_missing(word: str) -> None:
    """The column stays one of numbers, is compared, and staff are told what came."""
    block, where = block_of(TABLE), scope()
    now, then = TableAnswer((("A", 5), ("B", word), ("C", 7))), TableAnswer((("A", 4), ("B", 3), ("C", word)))
    resolved_block = block.resolve(where, dict(zip(block.queries(where), [now, then], strict=True)))
    column = resolved_block.tables[0].columns[1]
    assert (column.values, column.baseline, column.is_numeric) == ((5, None, 7), (4, 3, None), True)
    (caution,) = resolved_block.cautions
    assert (caution.code, "2 of 6" in caution.text, repr(word) in caution.text) == ("W-TEXT", True, True)


def test_a_text_in_a_total_is_missing() -> None:
    """An API that writes a dash under a column has no total of it."""
    (table,) = resolved(TABLE, TableAnswer((("A", 5), ("B", 3), ("Total", "-"))), compared=False).tables
    assert table.total == ("Total", None)


@pytest.mark.parametrize(("cells", "unit"), [(("x", "y", 5), None), (("x", "y"), "count"), (("x", "", 5), "text")])
def test_a_column_of_words_keeps_them(cells: tuple[Cell, ...], unit: str | None) -> None:
    """Where most cells are words and the author says nothing else, a number among them is a name."""
    written = {**TABLE, **({"format": unit} if unit else {})}
    block = resolved(written, TableAnswer(tuple(zip("ABC", cells, strict=False))), compared=False)
    assert block.tables[0].columns[1].values == cells[:2] + (("5",) if len(cells) > 2 else ())
    assert block.cautions == ()


def test_the_author_s_format_says_what_a_column_is() -> None:
    """A column with the format of a number is one, however many cells are words."""
    block = resolved({**TABLE, "format": "count"}, TableAnswer((("A", "n/a"), ("B", "n/a"), ("C", 5))), compared=False)
    assert block.tables[0].columns[1].values == (None, None, 5)


@pytest.mark.parametrize(
    ("cells", "unit", "expected"),
    [
        (("Spring", "Summer", 2025), None, ("Spring", "Summer", "2025")),
        ((2024, 2025, None), "text", ("2024", "2025", None)),
        ((2024, 2025, 5), None, (2024, 2025, 5)),
    ],
)
def test_numbers_among_words_are_names(cells: tuple[Cell, ...], unit: str | None, expected: tuple[Cell, ...]) -> None:
    """The API asks names as metrics too: a number is printed as it came, and so is all of `format: text`."""
    written = {**TABLE, **({"format": unit} if unit else {})}
    block = resolved(written, TableAnswer(tuple(zip("ABC", cells, strict=True))), compared=False)
    assert block_of(written).completed(block, scope()).tables[0].columns[1].values == expected
