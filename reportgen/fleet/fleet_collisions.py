"""Collisions of fleets under the same root: a run is refused that would write the same files as another fleet."""

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
    """Refuse a run that would write over files of another fleet.

    A fleet file of the same name whose former place is empty is the same fleet, moved.

    Args:
        root: Folder under which reports are written.
        folder: Of the run.
        file: The fleet file.
        plan: The plan of the run.

    Raises:
        ConfigurationError: Another fleet has the folder of the run, or writes a file of it.
    """
    own = {place: report for report in plan.jobs for place in _files(report)}
    for other, recorded in _runs_of_others(root, file):
        if other.resolve() == folder.resolve():
            raise ConfigurationError(
                f"{file}: another fleet, {fleet_file(other, recorded.fleet)}, has its run in {other} already; {_ADVICE}"
            )
        for report in recorded.jobs:
            shared = next((place for place in _files(report) if place in own), None)
            if shared:
                raise ConfigurationError(
                    f"{file}: another fleet, {fleet_file(other, recorded.fleet)}, writes {own[shared].folder} "
                    f"for {report.client_and_spec} too ({shared}), and one would overwrite the other; {_ADVICE}"
                )


_ADVICE = (
    "give one of the two fleets another --out or another `output:`; where they are the same fleet under a new name, "
    "remove the folder of the earlier run"
)


def _runs_of_others(root: Path, file: Path) -> Iterator[tuple[Path, RunPlan]]:
    """Yield the folder and the plan of each run of another fleet under a root, as far as they can be read."""
    for path in sorted((root / RUNS).glob(f"*/{PLAN}")):
        try:
            plan = plan_in(path.parent)
        except OutputError:  # another run's damage is not ours
            continue
        before = fleet_file(path.parent, plan.fleet)
        is_moved = before.name == file.name and not before.is_file()
        if not is_moved and before.resolve() != file.resolve():
            yield path.parent, plan


def _files(report: PlannedReport) -> Iterator[str]:
    """Yield the paths of a report's files below the root, equal where a disk ignores case and forms of accents."""
    stem = joined_stem(report.client, report.spec, report.period)
    for name in report.formats:
        suffix = name.partition("-")[0]  # pdf-plain and csv-excel have the suffixes of pdf and csv
        yield unicodedata.normalize("NFC", f"{report.folder}/{stem}.{suffix}").casefold()
