"""A process that renders reports one after another, and how it is asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.oracle.made_report import Made

if TYPE_CHECKING:
    from types import TracebackType

_ROOT = Path(__file__).parents[2]


class Renderer:
    """Renders in a process of its own that lives until the `with` ends."""

    def __init__(self, log: Path) -> None:
        """Say where the process writes what it did not mean to say."""
        self._log = log

    def __enter__(self) -> Self:
        """Start the process."""
        self._errors = self._log.open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.oracle.render_many"],
            cwd=_ROOT,
            env={**os.environ, "PYTHONHASHSEED": "0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End the process by ending its input."""
        self._process.communicate()
        self._errors.close()

    def render(self, arguments: list[str], folder: Path) -> Made:
        """Run the command with some arguments; its paths are taken from a folder."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(arguments) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"the renderer ended: {self._log.read_text(encoding='utf-8')[-2000:]}"
        result = json.loads(line)
        return Made(folder, result["code"], result["out"], result["err"])
