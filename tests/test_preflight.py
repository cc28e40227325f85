"""What is said of a report's accounts before a run."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen import load_client, load_spec
from reportgen.connect.account_directory import Integration
from reportgen.preflight import Finding, alias_of, inspect, joint_sources
from reportgen.spec.planning import make_plan

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.spec.planning import Plan

ADS, OTHER = "9d3c11aa-5a52-4c0e-8a25-0a3a8a6b7f10", "4addc0da-8583-4dbb-a0e9-c7e2e8470f50"
SPEC = """
version: 1
currency: BRL
sources: {ads: {integration: google_ads}, page: {integration: facebook, optional: true}}
sections:
  - source: ads
    blocks:
      - {name: spend, format: currency, reference_key: "gads:cost_micros", component: number_v1, metrics: [cost]}
"""


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Return the plan of October for a client with one account."""
    (tmp_path / "spec.yaml").write_text(SPEC)
    (tmp_path / "client.yaml").write_text(f"version: 1\nname: A\nsources: {{ads: {ADS}}}\n")
    spec, client = load_spec(tmp_path / "spec.yaml"), load_client(tmp_path / "client.yaml")
    return make_plan(spec, client, as_of=date(2026, 11, 3))


def account(status: str = "active", slug: str = "google_adwords", **more: str) -> Integration:
    """Return the client's account."""
    return Integration(ADS, slug, "Bakery", status, more.get("currency"))


def said(plan: Plan, *integrations: Integration) -> list[tuple[str, bool]]:
    """Return what is said of the ads account, and whether it is usable each time."""
    return [(one.text, one.usable) for one in inspect(plan, integrations) if one.alias == "ads"]


def test_an_active_account(plan: Plan) -> None:
    """A live account's own spelling of its kind is the spec's, and its currency is told."""
    assert said(plan, account(currency="BRL")) == [("Bakery (google_adwords): active, in BRL", True)]


def test_an_absent_optional_source(plan: Plan) -> None:
    """What the client may leave out is said to be left out."""
    left_out = Finding("page", "the client has none; its blocks will be left out", usable=True)
    assert inspect(plan, [account()])[-1] == left_out


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("expired", "its connection has expired; open the client's reconnection page"),
        ("revoked", "its owner has taken the access away; open"),
        ("synchronizing", "it is being synchronised, so figures may be missing; wait"),
        ("synchronization_error", "it could not be synchronised"),
        ("hibernating", "its status is hibernating, which is unknown; look at it in the dashboard"),
        ("", "its status is not told, which is unknown"),
    ],
)
def test_an_account_that_does_not_work(plan: Plan, status: str, words: str) -> None:
    """Each status is put into words, with what to do; an unknown one too."""
    ((text, usable),) = said(plan, account(status))
    assert words in text
    assert not usable


def test_an_account_of_another_kind(plan: Plan) -> None:
    """The account of another platform under a source's name is told."""
    ((text, usable),) = said(plan, account(slug="facebook"))
    assert "it is a facebook account, the spec wants google_ads; correct one of them" in text
    assert not usable


def test_an_unknown_account_names_those_alike(plan: Plan) -> None:
    """An id that the customer does not have comes with the ids of the same kind that it has."""
    ((text, usable),) = said(plan, Integration(OTHER, "google_adwords", "Cafe", "active"))
    assert text == f"this customer has no integration {ADS}; {OTHER} is Cafe (google_adwords)"
    assert not usable
    ((text, _),) = said(plan)
    assert text.endswith("it has no google_ads account")


def test_a_young_account(plan: Plan) -> None:
    """An account that was connected within the period may have no data before."""
    created = Integration(ADS, "google_ads", "B", "active", created=date(2026, 10, 5))
    assert said(plan, created)[1:] == [
        ("connected on 2026-10-05, after the period starts (2026-10-01); there may be no data before", True)
    ]


def test_another_currency(plan: Plan) -> None:
    """Dollars that would be printed as reais are told."""
    assert said(plan, account(currency="USD"))[1:] == [
        ("the report prints BRL, but the account is in USD; correct currency: in the client or the spec", False)
    ]


def joint(folder: Path, *currencies: str) -> tuple[Plan, list[Integration]]:
    """Return a plan of two accounts in one source, and what the API knows of them."""
    (folder / "client.yaml").write_text(f"version: 1\nname: A\nsources: {{ads: [{ADS}, {OTHER}]}}\n")
    plan = make_plan(load_spec(folder / "spec.yaml"), load_client(folder / "client.yaml"), as_of=date(2026, 11, 3))
    known = zip((ADS, OTHER), ("Bakery", "Café"), currencies, strict=False)
    return plan, [Integration(uuid, "google_ads", name, "active", currency) for uuid, name, currency in known]


def test_each_of_several_accounts_is_told(plan: Plan, tmp_path: Path) -> None:
    """Each account of a source is named, and one that the customer does not have is told by itself."""
    assert plan.accounts
    known, integrations = joint(tmp_path, "BRL", "BRL")
    assert [(found.alias, found.usable) for found in inspect(known, integrations)][:2] == [
        ("ads (Bakery)", True),
        ("ads (Café)", True),
    ]
    found = inspect(known, integrations[:1])[1]
    assert (found.alias, found.usable) == ("ads (Google Ads 2)", False)
    assert f"this customer has no integration {OTHER}" in found.text


def test_accounts_in_different_currencies_are_told(plan: Plan, tmp_path: Path) -> None:
    """Amounts that could not be added up are told before the report is made."""
    assert plan.accounts
    found = [finding for finding in inspect(*joint(tmp_path, "BRL", "MXN")) if finding.alias == "ads"]
    assert [finding.usable for finding in found] == [False]
    assert "(Bakery in BRL, Café in MXN), which are never added up" in found[0].text


def test_accounts_of_a_kind_may_be_a_source() -> None:
    """Accounts of the same kind, however it is spelt, may be reported as one source."""
    slugs = ("google_adwords", "facebook", "google_ads")
    kinds = joint_sources([Integration(f"{slug}-uuid", slug, slug, "active", None) for slug in slugs])
    assert {alias: [account.slug for account in accounts] for alias, accounts in kinds.items()} == {
        "google_ads": ["google_adwords", "google_ads"]
    }


@pytest.mark.parametrize(
    ("slug", "alias"), [("google_adwords", "google_ads"), ("rdstation", "rd_station"), ("", "source")]
)
def test_alias(slug: str, alias: str) -> None:
    """An account is called as the vendor's catalogues call its kind."""
    assert alias_of(slug) == alias
