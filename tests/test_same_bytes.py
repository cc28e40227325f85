"""Same input, same bytes: other processes, ports, zones, locales and hash seeds change nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from reportgen.outputs import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

MAKING = """
import hashlib, sys
from pathlib import Path
from reportgen.cli import main
from reportgen.outputs import FORMATS
from reportgen.outputs.printed import PrintedReport
from tests.outputs.reports import large_report

assert main(["demo", "--as-of", "2026-11-03", "--out", sys.argv[1], "-q"]) == 0
made = [("demo", path.name, path.read_bytes()) for path in sorted(Path(sys.argv[1]).iterdir())]
for name in FORMATS.keys() - {"pdf-plain"}:  # its file differs from the PDF's in what drew it, and takes long
    made += [(name, file.name, file.content) for file in FORMATS[name].render(PrintedReport(large_report()))]
assert "matplotlib.pyplot" not in sys.modules
lines = sorted(f"{name} {file} {hashlib.sha256(content).hexdigest()}" for name, file, content in made)
Path(sys.argv[2]).write_text("\\n".join(lines))
"""


def made(folder: Path, **environment: str) -> str:
    """Return the digest of every file that a process makes of the demo and of a report with every kind of block."""
    digests = folder / f"{environment['PYTHONHASHSEED']}.txt"
    done = subprocess.run(
        [sys.executable, "-c", MAKING, str(folder / environment["PYTHONHASHSEED"]), str(digests)],
        env={**os.environ, **environment},
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""  # no library logs anything
    return digests.read_text()


@pytest.mark.thorough
def test_other_processes_make_the_same_files(tmp_path: Path) -> None:
    """The demo's files, over sockets, and a report with every kind of block in every format; pyplot is not loaded."""
    first = made(tmp_path, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")
    assert first == made(tmp_path, PYTHONHASHSEED="77", TZ="Pacific/Auckland", LC_ALL="C.UTF-8")
    assert {line.split()[0] for line in first.splitlines()} == {"demo", *FORMATS} - {"pdf-plain"}
    assert len({line.split()[-1] for line in first.splitlines()}) > len(FORMATS)
