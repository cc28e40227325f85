"""Coroutines run from code that is none, in an event loop with a thread of its own."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from contextvars import ContextVar, copy_context
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator

_Result = TypeVar("_Result")


def run(work: Coroutine[Any, Any, _Result]) -> _Result:
    """Return the result of a coroutine, also where the caller is inside an event loop, as in a notebook.

    A signal ends the wait of the caller's thread, and the coroutine is cancelled. In the midst of an event loop its
    exception could be lost, or be printed by a library. The `Cancellation` of the caller's thread cancels it too; then
    `asyncio.CancelledError` is raised.
    """
    cancellable = _Cancellable(work)
    cancellation = _CANCELLATION.get()
    with (
        cancellation.may_end(cancellable) if cancellation else nullcontext(),
        ThreadPoolExecutor(1, "reportgen-loop") as thread,
    ):
        try:
            return thread.submit(copy_context().run, asyncio.run, cancellable.result()).result()
        except BaseException:
            cancellable.cancel()
            raise


class Cancellation:
    """The cancellation, by another thread, of all that some threads `run`."""

    def __init__(self) -> None:
        """Start without a call to cancel."""
        self._lock = Lock()
        self._running: set[_Cancellable[Any]] = set()
        self._is_over = False

    @contextmanager
    def of_this_thread(self) -> Iterator[None]:
        """Concern all that this thread runs during the `with` block."""
        before = _CANCELLATION.set(self)
        try:
            yield
        finally:
            _CANCELLATION.reset(before)

    def cancel(self) -> None:
        """Cancel all that is running, and all that is run from now on."""
        with self._lock:
            self._is_over = True
            for cancellable in self._running:
                cancellable.cancel()

    @contextmanager
    def may_end(self, cancellable: _Cancellable[Any]) -> Iterator[None]:
        """Concern a coroutine during the `with` block."""
        with self._lock:
            self._running.add(cancellable)
            if self._is_over:
                cancellable.cancel()
        try:
            yield
        finally:
            with self._lock:
                self._running.remove(cancellable)


_CANCELLATION: ContextVar[Cancellation | None] = ContextVar("_CANCELLATION", default=None)


@dataclass(slots=True, eq=False)
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
