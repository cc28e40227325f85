"""The variables that a fleet and its clients name for secrets, also where their files are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.spec.secret_variables import is_harmless, variables_of_fleet
from tests.fleet.files import FLEET, write_fleet

if TYPE_CHECKING:
    from pathlib import Path

OWN = {"FLEET_TOKEN", "FLEET_CUSTOMER"}
CLIENTS = "slug,name,api.customer_token.env\na,A,A_TOKEN\n"


def test_of_the_fleet_and_its_clients(tmp_path: Path) -> None:
    """Tokens, the mail server and secrets of webhooks; of a client with an unknown key too."""
    deliver = 'deliver: {to: [{webhook: {url: "https://x.example", secret: {env: HOOK}}}], typo: 1}\n'
    fleet = write_fleet(tmp_path, fleet=FLEET + deliver)
    (tmp_path / "clients.csv").write_text(CLIENTS.replace("name", "nam"))
    assert variables_of_fleet(fleet) == frozenset({*OWN, "HOOK", "A_TOKEN"})


@pytest.mark.parametrize("broken", ["b,B,B_TOKEN,more\n", '"b\n,B,B_TOKEN\n'])
def test_of_a_row_that_cannot_be_read(tmp_path: Path, broken: str) -> None:
    """Any word of the list may be the name of a secret, but those that every process needs."""
    fleet = write_fleet(tmp_path)
    (tmp_path / "clients.csv").write_text(f"{CLIENTS}c,PATH,C_TOKEN\n{broken}")
    found = variables_of_fleet(fleet)
    assert found is not None
    assert {*OWN, "A_TOKEN", "C_TOKEN"} <= found
    assert "PATH" not in found


@pytest.mark.parametrize(
    ("old", "new"),
    [("reports:", "report:"), ("clients.csv", "nobody/*.yaml"), ("clients.csv", "nobody.csv"), ("reports:", "a: [")],
)
def test_of_clients_that_are_not_found(tmp_path: Path, old: str, new: str) -> None:
    """Nobody knows what they name, which is not the same as nothing."""
    assert variables_of_fleet(write_fleet(tmp_path, fleet=FLEET.replace(old, new))) is None
    assert variables_of_fleet(tmp_path / "nobody.yaml") is None


def test_variables_of_every_process() -> None:
    """The path, the language and proxies are no secrets of a fleet; what only begins like them may be."""
    assert all(map(is_harmless, ("PATH", "LC_ALL", "XDG_STATE_HOME", "https_proxy", "NO_PROXY")))
    assert not any(map(is_harmless, ("PATH_TOKEN", "MY_HOME", "REPORTGEN_TOKEN")))
