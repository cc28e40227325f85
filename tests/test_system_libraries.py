"""The set-up installs missing system packages as root, and tells anybody else the line to run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the script asks for Debian's packages")

SCRIPT = Path(__file__).parent.parent / ".ci/system-libraries"
ALL = "python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libfontconfig1"
BARE_PYTHON = '#!/bin/sh\ncase "$2" in *version_info*) exit 0;; *) exit 1;; esac\n'  # new enough, and nothing there


def run(folder: Path, **commands: str) -> subprocess.CompletedProcess[str]:
    """Run the script where these commands, each with its script, come before the machine's own."""
    for name, script in commands.items():
        command = folder / name.replace("_", "-")
        command.write_text(script)
        command.chmod(0o755)
    environment = {"PATH": f"{folder}:{os.environ['PATH']}", "PYTHON": str(folder / "python")}
    return subprocess.run([SCRIPT], env=environment, capture_output=True, text=True, check=False)


def test_a_user_is_told_the_line_to_run(tmp_path: Path) -> None:
    """Without root nothing is tried; the last line can be pasted into a shell."""
    done = run(tmp_path, python=BARE_PYTHON, id="#!/bin/sh\necho 1000\n", apt_get="#!/bin/sh\nexit 99\n")
    assert done.returncode == 5
    line = f"sudo apt-get update && sudo apt-get install --no-install-recommends -y {ALL}"
    assert done.stderr.splitlines()[-1] == line


def test_root_installs_what_is_missing(tmp_path: Path) -> None:
    """As root every missing package is installed without a question."""
    record = f'#!/bin/sh\necho "$DEBIAN_FRONTEND" "$@" >> {tmp_path}/apt.log\n'
    done = run(tmp_path, python=BARE_PYTHON, id="#!/bin/sh\necho 0\n", apt_get=record)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "apt.log").read_text().splitlines() == [
        "noninteractive update -qq",
        f"noninteractive install -qq -y --no-install-recommends {ALL}",
    ]


def test_a_failing_apt_fails_the_set_up(tmp_path: Path) -> None:
    """What apt could not install is not taken for installed."""
    done = run(tmp_path, python=BARE_PYTHON, id="#!/bin/sh\necho 0\n", apt_get="#!/bin/sh\nexit 100\n")
    assert done.returncode == 100


def test_nothing_is_done_where_nothing_is_missing(tmp_path: Path) -> None:
    """With every library there, apt is not called and nothing is said."""
    done = run(tmp_path, python="#!/bin/sh\nexit 0\n", apt_get="#!/bin/sh\nexit 99\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_an_old_python_is_named(tmp_path: Path) -> None:
    """A Python older than 3.11 is refused before anything is installed, with the way to name another."""
    done = run(tmp_path, python="#!/bin/sh\nexit 1\n", apt_get="#!/bin/sh\nexit 99\n")
    assert done.returncode == 5
    assert "is not Python 3.11 or newer" in done.stderr
