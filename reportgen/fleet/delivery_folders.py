"""The channel to a folder below that of the run: the files are copied there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from reportgen.components.variables import fill_variables
from reportgen.errors import ConfigurationError, OutputError
from reportgen.files import slug, write_whole
from reportgen.fleet.parcels import Channel
from reportgen.spec.fleet_texts import FLEET_VARIABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from reportgen.fleet.parcels import Dispatch, Parcel
    from reportgen.fleet.run_records import PlannedReport
    from reportgen.spec.report_spec import ReportSpec

_ANY = dict.fromkeys(FLEET_VARIABLES, "x")  # values to check a path with before there is a report


@dataclass(frozen=True, slots=True)
class FolderChannel(Channel):
    """A folder; its name may have variables.

    Attributes:
        folder: As it is written.
        file: The fleet file.
    """

    folder: str
    file: Path

    def addresses(self, report: PlannedReport) -> tuple[str, ...]:
        """Return the folder of a report."""
        return (f"folder {folder_of(self.folder, report.variables)}",)

    def check(self, _locales: Iterable[str], _specs: Sequence[ReportSpec] = ()) -> None:
        """Refuse a folder that leads out of the run's.

        Raises:
            ConfigurationError: It does.
        """
        path = PurePosixPath(folder_of(self.folder, _ANY))
        if path.is_absolute() or ".." in path.parts:
            raise ConfigurationError(
                f"{self.file}: deliver.to.folder: {path} leads out of the run's folder; write names joined by /"
            )

    def send(self, parcels: Sequence[Parcel], dispatch: Dispatch) -> Mapping[str, OutputError]:
        """Copy the files of each parcel."""
        root = dispatch.root
        for parcel in parcels:
            target = root / parcel.address.removeprefix("folder ")
            if not target.resolve().is_relative_to(root.resolve()):
                raise OutputError(f"{target}: leads out of {root}; is a folder in it a link?")
            for path in (root / file.path for file in parcel.files):
                write_whole(target / path.name, path.read_bytes())
        return {}

    def secrets(self) -> Iterator[str]:
        """Yield nothing: a folder is no secret."""
        yield from ()


def folder_of(folder: str, values: Mapping[str, str]) -> str:
    """Return a folder with the values of its variables as plain names."""
    return fill_variables(folder, {name: slug(value) for name, value in values.items()})
