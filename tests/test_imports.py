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
OF_SPECS = {"babel", "markdown_it", "pydantic", "ruamel"}
OF_NETWORKS = {"asyncio", "http", "ssl"}
OF_FILES = {*HEAVY, "PIL", "fontTools", "jinja2", "pypdfium2"}
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
TREND = """\
        name: reach
      - {name: days, reference_key: ig:reach_over_time, component: chart_v1, metrics: [reach], dimensions: [date]}
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


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["render", "--help"], ["run", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    """Help, version and completion answer before anything is loaded that reads a spec, asks or draws."""
    assert loaded(*arguments) & {"click", *HEAVY, *OF_SPECS, *OF_NETWORKS} == {"click"}


def test_check_loads_nothing_heavy(tmp_path: Path) -> None:
    """A correct spec is checked without the libraries that fetch and draw."""
    spec = tmp_path / "instagram.yaml"
    spec.write_text(SPEC)
    assert loaded("check", str(spec)) & {"pydantic", *OF_FILES, *OF_NETWORKS} == {"pydantic"}


@pytest.mark.parametrize(
    ("form", "needed"),
    [
        ("csv", set()),
        ("json", set()),
        ("xlsx", {"PIL", "numpy", "openpyxl"}),  # the two others by openpyxl
        pytest.param(
            "html", {"PIL", "coloraide", "fontTools", "jinja2", "matplotlib", "numpy"}, marks=pytest.mark.thorough
        ),
    ],
)
def test_a_format_loads_its_own_libraries(form: str, needed: set[str], tmp_path: Path) -> None:
    """A report in one format, from recorded answers, is made without the libraries of the other formats."""
    spec, answers = tmp_path / "instagram.yaml", tmp_path / "answers.json"
    spec.write_text(SPEC + TREND)
    answers.write_text('{"reach": {"values": 5}, "days": {"labels": ["2026-10-01"], "values": [{"data": [5]}]}}')
    given = ["--answers", str(answers), "--as-of", "2026-11-01", "--out", str(tmp_path), "--format", form]
    assert loaded("render", str(spec), *given) & OF_FILES == needed


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("formats", "needed"),
    [
        (["csv", "json"], set()),
        (["xlsx"], {"PIL", "numpy", "openpyxl"}),
        (["html"], {"PIL", "coloraide", "fontTools", "jinja2", "matplotlib", "numpy"}),
        (["pdf-plain"], {"PIL", "coloraide", "fontTools", "jinja2", "matplotlib", "numpy", "weasyprint"}),
    ],
)
def test_workers_start_with_the_libraries_of_their_formats(formats: list[str], needed: set[str]) -> None:
    """What the first report of each worker would load is there before, but for pdfium, and nothing else is."""
    probe = (
        "import sys; from importlib import import_module; from reportgen.fleet.render_worker import preloaded\n"
        "for module in preloaded(sys.argv[1:]): import_module(module)\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", probe, *formats], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & OF_FILES == needed


def test_a_worker_loads_nothing_that_reads_specs_or_asks() -> None:
    """It takes resolved reports: what reads, plans, fetches and resolves would make each run's start longer."""
    probe = "import sys, reportgen.fleet.render_worker; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    parts = {name.split(".")[1] for name in done.stdout.split() if name.startswith("reportgen.")}
    assert not parts & {"components", "connect", "fetching", "pipeline", "sandbox", "spec"}
