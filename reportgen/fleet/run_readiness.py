"""What has to be there before a run starts: every token, address, secret and folder, or all that is missing at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from reportgen.connect.network_addresses import api_address, join_address
from reportgen.connect.tokens import Tokens
from reportgen.errors import ConfigurationError
from reportgen.fleet.delivery_channels import check_channels
from reportgen.spec.client_file import Secret

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reportgen.fleet.run_records import PlannedReport
    from reportgen.spec.client_file import Client
    from reportgen.spec.fleet_file import Fleet


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
    checks: list[Callable[[], object]] = [lambda: join_address(api_address(), "")]
    if delivers:
        checks.append(lambda: check_channels(fleet, file, {one.locale for one in reports}))
    for check in checks:
        try:
            check()
        except ConfigurationError as error:
            problems.append(str(error))
    if problems:
        raise ConfigurationError("\n".join(problems))


def secret_names(*written: BaseModel) -> frozenset[str]:
    """Return the environment variables that hold secrets, wherever a fleet file or a client file names them."""
    return frozenset(place.env for one in written for _, place in _places(one) if place.env)


def secrets_of(file: Path, written: BaseModel) -> Iterator[tuple[Path, str, Secret]]:
    """Yield the file that names the place of each secret of a fleet or a client, its key there, and the place."""
    yield from ((file, key, place) for key, place in _places(written))


def _places(written: object, key: str = "") -> Iterator[tuple[str, Secret]]:
    """Yield the places of secrets in a value of a file, each with its key."""
    if isinstance(written, Secret):
        yield key, written
        return
    items = written if isinstance(written, BaseModel) else enumerate(written) if isinstance(written, tuple) else ()
    for name, value in items:
        yield from _places(value, f"{key}.{name}" if key else str(name))


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
