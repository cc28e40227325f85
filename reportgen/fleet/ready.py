"""What has to be there before a run starts: every token, address, secret and folder, or all that is missing at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.connect.tokens import Tokens
from reportgen.errors import ConfigurationError
from reportgen.fleet.channels import check_channels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.fleet.record import PlannedReport
    from reportgen.spec.client import Client, Secret
    from reportgen.spec.fleet import Fleet


def check_ready(
    fleet: Fleet, file: Path, clients: Iterable[Client], reports: Iterable[PlannedReport], *, delivers: bool
) -> None:
    """Refuse a run that lacks what its clients share, or what every one of them needs.

    What one client lacks costs that client's reports alone: they fail when they are asked for.

    Args:
        fleet: What is to be made.
        file: The fleet file.
        clients: For whom.
        reports: All that is to be made.
        delivers: Whether the run sends what it makes.

    Raises:
        ConfigurationError: With everything that is missing.
    """
    told = tuple(clients)
    lacking = [tuple(_lacking(client)) for client in told]
    own = () if () in lacking else (problem for wrong in lacking for problem in wrong)
    problems = list(dict.fromkeys((*_shared_lacking(fleet, file, told), *own)))
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


def _shared_lacking(fleet: Fleet, file: Path, clients: Iterable[Client]) -> Iterator[str]:
    """Yield which tokens of the fleet's defaults are missing, where a client has them from there."""
    defaults = fleet.defaults.api
    used = [(client.api.token, client.api.customer_token) for client in clients if client.api]
    for number, (key, place) in enumerate((("token", defaults.token), ("customer_token", defaults.customer_token))):
        if place and any(_is_same(tokens[number], place, file.parent) for tokens in used):
            try:
                place.read(file, f"defaults.api.{key}")
            except ConfigurationError as error:
                yield str(error)


def _is_same(own: Secret, default: Secret, folder: Path) -> bool:
    """Tell whether a client's token is the fleet's; the path of its file is absolute then."""
    if own.env or default.env:
        return own.env == default.env
    return Path(own.file or "") == (folder / (default.file or "")).resolve()


def _lacking(client: Client) -> Iterator[str]:
    """Yield what a client cannot be asked for without."""
    try:
        Tokens.of(*client.tokens())
        if client.fetch == "async":
            client.webhook()
    except ConfigurationError as error:
        yield str(error) if str(client.path) in str(error) else f"{client.path}: {error}"
