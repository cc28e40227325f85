"""Other fleets that write under the same root: two that would write the same files are refused before anything is."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from reportgen.errors import ConfigurationError, OutputError
from reportgen.files import joined_stem
from reportgen.fleet.run_folders import RUNS, fleet_file
from reportgen.fleet.run_results import PLAN, plan_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportgen.fleet.run_records import PlannedReport, RunPlan


def refuse_collisions(root: Path, folder: Path, file: Path, plan: RunPlan) -> None:
    """Refuse a run that would write over what another fleet writes.

    A fleet file of the same name whose former place is empty is the same fleet, moved.

    Args:
        root: Under which reports are written.
        folder: Of the run.
        file: The fleet file.
        plan: What the run is to do.

    Raises:
        ConfigurationError: Another fleet has the folder of the run, or writes a file of it.
    """
    own = {place: report for report in plan.jobs for place in _files(report)}
    for other, recorded in _runs_of_others(root, file):
        if other.resolve() == folder.resolve():
            message = f"{file}: {_whose(other, recorded)} has its run in {other} already; {_ADVICE}"
            raise ConfigurationError(message)
        for report in recorded.jobs:
            shared = next((place for place in _files(report) if place in own), None)
            if shared:
                message = (
                    f"{file}: {_whose(other, recorded)} writes {own[shared].folder} for {report.client}/{report.spec} "
                    f"too ({shared}), and one would overwrite the other; {_ADVICE}"
                )
                raise ConfigurationError(message)


_ADVICE = (
    "give one of the two fleets another --out or another `output:`; where they are the same fleet under a new name, "
    "remove the folder of the earlier run"
)


def _runs_of_others(root: Path, file: Path) -> Iterator[tuple[Path, RunPlan]]:
    """Yield the folder and the plan of each run under a root that is another fleet's, as far as they can be read."""
    for path in sorted((root / RUNS).glob(f"*/{PLAN}")):
        try:
            plan = plan_in(path.parent)
        except OutputError:  # another run's damage is not ours
            continue
        before = fleet_file(path.parent, plan.fleet)
        is_moved = before.name == file.name and not before.is_file()
        if not is_moved and before.resolve() != file.resolve():
            yield path.parent, plan


def _whose(folder: Path, plan: RunPlan) -> str:
    return f"another fleet, {fleet_file(folder, plan.fleet)},"


def _files(report: PlannedReport) -> Iterator[str]:
    """Yield the files of a report below the root, on disks that know no case and no accents' forms."""
    stem = joined_stem(report.client, report.spec, report.period)
    for name in report.formats:
        suffix = name.partition("-")[0]  # pdf-plain and csv-excel write what pdf and csv do
        yield unicodedata.normalize("NFC", f"{report.folder}/{stem}.{suffix}").casefold()
