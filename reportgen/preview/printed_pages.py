"""The printed pages of a previewed report, with the cautions at the pages and blocks that they concern."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.outputs.audit import pdf_cautions
from reportgen.outputs.measured_report import measured_report
from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.pdfium import link_places, page_sizes
from reportgen.preview.block_areas import BlockCorner, block_areas, with_continued

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.model import Caution, Report
    from reportgen.preview.block_areas import BlockArea

_FIRST_SEEN = 2  # pages


@dataclass(frozen=True, slots=True)
class PlacedCaution:
    """A caution at its place in a PDF.

    Attributes:
        caution: The caution.
        page: Number of the page that it concerns, from 1; None where it concerns no page.
        corner: The corner of the block that it concerns; None where it concerns the page as a whole.
    """

    caution: Caution
    page: int | None = None
    corner: BlockCorner | None = None


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A page of a previewed PDF.

    Attributes:
        number: From 1.
        width: In points, rounded.
        height: Likewise.
        loading: Whether a browser loads its picture at once or when it comes into sight, in HTML's words.
        cautions: The cautions that concern it.
        areas: The areas of its blocks.
    """

    number: int
    width: int
    height: int
    loading: str
    cautions: tuple[PlacedCaution, ...]
    areas: tuple[BlockArea, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """The PDF of a build, the size in points of each page, all cautions, and the areas of the blocks of each page."""

    build: str
    content: bytes
    sizes: tuple[tuple[float, float], ...]
    cautions: tuple[PlacedCaution, ...]
    areas: tuple[tuple[BlockArea, ...], ...]

    @property
    def sheets(self) -> tuple[PrintedSheet, ...]:
        """The pages, each with its cautions and blocks."""
        return tuple(
            PrintedSheet(
                number,
                round(width),
                round(height),
                "eager" if number <= _FIRST_SEEN else "lazy",
                self._of_page(number),
                areas,
            )
            for number, ((width, height), areas) in enumerate(zip(self.sizes, self.areas, strict=True), 1)
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
    sizes = page_sizes(artifact.content)
    places = link_places(artifact.content)
    corners = dict(_corners(report, sizes, places))
    found = [(None, caution) for caution in (*report.warnings, *artifact.cautions)]
    cautions = tuple(
        PlacedCaution(caution, page)
        if page
        else PlacedCaution(caution, *corners.get(caution.block or "", (None, None)))
        for page, caution in (*found, *pdf_cautions(printed, artifact.content))
    )
    begun: list[list[BlockCorner]] = [[] for _ in sizes]
    for page, corner in (*corners.values(), *_others(sizes, places)):
        begun[page - 1].append(corner)
    continued = with_continued(begun, printed.measures.page.margin_top.points)
    areas = (block_areas(on_page, *size) for on_page, size in zip(continued, sizes, strict=True))
    return Pages(build, artifact.content, sizes, cautions, tuple(areas))


def _corners(
    report: Report, sizes: tuple[tuple[float, float], ...], places: Mapping[str, tuple[int, float, float]]
) -> Iterator[tuple[str, tuple[int, BlockCorner]]]:
    """Yield the name of each printed block with the number of its page and its corner there."""
    for block in report.blocks:
        if place := places.get(f"block-{block.name}"):
            yield block.name, _corner(block.name, sizes, place)


def _others(
    sizes: tuple[tuple[float, float], ...], places: Mapping[str, tuple[int, float, float]]
) -> Iterator[tuple[int, BlockCorner]]:
    """Yield the number of the page and the corner of each part of the report that is no block."""
    for name, place in places.items():
        if name == "about" or name.startswith("section-"):
            yield _corner("", sizes, place)


def _corner(
    name: str, sizes: tuple[tuple[float, float], ...], place: tuple[int, float, float]
) -> tuple[int, BlockCorner]:
    at, left, y = place
    return at + 1, BlockCorner(round(sizes[at][1] - y, 1), round(left, 1), name)
