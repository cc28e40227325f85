"""Documents ordered from engines in other processes, each checked before its time counts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from bench.checking import Charts, misses
from bench.worker import PDF, Order, Run, document

if TYPE_CHECKING:
    from collections.abc import Iterator

Answer: TypeAlias = dict[str, float | str]


@dataclass(frozen=True, slots=True)
class Engine:
    """Something that makes the document.

    Attributes:
        title: As it is printed.
        name: Of its file in `engines`.
        charts: How they are checked.
        fresh: Whether each document has a process of its own, whose start counts.
        table: Whether it makes the big table too.
        quick: Whether it is part of the short run.
        formats: The files that it makes of a document.
    """

    title: str
    name: str
    charts: Charts
    fresh: bool = False
    table: bool = True
    quick: bool = True
    formats: tuple[str, ...] = PDF


@dataclass(slots=True)
class Measured:
    """The runs of an engine, by round; a run that made a wrong document has no time."""

    engine: Engine
    runs: dict[int, Run] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    missing: str = ""


class Worker:
    """A process of an engine, and the folder in which it leaves its documents."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        """Start it."""
        self._folder = folder
        command = [sys.executable, "-m", "bench.worker", engine.name, str(folder), *engine.formats]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def answer(self, order: Order) -> Answer:
        """Have a document made."""
        orders, answers = self._process.stdin, self._process.stdout
        if orders is None or answers is None:
            raise AssertionError
        try:
            print(json.dumps(asdict(order)), file=orders, flush=True)
        except BrokenPipeError:
            return {"wrong": "its process had ended"}
        line = answers.readline()
        said: Answer = json.loads(line) if line else {"wrong": "its process ended"}
        return said

    def document(self, form: str) -> bytes:
        """Return the last document in a format."""
        return (self._folder / document(form)).read_bytes()

    def end(self) -> None:
        """Let it end, by the end of its orders."""
        self._process.communicate()


@contextmanager
def working(engine: Engine) -> Iterator[Worker]:
    """Keep a worker as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder:
        worker = Worker(engine, Path(folder))
        try:
            yield worker
        finally:
            worker.end()


def make_warm(worker: Worker, order: Order, measured: Measured, turn: int | None) -> None:
    """Have a document made by a worker that waits for it; without a turn it only warms up."""
    _keep(worker.answer(order), worker, order, measured, turn)


def make_fresh(order: Order, measured: Measured, turn: int) -> None:
    """Have a document made in a process of its own; all of that counts, from its start to its end."""
    with tempfile.TemporaryDirectory() as folder:
        cpu, wall = _ended(), time.perf_counter()
        worker = Worker(measured.engine, Path(folder))
        said = worker.answer(order)
        worker.end()
        wall, cpu = time.perf_counter() - wall, _ended() - cpu
        _keep(said | {"wall": wall, "cpu": cpu} if "wall" in said else said, worker, order, measured, turn)


def _keep(said: Answer, worker: Worker, order: Order, measured: Measured, turn: int | None) -> None:
    """Keep what a right document cost, or what is wrong with it."""
    if "missing" in said:
        measured.missing = str(said["missing"])
        return
    if "wrong" in said:
        measured.wrong.append(str(said["wrong"]))
        return
    files = {form: worker.document(form) for form in measured.engine.formats}
    found = [miss for form, file in files.items() for miss in misses(order.content, form, file, measured.engine.charts)]
    if found:
        measured.wrong.append("; ".join(found))
    elif turn is not None:
        measured.runs[turn] = Run(**{name: float(value) for name, value in said.items()})
        measured.sizes.append(sum(map(len, files.values())))


def _ended() -> float:
    """Return the processors' seconds of the processes that were started here and have ended."""
    times = os.times()
    return times.children_user + times.children_system
