"""What came in: one request, read off a connection."""

from __future__ import annotations

import json
import time
from asyncio import IncompleteReadError
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from asyncio import StreamReader

    from pydantic import JsonValue


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it stood on the wire.

    Attributes:
        method: In capitals.
        path: Without the query string.
        query: Name -> value; of a repeated name the last.
        headers: Lower-case name -> value.
        raw: The body.
        at: `time.monotonic()` when its head had come.
    """

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    raw: bytes
    at: float

    @property
    def token(self) -> str:
        """Return the API token without the word Bearer; empty if there is none."""
        return self.headers.get("authorization", "").removeprefix("Bearer ")

    @property
    def customer_token(self) -> str:
        """Return the customer token; empty if there is none."""
        return self.headers.get("x-customer-token", "")

    @property
    def body(self) -> JsonValue:
        """Return the body's JSON; None if it is none."""
        try:
            return cast("JsonValue", json.loads(self.raw))
        except ValueError:
            return None

    @property
    def metrics(self) -> list[dict[str, JsonValue]]:
        """Return the metrics that a get-data body asks for; empty for any other body."""
        metrics = self.body.get("metrics") if isinstance(self.body, dict) else None
        return [metric for metric in metrics if isinstance(metric, dict)] if isinstance(metrics, list) else []


@dataclass(frozen=True, slots=True)
class Hit(Request):
    """One request and its place among the others.

    Attributes:
        number: The n-th request of its two tokens on its path, from 1.
        connection: The n-th connection of the server, from 1; kept-alive requests share one.
    """

    number: int
    connection: int


async def read_request(reader: StreamReader) -> Request | None:
    """Read the next request; None when the client is done or has gone in the middle of it."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        at = time.monotonic()
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        raw = await reader.readexactly(int(headers.get("content-length", "0")))
    except (ConnectionError, IncompleteReadError):
        return None
    method, target, _ = head[0].split(" ")
    url = urlsplit(target)
    return Request(method, url.path, dict(parse_qsl(url.query)), headers, raw, at)
