"""Clients: slugs and tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.errors import ConfigurationError
from reportgen.spec.loading import load_client
from tests.canaries import CUSTOMER, MARK, TOKEN

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.spec.client_file import Client

API = "api: {token: {env: AGENCY_TOKEN}, customer_token: {file: secrets/canary-source}}\n"


def client(folder: Path, more: str = API) -> Client:
    """Return a client of a file in a folder."""
    path = folder / "aurora.yaml"
    path.write_text(f"version: 1\nname: São João\n{more}")
    return load_client(path)


def test_slug_comes_from_the_name(tmp_path: Path) -> None:
    """Without a slug the name makes one."""
    assert client(tmp_path).id == "sao-joao"


def test_tokens_come_from_variable_and_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token is read when it is needed, from where the file says, without its line end."""
    monkeypatch.setenv("AGENCY_TOKEN", TOKEN)
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "canary-source").write_text(f"{CUSTOMER}\n")
    assert [token.get_secret_value() for token in client(tmp_path).tokens()] == [TOKEN, CUSTOMER]


def test_tokens_do_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """S05: neither the client nor its tokens print what they hold."""
    monkeypatch.setenv("AGENCY_TOKEN", TOKEN)
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "canary-source").write_text(f"{CUSTOMER}\n")
    made = client(tmp_path)
    shown = f"{made!r} {made.tokens()!r}"
    assert "AGENCY_TOKEN" in shown
    assert MARK not in shown


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (API, "environment variable AGENCY_TOKEN is empty or not set"),
        ("api: {token: {file: none}, customer_token: {env: X}}\n", "none cannot be read"),
        ("", "has no api"),
    ],
)
def test_a_missing_token_names_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str, said: str) -> None:
    """What is missing is told with the client's file and the variable or file."""
    monkeypatch.delenv("AGENCY_TOKEN", raising=False)
    with pytest.raises(ConfigurationError, match=said) as caught:
        client(tmp_path, more).tokens()
    assert "aurora.yaml" in str(caught.value)
