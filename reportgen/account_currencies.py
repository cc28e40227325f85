"""The currencies of accounts, asked for where amounts of a report have no known currency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.errors import ConnectError
from reportgen.model import Caution

if TYPE_CHECKING:
    from reportgen.connect import AnswerSource
    from reportgen.spec.planning import Plan


def name_currencies(plan: Plan, source: AnswerSource) -> tuple[Plan, tuple[Caution, ...]]:
    """Return a plan with the accounts' own currencies, asked for where its amounts have none.

    Returns:
        The plan, and a caution for each account whose amounts stay without a symbol.
    """
    lacking = plan.lacking_currency()
    if not lacking:
        return plan, ()
    try:
        currencies, why = source.currencies(), "the API does not tell it"
    except ConnectError as error:
        currencies, why = {}, str(error)
    advice = "the amounts have no symbol; write currency: in the client or the spec"
    return plan.in_currencies(currencies), tuple(
        Caution("W-CURRENCY", f"nobody says in which currency the account {account.alias!r} is, and {why}; {advice}")
        for account in lacking
        if account.uuid not in currencies
    )
