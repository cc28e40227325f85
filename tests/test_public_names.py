"""The package's public names."""

from __future__ import annotations

import subprocess
import sys

import reportgen


def test_every_public_name_is_there() -> None:
    """`__all__` and the lazy table hold the same names, and each can be imported."""
    assert sorted(reportgen.__all__) == list(reportgen.__all__) == dir(reportgen)
    assert all(getattr(reportgen, name).__name__ == name for name in reportgen.__all__)


def test_other_names_are_errors() -> None:
    """A misspelt name is an AttributeError, as in any module."""
    assert not hasattr(reportgen, "build_reprot")


def test_importing_the_package_loads_nothing() -> None:
    """`import reportgen` costs nothing until a name is used."""
    code = "import sys, reportgen; print([name for name in sys.modules if name.startswith(('reportgen.', 'pydantic'))])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
