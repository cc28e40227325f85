"""The rule by which a block merges the answers of several accounts, and the reasons why some are never merged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.components.additive_metrics import QUOTIENTS, adds_up
from reportgen.components.directions import name_in_table
from reportgen.model import RATES
from reportgen.queries import Merging

if TYPE_CHECKING:
    from reportgen.components.component import Scope
    from reportgen.components.metric import Metric
    from reportgen.queries import Source

_AMOUNT = re.compile(r"cost|spend|revenue|amount|price|budget|value", re.IGNORECASE)
_APART = "give each account a source of its own"


def merging_of(metric: Metric, scope: Scope) -> Merging | None:
    """Return the rule for the answers of a source's accounts; None where it has a single account."""
    if scope.source is None or not scope.source.members:
        return None
    return Merging(
        sum_refusal(metric, scope.source) or _currency_refusal(metric, scope.source),
        tuple(adds_up(metric, field, "accounts") for field in metric.metrics),
        getattr(metric, "total_row", None),
    )


def sum_refusal(metric: Metric, source: Source) -> str:
    """Return why the values of several accounts are not added up, with advice; empty where they are.

    The rows of tables are put together, and so never refused.
    """
    if metric.component == "datatable_v1":
        return ""
    if metric.component == "chart_v1" and sum(isinstance(name, str) for name in metric.dimensions) > 1:
        return f"the API does not name its series, so those of several accounts cannot be added up; {_APART}"
    # The meaning of a number is that of its reference key, however many metrics are asked.
    fields = (metric.reference_key,) if metric.component == "number_v1" else metric.metrics
    rigid = next((field for field in fields if not adds_up(metric, field, "accounts")), None)
    if rigid is None:
        return ""
    fault = f"{rigid} of {len(source.members)} accounts is not the sum of theirs"
    if _is_quotient(metric, rigid):
        is_chart = metric.component == "chart_v1"
        way = "take it out, and draw a history of a number" if is_chart else "work it out from added numbers"
        return f"{fault}; {way} with a formula, such as spend / conversions, or {_APART}"
    return f"{fault}; write additive: {{accounts: true}} where it is, or {_APART}"


def is_amount(metric: Metric, field: str) -> bool:
    """Return whether a field may be an amount in the account's own currency: by its format, else by its name."""
    if metric.named_currency(field):
        return False
    written = metric.field_format(field)
    return written.as_ == "currency" if written else _AMOUNT.search(field) is not None


def _is_quotient(metric: Metric, field: str) -> bool:
    written = metric.field_format(field)
    names = {name_in_table(field).rpartition(".")[2], name_in_table(metric.reference_key)}
    return not QUOTIENTS.isdisjoint(names) or (written is not None and written.as_ in RATES)


def _currency_refusal(metric: Metric, source: Source) -> str:
    """Return why amounts in different currencies are not merged; empty where they are in the same."""
    known = [account for account in source.members if account.currency]
    if len({account.currency for account in known}) < 2 or not any(is_amount(metric, name) for name in metric.metrics):  # noqa: PLR2004
        return ""
    named = ", ".join(f"{account.name} in {account.currency}" for account in known)
    return f"its accounts are in different currencies ({named}), which are never added up; {_APART}"
