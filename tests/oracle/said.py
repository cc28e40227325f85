"""What English sentences and alternative texts claim, held against the numbers that they are about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from tests.oracle.claims import Difference
from tests.oracle.display import MINUS, change_text, exact, quotient, rounded, total, value_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.oracle.display import Number

Points: TypeAlias = "dict[str, Number | None]"


@dataclass(frozen=True, slots=True)
class NumberFacts:
    """A number as it was sent, and what it was meant to reach."""

    value: Number
    before: Number | None
    unit: str
    goal: Number | None = None
    direction: str = "neutral"


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """A series of a chart or a column of a table: its values by name, now and before, and their totals."""

    now: Points
    before: Points
    unit: str
    totals: tuple[Number, Number] | None = None


@dataclass(slots=True)
class Facts:
    """All that a report was made from: numbers by label, and parts by the labels of block and column."""

    numbers: dict[str, NumberFacts] = field(default_factory=dict)
    parts: dict[tuple[str, str], SeriesFacts] = field(default_factory=dict)


_VALUE = r"[−$0-9.,]+%?(?: pp)?"
_NAME = r"[“]?(?P<row>[^”]+?)[”]?"
_FIGURE = (
    rf"(?P<value>{_VALUE})(?: of (?P<total>{_VALUE})|, a share of (?P<share>{_VALUE}))?(?: \((?P<metric>[^)]+)\))?"
)
_N, _T, _C = r"(?P<name>.+?)", r"(?P<title>.+?)", rf"(?P<change>{_VALUE})"
_V, _G, _S = rf"(?P<value>{_VALUE})", rf"(?P<goal>{_VALUE})", rf"(?P<share>{_VALUE})"
_NEWS = r"(?:, an improvement|, a change for the worse)?"
_RULES: tuple[tuple[str, str], ...] = (
    ("moved", rf"{_N} (?P<way>rose|fell) by {_C}, to {_V}{_NEWS}\."),
    ("moved", rf"{_N}: {_V}, (?P<way>up|down) by {_C}{_NEWS}\."),
    ("goal", rf"{_N} (?P<said>reached) the goal of {_G}, with {_V}\."),
    ("goal", rf"{_N}: {_V}, goal of {_G} (?P<said>reached)\."),
    ("goal", rf"{_N} came to {_S} of the (?P<said>goal) of {_G}\."),
    ("goal", rf"{_N}: {_V}, which is {_S} of the (?P<said>goal) of {_G}\."),
    ("goal", rf"{_N} stayed (?P<said>within) the limit of {_G}, at {_V}\."),
    ("goal", rf"{_N}: {_V}, (?P<said>within) the limit of {_G}\."),
    ("goal", rf"{_N} went (?P<said>over) the limit of {_G}, to {_V}\."),
    ("goal", rf"{_N}: {_V}, (?P<said>over) the limit of {_G}\."),
    ("goal", rf"{_N} (?P<said>reached) the goal of {_G}\."),
    ("goal", rf"{_N} stayed (?P<said>within) the limit of {_G}\."),
    ("goal", rf"{_N} went (?P<said>over) the limit of {_G}\."),
    ("first", rf"{_T}: {_NAME} (?:comes first|leads), with {_FIGURE}\."),
    ("row", rf"{_T}: {_NAME} (?P<way>rose|fell|went) from (?P<before>{_VALUE}) to {_FIGURE}\."),
    ("total", rf"{_T}: (?P<metric>.+?) (?P<way>rose|fell) by {_C} in total, to {_V}\."),
    ("highest", rf"{_T}: the highest day was (?P<day>.+?), with {_V}(?P<above>, above every day of .+)?\."),
    ("highest", rf"{_T}: no day was higher than (?P<day>.+?), with {_V}(?P<above>)\."),
    ("", r".+?: (?:this day has|these days have|several days have) no figure.*"),
    ("", r"Changes are against .*"),
)
_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _RULES)


def untrue(sentence: str, facts: Facts) -> Iterator[Difference]:
    """Yield what is not so in a sentence of a summary; one that is not known is a difference, for it was not read."""
    for name, pattern in _PATTERNS:
        found = pattern.fullmatch(sentence)
        if found:
            checks: dict[str, Callable[[dict[str, str], Facts], Iterator[object]]] = {
                "moved": _moved,
                "goal": _goal,
                "first": _first,
                "row": _row,
                "total": _total,
                "highest": _highest,
            }
            if name:
                parts = {key: text or "" for key, text in found.groupdict().items()}
                yield from (Difference("summary", wrong, sentence) for wrong in checks[name](parts, facts))
            return
    yield Difference("summary", "a sentence that the oracle reads", sentence)


def _moved(said: dict[str, str], facts: Facts) -> Iterator[object]:
    number = facts.numbers.get(said["name"])
    if number is None or number.before is None:
        yield f"a number called {said['name']} with a compared value"
        return
    yield from _change(said, number.value, number.before, number.unit)


def _change(said: dict[str, str], value: Number, before: Number, unit: str) -> Iterator[object]:
    change = change_text(value, before, unit, "en").lstrip(f"+{MINUS}")
    if said["value"] != value_text(value, unit, "en"):
        yield value_text(value, unit, "en")
    if said["change"] != change:
        yield change
    if (said["way"] in {"rose", "up"}) != (value > before):
        yield "rose" if value > before else "fell"


def _goal(said: dict[str, str], facts: Facts) -> Iterator[object]:
    number = facts.numbers[said["name"]]
    assert number.goal
    met = number.value <= number.goal if number.direction == "down_is_good" else number.value >= number.goal
    if met != (said["said"] in {"reached", "within"}):
        yield "reached" if met else "missed"
    if said["goal"] != value_text(number.goal, number.unit, "en"):
        yield value_text(number.goal, number.unit, "en")
    if "value" in said and said["value"] != value_text(number.value, number.unit, "en"):
        yield value_text(number.value, number.unit, "en")
    share = quotient(100 * exact(number.value), exact(number.goal))
    if abs(share - Decimal(said.get("share", f"{share}%").rstrip("%").replace(",", ""))) > Decimal("0.5"):
        yield f"{share}%"


def _series(said: dict[str, str], facts: Facts) -> SeriesFacts | None:
    """Return what a sentence on a ranking is about: the column that it names, or that its title does."""
    found = [
        series
        for (title, metric), series in facts.parts.items()
        if said["title"] in {title, f"{title} ({metric})"} and said.get("metric", "") in {"", metric}
    ]
    named = bool(said.get("metric"))
    return found[0] if found and (named or len(found) == 1) else None


def _first(said: dict[str, str], facts: Facts) -> Iterator[object]:
    series = _series(said, facts)
    if series is None:
        yield "one column that is named"
        return
    known = {name: value for name, value in series.now.items() if value is not None}
    top = max(known, key=lambda name: known[name])
    if said["row"] != top or list(known.values()).count(known[top]) > 1:
        yield f"{top}, the largest of all rows"
    yield from _figure(said, known[top], series)


def _figure(said: dict[str, str], value: Number, series: SeriesFacts) -> Iterator[object]:
    if said["value"] != value_text(value, series.unit, "en"):
        yield value_text(value, series.unit, "en")
    whole = total(one for one in series.now.values() if one is not None)
    if said.get("total") and (
        series.totals is None or said["total"] != value_text(series.totals[0], series.unit, "en")
    ):
        yield f"a total of {series.totals}"
    share = f"{rounded(100 * quotient(exact(value), whole), 0)}%"
    if said.get("share") and said["share"] != share:
        yield share


def _row(said: dict[str, str], facts: Facts) -> Iterator[object]:
    series = _series(said, facts)
    value, before = (series.now.get(said["row"]), series.before.get(said["row"])) if series else (None, None)
    if series is None or value is None or before is None:
        yield "a row with a compared value in one column that is named"
        return
    yield from _figure(said, value, series)
    if said["before"] != value_text(before, series.unit, "en"):
        yield value_text(before, series.unit, "en")
    if said["way"] != "went" and (said["way"] == "rose") != (value > before):
        yield "rose" if value > before else "fell"


def _total(said: dict[str, str], facts: Facts) -> Iterator[object]:
    series = facts.parts.get((said["title"], said["metric"]))
    if series is None or series.totals is None:
        yield "a total that was sent"
        return
    yield from _change(said, *series.totals, series.unit)


def _highest(said: dict[str, str], facts: Facts) -> Iterator[object]:
    series = _series(said, facts)
    if series is None or None in series.now.values():
        yield "a chart of which every day came"
        return
    known = {name: value for name, value in series.now.items() if value is not None}
    top = max(known, key=lambda name: known[name])
    if said["day"] != top or said["value"] != value_text(known[top], series.unit, "en"):
        yield f"{top}, {known[top]}"
    before = [value for value in series.before.values() if value is not None]
    if said["above"] and (not before or max(before) >= known[top]):
        yield "not above every compared day"


_MOVED_IN_ALL = re.compile(
    rf"(?P<name>\w[\w ]*) (?P<way>rose|fell) by (?P<change>{_VALUE}), to (?P<value>{_VALUE}) in all"
)
_IN_ALL = re.compile(rf"(?P<name>\w[\w ]*): (?P<value>{_VALUE}) in all")
_COURSE = re.compile(
    rf"(?P<name>\w[\w ]*) (?P<way>rose|fell) by (?P<change>{_VALUE}), from (?P<before>{_VALUE}) \((?P<from>[^)]+)\)"
    rf" to (?P<value>{_VALUE}) \((?P<to>[^)]+)\)"
)
_ENDS = re.compile(rf"[Hh]ighest (?P<high>{_VALUE}) \((?P<top>[^)]+)\), lowest (?P<low>{_VALUE}) \((?P<bottom>[^)]+)\)")
_LARGEST = re.compile(rf"largest part is (?P<value>{_VALUE}) \((?P<row>[^)]+)\), a share of (?P<share>{_VALUE})")


def untrue_of_a_chart(alt: str, series: SeriesFacts, *, adds_up: bool) -> Iterator[Difference]:
    """Yield what is not so in the alternative text of a chart of one series; its labels are as the text has them."""
    known = {name: value for name, value in series.now.items() if value is not None}
    whole = adds_up and len(known) == len(series.now)
    wrong = [*_in_all(alt, known, series, whole=whole), *_course(alt, known, series), *_ends(alt, known, series)]
    yield from (Difference("alternative text", one, alt) for one in wrong)


def _in_all(alt: str, known: dict[str, Number], series: SeriesFacts, *, whole: bool) -> Iterator[object]:
    moved, plain = _MOVED_IN_ALL.search(alt), _IN_ALL.search(alt)
    if not whole and (moved or plain):
        yield "nothing of all"
    elif moved:
        before = [value for value in series.before.values() if value is not None]
        yield from _change(moved.groupdict(), _number(total(known.values())), _number(total(before)), series.unit)
    elif plain and plain["value"] != value_text(total(known.values()), series.unit, "en"):
        yield value_text(total(known.values()), series.unit, "en")


def _course(alt: str, known: dict[str, Number], series: SeriesFacts) -> Iterator[object]:
    if found := _COURSE.search(alt):
        names = list(known)
        if (found["from"], found["to"]) != (names[0], names[-1]):
            yield f"from {names[0]} to {names[-1]}"
        yield from _change(found.groupdict(), known[names[-1]], known[names[0]], series.unit)


def _ends(alt: str, known: dict[str, Number], series: SeriesFacts) -> Iterator[object]:
    """Yield what is not so of the highest and the lowest point, and of the largest part."""
    top, bottom = (chosen(known, key=lambda label: known[label]) for chosen in (max, min))
    texts = {name: value_text(known[name], series.unit, "en") for name in (top, bottom)}
    if (found := _ENDS.search(alt)) and found.groups() != (texts[top], top, texts[bottom], bottom):
        yield (texts[top], top, texts[bottom], bottom)
    if "all the same" in alt and top != bottom:
        yield f"from {texts[bottom]} to {texts[top]}"
    share = f"{rounded(100 * quotient(exact(known[top]), total(known.values())), 0)}%"
    if (found := _LARGEST.search(alt)) and found.groups() != (texts[top], top, share):
        yield (texts[top], top, share)


def _number(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else float(value)
