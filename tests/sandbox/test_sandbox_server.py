"""The server: tokens, addresses, refusals, start and stop."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import httpx
import pytest

from reportgen.errors import ConfigurationError
from reportgen.sandbox.sandbox_server import Sandbox, running_sandbox, serve
from tests.free_ports import free_port
from tests.sandbox.asking import INTEGRATION, OCTOBER, body, client, get_data, metric

if TYPE_CHECKING:
    from pydantic import JsonValue

NUMBER = metric("number_v1", ["clicks"])
WITH_CUSTOMER = ["customers/settings", "customer-integrations", f"customer-integrations/{INTEGRATION}"]


@pytest.mark.parametrize("path", ["merchants/settings", *WITH_CUSTOMER])
def test_a_wrong_merchant_token_is_refused(calm: httpx.Client, path: str) -> None:
    """Every address answers 401 to a merchant token that is not the sandbox's."""
    answer = calm.get(path, headers={"Authorization": "Bearer other"})
    assert (answer.status_code, answer.json()) == (401, {"message": "Unauthenticated."})


def test_a_token_without_its_scheme_is_refused(calm: httpx.Client) -> None:
    """The merchant token counts only as a bearer token."""
    assert calm.get("merchants/settings", headers={"Authorization": "sandbox-merchant"}).status_code == 401


@pytest.mark.parametrize("path", WITH_CUSTOMER)
def test_a_wrong_customer_token_is_refused(calm: httpx.Client, path: str) -> None:
    """Customer addresses answer 401 in the documented words."""
    answer = calm.get(path, headers={"x-customer-token": "other"})
    assert (answer.status_code, answer.json()) == (401, {"message": "Invalid Customer Token"})


def test_get_data_needs_the_customer_token(calm: httpx.Client) -> None:
    """Metrics are refused without the customer's token, whatever the body."""
    answer = calm.post("metrics/get-data", json=body([NUMBER], OCTOBER), headers={"x-customer-token": ""})
    assert (answer.status_code, answer.json()) == (401, {"message": "Invalid Customer Token"})


def test_the_merchant_needs_no_customer_token(calm: httpx.Client) -> None:
    """The merchant's settings need the bearer token alone; its limits are strings."""
    answer = calm.get("merchants/settings", headers={"x-customer-token": ""})
    assert answer.json()["merchant"]["rate_limit_per_minute"] == "999"


def test_the_prefix_may_be_left_out() -> None:
    """The addresses of the vendor's examples, without /api, answer the same."""
    with running_sandbox(calm=True) as sandbox, client(sandbox) as http:
        short = http.get(sandbox.url.removesuffix("/api") + "/customers/settings")
        assert short.json() == http.get("customers/settings").json()


def test_customer_settings_list_active_integrations(calm: httpx.Client) -> None:
    """Each integration of the customer carries the five documented keys and is active."""
    listed = calm.get("customers/settings").json()["customer"]["integrations"]
    assert {(*sorted(one), one["status"]) for one in listed} == {
        ("integration", "name", "slug", "status", "uuid", "active")
    }


def test_integrations_come_in_pages(calm: httpx.Client) -> None:
    """All pages together are the integrations of the customer's settings, each once."""
    uuids: list[str] = []
    page, last = 1, 1
    while page <= last:
        answer = calm.get("customer-integrations", params={"page": page, "per_page": 4}).json()
        uuids += [one["uuid"] for one in answer["data"]]
        page, last = page + 1, answer["meta"]["last_page"]
    settings = calm.get("customers/settings").json()["customer"]["integrations"]
    assert uuids == [one["uuid"] for one in settings]


def test_integrations_can_be_searched(calm: httpx.Client) -> None:
    """`source_name` and `status` narrow the list."""
    found = calm.get("customer-integrations", params={"source_name": "tiktok"}).json()
    none = calm.get("customer-integrations", params={"status": "expired"}).json()
    assert (len(found["data"]), found["meta"]["total"], none["data"]) == (2, 2, [])


def test_a_page_that_is_no_number_is_refused(calm: httpx.Client) -> None:
    """A wrong page is a 422, not a failure of the server."""
    assert calm.get("customer-integrations", params={"page": "two"}).status_code == 422


def test_any_uuid_is_an_active_integration(calm: httpx.Client) -> None:
    """The sandbox stands in for every account."""
    answer = calm.get(f"customer-integrations/{INTEGRATION}").json()["customer_integration"]
    assert (answer["uuid"], answer["status"]) == (INTEGRATION, "active")
    assert answer["source_name"] == f"Sandbox account {INTEGRATION[:8]}"  # which tells it from others of a source


@pytest.mark.parametrize("path", ["customer-integrations/not-a-uuid", "nowhere"])
def test_what_does_not_exist_is_a_404_in_json(calm: httpx.Client, path: str) -> None:
    """An unknown address or integration answers JSON with a message."""
    answer = calm.get(path)
    assert (answer.status_code, list(answer.json())) == (404, ["message"])


def test_get_data_is_json(calm: httpx.Client) -> None:
    """The answer says that it is JSON."""
    answer = calm.post("metrics/get-data", json=body([NUMBER], OCTOBER))
    assert answer.headers["content-type"] == "application/json"


def _refusal(http: httpx.Client, sent: JsonValue) -> dict[str, list[str]]:
    answer = http.post("metrics/get-data", json=sent)
    assert answer.status_code == 422, answer.text
    refusal = answer.json()
    assert isinstance(refusal["message"], str)
    errors: dict[str, list[str]] = refusal["errors"]
    return errors


