"""What was measured, as tables to read."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bench.measuring import Measured
    from bench.worker import Run

BASES = {"naive": "naive", "plain": "plain", "Chromium": "chromium"}
"""Short title of what is compared with -> its engine; the fresh process where an engine has both."""
SET_BASES = {"naive": "naive_files", "page engine": "ours pdf-plain", "peers": "peers"}
"""The same for the whole set; a name with formats is that of an engine which makes only these."""


def lines(measured: Sequence[Measured], names: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each engine: medians of the right documents, and ratios of wall and processor time.

    Args:
        measured: The engines.
        names: Those that all are compared with, `BASES` or `SET_BASES`.
    """
    bases = {title: _base(name, measured) for title, name in names.items()}
    yield (
        f"{'':34}{'n':>3} {'wall ms':>8} {'cpu ms':>8} {'/min':>6} {'/min core':>9}"
        + "".join(f"{'x ' + title:>14}" for title in bases)
        + f" {'MB':>6} {'KB':>7}"
    )
    for one in measured:
        yield _line(one, bases)
    yield "(x: how many times as fast, by wall / by cpu time, median of the rounds that both made)"


def _line(one: Measured, bases: Mapping[str, Measured | None]) -> str:
    title = f"{one.engine.title:34}"
    if one.missing:
        return f"{title}not measured: {one.missing}"
    told = f"  WRONG: {len(one.wrong)} documents, such as: {one.wrong[0]}" if one.wrong else ""
    if not one.runs:
        return title + (told or "not measured")
    runs = list(one.runs.values())
    wall, cpu = middle(runs, "wall"), middle(runs, "cpu")
    ratios = "".join(f"{_ratios(one, base):>14}" for base in bases.values())
    size = statistics.median(one.sizes) / 1000
    return (
        f"{title}{len(runs):3} {1000 * wall:8,.0f} {1000 * cpu:8,.0f} {60 / wall:6,.0f} {60 / cpu:9,.0f}{ratios}"
        f" {max(run.peak for run in runs):6,.0f} {size:7,.0f}{told}"
    )


def _ratios(one: Measured, base: Measured | None) -> str:
    """Return how many times as fast an engine is, round by round, by wall and by processor time."""
    both = sorted(one.runs.keys() & base.runs.keys()) if base else []
    if base is None or not both:
        return "-"
    wall = statistics.median(base.runs[at].wall / one.runs[at].wall for at in both)
    cpu = statistics.median(base.runs[at].cpu / one.runs[at].cpu for at in both)
    return f"{wall:.2f} / {cpu:.2f}"


def _base(name: str, measured: Sequence[Measured]) -> Measured | None:
    """Return the row of an engine; the fresh one where there are two."""
    rows = [one for one in measured if name in {one.engine.name, " ".join((one.engine.name, *one.engine.formats))}]
    return next((one for one in rows if one.engine.fresh), rows[0] if rows else None)


def middle(runs: Sequence[Run], name: str) -> float:
    """Return the median of one of the figures of runs."""
    return statistics.median(float(getattr(run, name)) for run in runs)
