"""The names and currencies of accounts, asked for where a report cannot do without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.components import Metric
from reportgen.components.account_merging import is_amount
from reportgen.errors import ConnectError
from reportgen.model import Caution

if TYPE_CHECKING:
    from reportgen.connect import AnswerSource
    from reportgen.queries import Source
    from reportgen.spec.planning import Plan


def with_account_facts(plan: Plan, source: AnswerSource) -> tuple[Plan, tuple[Caution, ...]]:
    """Return a plan with its accounts' own currencies, asked for where its amounts have none, and with their names.

    The names of several accounts of a source are printed, and their amounts have to be in the same currency, so that
    their facts are always asked for.

    Returns:
        The plan, and a caution for each account whose amounts stay without a symbol, and for each source whose accounts
        are taken to be in the same currency because the API did not answer.
    """
    lacking = _lacking_currency(plan)
    if not (lacking or any(account and account.members for account in plan.accounts.values())):
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
        *(
            Caution("W-ACCOUNTS", f"{alias}: its accounts are taken to be in the same currency, for {why}")
            for alias in unchecked
        ),
    )


def _added_amounts(plan: Plan) -> list[str]:
    """Return the aliases of the sources of several accounts whose amounts are added up."""
    asked = [(each.block, each.scope.source) for each in plan.blocks if isinstance(each.block, Metric)]
    aliases = [
        source.alias
        for block, source in asked
        if source and source.members and any(is_amount(block, name) for name in block.metrics)
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
