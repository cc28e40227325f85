"""The spec: the content of a report, for any client."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import Field, PrivateAttr

from reportgen.components.period_fields import Comparisons, PeriodText
from reportgen.components.yaml_models import (
    CurrencyCode,
    GoalsPath,
    Name,
    Text,
    Title,
    YamlModel,
)
from reportgen.files import slug
from reportgen.model import PdfVariant
from reportgen.periods import Month, UnitStarts, Weekday
from reportgen.spec.agency_spec import AgencySpec
from reportgen.spec.block_names import block_names
from reportgen.spec.cover_spec import AboutWord, CoverSpec, Footer, WrittenCover
from reportgen.spec.field_types import HostName, LocaleName, ThemeName, Version, ZoneName
from reportgen.spec.glossary_spec import WrittenGlossary
from reportgen.spec.goals_file import GoalsFile
from reportgen.spec.include_spec import OrInclude
from reportgen.spec.page_spec import PageSpec
from reportgen.spec.section_spec import SectionSpec
from reportgen.spec.source_spec import SourceSpec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.components import AnyBlock
    from reportgen.spec.client_file import Client
    from reportgen.spec.yaml_reader import Place

DEFAULT_ZONE = "America/Sao_Paulo"
"""The time zone without a `timezone` in the spec or client; the API's accounts are Brazilian by default."""


class ImagesSpec(YamlModel):
    """The hosts that pictures may come from, besides the spec's folder."""

    hosts: Annotated[
        tuple[HostName, ...],
        Field(description="Hosts from which pictures may be fetched, such as `cdn.example.com` or `*.example.com`."),
    ] = ()


class RequireSpec(YamlModel):
    """The requirements without which a report is held back."""

    blocks: Annotated[tuple[Name, ...], Field(description="Blocks that have to be readable, compared days too.")] = ()
    coverage: Annotated[float, Field(ge=0, le=1, description="Share of the metrics that have to be readable.")] = 0


class AnnotationSpec(YamlModel):
    """An annotation of a day, on every chart that has the day."""

    date: Annotated[dt.date, Field(description="The day, as year-month-day.")]
    text: Annotated[Title, Field(min_length=1, description="What happened on it, in a few words.")]


def edition_name(spec: str, locale: str) -> str:
    """Return the name of a spec's edition in a locale, or that of the spec itself where there is none."""
    return f"{spec}-{slug(locale)}" if locale else spec


USUAL_TITLE = "{client.name} · {period.label}"
"""The title of a report whose author wrote none."""


