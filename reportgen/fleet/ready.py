"""What has to be there before a run starts: every token, address, secret and folder, or all that is missing at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.connect.tokens import Tokens
from reportgen.errors import ConfigurationError
from reportgen.fleet.delivering import check_all, parcels_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.fleet.record import PlannedReport
    from reportgen.spec.client import Client, Secret
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
            check_all(parcels_of(fleet, file, reports))
        except ConfigurationError as error:
            problems.append(str(error))
    if problems:
        raise ConfigurationError("\n".join(problems))


def secret_names(fleet: Fleet, clients: Iterable[Client]) -> frozenset[str]:
    """Return the environment variables that hold secrets of a fleet."""
    return frozenset(place.env for _, _, place in secrets_of(fleet, Path(), clients) if place.env)


def secrets_of(fleet: Fleet, file: Path, clients: Iterable[Client]) -> Iterator[tuple[Path, str, Secret]]:
    """Yield where each secret of a fleet is: the file that names the place, its key there, and the place."""
    shared = fleet.defaults.api
    yield from _places(file, "defaults.api", token=shared.token, customer_token=shared.customer_token)
    for index, channel in enumerate(fleet.deliver.to if fleet.deliver else ()):
        key = f"deliver.to.{index}"
        yield from _places(file, f"{key}.email", server=channel.email.server if channel.email else None)
        yield from _places(file, f"{key}.webhook", secret=channel.webhook.secret if channel.webhook else None)
    for client in clients:
        if client.api:
            yield from _places(client.path, "api", token=client.api.token, customer_token=client.api.customer_token)


def _places(owner: Path, key: str, **named: Secret | None) -> Iterator[tuple[Path, str, Secret]]:
    yield from ((owner, f"{key}.{name}", place) for name, place in named.items() if place)


def client_lacks(client: Client) -> Iterator[ConfigurationError]:
    """Yield what a client cannot be asked for without."""
    try:
        Tokens.of(*client.tokens())
        if client.fetch == "async":
            client.webhook()
    except ConfigurationError as error:
        yield error


def _lacking(client: Client) -> Iterator[str]:
    for error in client_lacks(client):
        yield str(error) if str(client.path) in str(error) else f"{client.path}: {error}"
