"""An author's options for the columns of a table: which are printed, which have bars, and the tones of values."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from reportgen.components.decimal_points import taken_for_whole
from reportgen.components.yaml_models import FieldSpec, Text, YamlModel
from reportgen.model import RATES, ToneRule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.model import LimitTone, Table, Value

_POSTS = frozenset(
    {"igtv", "media", "page_posts", "page_reels", "post", "reel", "reels", "stories", "story", "video", "video_reels"}
)
"""The API's dimensions of posts, whose texts are captions and messages."""

_POST_LINES = 3
_LIMIT = re.compile(r"(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)\s*(%?)")


def _checked_limit(text: str) -> str:
    limit = _LIMIT.fullmatch(text.strip())
    if limit is None:
        raise ValueError(f"{text!r} is no limit; write one of < <= > >= and a number, as in '>= 100' or '< 2%'")
    if message := taken_for_whole(limit[2]):
        raise ValueError(message)
    return text.strip()


Limit = Annotated[Text, AfterValidator(_checked_limit)]
"""`>= 100`, or `< 2%` for a rate, as the page prints it."""


PrintedColumns = Annotated[
    tuple[Text, ...], Field(description="The columns to print, in their order; no file for the client has the others.")
]
"""Names of dimensions and metrics of a table."""


class TonesSpec(YamlModel):
    """The limits from which a value is good, to be watched, or bad."""

    good: Annotated[
        Limit | None,
        Field(description="From where a value is good: `<`, `<=`, `>` or `>=` and a number, such as `>= 5%`."),
    ] = None
    warn: Annotated[
        Limit | None,
        Field(description="From where a value is to be watched: `<`, `<=`, `>` or `>=` and a number, such as `>= 5%`."),
    ] = None
    bad: Annotated[
        Limit | None,
        Field(description="From where a value is bad: `<`, `<=`, `>` or `>=` and a number, such as `>= 5%`."),
    ] = None


class TableFieldSpec(FieldSpec):
    """The options of a column of a table."""

    formula: Annotated[
        Text | None,
        Field(
            description="The formula of a column of your own, over the columns of the table and their `.change`, "
            "`.baseline` and `.total`; a total is computed from the totals.",
            examples=["metrics.cost_micros / metrics.conversions", "net_sales / net_sales.total"],
        ),
    ] = None
    change: Annotated[
        bool | None,
        Field(
            description="Whether its changes stand beside it. Where no column of the table says it, the column sorted "
            "by has them, else the first metric, and others where the page has room."
        ),
    ] = None
    bar: Annotated[bool, Field(description="Whether its values are drawn as bars too.")] = False
    lines: Annotated[
        Annotated[int, Field(ge=1, le=50)] | Literal["all"] | None,
        Field(
            description="How many lines of a text are printed before an ellipsis, or `all`; left out, 3 of a post's. "
            "Workbook and CSV have the whole text."
        ),
    ] = None
    tones: Annotated[
        TonesSpec, Field(description="From where its values are marked as good, to be watched or bad.")
    ] = TonesSpec()

    @model_validator(mode="after")
    def _percent_needs_a_rate(self) -> TableFieldSpec:
        rate = self.format is not None and self.format.as_ in RATES
        if not rate and any(text.endswith("%") for _, text in _written_limits(self.tones)):
            raise ValueError("a limit in % needs `format: percent`; without it write the number as the API sends it")
        return self

    def tone_rules(self) -> tuple[ToneRule, ...]:
        """Return the rules for tones in the scale of the values, bad first: overlapping limits err towards bad."""
        return tuple(self._rule(tone, text) for tone, text in _written_limits(self.tones))

    def most_lines(self, name: str) -> int | None:
        """Return how many lines of a text of the field `name` are printed at most; None for all."""
        if self.lines is None:
            return _POST_LINES if name in _POSTS else None
        return None if self.lines == "all" else self.lines

    def _rule(self, tone: LimitTone, text: str) -> ToneRule:
        comparison, number, percent = _LIMIT.findall(text)[0]
        fraction = percent and self.format is not None and self.format.as_ == "percent"
        return ToneRule(tone, comparison, float(number) / (100 if fraction else 1))


def _written_limits(tones: TonesSpec) -> list[tuple[LimitTone, str]]:
    pairs: list[tuple[LimitTone, str | None]] = [
        ("bad", tones.bad),
        ("warn", tones.warn),
        ("good", tones.good),
    ]
    return [(tone, text) for tone, text in pairs if text]


def with_column_behind(chosen: Sequence[str], dimensions: Sequence[str], name: str) -> tuple[str, ...]:
    """Return chosen columns with a further column behind the dimensions among them; none where none are chosen."""
    behind = max((at for at, column in enumerate(chosen, 1) if column in dimensions), default=0)
    return (*chosen[:behind], name, *chosen[behind:]) if chosen else ()


def with_chosen_columns(table: Table, chosen: Sequence[str]) -> Table:
    """Return a table with the chosen columns in front, in their order; the others are for staff alone.

    Without chosen columns all are printed in the order of the answer.
    """
    if not chosen:
        return table
    places = {field: at for at, field in enumerate(chosen)}
    order = sorted(range(len(table.columns)), key=lambda at: places.get(table.columns[at].field, len(places)))
    columns = (table.columns[at] for at in order)
    return replace(
        table,
        columns=tuple(replace(column, printed=column.field in places) for column in columns),
        total=_in_order(table.total, order),
        total_baseline=_in_order(table.total_baseline, order),
        other=_in_order(table.other, order),
        other_baseline=_in_order(table.other_baseline, order),
    )


def _in_order(row: tuple[Value, ...] | None, order: Sequence[int]) -> tuple[Value, ...] | None:
    return row and tuple(row[at] for at in order)
