"""A page that fits its client: `titles`, `order` and `hide` of a client file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from reportgen import build_report
from reportgen.connect.live import live_answers
from reportgen.errors import SpecError
from reportgen.pipeline import finish
from reportgen.sandbox.server import running_sandbox
from reportgen.spec.loading import load_client, load_spec, load_spec_and_client
from reportgen.spec.planning import make_plan
from tests.outputs.pages import outline

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.spec.planning import Plan

SPEC = """\
version: 1
sources:
  instagram: {integration: instagram_business}
  ads: {integration: google_ads, optional: true}
require: {blocks: [reach]}
sections:
  - title: At a glance
    source: instagram
    blocks:
      - heading: Numbers
        name: head
      - {name: reach, label: Reach, reference_key: "ig:reach", component: number_v1, metrics: [reach], trend: by_day}
      - {name: views, label: Views, reference_key: "ig:views", component: number_v1, metrics: [views]}
      - {name: rate, label: Reach a view, formula: reach / views}
      - {name: by_day, label: By day, reference_key: "ig:r", component: chart_v1, metrics: [reach], dimensions: [date]}
      - {name: in_short, metric_list: [reach, views]}
  - title: "Ads in {period.label}"
    source: ads
    blocks:
      - {name: spend, label: Spend, reference_key: "gads:s", component: number_v1, metrics: [metrics.cost_micros]}
      - text: Bought with care.
"""
CLIENT = """\
version: 1
name: Aurora
sources: {instagram: 11111111-1111-4111-8111-111111111111, ads: 22222222-2222-4222-8222-222222222222}
"""
NOVEMBER = date(2026, 11, 3)


def plan(folder: Path, keys: str = "") -> Plan:
    """Return the plan of the spec for a client with further keys."""
    spec, client = folder / "social.yaml", folder / "aurora.yaml"
    spec.write_text(SPEC)
    client.write_text(CLIENT + keys)
    return make_plan(load_spec(spec), load_client(client), as_of=NOVEMBER)


def shown(made: Plan) -> dict[str, list[str]]:
    """Return the names of the blocks that are seen, by the titles of their sections; what has none is not shown."""
    names = {
        section.title: [one.scope.name for one in section.blocks if not getattr(one.block, "hidden", False)]
        for section in made.sections
    }
    return {title: seen for title, seen in names.items() if seen}


def test_without_wishes_it_is_the_spec(tmp_path: Path) -> None:
    """A client that says nothing gets the spec as it is written."""
    assert shown(plan(tmp_path)) == {
        "At a glance": ["head", "reach", "views", "rate", "by_day", "in_short"],
        "Ads in October 2026": ["spend", "text"],
    }


def test_titles_are_the_clients_own(tmp_path: Path) -> None:
    """Blocks by their names, sections by their titles as they are written; variables are filled in."""
    keys = 'titles: {reach: "People in {period.label}", head: Figures, "Ads in {period.label}": "{client.name} buys"}\n'
    made = plan(tmp_path, keys)
    assert [section.title for section in made.sections] == ["At a glance", "Aurora buys"]
    labels = {one.scope.name: getattr(one.block, "heading", "") or one.block.label for one in made.blocks}
    assert (labels["reach"], labels["head"], labels["views"]) == ("People in {period.label}", "Figures", "Views")


def test_some_come_first(tmp_path: Path) -> None:
    """Sections and blocks in the client's order, all others behind them as they are in the spec."""
    made = plan(tmp_path, 'order: ["Ads in {period.label}", by_day, rate]\n')
    assert list(shown(made).items()) == [
        ("Ads in October 2026", ["spend", "text"]),
        ("At a glance", ["by_day", "rate", "head", "reach", "views", "in_short"]),
    ]


def test_what_is_hidden_is_left_out(tmp_path: Path) -> None:
    """A number that nothing needs is not even asked for; one that a formula or the requirement needs still is."""
    made = plan(tmp_path, "hide: [views, in_short, reach]\n")
    assert shown(made)["At a glance"] == ["head", "rate", "by_day"]
    assert {one.scope.name for one in made.blocks} >= {"views", "reach"}
    assert "spend" not in {one.scope.name for one in plan(tmp_path, "hide: [spend]\n").blocks}


def test_a_hidden_section_goes_with_all_in_it(tmp_path: Path) -> None:
    """What is needed of it keeps its source."""
    made = plan(tmp_path, "hide: [At a glance]\n")
    assert shown(made) == {"Ads in October 2026": ["spend", "text"]}
    (reach,) = (one for one in made.blocks if one.scope.name == "reach")
    assert reach.scope.source is not None
    assert reach.scope.source.alias == "instagram"


def test_nothing_left_is_an_error(tmp_path: Path) -> None:
    """A client that hides everything has no report."""
    plan(tmp_path, 'hide: [At a glance, "Ads in {period.label}"]\n')
    with pytest.raises(SpecError, match="hides every block of the spec 'social'"):
        load_spec_and_client(tmp_path / "social.yaml", tmp_path / "aurora.yaml")


def test_unknown_words_are_told(tmp_path: Path) -> None:
    """Each is named with its place and the nearest word, whatever the command."""
    plan(tmp_path, "titles: {reech: x}\norder: [Bye day]\nhide: [vews]\n")
    with pytest.raises(SpecError) as caught:
        load_spec_and_client(tmp_path / "social.yaml", tmp_path / "aurora.yaml")
    said = [str(one) for one in caught.value.problems]
    assert "aurora.yaml:4:10: titles.reech: 'reech' is no section and no block of the spec 'social'" in said[0]
    assert "did you mean 'reach'?" in said[0]
    assert "aurora.yaml:5:9: order.0: 'Bye day'" in said[1]
    assert "did you mean 'views'?" in said[2]


def test_it_is_so_on_the_page(tmp_path: Path) -> None:
    """The PDF has the client's titles, order and blocks, and its audit finds nothing amiss."""
    made = plan(tmp_path, "titles: {rate: Our rate}\norder: [rate]\nhide: [views, in_short]\n")
    with running_sandbox(calm=True) as api:
        answers = live_answers(api.url, SecretStr(api.token), SecretStr(api.customer_token))
        report = build_report(made.spec, made.client, answers=answers, as_of=NOVEMBER)
    told, files = finish(report, ("pdf",))
    assert told.verdict == "done"
    assert [title for _, title in outline(files[0].content)][:3] == ["At a glance", "Our rate", "Numbers"]
