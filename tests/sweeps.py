"""Cases of a test of which `make test` runs some, and `make thorough` the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable


def swept(always: Iterable[object], others: Iterable[object]) -> list[object]:
    """Return the cases for `parametrize`; those that are always run stand first."""
    return [*always, *(pytest.param(case, marks=pytest.mark.thorough) for case in others)]
