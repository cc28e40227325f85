"""The web page in the words of a screen reader: what Chromium tells of each part, whole and once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from reportgen.model import AgencyCard, Picture
from tests.browser import Visit, visited
from tests.outputs import reports
from tests.outputs.html.test_screen_tables import table
from tests.outputs.html.written_pages import written
from tests.outputs.pages import page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'


@dataclass(frozen=True, slots=True)
class Told:
    """What a screen reader is told of a part of the page."""

    role: str
    name: str
    description: str


def told(visit: Visit) -> list[Told]:
    """Return the parts of a page in the order in which they are read."""
    visit.page.wait_for_timeout(100)
    answer = visit.page.context.new_cdp_session(visit.page).send("Accessibility.getFullAXTree")
    nodes = {node["nodeId"]: node for node in answer["nodes"]}
    return list(_in_order(answer["nodes"][0], nodes))


def _in_order(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> Iterator[Told]:
    if not node["ignored"] and node["role"]["value"] != "InlineTextBox":  # a line of a text
        yield Told(*(node.get(part, {}).get("value", "") for part in ("role", "name", "description")))
    for child in node.get("childIds", ()):
        yield from _in_order(nodes[child], nodes)


@pytest.fixture(scope="module", params=[1440, 390])
def parts(request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    """Return what is told of a page of a card, a chart and two tables, one of which scrolls, on a desk and a phone."""
    blocks = (reports.NUMBER, reports.LINE, table("few", 4, 1), table("many", 20, 14))
    with visited(browser, written(tmp_path_factory.mktemp("page"), *blocks), width=request.param) as visit:
        return told(visit)


def test_what_can_be_used_has_a_name_of_its_own(parts: list[Told]) -> None:
    """Every control, picture, table and region is named, and no two controls alike but for the heads of two tables."""
    roles = {"button", "link", "searchbox", "DisclosureTriangle", "image", "region", "navigation"}
    assert [part for part in parts if part.role in roles and not part.name.strip()] == []
    names = [part.name for part in parts if part.role in {"searchbox", "DisclosureTriangle"}]
    assert sorted(set(names)) == sorted(names)
    assert {"Filter: Table many", "Show the data (Reach by day)", "Options for Table few"} <= set(names)


def test_a_table_is_named_once(parts: list[Told]) -> None:
    """By itself, or by the region in which it is scrolled."""
    named = [part.name for part in parts if part.role in {"table", "region"} and part.name]
    assert named == ["Table few", "Table many"]


def test_nothing_is_described_by_its_own_words(parts: list[Told]) -> None:
    """A chart is told by its alternative text alone, and a menu by its name without its dots."""
    assert [part for part in parts if part.description] == []


def test_changes_are_told_without_their_arrows(parts: list[Told]) -> None:
    """The sign of the number says what the arrow shows."""
    assert [part for part in parts if part.role in {"StaticText", "cell"} and set("▲▼") & set(part.name)] == []
    assert any(part.name == "+11.3%" for part in parts)


def test_the_menu_of_a_block_follows_its_heading(parts: list[Told]) -> None:
    """Who reads on from a heading meets the options of its own block, not those of the next."""
    names = [part.name for part in parts if part.role in {"heading", "DisclosureTriangle"}]
    for label in ("Reach by day", "Table few", "Table many"):
        assert names[names.index(label) + 1] == f"Options for {label}"


def test_an_agency_is_named_once(browser: Browser, tmp_path: Path) -> None:
    """By its name or, where that is not shown, by its logo; no heading skips a level, no paragraph is without words."""
    agency = AgencyCard("Studio Norte", Picture("image/svg+xml", LOGO))
    path = tmp_path / "page.html"
    path.write_text(page(replace(reports.report(reports.NUMBER), agency=agency), "screen"), "utf-8")
    with visited(browser, path.as_uri()) as visit:
        assert [part.role for part in told(visit) if "Studio Norte" in part.name] == ["StaticText"]
        levels = visit.page.locator(":is(h1, h2, h3, h4)").evaluate_all("all => all.map(one => +one.tagName[1])")
        empty = visit.page.locator("p:empty:not([role=status])").count()
    assert (levels[0], max(after - before for before, after in pairwise(levels)), empty) == (1, 1, 0)
