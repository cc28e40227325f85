"""The run before: the last run of the same fleet whose reports have an earlier period of the same length."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from reportgen.errors import OutputError, PeriodError
from reportgen.fleet.run_folders import run_folder
from reportgen.fleet.run_records import RunResults
from reportgen.fleet.run_results import RESULTS, plan_in
from reportgen.periods import is_day, resolve_period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.fleet.run_records import ReportResult, RunPlan
    from reportgen.periods import Period

_LATER = date(9000, 1, 1)  # than any period of a run: a period that is not over would be cut
_ALIKE = 0.9  # of the days: a month has 28 to 31, a quarter 90 to 92


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """The reports of an earlier run.

    Attributes:
        period: Their period, such as `2026-09`.
        reports: Their results, by the client's lasting id, else its slug, and spec.
    """

    period: str
    reports: dict[tuple[str, str], ReportResult]

    def same(self, report: ReportResult) -> ReportResult | None:
        """Return the earlier result of the same client and spec; None where there was none."""
        own = (self.reports.get((name, report.spec)) for name in (report.lasting_id, report.client))
        return next(filter(None, own), None)


def earlier_runs(folder: Path, periods: Iterable[str]) -> dict[str, EarlierRun]:
    """Return the run before, for each period of a run that has an earlier run.

    A run without results, because it was killed and never run again, is left out.

    Args:
        folder: Of the run; the others are beside it.
        periods: The periods of its reports.
    """
    others = list(_others(folder))
    found: dict[str, EarlierRun] = {}
    for period in periods:
        days = _days(period)
        earlier = [(then, other, name) for other, name, then in others if days and then and _comes_before(then, days)]
        if earlier:
            _then, other, name = max(earlier, key=lambda run: (run[0].start, run[1].name))
            found[period] = EarlierRun(name, _reports(other, name))
    return found


def _others(folder: Path) -> Iterator[tuple[Path, str, Period | None]]:
    """Yield the other runs of the same fleet, once for each period of their reports."""
    own = _plan(folder)
    for path in sorted(run_folder(folder).parent.glob(f"*/{RESULTS}")):
        other = _plan(path.parent)
        # By its name, as runs are: the folder of a fleet changes with a move or on another machine.
        is_same = own and other and Path(other.fleet).name == Path(own.fleet).name
        if other and is_same and not path.parent.samefile(folder):
            for name in sorted({job.period for job in other.jobs}):
                yield path.parent, name, _days(name)


def _plan(folder: Path) -> RunPlan | None:
    """Return the plan of a run; None where it cannot be read, because another run's damage is not ours."""
    with suppress(OutputError):
        return plan_in(folder)
    return None


def _reports(folder: Path, period: str) -> dict[tuple[str, str], ReportResult]:
    """Return the results of a run's reports of a period; none where they cannot be read, for the same reason."""
    try:
        results = RunResults.model_validate_json((folder / RESULTS).read_bytes())
    except (OSError, ValidationError):
        return {}
    return {(report.lasting_id, report.spec): report for report in results.reports if report.period == period}


def _days(period: str) -> Period | None:
    try:
        return resolve_period(f"{period}..{period}" if is_day(period) else period, _LATER)
    except PeriodError:
        return None


def _comes_before(earlier: Period, later: Period) -> bool:
    shorter, longer = sorted((earlier.days, later.days))
    return earlier.start < later.start and shorter >= _ALIKE * longer
