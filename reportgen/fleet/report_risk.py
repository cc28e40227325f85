"""How risky it is to send a report unseen, and why: what went wrong, and what is far from the run before."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, log2
from typing import TYPE_CHECKING

from reportgen.components.contradictions import DISAGREEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.fleet.run_records import ReportResult
    from reportgen.model import Number

UNDELIVERED = "undelivered"
"""The code of a reason that is about a delivery."""

_FAR = 1.0  # doublings or halvings of a figure
_FAR_PAGES = 0.2  # share of the pages
_LONGEST = 400  # characters of a reason that a card has room for


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a person should look at a report.

    Attributes:
        text: A sentence.
        code: What our messages and the API call it; empty where nothing does.
        about: Name of the block; empty where it is about the whole report.
        distance: How far something is from the run before, in doublings; 0 where that is not what it is about.
    """

    text: str
    code: str = ""
    about: str = ""
    distance: float = 0.0


def reasons(report: ReportResult, before: ReportResult | None, *, is_compared: bool) -> tuple[Reason, ...]:
    """Return why a person should look at a report, what is most unlike the run before first.

    Args:
        report: What `run_results.json` tells of it.
        before: What the results of the run before tell of the same client and spec; None where they tell nothing.
        is_compared: Whether there was a run before.
    """
    differences = sorted(_differences(report, before, is_compared=is_compared), key=lambda one: -one.distance)
    return (*_wrongs(report), *_undelivered(report), *differences)


def _wrongs(report: ReportResult) -> Iterator[Reason]:
    """Yield what went wrong: a failure, what decided that a report is held or degraded, or contradicting figures."""
    told = [one for one in report.warnings if report.state != "done" or one.code in DISAGREEMENTS]
    if report.reason and not told:
        defect = "this is a defect of reportgen: " if report.class_ == "defect" else ""
        yield Reason(_short(f"{defect}{report.reason}"), report.code or "")
    for one in sorted(told, key=lambda one: one.code != report.code):
        yield Reason(_short(one.text), one.code, about=_words(one.block or ""))


def _undelivered(report: ReportResult) -> Iterator[Reason]:
    """Yield each delivery that did not go out, or of which nobody knows whether it did."""
    for one in report.deliveries:
        if one.is_owed:
            why = one.reason or "it was cut off, and may have arrived"
            yield Reason(_short(f"{one.to}: {why}"), UNDELIVERED, about=one.state, distance=inf)


def _differences(report: ReportResult, before: ReportResult | None, *, is_compared: bool) -> Iterator[Reason]:
    if report.pages is None or not is_compared:
        return
    if before is None:
        yield Reason("was not in the run before", distance=_FAR)
        return
    pages, then = report.pages, before.pages
    if then and abs(pages - then) > _FAR_PAGES * then:
        yield Reason(f"{pages} pages, {then} before", distance=abs(log2(pages / then)) if pages else inf)
    for name, value in report.figures.items():
        yield from _figure_differences(_words(name), value, before.figures.get(name))


def _figure_differences(name: str, now: Number | None, then: Number | None) -> Iterator[Reason]:
    if then is None:
        return
    if now is None:
        yield Reason(f"has no value, {_number(then)} before", about=name, distance=inf)
    elif (distance := _distance(now, then)) > _FAR:
        moved = "rose" if now > then else "fell"
        yield Reason(f"{moved} to {_number(now)} from {_number(then)}", about=name, distance=distance)


def _distance(now: float, then: float) -> float:
    """Return how often a figure doubled or halved; from 0 every step is far, so none is told."""
    if not then or now == then:
        return 0.0
    return abs(log2(now / then)) if now / then > 0 else inf


def _number(value: float) -> str:
    if isinstance(value, int) or value.is_integer():
        return f"{value:,.0f}"
    return f"{value:,.2f}" if abs(value) >= 1 else f"{value:.3g}"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …"
