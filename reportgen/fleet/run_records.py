"""The records of a run: `run.json` before any work, `run_results.json` when it ends; their models and schema."""

from __future__ import annotations

import json
from datetime import date
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from reportgen.fleet.run_folders import ROOT
from reportgen.model import PdfVariant, Verdict
from reportgen.outputs.text.headline_numbers import HeadlineNumber

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

_FLEET = "Path of the fleet file, from the folder of this file"
_NOT_DUE = "The reports of which no day is over yet, such as those of a running month on its first day"
_ROOT = "Folder under which everything is written, from the folder of this file"

ReportState: TypeAlias = Literal[Verdict, "failed", "lost", "interrupted", "not_run", "pruned"]
"""The state of a report at the end. `lost`: it was made, and a file of it was changed since; `pruned`: its
files were removed for their age."""

FailureClass: TypeAlias = Literal[
    "access",  # a token is missing or refused
    "service",  # the API could not be reached, or gave no usable answer
    "crash",  # the process that rendered it died, twice
    "time",  # rendering took longer than it may
    "memory",  # rendering took more memory than it may
    "disk",  # its files could not be written
    "render",  # it cannot be drawn as it is
    "requirement",  # the spec requires values that could not be read
    "audit",  # its files do not have the report's values
    "incomplete",  # a part of it could not be read or drawn
    "defect",  # reportgen is wrong
]


ReceiptState: TypeAlias = Literal[
    "waiting",
    "delivering",
    "delivered",
    "undelivered",
    "uncertain",
    "retrying",
    "withheld",
    "revised",
    "renamed",
]
"""The state of a delivery."""

_DESK_WORDS: dict[ReceiptState, str] = {
    "waiting": "to do",
    "retrying": "to do",
    "delivered": "sent",
    "undelivered": "failed",
    "delivering": "unknown",
    "uncertain": "unknown",
}
Approval: TypeAlias = Literal["missing", "given", "outdated"]
"""The approval of a report. `outdated`: it was made anew after it was approved."""


