"""Names of a chart that do not fit their room: cut, and told apart."""

from __future__ import annotations

import pytest

from reportgen.outputs.drawing.charts.label_text import shortened, told_apart, wrapped
from reportgen.outputs.pdf.embedded_resources import BUILT_IN_TYPEFACES

FONT = BUILT_IN_TYPEFACES.text
CAMPAIGNS = [f"PMAX | BR | Autumn collection 2026 | Remarketing | All regions {end}" for end in ("v0", "v1", "now")]


def test_names_that_differ_at_their_ends_keep_them() -> None:
    """Cut at their ends they would be one name; as many of their first words stay as there is room for."""
    cut = [wrapped(name, 140, 10, FONT) for name in CAMPAIGNS]
    assert len(set(cut)) == 1
    shown = told_apart(CAMPAIGNS, lambda name: wrapped(name, 140, 10, FONT))
    assert [" ".join(lines) for lines in shown] == [
        f"PMAX | BR | Autumn collection 2026 | Remarketing | All… {end}" for end in ("v0", "v1", "now")
    ]


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["Search", "Display"], ["Search", "Display"]),
        (["Search | brand in Portugal", "Display | all of it"], ["Search | brand in…", "Display | all of it"]),
        (["Search and buy", "Search and buy"], ["Search and buy", "Search and buy"]),
        (["Searchwithoutanyspaces1", "Searchwithoutanyspaces2"], ["Searchwithouta…"] * 2),
        (["Search in Portugal and Spain", "Search in Portugal and"], ["Search in… Spain", "Search in…"]),
    ],
)
def test_other_names_are_cut_at_their_ends(names: list[str], shown: list[str]) -> None:
    """What is told apart stays as it is, and so does what no word tells apart."""
    assert told_apart(names, lambda name: shortened(name, 80, 10, FONT)) == shown
