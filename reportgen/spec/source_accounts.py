"""The account of the API behind each source of a spec."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from reportgen.errors import SpecError
from reportgen.queries import Source
from reportgen.spec.client_accounts import source_of
from reportgen.spec.yaml_reader import read_yaml

if TYPE_CHECKING:
    from reportgen.spec.client_file import Client
    from reportgen.spec.report_spec import ReportSpec

_ALIAS_NAMESPACE = uuid.UUID("6f0f3a5e-6c0b-5d43-9a3e-1d6c1f6f5d11")


def accounts(spec: ReportSpec, client: Client | None) -> dict[str, Source | None]:
    """Return the account behind each alias of the spec; None where an optional account is absent.

    With a client the ids are the client's alone. Without a client they are the spec's own
    `customer_integration`, else a UUIDv5 of the alias.

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
        document = read_yaml(client.path)
        raise SpecError(
            document.problem(
                ("sources",),
                f"has no {alias}: the spec {spec.name!r} needs its customer integration; "
                f"{_advice(alias, spec, client)}, or write `optional: true` at the spec's source",
            )
            for alias in lacking
        )
    return {
        alias: source_of(alias, source.integration, client.sources[alias]) if alias in client.sources else None
        for alias, source in spec.sources.items()
    }


def _advice(alias: str, spec: ReportSpec, client: Client) -> str:
    """Return the advice to add a source to a client, or to call an account of that kind as the spec does."""
    kind = spec.sources[alias].integration
    if kind in client.sources and kind not in spec.sources:
        return f"call its `{kind}` `{alias}`, as the spec does, if that is the account"
    return f"add `{alias}: <uuid>`"