class Recorded(BaseModel):
    """A part of the record of a run; facts of a newer version, which this version does not know, are kept in it."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)

    def as_json(self) -> dict[str, JsonValue]:
        """Return the record as JSON values, without unknown fields."""
        content: dict[str, JsonValue] = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        return content


class AskedDays(Recorded):
    """The days that a run was asked for, by which it can be asked again."""

    period: str | None = Field(default=None, description="The period, in place of the fleet's")
    compare: str | tuple[str, ...] | None = Field(
        default=None, description="The comparison, or the two of them, in place of the fleet's"
    )
    as_of: date | None = Field(default=None, description="The day of the reports")
    pdf_variant: PdfVariant | None = Field(default=None, description="The standard of PDFs, in place of the specs'")


class PlannedReport(Recorded):
    """A report that is to be made."""

    key: str = Field(description="Digest of all that decides the report, but the API's answers and the day")
    client: str = Field(description="The client's slug")
    client_id: str | None = Field(default=None, description="The client's lasting `id`; none where its file has none")
    name: str = Field(description="The client's name")
    spec: str = Field(description="Path of the spec")
    title: str = Field(description="As it is printed")
    period: str = Field(description="The days reported, such as 2026-10")
    folder: str = Field(description="Of its files, below the root")
    formats: tuple[str, ...] = Field(description="The files to make")
    locale: str = Field(description="The reader's language")
    variables: dict[str, str] = Field(description="Values of the variables in a fleet file")
    to: tuple[str, ...] | None = Field(
        default=None,
        description="Where it is sent, such as `folder outbox/aurora`; none where older versions planned it",
    )

    @property
    def lasting_id(self) -> str:
        """The id by which receipts and comparisons know the client: its own, else the slug."""
        return self.client_id or self.client

    @property
    def client_and_spec(self) -> str:
        """The client and the spec, by which messages name the report."""
        return f"{self.client}/{self.spec}"

    @property
    def identities(self) -> tuple[str, ...]:
        """The client, spec and period, which stay where the report is made anew: with the lasting id, and the slug."""
        clients = dict.fromkeys((self.lasting_id, self.client))
        return tuple(f"{client}/{self.spec}/{self.period}" for client in clients)


class RunPlan(Recorded):
    """The plan of a run, `run.json`."""

    schema_: Literal["reportgen.plan/1"] = Field(
        default="reportgen.plan/1", alias="schema", description="The shape of this file"
    )
    run: str = Field(description="Its name: the fleet and the period")
    fleet: str = Field(description=_FLEET)
    root: str = Field(default=ROOT, description=_ROOT)
    sends: tuple[str, ...] = Field(default=(), description="States of reports that are sent; none where nothing is")
    channels: int = Field(default=0, description="Number of channels that each of them is sent over")
    approval: bool = Field(default=False, description="Whether a report is sent only after a person approved it")
    jobs: tuple[PlannedReport, ...] = Field(description="Every report of the run")
    asked: AskedDays | None = Field(default=None, description="The days that were asked for")
    problems: tuple[str, ...] = Field(
        default=(), description="Problems of clients whose reports are left out, such as a row that cannot be read"
    )
    not_due: tuple[str, ...] = Field(default=(), description=_NOT_DUE)


class WrittenFile(Recorded):
    """A file of a report."""

    path: str = Field(description="Below the root")
    bytes: int = Field(description="Its size")
    sha256: str = Field(description="Digest of its content, for `reportgen verify`")


class StaffRemark(Recorded):
    """A remark on a report for staff."""

    code: str = Field(description="Stable, such as W-REQUIRE")
    block: str | None = Field(default=None, description="The block that it concerns; none where it is the report")
    text: str = Field(description="The remark, and what to do")


class Headline(Recorded):
    """A number of a report as its card prints it, for letters."""

    name: str = Field(description="The block")
    label: str = Field(description="Its title")
    value: str = Field(description="As it is printed")
    change: str = Field(default="", description="As it is printed; empty where nothing is compared")
    tone: str = Field(default="", description="`good`, `bad`, `neutral` or `level`; empty without a change")
    note: str = Field(default="", description="The compared value in words")

    @property
    def shown(self) -> HeadlineNumber:
        """The number as a letter shows it."""
        return HeadlineNumber(self.name, self.label, self.value, self.change, self.tone, self.note)


class Receipt(Recorded):
    """The delivery of a report to a reader."""

    to: str = Field(description="The reader in words, such as `folder outbox/aurora`")
    receipt: str | None = Field(
        default=None, description="Id by which a receiver recognises it; none where nothing was tried"
    )
    state: ReceiptState = Field(
        description="`waiting`: not tried yet; `delivered`; `undelivered`: it failed; `delivering`, `uncertain`: it "
        "was cut off, and may have arrived; `retrying`: a person knows that it did not arrive; `withheld`: by the "
        "fleet's files nobody gets it any more; `revised`: it was made anew after it was delivered; `renamed`: another "
        "client who is not in the fleet any more was sent the same accounts' report"
    )
    channel: int | None = Field(default=None, description="Its place in the fleet's `deliver.to`, from 0")
    at: str | None = Field(default=None, description="When, in UTC; none where nothing was tried")
    reason: str | None = Field(default=None, description="Why it did not arrive")
    advice: str | None = Field(default=None, description="What to do; none where there is nothing to do")

    @property
    def is_undelivered(self) -> bool:
        """Whether something keeps the report from its reader, as far as is known."""
        return self.state not in {"delivered", "waiting", "retrying"}

    @property
    def state_words(self) -> str:
        """The state in the words of a desk: to do, sent, failed, unknown, and what keeps it back."""
        return _DESK_WORDS.get(self.state, self.state)


class ReportResult(PlannedReport):
    """A report of a run, and its result."""

    state: ReportState = Field(
        description="How it ended; `lost`: a file of it is no longer what was written; `pruned`: its files were "
        "removed for their age",
    )
    at: str | None = Field(default=None, description="When it ended, in UTC; none where it was not begun")
    class_: FailureClass | None = Field(default=None, alias="class", description="Cause of a report that is not done")
    code: str | None = Field(default=None, description="Stable name of the error or the warning behind the class")
    reason: str | None = Field(default=None, description="The same in words, for staff")
    tries: int | None = Field(default=None, description="How often it was rendered")
    verdict: Verdict | None = Field(default=None, description="Before its files were audited")
    blocks: dict[str, str] = Field(default={}, description="The state of each block")
    figures: dict[str, float | int | None] = Field(default={}, description="The value of each number block")
    printed: dict[str, str] = Field(default={}, description="The same as the cards print them, where there is a value")
    contents: dict[str, str] = Field(
        default={}, description="Digest of the content of each block, and under an empty name of the rest of the report"
    )
    warnings: tuple[StaffRemark, ...] = Field(default=(), description="Remarks for staff")
    files: tuple[WrittenFile, ...] = Field(default=(), description="The files that were written")
    pages: int | None = Field(default=None, description="Of the PDF; 0 where there is none")
    seconds: dict[str, float] = Field(
        default={},
        description="Of work for `fetch`, `render` and `write`; of waiting in the `queue` for a free process or "
        "writer, and for the `api`: its rates and pauses, and a host that is down",
    )
    requests: int | None = Field(default=None, description="Sent to the API, with those that were sent again")
    retries: int | None = Field(default=None, description="Requests that were sent again")
    reused: int | None = Field(
        default=None, description="Metrics whose answer was there already: stored, or asked by another report"
    )
    alerts: dict[str, bool] = Field(default={}, description="Whether each alert of the fleet holds for it")
    headlines: tuple[Headline, ...] = Field(default=(), description="Its numbers as their cards print them")
    approval: Approval | None = Field(
        default=None, description="Whether a person approved its files; none where the fleet asks for no approval"
    )
    deliveries: tuple[Receipt, ...] = Field(default=(), description="Its deliveries, also those not tried yet")
    waiting: int = Field(default=0, description="Number of deliveries that were not tried yet")
    unknown: tuple[str, ...] = Field(
        default=(), description="Names of facts in the journal that this version of reportgen does not know"
    )

    @property
    def state_words(self) -> str:
        """The state in words."""
        return self.state.replace("_", " ")


class RunResults(Recorded):
    """The results of a run, `run_results.json`."""

    schema_: Literal["reportgen.run/1"] = Field(
        default="reportgen.run/1", alias="schema", description="The shape of this file"
    )
    run: str = Field(description="Its name: the fleet and the period")
    fleet: str = Field(description=_FLEET)
    root: str = Field(default=ROOT, description=_ROOT)
    counts: dict[ReportState, int] = Field(description="Number of reports by state")
    deliveries: dict[str, int] = Field(
        default={}, description="Number of receipts by state; `waiting`: deliveries that were not begun"
    )
    reports: tuple[ReportResult, ...] = Field(description="Every report of the run")
    problems: tuple[str, ...] = Field(
        default=(), description="Problems of clients whose reports are left out, such as a row that cannot be read"
    )
    not_due: tuple[str, ...] = Field(default=(), description=_NOT_DUE)
    unwritten: tuple[str, ...] = Field(
        default=(), description="Why this file or the contact sheet could not be written, as `run --json` prints it"
    )


def results_schema() -> str:
    """Return the JSON Schema of `run_results.json`, as text with a final newline."""
    schema = {"$schema": _DIALECT, **RunResults.model_json_schema(by_alias=True, mode="serialization")}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
