"""The channels of a fleet, and the parcels of its reports on them. Each can be checked before anything is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.errors import ConfigurationError, ReportgenError
from reportgen.fleet.delivery_folders import FolderChannel
from reportgen.fleet.delivery_mail import MailChannel
from reportgen.fleet.delivery_notices import NoticeChannel
from reportgen.fleet.delivery_storage import StorageChannel
from reportgen.fleet.delivery_webhooks import WebhookChannel
from reportgen.fleet.parcels import Parcel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from reportgen.fleet.parcels import Channel
    from reportgen.fleet.run_records import PlannedReport, WrittenFile
    from reportgen.spec.delivery_spec import DeliveryChannel
    from reportgen.spec.fleet_file import Fleet
    from reportgen.spec.report_spec import ReportSpec

_WAYS: dict[str, Callable[..., Channel]] = {
    "folder": FolderChannel,
    "email": MailChannel,
    "webhook": WebhookChannel,
    "storage": StorageChannel,
    "notify": NoticeChannel,
}
"""Key of a channel in the fleet file -> the channel."""


def channels_of(fleet: Fleet, file: Path) -> tuple[Channel, ...]:
    """Return the channels of a fleet, in the order of its file.

    Args:
        fleet: The fleet.
        file: Its file; paths in it start from its folder.
    """
    return tuple(_channel(written, file) for written in fleet.deliver.to) if fleet.deliver else ()


def parcels_of(
    channels: Sequence[Channel], report: PlannedReport, files: Sequence[WrittenFile] = ()
) -> tuple[Parcel, ...]:
    """Return the parcels of a report: one for each of its readers, with its files as far as it has any."""
    return tuple(
        Parcel(report, channel, place, address, channel.carried(files))
        for place, channel in enumerate(channels)
        for address in channel.addresses(report)
    )


def addresses_of(channels: Sequence[Channel], report: PlannedReport) -> tuple[str, ...]:
    """Return the addresses that a report is sent to, in words, each once."""
    return tuple(dict.fromkeys(address for channel in channels for address in channel.addresses(report)))


def check_channels(fleet: Fleet, file: Path, locales: Iterable[str], specs: Sequence[ReportSpec] = ()) -> None:
    """Refuse a fleet that could send nothing over a channel, to any client.

    Args:
        fleet: The fleet.
        file: Its file.
        locales: Languages of the readers; there may be a text of letters for each.
        specs: The specs of the fleet, whose numbers live words may name; with none, any name will do.

    Raises:
        ConfigurationError: With every server, secret, address and text of letters that is missing or wrong.
    """
    problems: dict[str, None] = {}
    for channel in channels_of(fleet, file):
        try:
            channel.check(sorted(set(locales)), specs)
        except ReportgenError as error:
            problems[str(error)] = None
    if problems:
        raise ConfigurationError("\n".join(problems))


def _channel(written: DeliveryChannel, file: Path) -> Channel:
    """Return a channel as its key in the fleet file says."""
    key, value = next((key, value) for key, value in written if value is not None)
    return _WAYS[key](value, file)
