"""The closing block on paper."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model import SourceStatus
from reportgen.outputs.page.last_page_columns import columns
from reportgen.outputs.text.last_page import LastPageEntry, closing_entries
from tests.outputs import reports


@pytest.mark.parametrize(
    ("locale", "accounts", "names"),
    [
        ("en", "Ads (Norte, Sul), Mail", "Reach, Clicks"),
        ("ja", "Ads (Norte、Sul)、Mail", "Reach、Clicks"),
        ("ar", "Ads (Norte، Sul)، Mail", "Reach، Clicks"),
    ],
)
def test_names_beside_one_another_have_the_comma_of_the_language(locale: str, accounts: str, names: str) -> None:
    """Sources, their accounts and blocks without data are listed as the reader's language lists them."""
    blocks = [replace(reports.NUMBER, label=label, state="no_data") for label in ("Reach", "Clicks")]
    sources = (SourceStatus("ads", "ads", "active", accounts=("Norte", "Sul")), SourceStatus("mail", "mail", "active"))
    report = replace(reports.report(*blocks), sources=sources, locale=locale)
    told = closing_entries(report)
    assert accounts in [entry.term for entry in told]
    assert (names,) in [entry.sentences for entry in told]


def entries(*lines: int) -> tuple[LastPageEntry, ...]:
    """Return entries of so many sentences of a word each."""
    return tuple(LastPageEntry(f"Term {at}", ("word",) * count) for at, count in enumerate(lines, 1))


def test_columns_are_about_as_long() -> None:
    """A long entry has a column for itself."""
    made = entries(1, 1, 6, 1, 1)
    assert columns(made) == (made[:2], made[2:3], made[3:])


def test_a_column_may_be_empty() -> None:
    """Two entries stand in the first two columns."""
    made = entries(2, 2)
    assert columns(made) == (made[:1], made[1:], ())


@given(st.lists(st.integers(1, 9), min_size=1, max_size=12))
def test_nothing_is_lost(lines: list[int]) -> None:
    """Every entry stands in one column, in its order."""
    made = entries(*lines)
    first, second, third = columns(made)
    assert first + second + third == made
