"""Diagnoses of the environment: tokens, addresses and proxies."""

from __future__ import annotations

import os
import shlex
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies_environment, proxy_bypass

from reportgen.connect.network_addresses import api_address, join_address
from reportgen.connect.tokens import Tokens
from reportgen.connect.transport import HttpTransport
from reportgen.connect.webhook_settings import WebhookSettings
from reportgen.doctor.diagnosis import Diagnosis
from reportgen.errors import ConfigurationError
from reportgen.fetching import advertised_rate
from reportgen.fleet.fleet_run import plan_fleet
from reportgen.fleet.run_requests import long_runs, token_place
from reportgen.spec.fleet_members import load_members
from reportgen.spec.loading import load_client
from reportgen.spec.secret_places import secret_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reportgen.spec.client_file import Client
    from reportgen.spec.secret_places import Secret

_SHOWN = 4
_Place = tuple["Secret", Path, str]  # the place of a secret, the file that names it, and the key there


def read_files(client: Path | None, fleet: Path | None) -> tuple[tuple[Client, ...], tuple[_Place, ...]]:
    """Return the clients of a client file and a fleet file, and the places of all secrets, also of deliveries.

    Raises:
        SpecError: A file is wrong; every problem.
    """
    clients: tuple[Client, ...] = (load_client(client),) if client else ()
    places: list[_Place] = []
    if fleet:
        loaded, members = load_members(fleet)
        clients += tuple({(member.client.path, member.client.id): member.client for member in members}.values())
        places += [(place, fleet, key) for key, place in secret_places(loaded.deliver, "deliver")]
    places += [place for each in clients for place in _of(each)]
    return clients, tuple(places)


def look_at_requests(fleet: Path | None, *, online: bool = False) -> Iterator[Diagnosis]:
    """Yield a note for each account whose requests make a run of a fleet longer than an hour.

    Args:
        fleet: The fleet file; None for no fleet.
        online: Whether the API is asked for the rate that it allows each account.

    Raises:
        SpecError: A file of the fleet is wrong; every problem.
    """
    jobs = plan_fleet(fleet).jobs if fleet else ()
    clients = {token_place(client): client for job in jobs if (client := job.plan.client)} if online else {}
    rates = {place: rate for place, client in clients.items() if place and (rate := advertised_rate(client))}
    yield from (Diagnosis("Requests", "note", warning) for warning in long_runs(jobs, rates))


def look_at_tokens(clients: Sequence[Client], places: Iterable[_Place]) -> Iterator[Diagnosis]:
    """Yield the diagnoses of tokens: those that are missing or malformed, and those that are there."""
    if not clients:
        yield _unnamed_token()
        return
    known: dict[str, _Place] = {}
    for place in places:
        known.setdefault(_name(place), place)
    wrong = {name: text for name, place in known.items() if (text := _problem(partial(place[0].read, *place[1:])))}
    for client in clients:
        if client.api is None:
            yield Diagnosis("Tokens", "configuration", f"{client.path}: has no api: with token and customer_token")
        elif not {_name(place) for place in _of(client)} & wrong.keys() and (
            text := _problem(partial(_tokens, client))
        ):
            yield Diagnosis("Tokens", "configuration", f"{client.path}: {text}")
    for name, text in wrong.items():
        yield Diagnosis("Tokens", "configuration", text, _command(known[name][0], name))
    there = [name for name in known if name not in wrong]
    if there:
        more = f" and {len(there) - _SHOWN} more" if len(there) > _SHOWN else ""
        yield Diagnosis("Tokens", "ok", f"{', '.join(there[:_SHOWN])}{more}: there")


def look_at_addresses(clients: Iterable[Client]) -> Iterator[Diagnosis]:
    """Yield the diagnoses of the addresses in the environment."""
    try:
        join_address(api_address(), "")
    except ConfigurationError as error:
        yield Diagnosis("API address", "configuration", f"REPORTGEN_API_URL: {error}", "unset REPORTGEN_API_URL")
    url, bind = (os.environ.get(f"REPORTGEN_WEBHOOK_{part}", "") for part in ("URL", "BIND"))
    needed = any(client.fetch == "async" and not (client.api and client.api.webhook) for client in clients)
    if not (url or bind or needed):
        return
    try:
        WebhookSettings.of(url, bind)
        yield Diagnosis("Webhook", "ok", f"{url} delivers to {bind}")
    except ConfigurationError as error:
        yield Diagnosis("Webhook", "configuration", str(error), "export REPORTGEN_WEBHOOK_URL= REPORTGEN_WEBHOOK_BIND=")


def look_at_proxies() -> Diagnosis:
    """Return the diagnosis of the proxies that requests go through, without a proxy's password."""
    found = {name: address for name, address in getproxies_environment().items() if name != "no"}
    host = api_host()
    try:
        HttpTransport()
    except ConfigurationError as error:
        names = " ".join(f"{name.upper()}_PROXY" for name in found)
        return Diagnosis("Proxy", "configuration", str(error), f"unset {names or 'SSL_CERT_FILE'}")
    if not found:
        return Diagnosis("Proxy", "ok", "none in the environment; the API is asked directly")
    text = ", ".join(f"{name.upper()}_PROXY is {_without_password(address)}" for name, address in found.items())
    if proxy_bypass(host):
        return Diagnosis("Proxy", "note", f"{text}; not used for {host}, which NO_PROXY names")
    command = f"export NO_PROXY={host}"
    return Diagnosis("Proxy", "note", f"{text}; the API is asked through it. To ask it directly", command)


def _unnamed_token() -> Diagnosis:
    if os.environ.get("REPORTGEN_TOKEN", "").strip():
        return Diagnosis(
            "Tokens", "ok", "REPORTGEN_TOKEN is set; with --client or --fleet those of its files are tried"
        )
    text = "REPORTGEN_TOKEN is not set; a client file may name another variable, which --client FILE looks at"
    return Diagnosis("Tokens", "note", text, "export REPORTGEN_TOKEN=...")


def _of(client: Client) -> tuple[_Place, ...]:
    if client.api is None:
        return ()
    keys = (("token", client.api.token), ("customer_token", client.api.customer_token))
    return tuple((secret, client.path, f"api.{key}") for key, secret in keys)


def _name(place: _Place) -> str:
    secret, owner, _ = place
    return secret.env or str(owner.parent / (secret.file or ""))


def _tokens(client: Client) -> Tokens:
    return Tokens.of(*client.tokens())


def _problem(check: Callable[[], object]) -> str:
    try:
        check()
    except ConfigurationError as error:
        return str(error)
    return ""


def _command(secret: Secret, name: str) -> str:
    return f"export {name}=..." if secret.env else f"(umask 077; cat > {shlex.quote(name)})"


def api_host() -> str:
    """Return the host of the API's address."""
    return _without_password(api_address()).partition(":")[0]


def api_place() -> str:
    """Return the host and the port of the API's address, without anything that may be a secret."""
    return _without_password(api_address())


def _without_password(address: str) -> str:
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "a malformed address"
    return f"{parts.hostname or ''}{port}"
