"""Diagnoses of the API: whether it answers, takes the tokens, and has the same time of day as this machine."""

from __future__ import annotations

import shlex
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.connect.event_loop import run
from reportgen.connect.http_replies import header_date
from reportgen.connect.network_addresses import api_address, join_address
from reportgen.connect.tokens import Tokens
from reportgen.connect.transport import Call, HttpTransport
from reportgen.doctor.diagnosis import Diagnosis
from reportgen.doctor.environment import api_place
from reportgen.errors import ConfigurationError, ConnectError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportgen.connect.clock import Clock
    from reportgen.connect.transport import Reply
    from reportgen.doctor.diagnosis import Health
    from reportgen.spec.client_file import Client

_SECONDS = 15.0
_APART = timedelta(minutes=5)  # more, and certificates and waits that the API asks for come out wrong
_UNAUTHORIZED = 401
_NOT_FOUND = 404
_FAILING = 500
_SET_CLOCK = "sudo timedatectl set-ntp true"


def look_at_api(clients: Sequence[Client], clock: Clock) -> Iterator[Diagnosis]:
    """Yield the diagnoses of a call to the API for each account's token, of a single client's token, and of the clock.

    Args:
        clients: The clients whose tokens are tried; without any the API is called without a token.
        clock: This machine's.
    """
    try:
        replies = [(name, run(_ask(path, headers))) for name, path, headers in _calls(clients)]
    except (ConnectError, ConfigurationError) as error:
        health: Health = "environment" if isinstance(error, ConnectError) else "configuration"
        command = f"curl -sS -o /dev/null {shlex.quote(api_address())}" if health == "environment" else ""
        yield Diagnosis("API", health, str(error), command)
        yield look_at_clock(clock)
        return
    for name, reply in replies:
        yield _answered(name, reply)
    yield look_at_clock(clock, replies[0][1])


def look_at_clock(clock: Clock, reply: Reply | None = None) -> Diagnosis:
    """Return the diagnosis of the clock, against the API's time of day, or without it the age of reportgen's files."""
    now = clock.wall()
    theirs = header_date(reply.headers.get("date", "")) if reply else None
    if theirs is None:
        installed = datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
        if now < installed - _APART:
            text = f"it is {now:%Y-%m-%d %H:%M} UTC here, before reportgen was installed ({installed:%Y-%m-%d})"
            return Diagnosis("Clock", "environment", text, _SET_CLOCK)
        return Diagnosis("Clock", "ok", f"{now:%Y-%m-%d %H:%M} UTC; not compared with the API's")
    apart = now - theirs
    if abs(apart) > _APART:
        way = "ahead of" if apart > timedelta() else "behind"
        text = f"it is {now:%Y-%m-%d %H:%M} UTC here, {abs(apart) // timedelta(minutes=1)} minutes {way} the API"
        return Diagnosis("Clock", "environment", text, _SET_CLOCK)
    return Diagnosis("Clock", "ok", f"{now:%Y-%m-%d %H:%M} UTC, as the API has it")


def unasked_api() -> Diagnosis:
    """Return the diagnosis of an API that was not asked."""
    return Diagnosis("API", "note", f"{api_place()} was not asked", "reportgen doctor --online")


def _calls(clients: Sequence[Client]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield the name of the token, the path and the headers of each call."""
    accounts = {tokens.account_fingerprint: tokens for tokens in _tokens(clients)}
    if not accounts:
        yield "", "merchants/settings", {}
    for tokens in accounts.values():
        yield "the API token", "merchants/settings", tokens.headers(customer=False)
    if len(clients) == 1:
        for tokens in accounts.values():
            yield "the customer token", "customers/settings", tokens.headers(customer=True)


def _tokens(clients: Iterable[Client]) -> Iterator[Tokens]:
    for client in clients:
        with suppress(ConfigurationError):  # see look_at_tokens
            yield Tokens.of(*client.tokens())


def _is_elsewhere(reply: Reply) -> bool:
    """Return whether an answer is not the API's: it knows the endpoint, redirects nobody and answers in JSON."""
    if reply.status < 300:  # noqa: PLR2004 - the success statuses of HTTP
        return "json" not in reply.headers.get("content-type", "")
    return reply.status < 400 or reply.status == _NOT_FOUND  # noqa: PLR2004 - the redirects of HTTP


async def _ask(path: str, headers: dict[str, str]) -> Reply:
    async with HttpTransport() as transport:
        return await transport.send(Call.for_json("GET", join_address(api_address(), path), headers, seconds=_SECONDS))


def _answered(name: str, reply: Reply) -> Diagnosis:
    host = api_place()
    if reply.status >= _FAILING:
        return Diagnosis("API", "environment", f"{host} answers {reply.status}; try again later")
    if name and reply.status == _UNAUTHORIZED:
        text = f"{host} refuses {name}; copy it again from the vendor's dashboard"
        return Diagnosis("API", "configuration", text)
    if _is_elsewhere(reply):
        text = f"{host} answers {reply.status}, as the API does not; correct REPORTGEN_API_URL"
        return Diagnosis("API", "configuration", text, "unset REPORTGEN_API_URL")
    return Diagnosis("API", "ok", f"{host} answers {reply.status}" + (f" to {name}" if name else ""))
