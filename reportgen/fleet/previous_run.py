"""The run before: the last one of the same fleet whose reports are about an earlier period of the same length."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from reportgen.errors import PeriodError
from reportgen.fleet.run_records import RunPlan, RunResults
from reportgen.fleet.run_results import PLAN, RESULTS
from reportgen.periods import is_day, resolve_period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.fleet.run_records import ReportResult
    from reportgen.periods import Period

_LATER = date(9000, 1, 1)  # than any period of a run: one that is still running would be cut
_ALIKE = 0.9  # of the days: a month has 28 to 31, a quarter 90 to 92


@dataclass(frozen=True, slots=True)
class Earlier:
    """The reports of the run before.

    Attributes:
        period: What they are about, such as `2026-09`.
        reports: What its results tell of each, by client and spec.
    """

    period: str
    reports: dict[tuple[str, str], ReportResult]


def runs_before(folder: Path, periods: Iterable[str]) -> dict[str, Earlier]:
    """Return the run before for each period of a run that has one.

    A run without results, because it was killed and never taken up again, is none.

    Args:
        folder: Of the run; the others are beside it.
        periods: What its reports are about.
    """
    wanted = {period: _days(period) for period in periods}
    others = list(_others(folder))
    found: dict[str, Earlier] = {}
    for period, days in wanted.items():
        earlier = [(when, other, name) for other, name, when in others if days and when and _comes_before(when, days)]
        if earlier:
            _when, other, name = max(earlier, key=lambda one: (one[0].start, one[1].name))
            found[period] = Earlier(name, _reports(other, name))
    return found


def _others(folder: Path) -> Iterator[tuple[Path, str, Period | None]]:
    """Yield the other runs of the same fleet, once for each period that their reports are about."""
    own = _plan(folder)
    for path in sorted(folder.resolve().parent.glob(f"*/{RESULTS}")):
        other = _plan(path.parent)
        # By its name, as runs are: the folder of a fleet is another one after a move or on another machine.
        is_same = own and other and Path(other.fleet).name == Path(own.fleet).name
        if other and is_same and path.parent != folder.resolve():
            for name in sorted({job.period for job in other.jobs}):
                yield path.parent, name, _days(name)


def _plan(folder: Path) -> RunPlan | None:
    """Return what a run was to do; None where that cannot be read, because another run's damage is not ours."""
    try:
        return RunPlan.model_validate_json((folder / PLAN).read_bytes())
    except (OSError, ValidationError):
        return None


def _reports(folder: Path, period: str) -> dict[tuple[str, str], ReportResult]:
    """Return what the results of another run tell; nothing where they cannot be read, for the same reason."""
    try:
        results = RunResults.model_validate_json((folder / RESULTS).read_bytes())
    except (OSError, ValidationError):
        return {}
    return {(one.client, one.spec): one for one in results.reports if one.period == period}


def _days(period: str) -> Period | None:
    try:
        return resolve_period(f"{period}..{period}" if is_day(period) else period, _LATER)
    except PeriodError:
        return None


def _comes_before(earlier: Period, later: Period) -> bool:
    shorter, longer = sorted((earlier.days, later.days))
    return earlier.start < later.start and shorter >= _ALIKE * longer
