"""The check before a run: findings about each account of a report, with advice."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.components import Metric
from reportgen.components.account_merging import merging_of
from reportgen.queries import AccountFacts
from reportgen.titles import numbered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.connect.account_directory import Integration
    from reportgen.queries import Source
    from reportgen.spec.planning import Plan

# Live accounts spell some kinds otherwise than the vendor's payload catalogues do.
_SPELLINGS = {"google_adwords": "google_ads", "rdstation": "rd_station", "instagram": "instagram_business"}
_RECONNECT = "open the client's reconnection page in the vendor's dashboard, and let the client log in again"
_STATUSES = {
    "expired": f"its connection has expired; {_RECONNECT}",
    "revoked": f"its owner has taken the access away; {_RECONNECT}",
    "synchronizing": "it is being synchronised, so figures may be missing; wait, or render again later",
    "synchronization_error": f"it could not be synchronised, so figures may be missing or old; {_RECONNECT}",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding about a source of a spec.

    Attributes:
        alias: The spec's name of the source, with the name of an account among several.
        text: The account, or its fault and what to do.
        usable: Whether the account can be asked as the report needs it.
    """

    alias: str
    text: str
    usable: bool


def inspect(plan: Plan, integrations: Sequence[Integration]) -> tuple[Finding, ...]:
    """Return the findings about a plan's sources and the integrations that the customer has connected.

    Returns:
        Findings for each alias, in the spec's order.
    """
    connected = {integration.uuid: integration for integration in integrations}
    told = plan.with_facts({uuid: AccountFacts(each.name, each.currency) for uuid, each in connected.items()})
    found: list[Finding] = []
    for alias, source in told.accounts.items():
        if source is None:
            found.append(Finding(alias, "the client has none; its blocks will be left out", usable=True))
        else:
            for account in source.accounts:
                if integration := connected.get(account.uuid):
                    found += _integration_findings(plan, source, account, integration)
                else:
                    found.append(Finding(account.title, _unknown_account(account, integrations), usable=False))
            found += _merging_findings(told, alias)
    return tuple(found)


def alias_of(slug: str) -> str:
    """Return a spec's alias for a kind of integration."""
    return spelled(slug).replace("-", "_") or "source"


def aliases_of(integrations: Sequence[Integration]) -> list[tuple[str, Integration]]:
    """Return each integration with a unique alias; the second of a kind is `instagram_business_2`."""
    names = numbered([alias_of(integration.slug) for integration in integrations], "{}_{}")
    return list(zip(names, integrations, strict=True))


def joint_sources(integrations: Sequence[Integration]) -> dict[str, list[Integration]]:
    """Return the integrations of each kind that there are several of, by the alias of their kind."""
    kinds: dict[str, list[Integration]] = defaultdict(list)
    for integration in integrations:
        kinds[alias_of(integration.slug)].append(integration)
    return {alias: accounts for alias, accounts in kinds.items() if len(accounts) > 1}


def remark_of(integration: Integration) -> str:
    """Return a short description of an integration: its name, kind, status and currency."""
    return ", ".join(filter(None, (integration.name, integration.slug, integration.status, integration.currency)))


def spelled(slug: str) -> str:
    """Return a kind of integration as the vendor's catalogues spell it."""
    return _SPELLINGS.get(slug, slug)


def _integration_findings(plan: Plan, source: Source, account: Source, integration: Integration) -> Iterator[Finding]:
    alias = account.title
    wrong = []
    if integration.status != "active":
        unknown = f"its status is {integration.status or 'not told'}, which is unknown; look at it in the dashboard"
        wrong.append(_STATUSES.get(integration.status, unknown))
    if integration.slug and spelled(integration.slug) != spelled(source.integration):
        wrong.append(f"it is a {integration.slug} account, the spec wants {source.integration}; correct one of them")
    for text in wrong:
        yield Finding(alias, f"{_described(integration)}: {text}", usable=False)
    if not wrong:
        currency = f", in {integration.currency}" if integration.currency else ""
        yield Finding(alias, f"{_described(integration)}: active{currency}", usable=True)
    start = plan.window.current.start
    if integration.created and integration.created > start:
        text = f"connected on {integration.created}, after the period starts ({start}); there may be no data before"
        yield Finding(alias, text, usable=True)
    printed = _printed_currencies(plan, source) - {integration.currency}
    if printed and integration.currency:
        text = f"the report prints {', '.join(sorted(printed))}, but the account is in {integration.currency}"
        yield Finding(alias, f"{text}; correct currency: in the client or the spec", usable=False)


def _merging_findings(plan: Plan, alias: str) -> Iterator[Finding]:
    """Yield the reasons why the answers of a source's accounts cannot be merged, each once."""
    asked = (
        (planned.block, planned.scope)
        for planned in plan.blocks
        if isinstance(planned.block, Metric) and planned.scope.source and planned.scope.source.alias == alias
    )
    rules = (merging_of(block, scope) for block, scope in asked)
    for text in dict.fromkeys(rule.refusal for rule in rules if rule and rule.refusal):
        yield Finding(alias, text, usable=False)


def _printed_currencies(plan: Plan, source: Source) -> set[str]:
    """Return the currencies of an account's amounts in the report."""
    metrics = [(planned.block, planned.scope) for planned in plan.blocks if isinstance(planned.block, Metric)]
    units = [block.unit(name, scope) for block, scope in metrics if scope.source == source for name in block.metrics]
    return {unit.currency for unit in units if unit.currency}


def _unknown_account(source: Source, integrations: Sequence[Integration]) -> str:
    alike = [other for other in integrations if spelled(other.slug) == spelled(source.integration)]
    near = (
        "; ".join(f"{other.uuid} is {_described(other)}" for other in alike)
        or f"it has no {source.integration} account"
    )
    return f"this customer has no integration {source.uuid}; {near}"


def _described(integration: Integration) -> str:
    return f"{integration.name or 'an account without a name'} ({integration.slug or 'of an unknown kind'})"
