"""The guards of the suite guard."""

from __future__ import annotations

import socket

import pytest

from tests.conftest import is_far

GUARDED = """
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
    """A swallowed refusal and a stray warning each fail their test; an expected warning does not."""
    pytester.makepyfile(GUARDED)
    outcome = pytester.runpytest_inprocess("-p", "no:xdist")
    outcome.assert_outcomes(passed=3, errors=2)
    caplog.clear()
