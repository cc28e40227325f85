"""What a command costs from its start to its end, in a process of its own: `python -m bench.start_up --help`.

The report is the benchmark's, from recorded answers. Beside it stand Python alone, and the naive script that makes the
web page, the PDF and the workbook. Processors' seconds are those that the system counts for the process and all below
it (`bench.processes`). All are run in turns, after one round that does not count, which compiles the modules and reads
all files from the disk.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench.processes import Cost, cost_of, usual_environment

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPEC = Path(__file__).parent / "reference" / "report.yaml"
_FORMATS = ("csv", "html", "xlsx", "pdf", "html,pdf,xlsx")
_NOTHING = "python -c pass"
_NAIVE = """
import sys
from pathlib import Path
from bench.content import reference
from bench.engines.naive_files import make
for form, content in make(reference(1)).items():
    Path(sys.argv[1], f"naive.{form}").write_bytes(content)
"""
_ANSWERS = """
import json, sys
from pathlib import Path
from bench.content import reference
from bench.engines.ours import answers_of
Path(sys.argv[1]).write_text(json.dumps(answers_of(reference(1))), "utf-8")
"""


def commands(folder: Path) -> dict[str, list[str]]:
    """Return the arguments of Python for each command, by its title; the answers are in the folder."""
    given = ["--answers", str(folder / "answers.json"), "--as-of", "2026-11-01", "--out", str(folder)]
    render = ["-m", "reportgen", "render", str(_SPEC), *given, "--format"]
    return {
        _NOTHING: ["-c", "pass"],
        "reportgen --help": ["-m", "reportgen", "--help"],
        "reportgen check": ["-m", "reportgen", "check", str(_SPEC)],
        **{f"reportgen render --format {formats}": [*render, formats] for formats in _FORMATS},
        "naive script, all three files": ["-c", _NAIVE, str(folder)],
    }


def measure(rounds: int) -> dict[str, list[Cost]]:
    """Run every command in turns."""
    environment = usual_environment()
    with tempfile.TemporaryDirectory() as folder:
        cost_of(["-c", _ANSWERS, f"{folder}/answers.json"], environment)
        wanted = commands(Path(folder))
        seen: dict[str, list[Cost]] = {title: [] for title in wanted}
        for turn in range(-1, rounds):
            for title, arguments in wanted.items():
                cost = cost_of(arguments, environment)
                seen[title] += [cost] if turn >= 0 else []
    return seen


def figures_of(seen: dict[str, list[Cost]]) -> dict[str, dict[str, float]]:
    """Return the medians of each command."""
    return {
        title: {
            "cpu_ms": 1000 * statistics.median(one.cpu for one in costs),
            "wall_ms": 1000 * statistics.median(one.wall for one in costs),
            "megabytes": max(one.first_peak for one in costs),
        }
        for title, costs in seen.items()
    }


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """Return the arguments of a command line, or exit with what is wrong with it."""
    parser = argparse.ArgumentParser(prog="python -m bench.start_up", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=7, help="of all, in turns")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    given = parser.parse_args(words)
    if given.rounds < 1:
        parser.error("--rounds is at least 1")
    return given


def main() -> None:
    """Measure, print a table, and write it as JSON where that is wanted."""
    given = arguments(sys.argv[1:])
    figures = figures_of(measure(given.rounds))
    print(f"{'':40}{'cpu ms':>8}{'wall ms':>9}{'MB':>6}")
    for title, one in figures.items():
        print(f"{title:40}{one['cpu_ms']:8,.0f}{one['wall_ms']:9,.0f}{one['megabytes']:6,.0f}")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
