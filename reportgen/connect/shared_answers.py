"""Answers shared by the reports of a run: the first report to need an answer asks, the others wait for it."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from threading import Lock
from typing import TYPE_CHECKING

from reportgen.connect.payload_sources import WrappedSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportgen.connect.payload_sources import Outcome, PayloadSource
    from reportgen.connect.request_counts import Tally
    from reportgen.queries import Query


class SharedAnswers:
    """Answers to a customer's tokens, for all reports that ask with them, in any thread.

    They are looked up by the digests of their queries, which do not hold the spec's names of accounts.
    """

    def __init__(self) -> None:
        """Start without answers."""
        self._lock = Lock()
        self._answers: dict[str, Future[Outcome]] = {}

    def claim(self, queries: Iterable[Query]) -> tuple[tuple[Query, ...], dict[Query, Future[Outcome]]]:
        """Return the queries that no report has asked for, and the future answers of all the queries.

        The caller now has to deliver or fail the queries he claimed.
        """
        claimed: list[Query] = []
        coming: dict[Query, Future[Outcome]] = {}
        with self._lock:
            for query in queries:
                if query.digest not in self._answers:
                    future: Future[Outcome] = Future()
                    future.set_running_or_notify_cancel()  # a report that gives up must not cancel it for others
                    self._answers[query.digest] = future
                    claimed.append(query)
                coming[query] = self._answers[query.digest]
        return tuple(claimed), coming

    def deliver(self, outcomes: Mapping[Query, Outcome]) -> None:
        """Give the answers to claimed queries to all reports that wait for them."""
        for query, outcome in outcomes.items():
            self._answers[query.digest].set_result(outcome)

    def fail(self, queries: Iterable[Query], error: BaseException) -> None:
        """Let all reports that wait for the queries fail with the error, and the next report ask anew."""
        with self._lock:
            failed = [self._answers.pop(query.digest) for query in queries]
        for future in failed:
            future.set_exception(error)


class SharedSource(WrappedSource):
    """A source that asks another source only for answers that no report has asked for yet."""

    def __init__(self, source: PayloadSource, answers: SharedAnswers, tally: Tally) -> None:
        """Share the answers of a source.

        Args:
            source: The source that is asked.
            answers: The answers of all reports with the same tokens.
            tally: Counts the answers that other reports had asked for.
        """
        super().__init__(source)
        self._answers, self._tally = answers, tally

    async def fetch_payloads(self, queries: Sequence[Query]) -> dict[Query, Outcome]:
        """Return the answers to queries: first asked for what no report has asked for, then awaited from the others."""
        claimed, coming = self._answers.claim(queries)
        try:
            self._answers.deliver(await self._source.fetch_payloads(claimed))
        except BaseException as error:
            self._answers.fail(claimed, error)
            raise
        self._tally.reused += len(queries) - len(claimed)
        return {query: await asyncio.wrap_future(answer) for query, answer in coming.items()}
