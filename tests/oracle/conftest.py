"""The renderer of the oracle's reports, and how many of them are drawn."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.oracle.rendering import Renderer

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = int(os.environ.get("REPORTGEN_ORACLE_SEED", "1"))
MANY = int(os.environ.get("REPORTGEN_ORACLE_REPORTS", "200"))


def pytest_report_header() -> str:
    """Print the first seed, by which a run can be made once more."""
    return f"oracle: REPORTGEN_ORACLE_SEED={SEED}"


@pytest.fixture(scope="session")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Renderer]:
    """Return the process that renders."""
    with Renderer(tmp_path_factory.mktemp("renderer") / "log.txt") as started:
        yield started
