"""Check before a run starts of every token, address, secret and folder; all that are missing are named at once."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.connect.network_addresses import api_address, join_address
from reportgen.connect.tokens import Tokens
from reportgen.errors import ConfigurationError
from reportgen.fleet.delivery_channels import check_channels
from reportgen.spec.secret_places import secret_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pydantic import BaseModel

    from reportgen.spec.client_file import Client
    from reportgen.spec.fleet_file import Fleet
    from reportgen.spec.planning import Plan
    from reportgen.spec.secret_places import Secret


def check_ready(  # noqa: PLR0913 - the fleet and its file, who and what is to be made, and two options
    fleet: Fleet,
    file: Path,
    clients: Iterable[Client],
    plans: Iterable[Plan],
    *,
    delivers: bool,
    strict: bool = False,
) -> None:
    """Refuse a run with problems that its clients share, or with problems of every client.

    The problems of a single client cost that client's reports alone: they fail when they are asked for.

    Args:
        fleet: The fleet.
        file: Its file.
        clients: The clients of the reports to make.
        plans: The plans of the reports to make.
        delivers: Whether the run sends its reports.
        strict: Whether the problems of a single client refuse the run too.

    Raises:
        ConfigurationError: With all problems.
    """
    clients, plans = tuple(clients), tuple(plans)
    specs = tuple({plan.spec.path: plan.spec for plan in plans}.values())
    by_client = [tuple(_problem_texts(client)) for client in clients]
    own = () if () in by_client and not strict else chain.from_iterable(by_client)
    problems = list(dict.fromkeys((*_shared_problems(fleet, file, clients), *own)))
    checks: list[Callable[[], object]] = [lambda: join_address(api_address(), "")]
    if delivers:
        checks.append(lambda: check_channels(fleet, file, {plan.locale for plan in plans}, specs))
    for check in checks:
        try:
            check()
        except ConfigurationError as error:
            problems.append(str(error))
    if problems:
        raise ConfigurationError("\n".join(problems))


def secret_names(*models: BaseModel) -> frozenset[str]:
    """Return the environment variables that hold secrets, wherever fleets or clients name them."""
    return frozenset(place.env for model in models for _, place in secret_places(model) if place.env)


def secrets_of(file: Path, model: BaseModel) -> Iterator[tuple[Path, str, Secret]]:
    """Yield the file of a fleet or a client, the key in it, and the place, of each of its secrets."""
    yield from ((file, key, place) for key, place in secret_places(model))


def _shared_problems(fleet: Fleet, file: Path, clients: Iterable[Client]) -> Iterator[str]:
    """Yield the problems with tokens of the fleet's defaults that a client uses."""
    defaults = fleet.defaults.api
    used = [(client.api.token, client.api.customer_token) for client in clients if client.api]
    for number, (key, place) in enumerate((("token", defaults.token), ("customer_token", defaults.customer_token))):
        if place and any(_is_same(tokens[number], place, file.parent) for tokens in used):
            try:
                place.read(file, f"defaults.api.{key}")
            except ConfigurationError as error:
                yield str(error)


def common_customer_token(fleet: Fleet, file: Path, clients: Iterable[Client]) -> str:
    """Return the place of the fleet's own customer token where all clients use it, as messages name it; else empty."""
    default = fleet.defaults.api.customer_token
    own = [client.api.customer_token if client.api else None for client in clients]
    is_common = default is not None and all(token and _is_same(token, default, file.parent) for token in own)
    return f"{file}: defaults.api.customer_token" if is_common else ""


def _is_same(own: Secret, default: Secret, folder: Path) -> bool:
    """Return whether a client's token is the fleet's; the path of its file is absolute then."""
    if own.env or default.env:
        return own.env == default.env
    return Path(own.file or "") == (folder / (default.file or "")).resolve()


def client_problems(client: Client) -> Iterator[ConfigurationError]:
    """Yield the problems with a client's tokens and its webhook."""
    try:
        Tokens.of(*client.tokens())
        if client.fetch == "async":
            client.webhook()
    except ConfigurationError as error:
        yield error


def _problem_texts(client: Client) -> Iterator[str]:
    for error in client_problems(client):
        yield str(error) if str(client.path) in str(error) else f"{client.path}: {error}"
