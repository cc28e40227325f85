"""The deliveries of a report: a receipt for each reader, also of letters not tried yet, with advice what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.fleet.approvals import Approvals
from reportgen.fleet.delivery_receipts import WAITING, folded, readers_of, receipts_now, receipts_of
from reportgen.fleet.run_records import Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.fleet.journal import Event
    from reportgen.fleet.run_records import Approval, PlannedReport, ReceiptState, RunPlan, WrittenFile

_MAYBE = (
    "ask the reader: `reportgen mark-sent {run} {report}` if it arrived, `reportgen retry-unknown {run} {report}` if "
    "it did not"
)
_ADVICE: dict[ReceiptState, str] = {
    "waiting": "`reportgen deliver {run}` sends it",
    "retrying": "`reportgen deliver {run}` sends it again",
    "undelivered": "mend the cause; `reportgen deliver {run}` tries again",
    "delivering": _MAYBE,
    "uncertain": _MAYBE,
    "withheld": "nothing, if that is right; else mend the fleet's files and call `reportgen deliver {run}`",
    "revised": "`reportgen deliver {run} --resend --only {report}` sends the new one",
    "renamed": "write `id: {earlier}` in the client's file if it is the same client; else `reportgen deliver {run} "
    "--resend --only {report}`",
}
_UNAPPROVED = "look at it; `reportgen approve {run} {report}` lets it go"


@dataclass(frozen=True, slots=True)
class DeliveryHistory:
    """The events of the deliveries and approvals of a run.

    Attributes:
        receipts: See `receipts_of`.
        readers: See `readers_of`.
        approvals: Of its reports.
    """

    receipts: Mapping[str, tuple[Event, ...]]
    readers: Mapping[str, tuple[str, ...]]
    approvals: Approvals

    @staticmethod
    def of(events: Sequence[Event]) -> DeliveryHistory:
        """Return the history in the events of a journal."""
        return DeliveryHistory(receipts_of(events), readers_of(events), Approvals(events))

    def approval(self, plan: RunPlan, report: PlannedReport, files: Sequence[WrittenFile]) -> Approval | None:
        """Return the approval of a report; None where its fleet asks for none, or it has no files yet."""
        return self.approvals.state(report, files) if plan.approval and files else None

    def deliveries(
        self, plan: RunPlan, report: PlannedReport, state: str, files: Sequence[WrittenFile]
    ) -> tuple[Receipt, ...]:
        """Return the deliveries of a report.

        Args:
            plan: Of the run.
            report: The report.
            state: How it ended.
            files: As they are now; none where it is not made.
        """
        names = {"run": f"runs/{plan.run}", "report": report.client_and_spec}
        receipts = _without_past(report, [Receipt.model_validate(event) for event in self._receipts(report)], files)
        readers = self.readers.get(report.key, report.to)
        if readers is not None:
            current = {folded(reader) for reader in readers}
            receipts = [kept for kept in receipts if kept.state not in WAITING or folded(kept.to) in current]
        known = {folded(receipt.to) for receipt in receipts}
        waiting = [reader for reader in readers or () if folded(reader) not in known] if state in plan.sends else []
        receipts += [Receipt(to=reader, state="waiting") for reader in waiting]
        is_held_back = self.approval(plan, report, files) in {"missing", "outdated"}
        return tuple(_advised(receipt, names, is_held_back=is_held_back) for receipt in receipts)

    def _receipts(self, report: PlannedReport) -> Iterator[Event]:
        for name in (*report.identities, report.key):
            yield from self.receipts.get(name, ())


def _without_past(report: PlannedReport, receipts: list[Receipt], files: Sequence[WrittenFile]) -> list[Receipt]:
    """Return receipts without those that did not go out to a reader who had the present files last.

    They are of files that were made in between, as before an edit was taken back.
    """
    if not any(receipt.state in WAITING for receipt in receipts):
        return receipts
    arrived = sorted((receipt for receipt in receipts if receipt.state == "delivered"), key=lambda had: had.at or "")
    last = {folded(receipt.to): receipt for receipt in arrived}
    served = {reader for reader, had in last.items() if had.receipt in receipts_now(report, had.to, files)}
    return [receipt for receipt in receipts if receipt.state not in WAITING or folded(receipt.to) not in served]


def _advised(receipt: Receipt, names: Mapping[str, str], *, is_held_back: bool) -> Receipt:
    """Return a receipt with what to do about it."""
    if receipt.state == "delivered":
        return receipt
    waits = is_held_back and receipt.state in {"waiting", "retrying", "undelivered", "revised"}
    text = _UNAPPROVED if waits else _ADVICE[receipt.state]
    return receipt.model_copy(update={"advice": text.format_map({"earlier": "NAME", **names})})
