"""The recipes: each example is accepted where it says it stands, and a report with it is made and drawn."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from reportgen import build_report, load_client, load_spec
from reportgen.outputs.html.web_page import render_html
from reportgen.outputs.printed import PrintedReport
from reportgen.spec.checking import check_file
from tests.docs.agency import client, fleet, read_yaml, spec, write_agency, write_yaml
from tests.documents import examples, fenced, read_page, wrong_options
from tests.fonts import write_fonts

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.connect import AnswerSource

PAGE = "docs/recipes.md"
NOVEMBER = date(2026, 11, 3)
_PLACES = {"# in the spec": "spec", "# in the client file": "client", "# in the fleet file": "fleet"}


def recipes() -> dict[str, dict[str, Any]]:
    """Return what each recipe with YAML adds to which file: blocks, or keys."""
    found: dict[str, dict[str, Any]] = defaultdict(
        lambda: {"blocks": [], "spec": {}, "client": {}, "fleet": {}, "files": {}}
    )
    for example in examples(PAGE):
        if example.language != "yaml":
            continue
        content = read_yaml(example.text)
        if file := re.match(r"# in the file (\S+)\n", example.text):
            found[example.section]["files"][file[1]] = example.text
        elif isinstance(content, list):
            found[example.section]["blocks"] += content
        else:
            found[example.section][_PLACES[example.text.partition("\n")[0].strip()]].update(content)
    return found


RECIPES = recipes()


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    """Return the folder of an agency."""
    write_agency(tmp_path)
    return tmp_path


@pytest.mark.parametrize("title", RECIPES)
def test_a_recipe_is_accepted_and_drawn(title: str, agency: Path, api: AnswerSource) -> None:
    """Its files have no problem, its report is done, and each of its blocks is on the page."""
    recipe = RECIPES[title]
    write_yaml(agency / "spec.yaml", spec(recipe["spec"], recipe["blocks"]))
    for name, text in recipe["files"].items():
        (agency / name).parent.mkdir(exist_ok=True)
        (agency / name).write_text(text)
        write_fonts((agency / name).parent / "fonts", tuple(re.findall(r"fonts/([\w-]+\.ttf)", text)))
    write_yaml(agency / "client.yaml", client(recipe["client"]))
    write_yaml(agency / "fleet.yaml", fleet(recipe["fleet"]))
    for name in ("spec.yaml", "client.yaml", "fleet.yaml"):
        assert [str(problem) for problem in check_file(agency / name).problems] == []
    assert check_file(agency / "spec.yaml", agency / "client.yaml").problems == ()
    report = build_report(
        load_spec(agency / "spec.yaml"), load_client(agency / "client.yaml"), answers=api, as_of=NOVEMBER
    )
    assert (report.verdict, [one.text for one in report.warnings if one.code == "W-UNUSED"]) == ("done", [])
    html = render_html(PrintedReport(report))[0].content.decode() if recipe["blocks"] else ""
    shown = [one for one in recipe["blocks"] if isinstance(one, dict) and one.get("name") and not one.get("hidden")]
    hidden = {
        one["name"] for one in shown if {one["name"], str(one.get("label"))} & {*recipe["client"].get("hide", ())}
    }
    assert {one["name"] for one in shown if f'id="block-{one["name"]}"' not in html} == hidden


def test_a_file_of_numbers_is_read_as_it_stands_there(agency: Path) -> None:
    """Every answer of the example is used: both comparisons, the days of the chart, and the table with its total."""
    title = "To use numbers from a file"
    recipe, (numbers,) = RECIPES[title], fenced(PAGE, "json")
    write_yaml(agency / "spec.yaml", spec(recipe["spec"], recipe["blocks"]))
    (agency / "numbers.json").write_text(numbers)
    made = build_report(load_spec(agency / "spec.yaml"), answers=agency / "numbers.json", as_of=NOVEMBER)
    enquiries, by_day, by_office = made.sections[0].blocks
    (reading,) = enquiries.readings
    assert (reading.value, reading.baseline, [one.baseline for one in reading.further]) == (31, 27, [22])
    assert by_day.charts[0].series[0].values[:3] == (3, 1, None)
    assert (by_office.tables[0].total, by_office.tables[0].total_baseline) == (("Total", 31), ("Total", 27))
    assert [one.text for one in made.warnings if one.code == "W-UNUSED"] == []


def test_every_recipe_is_in_the_list() -> None:
    """Each heading has a link at the top, and each link a heading."""
    page = read_page(PAGE)
    headings = re.findall(r"^## (.+)$", page, re.MULTILINE)
    links = re.findall(r"\]\(#([\w-]+)\)", page.partition("\n## ")[0])
    assert sorted(links) == sorted(re.sub("[,']", "", heading.lower()).replace(" ", "-") for heading in headings)


@pytest.mark.parametrize("text", fenced(PAGE, "sh"), ids=lambda text: text.split("\n")[0])
def test_shell(text: str) -> None:
    """The shell accepts it, and each option is one of its command."""
    subprocess.run(["/bin/bash", "--posix", "-n"], input=text, text=True, check=True, capture_output=True)
    assert wrong_options(text) == []
