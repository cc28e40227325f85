"""The presentation of metrics whose setup file is not there: as in the starters, else a format by the name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from reportgen.components.additive_metrics import ADDITIVE, PARTS_ALONE, QUOTIENTS
from reportgen.components.directions import name_in_table
from reportgen.model import RATES
from reportgen.spec.starter_metrics import starter_blocks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import JsonValue

    from reportgen.model import UnitName

_AMOUNT = re.compile(
    r"(?:^|_)(?:spend|cost|revenue|values?|cpc|cpm|cpe|cpv|brl|usd)(?=_|$)|^averageCp[cm]|^cost[A-Z]|InLocalCurrency"
)
_NO_AMOUNT = re.compile(r"per_cost|_rate|count|return_on")
_COUNTED = ADDITIVE | PARTS_ALONE


def curated_format(reference_key: str, integration: str) -> JsonValue:
    """Return the format of a metric by its reference key, or None where it is not known.

    A rate is known by its starter alone: no name says whether the API sends a fraction or percent.
    """
    starter = _starter(integration).get(reference_key)
    return starter.get("format") if starter else named_format(name_in_table(reference_key))


def curated_field_format(field: str, reference_key: str, integration: str) -> JsonValue:
    """Return the format of a field of a chart or table by its name, or None where it is not known."""
    fields = _starter(integration).get(reference_key, {}).get("fields")
    written = fields.get(field) if isinstance(fields, dict) else None
    known = written.get("format") if isinstance(written, dict) else None
    return known or named_format(name_in_table(field).rpartition(".")[2])


def starter_direction(reference_key: str, integration: str) -> JsonValue:
    """Return the direction of a metric in its starter, or None."""
    return _starter(integration).get(reference_key, {}).get("direction")


@lru_cache(maxsize=256)
def curated_rate(metric: str, integration: str) -> UnitName | None:
    """Return whether an integration sends a metric as a fraction or in percent, by its starter; None: not known."""
    for block in _starter(integration).values():
        fields, metrics = block.get("fields"), block.get("metrics")
        own = fields.get(metric) if isinstance(fields, dict) else None
        alone = block.get("format") if metrics == [metric] else None
        written = own.get("format", alone) if isinstance(own, dict) else alone
        if found := next((rate for rate in RATES if rate and rate == written), None):
            return found
    return None


def named_format(name: str) -> JsonValue:
    """Return the format of a curated name: an amount, else a count, else None."""
    if name not in _COUNTED and name not in QUOTIENTS:
        return None
    if _AMOUNT.search(name) and not _NO_AMOUNT.search(name):
        code = re.search(r"_(brl|usd)$", name)
        return {"as": "currency", "currency": code[1].upper()} if code else "currency"
    return "count" if name in _COUNTED else None


@lru_cache(maxsize=32)
def _starter(integration: str) -> Mapping[str, Mapping[str, JsonValue]]:
    return {str(block.get("reference_key")): block for block in starter_blocks(integration, "", set())}
