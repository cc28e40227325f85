"""The multi-channel example against a bad night: five faults at once, one finished report."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

from reportgen import load_client
from reportgen.cli import main
from reportgen.resources import examples_folder
from tests.agreement import pdf_text
from tests.canaries import CUSTOMER, MARK, TOKEN
from tests.faultserver import CutBody, Fault, Hit, Reset, answer_all, echoing, json_reply, raw_reply, serving, too_many

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pydantic import JsonValue

FOLDER = examples_folder()
BROKEN = "ig:reach"


def fault_of(source: str, hit: Hit, times: int) -> Fault:
    """Return what goes wrong with the n-th request for a source."""
    match source:
        case "instagram" if times == 1:
            return Reset(after_headers=True)
        case "instagram":  # one metric of it stays broken
            broken: JsonValue = {"message": "The pump is broken", "type": "internal_error"}
            fine: JsonValue = {"values": 5}
            return answer_all(hit, lambda metric: broken if metric["reference_key"] == BROKEN else fine)
        case "facebook" if times == 1:
            return too_many("1")
        case "ads" if times <= 2:
            return raw_reply(b'{"half": ') if times == 1 else json_reply({"message": "Busy"}, 503)
        case "analytics":
            return CutBody(b"{}" * 50, after=10)
    return answer_all(hit)


def test_five_faults_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A reset, a broken metric, a limit, an answer cut in the JSON, a busy server and an account that always hangs up.

    The report is finished, what could not be read is marked, the exit code says so, and the log of the
    server shows the retries and nothing else.
    """
    client = FOLDER / "multichannel.client.yaml"
    sources = {str(uuid): alias for alias, uuid in load_client(client).sources.items()}
    times: Counter[str] = Counter()

    def script(hit: Hit) -> Fault:
        assert isinstance(hit.body, dict)
        source = sources[str(hit.body["customer_integration"])]
        times[source] += 1
        return fault_of(source, hit, times[source])

    monkeypatch.setenv("REPORTGEN_TOKEN", TOKEN)
    monkeypatch.setenv("CASA_VERDE_CUSTOMER_TOKEN", CUSTOMER)
    with serving(echoing(script)) as server:
        monkeypatch.setenv("REPORTGEN_API_URL", server.address)
        options = ["--as-of", "2026-11-03", "--format", "html,pdf,xlsx,json", "--out", str(tmp_path), "--json"]
        code = main(["render", str(FOLDER / "multichannel.yaml"), "--client", str(client), *options])
    captured = capsys.readouterr()
    result = json.loads(captured.out)
    assert (code, result["verdict"], len(result["paths"])) == (1, "degraded", 4)
    made = {path.suffix: path.read_bytes() for path in tmp_path.iterdir()}
    states = dict(re.findall(r'id="block-([^"]+)" data-state="([^"]+)"', made[".html"].decode()))
    failed = {warning["block"] for warning in result["warnings"] if warning["code"] == "W-FAILED"}
    assert failed
    assert {name for name, state in states.items() if state == "failed"} == failed & states.keys()
    assert "Could not be read this time." in pdf_text(made[".pdf"])
    assert MARK not in captured.out + captured.err + made[".html"].decode()
    asked = [(sources[str(hit.body["customer_integration"])], hit) for hit in server.hits if isinstance(hit.body, dict)]
    assert {source for source, _ in asked} == set(sources.values())
    limited = next(hit for source, hit in asked if source == "facebook")
    assert not [hit for _, hit in asked if 0.5 < hit.at - limited.at < 1.0]  # the gate was closed for a second
    assert len(asked) <= 2 * len(sources) + 6 + 1  # two windows each, the retries of a run, the limit's own
