"""Sentences made from data."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from reportgen.model import Missing, SourceStatus
from reportgen.outputs.words import STATE_WORDS, alt_text, cover_title, source_lines, source_name, subtitle
from tests.outputs import reports


def test_every_missing_state_has_words() -> None:
    """No reason for a missing value is left without words."""
    assert set(STATE_WORDS) == set(get_args(Missing))


def test_alt_text_says_what_and_how_it_goes() -> None:
    """A chart is told by kind, title, number of points, and first and last values."""
    assert alt_text(reports.PIE.charts[0], "Followers by gender", "en") == (
        "Pie chart: Followers by gender. 3 points. Followers: first 12,628 (Male), last 2,745 (Unknown)."
    )


@pytest.mark.parametrize(
    ("title", "rest"),
    [
        ("Padaria Aurora · October 2026", ""),
        ("Instagram report", "Instagram report"),
        ("Padaria Aurora: Social and ads, October 2026", "Social and ads"),
        ("Padaria Aurora 2026-10", ""),
    ],
)
def test_cover_repeats_nothing(title: str, rest: str) -> None:
    """The title on the cover is without the client and the period that stand beside it."""
    assert cover_title(replace(reports.report(), title=title)) == rest


def test_source_is_complete_or_says_so() -> None:
    """A section says of each source whether all of it was read."""
    report = reports.report(reports.NUMBER, reports.FAILED)
    (line,) = source_lines(report.sections[0], report)
    assert (line.name, line.complete, line.missing) == ("Instagram", False, ("Profile views",))


def test_source_has_a_readable_name() -> None:
    """An integration is named as people write it."""
    assert source_name(SourceStatus("ads", "google_ads", "active")) == "Google Ads"


def test_subtitle_adds_what_the_title_does_not_say() -> None:
    """The series is named under a chart unless its title does."""
    report = reports.report()
    chart = reports.BAR.charts[0]
    assert subtitle(chart, reports.BAR, report) == "October 2026"
    assert subtitle(chart, replace(reports.BAR, label="Reels gained"), report) == "Interactions, October 2026"
