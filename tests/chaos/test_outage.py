"""A server that is away for a while in the middle of a run."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from reportgen.fleet.run_loop import FETCHERS
from tests.chaos.agency import Agency
from tests.chaos.api import Night
from tests.chaos.command import Command, wait_until
from tests.faultserver import serving

if TYPE_CHECKING:
    from pathlib import Path

_COUNTING = """
import sys
from pathlib import Path
from reportgen.cli import main
from reportgen.connect import rate_limits

dialled = []
sys.addaudithook(
    lambda event, given: dialled.append(1) if event == "socket.connect" and isinstance(given[1], tuple) else None
)
rate_limits._OPEN_SECONDS = min(rate_limits._OPEN_SECONDS, float(sys.argv[2]))
code = main(sys.argv[3:])
Path(sys.argv[1]).write_text(str(len(dialled)))
raise SystemExit(code)
"""
"""Counts the connections that a run tries to make, also those that are refused; reports share those that are made."""


def calls(folder: Path, agency: Agency, pause: float, outage: float) -> tuple[int, int]:
    """Make all reports of an agency; return how many connections were tried and how many requests arrived.

    Args:
        folder: For the outputs.
        agency: Whose.
        pause: Most seconds for which an open breaker keeps requests back.
        outage: Seconds for which the server refuses connections, once a fifth of the reports are done.
    """
    folder.mkdir()
    night = Night(agency)
    with serving(night.script) as server:
        program = ("-c", _COUNTING, str(folder / "dialled"), str(pause))
        command = Command(agency, folder / "o", server.address, program=program)

        def away() -> None:
            fifth = agency.clients // 5
            if wait_until(lambda: sum(event["event"] == "done" for event in command.events()) >= fifth, 300):
                with server.outage():
                    time.sleep(outage)

        absence = threading.Thread(target=away)
        if outage:
            absence.start()
        ended = command.run("-q")
        if outage:
            absence.join()
    assert ended.returncode == 0, ended.stderr
    reports = command.reports()
    assert {one["state"] for one in reports.values()} == {"done"}
    assert len(reports) == agency.clients
    assert command.changed() == []
    return int((folder / "dialled").read_text()), len(server.hits)


@pytest.mark.parametrize(
    ("clients", "pause", "outage", "most"),
    [
        pytest.param(60, 1.5, 3.0, 1.6, id="short"),  # few reports: the first eight refusals weigh much
        pytest.param(300, 30.0, 60.0, 1.1, id="full", marks=[pytest.mark.chaos, pytest.mark.timeout(1800)]),
    ],
)
def test_an_outage(tmp_path: Path, clients: int, pause: float, outage: float, most: float) -> None:
    """N01: the run waits and goes on; no report is lost, and the outage costs few requests."""
    agency = Agency(tmp_path, clients, formats=("html",)).write()
    dialled, asked = calls(tmp_path / "away", agency, pause, outage)
    calm = clients + 1  # one request a report, and one for the limits of the account
    print(f"{clients} reports: {dialled} connections tried, {asked} requests arrived, {calm} without an outage")  # noqa: T201 - what was proved
    assert dialled > FETCHERS, "nothing was asked during the outage"
    refused = max(0, dialled - 2 * FETCHERS)  # at least: all connections are made anew after it
    assert asked + refused <= most * calm
