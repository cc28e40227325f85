"""A block that asks the API for a metric: the API's own keys beside a closed set of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, Field, JsonValue

from reportgen.components.account_merging import merging_of
from reportgen.components.api_metric import API_KEYS, ApiMetric
from reportgen.components.component import Component, Scope
from reportgen.components.directions import curated_direction
from reportgen.components.figure_keys import limits_of
from reportgen.components.named_currency import named_currency
from reportgen.components.period_fields import BlockPeriod, Comparisons
from reportgen.components.timeline import Asked
from reportgen.components.yaml_models import Additive, FieldSpec, NotYet, ValueFormat, unit_of, worked_out_once
from reportgen.errors import ConfigurationError
from reportgen.model import RATES, Block, Direction, Missing, Remark, Unit
from reportgen.periods import Window
from reportgen.queries import Answer, Failure, Query, Source, digests_of, structure_text
from reportgen.titles import readable, title_of

if TYPE_CHECKING:
    from reportgen.periods import Period


def _without_own_keys(extra: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """Return the keys of `extra`; refuse keys that the block has itself, of which either value would be lost."""
    own = [key for key in extra if key in {*API_KEYS, "id"}]
    if own:
        raise ValueError(f"{own[0]!r} is a key of the block; write it beside extra, not in it")
    return extra


def failure_of(answer: Answer, expected: str) -> Failure:
    """Return an answer as a failure, also where it is an answer of another kind than expected."""
    if isinstance(answer, Failure):
        return answer
    return Failure("failed", f"the answer is no {expected} but a {type(answer).__name__}")


def without_figures(block: Block, failure: Failure) -> Block:
    """Return a block that has no figures, because its answer did not come."""
    remarks = (*block.remarks, *failure.remarks)
    return replace(block, state=failure.missing, reason=failure.reason, remarks=remarks)


class Metric(ApiMetric, Component):
    """A block that asks the API for a metric."""

    format: Annotated[
        ValueFormat | None,
        Field(description="What its values are, and so how they are written; left out, they are printed as they came."),
    ] = None
    direction: Annotated[
        Direction | None,
        Field(description="Whether a rise is good news; left out, known metrics have their own, others stay grey."),
    ] = None
    fields: Mapping[str, FieldSpec] = Field(
        default_factory=dict, description="How single metrics and dimensions are shown, by the API's name of each."
    )
    period: Annotated[
        BlockPeriod | None,
        Field(
            description="Its own days, which end with the report's last day at the latest, such as `year_to_date` or "
            "`last_12_weeks`; see Periods. It says them, and is compared only where it has a `compare` of its own."
        ),
    ] = None
    compare: Annotated[
        Comparisons | None,
        Field(
            description="The days that this block is compared with, whatever the report is; `none`: with nothing. A "
            "number may have a list of two; charts and tables show the first. See Comparisons."
        ),
    ] = None
    align: Annotated[
        Literal["weekday"] | None,
        Field(
            description="`weekday`: where the report is compared with `same_period_last_year`, this block is compared "
            "with the days 364 days earlier, so that weekdays are compared with weekdays."
        ),
    ] = None
    extra: Annotated[dict[str, JsonValue], AfterValidator(_without_own_keys)] = Field(
        default_factory=dict,
        description="Keys of the API that this version of reportgen does not know; sent as they are.",
    )
    additive: Annotated[
        Additive | None,
        Field(
            description="Whether its days add up to the period, its slices to a whole, and the values of several "
            "accounts: one answer, or each apart."
        ),
    ] = None
    absent: Annotated[
        Literal["zero"] | None,
        Field(
            description="`zero`: its source leaves out the days of zero, so a day that does not come is zero; left "
            "out, such a day has no figure."
        ),
    ] = None
    annotations: NotYet = None
    by: NotYet = None
    height: NotYet = None
    landscape: NotYet = None
    thumbnails: NotYet = None
    total_row: NotYet = None
    where: NotYet = None
    other: NotYet = None

    id: Annotated[
        str | None,
        Field(description="Its key in a hand-made file of `--answers`; the API is asked under an id of ours."),
    ] = None

    def structure(self) -> dict[str, JsonValue]:
        """Return the metric structure that the API is sent: the author's API keys, unchanged, and `extra`."""
        written = self.model_dump(mode="json", include=set(API_KEYS), exclude_unset=True)
        return {**written, **self.extra}

    @worked_out_once
    def written_structure(self) -> str:
        """The metric structure as a query holds it, written once: a history asks for it in dozens of windows."""
        return structure_text(self.structure())

    @worked_out_once
    def limits(self) -> str:
        """Every key that limits its count, as canonical JSON."""
        return limits_of(self)

    def query(self, scope: Scope) -> Query:
        """Return the query of this block in its window."""
        if scope.source is None:  # only a spec that was not loaded from a file gets here
            raise ConfigurationError(
                f"the block {scope.name!r} asks a metric of no source; write source: in the block or its section"
            )
        alone = self.compare == () or scope.asks_apart
        window = Window(scope.window.current) if alone else scope.window
        return self._query_in(window, scope.source, scope, is_kept=scope.is_ended)

    def _query_in(self, window: Window, source: Source, scope: Scope, *, is_kept: bool = False) -> Query:
        """Return the query for some days, with the rule that merges the answers of several accounts."""
        return Query.of(source, window, self.written_structure, is_kept=is_kept, merging=merging_of(self, scope))

    def queries(self, scope: Scope) -> tuple[Query, ...]:
        """Return the query of this block, alone."""
        return (self.query(scope),)

    def author_keys(self, scope: Scope) -> Iterator[tuple[Query, tuple[str, ...]]]:
        """Yield the queries of this block, each with its `id` and its name."""
        yield from ((query, (*filter(None, [self.id]), scope.name)) for query in self.queries(scope))

    def own_range(self) -> Remark | None:
        """Return the remark on a metric with a range of its own; None where it covers the report's period.

        The catalogues have a single range, `custom_period: 30ED`, on eight metrics of reach.
        """
        period = self.custom.get("custom_period") if isinstance(self.custom, dict) else None
        return None if not period else "last_30_days" if period == "30ED" else "own_period"

    def compared_query(self, scope: Scope) -> Query | None:
        """Return the query of the compared days; None where they are not asked for.

        Charts and tables ask it: the API is reported to send no comparison for them. A day that is not
        over is not compared, so it needs no compared days.
        """
        return self.query_of_days(scope.window.baseline, scope) if scope.window.baseline else None

    def query_of_days(self, days: Period, scope: Scope) -> Query | None:
        """Return the query of days that the block is compared with; None where these are not asked for."""
        if self.compare == () or self.own_range() or scope.source is None:
            return None
        if not Window(scope.window.current, days).comparable:
            return None
        return self._query_in(Window(days), scope.source, scope)

    def missing_baseline(self, scope: Scope) -> Missing:
        """Return the reason why a block asks for no compared days."""
        wanted = scope.window.baseline is not None and self.compare != ()
        return "not_comparable" if wanted and (self.own_range() or not scope.window.comparable) else "not_requested"

    def remarks(self, scope: Scope) -> tuple[Remark, ...]:
        """Return the remarks on this metric's figures."""
        own = self.own_range()
        if own:
            return (own,)
        unfinished = scope.window.baseline and self.compare != () and not scope.window.comparable
        return ("unfinished",) if unfinished else ()

    def unit(self, name: str, scope: Scope) -> Unit:
        """Return the unit of a field: its own, else the block's.

        An amount is in the currency of the author's format, else in the currency that the metric names,
        else in the report's: the client's, the spec's or the account's own. The metric's own goes before
        the client's, because the amount was counted in it: dollars do not become reais by being reported
        to a Brazilian.
        """
        return unit_of(self.field_format(name), self.named_currency(name) or scope.currency)

    def named_currency(self, name: str) -> str | None:
        """Return the currency that the metric itself names for the amounts of a field; None where it names none."""
        return named_currency(self.currency, name)

    def own_format(self, name: str) -> ValueFormat | None:
        """Return the format that the author gave a field or a dimension itself; None where there is none."""
        return self.fields[name].format if name in self.fields else None

    def field_format(self, name: str) -> ValueFormat | None:
        """Return the format of a field: its own, else the block's; None where the author gave none."""
        return self.own_format(name) or self.format

    def lacks_currency(self, scope: Scope) -> bool:
        """Return whether an amount of this block is in an unknown currency."""
        units = (self.unit(name, scope) for name in self.metrics)
        return any(unit.name == "currency" and not unit.currency for unit in units)

    def field_title(self, name: str, scope: Scope) -> str:
        """Return the reader's name of a field: the author's label, else the API's name made readable."""
        own = self.fields[name].label if name in self.fields else None
        return scope.fill(own or "") or readable(name.removeprefix("metrics."))

    def resolved_direction(self) -> Direction:
        """Return the direction of the metric: the author's, else by the payload's `diff_type`, else the table's."""
        if self.direction is not None:
            return self.direction
        if self.diff_type == "positive_bad":  # the only word seen in the vendor's catalogues
            return "down_is_good"
        return curated_direction(self.reference_key)

    def field_direction(self, name: str) -> Direction:
        """Return the direction of a column: the field's own, else the block's, else the curated table's."""
        own = self.fields[name].direction if name in self.fields else None
        return own or self.direction or curated_direction(name.removeprefix("metrics."))

    def dimension_names(self) -> tuple[str, ...]:
        """Return the name of each dimension; the API also takes objects with a `field`."""
        return tuple(
            str(dimension.get("field", "dimension")) if isinstance(dimension, dict) else dimension
            for dimension in self.dimensions
        )

    def time_dimension(self) -> str:
        """Return the name of the dimension that names the points of a chart or the rows of a table."""
        return next(iter(self.dimension_names()), "")

    def labels_asked(self, period: Period, zone: str) -> Asked:
        """Return the question that the labels of its first dimension answer in some days of a time zone."""
        name = self.time_dimension()
        own_range = self.own_range() is not None
        return Asked(
            period, name, self.day_pattern(name), own_range=own_range, are_names=self.are_names(name), zone=zone
        )

    def are_names(self, name: str) -> bool:
        """Return whether the author says that the values of a dimension are texts, whatever they look like."""
        own = self.own_format(name)
        return own is not None and own.as_ == "text"

    def day_pattern(self, name: str) -> str:
        """Return the author's pattern of the days of a dimension; empty where there is none."""
        own = self.own_format(name)
        return (own.pattern if own else None) or ""

    def absent_is_zero(self, field: str, scope: Scope) -> bool:
        """Return whether a field's left-out days are zero: by the block's word, or but for rates by the source's."""
        return self.absent == "zero" or (scope.absent_is_zero and self.unit(field, scope).name not in RATES)

    def frame(self, kind: str, scope: Scope, **content: Any) -> Block:  # noqa: ANN401 - fields of any type
        """Return this metric's block; without a label, the title is the readable reference key."""
        own: dict[str, Any] = {
            "label": scope.fill(self.label) if self.label else title_of(self.reference_key),
            "reference_key": self.reference_key,
            "source": scope.source.alias if scope.source else None,
            "remarks": self.remarks(scope),
        }
        if "queries" not in content:
            own["queries"] = digests_of(self.queries(scope))
        return super().frame(kind, scope, **own | content)
