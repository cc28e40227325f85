"""Ask a running sandbox over HTTP, as any client would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import JsonValue

    from reportgen.sandbox.sandbox_server import Sandbox

INTEGRATION = "4addc0da-8583-4dbb-a0e9-c7e2e8470f50"
OCTOBER = {"start": "2026-10-01", "end": "2026-10-31"}
SEPTEMBER = {"start": "2026-09-01", "end": "2026-09-30"}


def client(sandbox: Sandbox) -> httpx.Client:
    """Return a client with both tokens."""
    headers = {"Authorization": f"Bearer {sandbox.token}", "x-customer-token": sandbox.customer_token}
    return httpx.Client(base_url=sandbox.url, headers=headers, timeout=30, trust_env=False)


def metric(
    component: str, names: Sequence[str], dimensions: Sequence[JsonValue] = (), *, key: str = "x:key", ident: str = "a"
) -> dict[str, JsonValue]:
    """Return a metric structure."""
    structure: dict[str, JsonValue] = {
        "id": ident,
        "reference_key": key,
        "component": component,
        "metrics": [*names],
    }
    return {**structure, "dimensions": [*dimensions]} if dimensions else structure


def body(metrics: Sequence[JsonValue], dates: Mapping[str, str]) -> dict[str, JsonValue]:
    """Return a get-data request."""
    return {"customer_integration": INTEGRATION, **dates, "metrics": [*metrics]}


def get_data(
    http: httpx.Client, metrics: Sequence[JsonValue], dates: Mapping[str, str] = OCTOBER
) -> dict[str, dict[str, JsonValue]]:
    """Return the answers of a request that must succeed."""
    answer = http.post("metrics/get-data", json=body(metrics, dates))
    assert answer.status_code == 200, answer.text
    answers: dict[str, dict[str, JsonValue]] = answer.json()
    return answers
