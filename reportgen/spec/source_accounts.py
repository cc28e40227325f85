"""The account of the API behind each source of a spec."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from reportgen.errors import Problem, SpecError
from reportgen.queries import Source
from reportgen.spec.client_accounts import source_of
from reportgen.spec.yaml_reader import read_yaml

if TYPE_CHECKING:
    from reportgen.spec.client_file import Client
    from reportgen.spec.report_spec import ReportSpec
    from reportgen.spec.yaml_reader import Document

_OPTIONAL = "or write `optional: true` at the spec's source"
_ALIAS_NAMESPACE = uuid.UUID("6f0f3a5e-6c0b-5d43-9a3e-1d6c1f6f5d11")


def accounts(spec: ReportSpec, client: Client | None, written: Document | None = None) -> dict[str, Source | None]:
    """Return the account behind each alias of the spec; None where an optional account is absent.

    With a client the ids are the client's alone. Without a client they are the spec's own
    `customer_integration`, else a UUIDv5 of the alias.

    Args:
        spec: The spec.
        client: The client; None without any.
        written: The document of the client, such as its row of a list; None reads its file.

    Raises:
        SpecError: The client lacks a source that is not optional; every such alias is named.
    """
    if client is None:
        return {
            alias: Source(
                alias, source.integration, str(source.customer_integration or uuid.uuid5(_ALIAS_NAMESPACE, alias))
            )
            for alias, source in spec.sources.items()
        }
    lacking = [alias for alias, source in spec.sources.items() if alias not in client.sources and not source.optional]
    if lacking:
        document = written or read_yaml(client.path)
        lack = _lack_in_row if client.line else _lack_in_file
        raise SpecError(lack(alias, spec, client, document) for alias in lacking)
    return {
        alias: source_of(alias, source.integration, client.sources[alias]) if alias in client.sources else None
        for alias, source in spec.sources.items()
    }


def _lack_in_file(alias: str, spec: ReportSpec, client: Client, document: Document) -> Problem:
    """Return the problem of a client file without a source of the spec."""
    kind = _other_name(alias, spec, client)
    advice = f"call its `{kind}` `{alias}`, as the spec does, if that is the account" if kind else ""
    text = f"has no {alias}: {_need(spec)}; {advice or f'add `{alias}: <uuid>`'}, {_OPTIONAL}"
    return document.problem(("sources",), text)


def _lack_in_row(alias: str, spec: ReportSpec, client: Client, document: Document) -> Problem:
    """Return the problem of an empty cell; where the list has no column of the source, one for all of its rows."""
    if any(place[:2] == ("sources", alias) for place in document.keys):
        text = f"is empty in the row of {client.id}: {_need(spec)}; write the uuid of the account into it, {_OPTIONAL}"
        return document.problem(("sources", alias), text)
    kind = _other_name(alias, spec, client)
    advice = f"call its column `sources.{kind}` `sources.{alias}`, as the spec does, if that is the account"
    add = f"add the column `sources.{alias}` with the uuid of each client's account"
    line = min(document.keys.values(), default=(1, 1))[0]
    text = f"has no column `sources.{alias}`: {_need(spec)}; {advice if kind else add}, {_OPTIONAL}"
    return Problem(str(client.path), line, 1, "sources", text)


def _need(spec: ReportSpec) -> str:
    return f"the spec {spec.name!r} needs its customer integration"


def _other_name(alias: str, spec: ReportSpec, client: Client) -> str | None:
    """Return the integration of a source where the client has an account by that name, which the spec does not have."""
    kind = spec.sources[alias].integration
    return kind if kind in client.sources and kind not in spec.sources else None
