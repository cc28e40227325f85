"""Blocks that are drawn whole look, read, lead and mean what the page engine's own do."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

from reportgen.model import Section, Unit
from reportgen.outputs.page.stylesheet import printed_stylesheet
from reportgen.outputs.pdf.blocks.block import DrawnBlock
from reportgen.outputs.pdf.engine import print_page
from tests.gallery.cases import CASES, KINDS, annotated_chart, chart_block, gallery, number_block
from tests.outputs.pages import differences, outline, page, texts
from tests.outputs.reports import CARDS, FAILED, GOAL, NO_DATA, NUMBER, PACED, PIE, TWICE, report
from tests.outputs.structure import Element, structure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.model import Block, Reading, Report
    from reportgen.outputs.pdf.print_parts import DrawnPart

MOST = 40
"""Of 255: how far an area of 4 x 4 points may be off; the page engine places the letters of charts otherwise."""

LABELS = (
    "Reach of the posts of all of the accounts and of those who were named in them",
    "Überraschungsmomente – Größe",
    "Охват публикаций",
    "Αθήνα",
)
NOTED = replace(NUMBER, name="noted", notes=("Counted by the platform.",), remarks=("last_30_days",))
LASTING = replace(
    NUMBER,
    name="lasting",
    label="Time on the page",
    readings=(replace(NUMBER.readings[0], unit=Unit("seconds"), value=3903, baseline=71),),
)


def _aimed(reading: Reading) -> Reading:
    return replace(reading, goal=GOAL.readings[0].goal)


def blocks() -> Iterator[Block]:
    """Yield cards and charts of every kind that is drawn, and some beside them that are not."""
    yield from map(number_block, CASES)
    yield from CARDS
    yield from (GOAL, PACED, replace(PACED, name="bare", charts=()), NOTED, LASTING, NO_DATA, FAILED)
    yield from (replace(TWICE, name=f"twice-{width}", width=width) for width in (2, 4))
    yield replace(TWICE, name="twice-of-all", charts=NUMBER.charts, readings=(_aimed(TWICE.readings[0]),))
    for width in (2, 3, 4, 6):
        yield from (replace(NUMBER, name=f"n{at}-{width}", label=at, width=width) for at in LABELS)
    for case in ("ok", "failed", "long_labels", "huge"):
        yield from (chart_block(kind, case) for kind in KINDS)
    yield annotated_chart()
    yield from (replace(PIE, name=f"p{at}", label=text, width=4) for at, text in enumerate(LABELS))


@lru_cache(maxsize=1)
def whole() -> Report:
    """Return a report of them."""
    return replace(gallery(), sections=(Section("Blocks", tuple(blocks())),))


def printed(shown: Report, *, drawn: bool) -> bytes:
    """Print a report with or without panels, tagged."""
    drawings: dict[str, DrawnPart] | None = {} if drawn else None
    html, style = page(shown, "print", drawings), printed_stylesheet(shown.locale)
    content, failures, _ = print_page(html, drawings=drawings, style=style, language=shown.locale, tagged=True)
    assert failures == []
    return content


def panels(shown: Report) -> int:
    """Return how many panels a report has."""
    drawings: dict[str, DrawnPart] = {}
    page(shown, "print", drawings)
    return sum(isinstance(drawing, DrawnBlock) for drawing in drawings.values())


@pytest.fixture(scope="module")
def both() -> tuple[bytes, bytes]:
    """Print the blocks both ways; what is missing, and a word that is wider than its card, is not drawn."""
    missing = sum(block.state != "ok" for block in whole().blocks)
    assert panels(whole()) == len(whole().blocks) - missing - 1
    return printed(whole(), drawn=False), printed(whole(), drawn=True)


@pytest.mark.thorough
def test_they_look_the_same(both: tuple[bytes, bytes]) -> None:
    """Every page is the same picture: labels that wrap, values, changes, goals, titles and charts in their places."""
    assert max(differences(*both)) <= MOST


@pytest.mark.thorough
def test_they_read_the_same(both: tuple[bytes, bytes]) -> None:
    """Every page has the same letters in the same order; spaces are a reader's own guess."""
    plain, drawn = ([" ".join(words).replace(" ", "") for words in texts(file)] for file in both)
    assert drawn == plain


@pytest.mark.thorough
def test_they_are_in_the_outline(both: tuple[bytes, bytes]) -> None:
    """Each has its bookmark."""
    plain, drawn = map(outline, both)
    assert drawn == plain
    assert (1, "Охват публикаций") in drawn


def leaves(element: Element) -> Iterator[tuple[str, str]]:
    """Yield the headings, paragraphs and figures at and below an element, and what they say."""
    if element.kind in {"H1", "H2", "H3", "P", "Figure"}:
        said = element.alt or element.text
        if said.strip():
            yield element.kind, " ".join(said.split())
        return
    for kid in element.kids:
        yield from leaves(kid)


@pytest.mark.thorough
def test_they_mean_the_same(both: tuple[bytes, bytes]) -> None:
    """A tagged PDF has the same headings, paragraphs and figures with their alternative texts, in the same order."""
    plain, drawn = ([leaf for top in structure(pdf) for leaf in leaves(top)] for pdf in both)
    assert drawn == plain
    assert ("H3", "Overall reach") not in drawn
    assert sum(kind == "Figure" for kind, _ in drawn) > len(KINDS)


@pytest.mark.parametrize("label", ["نص عربي", "日本語", "e\u0301", "x\u200by"])
def test_what_cannot_be_drawn_exactly_is_set_by_the_page_engine(label: str) -> None:
    """A label whose letters change one another, or which the family lacks, sends its block there; the rest is drawn."""
    assert panels(report(NUMBER, replace(NUMBER, name="other", label=label))) == 1
    assert panels(report(PIE, replace(PIE, name="other", label=label))) == 1


def test_a_chart_without_a_title_is_set_by_the_page_engine() -> None:
    """Its margin is none at the top of a cell."""
    assert panels(report(PIE)) > 0
    assert panels(report(replace(PIE, label=""))) == 0


def test_right_to_left_pages_are_set_by_the_page_engine() -> None:
    """Nothing is drawn whole on an Arabic page."""
    assert panels(report(NUMBER, PIE)) > 0
    assert panels(report(NUMBER, PIE, locale="ar")) == 0
