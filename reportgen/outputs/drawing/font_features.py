"""Features of a font that change the widths of its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

_FIGURES = "0123456789"
_FEATURES = ("lnum", "tnum")  # as pages ask for them: `font-variant-numeric: tabular-nums lining-nums`


def tabular_figures(font: TTFont) -> dict[str, str]:
    """Return the glyph of each figure as pages set it: glyph by default -> the glyph of the font's features."""
    letters = font.getBestCmap() or {}
    figures = {letters[ord(figure)]: letters[ord(figure)] for figure in _FIGURES if ord(figure) in letters}
    for substitutions in _substitutions(font):
        figures = {usual: substitutions.get(shown, shown) for usual, shown in figures.items()}
    return figures


def has_tabular_figures(font: TTFont) -> bool:
    """Return whether all figures that a font has are equally wide, so that numbers stand in columns."""
    widths = {font["hmtx"].metrics[glyph][0] for glyph in tabular_figures(font).values()}
    return len(widths) <= 1


def _substitutions(font: TTFont) -> list[dict[str, str]]:
    """Return the single substitutions of the features for figures, in the order of the font's lookups."""
    table = font["GSUB"].table if "GSUB" in font else None
    if table is None or not (table.FeatureList and table.LookupList):
        return []
    wanted = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag in _FEATURES
        for index in record.Feature.LookupListIndex
    }
    found = []
    for index in sorted(wanted):
        subtables = [getattr(part, "ExtSubTable", part) for part in table.LookupList.Lookup[index].SubTable]
        found.append({old: new for part in subtables for old, new in getattr(part, "mapping", {}).items()})
    return found
