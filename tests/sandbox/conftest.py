"""One calm and one lively sandbox for all tests of the folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.sandbox.sandbox_server import running_sandbox
from tests.sandbox.asking import client

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx


@pytest.fixture(scope="session")
def calm() -> Iterator[httpx.Client]:
    """A client of a sandbox without mischief."""
    with running_sandbox(calm=True) as sandbox, client(sandbox) as http:
        yield http


@pytest.fixture(scope="session")
def lively() -> Iterator[httpx.Client]:
    """A client of a sandbox with mischief."""
    with running_sandbox() as sandbox, client(sandbox) as http:
        yield http
