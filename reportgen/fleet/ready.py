"""What has to be there before a run starts: every token, address, secret and folder, or all that is missing at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.connect.tokens import Tokens
from reportgen.errors import ConfigurationError
from reportgen.fleet.channels import check_channels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reportgen.fleet.record import PlannedReport
    from reportgen.spec.client import Client
    from reportgen.spec.fleet import Fleet


def check_ready(
    fleet: Fleet, file: Path, clients: Iterable[Client], reports: Iterable[PlannedReport], *, delivers: bool
) -> None:
    """Refuse a run that could not make or send a report for want of something.

    Args:
        fleet: What is to be made.
        file: The fleet file.
        clients: For whom.
        reports: All that is to be made.
        delivers: Whether the run sends what it makes.

    Raises:
        ConfigurationError: With everything that is missing.
    """
    problems = list(dict.fromkeys(problem for client in clients for problem in _lacking(client)))
    if delivers:
        try:
            check_channels(fleet, file, {one.locale for one in reports})
        except ConfigurationError as error:
            problems.append(str(error))
    if problems:
        raise ConfigurationError("\n".join(problems))


def secret_names(fleet: Fleet, clients: Iterable[Client]) -> frozenset[str]:
    """Return the environment variables that hold secrets of a fleet."""
    places = [place for client in clients if client.api for place in (client.api.token, client.api.customer_token)]
    for channel in fleet.deliver.to if fleet.deliver else ():
        places += [place for _key, place in channel.secrets]
    return frozenset(place.env for place in places if place.env)


def _lacking(client: Client) -> Iterator[str]:
    """Yield what a client cannot be asked for without."""
    try:
        Tokens.of(*client.tokens())
        if client.fetch == "async":
            client.webhook()
    except ConfigurationError as error:
        yield str(error) if str(client.path) in str(error) else f"{client.path}: {error}"
