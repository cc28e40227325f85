"""What the journal of a run tells of deliveries: what may have arrived, and how each parcel stands."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportgen.fleet.delivery_channels import Parcel
    from reportgen.fleet.journal import Event
    from reportgen.fleet.run_records import PlannedReport

ARRIVED, MAYBE = "delivered", ("delivering", "uncertain")
WAITING = ("undelivered", "withheld", "revised")
"""Events of a parcel that did not go out."""

_FACTS = ("to", "receipt", "channel", "at", "reason")


class About(NamedTuple):
    """What a report is about, whatever it holds; that it is made anew does not change it."""

    client: str
    spec: str
    period: str


def about(report: PlannedReport) -> About:
    """Return what a report is about."""
    return About(report.client, report.spec, report.period)


class Deliveries:
    """What became of the parcels of a run, by the journal."""

    def __init__(self, events: Iterable[Event]) -> None:
        """Read the events, in their order."""
        self._sent: dict[str, list[Event]] = defaultdict(list)
        self._last: dict[str, Event] = {}
        for event in events:
            if "receipt" in event:
                self.add(event)

    def add(self, event: Event) -> None:
        """Read one more event of a parcel."""
        parcel, kind = _identity(event), event["event"]
        self._last[str(event["receipt"])] = event
        trail = self._sent[parcel]
        if trail and trail[-1]["event"] == "delivering" and trail[-1]["receipt"] == event["receipt"]:
            trail.pop()  # this event tells how it ended
        if kind == ARRIVED or kind in MAYBE:
            trail.append(event)

    def state(self, parcel: Parcel, *, again: bool) -> str | None:
        """Return how a parcel stands that shall not be sent: `before`, `unknown` or `revised`; None where it may be.

        Args:
            parcel: With its files.
            again: Whether it is sent too where the reader may have had another content of it.
        """
        trail = self._sent.get(parcel.of)
        if not trail:
            return None
        arrived = trail[-1]["event"] == ARRIVED
        if trail[-1]["receipt"] in {parcel.receipt, _older_receipt(parcel)}:
            return "before" if arrived else "unknown"
        if again:
            return None
        return "revised" if arrived else "unknown"

    def is_known(self, parcel: Parcel, event: str, reason: str) -> bool:
        """Tell whether the last event of a parcel is this one, for the same reason."""
        last = self._last.get(parcel.receipt, {})
        return (last.get("event"), last.get("reason")) == (event, reason)


def receipts_of(events: Iterable[Event]) -> Mapping[About | str, tuple[Event, ...]]:
    """Return how the parcels of each report stand, by what it is about, or by its key where an older journal has that.

    What did not go out on a channel is forgotten when the same channel had something else to tell later, such as that
    it went to a corrected address.
    """
    found: dict[About | str, dict[str, Event]] = defaultdict(dict)
    for event in events:
        if "receipt" not in event:
            continue
        known = found[_report(event)]
        place = event.get("channel")
        for receipt, other in tuple(known.items()):
            if place is not None and other.get("channel") == place and other["state"] in WAITING:
                del known[receipt]
        told: Event = {name: event[name] for name in _FACTS if name in event}
        known[str(event["receipt"])] = {"state": event["event"], **told}
    return {whose: tuple(known.values()) for whose, known in found.items()}


def _report(event: Event) -> About | str:
    parts = str(event.get("of", "")).split("/", 3)
    return About(*parts[:3]) if len(parts) > len(About._fields) else str(event["job"])


def _identity(event: Event) -> str:
    """Return what a parcel is about, as `Parcel.of` has it; older journals kept the case of addresses of e-mail."""
    report, email, address = str(event.get("of", event["receipt"])).partition("/email ")
    return f"{report}{email}{address.casefold()}"


def _older_receipt(parcel: Parcel) -> str:
    """Return by what journals knew a parcel that had no digests of its files: the report's key and the address."""
    return hashlib.sha256(f"{parcel.report.key}\n{parcel.address}".encode()).hexdigest()[:24]
