"""The sentences of a summary: what moved most, which goals were reached, and what could not be read.

They say what the figures are and nothing of why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.formatting import format_value
from reportgen.model import UNREAD, Unit
from reportgen.outputs.cards import reading_card
from reportgen.outputs.language import N_, words_of
from reportgen.outputs.words import isolated

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportgen.model import Block, Judgement, Reading, Report

_MOST = 2  # sentences of one kind
_MOVES: dict[tuple[Judgement, bool], str] = {
    ("good", True): N_("%(name)s rose by %(change)s, to %(value)s."),
    ("good", False): N_("%(name)s fell by %(change)s, to %(value)s, which is good."),
    ("bad", True): N_("%(name)s rose by %(change)s, to %(value)s, which is not good."),
    ("bad", False): N_("%(name)s fell by %(change)s, to %(value)s."),
    ("neutral", True): N_("%(name)s rose by %(change)s, to %(value)s."),
    ("neutral", False): N_("%(name)s fell by %(change)s, to %(value)s."),
}


def sentences(block: Block, report: Report) -> tuple[str, ...]:
    """Return what there is to say of a summary's numbers, the best news first, in the report's language.

    At most two that got better and two that got worse, by the size of their relative change; changes
    in percentage points, which have no such size, come after those; without any, the two largest
    neutral ones. Then goals that are decided, and the numbers that could not be read.
    """
    moved = sorted((one for one in block.readings if one.change and _prints(one, report)), key=_size, reverse=True)
    chosen = [*_judged(moved, "good"), *_judged(moved, "bad")] or list(_judged(moved, "neutral"))
    said = [_move(one, report) for one in chosen]
    said += _goals(block.readings, report)
    return (*said, *_unread(block.readings, report))


def _judged(readings: Iterable[Reading], judgement: Judgement) -> Sequence[Reading]:
    return [one for one in readings if one.change and one.change.judgement == judgement][:_MOST]


def _size(reading: Reading) -> float:
    return abs(reading.change.relative) if reading.change and reading.change.relative is not None else -1.0


def _prints(reading: Reading, report: Report) -> bool:
    """Tell whether a change prints as more than zero."""
    move = reading_card(reading, report).move
    return move is not None and move.tone != "level"


def _move(reading: Reading, report: Report) -> str:
    card, change = reading_card(reading, report), reading.change
    assert change is not None  # noqa: S101 - only moved readings get here
    assert card.move is not None  # noqa: S101 - see above
    size = card.move.text.lstrip("+-\N{MINUS SIGN}\u200e\u200f\u061c")
    message = words_of(report.locale).gettext(_MOVES[change.judgement, change.absolute > 0])
    return message % {
        "name": reading.label,
        "change": isolated(size, report.locale),
        "value": isolated(card.value, report.locale),
    }


def _goals(readings: Iterable[Reading], report: Report) -> list[str]:
    """Return a sentence for each goal that is decided."""
    _ = words_of(report.locale).gettext
    messages = {
        "reached": _("%(name)s reached its goal of %(goal)s."),
        "missed": _("%(name)s came to %(share)s of its goal of %(goal)s."),
    }
    said = []
    for reading in readings:
        goal = reading.goal
        if goal is None or goal.standing not in messages or goal.progress is None:
            continue
        target = isolated(format_value(goal.target, reading.unit, report.locale), report.locale)
        share = format_value(goal.progress, Unit("percent", decimals=0), report.locale)
        said.append(messages[goal.standing] % {"name": reading.label, "goal": target, "share": share})
    return said


def _unread(readings: Iterable[Reading], report: Report) -> list[str]:
    names = [one.label for one in readings if one.missing in UNREAD]
    if not names:
        return []
    message = words_of(report.locale).ngettext(
        "%(num)s figure could not be read: %(names)s.", "%(num)s figures could not be read: %(names)s.", len(names)
    )
    return [message % {"num": format_value(len(names), Unit("count"), report.locale), "names": ", ".join(names)}]
