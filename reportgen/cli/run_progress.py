"""The progress of a run on stderr: a bar on a terminal, else a line for every tenth of the reports."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reportgen.cli.options import lines, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportgen.fleet.run_loop import Progress

_SOME = 5  # names that a line of progress has room for


@contextmanager
def shown_progress() -> Iterator[Callable[[Progress], None]]:
    """Yield a function that shows progress: a bar on a terminal, else a line for every tenth of the run."""
    if not sys.stderr.isatty() or lines().is_quiet or lines().as_json:
        yield _lines()
        return
    from rich import progress
    from rich.console import Console

    columns = (
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TextColumn("{task.fields[rate]}"),
        progress.TimeRemainingColumn(),
        progress.TextColumn("{task.fields[working]}"),
    )
    with progress.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, rate="", working="")

        def update(state: Progress) -> None:
            ended = sum(state.states.values())
            others = [f"{count} {name}" for name, count in sorted(state.states.items()) if name != "done"]
            elapsed = bar.tasks[0].elapsed or 0
            rate = ", ".join((*others, f"{60 * ended / elapsed:.0f}/min" if elapsed else ""))
            names = ", ".join(sorted(state.working)[:_SOME])
            bar.update(task, total=state.total, completed=ended, rate=rate, working=names)

        yield update


def _lines() -> Callable[[Progress], None]:
    printed_tenths = 0

    def update(state: Progress) -> None:
        nonlocal printed_tenths
        ended = sum(state.states.values())
        tenth = 10 * ended // max(state.total, 1)
        if tenth > printed_tenths:
            printed_tenths = tenth
            counts = ", ".join(f"{count} {name}" for name, count in sorted(state.states.items()))
            say(f"reportgen: {ended} of {state.total}: {counts}", event="progress", ended=ended, total=state.total)

    return update
