"""Objects that a process makes once, for all of its threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from reportgen.made_once import made_once

THREADS = 4


def test_threads_that_come_together_are_given_one_object() -> None:
    """The first makes it, and the others wait until it is whole."""
    begun, may_end, at_once = Event(), Event(), Barrier(THREADS + 1)

    @made_once
    def table() -> list[int]:
        made: list[int] = []
        begun.set()
        may_end.wait(10)
        made.append(1)
        return made

    def ask() -> tuple[list[int], int]:
        at_once.wait(10)
        given = table()
        return given, len(given)

    with ThreadPoolExecutor(THREADS) as threads:
        asked = [threads.submit(ask) for _ in range(THREADS)]
        at_once.wait(10)
        assert begun.wait(10)
        may_end.set()
        given = [future.result(10) for future in asked]
    assert {length for _, length in given} == {1}
    assert len({id(made) for made, _ in given}) == 1


def test_what_could_not_be_made_is_tried_again() -> None:
    """An error is raised to whoever asked, and kept for nobody."""
    tries: list[int] = []

    @made_once
    def table() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("full")
        return len(tries)

    with pytest.raises(OSError, match="full"):
        table()
    assert table() == 2
