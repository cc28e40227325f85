"""The progress of a run on stderr: a bar on a terminal, else a line for every tenth of the reports and every minute."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reportgen.cli.options import lines, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportgen.fleet.run_loop import Progress

_SOME = 5  # names that a line of progress has room for
_BEAT_SECONDS = 60.0  # after the last line, in which another says that the run is alive


@contextmanager
def shown_progress() -> Iterator[Callable[[Progress], None]]:
    """Yield a function that shows progress: a bar on a terminal, else a line for every tenth and every minute."""
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
    printed_tenths, began = 0, time.monotonic()
    next_beat = began + _BEAT_SECONDS

    def update(state: Progress) -> None:
        nonlocal printed_tenths, next_beat
        ended, now = sum(state.states.values()), time.monotonic()
        tenth = 10 * ended // max(state.total, 1)
        if tenth > printed_tenths:
            printed_tenths = tenth
            counts = ", ".join(f"{count} {name}" for name, count in sorted(state.states.items()))
            say(f"reportgen: {ended} of {state.total}: {counts}", event="progress", ended=ended, total=state.total)
        elif now >= next_beat:
            names = sorted(state.working)
            more = f" and {len(names) - _SOME} more" if len(names) > _SOME else ""
            minutes, shown = (now - began) / 60, ", ".join(names[:_SOME])
            text = f"{ended} of {state.total} after {minutes:.0f} min; at work: {shown}{more}"
            say(f"reportgen: {text}", event="heartbeat", ended=ended, total=state.total, working=names)
        else:
            return
        next_beat = now + _BEAT_SECONDS

    return update
