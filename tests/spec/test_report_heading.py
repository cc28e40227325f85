"""The heading of a report, decided by the template of its title."""

from __future__ import annotations

import pytest

from reportgen.spec.report_heading import heading_template, names_client


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("{client.name} · {period.label}", ""),
        ("{client.name}", ""),
        ("{client.name} {period.id}", ""),
        ("{client.name}: Social and ads, {period.label}", "Social and ads"),
        ("Social - ads | {period.label}", "Social - ads"),
        ("{period.label} · Ads · Social", "Ads · Social"),
        ("Marketing report", "Marketing report"),
        ("{client.name} · Casamentos em {period.label}", "Casamentos em {period.label}"),
        ("{client.name} on Instagram · {period.label}", "on Instagram"),
        ("{client.name}'s month", "{client.name}'s month"),
        ("Ads of {client.name}", "Ads of {client.name}"),
        ("{agency.name} · {client.name}", "{agency.name}"),
        ("{{client.name}} · {client.name}", "{{client.name}}"),
        ("", ""),
    ],
)
def test_parts_that_are_printed_elsewhere_are_left_out(title: str, heading: str) -> None:
    """Parts that are nothing but the client's name or the period, and the leading name, are left out alone."""
    assert heading_template(title) == heading


def test_a_template_names_the_client() -> None:
    """Whether the client's name stands in it is decided by the variable, not by letters."""
    assert names_client("{client.name} on Instagram")
    assert not names_client("Marketing report")
    assert not names_client("{{client.name}}")
