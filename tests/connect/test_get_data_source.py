"""Tests of reportgen.connect.get_data_source."""

from __future__ import annotations

import asyncio
import json
import traceback
from typing import TYPE_CHECKING, cast

import pytest
from pydantic import SecretStr

from reportgen.connect.get_data import wire_id
from reportgen.connect.get_data_source import AT_ONCE
from reportgen.connect.live_answers import live_answers
from reportgen.connect.transport import Call, Reply
from reportgen.errors import AuthenticationFailed, ConfigurationError, Unreachable
from reportgen.periods import Window
from reportgen.queries import Failure, NumberAnswer, Source
from tests.canaries import CUSTOMER, MARK, TOKEN
from tests.connect.asking import ADS, CLICKS, COMPARED, GENDER, REPLIES, SEPTEMBER, asked, hasty
from tests.faultserver import Fault, Hit, answer_all, serving

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import JsonValue

    from reportgen.connect import AnswerSource

JSON = {"content-type": "application/json"}


def api(address: str = "http://127.0.0.1/api", transport: Replies | None = None) -> AnswerSource:
    """Return the API with both canary tokens."""
    return live_answers(address, SecretStr(TOKEN), SecretStr(CUSTOMER), transport=transport, traffic=hasty())


def numbers(body: dict[str, JsonValue], value: JsonValue = 1) -> dict[str, JsonValue]:
    """Answer every metric of a body with a number."""
    metrics = cast("list[dict[str, str]]", body["metrics"])
    return {metric["id"]: {"values": value} for metric in metrics}


class Replies:
    """A transport that answers from a function of the request body and keeps the calls."""

    def __init__(self, answer: Callable[[dict[str, JsonValue]], Reply]) -> None:
        """Keep the function."""
        self.answer = answer
        self.calls: list[Call] = []

    async def send(self, call: Call) -> Reply:
        """Answer one call."""
        self.calls.append(call)
        return self.answer(json.loads(call.body or b"{}"))


def test_a_conversation_over_http() -> None:
    """Path, headers and body are the page's, and its answer is typed, over a real socket."""
    query = asked(REPLIES, window=COMPARED)
    with serving(lambda hit: answer_all(hit, lambda _: {"values": 55645})) as server:
        source: AnswerSource = api(server.address)
        assert source.fetch([query]) == {query: NumberAnswer(55645)}
    (hit,) = server.hits
    assert hit.path == "/api/metrics/get-data"
    assert {name: hit.headers[name] for name in ("authorization", "x-customer-token", "accept", "content-type")} == {
        "authorization": f"Bearer {TOKEN}",
        "x-customer-token": CUSTOMER,
        "accept": "application/json",
        "content-type": "application/json",
    }
    assert hit.body == {
        "customer_integration": query.source.uuid,
        "start": "2026-10-01",
        "end": "2026-10-31",
        "comparison_start": "2026-09-01",
        "comparison_end": "2026-09-30",
        "metrics": [{"id": wire_id(query), **REPLIES}],
    }


def test_accounts_are_asked_at_the_same_time() -> None:
    """Two accounts' requests are in flight together: neither is answered before both have come."""
    both = asyncio.Barrier(2)

    async def script(hit: Hit) -> Fault:
        await asyncio.wait_for(both.wait(), 5)
        return answer_all(hit, lambda _: {"values": 1})

    queries = [asked(REPLIES), asked(REPLIES, source=ADS)]
    with serving(script) as server:
        answers = api(server.address).fetch(queries)
    assert answers == dict.fromkeys(queries, NumberAnswer(1))


def test_no_more_than_four_at_once() -> None:
    """Ten accounts never have more than `AT_ONCE` requests in flight."""
    flying: list[int] = [0]
    most: list[int] = [0]

    async def script(hit: Hit) -> Fault:
        flying[0] += 1
        most[0] = max(most[0], flying[0])
        await asyncio.sleep(0.05)
        flying[0] -= 1
        return answer_all(hit, lambda _: {"values": 1})

    queries = [asked(REPLIES, source=Source(f"s{index}", "x", f"uuid-{index}")) for index in range(10)]
    with serving(script) as server:
        answers = api(server.address).fetch(queries)
    assert len(answers) == len(server.hits) == 10
    assert 2 <= most[0] <= AT_ONCE


def test_answers_keep_the_order_asked() -> None:
    """Queries of two accounts, mixed and repeated, come back once each in the order asked."""
    queries = [asked(CLICKS), asked(REPLIES, source=ADS), asked(REPLIES), asked(GENDER, source=ADS), asked(CLICKS)]
    transport = Replies(lambda body: Reply(200, JSON, json.dumps(numbers(body)).encode()))
    assert list(api(transport=transport).fetch(queries)) == queries[:4]
    assert len(transport.calls) == 2


def _unreachable(_body: dict[str, JsonValue]) -> Reply:
    message = "h cannot be reached"
    raise Unreachable(message)


