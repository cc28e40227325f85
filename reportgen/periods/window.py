"""The periods of a report, and the notes to print beside their dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reportgen.periods.period import Period

WindowNote = Literal["running", "unfinished", "baseline_running", "baseline_clamped", "lengths_differ", "overlap"]


@dataclass(frozen=True, slots=True)
class Window:
    """The period that a report covers, and the period it is compared with.

    Attributes:
        current: The days reported on.
        baseline: The days of the main comparison; None where nothing is compared.
        by_date: Whether a day is compared with that of the same date a year before, not of the same place.
        further: The days that numbers are compared with beside those of `baseline`.
    """

    current: Period
    baseline: Period | None = None
    by_date: bool = False
    further: tuple[Period, ...] = ()

    def of_days(self) -> Window:
        """Return the window without anything but its days."""
        plain = Period(self.baseline.start, self.baseline.end) if self.baseline else None
        return Window(Period(self.current.start, self.current.end), plain)

    @property
    def compared(self) -> tuple[Period, ...]:
        """All days compared with, those of the main comparison first."""
        return tuple(period for period in (self.baseline, *self.further) if period)

    @property
    def comparable(self) -> bool:
        """Whether both periods hold whole days only; an unfinished day is not comparable with a whole day."""
        return self.current.complete and (self.baseline is None or self.baseline.complete)


def window_notes(window: Window) -> tuple[WindowNote, ...]:
    """Return the notes to print beside the dates of a window.

    Returns:
        In this order: `running`, the period ended yesterday though its unit goes on; `unfinished`,
        it holds a day that is not over; `baseline_running`, as for the period; `baseline_clamped`,
        see `Period.clamped`; `lengths_differ`, the two have not as many days; `overlap`, they share
        days.
    """
    current, baseline = window.current, window.baseline
    notes: dict[WindowNote, bool] = {"running": current.until is not None, "unfinished": not current.complete}
    if baseline is not None:
        notes |= {
            "baseline_running": baseline.until is not None,
            "baseline_clamped": baseline.clamped,
            "lengths_differ": baseline.days != current.days,
            "overlap": baseline.start <= current.end and current.start <= baseline.end,
        }
    return tuple(note for note, holds in notes.items() if holds)
