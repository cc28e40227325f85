"""Calls that the logs of the HTTP libraries leave out: those have whole addresses, and the headers of replies."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOGGERS = ("httpx", *(f"httpcore.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")))
_is_ours: ContextVar[bool] = ContextVar("is_ours", default=False)


@contextmanager
def unlogged() -> Iterator[None]:
    """Keep the call of a `with` block out of the logs of httpx and httpcore; calls of others are logged as ever."""
    for name in _LOGGERS:  # a filter of a logger does not hold for those below it
        logging.getLogger(name).addFilter(_is_of_others)  # once, however often it is added
    before = _is_ours.set(True)
    try:
        yield
    finally:
        _is_ours.reset(before)


def _is_of_others(_record: logging.LogRecord) -> bool:
    return not _is_ours.get()
