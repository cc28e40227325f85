"""`python -m bench.histories`: thirteen months asked for one by one, beside charts of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.histories import lines, measure

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.thorough
def test_kept_months_are_not_asked_for_again(tmp_path: Path) -> None:
    """The first report asks for every month, the second for its own alone; both are compared with charts."""
    made = measure(1, tmp_path)
    assert [one.requests for one in made["histories"]] == [13, 1]
    assert [one.requests for one in made["charts"]] == [2, 2]
    assert [line.split()[0] for line in lines(made)][1:3] == ["charts", "histories"]
