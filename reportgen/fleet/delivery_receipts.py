"""Deliveries in the journal of a run: the parcels that may have arrived, and the receipts of each report."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.fleet.journal import Event
    from reportgen.fleet.parcels import Parcel
    from reportgen.fleet.run_records import PlannedReport, WrittenFile

ARRIVED, MAYBE = "delivered", ("delivering", "uncertain")
CERTAINLY_NOT = "retrying"
"""Event of a parcel that may have arrived, by which a person says that it did not."""

WAITING = ("undelivered", "retrying", "withheld", "revised", "renamed")
"""Events of a parcel that did not go out."""

ADDRESSED = "addressed"
"""Event of a report whose readers are others than its plan says."""

_PARTS = 3  # of a report's identity, before the address of a parcel
_FACTS = ("to", "receipt", "channel", "at", "reason")


def folded(address: str) -> str:
    """Return an address in words in the form that two of the same reader share: no mail server minds the case."""
    return address.casefold() if address.startswith("email ") else address


def parcel_identities(report: PlannedReport, address: str) -> tuple[str, ...]:
    """Return the identities of a report's parcel to an address in words; see `Parcel.identities`."""
    return tuple(f"{identity}/{folded(address)}" for identity in report.identities)


def receipt_of(identity: str, files: Iterable[WrittenFile]) -> str:
    """Return the receipt of a parcel: a hash of its identity and of the files that it carries."""
    return hashlib.sha256("\n".join((identity, *(file.sha256 for file in files))).encode()).hexdigest()[:24]


def receipts_now(report: PlannedReport, address: str, files: Sequence[WrittenFile]) -> frozenset[str]:
    """Return the receipts that a report has to an address in words with its present files.

    They are those of every choice of files that a way carries, since the way is known by its address alone.
    """
    from reportgen.fleet.letter import carried
    from reportgen.outputs import is_for_staff

    in_letter = carried([file.path for file in files])
    choices = (
        files,
        [file for file in files if not is_for_staff(file.path)],
        [file for file in files if file.path in in_letter],
    )
    own = {receipt_of(identity, choice) for identity in parcel_identities(report, address) for choice in choices}
    return frozenset({*own, _older_receipt(report, address)})


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
        is_end = kind == CERTAINLY_NOT or (trail and trail[-1]["event"] == "delivering")
        if trail and is_end and trail[-1]["receipt"] == event["receipt"]:
            trail.pop()  # this event is its end
        if kind == ARRIVED or kind in MAYBE:
            trail.append(event)

    def state(self, parcel: Parcel, *, again: bool) -> str | None:
        """Return the state of a parcel that shall not be sent: `before`, `unknown` or `revised`; None where it may be.

        Args:
            parcel: With its files.
            again: Whether it is sent too where the reader may have had another content of it.
        """
        trail = self._trail(parcel)
        if not trail or self.last(parcel).get("event") == CERTAINLY_NOT:
            return None
        arrived = trail[-1]["event"] == ARRIVED
        if trail[-1]["receipt"] in {*parcel.receipts, _older_receipt(parcel.report, parcel.address)}:
            return "before" if arrived else "unknown"
        if again:
            return None
        return "revised" if arrived else "unknown"

    def earlier(self, parcel: Parcel) -> tuple[str, ...]:
        """Return the receipts of other contents of a parcel's report that its reader had."""
        own = {*parcel.receipts, _older_receipt(parcel.report, parcel.address)}
        return tuple(str(event["receipt"]) for event in self._trail(parcel) if event["receipt"] not in own)

    def last(self, parcel: Parcel) -> Event:
        """Return the last event of a parcel; an empty one where it has none."""
        return self._last.get(parcel.receipt, {})

    def same_accounts(self, parcel: Parcel, accounts: str) -> Iterator[tuple[str, str]]:
        """Yield the client and the address of deliveries, under other names of clients, of a parcel's report.

        Args:
            parcel: Of a report.
            accounts: The digest of its client's accounts; other clients with the same accounts, or with the same
                address of e-mail, may be this client under an earlier name.
        """
        report, own = parcel.report, {parcel.report.client, parcel.report.lasting_id}
        for identity, trail in self._sent.items():
            client, _, rest = identity.partition("/")
            if not trail or client in own or not rest.startswith(same := f"{report.spec}/{report.period}/"):
                continue
            address = rest.removeprefix(same)
            is_same_reader = address.startswith("email ") and parcel.identity.endswith(f"/{address}")
            is_same_channel = trail[-1].get("channel") == parcel.place
            if is_same_reader or (is_same_channel and accounts and trail[-1].get("accounts") == accounts):
                yield client, address

    def _trail(self, parcel: Parcel) -> list[Event]:
        return next((self._sent[name] for name in parcel.identities if self._sent.get(name)), [])


def receipts_of(events: Iterable[Event]) -> Mapping[str, tuple[Event, ...]]:
    """Return the receipts of each report, by its identity, or by its key where an older journal has that.

    A receipt of a parcel that did not go out is dropped when its reader has a later receipt.
    """
    found: dict[str, dict[str, Event]] = defaultdict(dict)
    for event in events:
        if "receipt" not in event:
            continue
        known = found[_report(event)]
        for receipt, other in tuple(known.items()):
            if other["state"] in WAITING and folded(str(other.get("to"))) == folded(str(event.get("to"))):
                del known[receipt]
        facts: Event = {name: event[name] for name in _FACTS if name in event}
        known[str(event["receipt"])] = {"state": event["event"], **facts}
    return {report: tuple(known.values()) for report, known in found.items()}


def readers_of(events: Iterable[Event]) -> Mapping[str, tuple[str, ...]]:
    """Return the addresses of the reports whose readers are others than their plan says, by their keys."""
    found: dict[str, tuple[str, ...]] = {}
    for event in events:
        readers = event.get("readers")
        if event["event"] == ADDRESSED and isinstance(readers, list):
            found[str(event["job"])] = tuple(map(str, readers))
    return found


def _report(event: Event) -> str:
    """Return the identity of the report of an event, or its key where an older journal has that."""
    parts = str(event.get("of", "")).split("/", _PARTS)
    return "/".join(parts[:_PARTS]) if len(parts) > _PARTS else str(event["job"])


def _parcel_identity(event: Event) -> str:
    """Return `Parcel.identity` of an event; older journals have the case of e-mail addresses as written."""
    report, email, address = str(event.get("of", event["receipt"])).partition("/email ")
    return f"{report}{email}{address.casefold()}"


def _older_receipt(report: PlannedReport, address: str) -> str:
    """Return a parcel's receipt in older journals: a hash of the report's key and the address, without the files."""
    return hashlib.sha256(f"{report.key}\n{address}".encode()).hexdigest()[:24]
