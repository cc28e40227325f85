"""What holds for every test of the doctor."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _letters_may_be_missing(_no_log: None, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Take off what WeasyPrint says of letters without a font: the doctor asks it just that, on any machine."""
    yield
    loud = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    if all(str(record.msg).startswith(".notdef glyph") for record in loud):
        caplog.get_records("call").clear()