class ReportSpec(YamlModel):
    """The content of a report, for any client; no absolute date but the author's own."""

    version: Version
    title: Annotated[Title, Field(description="The title on the cover; words in braces are variables.")] = USUAL_TITLE
    locale: Annotated[
        LocaleName,
        Field(description="Language of the fixed words, numbers and dates, such as `pt-BR`; a client's goes before."),
    ] = "en"
    timezone: Annotated[
        ZoneName, Field(description="Where days begin and end, such as `Europe/Lisbon`; a client's own goes before.")
    ] = DEFAULT_ZONE
    currency: Annotated[
        CurrencyCode | None,
        Field(description="Currency of amounts that name none themselves; a client's own goes before."),
    ] = None
    week_starts: Annotated[Weekday, Field(description="The first day of a week, as in `last_week`.")] = "monday"
    fiscal_year_starts: Annotated[Month, Field(description="The month in which quarters and years begin.")] = "january"
    period: Annotated[PeriodText, Field(description="The days that are reported; see Periods.")] = "last_month"
    compare: Annotated[
        Comparisons, Field(description="The days that are compared with, or a list of two such; see Comparisons.")
    ] = ("previous_period",)
    align: Annotated[
        Literal["weekday"] | None,
        Field(
            description="`weekday`: `same_period_last_year` is the days 364 days earlier, so that weekdays are "
            "compared with weekdays; left out, the days of the same dates."
        ),
    ] = None
    neutral_band: Annotated[
        float, Field(ge=0, le=100, description="Percent; smaller changes are neither good nor bad.")
    ] = 0
    theme: Annotated[
        ThemeName,
        Field(description="The colours and fonts, before a client's: `paper`, `ink`, `terra` or a theme file."),
    ] = "paper"
    page: Annotated[PageSpec, Field(description="The printed pages; a client's own keys go before.")] = PageSpec()
    agency: Annotated[AgencySpec, Field(description="The agency that sends the report.")] = AgencySpec()
    cover: Annotated[
        WrittenCover,
        Field(
            description="The cover: `{image: FILE}`, or `none`: the title stands above the first section, without "
            "contents. A client's own goes before it."
        ),
    ] = CoverSpec()
    about: Annotated[
        AboutWord,
        Field(
            description="The last page: `page`, or `none`: its necessary remarks alone stand after the last block. A "
            "client's own goes before it."
        ),
    ] = "page"
    footer: Annotated[
        Footer | None,
        Field(
            description="The text in the lower margin and at the foot of the web page; variables may stand in it. Left "
            "out, the agency's name on paper. A client's own goes before it."
        ),
    ] = None
    images: Annotated[
        ImagesSpec, Field(description="Hosts that pictures may come from, besides the spec's folder.")
    ] = ImagesSpec()
    sources: dict[Name, SourceSpec] = Field(
        default_factory=dict, description="The accounts that the report asks, under names that its blocks use."
    )
    attach_data: Annotated[
        bool, Field(description="Whether the PDF carries the data it shows, for `reportgen explain`.")
    ] = True
    indexed: Annotated[
        bool, Field(description="Whether search engines may list the web page, where it is published.")
    ] = False
    pdf_variant: Annotated[
        PdfVariant | None,
        Field(description="The standard of the PDF: pdf/ua-1 for readers who cannot see, pdf/a-3u for archives."),
    ] = None
    require: Annotated[
        RequireSpec, Field(description="The requirements without which the report is held back instead of sent.")
    ] = RequireSpec()
    goals_file: Annotated[
        GoalsPath | None,
        Field(
            description="A CSV file below the spec's folder with the columns client, month, name and goal: a line for "
            "each client's goal of a number in a month. A fleet's and a client's own go before it."
        ),
    ] = None
    annotations: Annotated[
        tuple[AnnotationSpec, ...], Field(description="What happened on a day, marked on every chart of days.")
    ] = ()
    glossary: Annotated[
        WrittenGlossary,
        Field(
            description="Terms and their meanings, printed at the end: `{Reach: Who saw it.}`, or a list of `{term: "
            "Reach, text: Who saw it.}`, whose terms may have several languages."
        ),
    ] = ()
    rename: Annotated[
        dict[Text, dict[Text, Title]],
        Field(
            description="Names for the reader in place of those that the API sends, by its name of the dimension.",
            examples=[{"device": {"mobile": "Phone", "desktop": "Computer"}}],
        ),
    ] = Field(default_factory=dict)
    sections: Annotated[
        tuple[SectionSpec, ...],
        OrInclude(),
        Field(min_length=1, description="The content, a section after the other."),
    ]

    _path: Path = PrivateAttr(default=Path("report.yaml"))
    _fragments: tuple[Path, ...] = PrivateAttr(default=())
    _lines: tuple[str, ...] = PrivateAttr(default=())
    _goals: GoalsFile | None = PrivateAttr(default=None)
    _edition: str = PrivateAttr(default="")

    @property
    def name(self) -> str:
        """The spec's file name without its suffix, as a slug; with the language of an edition."""
        return edition_name(slug(self._path.stem), self._edition)

    @property
    def path(self) -> Path:
        """The spec's file."""
        return self._path

    @property
    def folder(self) -> Path:
        """The folder that the spec's relative paths start from."""
        return self._path.parent

    @property
    def starts(self) -> UnitStarts:
        """The days that its weeks and its fiscal years begin on."""
        return UnitStarts(get_args(Weekday).index(self.week_starts), get_args(Month).index(self.fiscal_year_starts) + 1)

    @property
    def fragments(self) -> tuple[Path, ...]:
        """The files that the spec includes, each once."""
        return self._fragments

    def at(self, path: Path, fragments: tuple[Path, ...] = (), lines: tuple[str, ...] = ()) -> ReportSpec:
        """Return this spec as the content of a file, with the files that it includes and the line of each block."""
        spec = self.model_copy()
        spec._path, spec._fragments, spec._lines = path, fragments, lines  # noqa: SLF001 - a copy of our own class
        return spec

    def block_lines(self) -> dict[str, str]:
        """Return the file and line of each block by its name, such as `social.yaml:12`; empty where it has no file."""
        return dict(zip(self.blocks_by_name(), self._lines, strict=False))

    def with_goals(self, goals: GoalsFile) -> ReportSpec:
        """Return this spec with the content of its file of goals."""
        spec = self.model_copy()
        spec._goals = goals  # noqa: SLF001 - a copy of our own class
        return spec

    @property
    def goals(self) -> GoalsFile | None:
        """The content of its file of goals; None where it names none."""
        return self._goals

    def edition(self, locale: str) -> ReportSpec:
        """Return this spec as an edition in a locale, which goes before the client's; with none, the spec itself."""
        spec = self.model_copy()
        spec._edition = locale  # noqa: SLF001 - a copy of our own class
        return spec

    def locale_for(self, client: Client | None) -> str:
        """Return the locale of a client's report: of its edition, else the client's, else the spec's."""
        return self._edition or (client.locale if client else None) or self.locale

    def conforming(self, variant: PdfVariant | None) -> ReportSpec:
        """Return this spec with a standard for its PDF; None leaves the author's."""
        return self.model_copy(update={"pdf_variant": variant or self.pdf_variant})

    def named_sections(self) -> tuple[tuple[SectionSpec, tuple[tuple[str, AnyBlock], ...]], ...]:
        """Return each section with its blocks under names that are unique in the report; a hidden one hides them."""
        names = block_names([block for section in self.sections for block in section.blocks])
        return tuple(
            (section, tuple((next(names), block) for block in section.blocks_as_shown())) for section in self.sections
        )

    def blocks_by_name(self) -> dict[str, AnyBlock]:
        """Return the blocks by names that are unique in the report, in its order; see `named_sections`."""
        return {name: block for _, blocks in self.named_sections() for name, block in blocks}

    def placed_blocks(self) -> Iterator[tuple[Place, SectionSpec, AnyBlock]]:
        """Yield each block, as it is written, with its place in the file and its section."""
        for at, section in enumerate(self.sections):
            for number, block in enumerate(section.blocks):
                yield ("sections", at, "blocks", number), section, block

    def source_of(self, section: SectionSpec, block: AnyBlock) -> str | None:
        """Return the alias of a block's source: its own, else its section's."""
        return block.source or section.source
