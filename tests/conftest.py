"""What holds for every test: no network beyond this machine, no unexpected log line, no chance."""

from __future__ import annotations

import gc
import ipaddress
import logging
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from reportgen.garbage_collection import collect_seldom
from tests.canaries import FORMS, MARK, unpacked
from tests.machine import need_letters

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from playwright.sync_api import Browser

    from reportgen.connect import AnswerSource

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


_ELSEWHERE = ("accessible", "chaos", "oracle", "office")
"""Markers of tests that have a target of their own."""
_WHOLE_FILE = re.compile(r"^pytestmark = \[?pytest\.mark\.(\w+)", re.MULTILINE)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave what opens a browser, and the short forms of bad nights, to `make thorough`."""
    for item in items:
        is_night = item.path.parent.name == "chaos"
        if (is_night or "browser" in item.fixturenames) and not any(map(item.get_closest_marker, _ELSEWHERE)):  # type: ignore[attr-defined] # functions have them
            item.add_marker("thorough")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave a file unread whose tests all have a mark that is not asked for: its libraries take long to load."""
    if collection_path.suffix != ".py":
        return None
    marked = _WHOLE_FILE.search(collection_path.read_text("utf-8"))
    return True if marked and f"not {marked[1]}" in config.option.markexpr else None


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what this machine has no fonts for."""
    need_letters(item)


def pytest_collection_finish() -> None:
    """Look for garbage seldom from the first test on, whichever that is; a report looks for its own afterwards."""
    collect_seldom()
    gc.set_threshold(500_000, 20, 20)


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the cache of the run apart from the user's, and one for all of its processes."""
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        yield


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    """Fail a test that dialled a far host, also where the code under test took the refusal for an answer."""
    _DIALLED.clear()
    yield
    assert not _DIALLED, f"dialled beyond the loopback: {_DIALLED}"


@pytest.fixture(autouse=True)
def _no_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that logs a warning or worse, but for what it expects: texts of its mark `logs`, which have to come.

    A test that looks at its warnings itself ends with `caplog.clear()`. All that reportgen logs of stages and requests
    is captured, so that it is searched for canaries.
    """
    caplog.set_level(logging.DEBUG, logger="reportgen")
    yield
    loud = [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    expected = [text for mark in request.node.iter_markers("logs") for text in mark.args]
    unexpected = [message for message in loud if not any(text in message for text in expected)]
    assert not unexpected, f"logged: {unexpected}"
    missing = [text for text in expected if not any(text in message for message in loud)]
    assert not missing, f"not logged: {missing}"


@pytest.fixture(scope="session")
def catalogues() -> Path:
    """Return the folder of the vendor's payload catalogues; without one the test is skipped."""
    folder = os.environ.get("REPORTGEN_PAYLOADS")
    if not folder:
        pytest.skip("REPORTGEN_PAYLOADS is unset: it names the folder of the vendor's payload catalogues")
    return Path(folder)


@pytest.fixture(scope="module")
def api() -> Iterator[AnswerSource]:
    """Return the API of a calm sandbox on a loopback socket, run for the tests of a module."""
    from pydantic import SecretStr

    from reportgen.connect.live_answers import live_answers
    from reportgen.sandbox.sandbox_server import running_sandbox

    with running_sandbox(calm=True) as sandbox:
        yield live_answers(sandbox.url, SecretStr(sandbox.token), SecretStr(sandbox.customer_token))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Run Chromium for the tests of a module: for a whole run its event loop would stand in the way of others."""
    from tests.browser import launched

    with launched() as one:
        yield one


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test whose output, log or traceback shows a canary; what it wrote to disk is searched once, at the end."""
    report = yield
    now = [text for name, text in report.sections if name.endswith(report.when)]  # those of earlier phases come again
    leaked = any(shows_canary(text.encode(errors="replace")) for text in (*now, report.longreprtext))
    report.sections = [(name, text.replace(MARK, "[canary]")) for name, text in report.sections]
    if leaked:
        report.outcome = "failed"
        shown = report.longreprtext.replace(MARK, "[canary]")
        report.longrepr = f"S01: a canary token shows in what this test printed, logged or raised\n{shown}"
    return report


@pytest.fixture(scope="session", autouse=True)
def _no_canary_on_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """S01: fail the run where a file that any test of this process left behind holds a token of the tests."""
    yield
    leaks = canaries_below(tmp_path_factory.getbasetemp())
    assert not leaks, f"canary tokens were left in {', '.join(leaks)}"


def canaries_below(folder: Path) -> list[str]:
    """Return the files below a folder that hold a canary, in their name, as bytes, or packed in a PDF or a zip.

    Files named `canary-source*` are where a test put a token for the code under test to read.
    """
    found = []
    for path in sorted(folder.rglob("*")):
        if path.name.startswith("canary-source") or path.is_symlink():
            continue
        if shows_canary(path.name.encode()) or (path.is_file() and any(map(shows_canary, unpacked(path.read_bytes())))):
            found.append(str(path.relative_to(folder)).replace(MARK, "[canary]"))
    return found


def shows_canary(content: bytes) -> bool:
    """Return whether a canary stands in bytes, as it is or as base64 or percent-encoding write it."""
    return any(form in content for form in FORMS)
