"""Commands that make no report are quick: they load none of the libraries that make one."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {"coloraide", "httpx", "matplotlib", "numpy", "openpyxl", "weasyprint"}
PROBE = """
import json, sys
from reportgen.cli import main
sys.argv[0] = "reportgen"
try:
    code = main()
except SystemExit as end:
    code = end.code
print(json.dumps({"code": code or 0, "modules": sorted({name.partition(".")[0] for name in sys.modules})}))
"""
SPEC = """\
version: 1
title: Instagram
sources:
  instagram: {integration: instagram_business}
sections:
  - title: Instagram
    source: instagram
    blocks:
      - reference_key: ig:reach
        component: number_v1
        metrics: [reach]
"""


def loaded(*arguments: str) -> set[str]:
    """Return the top-level modules that a successful command ends with."""
    run = [sys.executable, "-c", PROBE, *arguments]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["code"] == 0, done.stdout + done.stderr
    return set(told["modules"])


def test_the_package_loads_nothing_heavy() -> None:
    """`import reportgen` resolves its names lazily."""
    probe = "import sys, reportgen; print(*(name.partition('.')[0] for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & {"reportgen", *HEAVY, "pydantic", "jinja2", "click"} == {"reportgen"}


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["render", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    """Help, version and completion answer before anything heavy is read from the disk."""
    assert loaded(*arguments) & {"click", *HEAVY} == {"click"}


def test_check_loads_nothing_heavy(tmp_path: Path) -> None:
    """A correct spec is checked without the libraries that fetch and draw."""
    spec = tmp_path / "instagram.yaml"
    spec.write_text(SPEC)
    assert loaded("check", str(spec)) & {"pydantic", *HEAVY} == {"pydantic"}
