"""The spec: what a report holds, for whichever client."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, PrivateAttr

from reportgen.components import AnyBlock, Metric
from reportgen.components.written import CurrencyCode, Name, Template, Written
from reportgen.files import slug
from reportgen.model import PdfVariant
from reportgen.periods import Month, Weekday
from reportgen.spec.words import CompareText, HostName, LocaleName, PeriodText, ThemeName, Version, ZoneName
from reportgen.titles import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

DEFAULT_ZONE = "America/Sao_Paulo"
"""Where days begin and end when nobody says; the API's accounts are Brazilian by default."""


class AgencySpec(Written):
    """Who sends the report."""

    name: str = ""
    logo: str | None = None


class ImagesSpec(Written):
    """Where pictures may come from, besides the spec's folder."""

    hosts: tuple[HostName, ...] = ()


class RequireSpec(Written):
    """Without what the report is not to be sent."""

    blocks: Annotated[tuple[Name, ...], Field(description="Blocks that have to be there, compared days too.")] = ()
    coverage: Annotated[float, Field(ge=0, le=1, description="Share of the metrics that have to be readable.")] = 0


class AnnotationSpec(Written):
    """What is said of a day, on every chart that has it."""

    date: dt.date
    text: Annotated[Template, Field(min_length=1)]


class SourceSpec(Written):
    """An account that blocks take their metrics from."""

    integration: Annotated[str, Field(min_length=1)]
    customer_integration: uuid.UUID | None = None
    optional: bool = False


class SectionSpec(Written):
    """Blocks under a title."""

    title: Template = ""
    source: Name | None = None
    blocks: tuple[AnyBlock, ...]


class ReportSpec(Written):
    """A report spec, as its author wrote it; holds no absolute date but the author's own."""

    version: Version
    title: Template = "{client.name} · {period.label}"
    locale: LocaleName = "en"
    timezone: ZoneName = DEFAULT_ZONE
    currency: CurrencyCode | None = None
    week_starts: Weekday = "monday"
    fiscal_year_starts: Month = "january"
    period: PeriodText = "last_month"
    compare: CompareText = "previous_period"
    neutral_band: Annotated[
        float, Field(ge=0, le=100, description="Percent; smaller changes are neither good nor bad.")
    ] = 0
    theme: ThemeName = "paper"
    agency: AgencySpec = AgencySpec()
    images: ImagesSpec = ImagesSpec()
    sources: dict[Name, SourceSpec] = Field(default_factory=dict)
    attach_data: Annotated[bool, Field(description="Whether the PDF carries its data, for `reportgen explain`.")] = True
    pdf_variant: Annotated[
        PdfVariant | None,
        Field(description="What the PDF conforms to: pdf/ua-1 for readers who cannot see, pdf/a-3u for archives."),
    ] = None
    require: RequireSpec = RequireSpec()
    annotations: tuple[AnnotationSpec, ...] = ()
    glossary: Annotated[dict[str, Template], Field(description="Terms and what they mean, printed at the end.")] = (
        Field(default_factory=dict)
    )
    sections: Annotated[tuple[SectionSpec, ...], Field(min_length=1)]

    _path: Path = PrivateAttr(default=Path("report.yaml"))

    @property
    def name(self) -> str:
        """The spec's file name without its suffix, as a slug."""
        return slug(self._path.stem)

    @property
    def path(self) -> Path:
        """The spec's file."""
        return self._path

    @property
    def folder(self) -> Path:
        """The folder that the spec's relative paths start from."""
        return self._path.parent

    def at(self, path: Path) -> ReportSpec:
        """Return this spec as the content of a file."""
        spec = self.model_copy()
        spec._path = path  # noqa: SLF001 - a copy of our own class
        return spec

    def conforming(self, variant: PdfVariant | None) -> ReportSpec:
        """Return this spec with PDFs that conform to a variant; None leaves it to the author."""
        return self.model_copy(update={"pdf_variant": variant or self.pdf_variant})

    def named_sections(self) -> tuple[tuple[SectionSpec, tuple[tuple[str, AnyBlock], ...]], ...]:
        """Return each section with its blocks under names that are unique in the report."""
        names = block_names([block for section in self.sections for block in section.blocks])
        return tuple((section, tuple((next(names), block) for block in section.blocks)) for section in self.sections)

    def source_of(self, section: SectionSpec, block: AnyBlock) -> str | None:
        """Return the alias of the source a block belongs to: its own, else its section's."""
        return block.source or section.source


def block_names(blocks: list[AnyBlock]) -> Iterator[str]:
    """Yield a name for each block: the author's, else one made from what it is, numbered when repeated."""
    taken = {block.name for block in blocks if block.name}
    for block in blocks:
        name = block.name or _free(_default_name(block), taken)
        taken.add(name)
        yield name


def _default_name(block: AnyBlock) -> str:
    return (
        name_of(block.reference_key)
        if isinstance(block, Metric)
        else type(block).__name__.removesuffix("Block").lower()
    )


def _free(name: str, taken: set[str]) -> str:
    candidate, number = name, 2
    while candidate in taken:
        candidate, number = f"{name}_{number}", number + 1
    return candidate
