"""The accounts of a client behind a source: what may be written, and what is refused at its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.errors import SpecError
from reportgen.queries import AccountFacts
from reportgen.spec.client_accounts import with_facts
from reportgen.spec.fleet_members import load_members
from reportgen.spec.loading import load_client, load_spec, load_spec_and_client
from reportgen.spec.source_accounts import accounts

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.queries import Source

BRAZIL, MEXICO = "4addc0da-8583-4dbb-a0e9-c7e2e8470f50", "0b9a4c1e-64a5-4f0c-9c55-5f1f0a7f2d10"
SPEC = """\
version: 1
sources: {ads: {integration: google_ads}}
sections:
  - source: ads
    blocks:
      - {name: clicks, reference_key: "gads:clicks", component: number_v1, metrics: [metrics.clicks]}
      - {name: ctr, reference_key: "gads:ctr", component: number_v1, metrics: [metrics.ctr]}
"""
LISTED = f"[{BRAZIL}, {MEXICO}]"


def source_of(folder: Path, written: str) -> Source:
    """Return the source of a client file."""
    (folder / "spec.yaml").write_text(SPEC)
    (folder / "client.yaml").write_text(f"version: 1\nname: A\nsources: {{ads: {written}}}\n")
    source = accounts(load_spec(folder / "spec.yaml"), load_client(folder / "client.yaml"))["ads"]
    assert source is not None
    return source


@pytest.mark.parametrize("written", [BRAZIL, f"[{BRAZIL}]", f"{{Brazil: {BRAZIL}}}"])
def test_a_single_account_is_a_single_account(tmp_path: Path, written: str) -> None:
    """However a single account is written, nothing is merged and no column names it."""
    source = source_of(tmp_path, written)
    assert (source.uuid, source.members, source.name) == (BRAZIL, (), "")


@pytest.mark.parametrize(
    ("written", "facts", "names"),
    [
        (f"{{Brazil: {BRAZIL}, Mexico: {MEXICO}}}", {BRAZIL: AccountFacts("Bakery")}, ["Brazil", "Mexico"]),
        (LISTED, {BRAZIL: AccountFacts("Bakery"), MEXICO: AccountFacts("Café")}, ["Bakery", "Café"]),
        (LISTED, {MEXICO: AccountFacts("Café")}, ["Google Ads 1", "Café"]),
        (LISTED, {BRAZIL: AccountFacts("Bakery"), MEXICO: AccountFacts("Bakery")}, ["Bakery", "Bakery (2)"]),
    ],
)
def test_accounts_have_names(tmp_path: Path, written: str, facts: dict[str, AccountFacts], names: list[str]) -> None:
    """The author's name goes before the API's, and that before a number; no two accounts have the same."""
    source = with_facts(source_of(tmp_path, written), facts)
    assert [account.name for account in source.members] == names
    assert [account.uuid for account in source.members] == [BRAZIL, MEXICO]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (f"\n    - {BRAZIL}\n    - {MEXICO}\n    - {BRAZIL.upper()}", ":7:7: sources.ads.2: stands twice"),
        (f"\n    Brazil: {BRAZIL}\n    Mexico: {BRAZIL}", ":6:13: sources.ads.Mexico: stands twice"),
        (f"\n    - {BRAZIL}\n    - shop", ":6:7: sources.ads.1: 'shop' is no uuid; copy the customer integration's"),
        (" shop", ":4:8: sources.ads: 'shop' is no uuid"),
        (" {integration: google_ads}", ":4:22: sources.ads.integration: 'google_ads' is no uuid; the kind of account"),
        (" []", ":4:8: sources.ads: [] is empty"),
    ],
)
def test_what_is_wrong_has_its_line(tmp_path: Path, written: str, problem: str) -> None:
    """An account that stands twice, which would be added twice, and one that is no uuid are told at their own line."""
    (tmp_path / "client.yaml").write_text(f"version: 1\nname: A\nsources:\n  ads:{written}\n")
    with pytest.raises(SpecError) as error:
        load_client(tmp_path / "client.yaml")
    (found,) = error.value.problems
    assert f"client.yaml{problem}" in str(found)


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        (
            "google_ads",
            "call its `google_ads` `ads`, as the spec does, if that is the account, or write `optional: true`",
        ),
        ("meta", "add `ads: <uuid>`, or write `optional: true`"),
    ],
)
def test_an_account_under_the_name_of_its_kind_is_found(tmp_path: Path, written: str, advice: str) -> None:
    """A client file as `new client` writes it has its accounts under their kinds: the problem says which to rename."""
    source_of(tmp_path, BRAZIL)
    (tmp_path / "client.yaml").write_text(f"version: 1\nname: A\nsources: {{{written}: {BRAZIL}}}\n")
    with pytest.raises(SpecError) as error:
        load_spec_and_client(tmp_path / "spec.yaml", tmp_path / "client.yaml")
    (problem,) = error.value.problems
    assert f"has no ads: the spec 'spec' needs its customer integration; {advice}" in problem.message


def test_what_does_not_add_up_is_a_problem(tmp_path: Path) -> None:
    """A rate of two accounts is a problem of `check` at the accounts, with the block's line and what to write."""
    source_of(tmp_path, LISTED)
    with pytest.raises(SpecError) as error:
        load_spec_and_client(tmp_path / "spec.yaml", tmp_path / "client.yaml")
    (problem,) = error.value.problems
    assert (problem.line, problem.place) == (3, "sources.ads")
    assert "spec.yaml:7): gads:ctr of 2 accounts is not the sum of theirs" in problem.message
    assert "with a formula, such as spend / conversions" in problem.message


