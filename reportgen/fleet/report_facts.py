"""The facts of a fetched report for the journal: states, figures and digests of its blocks, and its requests."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from reportgen.model import number_or_none
from reportgen.outputs.text.headline_numbers import headline_numbers
from reportgen.outputs.text.number_cards import reading_card

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

    from reportgen.connect.request_counts import Tally
    from reportgen.model import Report

REST = ""
"""The name under which the digest of everything but the blocks stands."""

_NOT_ANSWERED = frozenset({"sections", "hidden", "as_of"})


def report_facts(report: Report, encoded: dict[str, JsonValue], tally: Tally) -> dict[str, JsonValue]:
    """Return the facts of a report.

    Args:
        report: Fetched and resolved.
        encoded: Its JSON.
        tally: The counts of its requests.
    """
    return {
        "blocks": {block.name: block.state for block in report.blocks},
        "figures": _figures(report),
        "printed": _printed(report),
        "headlines": [asdict(number) for number in headline_numbers(report)],
        "contents": content_digests(encoded),
        "verdict": report.verdict,
        "requests": tally.requests,
        "retries": tally.retries,
        "reused": tally.reused,
    }


def content_digests(encoded: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """Return a digest of each block by its name, and of the rest of a report, without the day on which it was made."""
    rest = {name: value for name, value in encoded.items() if name not in _NOT_ANSWERED}
    return {REST: _digest(rest), **{str(block["name"]): _digest(block) for block in _blocks(encoded)}}


def _blocks(encoded: dict[str, Any]) -> Iterator[dict[str, JsonValue]]:
    """Yield the JSON of each block, shown or hidden."""
    for section in encoded["sections"]:
        yield from section["blocks"]
    yield from encoded["hidden"]


def _digest(value: JsonValue) -> str:
    """Return a short digest of JSON values: two answers are compared by it, which nobody forges."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def _figures(report: Report) -> dict[str, JsonValue]:
    """Return the value of each number block; a value that is a text, such as a date, is no figure."""
    return {
        block.name: number_or_none(reading.value)
        for block in report.blocks
        if block.kind == "number"
        for reading in block.readings
    }


def _printed(report: Report) -> dict[str, JsonValue]:
    """Return the value of each number block as its card prints it; a value that is missing is left out."""
    cards = {
        block.name: reading_card(reading, report).value
        for block in report.blocks
        if block.kind == "number"
        for reading in block.readings
    }
    return {name: text for name, text in cards.items() if text}
