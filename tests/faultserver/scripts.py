"""What is done with which request: scripts and their building blocks."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from inspect import isawaitable
from typing import TYPE_CHECKING, TypeAlias

from tests.faultserver.faults import Fault, Reply, json_reply
from tests.faultserver.hits import Hit

if TYPE_CHECKING:
    from pydantic import JsonValue

Script: TypeAlias = Callable[[Hit], Fault | Awaitable[Fault]]
Metric: TypeAlias = "dict[str, JsonValue]"

_NO_BASE: dict[str, JsonValue] = {"values": None, "difference": None, "absoluteDifference": None}
_ACCOUNT: dict[str, JsonValue] = {
    "uuid": "4addc0da-8583-4dbb-a0e9-c7e2e8470f50",
    "integration": "instagram_business",
    "source_name": "@bakery",
    "name": "@bakery",
    "slug": "instagram_business",
    "status": "active",
}
_LIMITS: dict[str, JsonValue] = {"rate_limit_per_minute": "999", "rate_limit_per_second": "999"}


async def decide(script: Script, hit: Hit) -> Fault:
    """Return the fault of a script, which may be a function or a coroutine function."""
    fault = script(hit)
    return await fault if isawaitable(fault) else fault


def per_token(faults: Mapping[str, Sequence[Fault]], default: Fault | Script) -> Script:
    """Give the n-th request of a token its n-th fault; the last one repeats.

    Args:
        faults: Customer token, or API token where the customer token is not named -> faults.
        default: What requests with other tokens get.
    """
    seen: Counter[str] = Counter()

    async def script(hit: Hit) -> Fault:
        token = hit.customer_token if hit.customer_token in faults else hit.token
        if token not in faults:
            return await decide(_as_script(default), hit)
        seen[token] += 1
        return faults[token][min(seen[token], len(faults[token])) - 1]

    return script


def good_answer(metric: Metric) -> JsonValue:
    """Return a well-formed answer to one metric, as its component has it."""
    series = metric.get("metrics")
    width = len(series) if isinstance(series, list) else 1
    if metric.get("component") == "chart_v1":
        return {"labels": ["a", "b"], "values": [{"data": [1, 2]} for _ in range(width)]}
    if metric.get("component") == "datatable_v1":
        return {"values": [["a", *range(1, width + 1)], ["b", *range(2, width + 2)]]}
    return {"values": 1, "comparison": dict(_NO_BASE)}


def payload_of(hit: Hit, make: Callable[[Metric], JsonValue] = good_answer) -> dict[str, JsonValue]:
    """Return the payload of a get-data answer, one entry for each metric asked for, to be spoilt by the test."""
    return {str(metric["id"]): make(metric) for metric in hit.metrics}


def answer_all(hit: Hit, make: Callable[[Metric], JsonValue] = good_answer) -> Reply:
    """Answer every metric of a get-data request; `make` makes one metric's answer."""
    return json_reply(payload_of(hit, make))


def answering(planted: Mapping[str, JsonValue]) -> Script:
    """Answer every metric well but those planted: reference key -> what stands in its place."""

    def make(metric: Metric) -> JsonValue:
        key = str(metric["reference_key"])
        return planted[key] if key in planted else good_answer(metric)

    return lambda hit: answer_all(hit, make)


def routed(faults: Mapping[str, Fault | Script]) -> Script:
    """Answer like a healthy API with one active account, but for the routes named.

    Args:
        faults: "GET /merchants/settings" -> what it gets.
    """
    routes: dict[str, Fault | Script] = {
        "POST /metrics/get-data": answer_all,
        "GET /merchants/settings": json_reply({"merchant": {"name": "Agency", **_LIMITS}}),
        "GET /customers/settings": json_reply({"customer": {"name": "Bakery", "integrations": [_ACCOUNT]}}),
        "GET /customer-integrations": json_reply({"data": [_ACCOUNT], "meta": {"current_page": 1, "last_page": 1}}),
        **faults,
    }
    nothing = json_reply({"message": "Not Found"}, 404)
    return lambda hit: decide(_as_script(routes.get(f"{hit.method} {hit.path.removeprefix('/api')}", nothing)), hit)


def echoing(script: Script) -> Script:
    """Put both tokens of each request into the headers, messages, names and labels of its whole answers."""

    async def script_with_echo(hit: Hit) -> Fault:
        fault = await decide(script, hit)
        if not isinstance(fault, Reply):
            return fault
        words = f"{hit.token} {hit.customer_token}"
        try:
            body = json.dumps(_echoed(json.loads(fault.body), words, "")).encode()
        except ValueError:
            body = fault.body + words.encode()
        return replace(fault, body=body, headers=(*fault.headers, ("X-Echo", words)))

    return script_with_echo


def _as_script(given: Fault | Script) -> Script:
    return given if callable(given) else lambda _hit: given


def _echoed(value: JsonValue, words: str, key: str) -> JsonValue:
    if isinstance(value, dict):
        return {name: _echoed(inner, words, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_echoed(inner, words, key) for inner in value]
    if isinstance(value, str) and key in {"message", "name", "source_name", "labels", "values"}:
        return f"{value} {words}"
    return value
