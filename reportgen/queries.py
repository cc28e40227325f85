"""Queries of components, and the answers to them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from reportgen.model import Number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import JsonValue

    from reportgen.model import Caution, Missing, Remark
    from reportgen.periods import Window


@dataclass(frozen=True, slots=True)
class Source:
    """A source that metrics come from: an account, or several accounts that are reported together.

    Attributes:
        alias: The spec's name of it, such as `instagram`.
        integration: The kind of integration, such as `instagram_business`.
        uuid: The customer integration's id in the API; empty where there are several accounts.
        name: The name of an account among several; empty for a source of a single account. No part of the question.
        currency: ISO 4217 code of an account among several, told or else written; empty where unknown. As above.
        is_member: Whether it is an account among several.
        members: The accounts, where there are several; else empty.
    """

    alias: str
    integration: str
    uuid: str
    name: str = field(default="", compare=False)
    currency: str = field(default="", compare=False)
    is_member: bool = False
    members: tuple[Source, ...] = ()

    @property
    def accounts(self) -> tuple[Source, ...]:
        """Each account of it: its members, or itself where it is a single account."""
        return self.members or (self,)

    @property
    def title(self) -> str:
        """Its name for staff: the alias, with the name of an account among several."""
        return f"{self.alias} ({self.name})" if self.name else self.alias


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """The name and the currency of an account, as far as the API has them.

    Attributes:
        name: Its name in its own source, such as that of a page; empty where unknown.
        currency: ISO 4217 code; None where the API has none.
    """

    name: str = ""
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Merging:
    """The rule by which the answers of several accounts are merged into a single answer.

    Attributes:
        refusal: Why they cannot be merged, for staff; empty where they can.
        added: For each metric asked whether its values of several accounts add up.
        total_row: The author's name of the API's total; see `TotalName`.
    """

    refusal: str = ""
    added: tuple[bool, ...] = ()
    total_row: str | Literal[False] | None = None


@dataclass(frozen=True)  # without slots, so that hash and digest are worked out once: histories ask dozens of queries
class Query:
    """A query for a metric of an account in a window.

    Hashable, so a dict makes queries unique. Two blocks with the same structure
    share a Query; `reference_key` is part of the structure, because the vendor's catalogues hold
    equal bodies under different keys.

    Attributes:
        source: The account asked.
        window: The days asked for, and the days the API is asked to compare with.
        structure: The metric structure without its `id`, as canonical JSON.
        is_kept: Whether its answer may be one that was kept, because it is for a bucket of a history that is over; it
            is no part of the question.
        merging: The rule for the answers of several accounts; None where a single account is asked.
    """

    source: Source
    window: Window
    structure: str
    is_kept: bool = field(default=False, compare=False)
    merging: Merging | None = None

    @classmethod
    def of(
        cls,
        source: Source,
        window: Window,
        structure: str,
        *,
        is_kept: bool = False,
        merging: Merging | None = None,
    ) -> Query:
        """Return the query for a metric structure as `structure_text` returns it.

        Queries for the same days are equal, whatever unit of the calendar these days are.
        """
        return cls(source, window.of_days(), structure, is_kept, merging)

    def __hash__(self) -> int:
        """Return the hash of the question."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.source, self.window, self.structure, self.merging))

    @property
    def by_account(self) -> tuple[Query, ...]:
        """The queries that the API is asked: one for each account, or itself where there is a single account."""
        if not self.source.members:
            return (self,)
        return tuple(Query(account, self.window, self.structure, self.is_kept) for account in self.source.members)

    @property
    def metric(self) -> dict[str, JsonValue]:
        """The metric structure, without `id`."""
        metric: dict[str, JsonValue] = json.loads(self.structure)
        return metric

    @property
    def digest(self) -> str:
        """The digest of this query of a single account: `sha256:` and the hash of its canonical request.

        It holds no id, token or clock, so it is the same on every run and machine.
        """
        return _digest(self.source.uuid, self.window, self.structure)

    @property
    def digests(self) -> tuple[str, ...]:
        """The digest of the query of each account."""
        return tuple(query.digest for query in self.by_account)


@lru_cache(maxsize=1024)  # a few reports of histories: each asks, resolves and records the same dozens of queries
def _digest(account: str, window: Window, structure: str) -> str:
    """Return the digest of the query of an account; see `Query.digest`."""
    fields = canonical_json({**request_fields(account, window), "metrics": []})
    before, metrics, behind = fields.rpartition('"metrics":[')  # behind it stand days alone
    request = f"{before}{metrics}{structure}{behind}"
    return "sha256:" + hashlib.sha256(request.encode()).hexdigest()


