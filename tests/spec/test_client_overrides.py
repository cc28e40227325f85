"""A page that fits its client: own titles, order, what is hidden, and what a lacking account takes with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen import build_report
from reportgen.errors import SpecError
from reportgen.outputs.html.web_page import render_html
from reportgen.outputs.printed import PrintedReport
from reportgen.spec.checking import check_file
from reportgen.spec.fleet_members import load_members
from reportgen.spec.loading import load_client, load_spec, load_spec_and_client
from reportgen.spec.planning import make_plan

if TYPE_CHECKING:
    from reportgen.connect import AnswerSource
    from reportgen.model import Report

NOVEMBER = date(2026, 11, 3)
SPEC = """\
version: 1
currency: BRL
compare: none
sources:
  instagram: {integration: instagram_business}
  ads: {integration: google_ads, optional: true}
sections:
  - title: Social
    source: instagram
    blocks:
      - {summary: auto}
      - {name: reach, label: Reach, trend: days, format: count, reference_key: "ig:reach", component: number_v1, metrics: [reach]}
      - {name: days, label: By day, reference_key: "ig:reach_over_time", component: chart_v1, metrics: [reach], dimensions: [date], chart_type: line}
      - {heading: The words, name: words}
      - text: First
      - text: Second
  - title: Ads
    source: ads
    blocks:
      - {summary: auto}
      - {name: spend, label: Spend, format: currency, reference_key: "gads:cost_micros", component: number_v1, metrics: [metrics.cost_micros]}
      - {name: leads, label: Reach, format: count, reference_key: "gads:conversions", component: number_v1, metrics: [metrics.conversions]}
      - {name: cost, label: Cost per lead, formula: spend / leads, format: currency}
  - title: Both
    blocks:
      - {name: cost_per_reach, label: Cost per reach, formula: cost / reach, format: currency}
      - {name: listed, metric_list: [spend, reach]}
      - {name: told, summary: [spend]}
      - {summary: report}
"""  # noqa: E501 - as an author writes it
CLIENT = """\
version: 1
name: Aurora
api: {token: {env: REPORTGEN_TOKEN}, customer_token: {env: AURORA}}
sources: {instagram: 4addc0da-8583-4dbb-a0e9-c7e2e8470f50, ads: c2c1d2a6-1f33-4e77-a8a9-6a6f5b1f0e12}
"""


def files(folder: Path, more: str, spec: str = SPEC) -> tuple[Path, Path]:
    """Write a spec and a client with more keys."""
    paths = folder / "spec.yaml", folder / "aurora.yaml"
    for path, text in zip(paths, (spec, CLIENT + more), strict=True):
        path.write_text(text)
    return paths


def planned(folder: Path, more: str, spec: str = SPEC) -> dict[str, list[str]]:
    """Return the titles and blocks that a client with more keys is to get; hidden ones in parentheses."""
    plan = make_plan(*load_spec_and_client(*files(folder, more, spec)), as_of=NOVEMBER)
    return {
        plan.fill(section.written.title): [
            f"({one.scope.name})" if one.block.hidden else one.scope.name for one in section.blocks
        ]
        for section in plan.sections
    }


def report(folder: Path, more: str, api: AnswerSource, spec: str = SPEC) -> Report:
    """Return the report of a client with more keys."""
    return build_report(*load_spec_and_client(*files(folder, more, spec)), answers=api, as_of=NOVEMBER)


WHOLE = {
    "Social": ["summary", "reach", "days", "words", "text", "text_2"],
    "Ads": ["summary_2", "spend", "leads", "cost"],
    "Both": ["cost_per_reach", "listed", "told", "summary_3"],
}


def test_titles(tmp_path: Path) -> None:
    """By a section's title, a block's name, its label or a heading's words; variables are filled in."""
    more = "titles: {Ads: 'Anúncios de {client.name}', reach: Alcance, Spend: Gasto, The words: Palavras}\n"
    plan = make_plan(*load_spec_and_client(*files(tmp_path, more)), as_of=NOVEMBER)
    assert [plan.fill(section.written.title) for section in plan.sections] == ["Social", "Anúncios de Aurora", "Both"]
    labels = {one.scope.name: one.block.model_dump().get("heading") or one.block.label for one in plan.blocks}
    assert [labels[name] for name in ("reach", "spend", "leads", "words")] == ["Alcance", "Gasto", "Reach", "Palavras"]


