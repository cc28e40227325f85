"""The rules of a delivery: which parcels may go out now, and why the others may not."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from reportgen.fleet.delivery_mail import MailChannel
from reportgen.fleet.secret_redaction import why_not_sent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportgen.fleet.approvals import Approvals
    from reportgen.fleet.delivery_receipts import Deliveries
    from reportgen.fleet.parcels import Parcel
    from reportgen.spec.client_file import Client
    from reportgen.spec.recipients import Recipients

DeliveryState: TypeAlias = Literal[
    "delivered",
    "failed",  # it should have gone out and did not; tried again by the next call
    "unready",  # its report may not be sent as it is, or is not made
    "unapproved",  # nobody approved the files of its report yet
    "withheld",  # by the fleet's files nobody gets it any more
    "renamed",  # another client who is gone now was sent the same accounts' report
    "before",  # it was delivered by an earlier call
    "unknown",  # it was cut off, and may have arrived
    "revised",  # it was delivered before, and made anew since
    "planned",  # it would be sent, if this were no dry run
]
"""The state of a parcel after a delivery: see `deliver`."""

_UNKNOWN = (
    "a crash or a lost connection cut it off, so it may have arrived; ask the reader, then mark-sent or retry-unknown"
)
_AS_BEFORE: dict[str | None, tuple[DeliveryState, str]] = {"before": ("before", ""), "unknown": ("unknown", _UNKNOWN)}
_REVISED = "the report was made anew after it was delivered; `reportgen deliver --resend` sends it"
_UNAPPROVED = {
    "missing": "waits for approval: look at it, then `reportgen approve`",
    "outdated": "was made anew after it was approved: look at it again, then `reportgen approve`",
}
_HOLDING_BACK: Mapping[DeliveryState, DeliveryState] = {
    "unready": "unready",
    "failed": "unready",
    "renamed": "unready",
    "unapproved": "unapproved",
}
"""State of a parcel -> state of those that go together with it, and wait for it."""


class DeliveryOutcome(NamedTuple):
    """The outcome of a parcel's delivery.

    Attributes:
        report: Client and spec.
        to: The reader in words.
        state: See `deliver`.
        reason: Why it did not go out; empty where it did.
    """

    report: str
    to: str
    state: DeliveryState
    reason: str = ""


@dataclass(slots=True)
class Delivery:
    """The delivery of a parcel in a call.

    Attributes:
        parcel: The parcel.
        state: None while it is to be sent.
        reason: Why it did not go out; empty where it did.
    """

    parcel: Parcel
    state: DeliveryState | None = None
    reason: str = ""

    @property
    def outcome(self) -> DeliveryOutcome:
        """The outcome in words."""
        report = self.parcel.report
        return DeliveryOutcome(report.client_and_spec, self.parcel.address, self.state or "planned", self.reason)


@dataclass(frozen=True, slots=True)
class DeliveryRules:
    """The rules of a call.

    Attributes:
        recipients: The clients and channels as they are now.
        before: Deliveries of earlier calls.
        approvals: Of the run's reports.
        changed: Faults of the files of reports, by their keys.
        again: See `deliver`.
        is_test: Whether letters go to a tester in place of their readers.
    """

    recipients: Recipients
    before: Deliveries
    approvals: Approvals
    changed: Mapping[str, str]
    again: bool
    is_test: bool

    def decided(self, parcels: Iterable[Parcel]) -> list[Delivery]:
        """Return the deliveries of all parcels of a run, those that may go out without a state."""
        deliveries: list[Delivery] = []
        taken: set[str] = set()
        for parcel in parcels:
            if self.is_test and not isinstance(parcel.channel, MailChannel):
                continue
            if parcel.identity in taken:  # two channels lead to the same reader
                deliveries.append(Delivery(parcel, "before"))
                continue
            decision = self._tested(parcel) if self.is_test else self._decision(parcel)
            earlier = () if self.is_test else self.before.earlier(parcel)
            deliveries.append(Delivery(replace(parcel, earlier=earlier), *(decision or (None, ""))))
            if decision is None:
                taken.add(parcel.identity)
        _hold_together(deliveries)
        return deliveries

    def accounts(self, parcel: Parcel) -> str:
        """Return the digest of the accounts of a parcel's client; empty without any."""
        client = self._client(parcel)
        numbers = sorted(str(account) for account in client.sources.values()) if client else []
        return hashlib.sha256(" ".join(numbers).encode()).hexdigest()[:16] if numbers else ""

    def _client(self, parcel: Parcel) -> Client | None:
        return self.recipients.client(parcel.report.client, parcel.report.spec, parcel.report.client_id)

    def _decision(self, parcel: Parcel) -> tuple[DeliveryState, str] | None:
        """Return the state of a parcel that is not to be sent, and the reason; None where it is to be sent."""
        if unready := self._unready(parcel):
            return unready
        known = self.before.state(parcel, again=self.again)
        if known in _AS_BEFORE:
            return _AS_BEFORE[known]
        if hindrance := self._hindrance(parcel):
            return hindrance
        delivery, report = self.recipients.fleet.deliver, parcel.result
        if delivery and delivery.approval == "required" and not parcel.channel.is_for_staff:
            approval = self.approvals.state(report, report.files)
            if approval in _UNAPPROVED:
                return "unapproved", _UNAPPROVED[approval]
        return ("revised", _REVISED) if known else self._renamed(parcel)

    def _tested(self, parcel: Parcel) -> tuple[DeliveryState, str] | None:
        return self._unready(parcel) or self._hindrance(parcel)

    def _unready(self, parcel: Parcel) -> tuple[DeliveryState, str] | None:
        report = parcel.result
        if report.state in self.recipients.fleet.accepted or parcel.channel.is_for_staff:
            return None
        return "unready", f"is {report.state_words}{f': {report.reason}' if report.reason else ''}"

    def _hindrance(self, parcel: Parcel) -> tuple[DeliveryState, str] | None:
        """Return the state and the reason of a parcel that cannot go out; None where it can."""
        report, name = parcel.report, (parcel.report.client, parcel.report.spec)
        if self._client(parcel) is None:
            reason = self.recipients.why_none(*name)
            return ("failed", f"withheld: {reason}") if self.recipients.is_unreadable(*name) else ("withheld", reason)
        if fault := self.changed.get(report.key):
            return "failed", f"{fault}; `reportgen verify` and then `run` make it anew"
        if not parcel.files:
            return "failed", f"the report's formats ({', '.join(report.formats)}) made no file that goes this way"
        try:
            parcel.channel.check_parcels((parcel,))
        except Exception as error:  # noqa: BLE001 - a parcel that cannot be sent holds no other back
            return "failed", why_not_sent(parcel.channel, error)
        return None

    def _renamed(self, parcel: Parcel) -> tuple[DeliveryState, str] | None:
        """Return the state of a parcel that may be a second delivery to a client under a new name."""
        if self.again:
            return None
        for client, address in self.before.same_accounts(parcel, self.accounts(parcel)):
            if self.recipients.client(client, parcel.report.spec) is None:
                return "renamed", (
                    f"client {client}, who is not in the fleet any more, was sent this report ({address}); write "
                    f"id: {client} in its file if it is the same client; else `reportgen deliver --resend` sends it"
                )
        return None


def _hold_together(deliveries: Sequence[Delivery]) -> None:
    """Let parcels that go together wait for those of them that may not go yet."""
    holding: dict[tuple[int, str], Delivery] = {}
    for delivery in deliveries:
        if delivery.parcel.channel.is_joint and delivery.state in _HOLDING_BACK:
            holding.setdefault(_joint(delivery), delivery)
    for delivery in deliveries:
        cause = holding.get(_joint(delivery)) if delivery.state is None else None
        if cause and cause.state:
            delivery.state = _HOLDING_BACK[cause.state]
            delivery.reason = f"goes together with {cause.parcel.report.spec}, which {cause.state}: {cause.reason}"


def _joint(delivery: Delivery) -> tuple[int, str]:
    return delivery.parcel.place, delivery.parcel.letter
