"""What several reports of a run ask for is asked once: the first to need it asks, the others wait for its answer."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from threading import Lock
from typing import TYPE_CHECKING

from reportgen.connect.payload_sources import PayloadSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from reportgen.connect.payload_sources import Outcome
    from reportgen.connect.request_counts import Tally
    from reportgen.model import Caution
    from reportgen.queries import Query


class SharedAnswers:
    """Answers to one customer's tokens, for all reports that ask with them, in any thread.

    They are known by the digests of their queries: what a spec calls an account makes no other question.
    """

    def __init__(self) -> None:
        """Start with none."""
        self._lock = Lock()
        self._answers: dict[str, Future[Outcome]] = {}

    def claim(self, queries: Iterable[Query]) -> tuple[tuple[Query, ...], dict[Query, Future[Outcome]]]:
        """Return those of the queries that nobody has asked for, and where the answers of all will be.

        The caller now has to bring or fail what he claimed.
        """
        claimed: list[Query] = []
        coming: dict[Query, Future[Outcome]] = {}
        with self._lock:
            for query in queries:
                if query.digest not in self._answers:
                    future: Future[Outcome] = Future()
                    future.set_running_or_notify_cancel()  # who waits for it and gives up must not cancel it for others
                    self._answers[query.digest] = future
                    claimed.append(query)
                coming[query] = self._answers[query.digest]
        return tuple(claimed), coming

    def bring(self, outcomes: Mapping[Query, Outcome]) -> None:
        """Give what was claimed to all who wait for it."""
        for query, outcome in outcomes.items():
            self._answers[query.digest].set_result(outcome)

    def fail(self, queries: Iterable[Query], error: BaseException) -> None:
        """Let all who wait for the queries fail like the one who asked, and the next report ask anew."""
        with self._lock:
            failed = [self._answers.pop(query.digest) for query in queries]
        for future in failed:
            future.set_exception(error)


class Sharing(PayloadSource):
    """A source that asks another only for what no report has asked for yet."""

    def __init__(self, source: PayloadSource, answers: SharedAnswers, tally: Tally) -> None:
        """Share what a source brings.

        Args:
            source: What is asked.
            answers: Of all reports with the same tokens.
            tally: Counts what others had asked for.
        """
        self._source, self._answers, self._tally = source, answers, tally

    async def fetch_payloads(self, queries: Sequence[Query]) -> dict[Query, Outcome]:
        """Ask for what nobody has asked for, then wait for what others ask."""
        claimed, coming = self._answers.claim(queries)
        try:
            self._answers.bring(await self._source.fetch_payloads(claimed))
        except BaseException as error:
            self._answers.fail(claimed, error)
            raise
        self._tally.reused += len(queries) - len(claimed)
        return {query: await asyncio.wrap_future(answer) for query, answer in coming.items()}

    async def fetch_currencies(self) -> Mapping[str, str]:
        """Ask; a currency is looked up rarely and in one request."""
        return await self._source.fetch_currencies()

    def picture_folder(self) -> Path | None:
        """Pass on what the source says."""
        return self._source.picture_folder()

    def cautions(self) -> tuple[Caution, ...]:
        """Pass on what the source says."""
        return self._source.cautions()