def test_order(tmp_path: Path) -> None:
    """Named sections come first in their order, named blocks first in their section; names stay what they were."""
    assert planned(tmp_path, "order: [Both, text_2, Ads, leads, By day]\n") == {
        "Both": WHOLE["Both"],
        "Ads": ["leads", "summary_2", "spend", "cost"],
        "Social": ["text_2", "days", "summary", "reach", "words", "text"],
    }
    assert list(planned(tmp_path, "order: Ads\n")) == ["Ads", "Social", "Both"]


@pytest.mark.parametrize(
    ("more", "changed"),
    [
        ("hide: text\n", {"Social": ["summary", "reach", "days", "words", "text_2"]}),
        ("hide: [Both]\n", {"Both": None}),
        ("hide: [days]\n", {"Social": ["summary", "reach", "(days)", "words", "text", "text_2"]}),
        ("hide: [reach, days, listed]\n",
         {"Social": ["(reach)", "(days)", "words", "text", "text_2"],
          "Both": ["cost_per_reach", "told", "summary_3"]}),
        ("hide: [Ads]\n", {"Ads": ["(spend)", "(leads)", "(cost)"], "Both": ["cost_per_reach", "listed", "summary_3"]}),
        ("hide: [Ads, cost_per_reach]\n", {"Ads": None, "Both": ["listed", "summary_3"]}),
    ],
)  # fmt: skip
def test_hide(tmp_path: Path, more: str, changed: dict[str, list[str] | None]) -> None:
    """What nothing shown needs is not asked for; a formula's operands and a trend's chart stay, out of sight."""
    expected = {title: blocks for title, blocks in (WHOLE | changed).items() if blocks}
    assert planned(tmp_path, more) == expected


def test_names_of_sections(tmp_path: Path) -> None:
    """A section is hidden, put first and given another title by its name, as by its title."""
    spec = SPEC.replace("- title: Ads", "- title: Ads\n    name: paid").replace("- title: Both", "- name: both")
    assert list(planned(tmp_path, "order: [both, paid]\n", spec)) == ["", "Ads", "Social"]
    assert list(planned(tmp_path, "titles: {both: All}\norder: Ads\n", spec)) == ["Ads", "Social", "All"]
    assert list(planned(tmp_path, "hide: [paid, both]\n", spec)) == ["Social"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("reach", "'reach' is the name of a block too; change one"),
        ("both", "'both' is the name of another section too; change one"),
        ("text", "'text' is the name of a block too; change one"),  # its name is made for it
        ("The ads", "'The ads' does not fit; write small letters"),
    ],
)
def test_names_of_sections_are_their_own(tmp_path: Path, written: str, said: str) -> None:
    """A section has a name that neither a block nor another section has."""
    spec = SPEC.replace("- title: Both", f"- name: {written}").replace("- title: Social", "- name: both")
    with pytest.raises(SpecError) as caught:
        load_spec(files(tmp_path, "", spec)[0])
    assert [problem.message[: len(said)] for problem in caught.value.problems] == [said]


def test_what_is_required_stays_required(tmp_path: Path) -> None:
    """A hidden block that `require` names is asked for, so that the report is held back without it."""
    spec = SPEC.replace("sections:", "require: {blocks: [leads]}\nsections:")
    assert planned(tmp_path, "hide: [Ads, Both]\n", spec) == {"Social": WHOLE["Social"], "Ads": ["(leads)"]}


