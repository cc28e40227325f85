"""CSV files as spreadsheets write them, and what is wrong with others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.errors import SpecError
from reportgen.spec.csv_rows import csv_rows

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "client,name\na,One\n\n,\nb,Two\n"
ROWS = [(1, ["client", "name"]), (2, ["a", "One"]), (5, ["b", "Two"])]


def rows(folder: Path, text: str) -> list[tuple[int, list[str]]]:
    """Return the rows of a file with a text."""
    path = folder / "list.csv"
    path.write_text(text, "utf-8", newline="")
    return list(csv_rows(path, 1_000_000))


@pytest.mark.parametrize(
    "text", [TEXT, TEXT.replace(",", ";"), TEXT.replace(",", "\t"), "\ufeff" + TEXT.replace("\n", "\r\n")]
)
def test_separators_marks_and_line_ends(tmp_path: Path, text: str) -> None:
    """Commas, semicolons or tabs stand between cells; rows without a cell are none."""
    assert rows(tmp_path, text) == ROWS


def test_a_first_line_for_excel_names_the_separator(tmp_path: Path) -> None:
    """It is no line of headings."""
    assert rows(tmp_path, "sep=;\r\n" + TEXT.replace(",", ";")) == [(line + 1, cells) for line, cells in ROWS]


def test_an_empty_line_above_the_headings_says_nothing(tmp_path: Path) -> None:
    """Neither of the separator."""
    assert rows(tmp_path, "\n" + TEXT.replace(",", ";")) == [(line + 1, cells) for line, cells in ROWS]


def test_an_empty_file_has_no_rows(tmp_path: Path) -> None:
    """It has no headings either."""
    assert rows(tmp_path, "") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TEXT.replace("One", '"One'), 'list.csv:2:1: a quote " is opened here, and never closed'),
        ("client,name,client\n", "list.csv:1:3: client: stands twice; the first is column 1"),
        (TEXT + "x" * 140_000, "list.csv:6:1: is no CSV here: field larger than field limit"),
    ],
)
def test_what_is_no_list_is_told_at_its_line(tmp_path: Path, text: str, said: str) -> None:
    """A quote that swallows the rest of the file is named where it begins."""
    with pytest.raises(SpecError) as caught:
        rows(tmp_path, text)
    assert said in str(caught.value)
