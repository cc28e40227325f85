"""Coroutines run from code that is none."""

from __future__ import annotations

import asyncio
import os
import signal
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from threading import Event
from typing import TYPE_CHECKING

import pytest

from reportgen.connect.event_loop import Cancellation, run

if TYPE_CHECKING:
    from types import FrameType

VARIABLE = ContextVar("VARIABLE", default=0)


class Ended(BaseException):
    """What a signal raises."""


async def nothing() -> int:
    """Return a number after a turn of the event loop."""
    await asyncio.sleep(0)
    return VARIABLE.get()


async def broken() -> None:
    """Raise an error."""
    await asyncio.sleep(0)
    raise ValueError("broken")


def test_a_result_and_an_error_come_through() -> None:
    """With the caller's context variables."""
    VARIABLE.set(7)
    assert run(nothing()) == 7
    with pytest.raises(ValueError, match="broken"):
        run(broken())


def test_a_caller_may_be_inside_an_event_loop() -> None:
    """A notebook has one running."""

    async def caller() -> int:
        await asyncio.sleep(0)
        return run(nothing())

    assert asyncio.run(caller()) == VARIABLE.get()


def test_a_signal_ends_the_wait_and_cancels_the_coroutine() -> None:
    """Its exception comes up where the caller waits, not in the event loop; what the coroutine has open is closed."""
    places: list[str] = []
    ends: list[str] = []

    def end(_number: int, frame: FrameType | None) -> None:
        places.extend(line.filename for line in traceback.extract_stack(frame))
        raise Ended

    async def endless() -> None:
        try:
            await asyncio.sleep(0.2)  # until the caller waits
            os.kill(os.getpid(), signal.SIGUSR1)
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            await asyncio.sleep(0)
            ends.append("closed")
            raise

    before = signal.signal(signal.SIGUSR1, end)
    try:
        with pytest.raises(Ended):
            run(endless())
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert ends == ["closed"]
    assert not [place for place in places if "asyncio" in place]


def test_another_thread_cancels_what_a_thread_runs() -> None:
    """What is running is closed, and what is run afterwards ends at once."""
    cancellation, started, ends = Cancellation(), Event(), list[str]()

    async def endless() -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            ends.append("closed")

    def ask() -> None:
        with cancellation.of_this_thread():
            run(endless())

    with ThreadPoolExecutor() as threads:
        asking = threads.submit(ask)
        started.wait()
        cancellation.cancel()
        for work in (asking, threads.submit(ask)):
            with pytest.raises(asyncio.CancelledError):
                work.result()
    assert ends == ["closed"]
    assert run(nothing()) == VARIABLE.get()
