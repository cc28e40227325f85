"""The report: blocks in sections, and all that is known about them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date  # noqa: TC003 - pydantic reads the annotations to build the JSON codec
from typing import Literal, TypeAlias

from pydantic import JsonValue  # noqa: TC002 - see date

from reportgen.model.shapes import Chart, Picture, Table  # noqa: TC001 - see date
from reportgen.model.values import Reading, Tone  # noqa: TC001 - see date
from reportgen.periods import Period  # noqa: TC001 - see date

BlockState: TypeAlias = Literal[
    "ok", "partial", "not_requested", "not_returned", "no_data", "failed", "expired", "not_comparable"
]
UNREAD: frozenset[BlockState] = frozenset({"failed", "not_returned", "expired"})
"""States in which something that was asked for did not come."""

Verdict: TypeAlias = Literal["done", "degraded", "held"]
SourceState: TypeAlias = Literal["active", "failed", "absent"]
PdfVariant: TypeAlias = Literal["pdf/ua-1", "pdf/a-3u"]
"""What a PDF conforms to: to be read by everybody (ISO 14289-1), or to be kept with its data (ISO 19005-3)."""

Remark: TypeAlias = Literal["last_30_days", "own_period", "zero_divisor", "unfinished"]
"""What a reader must know of a figure: it covers the last 30 days or another period of its own whatever the
report's, it would be divided by zero, it is of a day that had not ended."""


@dataclass(frozen=True, slots=True)
class Caution:
    """Something staff should know.

    Attributes:
        code: Stable, such as `W-WIDTH`.
        text: What it is and what to do, in English.
        block: The block it is about; None where it is about the report.
    """

    code: str
    text: str
    block: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a report: a few closed data shapes, whatever component it came from.

    Attributes:
        name: Unique in the report; the anchor in the outputs.
        kind: The component, which names its template.
        label: Title for the reader; may be empty.
        state: `ok`, `partial`, or why it has nothing to show.
        reason: What went wrong, for staff; empty where nothing did. Never shown to a client.
        width: Columns of 12 that it fills.
        new_row: Whether it starts a new row whatever room is left.
        reference_key: The API's name of the metric; None where the block is no metric.
        source: Alias of the source it was asked of; None where it asks nothing.
        queries: Digests of the queries it was made from.
        readings: Single values.
        charts: Charts.
        tables: Tables.
        prose: Markdown.
        tone: Of a callout.
        picture: An image; None where there is none.
        notes: The author's words under the block.
        remarks: What the reader must know of its figures, as closed words.
        cautions: What staff should know of it; the finished report gathers them in its `warnings`.
        tells_of: Names of the blocks that a summary is about; empty in every other block.
    """

    name: str
    kind: str
    label: str = ""
    state: BlockState = "ok"
    reason: str = ""
    width: int = 12
    new_row: bool = False
    reference_key: str | None = None
    source: str | None = None
    queries: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    prose: str = ""
    tone: Tone = "neutral"
    picture: Picture | None = None
    notes: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    cautions: tuple[Caution, ...] = ()
    tells_of: tuple[str, ...] = ()

    @property
    def own_queries(self) -> tuple[str, ...]:
        """Digests of the queries that it asked itself: a formula has those of its numbers, a small line its chart's."""
        if self.reference_key is None:
            return ()
        return self.queries[:1] if self.kind == "number" else self.queries


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under one title.

    Attributes:
        title: May be empty.
        blocks: From left to right and top to bottom.
    """

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ClientCard:
    """Whom the report is for.

    Attributes:
        slug: For files and addresses.
        name: As it is printed.
        logo: None where there is none.
    """

    slug: str
    name: str
    logo: Picture | None = None


@dataclass(frozen=True, slots=True)
class AgencyCard:
    """Who sends the report.

    Attributes:
        name: May be empty.
        logo: None where there is none.
    """

    name: str = ""
    logo: Picture | None = None


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source of the report.

    Attributes:
        alias: The spec's name for it.
        integration: The kind of integration.
        status: `active` where all was asked and answered; `failed` where its request failed;
            `absent` where the client has no such account and its blocks were left out.
        shown: Whether a block asks it that is shown; False where only hidden ones do.
    """

    alias: str
    integration: str
    status: SourceState
    shown: bool = True


@dataclass(frozen=True, slots=True)
class QueryRecord:
    """What one query asked.

    Attributes:
        source: The source's alias.
        window: Which of the two periods.
        metric: The metric structure that was sent.
    """

    source: str
    window: Literal["current", "baseline"]
    metric: dict[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of a report.

    Attributes:
        name: The theme's name.
        colors: CSS custom property without its dashes -> `#RRGGBB`.
    """

    name: str
    colors: dict[str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """A complete report; nothing needs to be fetched or computed to render it.

    Attributes:
        spec: Slug of the spec, for file names.
        title: With its variables filled in.
        locale: CLDR name with a hyphen, `pt-BR`.
        timezone: IANA name.
        as_of: The day of the report; the only date printed as its date.
        client: Whom it is for.
        agency: Who sends it.
        period: The days reported.
        baseline: The days compared with; None where nothing is compared.
        theme: Its colours.
        sources: The accounts asked, in the spec's order.
        queries: Digest -> what was asked.
        sections: The content, as it is shown.
        hidden: Blocks that are not shown: hidden by the author or for the client, or left out because they could
            not be read. For staff; see `client_edition`.
        warnings: What staff should know.
        verdict: Whether it may be sent.
        attach_data: Whether its data travel inside the PDF.
        pdf_variant: What its PDF conforms to; None where nobody asked for more than its tags.
        glossary: Terms and what they mean, in the order printed.
        left_out: Titles of the blocks that were left out because they could not be read.
    """

    spec: str
    title: str
    locale: str
    timezone: str
    as_of: date
    client: ClientCard
    agency: AgencyCard
    period: Period
    baseline: Period | None
    theme: Theme
    sources: tuple[SourceStatus, ...]
    queries: dict[str, QueryRecord]
    sections: tuple[Section, ...]
    hidden: tuple[Block, ...] = ()
    warnings: tuple[Caution, ...] = ()
    verdict: Verdict = "done"
    attach_data: bool = True
    pdf_variant: PdfVariant | None = None
    glossary: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every block that is shown, in the order of the report."""
        return tuple(block for section in self.sections for block in section.blocks)

    def own_readings(self, block: Block) -> tuple[Reading, ...]:
        """Return a block's readings without those that it only tells again after the block they belong to.

        The sentences of a summary tell of its readings and do not list them, so it has none.
        """
        if block.kind == "number":
            return block.readings
        told = {
            _as_listed(one, other.label) for other in self.blocks if other.kind == "number" for one in other.readings
        }
        listed = () if block.kind == "summary" else block.readings
        return tuple(reading for reading in listed if _as_listed(reading, reading.label) not in told)


def _as_listed(reading: Reading, label: str) -> Reading:
    """Return a reading with its block's label and without what a list does not show of it."""
    return replace(reading, label=label, field="", goal=None)


@dataclass(frozen=True, slots=True)
class Artifact:
    """One finished file: its name without a folder, its media type, its bytes, and what staff should know of it."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
    cautions: tuple[Caution, ...] = ()
