"""One metric's answer as the API sent it, and how a chain of sources becomes an `AnswerSource`.

A chain is read from the outside in: what is recorded is what the cache or the API gave.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

from reportgen.connect import AnswerSource
from reportgen.connect.answer_reading import read_answer
from reportgen.queries import Failure

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping, Sequence
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.model import Caution
    from reportgen.queries import Answer, Query

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Payload:
    """What the API sent under one metric's id.

    Attributes:
        json: As it came, strictly read and without tokens.
    """

    json: JsonValue


Outcome: TypeAlias = Payload | Failure


class PayloadSource(Protocol):
    """Whatever brings payloads: the API, its asynchronous endpoint, a cache or a recording."""

    async def fetch_payloads(self, queries: Sequence[Query]) -> dict[Query, Outcome]:
        """Answer queries.

        Returns:
            Every query asked for, once, in the order asked; one that got no answer is a `Failure`.

        Raises:
            ReportgenError: Only for what concerns the whole run, such as a refused token.
        """
        ...

    async def fetch_currencies(self) -> Mapping[str, str]:
        """Return the ISO 4217 code of each account that has one, by its uuid.

        Raises:
            ConnectError: The API did not tell.
        """
        ...

    def picture_folder(self) -> Path | None:
        """Return where pictures of other hosts are kept beside the answers; None where nothing is kept."""
        return None

    def cautions(self) -> tuple[Caution, ...]:
        """Return what the people who send the report should know of how it was answered."""
        return ()


class TypedAnswers(AnswerSource):
    """An `AnswerSource` that reads what a source of payloads brings."""

    def __init__(self, source: PayloadSource) -> None:
        """Keep the source."""
        self._source = source

    def fetch(self, queries: Sequence[Query]) -> dict[Query, Answer]:
        """Fetch and type the answer to every query."""
        outcomes = run(self._source.fetch_payloads(queries))
        return {
            query: outcome if isinstance(outcome, Failure) else read_answer(query, outcome.json)
            for query, outcome in outcomes.items()
        }

    def currencies(self) -> Mapping[str, str]:
        """Return the currencies of the accounts."""
        return run(self._source.fetch_currencies())

    def picture_folder(self) -> Path | None:
        """Pass on what the source says."""
        return self._source.picture_folder()

    def cautions(self) -> tuple[Caution, ...]:
        """Pass on what the source says."""
        return self._source.cautions()


def run(work: Coroutine[object, object, _Result]) -> _Result:
    """Run a coroutine to its end, also where the caller is inside an event loop, as in a notebook."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
