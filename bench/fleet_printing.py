"""What a fleet cost, as tables to read, and whether its goals are met."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from statistics import linear_regression, median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bench.processes import Cost, Look

_LOOP, _ONE, _TWO = "loop", "run 1", "run 2"
_GOAL_ONE, _GOAL_TWO, _GOAL_GROWTH = 0.97, 1.85, 0.03
_POINTS = 2  # of a line, at least


@dataclass(frozen=True, slots=True)
class Runs:
    """A command that made reports: what it cost, and the processors' seconds of the API meanwhile."""

    cost: Cost
    server: float


@dataclass(slots=True)
class Figures:
    """All that was measured.

    Attributes:
        reports: Of each fleet.
        first: What the first report alone cost, by way and round.
        all: What all reports cost, likewise.
        worker: Memory of a worker that is never replaced after each report, in MB.
    """

    reports: int
    first: dict[str, list[Runs]]
    all: dict[str, list[Runs]]
    worker: list[float] = field(default_factory=list)

    def further(self, way: str, cost: Callable[[Runs], float]) -> list[float]:
        """Return what a report beyond the first cost in each round."""
        pairs = zip(self.first[way], self.all[way], strict=True)
        return [(cost(all_) - cost(first)) / (self.reports - 1) for first, all_ in pairs]

    def ratio(self, way: str, base: str, cost: Callable[[Runs], float], *, is_whole: bool = True) -> float | None:
        """Return how many times as fast one way is as another, the median of rounds; None where one was not run.

        Args:
            way: The one.
            base: The other.
            cost: What is compared.
            is_whole: Whether of whole runs, with their starts; else of their further reports.
        """
        if way not in self.all or base not in self.all:
            return None
        mine, other = (
            [cost(runs) for runs in self.all[name]] if is_whole else self.further(name, cost) for name in (way, base)
        )
        return median(b / a for a, b in zip(mine, other, strict=True))

    def as_json(self) -> dict[str, object]:
        """Return all as JSON values."""
        costs = {name: [asdict(runs) for runs in rounds] for name, rounds in self.all.items()}
        firsts = {name: [asdict(runs) for runs in rounds] for name, rounds in self.first.items()}
        return {"reports": self.reports, "first": firsts, "all": costs, "worker": self.worker}


def _wall(runs: Runs) -> float:
    return runs.cost.wall


def _cpu(runs: Runs) -> float:
    return runs.cost.cpu


_KINDS: dict[str, Callable[[Runs], float]] = {
    "parent": lambda runs: runs.cost.first,
    "workers": lambda runs: runs.cost.below,
    "the API": lambda runs: runs.server,
}


def lines(figures: Figures) -> Iterator[str]:
    """Yield the lines of the tables: medians of the rounds."""
    rounds = len(figures.all[_LOOP])
    yield f"{figures.reports:,} reports, {rounds} rounds; medians"
    yield f"{'':8}{'reports/min':>12}{'x loop':>8}{'by cpu':>8}{'further ones by cpu':>21}"
    for way, measured in figures.all.items():
        rate = 60 * figures.reports / median(map(_wall, measured))
        wall, cpu = figures.ratio(way, _LOOP, _wall), figures.ratio(way, _LOOP, _cpu)
        further = figures.ratio(way, _LOOP, _cpu, is_whole=False)
        yield f"{way:8}{rate:12.1f}{wall:8.2f}{cpu:8.2f}{further:21.2f}"
    yield ""
    yield f"{'cpu':8}" + "".join(f"{f'{kind}: first':>16}{'ms a further':>14}" for kind in _KINDS)
    for way, first in figures.first.items():
        cells = (
            f"{median(map(cost, first)):13.2f} s {1000 * median(figures.further(way, cost)):13.1f}"
            for cost in _KINDS.values()
        )
        yield f"{way:8}" + "".join(cells)
    yield ""
    yield f"{'memory':8}{'parent':>10}{'kB a report':>14}{'a worker':>12}{'kB a report':>14}"
    for way, measured in figures.all.items():
        peaks = (max(one.cost.first_peak for one in measured), max(one.cost.below_peak for one in measured))
        slopes = (_growth(measured, lambda look: look.first), _growth(measured, lambda look: look.largest))
        yield f"{way:8}" + "".join(f"{peak:7.0f} MB{slope:+14.0f}" for peak, slope in zip(peaks, slopes, strict=True))
    grown = f"{1000 * slope([*enumerate(figures.worker)]):+.1f} kB a report"
    size = f"{figures.worker[-1]:.0f} MB after {len(figures.worker):,}"
    yield f"a worker that is never replaced: {grown}, {size}"


def goals(figures: Figures) -> Iterator[str]:
    """Yield each goal and whether it is met."""
    yield ""
    found = (
        (f"1 worker, by wall, of the loop's rate at least {_GOAL_ONE}", figures.ratio(_ONE, _LOOP, _wall), _GOAL_ONE),
        (f"1 worker, by cpu, at least {_GOAL_ONE}", figures.ratio(_ONE, _LOOP, _cpu), _GOAL_ONE),
        (
            f"1 worker, further reports by cpu, at least {_GOAL_ONE}",
            figures.ratio(_ONE, _LOOP, _cpu, is_whole=False),
            _GOAL_ONE,
        ),
        (f"2 workers, by wall, of 1 at least {_GOAL_TWO}", figures.ratio(_TWO, _ONE, _wall), _GOAL_TWO),
    )
    for text, value, least in found:
        if value is not None:
            yield f"{_met(value >= least)}  {text}: {value:.3f}"
    growth = slope([*enumerate(figures.worker)])
    yield f"{_met(growth < _GOAL_GROWTH)}  a worker grows less than {_GOAL_GROWTH} MB a report: {growth:.4f}"


def _met(is_met: bool) -> str:  # noqa: FBT001 - its only word
    return "met    " if is_met else "not met"


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Return the slope of a straight line through points, the first fifth left out; 0 where it has no direction."""
    settled = points[len(points) // 5 :]
    if len({x for x, _y in settled}) < _POINTS:
        return 0.0
    return linear_regression(*zip(*settled, strict=True)).slope


def _growth(measured: Sequence[Runs], memory: Callable[[Look], float]) -> float:
    """Return the kilobytes that a process grew by with each finished report, the median of rounds."""
    looks = ([(look.done, memory(look)) for look in one.cost.looks if look.done] for one in measured)
    return 1000 * median(map(slope, looks))
