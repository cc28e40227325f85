"""The places by which a browser sorts a column."""

from __future__ import annotations

from reportgen.model import RAW, change_of
from reportgen.outputs.text.sort_order import places_of, places_of_changes


def test_missing_has_no_place() -> None:
    """What is missing, or is no finite number, has no place; zero has one."""
    assert places_of([3, None, 0, float("nan"), 2.5]) == [2, None, 0, None, 1]


def test_equals_share_a_place() -> None:
    """Equal values stand together, and so do words that differ in capitals and accents only."""
    assert places_of([7, 7.0, 8]) == [0, 0, 1]
    assert places_of(["São Paulo", "sao paulo", "Recife"]) == [1, 1, 0]


def test_numbers_stand_before_words() -> None:
    """A column may hold both."""
    assert places_of(["b", 10, 9, "a"]) == [3, 1, 0, 2]


def test_changes_go_by_their_share() -> None:
    """A rise from zero, which has no share, is beyond the largest share; a fall from zero below the smallest."""
    pairs = ((110, 100), (5, 0), (20, 10), (-5, 0), (1, 2))
    changes = [change_of(current, before, RAW, "up_is_good") for current, before in pairs]
    assert places_of_changes([*changes, None]) == [2, 4, 3, 0, 1, None]


def test_names_that_are_numbers_go_by_their_size() -> None:
    """A year or an hour is text in a table, and still 9 stands before 10."""
    assert places_of(["10", "9", "b", "-1"]) == [2, 1, 3, 0]
