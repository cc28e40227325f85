"""Accounts, tokens and addresses that two clients of a fleet share, most often by a copied row.

The second client would get the numbers or the letters of the first, so each has to be the client's own unless the fleet
file allows it by a word of `shared`.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportgen.spec.address_lists import name_and_address, split_addresses
from reportgen.spec.client_accounts import accounts_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.errors import Problem
    from reportgen.spec.client_file import Client
    from reportgen.spec.fleet_file import Fleet, SharedKind
    from reportgen.spec.secret_places import Secret
    from reportgen.spec.yaml_reader import Document, Place

_NAMES: dict[SharedKind, tuple[str, str]] = {
    "accounts": ("account", "so one would get the numbers of the other"),
    "tokens": ("customer token", "so one would get the numbers of the other"),
    "addresses": ("address", "so one would get the letters of the other"),
}


class _Use(NamedTuple):
    """The use of an account, a token or an address by a client, and its place in the client's document."""

    client: Client
    document: Document
    place: Place


def shared_problems(fleet: Fleet, clients: Iterable[tuple[Client, Document]]) -> Iterator[tuple[Client, Problem]]:
    """Yield a client and the problem for each account, token or address that it shares though its fleet allows none.

    Clients of the same slug are the same client, such as one that reads two languages.

    Args:
        fleet: The fleet.
        clients: Its clients with their own documents, without the fleet's defaults: what stands in the fleet file is
            meant for all.
    """
    users: defaultdict[tuple[SharedKind, str], list[_Use]] = defaultdict(list)
    for client, document in clients:
        for kind, value, place in _uses(client, document):
            if kind not in fleet.shared and (kind != "addresses" or fleet.deliver):
                users[kind, value].append(_Use(client, document, place))
    for (kind, value), uses in users.items():
        for use in uses:
            other = next((other for other in uses if other.client.id != use.client.id), None)
            if other:
                yield use.client, _problem(kind, value, use, other)


def id_problems(clients: Iterable[tuple[Client, Document]]) -> Iterator[tuple[Client, Problem]]:
    """Yield a client and the problem for each `id` that is the id or the slug of another client."""
    by_slug = {client.id: (client, document) for client, document in clients}
    owners: dict[str, Client] = {}
    for client, _ in by_slug.values():
        for name in {client.lasting_id or client.id, client.id}:
            owners.setdefault(name, client)
    for client, document in by_slug.values():
        names = (name for name in (client.lasting_id, client.id) if name and owners[name].id != client.id)
        other = next((owners[name] for name in names if client.lasting_id or owners[name].lasting_id), None)
        if other:
            message = f"{client.name} has the id or the slug of {other.name} ({other.path.name}) as its own; receipts "
            yield client, document.problem(("id",), f"{message}would take both for the same client")


def _problem(kind: SharedKind, value: str, use: _Use, other: _Use) -> Problem:
    noun, harm = _NAMES[kind]
    where = f"{other.client.path.name}:{other.document.line(other.place)}"
    message = (
        f"{use.client.name} has the same {noun} as {other.client.name} ({where}), {value}, {harm}; correct it, "
        f"or write `shared: [{kind}]` in the fleet file where that is meant"
    )
    return use.document.problem(use.place, message)


def _uses(client: Client, document: Document) -> Iterator[tuple[SharedKind, str, Place]]:
    """Yield the kind, the text and the place of what a client names itself and should have alone."""
    for alias, written_accounts in client.sources.items():
        for place, account in accounts_in(written_accounts):
            yield "accounts", str(account), ("sources", alias, *place)
    written = document.value.get("api") if isinstance(document.value, dict) else None
    if isinstance(written, dict) and "customer_token" in written and client.api:
        yield "tokens", _place_of(client.api.customer_token, client), ("api", "customer_token")
    if client.email:
        for part in split_addresses(client.email.casefold()):
            yield "addresses", name_and_address(part)[1], ("email",)


def _place_of(token: Secret, client: Client) -> str:
    """Return the place of a token: the name of a variable, or the path of a file."""
    return token.env or str((client.folder / Path(token.file or "")).resolve())
