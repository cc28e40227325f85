"""Processes and what they cost: processors' seconds and memory, of one and of all below it.

What a command cost is exact: the system counts it for each process and tells it who waits for its end. Processes that
outlive the one that started them, such as those that render, are given to this process instead of the first of the
machine (PR_SET_CHILD_SUBREAPER of prctl(2)), which waits for them too.
"""

from __future__ import annotations

import ctypes
import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from resource import struct_rusage

_TICKS = os.sysconf("SC_CLK_TCK")
_SUBREAPER = 36
_PAGE = os.sysconf("SC_PAGE_SIZE")
_LOOK_SECONDS = 0.2
_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Look:
    """A look at a running command: how far it is, and the memory in MB of it and of the largest process below it."""

    done: int
    first: float
    largest: float


@dataclass(slots=True)
class Cost:
    """What a command cost.

    Attributes:
        wall: Seconds from its start to its end.
        first: Processors' seconds of the process that was started.
        below: Processors' seconds of all processes below it.
        first_peak: Most memory that the first process ever held, in MB.
        below_peak: The same of the largest process below it.
        looks: Its memory from time to time.
    """

    wall: float = 0.0
    first: float = 0.0
    below: float = 0.0
    first_peak: float = 0.0
    below_peak: float = 0.0
    looks: list[Look] = field(default_factory=list)

    @property
    def cpu(self) -> float:
        """The processors' seconds of all its processes."""
        return self.first + self.below


def cost_of(arguments: Sequence[str], environment: Mapping[str, str], done: Callable[[], int] | None = None) -> Cost:
    """Run Python and return what it cost.

    Args:
        arguments: Of Python.
        environment: All of its variables.
        done: Returns how far it is, for the looks at its memory; None takes none.

    Raises:
        SystemExit: It ended with another code than 0.
    """
    if ctypes.CDLL(None).prctl(_SUBREAPER, 1):
        raise OSError("this system gives no process the children of its children")
    cost, start = Cost(), time.perf_counter()
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    command = [sys.executable, *arguments]
    process = os.posix_spawn(sys.executable, command, environment, file_actions=quiet, setpgroup=0)
    while True:
        ended, status, used = os.wait4(process, os.WNOHANG if done else 0)
        if ended:
            break
        if done:
            cost.looks.append(Look(done(), held_memory(process), max(map(held_memory, below(process)), default=0.0)))
        time.sleep(_LOOK_SECONDS)
    cost.wall = time.perf_counter() - start
    cost.first, cost.first_peak = _used(used)
    for cpu, peak in _orphans(process):
        cost.below += cpu
        cost.below_peak = max(cost.below_peak, peak)
    if code := os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{' '.join(arguments)} ended with {code}")
    return cost


def usual_environment() -> dict[str, str]:
    """Return the environment's variables without the one, often set in containers, that has each process compile anew.

    Compiled modules are kept, as they are where a program is installed.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _orphans(group: int) -> Iterator[tuple[float, float]]:
    """Wait for the processes that a command has left behind; yield what each cost, with those that it waited for."""
    while True:
        try:
            yield _used(os.wait4(-group, 0)[2])
        except ChildProcessError:
            return


def _used(used: struct_rusage) -> tuple[float, float]:
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def held_memory(process: int | str = "self") -> float:
    """Return the memory that a process holds now, in MB; 0 where it has ended."""
    fields = _text(f"/proc/{process}/statm").split()
    return int(fields[1]) * _PAGE / _MEGABYTE if fields else 0.0


def cpu_seconds() -> float:
    """Return the processors' seconds of this process and all below it, also of those that have ended."""
    return time.process_time() + sum(map(ticked_seconds, below(os.getpid())))


def ticked_seconds(process: int) -> float:
    """Return the processors' seconds of a process and of those that it has waited for, to a hundredth."""
    fields = _text(f"/proc/{process}/stat").rpartition(")")[2].split()  # behind the name, the state first (proc(5))
    return sum(map(int, fields[11:15])) / _TICKS


def memory(name: str) -> float:
    """Return a field of `/proc/PID/status` in MB, summed up over this process and all below it."""
    texts = (_text(f"/proc/{process}/status") for process in (os.getpid(), *below(os.getpid())))
    lines = (line for text in texts for line in text.splitlines() if line.startswith(name))
    return sum(int(line.split()[1]) for line in lines) / 1024


def below(parent: int) -> Iterator[int]:
    """Yield the numbers of all processes below one."""
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        for child in map(int, _text(task).split()):
            yield child
            yield from below(child)


def _text(path: str | Path) -> str:
    """Read a file of `/proc`; empty where its process has ended meanwhile."""
    try:
        return Path(path).read_text("utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return ""
