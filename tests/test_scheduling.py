"""The examples of docs/scheduling.md: each can be read by what it is written for, and each option exists."""

from __future__ import annotations

import ast
import configparser
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import click
import pytest
from ruamel.yaml import YAML

import reportgen
from reportgen.cli import cli
from reportgen.cli.options import ExitCode
from reportgen.spec.loading import load_fleet

PAGE = (Path(__file__).parent.parent / "docs/scheduling.md").read_text()
_FENCE = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
_NUMBER = r"(?:\*|\d+(?:-\d+)?)"
_ENTRY = re.compile(rf"(?:{_NUMBER} ){{5}}[a-z]+ /\S+")


def examples(language: str) -> list[str]:
    """Return the examples in a language."""
    return [text for name, text in _FENCE.findall(PAGE) if name == language]


def test_every_example_is_in_a_language_that_is_checked() -> None:
    """None stands there unread."""
    assert {name for name, _text in _FENCE.findall(PAGE)} == {"sh", "cron", "ini", "yaml", "python"}


@pytest.mark.parametrize("text", examples("sh"), ids=lambda text: text.split("\n")[0])
def test_shell(text: str) -> None:
    """The shell accepts it."""
    subprocess.run(["/bin/bash", "--posix", "-n"], input=text, text=True, check=True, capture_output=True)


@pytest.mark.parametrize("text", examples("cron"))
def test_cron(text: str) -> None:
    """Each line is a comment, a variable or five times, a user and a command without a percent sign."""
    lines = [line for line in text.splitlines() if not re.match(r"#|[A-Z]+=", line)]
    assert lines
    assert all(_ENTRY.fullmatch(line) for line in lines)


def test_units(tmp_path: Path) -> None:
    """There is nothing that systemd says against the service and its timer; without it they are read as INI."""
    paths = []
    for text in examples("ini"):
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
    (text,) = [text for text in examples("yaml") if text.startswith("# fleet.yaml")]
    (tmp_path / "fleet.yaml").write_text(text)
    assert load_fleet(tmp_path / "fleet.yaml").defaults.api.token


def test_the_cron_job() -> None:
    """It is one, names its container right, and never starts a second run beside the first."""
    (text,) = [text for text in examples("yaml") if text.startswith("apiVersion")]
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


@pytest.mark.parametrize("text", examples("python"), ids=lambda text: text.split("\n")[0])
def test_python(text: str) -> None:
    """Python accepts it, and each name of reportgen that it uses is public."""
    tree = ast.parse(text)
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "reportgen"
    }
    assert used <= set(reportgen.__all__)


def test_every_command_has_its_options() -> None:
    """Each option that stands after a command of reportgen is one of its own."""
    found = re.findall(r"reportgen (\w+)\b([^\n`]*)", PAGE)
    assert {"run", "status", "verify", "deliver", "check"} <= {name for name, _rest in found}
    for name, rest in found:
        if name in cli.commands:
            known = {text for one in cli.commands[name].params if isinstance(one, click.Option) for text in one.opts}
            used = set(re.findall(r"(?<!\S)--?[a-z][a-z-]*", rest.partition("#")[0]))
            assert used <= known, f"{name}: {used - known}"


@pytest.mark.parametrize("code", list(ExitCode))
def test_every_exit_code_is_explained(code: ExitCode) -> None:
    """Each code stands in the table."""
    assert re.search(rf"^\| [\d, ]*\b{code.value}\b", PAGE, re.MULTILINE)
