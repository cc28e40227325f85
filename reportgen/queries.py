"""Queries of components, and the answers to them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from reportgen.model import Number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import JsonValue

    from reportgen.model import Caution, Missing
    from reportgen.periods import Window


@dataclass(frozen=True, slots=True)
class Source:
    """An account that metrics come from.

    Attributes:
        alias: The spec's name of it, such as `instagram`.
        integration: The kind of integration, such as `instagram_business`.
        uuid: The customer integration's id in the API.
    """

    alias: str
    integration: str
    uuid: str


@dataclass(frozen=True, slots=True)
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
    """

    source: Source
    window: Window
    structure: str
    is_kept: bool = field(default=False, compare=False)

    @classmethod
    def of(cls, source: Source, window: Window, structure: Mapping[str, JsonValue], *, is_kept: bool = False) -> Query:
        """Return the query for a metric structure, without its `id`.

        Queries for the same days are equal, whatever unit of the calendar these days are.
        """
        written = canonical_json({key: structure[key] for key in structure if key != "id"})
        return cls(source, window.of_days(), written, is_kept)

    @property
    def metric(self) -> dict[str, JsonValue]:
        """The metric structure, without `id`."""
        metric: dict[str, JsonValue] = json.loads(self.structure)
        return metric

    @property
    def digest(self) -> str:
        """The digest of this query: `sha256:` and the hash of its canonical request of a single metric.

        It holds no id, token or clock, so it is the same on every run and machine.
        """
        request = canonical_json({**request_fields(self.source, self.window), "metrics": [self.metric]})
        return "sha256:" + hashlib.sha256(request.encode()).hexdigest()


def request_fields(source: Source, window: Window) -> dict[str, JsonValue]:
    """Return the fields of a get-data request that are not its metrics.

    Dates are ISO days, both included; the comparison dates are there together or not at all
    (API page, "Required parameters" and "Optional parameters").
    """
    fields: dict[str, JsonValue] = {
        "customer_integration": source.uuid,
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
    """

    value: Number | str | None
    baseline: Number | str | None = None
    difference: Number | None = None
    absolute_difference: Number | None = None
    baseline_missing: Missing | None = None
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartAnswer:
    """The answer to a `chart_v1` metric.

    Attributes:
        labels: A category or an ISO date for each point.
        series: The values of each series, as many as the API sent; None is a missing point.
        baseline: The comparison that came with it; None in every answer seen so far, because the
            API is reported to send none for charts.
        cautions: Warnings for staff about the answer.
    """

    labels: tuple[str, ...]
    series: tuple[tuple[Number | None, ...], ...]
    baseline: ChartAnswer | None = None
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class TableAnswer:
    """The answer to a `datatable_v1` metric.

    Attributes:
        rows: Rows of cells: dimensions first, then metrics in the order asked. A total that the
            API sent is the last of them.
        baseline: The comparison that came with it; see `ChartAnswer`.
        cautions: Warnings for staff about the answer.
    """

    rows: tuple[tuple[Cell, ...], ...]
    baseline: TableAnswer | None = None
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """The failure to get an answer.

    Attributes:
        missing: The closed word for the reason.
        reason: The reason in words for staff; never shown to a client and never holds a token.
    """

    missing: Missing
    reason: str


Answer: TypeAlias = NumberAnswer | ChartAnswer | TableAnswer | Failure
