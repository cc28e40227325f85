"""The faults that the page engine logs: resources that it could not load, and letters without a glyph."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from threading import get_ident
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_MESSAGE = 200
"""Letters; a message may quote a whole `data:` address."""

_NO_GLYPH = ".notdef glyph"  # begins WeasyPrint's message about a letter without a glyph


@contextmanager
def logged_faults() -> Iterator[tuple[list[str], set[str]]]:
    """Yield the messages and the letters without glyphs that WeasyPrint logs in this thread."""
    messages: list[str] = []
    letters: set[str] = set()
    thread = get_ident()

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.thread == thread and record.msg.startswith(_NO_GLYPH) and isinstance(record.args, tuple):
                letters.add(str(record.args[0]))
            lost = record.levelno >= logging.ERROR or "cannot be loaded" in record.msg  # fonts only warn
            if lost and record.thread == thread:
                messages.append(record.getMessage()[:LONGEST_MESSAGE])

    logger = logging.getLogger("weasyprint")
    collector = Collector(logging.WARNING)
    logger.addHandler(collector)
    try:
        yield messages, letters
    finally:
        logger.removeHandler(collector)
