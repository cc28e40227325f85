"""Tests of reportgen.connect.http_replies."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from reportgen.connect.http_replies import read_json, retry_after
from reportgen.connect.transport import Reply
from reportgen.errors import (
    AuthenticationFailed,
    ConnectError,
    RateLimited,
    RequestRefused,
    ServiceFailed,
    TruncatedAnswer,
    UnexpectedAnswer,
)

if TYPE_CHECKING:
    from pydantic import JsonValue

JSON = {"content-type": "application/json; charset=utf-8"}
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (301, RequestRefused),
        (400, RequestRefused),
        (401, AuthenticationFailed),
        (403, RequestRefused),
        (404, RequestRefused),
        (408, ServiceFailed),
        (422, RequestRefused),
        (425, ServiceFailed),
        (429, RateLimited),
        (500, ServiceFailed),
        (503, ServiceFailed),
    ],
)
def test_statuses_become_errors(status: int, error: type[ConnectError]) -> None:
    """Each status has the error that says what a caller can do."""
    with pytest.raises(ConnectError) as raised:
        read_json(Reply(status, JSON, b'{"message": "m"}'), NOON)
    assert type(raised.value) is error


def test_a_401_names_the_three_causes() -> None:
    """Only the API's message tells which cause it is, so it and all three are shown, on one line."""
    with pytest.raises(AuthenticationFailed) as raised:
        read_json(Reply(401, JSON, b'{"message": "Invalid\\nCustomer Token"}'), NOON)
    assert str(raised.value) == (
        "the API refused the tokens (Invalid Customer Token). One of three things is wrong: the API token; "
        "the customer token; or the account, whose trial has ended"
    )


def test_an_error_page_is_shown_short() -> None:
    """An error without JSON shows the start of its text."""
    with pytest.raises(ServiceFailed) as raised:
        read_json(Reply(502, {"content-type": "text/html"}, b"<h1>\nBad gateway</h1>" + b"x" * 5000), NOON)
    assert str(raised.value).startswith("the API answered 502: <h1> Bad gateway</h1>xxx")
    assert len(str(raised.value)) < 240


@pytest.mark.parametrize(
    ("headers", "body", "message"),
    [
        (JSON, b"", "with nothing in it"),
        (JSON, b" \n", "with nothing in it"),
        (
            {"content-type": "text/html"},
            b"<html>Log in</html>",
            "text/html instead of JSON: <html>Log in</html>; check the address",
        ),
        ({}, b"{}", "an unnamed type instead of JSON"),
        (JSON, b"\xff\xfe{}", "not UTF-8"),
        (JSON, b'{"a": 1', "not strict JSON (line 1, column 8"),
        (JSON, b'{"a": 1, "a": 2}', "the key 'a' stands twice"),
        (JSON, b"[" * 100_000, "nests more than 64 levels"),
    ],
)
def test_what_is_no_json_is_unexpected(headers: dict[str, str], body: bytes, message: str) -> None:
    """A success without strict JSON is refused in words, with the start of what came."""
    with pytest.raises(UnexpectedAnswer) as raised:
        read_json(Reply(200, headers, body), NOON)
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("headers", "body", "payload"),
    [
        (JSON, b'{"a": "\xc3\xa9"}', {"a": "é"}),
        (JSON, b'\xef\xbb\xbf{"a": null}', {"a": None}),
        ({"content-type": "application/vnd.api+json"}, b"[]", []),
    ],
)
def test_json_is_read(headers: dict[str, str], body: bytes, payload: JsonValue) -> None:
    """UTF-8 with or without a mark, under any JSON media type."""
    assert read_json(Reply(200, headers, body), NOON) == payload


@pytest.mark.parametrize("body", [b'{"a": 1', b'{"a": "x', b'{"a": [1]', b'{"a": {"b": 2}, ', b'{"a', b"["])
def test_a_cut_answer_is_truncated(body: bytes) -> None:
    """P01: JSON that ends too early may have been cut on the way, and is told apart from other rubbish."""
    with pytest.raises(TruncatedAnswer):
        read_json(Reply(200, JSON, body), NOON)


@pytest.mark.parametrize("body", [b'{"a": 1}}', b"{'a': 1}", b'{"a": 1,}', b'{"a": 1, "a": 2}', b"x"])
def test_other_rubbish_is_not(body: bytes) -> None:
    """P01: what no longer body could mend is asked for only once."""
    with pytest.raises(UnexpectedAnswer) as raised:
        read_json(Reply(200, JSON, body), NOON)
    assert type(raised.value) is UnexpectedAnswer


ENDLESS = (
    "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
    "Mon, 99999999999999999999 Jan 2026 00:00:00 GMT",
    "Mon, 01 Jan 2026 99999999999:00:00 GMT",
    "Mon, 01 Jan 2026 00:00:00 +99999999999999",
)
"""Dates that no computer has a number for."""


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "3"}, 3.0),
        ({"retry-after": "1000000000"}, 1e9),
        ({"retry-after": "Sun, 01 Nov 2026 12:00:07 GMT"}, 7.0),
        ({"retry-after": "Sun, 01 Nov 2026 11:00:00 GMT"}, 0.0),
        ({"retry-after": "Sun, 01 Nov 2026 15:00:07 GMT", "date": "Sun, 01 Nov 2026 15:00:00 GMT"}, 7.0),
        ({"retry-after": "Sun, 01 Nov 2026 12:00:07 GMT", "date": "yesterday"}, 7.0),
        *(({"retry-after": text}, None) for text in ("soon", "", "-5", "1.5", "٣", "Sun, 99 Nov 2026 12:00:07 GMT")),
        *(({"retry-after": text}, None) for text in ENDLESS),
        *(({"retry-after": "Sun, 01 Nov 2026 12:00:07 GMT", "date": text}, 7.0) for text in ENDLESS),
        ({}, None),
    ],
)
def test_how_long_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    """N10, N11: Retry-After is read as seconds or as a date by the server's own clock; garbage is none."""
    assert retry_after(Reply(429, headers, b""), NOON) == seconds
