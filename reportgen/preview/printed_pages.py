"""The printed pages of a previewed report, with the cautions at the pages and blocks that they concern."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.outputs.audit import pdf_cautions
from reportgen.outputs.measured_report import measured_report
from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.pdfium import link_places, page_sizes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.model import Caution, Report

_FIRST_SEEN = 2  # pages


@dataclass(frozen=True, slots=True)
class PlacedCaution:
    """A caution at its place in a PDF.

    Attributes:
        caution: The caution.
        page: Number of the page that it concerns, from 1; None where it concerns no page.
        corner: Points from the left and the upper edge of that page to the upper left corner of the block that it
            concerns; None where it concerns the page as a whole.
    """

    caution: Caution
    page: int | None = None
    corner: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A page of a previewed PDF.

    Attributes:
        number: From 1.
        width: In points, rounded.
        height: Likewise.
        loading: Whether a browser loads its picture at once or when it comes into sight, in HTML's words.
        cautions: The cautions that concern it.
    """

    number: int
    width: int
    height: int
    loading: str
    cautions: tuple[PlacedCaution, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """The PDF of a build, the size in points of each page, and all cautions."""

    build: str
    content: bytes
    sizes: tuple[tuple[float, float], ...]
    cautions: tuple[PlacedCaution, ...]

    @property
    def sheets(self) -> tuple[PrintedSheet, ...]:
        """The pages, each with its cautions."""
        return tuple(
            PrintedSheet(
                number, round(width), round(height), "eager" if number <= _FIRST_SEEN else "lazy", self._of_page(number)
            )
            for number, (width, height) in enumerate(self.sizes, 1)
        )

    @property
    def elsewhere(self) -> tuple[PlacedCaution, ...]:
        """The cautions that concern no page."""
        return self._of_page(None)

    @property
    def count_words(self) -> str:
        """How many pages there are."""
        return f"{len(self.sizes)} page{'' if len(self.sizes) == 1 else 's'}"

    def _of_page(self, page: int | None) -> tuple[PlacedCaution, ...]:
        return tuple(placed for placed in self.cautions if placed.page == page)


def printed_pages(build: str, report: Report) -> Pages:
    """Return the pages of a report, printed and audited.

    Raises:
        OutputError, MissingLibrary: It cannot be printed; see `render_pdf`.
    """
    printed = measured_report(report)
    (artifact,) = render_pdf(printed)
    sizes, places = page_sizes(artifact.content), link_places(artifact.content)
    found = [(None, caution) for caution in (*report.warnings, *artifact.cautions)]
    cautions = (
        PlacedCaution(caution, page) if page else _at_its_block(caution, sizes, places)
        for page, caution in (*found, *pdf_cautions(printed, artifact.content))
    )
    return Pages(build, artifact.content, sizes, tuple(cautions))


def _at_its_block(
    caution: Caution, sizes: tuple[tuple[float, float], ...], places: Mapping[str, tuple[int, float, float]]
) -> PlacedCaution:
    place = places.get(f"block-{caution.block}") if caution.block else None
    if place is None:
        return PlacedCaution(caution)
    at, x, y = place
    return PlacedCaution(caution, at + 1, (round(x, 1), round(sizes[at][1] - y, 1)))
