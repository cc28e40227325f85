"""The tutorial: followed word by word, it prints what it says."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path

import pytest

from reportgen.cli import main
from reportgen.sandbox.sandbox_server import Sandbox, running_sandbox
from tests.documents import Example, examples, wrong_options

PAGE = "docs/tutorial.md"
_MONTH = re.compile(r"\d{4}-\d{2}(?=\.(html|pdf|xlsx)$)", re.MULTILINE)


def test_followed_word_by_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command prints what stands under it, each change of a file fits, and the files are there at the end."""
    monkeypatch.chdir(tmp_path)
    with running_sandbox(calm=True) as sandbox:
        monkeypatch.setenv("REPORTGEN_API_URL", sandbox.url)
        for example in examples(PAGE):
            _follow(example, sandbox, monkeypatch)
    assert len(list((tmp_path / "reports/out").iterdir())) == 6


@pytest.mark.parametrize("example", [one for one in examples(PAGE) if one.language == "sh"])
def test_what_is_not_run_has_its_options(example: Example) -> None:
    """A command that would not end by itself is written right."""
    assert wrong_options(example.text) == []


def _follow(example: Example, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    match example.language:
        case "console":
            for command, expected in re.findall(r"^\$ (.+)\n((?:(?!\$ ).+\n)*)", example.text, re.MULTILINE):
                printed = _typed(command, sandbox, monkeypatch)
                assert OutputChecker().check_output(_MONTH.sub("M", expected), _MONTH.sub("M", printed), ELLIPSIS), (
                    f"{command}\nprinted:\n{printed}"
                )
        case "diff":
            _change(Path("social.yaml"), example.text.splitlines(keepends=True))


def _change(path: Path, lines: list[str]) -> None:
    """Change a file as a diff says; lines that only come, without a line beside them, stand at its end."""
    before, after = ("".join(line[1:] for line in lines if line[0] in {" ", sign}) for sign in "-+")
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after, 1) if before else text + after)


def _typed(command: str, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> str:
    """Do what a terminal does with a line, and return what it prints."""
    program, *arguments = shlex.split(command)
    printed = io.StringIO()
    match program:
        case "mkdir":
            Path(arguments[0]).mkdir()
        case "cd":
            monkeypatch.chdir(arguments[0])
        case "export":
            name = arguments[0].partition("=")[0]
            monkeypatch.setenv(name, sandbox.customer_token if "CUSTOMER" in name else sandbox.token)
        case "reportgen":
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
                main(arguments)
        case _:
            pytest.fail(f"nobody knows how to follow {command!r}")
    return printed.getvalue()
