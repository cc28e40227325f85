"""The page on fleets: its file is one."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from reportgen.spec.checking import check_file
from reportgen.spec.loading import load_fleet
from tests.docs.agency import write_agency
from tests.documents import fenced

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "docs/fleets.md"


def test_the_fleet_is_a_fleet(tmp_path: Path) -> None:
    """The two parts of the file together are accepted as they stand, with all that they name."""
    write_agency(tmp_path)
    (tmp_path / "fleet.yaml").write_text("".join(fenced(PAGE, "yaml")))
    assert [str(problem) for problem in check_file(tmp_path / "fleet.yaml").problems] == []
    delivery = load_fleet(tmp_path / "fleet.yaml").deliver
    assert delivery is not None
    assert len(delivery.to) == 3


@pytest.mark.parametrize("text", fenced(PAGE, "sh"), ids=lambda text: text.split("\n")[0])
def test_shell(text: str) -> None:
    """The shell accepts it."""
    subprocess.run(["/bin/bash", "--posix", "-n"], input=text, text=True, check=True, capture_output=True)
