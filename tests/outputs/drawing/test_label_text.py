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


SITE = "https://www.shop.example/"


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ([f"{SITE}winter-coats", f"{SITE}gift-cards"], ["…/winter-coats", "…/gift-cards"]),
        (["Shop_BR_Search_Brand", "Shop_BR_Search_All"], ["…_Brand", "…_All"]),
        (
            [f"{SITE}shop/women/coats-a", f"{SITE}shop/women/coats-b", f"{SITE}blog"],
            ["…-a", "…-b", "…/blog"],
        ),
        (["Shop of women/coats-a", "Shop of women/coats-b"], ["… women/coats-a", "… women/coats-b"]),
        (["campaign_version_1.5", "campaign_version_1.6"], ["…_1.5", "…_1.6"]),
    ],
)
def test_addresses_are_told_apart_by_their_last_parts(names: list[str], shown: list[str]) -> None:
    """Pages of a site and names with `_` have no spaces; their shared beginning is cut, as often as it takes."""
    assert told_apart(names, lambda name: shortened(name, 80, 10, FONT)) == shown


def test_an_address_breaks_behind_its_signs() -> None:
    """A word that fits, and an address between words, too; a single word takes two lines at most."""
    assert wrapped("Shop_BR_Search_Brand_2026", 90, 10, FONT, lines=3) == ("Shop_BR_Search_", "Brand_2026")
    assert wrapped("win-back of all", 60, 10, FONT, lines=3) == ("win-back of", "all")
    assert wrapped("See shop.example/coats/winter", 80, 10, FONT, lines=3) == ("See shop.example/", "coats/winter")
    assert len(wrapped(f"{SITE}shop/women/winter-coats-and-more", 80, 10, FONT, lines=3)) == 2