@pytest.mark.parametrize("field", ["customer_integration", "start", "end", "metrics"])
def test_a_missing_field_is_named(calm: httpx.Client, field: str) -> None:
    """Each required field is required, and named when it is not there."""
    sent = {key: value for key, value in body([NUMBER], OCTOBER).items() if key != field}
    assert list(_refusal(calm, sent)) == [field]


@pytest.mark.parametrize("field", ["id", "reference_key", "component", "metrics"])
def test_a_missing_key_of_a_metric_is_named(calm: httpx.Client, field: str) -> None:
    """A metric structure without a key is refused by that key's place."""
    broken = {key: value for key, value in NUMBER.items() if key != field}
    assert list(_refusal(calm, body([broken], OCTOBER))) == [f"metrics.0.{field}"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"customer_integration": "instagram"}, "customer_integration"),
        ({"end": "2026-09-30"}, "end"),
        ({"start": "2026-02-30"}, "start"),
        ({"start": "0001-01-01"}, "end"),
        ({"comparison_start": "2026-09-01"}, "comparison_end"),
        ({"comparison_end": "2026-09-30"}, "comparison_start"),
        ({"comparison_start": "2026-09-30", "comparison_end": "2026-09-01"}, "comparison_end"),
        ({"metrics": []}, "metrics"),
        ({"metrics": {}}, "metrics"),
        ({"metrics": ["clicks"]}, "metrics.0"),
        ({"metrics": [NUMBER, NUMBER]}, "metrics.1.id"),
        ({"metrics": [{**NUMBER, "metrics": "clicks"}]}, "metrics.0.metrics"),
    ],
)
def test_a_wrong_field_is_named(calm: httpx.Client, changes: dict[str, JsonValue], field: str) -> None:
    """A value that cannot be meant is refused by its field."""
    assert list(_refusal(calm, {**body([NUMBER], OCTOBER), **changes})) == [field]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"[" * 100_000])
def test_a_body_that_is_no_object_is_refused(calm: httpx.Client, content: bytes) -> None:
    """What is not a JSON object is a 422 that names every required field."""
    answer = calm.post("metrics/get-data", content=content)
    assert (answer.status_code, list(answer.json()["errors"])) == (
        422,
        ["customer_integration", "start", "end", "metrics"],
    )


def test_a_refusal_counts_its_errors(calm: httpx.Client) -> None:
    """The message is the first error and the number of others, as Laravel words it."""
    answer = calm.post("metrics/get-data", json={"customer_integration": INTEGRATION, "start": "2026-10-01"})
    assert answer.json()["message"] == "The end field is required. (and 1 more error)"


def test_two_starts_answer_the_same() -> None:
    """The data depend on the request, never on the run."""
    asked = [metric("datatable_v1", ["clicks", "ctr"], ["country"]), metric("number_v1", ["spend"], ident="b")]
    answers = []
    for _ in range(2):
        with running_sandbox() as sandbox, client(sandbox) as http:
            answers.append(get_data(http, asked))
    assert answers[0] == answers[1]


def test_data_do_not_depend_on_the_hash_seed() -> None:
    """Another process with another hash seed makes the same figures."""
    code = (
        "from reportgen.sandbox.daily_figures import StoryAccount\n"
        "from reportgen.sandbox.period_figures import figure\n"
        "print(figure(StoryAccount('a'), 'spend', range(739000, 739031)))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, check=True, capture_output=True, timeout=60
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


def test_a_port_in_use_is_named() -> None:
    """A port that is taken is an error that names it, and is not shared."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError, match=f"port {port} "):
            serve(port, announce=lambda _: None)


def test_a_port_out_of_range_is_refused() -> None:
    """A number that is no port is our own error too."""
    with pytest.raises(ConfigurationError, match="65535"), running_sandbox(port=70_000):
        pass


def test_the_port_asked_for_is_used() -> None:
    """The sandbox listens where it was told to."""
    port = free_port()
    with running_sandbox(port=port) as sandbox:
        assert sandbox == Sandbox(f"http://127.0.0.1:{port}/api", "sandbox-merchant", "sandbox-customer")


def test_it_stops() -> None:
    """After the block nobody listens and no thread is left, also where a client kept its connection."""
    before = set(threading.enumerate())
    with running_sandbox() as sandbox, client(sandbox) as http:
        http.get("merchants/settings")
    assert set(threading.enumerate()) <= before
    with pytest.raises(httpx.ConnectError):
        httpx.get(sandbox.url, trust_env=False)


def test_it_stops_when_the_block_fails() -> None:
    """An error inside the block leaves no thread behind."""
    before = set(threading.enumerate())
    with pytest.raises(RuntimeError), running_sandbox():
        raise RuntimeError
    assert set(threading.enumerate()) <= before


def test_it_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    """Start, requests, refusals and stop leave stdout and stderr alone."""
    with running_sandbox() as sandbox, client(sandbox) as http:
        http.get("merchants/settings")
        http.get("nowhere")
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_ctrl_c_ends_serve_quietly() -> None:
    """The command line's server is announced when it accepts, and ends on Ctrl-C without a word."""
    code = (
        "import signal; from reportgen.sandbox.sandbox_server import serve; "
        "signal.signal(signal.SIGINT, signal.default_int_handler); "  # a runner in the background ignores SIGINT
        "serve(0, announce=lambda sandbox: print(sandbox.url, flush=True))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        status = httpx.get(f"{url}/merchants/settings", trust_env=False).status_code
        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=20)
    assert (status, rest, process.returncode) == (401, ("", ""), 0)
