"""The accounts of a client behind a source: a single account, or several that are reported together."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, TypeAlias

from pydantic import AfterValidator, Discriminator, Field, Tag, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from reportgen.components.yaml_models import PlainTitle
from reportgen.queries import AccountFacts, Source
from reportgen.titles import integration_title, numbered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.spec.yaml_reader import Place

_List: TypeAlias = tuple[uuid.UUID, ...]
_Named: TypeAlias = dict[Annotated[PlainTitle, Field(min_length=1)], uuid.UUID]


def accounts_in(written: uuid.UUID | _List | _Named) -> Iterator[tuple[Place, uuid.UUID]]:
    """Yield each account of a client's source, with its place below the source's."""
    if isinstance(written, uuid.UUID):
        yield (), written
    else:
        items = written.items() if isinstance(written, dict) else enumerate(written)
        yield from (((place,), account) for place, account in items)


def _each_once(written: _List | _Named) -> _List | _Named:
    """Return accounts; refuse an account at its second place, where it would be added twice."""
    found = list(accounts_in(written))
    twice = [place for at, (place, account) in enumerate(found) if account in [other for _, other in found[:at]]]
    if twice:
        message = "stands twice, so its values would be added twice; write each account once"
        error = PydanticCustomError("account_twice", "{message}", {"message": message})
        details = [InitErrorDetails(type=error, loc=place, input=message) for place in twice]
        raise ValidationError.from_exception_data("accounts", details)
    return written


def _kind(written: object) -> str:
    """Return the tag of accounts: of a list, of a mapping with their names, or of a single account."""
    return "<list>" if isinstance(written, list | tuple) else "<names>" if isinstance(written, dict) else "<account>"


WrittenAccounts: TypeAlias = Annotated[
    Annotated[uuid.UUID, Tag("<account>")]
    | Annotated[
        _List,
        Field(min_length=1, json_schema_extra={"uniqueItems": True}),
        AfterValidator(_each_once),
        Tag("<list>"),
    ]
    | Annotated[_Named, Field(min_length=1), AfterValidator(_each_once), Tag("<names>")],
    Discriminator(_kind),
]
"""The uuid of an account, a list of them, or a mapping of accounts by the names that the report gives them."""


def source_of(alias: str, integration: str, written: uuid.UUID | _List | _Named) -> Source:
    """Return the source of a client's accounts; those of a list have no names yet."""
    if isinstance(written, uuid.UUID):
        return Source(alias, integration, str(written))
    named = written.items() if isinstance(written, dict) else (("", account) for account in written)
    members = tuple(Source(alias, integration, str(account), name, is_member=True) for name, account in named)
    if len(members) == 1:
        return Source(alias, integration, members[0].uuid)
    return Source(alias, integration, "", members=members)


def with_facts(source: Source, facts: Mapping[str, AccountFacts]) -> Source:
    """Return a source of several accounts with their names and currencies; a single account as it is.

    A name is the client file's, else the API's, else that of the integration with a number.

    Args:
        source: The source.
        facts: What the API has of each account, by its uuid.
    """
    if not source.members:
        return source
    title = integration_title(source.integration)
    told = [facts.get(account.uuid, AccountFacts()) for account in source.members]
    names = [
        account.name or own.name or f"{title} {at}"
        for at, (account, own) in enumerate(zip(source.members, told, strict=True), 1)
    ]
    members = tuple(
        replace(account, name=name, currency=own.currency or "")
        for account, name, own in zip(source.members, numbered(names, "{} ({})"), told, strict=True)
    )
    return replace(source, members=members)
