"""The arrangement of an imported payload: metrics by subject, and those that a client reads before the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from reportgen.spec.starter_metrics import starter_keys
from reportgen.titles import title_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import JsonValue

_Metric: TypeAlias = "Mapping[str, JsonValue]"

# Section -> stems of the words of its reference keys; the first that fits decides: `cost_per_conversion` is a cost.
_SUBJECTS = {
    "Posts and videos": "post media story stories reel igtv video pin pins board",
    "Emails": "email mail open send sent deliver bounces bounced hard soft spam complaint unsubscri sms push",
    "Cost": "spend cost cpc cpm cpa cpl cpv cpe billed charge",
    "Results": "conver sale sold purchas revenue lead deal won lost opportunit customer order transaction roas value "
    "checkout cart refund cancel form entries submission registration application product event return campaign",
    "Audience": "follower fans gender age city cities countr region state contact subscription seniorit industr title "
    "function compan interest tags fitscore online",
    "Clicks and visits": "click ctr session visit user pageview pages bounce quer search keyword source medium utm "
    "landing blog site channel direction call website traffic",
    "Engagement": "engag interaction like comment share save reaction repl retweet follows unfollows action message "
    "activit meeting task",
    "Reach": "reach impression view profile position device",
}
_ORDER = (
    *("Results", "Cost", "Reach", "Clicks and visits", "Engagement", "Audience", "Posts and videos", "Emails"),
    *("More",),
)
_STEMS = {title: tuple(stems.split()) for title, stems in _SUBJECTS.items()}
# What only a specialist compares: parts of a whole, twins in another currency, averages of single posts.
_SPECIAL = re.compile(
    r"\b(?:usd|viral|quartile|midpoint|average|insights|soft|hard|absolute|percentage|gross|airport|county|district|"
    r"postal|metro|utm|experiment|paid|organic|total|all|type|other|first|post|view)\b"
)
_KINDS = ("number_v1", "chart_v1", "datatable_v1")
_MOST = {"number_v1": 6, "chart_v1": 2, "datatable_v1": 1}  # of a section, where a payload is chosen from
_WIDEST = 7  # columns of a table that stands on an upright page
_FEW = 24  # metrics that a person chose, which are all kept
_SIX = 6  # cards, which stand as two rows of three
_FEWEST = 3  # blocks of a section; fewer stand under More
_WHOLE = 9  # blocks that need no sections


@dataclass(frozen=True, slots=True)
class PayloadSections:
    """The metrics of a payload by section.

    Attributes:
        sections: The title of each section, empty for that of a short payload, and its metrics.
        rest: The metrics that stand in no section.
    """

    sections: tuple[tuple[str, tuple[_Metric, ...]], ...]
    rest: tuple[_Metric, ...]


def arranged(metrics: Sequence[_Metric], integration: str, *, everything: bool) -> PayloadSections:
    """Return the metrics of a payload by subject, numbers before charts before tables.

    Args:
        metrics: Metric structures that can be drawn.
        integration: Their kind of integration, whose starter says what a client reads first.
        everything: Whether all of them stand in sections; else, of more than 24, the most telling of each subject.
    """
    known = starter_keys(integration).reference_keys
    if len(metrics) < _WHOLE:
        return PayloadSections((("", _by_kind(metrics)),), ())
    ranked = sorted(metrics, key=lambda metric: _rank(metric, known))
    upright = [metric for metric in ranked if not _is_wide(metric) or metric["reference_key"] in known]
    whole = everything or len(metrics) <= _FEW
    chosen = upright if whole else list(_chosen(upright))
    wide = [metric for metric in ranked if whole and not any(metric is other for other in upright)]
    sections = (*_sections(chosen), *([("Details", _by_kind(wide))] if wide else []))
    kept = {id(metric) for _, group in sections for metric in group}
    return PayloadSections(sections, tuple(metric for metric in metrics if id(metric) not in kept))


def _sections(chosen: Sequence[_Metric]) -> tuple[tuple[str, tuple[_Metric, ...]], ...]:
    """Return the title and metrics of each section; small subjects stand under More."""
    groups = {title: [metric for metric in chosen if _subject(metric) == title] for title in _ORDER}
    for title in _ORDER[:-1]:
        if len(groups[title]) < _FEWEST:
            groups["More"] += groups.pop(title)
    if len(groups["More"]) < _FEWEST and len(groups) > 1:
        groups[list(groups)[-2]] += groups.pop("More")
    return tuple((title, _by_kind(group)) for title, group in groups.items() if group)


def _chosen(ranked: Sequence[_Metric]) -> Iterator[_Metric]:
    """Yield the first metrics of each subject and kind."""
    counts: dict[tuple[str, str], int] = {}
    for metric in ranked:
        kind = str(metric["component"])
        place = (_subject(metric), kind)
        counts[place] = counts.get(place, 0) + 1
        if counts[place] <= _MOST[kind]:
            yield metric


def _is_wide(metric: _Metric) -> bool:
    columns = [metric.get("metrics"), metric.get("dimensions")]
    return (
        metric["component"] == "datatable_v1" and sum(len(part) for part in columns if isinstance(part, list)) > _WIDEST
    )


def _rank(metric: _Metric, known: frozenset[str]) -> tuple[bool, int, int]:
    """Return the rank of a metric: those of the starter, then the plain before the special."""
    words = _words(metric)
    return metric["reference_key"] not in known, len(_SPECIAL.findall(words)), len(words.split())


def _subject(metric: _Metric) -> str:
    words = _words(metric).split()
    return next((title for title, stems in _STEMS.items() if any(word.startswith(stems) for word in words)), "More")


def _words(metric: _Metric) -> str:
    return title_of(str(metric["reference_key"])).lower()


def widths(metrics: Sequence[_Metric]) -> list[int | None]:
    """Return the width of each block of a section, so that its rows are full; None where the usual width does that."""
    kinds = [str(metric["component"]) for metric in metrics]
    numbers, charts = kinds.count("number_v1"), kinds.count("chart_v1")
    last_row: dict[int, list[int | None]] = {1: [4, 4, 4, 6, 6], 2: [6, 6], 3: [4, 4, 4]}
    end = last_row.get(numbers % 4, []) if numbers > 1 else []
    if numbers == _SIX:
        end = [4] * _SIX
    cards: list[int | None] = [*([None] * (numbers - len(end))), *end]
    return [*cards, *([None] * (charts - charts % 2)), *([12] * (charts % 2)), *([None] * kinds.count("datatable_v1"))]


def _by_kind(metrics: Sequence[_Metric]) -> tuple[_Metric, ...]:
    return tuple(sorted(metrics, key=lambda metric: _KINDS.index(str(metric["component"]))))