def test_what_is_hidden_is_nowhere(tmp_path: Path, api: AnswerSource) -> None:
    """Lists and summaries tell of it no more, a formula still counts with it, and its section leaves no title."""
    made = report(tmp_path, "hide: [Ads]\n", api)
    assert [section.title for section in made.sections] == ["Social", "Both"]
    blocks = {block.name: block for section in made.sections for block in section.blocks}
    assert blocks["cost_per_reach"].state == "ok"
    assert [reading.label for reading in blocks["listed"].readings] == ["Reach"]
    assert "spend" not in blocks["summary_3"].tells_of
    html = render_html(PrintedReport(made))[0].content.decode()
    assert "Spend" not in html
    assert 'id="block-cost_per_reach"' in html


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("hide: [Adds]\n", "5:8: hide.0: 'Adds' is no section and no block of the spec 'spec'; did you mean 'Ads'?"),
        ("order: [spend, raech]\n", "5:16: order.1: 'raech' is no section and no block of the spec 'spec'; did you"),
        ("titles: {Sociale: S}\n", "5:10: titles.Sociale: 'Sociale' is no section"),
        ("hide: [Reach]\n", "5:8: hide.0: 'Reach' is the label of several blocks; write the name of one: reach, leads"),
        ("hide: [Social, Ads, Both]\n", "5:1: hide: hides every block of the spec 'spec'; take something out"),
        ("titles: {Ads: ''}\n", "titles.Ads"),
        ("titles: {Ads: '{client.nme}'}\n", "did you mean {client.name}?"),
        ("titles: [Ads]\n", "expected keys, not ['Ads']"),
        ("hide: {Ads: true}\n", "hide"),
        ("hide: ['']\n", "'' is no section"),
        ("hidden: [Ads]\n", "'hidden' is no key here; did you mean 'hide'?"),
    ],
)
def test_what_does_not_fit(tmp_path: Path, more: str, said: str) -> None:
    """A name of nothing is an error of the client file with its line, also from Python."""
    spec, client = files(tmp_path, more)
    found = [str(problem) for problem in check_file(spec, client).problems]
    assert any(said in one for one in found), found
    assert all(one.startswith(str(client)) for one in found)
    with pytest.raises(SpecError):
        build_report(load_spec(spec), load_client(client), as_of=NOVEMBER)


OTHER = "version: 1\nsources: {}\nsections:\n  - {title: Elsewhere, blocks: [{name: there, text: Hello}, page_break]}\n"


def test_a_name_of_another_spec_beside(tmp_path: Path) -> None:
    """A client of two specs can have each of them alone; `check` warns, since it may be meant for this one."""
    spec, client = files(tmp_path, "hide: [there, nowhere]\n")
    (tmp_path / "other.yaml").write_text(OTHER)
    assert [problem.place for problem in check_file(spec, client).problems] == ["hide.1"]
    client.write_text(CLIENT + "hide: [there]\n")
    found = check_file(spec, client)
    assert (found.problems, [one.place for one in found.warnings]) == ((), ["hide.0"])


def test_the_specs_of_a_fleet(tmp_path: Path) -> None:
    """A name is right where one of the client's own specs has it, and no other client's."""
    files(tmp_path, "hide: [there]\n")
    (tmp_path / "more").mkdir()
    (tmp_path / "more/other.yaml").write_text(OTHER)
    (tmp_path / "berta.yaml").write_text(CLIENT.replace("Aurora", "Berta") + "titles: {there: Here}\n")
    fleet = tmp_path / "fleet.yaml"
    both = "version: 1\nreports:\n  - {spec: spec.yaml, clients: '[ab]*a.y*'}\n"
    both += "  - {spec: more/other.yaml, clients: aurora.yaml}\n"
    fleet.write_text(both.replace("[ab]*a.y*", "aurora.yaml"))
    assert check_file(fleet).problems == ()
    assert len(load_members(fleet)[1]) == 2
    fleet.write_text(both)
    (said,) = check_file(fleet).problems
    assert str(said).startswith(f"{tmp_path}/berta.yaml:5:10: titles.there: 'there' is no section and no block")
    with pytest.raises(SpecError, match="is no section"):
        load_members(fleet)


