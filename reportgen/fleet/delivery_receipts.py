"""Deliveries in the journal of a run: the parcels that may have arrived, and the receipts of each report."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportgen.fleet.delivery_channels import Parcel
    from reportgen.fleet.journal import Event

ARRIVED, MAYBE = "delivered", ("delivering", "uncertain")
WAITING = ("undelivered", "withheld", "revised")
"""Events of a parcel that did not go out."""

_FACTS = ("to", "receipt", "channel", "at", "reason")


class ReportIdentity(NamedTuple):
    """The client, spec and period of a report, which stay the same where it is made anew."""

    client: str
    spec: str
    period: str


class Deliveries:
    """The deliveries of the parcels of a run, by the journal."""

    def __init__(self, events: Iterable[Event]) -> None:
        """Read the events, in their order."""
        self._sent: dict[str, list[Event]] = defaultdict(list)
        self._last: dict[str, Event] = {}
        for event in events:
            if "receipt" in event:
                self.add(event)

    def add(self, event: Event) -> None:
        """Add an event of a parcel."""
        parcel, kind = _parcel_identity(event), event["event"]
        self._last[str(event["receipt"])] = event
        trail = self._sent[parcel]
        if trail and trail[-1]["event"] == "delivering" and trail[-1]["receipt"] == event["receipt"]:
            trail.pop()  # this event is its end
        if kind == ARRIVED or kind in MAYBE:
            trail.append(event)

    def state(self, parcel: Parcel, *, again: bool) -> str | None:
        """Return the state of a parcel that shall not be sent: `before`, `unknown` or `revised`; None where it may be.

        Args:
            parcel: With its files.
            again: Whether it is sent too where the reader may have had another content of it.
        """
        trail = self._sent.get(parcel.identity)
        if not trail:
            return None
        arrived = trail[-1]["event"] == ARRIVED
        if trail[-1]["receipt"] in {parcel.receipt, _older_receipt(parcel)}:
            return "before" if arrived else "unknown"
        if again:
            return None
        return "revised" if arrived else "unknown"

    def is_known(self, parcel: Parcel, event: str, reason: str) -> bool:
        """Return whether the last event of a parcel is the same, for the same reason."""
        last = self._last.get(parcel.receipt, {})
        return (last.get("event"), last.get("reason")) == (event, reason)


def receipts_of(events: Iterable[Event]) -> Mapping[ReportIdentity | str, tuple[Event, ...]]:
    """Return the receipts of each report, by its identity, or by its key where an older journal has that.

    A receipt of a parcel that did not go out is dropped when the same channel has a later receipt, such as for a
    corrected address.
    """
    found: dict[ReportIdentity | str, dict[str, Event]] = defaultdict(dict)
    for event in events:
        if "receipt" not in event:
            continue
        known = found[_report(event)]
        place = event.get("channel")
        for receipt, other in tuple(known.items()):
            if place is not None and other.get("channel") == place and other["state"] in WAITING:
                del known[receipt]
        facts: Event = {name: event[name] for name in _FACTS if name in event}
        known[str(event["receipt"])] = {"state": event["event"], **facts}
    return {report: tuple(known.values()) for report, known in found.items()}


def _report(event: Event) -> ReportIdentity | str:
    parts = str(event.get("of", "")).split("/", 3)
    return ReportIdentity(*parts[:3]) if len(parts) > len(ReportIdentity._fields) else str(event["job"])


def _parcel_identity(event: Event) -> str:
    """Return `Parcel.identity` of an event; older journals have the case of e-mail addresses as written."""
    report, email, address = str(event.get("of", event["receipt"])).partition("/email ")
    return f"{report}{email}{address.casefold()}"


def _older_receipt(parcel: Parcel) -> str:
    """Return a parcel's receipt in older journals: a hash of the report's key and the address, without the files."""
    return hashlib.sha256(f"{parcel.report.key}\n{parcel.address}".encode()).hexdigest()[:24]
