"""Tests of reportgen.connect.get_data."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.connect.get_data import Request, build_requests, lacking_ids, split_payloads, wire_id
from reportgen.connect.payload_sources import Payload
from reportgen.errors import UnexpectedAnswer
from reportgen.periods import Window
from reportgen.queries import Failure
from tests.connect.asking import ADS, ALONE, CLICKS, COMPARED, GENDER, INSTAGRAM, REPLIES, SEPTEMBER, asked

if TYPE_CHECKING:
    from pydantic import JsonValue

NUMBER, CHART, TABLE = asked(REPLIES), asked(GENDER), asked(CLICKS)
REQUEST = Request(INSTAGRAM, ALONE, (NUMBER, CHART))
STRANGER = "00000000-0000-4000-8000-000000000000"


def test_the_id_is_a_fixed_uuid5() -> None:
    """The id is the same on every run, machine and release; a change would orphan recordings."""
    assert wire_id(NUMBER) == "b2db83c0-d2c2-571b-968e-2a403f222484"
    assert UUID(wire_id(NUMBER)).version == 5


def test_the_id_knows_account_days_and_structure() -> None:
    """Another account, period or structure is another id; the author's own id is not."""
    others = [
        asked(REPLIES, source=ADS),
        asked(REPLIES, window=Window(SEPTEMBER)),
        asked({**REPLIES, "reference_key": "ig:other"}),
    ]
    assert len({wire_id(query) for query in [NUMBER, *others]}) == 4
    assert wire_id(asked({**REPLIES, "id": "mine"})) == wire_id(NUMBER)


def test_a_body_is_what_the_page_documents() -> None:
    """The body has the page's fields, each metric unchanged with our id, and no comparison unasked."""
    assert REQUEST.body() == {
        "customer_integration": "4addc0da-8583-4dbb-a0e9-c7e2e8470f50",
        "start": "2026-10-01",
        "end": "2026-10-31",
        "metrics": [{"id": wire_id(NUMBER), **REPLIES}, {"id": wire_id(CHART), **GENDER}],
    }


def test_a_comparison_sends_both_its_days() -> None:
    """A window with a baseline sends the comparison's first and last day."""
    (request,) = build_requests([asked(REPLIES, window=COMPARED)])
    body = request.body()
    assert (body["comparison_start"], body["comparison_end"]) == ("2026-09-01", "2026-09-30")


def test_requests_group_by_account_and_window() -> None:
    """One request for each account and window, metrics in the order asked, none twice."""
    other, before = asked(REPLIES, source=ADS), asked(REPLIES, window=Window(SEPTEMBER))
    assert build_requests([TABLE, other, NUMBER, before, TABLE]) == (
        Request(INSTAGRAM, ALONE, (TABLE, NUMBER)),
        Request(ADS, ALONE, (other,)),
        Request(INSTAGRAM, Window(SEPTEMBER), (before,)),
    )


def test_compared_days_are_a_second_request() -> None:
    """An account is asked at most twice: all of a compared report, then the baseline of charts and tables."""
    now = [asked(metric, window=COMPARED) for metric in (REPLIES, GENDER, CLICKS)]
    then = [asked(metric, window=Window(SEPTEMBER)) for metric in (GENDER, CLICKS)]
    first, second = build_requests([now[0], now[1], then[0], now[2], then[1]])
    assert (first.queries, second.queries) == (tuple(now), tuple(then))
    assert first.by_id().keys().isdisjoint(second.by_id())
    assert "comparison_start" not in second.body()


GOOD: dict[str, JsonValue] = {
    wire_id(CHART): {"labels": ["a"], "values": [{"data": [1]}]},
    wire_id(NUMBER): {"values": 7},
}


@pytest.mark.parametrize("payload", [GOOD, {"data": GOOD}, {"data": GOOD, "message": "ok"}, {**GOOD, "success": True}])
def test_both_envelopes(payload: JsonValue) -> None:
    """Answers are found by id, at the top or under `data`, and come in the order asked."""
    outcomes = split_payloads(REQUEST, payload)
    assert list(outcomes.items()) == [(query, Payload(GOOD[wire_id(query)])) for query in (NUMBER, CHART)]


@pytest.mark.parametrize(
    ("payload", "lacking"),
    [
        ({}, {"a", "b"}),
        ({"data": {}}, {"a", "b"}),
        ({"success": True}, {"a", "b"}),
        ({"a": {"values": 1}}, {"b"}),
        ({"data": {"a": {"values": 1}}}, {"b"}),
        ({"a": {"values": 1}, "b": None}, set()),
        ({"message": "Server Error"}, set()),
        ({"a": {"values": 1}, STRANGER: {"values": 1}}, set()),
        ([], set()),
    ],
)
def test_what_a_further_delivery_may_answer(payload: JsonValue, lacking: set[str]) -> None:
    """The ids without an answer; nothing where the reply is an error, or another request's."""
    assert lacking_ids(["a", "b"], payload) == lacking


@pytest.mark.parametrize("payload", [{}, {"data": {}}, {"success": True}])
def test_absent_ids_are_not_returned(payload: JsonValue) -> None:
    """What the answer does not hold is not returned, never zero."""
    assert {
        outcome.missing for outcome in split_payloads(REQUEST, payload).values() if isinstance(outcome, Failure)
    } == {"not_returned"}