def test_clients_of_a_list(tmp_path: Path) -> None:
    """In a CSV file a list has | between its entries; what is wrong is told with line and column."""
    files(tmp_path, "")
    (tmp_path / "fleet.yaml").write_text("version: 1\nreports:\n  - {spec: spec.yaml, clients: clients.csv}\n")
    account, other = "4addc0da-8583-4dbb-a0e9-c7e2e8470f50", "9d3c11aa-5a52-4c0e-8a25-0a3a8a6b7f10"
    head = "name,api.token.env,api.customer_token.env,sources.instagram,hide,titles.Social\n"
    (tmp_path / "clients.csv").write_text(f"{head}Aurora,T,C,{account},days | text,Redes\nBerta,T,D,{other},,\n")
    _, members = load_members(tmp_path / "fleet.yaml")
    assert [(one.client.hide, one.client.titles) for one in members] == [
        (("days", "text"), {"Social": "Redes"}),
        ((), {}),
    ]
    (tmp_path / "clients.csv").write_text(f"{head}Aurora,T,C,{account},dais,Redes\n")
    (said,) = check_file(tmp_path / "fleet.yaml").problems
    assert (Path(said.file).name, said.line, said.column, said.place) == ("clients.csv", 2, 5, "hide.0")


def test_without_an_optional_account(tmp_path: Path, api: AnswerSource) -> None:
    """Its blocks and the formulas on them are gone, lists and summaries tell the rest, and the last page says so."""
    spec = SPEC.replace("sections:", "require: {blocks: [reach]}\nsections:")
    spec_path, client_path = files(tmp_path, "", spec)
    client_path.write_text(CLIENT.replace(", ads: c2c1d2a6-1f33-4e77-a8a9-6a6f5b1f0e12", ""))
    made = build_report(*load_spec_and_client(spec_path, client_path), answers=api, as_of=NOVEMBER)
    assert made.verdict == "done"
    blocks = {block.name: block for section in made.sections for block in section.blocks}
    assert [section.title for section in made.sections] == ["Social", "Both"]
    assert blocks.keys() == {*WHOLE["Social"], "listed", "summary_3"}  # what tells of nothing is gone too
    assert [reading.label for reading in blocks["listed"].readings] == ["Reach"]
    assert blocks["summary_3"].tells_of == ("reach", "days")
    assert [warning.code for warning in made.warnings] == ["W-ABSENT"]
    html = render_html(PrintedReport(made))[0].content.decode()
    assert "No account is connected, so its figures are left out." in html
    assert "Spend" not in html


def test_a_required_block_of_an_absent_account_holds_the_report(tmp_path: Path, api: AnswerSource) -> None:
    """The reason names the account that is not there."""
    spec = SPEC.replace("sections:", "require: {blocks: [cost]}\nsections:")
    spec_path, client_path = files(tmp_path, "", spec)
    client_path.write_text(CLIENT.replace(", ads: c2c1d2a6-1f33-4e77-a8a9-6a6f5b1f0e12", ""))
    made = build_report(*load_spec_and_client(spec_path, client_path), answers=api, as_of=NOVEMBER)
    assert made.verdict == "held"
    assert ("W-REQUIRE", "cost") in {(warning.code, warning.block) for warning in made.warnings}


HISTORY = SPEC + "      - {name: past, history: [reach, cost]}\n      - {name: past_reach, history: reach}\n"


@pytest.mark.parametrize(
    ("more", "numbers"),
    [
        ("", {"past": ("reach", "cost"), "past_reach": ("reach",)}),
        ("hide: [cost]\n", {"past": ("reach",), "past_reach": ("reach",)}),
        ("hide: [reach]\n", {"past": ("cost",)}),
    ],
)
def test_a_history_leaves_hidden_numbers_out(tmp_path: Path, more: str, numbers: dict[str, tuple[str, ...]]) -> None:
    """As a list does; without a number left there is none."""
    plan = make_plan(*load_spec_and_client(*files(tmp_path, more, HISTORY)), as_of=NOVEMBER)
    found = {each.scope.name: each.block.builds_on() for each in plan.blocks if each.scope.name.startswith("past")}
    assert found == numbers


def test_a_history_leaves_absent_numbers_out(tmp_path: Path) -> None:
    """A client without the ads has the history of the rest."""
    more = "sources: {instagram: 4addc0da-8583-4dbb-a0e9-c7e2e8470f50}\n"
    spec, client = files(tmp_path, "", HISTORY)
    client.write_text(CLIENT.partition("sources:")[0] + more)
    plan = make_plan(*load_spec_and_client(spec, client), as_of=NOVEMBER)
    (past,) = (each for each in plan.blocks if each.scope.name == "past")
    assert set(past.scope.operands) == {"reach"}
    assert {query.source.alias for query in past.block.queries(past.scope)} == {"instagram"}
