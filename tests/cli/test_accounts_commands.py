"""`integrations` and `check --online`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from ruamel.yaml import YAML

from reportgen.cli import main
from reportgen.resources import examples_folder
from tests.canaries import CUSTOMER, TOKEN
from tests.faultserver import Fault, json_reply, routed, serving

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import JsonValue

ONE = "4addc0da-8583-4dbb-a0e9-c7e2e8470f50"
SPEC = """\
version: 1
sources: {instagram: {integration: instagram_business}}
sections:
  - source: instagram
    blocks:
      - {name: reach, reference_key: "ig:reach", component: number_v1, metrics: [reach]}
"""
CLIENT = f"""\
version: 1
name: A
api: {{token: {{env: TEST_TOKEN}}, customer_token: {{env: TEST_CUSTOMER}}}}
sources: {{instagram: {ONE}}}
"""


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Return a spec and its client, whose tokens are in the environment."""
    monkeypatch.setenv("TEST_TOKEN", TOKEN)
    monkeypatch.setenv("TEST_CUSTOMER", CUSTOMER)
    (tmp_path / "spec.yaml").write_text(SPEC)
    (tmp_path / "client.yaml").write_text(CLIENT)
    return str(tmp_path / "spec.yaml"), str(tmp_path / "client.yaml")


def check(files: tuple[str, str], monkeypatch: pytest.MonkeyPatch, faults: dict[str, Fault]) -> tuple[int, list[str]]:
    """Check the files online against a server; return the exit code and the paths asked."""
    with serving(routed(faults)) as server:
        monkeypatch.setenv("REPORTGEN_API_URL", server.address)
        code = main(["check", files[0], "--client", files[1], "--online", "--as-of", "2026-11-03"])
    return code, [hit.path.removeprefix("/api/") for hit in server.hits]


def test_all_is_well(
    files: tuple[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 0: every source is named with its account."""
    assert check(files, monkeypatch, {}) == (0, ["customer-integrations"])
    assert "instagram: @bakery (instagram_business): active" in capsys.readouterr().out


def test_something_to_do(
    files: tuple[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 1: an expired account is told with what to do; the shorter list is used where the longer is not served."""
    gone = json_reply({"message": "Not Found"}, 404)
    expired = json_reply({"customer": {"integrations": [{"uuid": ONE, "slug": "instagram", "status": "expired"}]}})
    code, asked = check(files, monkeypatch, {"GET /customer-integrations": gone, "GET /customers/settings": expired})
    assert (code, asked) == (1, ["customer-integrations", "customers/settings"])
    assert "its connection has expired; open the client's reconnection page" in capsys.readouterr().out


def test_refused_tokens(
    files: tuple[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 3: the three causes of a 401 are named, and which of them it can be."""
    refused = json_reply({"message": "Invalid Customer Token"}, 401)
    code, _ = check(files, monkeypatch, {"GET /customer-integrations": refused})
    assert code == 3
    said = capsys.readouterr().err
    assert "the API token; the customer token; or the account, whose trial has ended" in said
    assert "the API token by itself is accepted" in said


def test_a_wrong_spec_asks_nothing(files: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 2: what is wrong in the files is told first."""
    (tmp_path / "spec.yaml").write_text(SPEC.replace("number_v1", "number_v9"))
    assert check(files, monkeypatch, {}) == (2, [])


def test_online_needs_to_know_whom(files: tuple[str, str]) -> None:
    """Without a client and without the sandbox there is nobody to ask about."""
    assert main(["check", files[0], "--online"]) == 2


def test_the_list_can_be_pasted(capsys: pytest.CaptureFixture[str]) -> None:
    """What `integrations` prints is the `sources:` of a client file: alias and uuid, the rest as a remark."""
    assert main(["integrations", "--sandbox"]) == 0
    printed = capsys.readouterr().out
    sources = YAML(typ="safe", pure=True).load(printed)["sources"]
    assert len(sources) == 15
    assert "google_ads" in sources
    assert "  instagram_business: d12f2948-6ee1-59da-95b0-c80c870d28e0  # Sandbox Instagram, " in printed


def test_several_accounts_of_a_kind_can_be_pasted_as_a_source(
    files: tuple[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two accounts of a kind have a line each, and another line for a source that adds them up."""
    other = ONE.replace("4addc0da", "5addc0da")
    listed: list[JsonValue] = [
        {"uuid": uuid, "status": "active", "integration": {"slug": "google_ads"}} for uuid in (ONE, other)
    ]
    with serving(routed({"GET /customer-integrations": json_reply({"data": listed})})) as server:
        monkeypatch.setenv("REPORTGEN_API_URL", server.address)
        assert main(["integrations", "--client", files[1]]) == 0
    printed = capsys.readouterr().out
    assert list(YAML(typ="safe", pure=True).load(printed)["sources"]) == ["google_ads", "google_ads_2"]
    assert f"# as one source, whose accounts are added up: google_ads: [{ONE}, {other}]" in printed


def test_the_examples_are_checked_online(capsys: pytest.CaptureFixture[str]) -> None:
    """The sandbox knows every account, so that `--online` can be tried out."""
    folder = examples_folder()
    files = [str(folder / "multichannel.yaml"), "--client", str(folder / "multichannel.client.yaml")]
    assert main(["check", *files, "--online", "--sandbox"]) == 0
    assert "left out" not in capsys.readouterr().out


def test_a_check_names_the_optional_source_that_a_client_lacks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A client without TikTok gets the example without its blocks, and the check says so before."""
    folder = examples_folder()
    text = (folder / "multichannel.client.yaml").read_text()
    client = tmp_path / "client.yaml"
    client.write_text(re.sub(r"^( +tiktok|brand):.*\n", "", text, flags=re.MULTILINE))
    files = [str(folder / "multichannel.yaml"), "--client", str(client)]
    assert main(["check", *files, "--online", "--sandbox"]) == 0
    assert "tiktok: the client has none; its blocks will be left out" in capsys.readouterr().out
