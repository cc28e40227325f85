"""The report: its sections and blocks, its client, sources, queries and verdict."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, TypeAlias

from pydantic import JsonValue

from reportgen.model.client_and_agency import AgencyCard, ClientCard
from reportgen.model.picture_bytes import Picture
from reportgen.model.readings import Reading
from reportgen.model.report_blocks import Block, Caution
from reportgen.model.report_theme import Theme
from reportgen.periods import Period

Verdict: TypeAlias = Literal["done", "degraded", "held"]
SourceState: TypeAlias = Literal["active", "failed", "absent"]
PdfVariant: TypeAlias = Literal["pdf/ua-1", "pdf/a-3u"]
"""The standard that a PDF conforms to: accessible (ISO 14289-1), or archived with its data (ISO 19005-3)."""

Flow: TypeAlias = Literal["auto", "pages", "continuous"]
"""How sections follow one another: each begins a page, none does, or each that leaves no page too empty."""

Paper: TypeAlias = Literal["a4", "letter", "slide"]
"""The paper of printed pages: A4, US Letter, or a slide of 16:9."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section: blocks under a title.

    Attributes:
        title: May be empty.
        blocks: From left to right and top to bottom.
        new_page: Whether it begins a page; None where the flow of the report's pages decides.
        subtitle: The author's sentence under the title; may be empty.
    """

    title: str
    blocks: tuple[Block, ...]
    new_page: bool | None = None
    subtitle: str = ""


@dataclass(frozen=True, slots=True)
class ReportHeading:
    """The title of a report as it is printed between the client's name and the period.

    Attributes:
        text: The title without the parts that are nothing but the client's name or the period; may be empty.
        names_client: Whether the client's name stands in it, so that it does not stand before it.
    """

    text: str = ""
    names_client: bool = False


@dataclass(frozen=True, slots=True)
class CoverPage:
    """The cover of a report.

    Attributes:
        image: In place of the chart of days; None for that chart.
    """

    image: Picture | None = None


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """A source of the report and the state of its answers.

    Attributes:
        alias: The spec's name for it.
        integration: The kind of integration.
        status: `active` where all was asked and answered; `failed` where its request failed;
            `absent` where the client has no such account and its blocks were left out.
        shown: Whether a shown block asks it; False where only hidden blocks do.
        accounts: The names of its accounts, where the client has several; else empty.
    """

    alias: str
    integration: str
    status: SourceState
    shown: bool = True
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QueryRecord:
    """The record of a query that was asked.

    Attributes:
        source: The source's alias.
        window: The first and the last day asked for, `2026-10-01..2026-10-31`.
        metric: The metric structure that was sent.
        compared: The days that the API was asked to compare with; None where it was not asked to compare.
        account: The name of the account, where its source has several; else empty.
    """

    source: str
    window: str
    metric: dict[str, JsonValue]
    compared: str | None = None
    account: str = ""


@dataclass(frozen=True, slots=True)
class PageSetup:
    """The printed pages of a report.

    Attributes:
        paper: Their size.
        landscape: Whether they lie on their long side; a slide always does.
        flow: How sections follow one another.
    """

    paper: Paper = "a4"
    landscape: bool = False
    flow: Flow = "auto"


@dataclass(frozen=True, slots=True)
class Report:
    """A complete report; nothing needs to be fetched or computed to render it.

    Attributes:
        spec: Slug of the spec, for file names.
        title: With its variables filled in.
        locale: CLDR name with a hyphen, `pt-BR`.
        timezone: IANA name.
        as_of: The day of the report; the only date printed as its date.
        client: The client it is for.
        agency: The agency that sends it.
        period: The days reported.
        baselines: The days compared with, those of the main comparison first; none where nothing is compared.
        theme: Its colours and fonts.
        sources: The accounts asked, in the spec's order.
        queries: Digest -> the record of the query.
        sections: The content, as it is shown.
        hidden: Blocks that are not shown: hidden by the author or for the client, or left out because they could
            not be read. For staff; see `client_edition`.
        warnings: Warnings for staff.
        verdict: Whether it may be sent.
        attach_data: Whether its data travel inside the PDF.
        pdf_variant: The standard its PDF conforms to; None for a tagged PDF without a standard.
        glossary: Terms and what they mean, in the order printed.
        left_out: Titles of the blocks that were left out because they could not be read.
        page: Its printed pages.
        heading: Its title as it is printed; None for the whole title.
        cover: None where the title stands above the first section, without contents.
        has_about: Whether it has its last page; without, the necessary remarks stand after the last block.
        footer: The author's text in the lower margin; None for the agency's name.
        is_indexed: Whether search engines may list its web page.
        words: The parts of numbers that its texts print, such as `spend` and `spend.change`.
    """

    spec: str
    title: str
    locale: str
    timezone: str
    as_of: date
    client: ClientCard
    agency: AgencyCard
    period: Period
    baselines: tuple[Period, ...]
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
    page: PageSetup = PageSetup()
    heading: ReportHeading | None = None
    cover: CoverPage | None = CoverPage()
    has_about: bool = True
    footer: str | None = None
    is_indexed: bool = False
    words: tuple[str, ...] = ()

    @property
    def baseline(self) -> Period | None:
        """The days of the main comparison; None where nothing is compared."""
        return next(iter(self.baselines), None)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every block that is shown, in the order of the report."""
        return tuple(block for section in self.sections for block in section.blocks)

    def own_readings(self, block: Block) -> tuple[Reading, ...]:
        """Return a block's own readings, without those that a list repeats from number blocks.

        A summary words its readings in sentences and lists none, so it has none of its own.
        """
        if block.kind == "number" or not block.readings:
            return block.readings
        if block.kind == "summary":
            return ()
        numbers = (other for other in self.blocks if other.kind == "number")
        repeated = {_as_listed(reading, number.label) for number in numbers for reading in number.readings}
        return tuple(reading for reading in block.readings if _as_listed(reading, reading.label) not in repeated)


def _as_listed(reading: Reading, label: str) -> Reading:
    """Return a reading as a list and a card have it: with its block's label, without its field and remarks."""
    return replace(reading, label=label, field="", remarks=())


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished file: its name without a folder, its media type, its bytes and its warnings for staff."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
    cautions: tuple[Caution, ...] = ()
