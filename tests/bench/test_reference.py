"""The reference report of `make bench`: its spec, its answers, and the check that every measured document passes."""

from __future__ import annotations

import io
import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pypdfium2 import PdfDocument

from bench.checking import misses
from bench.content import big_table, reference
from bench.engines.ours import AS_OF, SPECS, answers_file, answers_of, prepare_files, spec_of
from reportgen.pipeline import build_report
from reportgen.spec.checking import Findings, check_file

if TYPE_CHECKING:
    from pathlib import Path

    from bench.content import Content

CONTENT = reference(seed=7)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the reference report as reportgen makes it, audit included."""
    return prepare_files(CONTENT, tmp_path_factory.mktemp("bench"), ["pdf"])()["pdf"]


@pytest.mark.parametrize("name", ["report.yaml", "table.yaml"])
def test_the_specs_check_clean(name: str) -> None:
    """What is measured is what an author may write."""
    assert check_file(SPECS / name) == Findings(())


def test_the_answers_resolve_to_the_workload(tmp_path: Path) -> None:
    """It is what it says: 24 cards with a change and 14 days, 10 charts, 6 tables of 25 rows and 6 columns."""
    report = build_report(spec_of(CONTENT), answers=answers_file(CONTENT, tmp_path), as_of=AS_OF)
    assert (report.verdict, report.warnings) == ("done", ())
    blocks = report.blocks
    cards = [block for block in blocks if block.kind == "number"]
    assert len(cards) == 24
    assert all(card.readings[0].change and len(card.charts[0].labels) == 14 for card in cards)
    charts = [block.charts[0] for block in blocks if block.kind == "chart"]
    assert Counter(chart.kind for chart in charts) == {"line": 5, "bar": 3, "pie": 1, "donut": 1}
    assert sorted(len(chart.labels) for chart in charts if chart.kind == "line") == [31, 31, 31, 62, 62]
    assert all(len(chart.series) == 2 for chart in charts if chart.kind == "line")
    shapes = [(block.tables[0].shown, len(block.tables[0].columns)) for block in blocks if block.tables]
    assert shapes == [(25, 6)] * 6


def test_a_big_table_prints_all_its_rows(tmp_path: Path) -> None:
    """`limit: all` means all, however many."""
    content = big_table(seed=7, rows=300)
    report = build_report(spec_of(content), answers=answers_file(content, tmp_path), as_of=AS_OF)
    (table,) = report.blocks[0].tables
    assert (table.shown, len(table.columns)) == (300, 8)


def test_a_seed_always_gives_the_same_answers() -> None:
    """Rounds can be repeated, and engines of one round show the same."""
    again = reference(seed=7)
    assert json.dumps(answers_of(again)) == json.dumps(answers_of(CONTENT))
    assert reference(seed=8) != CONTENT


def test_our_document_passes_the_check(pdf: bytes) -> None:
    """Every page, card, chart and row of the workload can be read in the PDF."""
    assert misses(CONTENT, "pdf", pdf, "text") == ()


def test_a_document_without_a_page_is_wrong(pdf: bytes) -> None:
    """A page less: its rows are gone, and the numbers on the others are wrong."""
    file = io.BytesIO()
    with PdfDocument(pdf) as document:
        pages = len(document)
        document.del_page(pages - 2)
        document.save(file)
    said = misses(CONTENT, "pdf", file.getvalue(), "text")
    assert f"page 2 does not say Page 2 of {pages - 1}" in said
    assert any("rows of" in miss for miss in said)


def test_a_document_cut_short_is_wrong(pdf: bytes) -> None:
    """Half a file is told, not raised."""
    (said,) = misses(CONTENT, "pdf", pdf[:1000], "text")
    assert said.startswith("it cannot be opened")


def test_charts_as_pictures_have_to_be_there(pdf: bytes) -> None:
    """Where charts have no text their pictures are counted; ours have none."""
    assert misses(CONTENT, "pdf", pdf, "pictures") == ("0 pictures of 10 charts",)


def _other_card(content: Content) -> Content:
    first, *others = content.cards
    return replace(content, cards=(replace(first, value=first.value + 1), *others))


def _other_chart(content: Content) -> Content:
    *others, last = content.charts
    return replace(content, charts=(*others, replace(last, labels=("Elsewhere", *last.labels[1:]))))


def _other_row(content: Content) -> Content:
    first, *others = content.tables
    return replace(content, tables=(replace(first, rows=(first.rows[1], first.rows[0], *first.rows[2:])), *others))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_other_card, "the card Sessions is not there with its value and change"),
        (_other_chart, "the chart Spend by network lacks Elsewhere"),
        (_other_row, "1 of 25 rows of Pages are not there in their order"),
    ],
    ids=["card", "chart", "row"],
)
def test_a_document_that_shows_something_else_is_wrong(pdf: bytes, change: object, said: str) -> None:
    """Another value, another label, another order of rows: each is found."""
    assert callable(change)
    assert misses(change(CONTENT), "pdf", pdf, "text") == (said,)
