"""Answers of get-data-async, posted to the caller's webhook a little later, once or, unless calm, twice."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from reportgen.sandbox.daily_figures import unit

if TYPE_CHECKING:
    from pydantic import JsonValue

_SOON = 0.02  # seconds
_MOST_DELAY = 0.2
_TWICE = 0.3  # the part of all deliveries that come twice


async def deliver(url: str, payload: dict[str, JsonValue], *, calm: bool) -> None:
    """Post an answer to a webhook.

    A calm sandbox does it at once; another waits for a random time, so that deliveries overtake each other, and
    posts some twice. A failure is not reported, as the vendor reports none.
    """
    import httpx  # heavy, and needed only by a sandbox that delivers

    chance = unit("delivery", *sorted(payload))
    await asyncio.sleep(_SOON if calm else _SOON + chance * _MOST_DELAY)
    times = 2 if not calm and chance < _TWICE else 1
    async with httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=10) as client:
        for _ in range(times):
            try:
                await client.post(url, json=payload)
            except httpx.HTTPError:
                return
