"""No client's words or values in another client's files; and the search that proves it can fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chaos.agency import CLIENTS, Agency, clients_in, label, value
from tests.chaos.api import Night
from tests.chaos.artifacts import files_of, foreign, text_of
from tests.chaos.command import Command
from tests.faultserver import serving

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

FULL = [pytest.mark.chaos, pytest.mark.timeout(7200)]

_START = """
import sys
from dataclasses import replace
from reportgen.cli import main
"""
_END = """
raise SystemExit(main(sys.argv[1:]))
"""
LEAK_OF_A_VALUE = f"""{_START}
from reportgen.components import NumberBlock
kept, resolve = [], NumberBlock.resolve

def leaking(self, scope, answers):
    block = resolve(self, scope, answers)
    kept.append(block.readings)
    return replace(block, readings=kept[0])

NumberBlock.resolve = leaking
{_END}"""
"""A component that keeps its readings in a list which all reports share."""

LEAK_OF_A_BLOCK = f"""{_START}
from reportgen import report_resolution
kept, resolved = {{}}, report_resolution._resolved

def leaking(plan, *given):
    return {{name: kept.setdefault(name, block) for name, block in resolved(plan, *given).items()}}

report_resolution._resolved = leaking
{_END}"""
"""A cache of blocks that knows them by their name alone."""

LEAK_OF_A_TABLE = f"""{_START}
from reportgen.outputs import report_json
kept, encode = [], report_json.encode_report

def leaking(report, files=None):
    encoded = encode(report, files)
    table = encoded["sections"][0]["blocks"][2]
    kept.append(table["tables"])
    return {{**encoded, "sections": [{{**encoded["sections"][0], "blocks": [
        *encoded["sections"][0]["blocks"][:2], {{**table, "tables": kept[0]}}]}}]}}

report_json.encode_report = leaking
{_END}"""
"""A table that all reports share on their way to the processes that render."""


@pytest.mark.parametrize(
    ("clients", "swapped"),
    [pytest.param(8, 2, id="short"), pytest.param(CLIENTS, CLIENTS // 20, id="full", marks=FULL)],
)
def test_no_canary_is_in_a_foreign_file(tmp_path: Path, chance: Random, clients: int, swapped: int) -> None:
    """P22: at full concurrency, and where the server answers with another account's answers: those are refused."""
    agency = Agency(tmp_path, clients).write()
    hit = chance.sample(agency.numbers, swapped)
    with serving(Night(agency, dict.fromkeys(hit, "another's answer")).script) as server:
        command = Command(agency, tmp_path / "o", server.address)
        assert command.run("-q").returncode == 1
    reports = command.reports()
    assert {one for one in agency.numbers if reports[label(one)]["state"] != "done"} == set(hit)
    assert sum(len(files_of(command.out, one)) for one in agency.numbers) == 3 * (clients - swapped)
    assert foreign(command.out, agency.numbers) == {}
    assert_seen(command, next(one for one in agency.numbers if one not in hit))
    held = [path for path in (command.out / "held").rglob("*") if path.suffix in {".html", ".pdf", ".xlsx"}]
    assert len(held) >= 3 * swapped
    for path in held:
        (named,) = clients_in(text_of(path))
        assert named in hit, path


def assert_seen(command: Command, number: int) -> None:
    """Find a client's number, chart, table and labels in each of its files, so that a leak of one would be found."""
    for path in files_of(command.out, number):
        text = text_of(path).replace("\r\n", " ")
        for at in (111, 211, 312, 413):
            own = value(number, at)
            assert str(own) in text or f"{own:,}" in text, (path, own)
        assert f"{label(number)} place 2" in text, path


def made_by(program: str, folder: Path, *formats: str) -> Command:
    """Make the reports of four clients with a program that has a defect."""
    agency = Agency(folder, 4, formats=formats).write()
    with serving(Night(agency).script) as server:
        command = Command(agency, folder / "o", server.address, program=("-c", program))
        command.run("-q")
    return command


def test_a_leak_is_found(tmp_path: Path) -> None:
    """A test build that shares a table between reports is caught by the search: it is able to fail."""
    command = made_by(LEAK_OF_A_TABLE, tmp_path, "xlsx")
    assert foreign(command.out, command.agency.numbers)


@pytest.mark.chaos
@pytest.mark.parametrize("program", [LEAK_OF_A_VALUE, LEAK_OF_A_BLOCK])
def test_a_leak_is_refused(tmp_path: Path, program: str) -> None:
    """What a component took from another client's report is not rendered; the report it belongs to is."""
    command = made_by(program, tmp_path, "html", "pdf", "xlsx")
    failed = [one for one in command.reports().values() if one["state"] == "failed"]
    assert len(failed) == 3
    assert all("perhaps another client's values" in one["reason"] for one in failed)
    assert foreign(command.out, command.agency.numbers) == {}