def test_a_hidden_block_is_no_problem(tmp_path: Path) -> None:
    """A block that the client hides is not asked for, so that it may not add up."""
    source_of(tmp_path, LISTED)
    with (tmp_path / "client.yaml").open("a") as file:
        file.write("hide: [ctr]\n")
    load_spec_and_client(tmp_path / "spec.yaml", tmp_path / "client.yaml")


@pytest.mark.parametrize(
    ("heads", "cells", "names"),
    [
        ("sources.ads", f"{BRAZIL}|{MEXICO}", ["", ""]),
        ("sources.ads.Brazil,sources.ads.São Paulo", f"{BRAZIL},{MEXICO}", ["Brazil", "São Paulo"]),
    ],
)
def test_a_list_of_clients_names_several_accounts(tmp_path: Path, heads: str, cells: str, names: list[str]) -> None:
    """In a fleet's CSV several accounts stand in a cell, or each under a heading of its name."""
    (tmp_path / "spec.yaml").write_text(SPEC.replace("gads:ctr", "gads:conversions"))
    (tmp_path / "clients.csv").write_text(f"slug,name,{heads}\na,A,{cells}\n")
    (tmp_path / "fleet.yaml").write_text(
        "version: 1\ndefaults: {api: {token: {env: T}, customer_token: {env: C}}}\n"
        "reports: [{spec: spec.yaml, clients: clients.csv}]\n"
    )
    _, (member,) = load_members(tmp_path / "fleet.yaml")
    source = accounts(member.spec, member.client)["ads"]
    assert source is not None
    assert [account.name for account in source.members] == names


def test_a_fleet_refuses_what_does_not_add_up(tmp_path: Path) -> None:
    """A client of a fleet's list whose accounts do not add up is a problem before anything starts."""
    (tmp_path / "spec.yaml").write_text(SPEC)
    (tmp_path / "clients.csv").write_text(f"slug,name,sources.ads\na,A,{BRAZIL}|{MEXICO}\n")
    (tmp_path / "fleet.yaml").write_text(
        "version: 1\ndefaults: {api: {token: {env: T}, customer_token: {env: C}}}\n"
        "reports: [{spec: spec.yaml, clients: clients.csv}]\n"
    )
    with pytest.raises(SpecError, match=r"clients\.csv.*the block 'ctr'"):
        load_members(tmp_path / "fleet.yaml")
