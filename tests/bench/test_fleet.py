"""The growth of a worker of `python -m bench.fleet`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.fleet import slope, write_fleet
from reportgen.sandbox.sandbox_server import running_sandbox

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_two_reports_make_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The fewest reports that the command takes give a slope and a size of the process."""
    with running_sandbox(calm=True) as sandbox:
        monkeypatch.setenv("REPORTGEN_API_URL", sandbox.url)
        monkeypatch.setenv("BENCH_TOKEN", sandbox.token)
        monkeypatch.setenv("BENCH_CUSTOMER", sandbox.customer_token)
        slope(write_fleet(tmp_path, 1), 2)
    growth, size = map(float, capsys.readouterr().out.split())
    assert abs(growth) < size
