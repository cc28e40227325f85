"""The contract of `POST /metrics/get-data`: requests from queries, and payloads by query from a reply."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from reportgen.connect.cleaned_text import one_line
from reportgen.connect.error_replies import read_refusal
from reportgen.connect.payload_sources import Payload
from reportgen.errors import UnexpectedAnswer
from reportgen.queries import Failure, request_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import JsonValue

    from reportgen.connect.payload_sources import Outcome
    from reportgen.periods import Window
    from reportgen.queries import Query, Source

GET_DATA = "metrics/get-data"
LARGEST_REQUEST = 50  # metrics; the API documents no limit, and its dashboards ask for fewer
_NAMESPACE = UUID("6f1a3c7e-52b0-4d0b-9d3e-8f6b8b1f0c55")  # ours; another would change every id
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def wire_id(query: Query) -> str:
    """Return the id of a query on the wire.

    The UUIDv5 of customer integration, start, end and metric structure: the same on every run, and
    never the same for two accounts or periods, so an answer to another request is noticed.
    """
    days = query.window.current
    return str(
        uuid5(_NAMESPACE, f"{query.source.uuid}\n{days.start.isoformat()}\n{days.end.isoformat()}\n{query.structure}")
    )


@dataclass(frozen=True, slots=True)
class Request:
    """A get-data request: metrics of an account in a window.

    Attributes:
        source: The account asked, under the first of its aliases.
        window: The days asked for, and the days that the API compares with.
        queries: The queries in the order of the metrics in the body; none twice.
    """

    source: Source
    window: Window
    queries: tuple[Query, ...]

    def body(self) -> dict[str, JsonValue]:
        """Return the request body as JSON: each metric structure unchanged, with our id."""
        metrics: list[JsonValue] = [{"id": key, **queries[0].metric} for key, queries in self.by_id().items()]
        return {**request_fields(self.source.uuid, self.window), "metrics": metrics}

    def by_id(self) -> dict[str, list[Query]]:
        """Return the queries under their id on the wire; two aliases of an account share it."""
        asked: dict[str, list[Query]] = {}
        for query in self.queries:
            asked.setdefault(wire_id(query), []).append(query)
        return asked

    def halves(self) -> tuple[Request, Request] | None:
        """Return two requests with half of the metrics each; None where there is a single metric."""
        asked = list(self.by_id().values())
        if len(asked) == 1:
            return None
        middle = len(asked) // 2
        first, second = (tuple(chain.from_iterable(part)) for part in (asked[:middle], asked[middle:]))
        return replace(self, queries=first), replace(self, queries=second)


def build_requests(queries: Iterable[Query], largest: int = LARGEST_REQUEST) -> tuple[Request, ...]:
    """Return the requests for each account and window, in the order first asked.

    Args:
        queries: The queries; a repeated query is asked once.
        largest: Most metrics of a request.
    """
    groups: dict[tuple[str, Window], dict[str, dict[Query, None]]] = {}
    for query in queries:
        metrics = groups.setdefault((query.source.uuid, query.window), {})
        metrics.setdefault(query.structure, {})[query] = None  # two aliases of an account ask for it together
    requests = []
    for (_, window), group in groups.items():
        asked = list(group.values())
        for start in range(0, len(asked), largest):
            part = tuple(chain.from_iterable(asked[start : start + largest]))
            requests.append(Request(part[0].source, window, part))
    return tuple(requests)


def split_payloads(request: Request, reply: JsonValue) -> dict[Query, Outcome]:
    """Return the part of the reply for each query of a request.

    Both envelopes are accepted: an object by id, and the same under `data`.

    Returns:
        Every query of the request, in its order; a metric that is absent is a `Failure`.

    Raises:
        UnexpectedAnswer: The reply is no object, reports an error of the whole request, holds an id
            that was not asked for, or names other days.
    """
    asked = request.by_id()
    answers = _envelope(reply, asked)
    _refuse_unknown_ids(answers, asked)
    _refuse_other_days(request, reply)
    if not asked.keys() & answers.keys() and (refusal := read_refusal(reply)):
        if refusal.missing == "failed":
            raise UnexpectedAnswer(f"the API answered with an error: {refusal}")
        return dict.fromkeys(request.queries, refusal.as_failure())
    absent = Failure("not_returned", "the API's answer does not hold this metric")
    return {
        query: Payload(answers[key]) if key in answers else absent
        for key, queries in asked.items()
        for query in queries
    }


def lacking_ids(ids: Iterable[str], reply: JsonValue) -> frozenset[str]:
    """Return the ids of a request that a reply has no answer for, and that a further delivery may answer.

    There are none where the reply says something else than answers, such as an error of the whole request.
    """
    asked = dict.fromkeys(ids)
    try:
        answers = _envelope(reply, asked)
        _refuse_unknown_ids(answers, asked)
    except UnexpectedAnswer:
        return frozenset()
    if not asked.keys() & answers.keys() and read_refusal(reply):
        return frozenset()
    return frozenset(asked.keys() - answers.keys())


def _envelope(payload: JsonValue, asked: Mapping[str, object]) -> dict[str, JsonValue]:
    if not isinstance(payload, dict):
        raise UnexpectedAnswer(
            f"the API answered with {one_line(repr(payload), 80)} instead of an object of answers by id"
        )
    enclosed = payload.get("data")
    return enclosed if isinstance(enclosed, dict) and not asked.keys() & payload.keys() else payload


def _refuse_other_days(request: Request, reply: JsonValue) -> None:
    """Refuse a reply that names other days than the request; no reply is documented to name days at all."""
    fields = request_fields(request.source.uuid, request.window)
    for key in ("start", "end"):
        named = reply.get(key) if isinstance(reply, dict) else None
        if isinstance(named, str) and named[:10] != fields[key]:
            raise UnexpectedAnswer(
                f"the API answered for another period: its {key} is {one_line(named, 40)}, not {fields[key]}"
            )


def _refuse_unknown_ids(answers: Mapping[str, JsonValue], asked: Mapping[str, object]) -> None:
    """Refuse answers under ids that were not asked for; the vendor's other fields may come and go."""
    for key, answer in answers.items():
        if key not in asked and (_UUID.fullmatch(key) or (isinstance(answer, dict) and "values" in answer)):
            raise UnexpectedAnswer(
                f"the API answered for the id {one_line(key, 60)}, which was not asked for; "
                "nothing of this answer is used, because it may belong to another account"
            )