def structure_text(structure: Mapping[str, JsonValue]) -> str:
    """Return a metric structure as canonical JSON, without its `id`."""
    return canonical_json({key: structure[key] for key in structure if key != "id"})


def digests_of(queries: Iterable[Query]) -> tuple[str, ...]:
    """Return the digests of queries, account by account."""
    return tuple(digest for query in queries for digest in query.digests)


def request_fields(account: str, window: Window) -> dict[str, JsonValue]:
    """Return the fields of a get-data request that are not its metrics.

    The account is the customer integration's id in the API. Dates are ISO days, both included; the comparison dates
    are there together or not at all (API page, "Required parameters" and "Optional parameters").
    """
    fields: dict[str, JsonValue] = {
        "customer_integration": account,
        "start": window.current.start.isoformat(),
        "end": window.current.end.isoformat(),
    }
    if window.baseline:
        fields["comparison_start"] = window.baseline.start.isoformat()
        fields["comparison_end"] = window.baseline.end.isoformat()
    return fields


def canonical_json(value: JsonValue) -> str:
    """Return the canonical JSON that digests and ids are made from: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


@dataclass(frozen=True, slots=True)
class RichCell:
    """A table cell that the API sent as an object, such as a post.

    Attributes:
        text: Its text; None where the object has none.
        value: Its number; None where it has none.
        url: Its link, http or https only; None where it has none.
        picture: The https address of its picture, with the signature in its query; to be fetched and
            never printed. None where it has none.
    """

    text: str | None
    value: Number | None = None
    url: str | None = None
    picture: str | None = field(default=None, repr=False)


Cell: TypeAlias = Number | str | RichCell | None


@dataclass(frozen=True, slots=True)
class NumberAnswer:
    """The answer to a `number_v1` metric.

    Attributes:
        value: The value in the period, in the API's own scale; None where the API has none.
        baseline: The value in the comparison period; None where there is none.
        difference: The API's own change in percent (25.0 is +25 %); None where it sent none.
        absolute_difference: The API's own change in the metric's unit; None where it sent none.
        baseline_missing: Why there is no value in the comparison period, where that is known to be
            something else than that the source has none.
        lacks_account: Whether some of its source's accounts have a value in the period, though not all.
    """

    value: Number | str | None
    baseline: Number | str | None = None
    difference: Number | None = None
    absolute_difference: Number | None = None
    baseline_missing: Missing | None = None
    cautions: tuple[Caution, ...] = ()
    lacks_account: bool = False


@dataclass(frozen=True, slots=True)
class ChartAnswer:
    """The answer to a `chart_v1` metric.

    Attributes:
        labels: A category or an ISO date for each point.
        series: The values of each series, as many as the API sent; None is a missing point.
        baseline: The comparison that came with it; None in every answer seen so far, because the
            API is reported to send none for charts.
        cautions: Warnings for staff about the answer.
        known: Of several accounts the sums of the values that came, also for a label that one of them lacks, where
            `series` has a missing point; empty for a single account.
        lacking: The names of those accounts that lack a label or a value.
    """

    labels: tuple[str, ...]
    series: tuple[tuple[Number | None, ...], ...]
    baseline: ChartAnswer | None = None
    cautions: tuple[Caution, ...] = ()
    known: tuple[tuple[Number | None, ...], ...] = ()
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableAnswer:
    """The answer to a `datatable_v1` metric.

    Attributes:
        rows: Rows of cells: dimensions first, then metrics in the order asked. A total that the
            API sent is the last of them. Of several accounts the name of each stands behind the dimensions.
        baseline: The comparison that came with it; see `ChartAnswer`.
        cautions: Warnings for staff about the answer.
        lacking: The name of each of several accounts that gave no answer, and why.
    """

    rows: tuple[tuple[Cell, ...], ...]
    baseline: TableAnswer | None = None
    cautions: tuple[Caution, ...] = ()
    lacking: tuple[tuple[str, Failure], ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """The failure to get an answer.

    Attributes:
        missing: The closed word for the reason.
        reason: The reason in words for staff; never shown to a client and never holds a token.
        remarks: What a client is told in place of the usual words for the reason; see `Block.remarks`.
    """

    missing: Missing
    reason: str
    remarks: tuple[Remark, ...] = ()


Answer: TypeAlias = NumberAnswer | ChartAnswer | TableAnswer | Failure
