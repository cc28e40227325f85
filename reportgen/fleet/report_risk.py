"""Reasons to look at a report before it is sent: faults, and figures that are far from the run before."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, log2
from typing import TYPE_CHECKING

from reportgen.components.contradicting_figures import DISAGREEMENTS
from reportgen.outputs.text.bidi import isolated

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
    """A reason why a person should look at a report.

    Attributes:
        text: A sentence.
        code: Its code in our messages and the API; empty where it has none.
        about: Name of the block; empty where it concerns the whole report.
        distance: Distance of a figure from the run before, in doublings; 0 where it is no difference.
    """

    text: str
    code: str = ""
    about: str = ""
    distance: float = 0.0


def reasons(report: ReportResult, before: ReportResult | None, *, is_compared: bool) -> tuple[Reason, ...]:
    """Return the reasons why a person should look at a report, the greatest differences from the run before first.

    Args:
        report: Its result in `run_results.json`.
        before: The result of the same client and spec in the run before; None where it has none.
        is_compared: Whether there was a run before.
    """
    differences = sorted(_differences(report, before, is_compared=is_compared), key=lambda reason: -reason.distance)
    return (*_faults(report), *_undelivered(report), *differences)


def _faults(report: ReportResult) -> Iterator[Reason]:
    """Yield the faults: a failure, the cautions of a held or degraded report, or contradicting figures."""
    cautions = [caution for caution in report.warnings if report.state != "done" or caution.code in DISAGREEMENTS]
    if report.reason and not cautions:
        defect = "this is a defect of reportgen: " if report.class_ == "defect" else ""
        yield Reason(_short(f"{defect}{report.reason}"), report.code or "")
    for caution in sorted(cautions, key=lambda caution: caution.code != report.code):
        yield Reason(_short(caution.text), caution.code, about=_words(caution.block or ""))


def _undelivered(report: ReportResult) -> Iterator[Reason]:
    """Yield a reason for each delivery that did not go out, or may have."""
    for receipt in report.deliveries:
        if receipt.is_undelivered:
            reason = receipt.reason or "it was cut off, and may have arrived"
            yield Reason(_short(f"{receipt.to}: {reason}"), UNDELIVERED, about=receipt.state_words, distance=inf)


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
        compared = before.figures.get(name)
        if compared is not None:
            texts = _figure(name, value, report), _figure(name, compared, before)
            yield from _figure_differences(_words(name), (value, compared), texts)


def _figure_differences(name: str, values: tuple[Number | None, Number], texts: tuple[str, str]) -> Iterator[Reason]:
    """Yield the reason that is in a figure and the figure of the run before, which are printed as `texts`."""
    now, then = values
    if now is None:
        yield Reason(f"has no value, {texts[1]} before", about=name, distance=inf)
    elif (distance := _distance(now, then)) > _FAR:
        moved = "rose" if now > then else "fell"
        yield Reason(f"{moved} to {texts[0]} from {texts[1]}", about=name, distance=distance)


def _distance(now: float, then: float) -> float:
    """Return the number of doublings or halvings of a figure; 0 from zero, where every step would be far."""
    if not then or now == then:
        return 0.0
    return abs(log2(now / then)) if now / then > 0 else inf


def _figure(name: str, value: Number | None, report: ReportResult) -> str:
    """Return a figure as its card prints it; by its size where an older run has not kept that, empty without value."""
    return isolated(report.printed.get(name) or ("" if value is None else _number(value)), report.locale)


def _number(value: float) -> str:
    if isinstance(value, int) or value.is_integer():
        return f"{value:,.0f}"
    return f"{value:,.2f}" if abs(value) >= 1 else f"{value:.3g}"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …"
