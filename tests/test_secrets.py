"""Tokens stay where they belong: not in a traceback kept with its variables, and not with another process."""

from __future__ import annotations

import socket
import sys
import traceback
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from reportgen import build_report, load_client, load_spec, write_report
from reportgen.connect.live_answers import live_answers
from reportgen.errors import ReportgenError
from reportgen.resources import examples_folder
from tests.canaries import CUSTOMER, MARK, TOKEN
from tests.connect.asking import REPLIES, asked, hasty
from tests.faultserver import CutBody, Fault, HangUp, answer_all, echoing, json_reply, raw_reply, routed, serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def kept(work: Callable[..., object], *arguments: object) -> str:
    """Return the traceback of what a function raises, with the variables of every frame."""
    try:
        work(*arguments)
    except ReportgenError as error:
        return "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    pytest.fail("nothing was raised")


def fetch(address: str) -> object:
    """Ask for one metric."""
    answers = live_answers(address, SecretStr(TOKEN), SecretStr(CUSTOMER), traffic=hasty())
    return answers.fetch([asked(REPLIES)])


def test_a_refusal_keeps_no_token() -> None:
    """S05: a 401 whose body and headers echo both tokens leaves neither in the variables of its traceback."""
    refused = json_reply({"message": "No"}, 401)
    script = echoing(routed({"POST /metrics/get-data": refused, "GET /merchants/settings": refused}))
    with serving(script) as server:
        shown = kept(fetch, server.address)
    assert "AuthenticationFailed" in shown
    assert MARK not in shown


@pytest.mark.parametrize(
    "fault",
    [HangUp(), CutBody(b"{}", after=1), raw_reply(b"x", media="text/html"), json_reply({"message": "m"}, 500)],
    ids=lambda fault: type(fault).__name__,
)
def test_a_failure_keeps_no_token(fault: Fault) -> None:
    """S05: no failure of a request holds a token, neither in its words nor in what raised it."""
    with serving(echoing(lambda _: fault)) as server:
        shown = repr(fetch(server.address))
    assert "Failure" in shown
    assert MARK not in shown


def test_a_certificate_error_keeps_no_token() -> None:
    """S05: the frames of the HTTP library, which hold the headers, are not kept with its error."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        answering = Thread(target=answer_in_clear, args=(listener,))
        answering.start()
        shown = kept(fetch, f"https://127.0.0.1:{listener.getsockname()[1]}/api")
        answering.join()
    assert "did not show a valid certificate" in shown
    assert MARK not in shown


def answer_in_clear(listener: socket.socket) -> None:
    """Answer what would be the beginning of TLS as a server without it does."""
    connection, _ = listener.accept()
    with connection:
        connection.recv(1)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


@pytest.mark.parametrize("token", [f"{TOKEN} x", f"{TOKEN}\u00e9", f"{TOKEN}\n{TOKEN}"])
def test_an_unfit_token_is_not_kept(token: str) -> None:
    """S05: a token that is refused before anything is sent is not in the traceback either."""
    secret = SecretStr(token)
    shown = kept(live_answers, "http://127.0.0.1/api", secret, SecretStr(CUSTOMER))
    assert "ConfigurationError" in shown
    assert MARK not in shown


def test_a_file_of_tokens_is_not_kept(tmp_path: Path) -> None:
    """S05: a file that cannot be read as a token leaves nothing of what it holds."""
    (tmp_path / "canary-source").write_bytes(b"\xff" + TOKEN.encode())
    path = tmp_path / "client.yaml"
    path.write_text("version: 1\nname: A\napi: {token: {file: canary-source}, customer_token: {env: X}}\n")
    shown = kept(load_client(path).tokens)
    assert "cannot be read" in shown
    assert MARK not in shown


def test_no_other_process_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """S03: no process that a report with live tokens starts, as to look for a library, has one as an argument."""
    started: list[str] = []

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event in {"subprocess.Popen", "os.exec", "os.posix_spawn", "os.system"}:
            started.append(repr(arguments[:2]))  # not its environment, which is the caller's own

    sys.addaudithook(watch)  # it cannot be taken off, and costs nothing
    folder = examples_folder()
    client = load_client(folder / "multichannel.client.yaml")
    assert client.api is not None
    for place, token in ((client.api.token, TOKEN), (client.api.customer_token, CUSTOMER)):
        assert place.env is not None
        monkeypatch.setenv(place.env, token)
    with serving(answer_all) as server:
        monkeypatch.setenv("REPORTGEN_API_URL", server.address)
        report = build_report(load_spec(folder / "multichannel.yaml"), client)
        write_report(report, tmp_path)
    assert server.hits
    assert MARK not in "".join((*started, *sys.argv))
