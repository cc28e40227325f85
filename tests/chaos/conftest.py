"""The seed of everything that is left to chance, and the server of a night."""

from __future__ import annotations

import os
from random import Random

import pytest

SEED = int(os.environ.get("REPORTGEN_CHAOS_SEED", "1"))


def pytest_report_header() -> str:
    """Print the seed, by which a run can be made once more."""
    return f"chaos: REPORTGEN_CHAOS_SEED={SEED}"


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> Random:
    """Return the chance of one test, the same for the same seed whatever ran before it."""
    return Random(f"{SEED} {request.node.name}")  # noqa: S311 - for repeatable choices, not for secrets
