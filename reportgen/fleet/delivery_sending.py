"""Sending of the parcels that may go out: those of a letter together, with a line of the journal before and after."""

from __future__ import annotations

from collections import defaultdict
from contextlib import ExitStack
from typing import TYPE_CHECKING

from reportgen.fleet.delivery_errors import Postponed, Uncertain
from reportgen.fleet.secret_redaction import why_not_sent
from reportgen.logs import stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pydantic import JsonValue

    from reportgen.fleet.delivery_rules import Delivery
    from reportgen.fleet.journal import Journal
    from reportgen.fleet.parcels import Dispatch, Parcel


class Sender:
    """The sender of the parcels of a call."""

    def __init__(self, journal: Journal | None, dispatch: Dispatch, accounts: Callable[[Parcel], str]) -> None:
        """Take the journal and the connections.

        Args:
            journal: Where receipts are written; None writes none.
            dispatch: The connections and folders.
            accounts: Returns the digest of a parcel's accounts.
        """
        self._journal = journal
        self._dispatch = dispatch
        self._accounts = accounts

    def send(self, deliveries: Iterable[Delivery]) -> list[Delivery]:
        """Send parcels, and return the deliveries of those that may go out at a later time."""
        later: list[Delivery] = []
        for shipment in shipments(deliveries):
            with ExitStack() as stages:
                lines = [_stage(stages, delivery) for delivery in shipment]
                later += self._sent(shipment)
                for line, delivery in zip(lines, shipment, strict=True):
                    outcome = delivery.outcome
                    line.update(state=outcome.state, to=outcome.to.partition("?")[0], reason=outcome.reason)
        return later

    def record(self, event: str, parcel: Parcel, reason: str = "") -> None:
        """Write an event of a parcel."""
        if self._journal is None:
            return
        facts: dict[str, JsonValue] = {
            "of": parcel.identity,
            "channel": parcel.place,
            "accounts": self._accounts(parcel),
        }
        facts |= {"reason": reason} if reason else {}
        self._journal.append(event, parcel.report.key, receipt=parcel.receipt, to=parcel.address, **facts)

    def _sent(self, shipment: Sequence[Delivery]) -> list[Delivery]:
        """Send parcels together; return those that may go at a later time."""
        channel, parcels = shipment[0].parcel.channel, [delivery.parcel for delivery in shipment]
        for parcel in parcels:
            self.record("delivering", parcel)
        try:
            refused: Mapping[str, Exception] = channel.send(parcels, self._dispatch)
        except Exception as error:  # noqa: BLE001 - a defect costs this shipment alone, and is written down
            refused = {parcel.address: error for parcel in parcels}
        return [delivery for delivery in shipment if self._ended(delivery, refused.get(delivery.parcel.address))]

    def _ended(self, delivery: Delivery, error: Exception | None) -> bool:
        """Write the end of a delivery; return whether it may be tried again."""
        delivery.state, delivery.reason = "delivered", ""
        if error is None:
            self.record("delivered", delivery.parcel)
            return False
        delivery.reason = why_not_sent(delivery.parcel.channel, error)
        delivery.state = "unknown" if isinstance(error, Uncertain) else "failed"
        self.record("uncertain" if delivery.state == "unknown" else "undelivered", delivery.parcel, delivery.reason)
        return isinstance(error, Postponed)


def shipments(deliveries: Iterable[Delivery]) -> list[tuple[Delivery, ...]]:
    """Return the deliveries that are sent together.

    A report goes to its readers in a letter that all of them see; where the reports of a client go together, those
    readers share it who get the same reports.
    """
    groups: dict[tuple[int, str], list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        groups[delivery.parcel.place, delivery.parcel.letter].append(delivery)
    return [tuple(shipment) for group in groups.values() for shipment in _by_content(group)]


def _by_content(group: Sequence[Delivery]) -> list[list[Delivery]]:
    """Return the deliveries of a group by the reports that their readers get, and whether these are revised."""
    readers: dict[str, list[Delivery]] = defaultdict(list)
    for delivery in group:
        readers[delivery.parcel.address].append(delivery)
    contents: dict[tuple[tuple[str, bool], ...], list[Delivery]] = defaultdict(list)
    for parcels in readers.values():
        content = tuple((delivery.parcel.report.key, bool(delivery.parcel.earlier)) for delivery in parcels)
        contents[content] += parcels
    return list(contents.values())


def _stage(stages: ExitStack, delivery: Delivery) -> dict[str, str]:
    report = delivery.parcel.report
    return stages.enter_context(stage("deliver", report.client, report.spec))
