"""The types of fields for periods and comparisons, in specs, fleets and blocks."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field, WithJsonSchema

from reportgen.components.did_you_mean import near_word
from reportgen.components.yaml_models import Text
from reportgen.errors import PeriodError
from reportgen.periods import (
    COMPARE_WORDS,
    PERIOD_FORMS,
    PERIOD_PATTERN,
    PERIOD_WORDS,
    is_period,
    iso_forms,
    period_words_like,
    resolve_baseline,
    resolve_period,
    single_unit,
)

_ANY_DAY = date(2026, 1, 31)
_EXAMPLES = ["last_13_months", "2026-10", "2026-Q3"]


def _period(word: str) -> str:
    if not is_period(word):
        near = iso_forms(word) or (single_unit(word) or near_word(word, period_words_like(word)),)
        advice = (
            f"did you mean {' or '.join(map(repr, near))}?"
            if near[0]
            else f"write one of {', '.join(PERIOD_WORDS)}, or {PERIOD_FORMS}"
        )
        raise ValueError(f"{word!r} is no period; {advice}")
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
        near = iso_forms(word) or (near_word(word, COMPARE_WORDS),)
        advice = f"; did you mean {' or '.join(map(repr, near))}?" if near[0] else ""
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


CompareText: TypeAlias = Annotated[
    Text,
    AfterValidator(_comparison),
    WithJsonSchema({"anyOf": [{"enum": list(COMPARE_WORDS)}, {"type": "string", "pattern": DATES_PATTERN}]}),
]
"""A word for the days compared with, or their dates."""
