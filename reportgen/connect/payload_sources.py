"""The answer to a metric as the API sent it, and how a chain of sources becomes an `AnswerSource`.

A chain is read from the outside in: a recording holds the answers that the cache or the API gave.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeGuard

from reportgen.connect import AnswerSource
from reportgen.connect.answer_reading import read_answer
from reportgen.connect.event_loop import run
from reportgen.queries import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.model import Caution
    from reportgen.queries import AccountFacts, Answer, Query


@dataclass(frozen=True, slots=True)
class Payload:
    """The JSON that the API sent under a metric's id.

    Attributes:
        json: As it came, strictly read and without tokens.
    """

    json: JsonValue
    _answers: dict[str, Answer] = field(default_factory=dict, init=False, repr=False, compare=False)

    def answer(self, query: Query) -> Answer:
        """Return the typed answer to a query, read once: stores judge it before it is used; see `read_answer`."""
        if query.structure not in self._answers:
            self._answers[query.structure] = read_answer(query, self.json)
        return self._answers[query.structure]


Outcome: TypeAlias = Payload | Failure


def may_be_kept(outcome: Outcome | None, query: Query) -> TypeGuard[Payload]:
    """Return whether an answer may be used again later: it can be read, or there is no data.

    A failure may be over by then, also one that the API reports in place of the answer, such as an expired account.
    """
    if not isinstance(outcome, Payload):
        return False
    answer = outcome.answer(query)
    return not isinstance(answer, Failure) or answer.missing == "no_data"


class PayloadSource(Protocol):
    """A source of payloads: the API, its asynchronous endpoint, a cache or a recording."""

    async def fetch_payloads(self, queries: Sequence[Query]) -> dict[Query, Outcome]:
        """Return the payloads that answer queries; see `AnswerSource.fetch`."""
        ...

    async def fetch_account_facts(self) -> Mapping[str, AccountFacts]:
        """Return the names and currencies of the accounts; see `AnswerSource.account_facts`."""
        ...

    def picture_folder(self) -> Path | None:
        """Return the folder of pictures from other hosts, beside the answers; None where they are not stored."""
        return None

    def cautions(self) -> tuple[Caution, ...]:
        """Return cautions about the answers, for the people who send the report."""
        return ()


class WrappedSource(PayloadSource):
    """A `PayloadSource` around another source, which answers what this source does not."""

    def __init__(self, source: PayloadSource) -> None:
        """Wrap a source."""
        self._source = source

    async def fetch_account_facts(self) -> Mapping[str, AccountFacts]:
        """Return the names and currencies of the source's accounts."""
        return await self._source.fetch_account_facts()

    def picture_folder(self) -> Path | None:
        """Return the picture folder of the source."""
        return self._source.picture_folder()

    def cautions(self) -> tuple[Caution, ...]:
        """Return the cautions of the source."""
        return self._source.cautions()


@dataclass(frozen=True)
class TypedAnswers(AnswerSource):
    """An `AnswerSource` that types the payloads of a source."""

    source: PayloadSource

    def fetch(self, queries: Sequence[Query]) -> dict[Query, Answer]:
        """Return the typed answer to every query."""
        outcomes = run(self.source.fetch_payloads(queries))
        return {
            query: outcome if isinstance(outcome, Failure) else outcome.answer(query)
            for query, outcome in outcomes.items()
        }

    def account_facts(self) -> Mapping[str, AccountFacts]:
        """Return the names and currencies of the accounts."""
        return run(self.source.fetch_account_facts())

    def picture_folder(self) -> Path | None:
        """Return the picture folder of the source."""
        return self.source.picture_folder()

    def cautions(self) -> tuple[Caution, ...]:
        """Return the cautions of the source."""
        return self.source.cautions()
