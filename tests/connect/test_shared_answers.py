"""Answers shared by reports: one request for an equal question, and a failure for all who waited."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier, Event
from typing import TYPE_CHECKING

import pytest

from reportgen.connect.payload_sources import Payload, PayloadSource
from reportgen.connect.request_counts import Tally
from reportgen.connect.shared_answers import SharedAnswers, SharedSource
from reportgen.errors import AuthenticationFailed
from tests.connect.asking import CLICKS, GENDER, INSTAGRAM, REPLIES, asked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.connect.payload_sources import Outcome
    from reportgen.queries import AccountFacts, Query

QUERIES = tuple(asked(structure) for structure in (REPLIES, GENDER, CLICKS))


class Slow(PayloadSource):
    """A source that answers when it is told to, and keeps what it was asked."""

    def __init__(self, error: Exception | None = None) -> None:
        """Begin closed."""
        self.asked: list[Query] = []
        self.open, self.begun = Event(), Event()
        self.error = error

    async def fetch_payloads(self, queries: Sequence[Query]) -> dict[Query, Outcome]:
        """Wait, then answer."""
        self.asked += queries
        self.begun.set()
        assert self.open.wait(10)
        if self.error and queries:
            raise self.error
        return {query: Payload({"values": len(query.structure)}) for query in queries}

    async def fetch_account_facts(self) -> Mapping[str, AccountFacts]:
        """Know none."""
        return {}


def fetch(
    source: PayloadSource, answers: SharedAnswers, queries: Sequence[Query]
) -> tuple[dict[Query, Outcome], Tally]:
    """Fetch as one report does, in a loop of its own."""
    tally = Tally()
    return asyncio.run(SharedSource(source, answers, tally).fetch_payloads(queries)), tally


def test_what_two_reports_ask_is_asked_once() -> None:
    """N29: the second waits for what the first asks, and asks for the rest; an alias makes no other question."""
    source, answers = Slow(), SharedAnswers()
    renamed = replace(QUERIES[1], source=replace(INSTAGRAM, alias="ig"))
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(fetch, source, answers, QUERIES[:2])
        assert source.begun.wait(10)
        second = threads.submit(fetch, source, answers, (renamed, QUERIES[2]))
        source.open.set()
        (one, _), (other, tally) = first.result(10), second.result(10)
    assert sorted(query.structure for query in source.asked) == sorted(query.structure for query in QUERIES)
    assert other[renamed] == one[QUERIES[1]]
    assert tally.reused == 1


def test_who_waits_for_a_failure_fails_too() -> None:
    """The same tokens would be refused again; the next report may ask anew."""
    source, answers = Slow(AuthenticationFailed("no")), SharedAnswers()
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(fetch, source, answers, QUERIES[:1])
        assert source.begun.wait(10)
        second = threads.submit(fetch, source, answers, QUERIES[:1])
        source.open.set()
        for report in (first, second):
            with pytest.raises(AuthenticationFailed):
                report.result(10)
    source.error = None
    assert fetch(source, answers, QUERIES[:1])[0]


def test_an_answer_that_fails_before_it_is_waited_for() -> None:
    """N29: who counted on it in time fails too, and is told why; by then it is forgotten, so that others may ask."""
    answers, error = SharedAnswers(), AuthenticationFailed("no")
    claimed, _ = answers.claim(QUERIES[:1])
    _, coming = answers.claim(QUERIES[:1])
    answers.fail(claimed, error)
    assert [answer.exception() for answer in coming.values()] == [error]
    assert answers.claim(QUERIES[:1])[0] == claimed


def test_many_reports_at_once() -> None:
    """N29: eight threads ask the same in different orders: each is asked once, and nobody waits for ever."""
    source, answers, start = Slow(), SharedAnswers(), Barrier(8)
    source.open.set()

    def report(turn: int) -> dict[Query, Outcome]:
        start.wait(10)
        return fetch(source, answers, QUERIES[turn % 3 :] + QUERIES[: turn % 3])[0]

    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(report, range(8)))
    assert len(source.asked) == len(QUERIES)
    assert all(result == results[0] for result in results)
