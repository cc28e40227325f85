"""`python -m bench.start_up`: a process of its own for each command."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.processes import Cost, cost_of, usual_environment
from bench.start_up import commands, figures_of


def test_each_format_has_a_command_and_python_alone_stands_beside_them() -> None:
    """The same report is rendered to each format alone and to all three."""
    titles = [*commands(Path("out"))]
    assert titles[0] == "python -c pass"
    assert {"reportgen --help", "reportgen check", "reportgen render --format html,pdf,xlsx"} <= {*titles}


def test_a_command_costs_what_its_processes_cost() -> None:
    """The first process and those below it are told apart, also where these go on for longer."""
    left = f"import subprocess, sys; subprocess.Popen([{sys.executable!r}, '-c', 'sum(range(3_000_000))'])"
    cost = cost_of(["-c", left], usual_environment())
    assert min(cost.first_peak, cost.below_peak) > 0
    assert cost.cpu == cost.first + cost.below


def test_figures_are_medians() -> None:
    """A slow round among others does not count."""
    costs = [Cost(wall=wall, first=1.0) for wall in (1.0, 2.0, 9.0)]
    assert figures_of({"a": costs})["a"] == {"cpu_ms": 1000, "wall_ms": 2000, "megabytes": 0}