@pytest.mark.parametrize(
    ("failing", "reason"),
    [
        pytest.param(_unreachable, "h cannot be reached", marks=pytest.mark.logs("cannot be reached")),
        (lambda _: Reply(422, JSON, b'{"message": "Bad"}'), "the API answered 422: Bad"),
        (lambda _: Reply(500, JSON, b'{"message": "Boom"}'), "the API answered 500: Boom"),
        (lambda _: Reply(200, {"content-type": "text/html"}, b"<p>"), "text/html instead of JSON: <p>"),
        (lambda _: Reply(200, JSON, b'{"message": "No"}'), "the API answered with an error: No"),
        (lambda body: Reply(200, JSON, json.dumps(numbers({**body, "metrics": [{"id": "x-1"}]})).encode()), "x-1"),
    ],
)
def test_a_failed_request_leaves_the_others(failing: Callable[[dict[str, JsonValue]], Reply], reason: str) -> None:
    """One account's failed request fails its queries with the reason, and nothing else."""

    def answer(body: dict[str, JsonValue]) -> Reply:
        if body["customer_integration"] == ADS.uuid:
            return failing(body)
        return Reply(200, JSON, json.dumps(numbers(body)).encode())

    good, bad = asked(REPLIES), asked(REPLIES, source=ADS)
    answers = api(transport=Replies(answer)).fetch([bad, good])
    assert answers[good] == NumberAnswer(1)
    failure = answers[bad]
    assert isinstance(failure, Failure)
    assert failure.missing == "failed"
    assert reason in failure.reason


def test_a_refused_token_ends_the_run() -> None:
    """A 401 concerns every request, so it is raised and not made a failure."""
    transport = Replies(lambda _: Reply(401, JSON, b'{"message": "Invalid Customer Token"}'))
    with pytest.raises(AuthenticationFailed, match="Invalid Customer Token"):
        api(transport=transport).fetch([asked(REPLIES), asked(REPLIES, source=ADS)])


def test_nothing_asked_sends_nothing() -> None:
    """Without queries there is no request."""
    transport = Replies(_unreachable)
    assert api(transport=transport).fetch([]) == {}
    assert transport.calls == []


def test_windows_are_requests_of_their_own() -> None:
    """The same metric in two windows is asked twice, each with its own days."""
    transport = Replies(lambda body: Reply(200, JSON, json.dumps(numbers(body)).encode()))
    api(transport=transport).fetch([asked(REPLIES), asked(REPLIES, window=Window(SEPTEMBER))])
    assert sorted(json.loads(call.body)["start"] for call in transport.calls) == ["2026-09-01", "2026-10-01"]


@pytest.mark.parametrize("copied", ["Bearer abc|def", "bearer  abc|def", " abc|def\n", "abc|def"])
def test_a_copied_bearer_is_left_out(copied: str) -> None:
    """The word and the blanks that are copied with a token are not sent twice."""
    transport = Replies(lambda body: Reply(200, JSON, json.dumps(numbers(body)).encode()))
    live_answers("https://h/api", SecretStr(copied), SecretStr("c"), transport=transport).fetch([asked(REPLIES)])
    assert transport.calls[0].headers["Authorization"] == "Bearer abc|def"


@pytest.mark.parametrize(
    ("token", "customer", "named"),
    [
        ("", CUSTOMER, "the API token is empty"),
        ("Bearer ", CUSTOMER, "the API token is empty"),
        (TOKEN, " \n", "the customer token is empty"),
        (f"{TOKEN}\nx", CUSTOMER, "the API token holds a blank"),
        (TOKEN, f"{CUSTOMER}é", "the customer token holds a blank"),
    ],
)
def test_a_token_that_cannot_be_one_is_refused(token: str, customer: str, named: str) -> None:
    """An empty or broken token is refused before anything is sent, and is not shown."""
    with pytest.raises(ConfigurationError, match=named) as raised:
        live_answers("https://h/api", SecretStr(token), SecretStr(customer))
    assert MARK not in str(raised.value)


ECHO = f"your tokens are {TOKEN} and {CUSTOMER}"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(500, JSON, json.dumps({"message": ECHO}).encode()),
        Reply(500, JSON, json.dumps({"message": ECHO}).replace("/", "\\/").encode()),
        Reply(404, {"content-type": "text/html"}, ECHO.encode()),
        Reply(200, {"content-type": "text/html"}, ECHO.encode()),
        Reply(200, JSON, json.dumps({"message": ECHO}).encode()),
        Reply(302, {"location": f"https://e.example/{TOKEN}"}, b""),
    ],
)
def test_an_echoed_token_is_in_no_reason(reply: Reply) -> None:
    """A server that echoes both tokens does not get them into a failure's reason."""
    (answer,) = api(transport=Replies(lambda _: reply)).fetch([asked(REPLIES)]).values()
    assert isinstance(answer, Failure)
    assert MARK not in answer.reason


def test_an_echoed_token_is_in_no_answer() -> None:
    """A label that holds a token reaches the report blacked out."""
    payload = {wire_id(asked(GENDER)): {"labels": [ECHO], "values": [{"data": [1]}]}}
    transport = Replies(lambda _: Reply(200, JSON, json.dumps(payload).encode()))
    answers = api(transport=transport).fetch([asked(GENDER)])
    assert "your tokens are [token] and [token]" in repr(answers)


def test_a_token_is_in_no_traceback() -> None:
    """Neither a refused token nor the object itself shows what it is."""
    subject = api(transport=Replies(lambda _: Reply(401, JSON, json.dumps({"message": ECHO}).encode())))
    with pytest.raises(AuthenticationFailed) as raised:
        subject.fetch([asked(REPLIES)])
    assert MARK not in "".join(traceback.format_exception(raised.value)) + repr(subject)
