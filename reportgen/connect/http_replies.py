"""The JSON of a reply, or the error that names what a caller can do about it."""

from __future__ import annotations

import re
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reportgen.connect.cleaned_text import one_line
from reportgen.connect.error_replies import read_refusal
from reportgen.connect.strict_json import JsonError, parse_json
from reportgen.errors import (
    AuthenticationFailed,
    RateLimited,
    RequestRefused,
    ServiceFailed,
    TruncatedAnswer,
    UnexpectedAnswer,
)

if TYPE_CHECKING:
    from datetime import datetime

    from pydantic import JsonValue

    from reportgen.connect.transport import Reply

_COME_BACK_LATER = frozenset({408, 425})
_UNAUTHORIZED = 401
_TOO_MANY_REQUESTS = 429
_SECONDS = re.compile(r"[0-9]{1,12}")


def read_json(reply: Reply, now: datetime) -> JsonValue:
    """Return the JSON of a reply.

    Args:
        reply: The reply of the server.
        now: The time of day; `Retry-After` may name another, which is compared with the server's clock if it is sent.

    Raises:
        AuthenticationFailed: Status 401.
        RateLimited: 429.
        ServiceFailed: 5xx, or a 4xx that asks to come back later (408, 425).
        RequestRefused: Another 4xx, or a redirect.
        TruncatedAnswer: 2xx, but its JSON ends too early.
        UnexpectedAnswer: 2xx, but no strict JSON.
    """
    if 200 <= reply.status < 300:  # noqa: PLR2004 - the success statuses of HTTP
        return _parsed(reply)
    reason = _reason(reply)
    message = f"the API answered {reply.status}: {reason}"
    if reply.status == _UNAUTHORIZED:
        raise AuthenticationFailed(
            f"the API refused the tokens ({reason}). One of three things is wrong: the API token; the customer token; "
            "or the account, whose trial has ended"
        )
    if reply.status == _TOO_MANY_REQUESTS:
        raise RateLimited(message, reply.status, retry_after(reply, now))
    if reply.status >= 500 or reply.status in _COME_BACK_LATER:  # noqa: PLR2004 - the server errors of HTTP
        raise ServiceFailed(message, reply.status, retry_after(reply, now))
    if reply.status < 400:  # noqa: PLR2004 - the redirects of HTTP
        message = f"the API answered {reply.status}, a redirect to {_target(reply)}; check the address"
    raise RequestRefused(message, reply.status)


def retry_after(reply: Reply, now: datetime) -> float | None:
    """Return the seconds that a reply asks to wait; None where it asks nothing that can be understood.

    `Retry-After` holds seconds or a date (RFC 9110, 10.2.3); a date counts from the reply's own `Date`, which is
    right also where the server's clock is wrong.
    """
    text = reply.headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(text):
        return float(text)
    until, since = header_date(text), header_date(reply.headers.get("date", "")) or now
    return None if until is None else max(0.0, (until - since).total_seconds())


def header_date(text: str) -> datetime | None:
    """Return the date of a header (RFC 9110, 5.6.7), in UTC where it names no zone; None where the text is none."""
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # a year, an hour or a zone of many digits
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _target(reply: Reply) -> str:
    """Return the host of a redirect; the rest of its address may hold secrets."""
    try:
        return one_line(urlsplit(reply.headers.get("location", "")).hostname or "another path of the same host")
    except ValueError:
        return "no valid address"


def _parsed(reply: Reply) -> JsonValue:
    media = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not reply.body.strip():
        raise UnexpectedAnswer(f"the API answered {reply.status} with nothing in it")
    if media != "application/json" and not media.endswith("+json"):
        advice = "; check the address" if media == "text/html" else ""
        raise UnexpectedAnswer(
            f"the API answered with {one_line(media, 60) or 'an unnamed type'} instead of JSON: {_start(reply)}{advice}"
        )
    try:
        text = reply.body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnexpectedAnswer(f"the API's answer is not UTF-8: {_start(reply)}") from error
    try:
        return parse_json(text, keep_nan=True)
    except JsonError as error:
        raise (TruncatedAnswer if _ends_early(text, error) else UnexpectedAnswer)(
            f"the API's answer is not strict JSON ({error}): {_start(reply)}"
        ) from error


def _ends_early(text: str, error: JsonError) -> bool:
    *before, last = text.rstrip().split("\n")
    at_the_end = error.line > len(before) and error.column > len(last)
    return at_the_end or "unterminated string" in error.message


def _reason(reply: Reply) -> str:
    """Return the reason in an error reply, on a short line: its message, or the start of its text."""
    try:
        refusal = read_refusal(parse_json(reply.body.decode("utf-8-sig")))
    except (UnicodeDecodeError, JsonError):
        refusal = None
    return str(refusal) if refusal else _start(reply) or "no message"


def _start(reply: Reply) -> str:
    return one_line(reply.body[:2000].decode("utf-8", "replace"))
