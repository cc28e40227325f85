"""The browser of the tests of web pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import launched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Run Chromium once for the tests of a module."""
    with launched() as one:
        yield one
