"""What holds for every test: no network beyond this machine, no unexpected log line, no chance."""

from __future__ import annotations

import ipaddress
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

settings.register_profile("ci", derandomize=True, deadline=None)
settings.load_profile("ci")

_DIALLED: list[str] = []  # an audit hook cannot be taken off again, so there is one for the whole run


def is_far(host: object) -> bool:
    """Return whether a host, as `socket` was given it, is beyond this machine."""
    name = host.decode() if isinstance(host, bytes | bytearray) else host
    if not isinstance(name, str) or name in {"", "localhost"}:  # None is the loopback too
        return False
    try:
        return not ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return True  # a name has to be asked for, and that is already the network


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in {"socket.connect", "socket.sendto"} and isinstance(arguments[1], tuple):  # a Unix socket has a path
        host = arguments[1][0]
    else:
        return
    if is_far(host):
        _DIALLED.append(str(host))
        message = f"a test dialled {host!r}; tests reach nothing but the loopback"
        raise PermissionError(message)


sys.addaudithook(_watch)


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    """Fail a test that dialled a far host, also where the code under test took the refusal for an answer."""
    _DIALLED.clear()
    yield
    assert not _DIALLED, f"dialled beyond the loopback: {_DIALLED}"


@pytest.fixture(autouse=True)
def _no_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that logs a warning or worse; one that expects it ends with `caplog.clear()`."""
    yield
    loud = [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not loud, f"logged: {loud}"


@pytest.fixture(scope="session")
def catalogues() -> Path:
    """Return the folder of the vendor's payload catalogues; without one the test is skipped."""
    folder = os.environ.get("REPORTGEN_PAYLOADS")
    if not folder:
        pytest.skip("REPORTGEN_PAYLOADS is unset: it names the folder of the vendor's payload catalogues")
    return Path(folder)
