"""The names and currencies of accounts, asked for where a report cannot do without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.components import Metric
from reportgen.components.account_merging import is_amount
from reportgen.errors import ConnectError
from reportgen.model import Caution
from reportgen.spec.planned_blocks import operands_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.components import Component, Scope
    from reportgen.connect import AnswerSource
    from reportgen.queries import AccountFacts, Source
    from reportgen.spec.planning import Plan


def with_account_facts(plan: Plan, source: AnswerSource) -> tuple[Plan, tuple[Caution, ...]]:
    """Return a plan with its accounts' own currencies, asked for where its amounts have none, and with their names.

    The names of several accounts of a source are printed, and amounts of several accounts that a block calculates with
    have to be in the same currency, so that their facts are always asked for.

    Returns:
        The plan, and a caution for each account whose amounts stay without a symbol or are in another currency than
        its author wrote, and for each source whose accounts are taken to be in the same currency because the API did
        not answer.
    """
    lacking = _lacking_currency(plan)
    if not (lacking or any(account and account.members for account in plan.accounts.values()) or _mixes_accounts(plan)):
        return plan, ()
    try:
        facts, why, unchecked = source.account_facts(), "the API does not tell it", []
    except ConnectError as error:
        facts, why, unchecked = {}, str(error), _added_amounts(plan)
    advice = "the amounts have no symbol; write currency: in the client or the spec"
    told = plan.with_facts(facts)
    return told, (
        *(
            Caution("W-CURRENCY", f"nobody says in which currency the account {each.title!r} is, and {why}; {advice}")
            for each in _lacking_currency(told)
            if each.uuid not in facts or not facts[each.uuid].currency
        ),
        *_contradicted_currencies(plan, told, facts),
        *(
            Caution("W-ACCOUNTS", f"{alias}: its accounts are taken to be in the same currency, for {why}")
            for alias in unchecked
        ),
    )


def _mixes_accounts(plan: Plan) -> bool:
    """Return whether a block or a condition calculates with amounts of several accounts."""
    planned = {each.scope.name: each for each in plan.blocks}
    for each in plan.blocks:
        named = {name for condition in each.conditions for name in condition.names}
        named |= {*each.block.builds_on()} if each.block.calculates else set()
        numbers = operands_of(sorted(named), planned).values()
        if len({account for block, scope in numbers for account in _accounts_of_amounts(block, scope)}) > 1:
            return True
    return False


def _accounts_of_amounts(block: Component, scope: Scope) -> tuple[Source, ...]:
    """Return the accounts of a block that asks for amounts in their own currency; none of other blocks."""
    if not (isinstance(block, Metric) and scope.source and any(is_amount(block, name) for name in block.metrics)):
        return ()
    return scope.source.accounts


def _contradicted_currencies(plan: Plan, told: Plan, facts: Mapping[str, AccountFacts]) -> Iterator[Caution]:
    """Yield a caution for each account with amounts whose currency is another than the client or the spec says."""
    found = {
        account: each.scope.currency
        for each, named in zip(plan.blocks, told.blocks, strict=True)
        for account in _accounts_of_amounts(named.block, named.scope)
    }
    for account, written in found.items():
        own = facts[account.uuid].currency if account.uuid in facts else None
        if own and written and own != written:
            yield Caution(
                "W-CURRENCY",
                f"the account {account.title!r} is in {own}, and the client or the spec says currency: {written}; "
                f"its amounts are printed in {own}; correct currency:",
            )


def _added_amounts(plan: Plan) -> list[str]:
    """Return the aliases of the sources of several accounts whose amounts are added up."""
    aliases = [
        each.scope.source.alias
        for each in plan.blocks
        if each.scope.source and each.scope.source.members and _accounts_of_amounts(each.block, each.scope)
    ]
    return list(dict.fromkeys(aliases))


def _lacking_currency(plan: Plan) -> tuple[Source, ...]:
    """Return the accounts with amounts in an unknown currency."""
    lacking = (
        planned.scope.source
        for planned in plan.blocks
        if isinstance(planned.block, Metric) and planned.block.lacks_currency(planned.scope)
    )
    return tuple(dict.fromkeys(account for source in lacking if source for account in source.accounts))
