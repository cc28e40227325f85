"""Before a run: whether each account of a report can be asked, told in words and with what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.components import Metric
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
    """What is known of one source of a spec.

    Attributes:
        alias: The name the spec gives it.
        text: What it is, or what is wrong and what to do.
        usable: Whether it can be asked as the report wants it.
    """

    alias: str
    text: str
    usable: bool


def inspect(plan: Plan, integrations: Sequence[Integration]) -> tuple[Finding, ...]:
    """Compare the sources of a plan with what the customer has connected.

    Returns:
        At least one finding for each alias, in the spec's order.
    """
    connected = {one.uuid: one for one in integrations}
    found: list[Finding] = []
    for alias, source in plan.accounts.items():
        if source is None:
            found.append(Finding(alias, "the client has none; its blocks will be left out", usable=True))
        elif integration := connected.get(source.uuid):
            found += _of_connected(plan, source, integration)
        else:
            found.append(Finding(alias, _unknown(source, integrations), usable=False))
    return tuple(found)


def alias_of(slug: str) -> str:
    """Return the name that a spec would give to an account of this kind."""
    return spelled(slug).replace("-", "_") or "source"


def aliases_of(integrations: Sequence[Integration]) -> list[tuple[str, Integration]]:
    """Give each account a name of its own; the second of a kind is `instagram_business_2`."""
    names = numbered([alias_of(one.slug) for one in integrations], "{}_{}")
    return list(zip(names, integrations, strict=True))


def remark_of(integration: Integration) -> str:
    """Say in a few words which account it is."""
    return ", ".join(filter(None, (integration.name, integration.slug, integration.status, integration.currency)))


def spelled(slug: str) -> str:
    """Return a kind of integration as the vendor's catalogues spell it."""
    return _SPELLINGS.get(slug, slug)


def _of_connected(plan: Plan, source: Source, integration: Integration) -> Iterator[Finding]:
    alias = source.alias
    wrong = []
    if integration.status != "active":
        unknown = f"its status is {integration.status or 'not told'}, which is unknown; look at it in the dashboard"
        wrong.append(_STATUSES.get(integration.status, unknown))
    if integration.slug and spelled(integration.slug) != spelled(source.integration):
        wrong.append(f"it is a {integration.slug} account, the spec wants {source.integration}; correct one of them")
    for text in wrong:
        yield Finding(alias, f"{_named(integration)}: {text}", usable=False)
    if not wrong:
        currency = f", in {integration.currency}" if integration.currency else ""
        yield Finding(alias, f"{_named(integration)}: active{currency}", usable=True)
    start = plan.window.current.start
    if integration.created and integration.created > start:
        text = f"connected on {integration.created}, after the period starts ({start}); there may be no data before"
        yield Finding(alias, text, usable=True)
    printed = _printed_currencies(plan, source) - {integration.currency}
    if printed and integration.currency:
        text = f"the report prints {', '.join(sorted(printed))}, but the account is in {integration.currency}"
        yield Finding(alias, f"{text}; correct currency: in the client or the spec", usable=False)


def _printed_currencies(plan: Plan, source: Source) -> set[str]:
    """Return the currencies that the amounts of an account are printed in."""
    metrics = [(one.block, one.scope) for one in plan.blocks if isinstance(one.block, Metric)]
    units = [block.unit(name, scope) for block, scope in metrics if scope.source == source for name in block.metrics]
    return {unit.currency for unit in units if unit.currency}


def _unknown(source: Source, integrations: Sequence[Integration]) -> str:
    alike = [one for one in integrations if spelled(one.slug) == spelled(source.integration)]
    near = "; ".join(f"{one.uuid} is {_named(one)}" for one in alike) or f"it has no {source.integration} account"
    return f"this customer has no integration {source.uuid}; {near}"


def _named(integration: Integration) -> str:
    return f"{integration.name or 'an account without a name'} ({integration.slug or 'of an unknown kind'})"
