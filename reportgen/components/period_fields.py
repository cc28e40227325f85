"""The types of fields for periods and comparisons, in specs, fleets and blocks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from reportgen.components.yaml_models import Text, as_list
from reportgen.errors import PeriodError
from reportgen.periods import (
    COMPARE_WORDS,
    PERIOD_PATTERN,
    PERIOD_WORDS,
    iso_forms,
    meant_comparison,
    require_period,
    resolve_baseline,
    resolve_period,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_COMPARISONS = 2
_ANY_DAY = date(2026, 1, 31)
_EXAMPLES = ["last_13_months", "2026-10", "2026-Q3"]


def _period(word: str) -> str:
    try:
        require_period(word)
    except PeriodError as error:
        raise ValueError(str(error)) from error
    return word


def _over(word: str) -> str:
    """Return the period of a block; refuse the day that is not over, which is that of the report at most."""
    if word == "today":
        raise ValueError(
            "'today' is no period of a block: its days end with the report's; leave period out, or write yesterday"
        )
    return word


def _comparison(word: str) -> str:
    try:
        resolve_baseline(word, resolve_period("yesterday", _ANY_DAY), date.max)  # the plan judges days to come
    except PeriodError as error:
        if "," in word:
            raise ValueError(f"{word!r} are several comparisons; put them in brackets: [{word}]") from error
        days = [form for form in iso_forms(word) if ".." in form]
        near = days or list(filter(None, [meant_comparison(word, COMPARE_WORDS)]))
        advice = f"; did you mean {' or '.join(map(repr, near))}?" if near else ""
        raise ValueError(f"{error}{advice}") from error
    return word


DATES_PATTERN = r"^\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2}$"
"""The regular expression of two days, for editors."""


def _schema(words: tuple[str, ...]) -> WithJsonSchema:
    forms = {"type": ["string", "integer"], "pattern": PERIOD_PATTERN, "examples": _EXAMPLES}
    return WithJsonSchema({"anyOf": [{"enum": list(words)}, forms]})


PeriodText: TypeAlias = Annotated[Text, AfterValidator(_period), _schema(PERIOD_WORDS)]
"""A word for some days before the report, or their dates; YAML reads a year as a number."""

BlockPeriod: TypeAlias = Annotated[
    Text,
    AfterValidator(_period),
    AfterValidator(_over),
    _schema(tuple(word for word in PERIOD_WORDS if word != "today")),
]
"""The days of a block, by a word or by dates; see `block_period`."""

TimeUnit: TypeAlias = Literal["week", "month", "quarter", "year"]
"""A unit of time that figures stand by."""

ValueUnit: TypeAlias = Annotated[TimeUnit, Field(description="The unit of time of each value.")]
"""The unit of time of each value of a history."""

HistoryPeriod: TypeAlias = Annotated[
    BlockPeriod | None,
    Field(
        description="Its days, which end with the report's last day at the latest; left out, 13 months or weeks, 8 "
        "quarters or 5 years."
    ),
]
"""The days of a history; None for the usual days of its unit, see `history_days`."""

_USUAL_DAYS: dict[TimeUnit, str] = {
    "week": "last_13_weeks",
    "month": "last_13_months",
    "quarter": "last_8_quarters",
    "year": "last_5_years",
}
"""Unit of time -> the days of a history whose author wrote none."""


def history_days(period: str | None, unit: TimeUnit) -> str:
    """Return the period word of the days of a history: the author's, else the usual days of its unit."""
    return period or _USUAL_DAYS[unit]


_DATES_FORM = {"type": "string", "pattern": DATES_PATTERN}
_WORD_FORMS = ({"enum": list(COMPARE_WORDS)}, _DATES_FORM)

CompareText: TypeAlias = Annotated[
    Text,
    AfterValidator(_comparison),
    WithJsonSchema({"anyOf": list(_WORD_FORMS)}),
]
"""A word for the days compared with, or their dates."""


def comparisons(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words of comparisons, the main comparison first; none for `none` alone.

    Raises:
        ValueError: There are more than two, a word stands twice, or `none` does not stand alone.
    """
    if not words:
        raise ValueError("is an empty list; write none, which compares with nothing")
    if len(words) > MOST_COMPARISONS:
        raise ValueError(f"has {len(words)} comparisons; a report has room for {MOST_COMPARISONS} at most")
    if len(set(words)) < len(words):
        raise ValueError(f"names {words[0]!r} twice; write it once")
    if "none" in words and len(words) > 1:
        raise ValueError("'none' stands alone: it compares with nothing; write the other word alone, or none")
    return () if tuple(words) == ("none",) else tuple(words)


def given_comparisons(compare: str | Sequence[str]) -> tuple[str, ...]:
    """Return the words of comparisons that a caller gave, as those of a spec; a single text may name two with a comma.

    Raises:
        PeriodError: They are no comparisons.
    """
    words = [word.strip() for word in compare.split(",")] if isinstance(compare, str) else list(compare)
    try:
        return comparisons([_comparison(word) for word in words]) if words else ()
    except ValueError as error:
        raise PeriodError(f"compare {error}" if len(words) > 1 else str(error)) from error


def _as_list(written: object) -> object:
    return as_list(str(written).casefold() if isinstance(written, int) else written)


_LIST = {
    "type": "array",
    "items": {"anyOf": [{"enum": [word for word in COMPARE_WORDS if word != "none"]}, _DATES_FORM]},
    "minItems": 1,
    "maxItems": MOST_COMPARISONS,
    "uniqueItems": True,
}

Comparisons: TypeAlias = Annotated[
    tuple[CompareText, ...],
    BeforeValidator(_as_list),
    AfterValidator(comparisons),
    WithJsonSchema({"anyOf": [*_WORD_FORMS, _LIST]}),
]
"""The days compared with: a word or dates, or a list of two at most; no word for `none`."""
