"""The page on fleets: its files are such files."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from reportgen.fleet.delivery_webhooks import SIGNATURE, TIMESTAMP, signature
from reportgen.spec.checking import check_file
from reportgen.spec.loading import fleet_of
from reportgen.spec.yaml_reader import read_yaml
from tests.docs.agency import write_agency
from tests.documents import fenced

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "docs/fleets.md"


def test_the_fleet_is_a_fleet(tmp_path: Path) -> None:
    """The first parts of the file together are accepted as they stand, with all that they name."""
    write_agency(tmp_path)
    (tmp_path / "fleet.yaml").write_text("".join(fenced(PAGE, "yaml")[:3]))
    assert [str(problem) for problem in check_file(tmp_path / "fleet.yaml").problems] == []
    delivery = fleet_of(read_yaml(tmp_path / "fleet.yaml")).deliver
    assert delivery is not None
    assert len(delivery.to) == 3


def test_the_examples_of_letters_and_approval(tmp_path: Path) -> None:
    """Each stands in a fleet as it is."""
    write_agency(tmp_path)
    fleet, _, _, letters, approval, others = fenced(PAGE, "yaml")
    channel = letters.replace("\n", "\n      ")
    for delivery in (approval, f"deliver:\n  to:\n    - {channel}", f"deliver:\n  to:\n{others}"):
        (tmp_path / "fleet.yaml").write_text(f"{fleet}{delivery}\n")
        assert [str(problem) for problem in check_file(tmp_path / "fleet.yaml").problems] == []


def test_a_receiver_knows_our_calls() -> None:
    """It takes what is signed now, and neither an older call nor another body or secret."""
    (text,) = fenced(PAGE, "python")
    scope: dict[str, Any] = {}
    exec(text, scope)  # noqa: S102 - the page's own code
    now = int(scope["time"].time())

    def headers(stamp: int) -> dict[str, str]:
        return {TIMESTAMP: str(stamp), SIGNATURE: signature(SecretStr("s"), str(stamp), b"{}")}

    assert scope["is_ours"](b"s", headers(now), b"{}")
    assert not scope["is_ours"](b"s", headers(now), b"{ }")
    assert not scope["is_ours"](b"t", headers(now), b"{}")
    assert not scope["is_ours"](b"s", headers(now) | {TIMESTAMP: str(now - 1)}, b"{}")
    assert not scope["is_ours"](b"s", headers(now - 310), b"{}")


@pytest.mark.parametrize("text", fenced(PAGE, "sh"), ids=lambda text: text.split("\n")[0])
def test_shell(text: str) -> None:
    """The shell accepts it."""
    subprocess.run(["/bin/bash", "--posix", "-n"], input=text, text=True, check=True, capture_output=True)
