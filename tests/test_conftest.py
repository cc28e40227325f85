"""The guards of the suite guard."""

from __future__ import annotations

import shutil
import socket

import pytest

from tests.conftest import is_far

GUARDED = """
import pytest
from tests.conftest import _no_log, _no_network

def test_dials():
    import socket
    try:
        socket.create_connection(("192.0.2.1", 9), timeout=0.1)
    except OSError:
        pass

def test_logs():
    import logging
    logging.getLogger("somebody").warning("careful")

def test_logs_and_expects_it(caplog):
    import logging
    logging.getLogger("somebody").warning("careful")
    caplog.clear()

@pytest.mark.logs("careful")
def test_logs_and_names_it():
    import logging
    logging.getLogger("somebody").warning("be careful")

@pytest.mark.logs("careful")
def test_logs_another():
    import logging
    logging.getLogger("somebody").warning("be quick")

@pytest.mark.logs("careful")
def test_logs_nothing():
    pass

def test_logs_for_developers():
    import logging
    logging.getLogger("reportgen").debug("sent")
"""


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1", b"127.0.0.1", None, ""])
def test_loopback_is_near(host: object) -> None:
    """Every way to name this machine may be dialled."""
    assert not is_far(host)


@pytest.mark.parametrize("host", ["example.com", "192.0.2.1", "2001:db8::1", b"example.com", "0.0.0.1"])
def test_everything_else_is_far(host: object) -> None:
    """A name or an address of another machine is refused, a name even before it is looked up."""
    assert is_far(host)


def test_loopback_sockets_work() -> None:
    """The guard lets a real conversation on the loopback through."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


def test_guards_fail_the_test_that_breaks_them(pytester: pytest.Pytester, caplog: pytest.LogCaptureFixture) -> None:
    """A swallowed refusal, a stray warning and a missing warning fail their test; what is expected does not."""
    pytester.makepyfile(GUARDED)
    pytester.makeini("[pytest]\nmarkers = logs(text)")
    outcome = pytester.runpytest_inprocess("-p", "no:xdist")
    outcome.assert_outcomes(passed=7, errors=4)
    caplog.clear()


LEAKING = """
import base64, json, logging, sys, zipfile
import pytest
from tests.canaries import CUSTOMER, TOKEN
def test_prints():
    print("sent", TOKEN)

def test_says_to_stderr():
    print(CUSTOMER, file=sys.stderr)

def test_logs():
    logging.getLogger("somebody").info("sent %s", TOKEN)

def test_raises():
    raise ValueError(TOKEN)

def test_keeps_it_to_itself():
    assert TOKEN

@pytest.mark.parametrize("kind", ["text", "zip", "base64", "name", "pdf"])
def test_writes(tmp_path, kind):
    if kind == "text":
        (tmp_path / "answer.json").write_text(json.dumps({"token": CUSTOMER}))
    if kind == "zip":
        with zipfile.ZipFile(tmp_path / "book.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
            book.writestr("cells.xml", TOKEN)
    if kind == "base64":
        (tmp_path / "basic").write_bytes(base64.b64encode(b"user:" + TOKEN.encode()))
    if kind == "name":
        (tmp_path / f"{CUSTOMER}.txt").write_bytes(b"")
    if kind == "pdf":
        import zlib
        (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7 stream\\n" + zlib.compress(TOKEN.encode()) + b"\\nendstream")
    (tmp_path / "canary-source").write_text(TOKEN)
"""


@pytest.mark.thorough
@pytest.mark.parametrize("workers", [("-p", "no:xdist"), ("-n", "1")], ids=["alone", "xdist"])
def test_planted_leaks_are_found(pytester: pytest.Pytester, workers: tuple[str, ...]) -> None:
    """S01: a token that is printed, logged, raised or left in a file of any kind is found; one that is used is not."""
    pytester.makeconftest("from tests.conftest import _no_canary_on_disk, pytest_runtest_makereport")
    pytester.makepyfile(LEAKING)
    outcome = pytester.runpytest_subprocess("-rA", "--log-level=INFO", "--basetemp=left", *workers)
    shutil.rmtree(pytester.path / "left")  # else these leaks are found at the end of this run too
    text = outcome.stdout.str()
    outcome.assert_outcomes(passed=6, failed=4, errors=1)
    assert "PASSED test_planted_leaks_are_found.py::test_keeps_it_to_itself" in text
    told = next(line for line in text.splitlines() if line.startswith("E ") and "tokens were left in" in line)
    left = ("answer.json", "book.xlsx", "basic", "[canary]-customer-9e02.txt", "x.pdf")
    assert [name for name in left if name not in told] == []
    assert "canary-source" not in told