def test_one_absent_id_leaves_the_other() -> None:
    """One metric that is absent costs only itself."""
    outcomes = split_payloads(REQUEST, {wire_id(NUMBER): {"values": 7}})
    assert outcomes[NUMBER] == Payload({"values": 7})
    assert outcomes[CHART] == Failure("not_returned", "the API's answer does not hold this metric")


@pytest.mark.parametrize(
    "payload",
    [
        {STRANGER: {"values": 1}},
        {STRANGER: {"message": "no"}},
        {**GOOD, STRANGER: None},
        {"data": {**GOOD, STRANGER: {"values": 1}}},
    ],
)
def test_a_strangers_id_is_refused_by_name(payload: JsonValue) -> None:
    """An id that was not asked for spoils the whole answer, and is named."""
    with pytest.raises(UnexpectedAnswer, match=STRANGER):
        split_payloads(REQUEST, payload)


def test_a_strangers_id_of_another_form_is_refused() -> None:
    """Values under a key that is no UUID are somebody else's too."""
    with pytest.raises(UnexpectedAnswer, match="sc-clicks-001"):
        split_payloads(REQUEST, {**GOOD, "sc-clicks-001": {"values": 1}})


def test_an_error_of_the_whole_request_is_shown() -> None:
    """An error inside a 200 is raised with the API's own words."""
    with pytest.raises(UnexpectedAnswer, match="the API answered with an error: validation: Bad start"):
        split_payloads(REQUEST, {"error": {"code": "validation", "message": "Bad start"}})


def test_an_error_beside_data_is_shown() -> None:
    """An exception under `data` is the whole request's."""
    with pytest.raises(UnexpectedAnswer, match="Boom"):
        split_payloads(REQUEST, {"data": {"exception": "Boom"}, "message": ""})


def test_an_expired_integration_expires_its_metrics() -> None:
    """An account that has to be reconnected is `expired`, not merely failed."""
    payload: JsonValue = {"code": "integration_expired", "exception": {"message": "Reconnect"}}
    failure = Failure("expired", "integration_expired: Reconnect")
    assert split_payloads(REQUEST, payload) == {NUMBER: failure, CHART: failure}


@pytest.mark.parametrize("payload", [None, [], "text", 5, True])
def test_a_payload_that_is_no_object_is_refused(payload: JsonValue) -> None:
    """Answers are an object by id and nothing else."""
    with pytest.raises(UnexpectedAnswer, match="instead of an object of answers by id"):
        split_payloads(REQUEST, payload)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from([wire_id(NUMBER), wire_id(CHART), STRANGER, "data", "error", "message", "values", "code"])
            | st.text(),
            inner,
        )
    ),
    max_leaves=12,
)


@given(_JSON)
def test_any_payload_answers_all_or_is_unexpected(payload: JsonValue) -> None:
    """Whatever JSON comes, every query is answered or UnexpectedAnswer is raised."""
    try:
        outcomes = split_payloads(REQUEST, payload)
    except UnexpectedAnswer:
        return
    assert tuple(outcomes) == REQUEST.queries
    assert all(isinstance(outcome, Payload | Failure) for outcome in outcomes.values())


def test_two_aliases_of_one_account_are_one_request() -> None:
    """The same account under another name is asked once, and both get the answer."""
    one = asked(REPLIES)
    two = replace(one, source=replace(one.source, alias="again"))
    (request,) = build_requests([one, two])
    metrics = request.body()["metrics"]
    assert isinstance(metrics, list)
    assert len(metrics) == 1
    outcomes = split_payloads(request, {wire_id(one): {"values": 5}})
    assert list(outcomes) == [one, two]
    assert outcomes[one] == outcomes[two]


def test_a_large_request_is_cut() -> None:
    """More metrics than one request may hold become several, in the order asked; aliases stay together."""
    queries = [asked({**REPLIES, "reference_key": f"k{index}"}) for index in range(5)]
    again = replace(queries[1], source=replace(INSTAGRAM, alias="again"))
    requests = build_requests([*queries, again], largest=2)
    assert [request.queries for request in requests] == [
        (queries[0], queries[1], again),
        (queries[2], queries[3]),
        (queries[4],),
    ]


def test_halves_hold_everything_once() -> None:
    """A request and its halves ask for the same, in the same order, until one metric is left."""
    request = Request(INSTAGRAM, ALONE, (NUMBER, CHART, TABLE))
    halves = request.halves()
    assert halves is not None
    first, second = halves
    assert first.queries + second.queries == request.queries
    assert first.halves() is None


@pytest.mark.parametrize(("key", "day"), [("start", "2026-09-01"), ("end", "2026-10-30T23:59:59Z")])
def test_a_reply_for_other_days_is_refused(key: str, day: str) -> None:
    """P21: where a reply names its period, it has to be the one asked for; wrong numbers are worse than none."""
    with pytest.raises(UnexpectedAnswer, match=f"its {key} is {day}, not"):
        split_payloads(REQUEST, {**GOOD, key: day})
    assert len(split_payloads(REQUEST, {**GOOD, "start": "2026-10-01", "end": "2026-10-31T23:59:59Z"})) == 2
