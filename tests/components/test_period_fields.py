"""The advice for a period or a comparison in an author's own words: the days that are meant, and no others."""

from __future__ import annotations

import pytest

from reportgen.components.period_fields import given_comparisons
from reportgen.errors import PeriodError
from reportgen.periods import is_period, require_period


def advice_for(period: str) -> str:
    """Return the advice for a text that is no period."""
    with pytest.raises(PeriodError) as caught:
        require_period(period)
    return str(caught.value).partition("; ")[2]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("this_month", "month_to_date"),
        ("current month", "month_to_date"),
        ("MTD", "month_to_date"),
        ("this quarter", "quarter_to_date"),
        ("qtd", "quarter_to_date"),
        ("this year", "year_to_date"),
        ("previous month", "last_month"),
        ("past week", "last_week"),
        ("Last Month", "last_month"),
        ("30 days", "last_30_days"),
        ("Q3 2026", "2026-Q3"),
        ("2026 q3", "2026-Q3"),
        ("W5 2026", "2026-W05"),
        ("2026-1", "2026-01"),
        ("October 2026", "2026-10"),
        ("2026 Oct", "2026-10"),
        ("outubro de 2026", "2026-10"),
        ("5/13/2026", "2026-05-13..2026-05-13"),
        ("2026-10-05", "2026-10-05..2026-10-05"),
    ],
)
def test_the_period_of_an_authors_words_is_named(written: str, meant: str) -> None:
    """What is advised is a period, and covers the days that the words say."""
    assert advice_for(written) == f"did you mean {meant!r}?"
    assert is_period(meant)


@pytest.mark.parametrize("written", ["next_month", "next week", "tomorrow", "this week", "wtd", "last_semester"])
def test_days_without_a_word_have_no_near_word(written: str) -> None:
    """The nearest word would stand for other days."""
    assert advice_for(written).startswith("write one of yesterday, today, ")


def test_a_month_needs_its_year() -> None:
    """Which October is meant is not known."""
    assert advice_for("October") == "a month has its year: write YYYY-MM, such as 2026-10"


def test_two_days_in_the_wrong_order_are_to_be_swapped() -> None:
    """The days are right, so no list of forms is printed."""
    assert advice_for("2026-10-31..2026-10-01") == "swap the two dates"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("last year", "same_period_last_year"),
        ("previous_year", "same_period_last_year"),
        ("YoY", "same_period_last_year"),
        ("year-over-year", "same_period_last_year"),
        ("last month", "previous_month"),
        ("mom", "previous_month"),
        ("last_week", "previous_period"),
        ("previous quarter", "previous_period"),
        ("last_30_days", "previous_period"),
        ("last_12_months", "previous_period"),
        ("Previous Period", "previous_period"),
        ("previus_period", "previous_period"),
        ("off", "none"),
    ],
)
def test_the_comparison_of_an_authors_words_is_named(written: str, meant: str) -> None:
    """The year before is another comparison than the period before."""
    with pytest.raises(PeriodError, match=rf"is no comparison; .*; did you mean '{meant}'\?$"):
        given_comparisons(written)


@pytest.mark.parametrize("written", ["October 2026", "two years ago", "everything"])
def test_what_is_near_to_no_comparison_has_the_list_alone(written: str) -> None:
    """A month is a period and no comparison."""
    with pytest.raises(PeriodError, match=r"or YYYY-MM-DD\.\.YYYY-MM-DD$"):
        given_comparisons(written)
