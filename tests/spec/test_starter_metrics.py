"""The starters: the blocks that a new section begins with, for each integration whose metrics are known."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from bench.composition import blank_shares, inner_pages
from reportgen import build_report, load_spec, write_report
from reportgen.components import HistoryBlock, NumberBlock
from reportgen.components.directions import name_in_table
from reportgen.connect.live_answers import live_answers
from reportgen.outputs.page.page_composition import MOST_BLANK
from reportgen.resources import examples_folder
from reportgen.sandbox.sandbox_server import running_sandbox
from reportgen.spec.checking import check_file
from reportgen.spec.new_files import Account, NewSpec, spec_text
from reportgen.spec.starter_metrics import starter_blocks, starter_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.connect import AnswerSource
    from reportgen.spec.report_spec import ReportSpec

INTEGRATIONS = sorted(path.stem for path in (examples_folder() / "starters").glob("*.yaml"))
FEW_NUMBERS = {"search_console": 4}  # the API has no more of it


@pytest.fixture(scope="module")
def api() -> Iterator[AnswerSource]:
    """Return the API of a calm sandbox."""
    with running_sandbox(calm=True) as sandbox:
        yield live_answers(sandbox.url, SecretStr(sandbox.token), SecretStr(sandbox.customer_token))


def begun(folder: Path, *accounts: Account) -> Path:
    """Return the file of a new spec with some accounts."""
    path = folder / "spec.yaml"
    new = NewSpec("{client.name}", "Studio Norte", "en", "last_month", "previous_period", "paper", accounts)
    path.write_text(spec_text(new), "utf-8")
    return path


def loaded(folder: Path, *integrations: str) -> ReportSpec:
    """Return a new spec with an account of each integration."""
    return load_spec(begun(folder, *(Account(name, name) for name in integrations)))


@pytest.mark.parametrize("integration", INTEGRATIONS)
def test_check_has_nothing_to_say(integration: str, tmp_path: Path) -> None:
    """A new spec has neither a problem nor a caution."""
    found = check_file(begun(tmp_path, Account(integration, integration)))
    assert (found.problems, found.warnings) == ((), ())


@pytest.mark.parametrize("integration", INTEGRATIONS)
def test_it_is_a_whole_report(integration: str, tmp_path: Path) -> None:
    """Six cards, two charts, a history of months, a table or list, and a summary; every number says what it is."""
    blocks = [block for section in loaded(tmp_path, integration).sections for block in section.blocks]
    kinds = [type(block).__name__ for block in blocks]
    cards = kinds.count("NumberBlock") + kinds.count("FormulaBlock")
    assert cards == FEW_NUMBERS.get(integration, 6)
    months = [block for block in blocks if isinstance(block, HistoryBlock) and block.by == "month"]
    assert len(months) == 1
    assert kinds.count("ChartBlock") + kinds.count("HistoryBlock") - 1 == 2
    assert kinds.count("DatatableBlock") + kinds.count("MetricListBlock") == 1
    assert "SummaryBlock" in kinds
    numbers = [block for block in blocks if isinstance(block, NumberBlock)]
    assert all(block.label and block.format and block.direction for block in numbers)


@pytest.mark.thorough
@pytest.mark.parametrize("integration", INTEGRATIONS)
def test_no_page_looks_empty(integration: str, tmp_path: Path, api: AnswerSource) -> None:
    """From the sandbox every block has its figures, and no page but the last is more than a third empty."""
    report = build_report(loaded(tmp_path, integration), answers=api, as_of=date(2026, 11, 3))
    assert [block.name for block in report.blocks if block.state != "ok"] == []
    (pdf,) = write_report(report, tmp_path, formats=("pdf",))
    shares = blank_shares(pdf.read_bytes())
    assert [share for share in inner_pages(shares) if share > MOST_BLANK] == []
    assert len(shares) == 3  # cover, and two pages that hold the last page's remarks too


@pytest.mark.parametrize("integration", INTEGRATIONS)
def test_its_keys_are_those_of_the_catalogue(integration: str, catalogues: Path) -> None:
    """No reference key, metric or dimension is our own invention; the structure may ask for fewer metrics."""
    document = json.loads((catalogues / integration / "metrics.json").read_text())
    entries = document.get("metrics") or document["widgets"]
    for block in starter_blocks(integration, "x", set()):
        if "reference_key" not in block:
            continue
        asked, metrics = _asked(block), block["metrics"]
        assert isinstance(metrics, list)
        assert any(_asked(entry) == asked and set(metrics) <= set(entry["metrics"]) for entry in entries)


def _asked(structure: Mapping[str, JsonValue]) -> tuple[JsonValue, ...]:
    return structure["reference_key"], structure["component"], structure.get("dimensions", [])


def test_every_known_catalogue_has_a_starter(catalogues: Path) -> None:
    """No integration whose payloads are known begins with an empty section."""
    assert sorted(path.name for path in catalogues.iterdir() if path.is_dir()) == INTEGRATIONS


def test_two_accounts_of_an_integration_have_names_of_their_own(tmp_path: Path) -> None:
    """All names of the second have its alias before them, where blocks refer to one another too."""
    path = begun(tmp_path, Account("here", "hotmart"), Account("there", "hotmart"))
    assert check_file(path).problems == ()
    names = [name for _, blocks in load_spec(path).named_sections() for name, _ in blocks]
    assert "hotmart_sales" in names
    assert "there_hotmart_sales" in names
    assert "formula: there_hotmart_revenue / there_hotmart_sales" in path.read_text()


def test_all_of_them_stand_in_a_single_spec(tmp_path: Path) -> None:
    """Names of different integrations are told apart too."""
    assert check_file(begun(tmp_path, *(Account(name, name) for name in INTEGRATIONS))).problems == ()


def test_an_unknown_integration_says_that_it_needs_a_payload(tmp_path: Path) -> None:
    """Its section is empty, and says how it is filled."""
    path = begun(tmp_path, Account("shop", "woo_commerce"))
    assert "reportgen import payload.json -o -" in path.read_text()
    assert starter_keys("woo_commerce").reference_keys == frozenset()


def test_known_names_are_those_of_its_metrics() -> None:
    """The keys by which slips are known have no prefix cut off."""
    known = starter_keys("search_console")
    assert "search_console:query" in known.reference_keys
    assert {name_in_table(key) for key in known.reference_keys} >= {"clicks", "ctr"}
    assert known.metrics == {"clicks", "impressions", "ctr", "position"}
