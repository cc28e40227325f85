"""The examples of docs/scheduling.md: each can be read by what it is written for."""

from __future__ import annotations

import ast
import configparser
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import reportgen
from reportgen.cli.options import ExitCode
from reportgen.spec.loading import fleet_of
from reportgen.spec.yaml_reader import read_yaml
from tests.documents import examples, fenced, read_page

PAGE = "docs/scheduling.md"
_NUMBER = r"(?:\*|\d+(?:-\d+)?)"
_ENTRY = re.compile(rf"(?:{_NUMBER} ){{5}}[a-z]+ /\S+")


def test_every_example_is_in_a_language_that_is_checked() -> None:
    """None stands there unread."""
    assert {one.language for one in examples(PAGE)} == {"sh", "cron", "ini", "yaml", "python"}


@pytest.mark.parametrize("text", fenced(PAGE, "sh"), ids=lambda text: text.split("\n")[0])
def test_shell(text: str) -> None:
    """The shell accepts it."""
    subprocess.run(["/bin/bash", "--posix", "-n"], input=text, text=True, check=True, capture_output=True)


@pytest.mark.parametrize("text", fenced(PAGE, "cron"))
def test_cron(text: str) -> None:
    """Each line is a comment, a variable or five times, a user and a command without a percent sign."""
    lines = [line for line in text.splitlines() if not re.match(r"#|[A-Z]+=", line)]
    assert lines
    assert all(_ENTRY.fullmatch(line) for line in lines)


def test_units(tmp_path: Path) -> None:
    """There is nothing that systemd says against the service and its timer; without it they are read as INI."""
    paths = []
    for text in fenced(PAGE, "ini"):
        path = tmp_path / text.split("\n")[0].rpartition("/")[2]
        path.write_text(text.replace("/opt/reportgen/bin/python", "/bin/true"))
        reader = configparser.ConfigParser(strict=True, interpolation=None)
        reader.optionxform = str  # type: ignore[assignment,method-assign] # the documented way to keep capitals
        reader.read_string(text)
        assert {"Service", "Timer"} & set(reader.sections())
        paths.append(str(path))
    assert [Path(path).name for path in paths] == ["reports.service", "reports.timer"]
    if analyze := shutil.which("systemd-analyze"):
        done = subprocess.run([analyze, "verify", *paths], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


def test_the_fleet(tmp_path: Path) -> None:
    """The fleet file is one."""
    (text,) = [text for text in fenced(PAGE, "yaml") if text.startswith("# fleet.yaml")]
    (tmp_path / "fleet.yaml").write_text(text)
    assert fleet_of(read_yaml(tmp_path / "fleet.yaml")).defaults.api.token


def test_the_cron_job() -> None:
    """It is one, names its container right, and never starts a second run beside the first."""
    (text,) = [text for text in fenced(PAGE, "yaml") if text.startswith("apiVersion")]
    job: Any = YAML(typ="safe").load(text)
    assert (job["apiVersion"], job["kind"], job["spec"]["concurrencyPolicy"]) == ("batch/v1", "CronJob", "Forbid")
    assert re.fullmatch(rf"{_NUMBER}(?: {_NUMBER}){{4}}", job["spec"]["schedule"])
    made = job["spec"]["jobTemplate"]["spec"]
    pod = made["template"]["spec"]
    (container,) = pod["containers"]
    codes = made["podFailurePolicy"]["rules"][0]["onExitCodes"]
    assert (codes["containerName"], pod["restartPolicy"]) == (container["name"], "Never")
    assert codes["values"] == [ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.LOCKED, ExitCode.ENVIRONMENT]
    assert {mount["name"] for mount in container["volumeMounts"]} == {volume["name"] for volume in pod["volumes"]}
    (command,) = container["args"]
    subprocess.run(["/bin/bash", "--posix", "-n"], input=command, text=True, check=True, capture_output=True)


@pytest.mark.parametrize("text", fenced(PAGE, "python"), ids=lambda text: text.split("\n")[0])
def test_python(text: str) -> None:
    """Python accepts it, and each name of reportgen that it uses is public."""
    tree = ast.parse(text)
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "reportgen"
    }
    assert used <= set(reportgen.__all__)


@pytest.mark.parametrize("code", list(ExitCode))
def test_every_exit_code_is_explained(code: ExitCode) -> None:
    """Each code stands in the table."""
    assert re.search(rf"^\| [\d, ]*\b{code.value}\b", read_page(PAGE), re.MULTILINE)
