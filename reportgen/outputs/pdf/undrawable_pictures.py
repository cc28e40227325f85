"""SVG pictures that the page engine fails to draw: only their blocks fail, not the report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.errors import ConfigurationError
from reportgen.model import Caution

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.model import Block, Picture, Report

FAILED = "W-FAILED"
"""Code of a caution: a picture could not be drawn."""

_SVG = "image/svg+xml"


def without_undrawable(report: Report, fault: Callable[[Picture], str]) -> tuple[Report, tuple[Caution, ...]]:
    """Return a report without the pictures that cannot be drawn, and a caution for each block that loses pictures.

    Args:
        report: A report that could not be printed whole.
        fault: Returns the reason why a picture cannot be drawn, or an empty text.

    Raises:
        ConfigurationError: The logo of the client or the agency, or the cover's image, cannot be drawn.
    """
    image = report.cover.image if report.cover else None
    named = ("client's logo", report.client.logo), ("agency's logo", report.agency.logo), ("cover's image", image)
    for name, picture in named:
        if picture and picture.media_type == _SVG and (why := fault(picture)):
            raise ConfigurationError(f"the {name} cannot be drawn ({why}); save the SVG as PNG")
    unfit = {block.name: why for block in report.blocks if (why := _fault_of(block, fault))}
    sections = tuple(
        replace(section, blocks=tuple(_without(block, unfit.get(block.name, "")) for block in section.blocks))
        for section in report.sections
    )
    return replace(report, sections=sections), tuple(Caution(FAILED, why, name) for name, why in unfit.items())


def _fault_of(block: Block, fault: Callable[[Picture], str]) -> str:
    """Return the reason why a picture of a block, its passage or its tables cannot be drawn, or an empty text."""
    columns = [column for table in block.tables for column in table.columns]
    thumbnails = (picture for column in columns for picture in column.thumbnails)
    pictures = [block.picture, *block.prose_pictures.values(), *thumbnails]
    whys = (fault(picture) for picture in pictures if picture and picture.media_type == _SVG)
    return next((f"its SVG picture cannot be drawn ({why}); save it as PNG" for why in whys if why), "")


def _without(block: Block, why: str) -> Block:
    """Return a block without its picture, as failed; a passage only loses its drawings, a table its pictures."""
    if not why:
        return block
    if block.picture:
        return replace(block, picture=None, state="failed", reason=why)
    if block.prose_pictures:
        kept = {name: shown for name, shown in block.prose_pictures.items() if shown.media_type != _SVG}
        return replace(block, prose_pictures=kept)
    tables = (
        replace(table, columns=tuple(replace(column, thumbnails=()) for column in table.columns))
        for table in block.tables
    )
    return replace(block, tables=tuple(tables))
