"""Reference keys become titles that a reader understands."""

from __future__ import annotations

import pytest

from reportgen.titles import title_of


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("li_ads:averageCpc", "Average CPC"),
        ("gads:cost_micros", "Cost"),
        ("hubspot_marketing:clickthroughratio_emails", "Clickthrough ratio emails"),
        ("hubspot_marketing:emails_datatable", "Emails"),
        ("rdstation_experiment_converesions_form_performance", "Conversions form performance"),
        ("google_analytics_4:utm_manualAdContent", "UTM manual ad content"),
        ("active_campaigns:deals_values_brl", "Deals values BRL"),
        ("fb_ads:spend-offsite.conversion", "Spend offsite conversion"),
        ("ig:chart", "Chart"),
        ("summary", "Summary"),
        ("ig:", "ig:"),
    ],
)
def test_reference_keys_become_titles(key: str, title: str) -> None:
    """A reader sees words, without prefix, with initials as usual."""
    assert title_of(key) == title
