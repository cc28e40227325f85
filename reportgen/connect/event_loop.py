"""Coroutines run from code that is none, in an event loop with a thread of its own."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

_Result = TypeVar("_Result")


def run(work: Coroutine[Any, Any, _Result]) -> _Result:
    """Return the result of a coroutine, also where the caller is inside an event loop, as in a notebook.

    A signal ends the wait of the caller's thread, and the coroutine is cancelled. In the midst of an event loop its
    exception could be lost, or be printed by a library.
    """
    cancellable = _Cancellable(work)
    with ThreadPoolExecutor(1, "reportgen-loop") as thread:
        try:
            return thread.submit(copy_context().run, asyncio.run, cancellable.result()).result()
        except BaseException:
            cancellable.cancel()
            raise


@dataclass(slots=True)
class _Cancellable(Generic[_Result]):
    """A coroutine that another thread may cancel, also before it has begun."""

    work: Coroutine[Any, Any, _Result]
    is_cancelled: bool = False
    task: asyncio.Task[_Result] | None = None

    async def result(self) -> _Result:
        self.task = asyncio.create_task(self.work)
        if self.is_cancelled:
            self.task.cancel()
        return await self.task

    def cancel(self) -> None:
        self.is_cancelled = True
        if self.task:
            with suppress(RuntimeError):  # the loop has ended, and the coroutine with it
                self.task.get_loop().call_soon_threadsafe(self.task.cancel)
