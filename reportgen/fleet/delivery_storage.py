"""The channel to a storage, such as a bucket of S3: the files are put there under their names, by fsspec."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from reportgen.components.variables import fill_variables
from reportgen.errors import ConfigurationError, MissingLibrary, OutputError
from reportgen.files import slug
from reportgen.fleet.delivery_errors import Postponed
from reportgen.fleet.optional_libraries import installed_by
from reportgen.fleet.parcels import Channel
from reportgen.spec.secret_places import Secret

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from reportgen.fleet.parcels import Dispatch, Parcel
    from reportgen.fleet.run_records import PlannedReport
    from reportgen.spec.delivery_spec import StorageDelivery
    from reportgen.spec.report_spec import ReportSpec

_KEY = "deliver.to.storage"
_WAY = "storage "


@dataclass(frozen=True, slots=True)
class StorageChannel(Channel):
    """The channel to a storage.

    Attributes:
        storage: As it is written.
        file: The fleet file.
    """

    storage: StorageDelivery
    file: Path

    def addresses(self, report: PlannedReport) -> tuple[str, ...]:
        """Return the address of a report's files, its variables filled in as plain names."""
        values = {name: slug(value) for name, value in report.variables.items()}
        return (f"{_WAY}{fill_variables(self.storage.url, values).rstrip('/')}",)

    def check(self, _locales: Iterable[str], _specs: Sequence[ReportSpec] = ()) -> None:
        """Refuse an address of a storage that cannot be used from here; nothing is asked of it.

        Raises:
            ConfigurationError: Its address leads upwards, or nobody knows its kind, or a secret is missing.
            MissingLibrary: The library for its kind is not installed.
        """
        kind, _, path = self.storage.url.partition("://")
        if ".." in PurePosixPath(path).parts:
            raise ConfigurationError(f"{self.file}: {_KEY}.url: '..' is no part of an address; write names joined by /")
        self._options()
        with installed_by("cloud", "storage:"):
            from fsspec import get_filesystem_class
        try:
            get_filesystem_class(kind)
        except ValueError as error:
            raise ConfigurationError(f"{self.file}: {_KEY}.url: {kind}:// is no kind of storage: {error}") from error
        except ImportError as error:
            raise MissingLibrary(f"{self.file}: {_KEY}.url: {kind}:// needs one more library: {error}") from error

    def send(self, parcels: Sequence[Parcel], dispatch: Dispatch) -> Mapping[str, OutputError]:
        """Put the files of each parcel into the storage; the same files under the same names are the same delivery.

        Raises:
            OutputError: The storage refuses them.
            Postponed: It cannot be reached, or ended in the middle.
        """
        for parcel in parcels:
            address = parcel.address.removeprefix(_WAY)
            for file in parcel.files:
                name = file.path.rpartition("/")[2]
                try:
                    self._put(dispatch.root / file.path, f"{address}/{name}", file.bytes)
                except (FileNotFoundError, PermissionError) as error:
                    raise OutputError(f"the storage refused {name}: {_reason(error)}") from error
                except OutputError:
                    raise
                except Exception as error:  # each storage has its own
                    raise Postponed(f"{name} was not put into the storage: {_reason(error)}") from error
        return {}

    def secrets(self) -> Iterator[str]:
        """Yield the secrets among the options."""
        for key, value in self.storage.options.items():
            if isinstance(value, Secret):
                with suppress(ConfigurationError):  # a secret that cannot be read cannot be shown
                    yield value.read(self.file, f"{_KEY}.options.{key}").get_secret_value()

    def _put(self, path: Path, target: str, size: int) -> None:
        with installed_by("cloud", "storage:"):
            from fsspec.core import url_to_fs
        system, place = url_to_fs(target, **self._options())
        system.put_file(str(path), place)
        system.invalidate_cache()
        stored = system.info(place)["size"]
        if stored != size:
            raise Postponed(f"the storage has {stored} bytes of {path.name}, and not {size}")

    def _options(self) -> dict[str, Any]:
        return {
            key: value.read(self.file, f"{_KEY}.options.{key}").get_secret_value()
            if isinstance(value, Secret)
            else value
            for key, value in self.storage.options.items()
        }


def _reason(error: Exception) -> str:
    """Return the text of a storage's error, on a line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"
