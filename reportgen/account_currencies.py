"""The currencies of accounts: asked for where a report has amounts in one that nobody has named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.errors import ConnectError
from reportgen.model import Caution

if TYPE_CHECKING:
    from reportgen.connect import AnswerSource
    from reportgen.spec.planning import Plan


def name_currencies(plan: Plan, source: AnswerSource) -> tuple[Plan, tuple[Caution, ...]]:
    """Ask for the accounts' own currencies, where a plan has amounts in a currency that nobody has named.

    Returns:
        The plan with them, and a caution for each account whose amounts stay without a symbol.
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
        Caution("W-CURRENCY", f"nobody says in which currency the account {one.alias!r} is, and {why}; {advice}")
        for one in lacking
        if one.uuid not in currencies
    )
