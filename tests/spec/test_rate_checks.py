"""Rates that would be printed a hundred times too large or too small are cautions of `check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.spec.checking import check_file

if TYPE_CHECKING:
    from pathlib import Path

SPEC = """\
version: 1
sources: {ads: {integration: INTEGRATION}}
sections:
  - source: ads
    blocks:
      - {name: clicks, reference_key: "x:clicks", component: number_v1, metrics: [n]}
      - {name: cost, reference_key: "x:cost", component: number_v1, metrics: [n]}
      - BLOCK
"""
CLIENT = """\
version: 1
name: Padaria Aurora
sources: {ads: 4addc0da-8583-4dbb-a0e9-c7e2e8470f50}
goals: {clicks: 25%, rate: 25}
"""


def cautions(folder: Path, block: str, integration: str = "google_ads", client: Path | None = None) -> list[str]:
    """Return the cautions of a spec with a block, without the folder."""
    path = folder / "spec.yaml"
    path.write_text(SPEC.replace("INTEGRATION", integration).replace("BLOCK", block))
    found = check_file(path, client)
    assert found.problems == ()
    return [str(caution).removeprefix(f"{folder}/").partition("sections.0.blocks.2.")[2] for caution in found.warnings]


def rate(keys: str, metric: str = "metrics.ctr") -> str:
    """Return a block with a number."""
    return f'{{reference_key: "any:key", component: number_v1, metrics: ["{metric}"], {keys}}}'


def test_a_goal_beyond_the_whole_is_named(tmp_path: Path) -> None:
    """Of a number and of a formula, in a number alone and in a mapping."""
    said = "warning: a goal of 25 is 2500% with format: percent; write 25%, or 2500% where it is meant [W-GOAL]"
    assert cautions(tmp_path, rate("format: percent, goal: 25")) == [f"goal: {said}"]
    assert cautions(tmp_path, "{formula: clicks / cost, format: percent, goal: {at_least: 25}}") == [f"goal: {said}"]
    assert cautions(tmp_path, rate("format: percent, goal: 25%")) == []


@pytest.mark.parametrize(
    ("integration", "metric", "written", "said"),
    [
        ("google_ads", "metrics.ctr", "percent_100", "Google Ads sends 'metrics.ctr' as a fraction, such as 0.05; "),
        ("linkedin_ads", "averageCtr", "percent", "LinkedIn Ads sends 'averageCtr' in percent, such as 5; "),
    ],
)
def test_a_known_rate_in_the_other_scale_is_named(
    integration: str, metric: str, written: str, said: str, tmp_path: Path
) -> None:
    """The starter of an integration knows how it sends a rate."""
    (caution,) = cautions(tmp_path, rate(f"format: {written}", metric), integration)
    right = "percent" if written == "percent_100" else "percent_100"
    assert caution == f"format: warning: {said}write format: {right} [W-PERCENT]"
    assert cautions(tmp_path, rate(f"format: {right}", metric), integration) == []


def test_a_column_of_a_known_rate_is_named_at_its_own_format(tmp_path: Path) -> None:
    """A table's columns have their formats in `fields`."""
    fields = "fields: {metrics.ctr: {format: percent_100}}"
    (caution,) = cautions(tmp_path, rate(fields).replace("number_v1", "datatable_v1"))
    assert caution.startswith("fields.metrics.ctr.format: warning: Google Ads sends 'metrics.ctr' as a fraction")


@pytest.mark.parametrize("metric", ["metrics.clicks", "metrics.some_rate"])
def test_a_rate_that_is_not_known_is_left_alone(metric: str, tmp_path: Path) -> None:
    """No name says how a source counts."""
    assert cautions(tmp_path, rate("format: percent_100", metric)) == []


@pytest.mark.parametrize("formula", ["clicks / cost * 100", "100 * clicks / cost", "(clicks / cost) * 100.0"])
def test_a_formula_in_hundreds_is_no_share(formula: str, tmp_path: Path) -> None:
    """`format: percent` multiplies by 100 itself."""
    (caution,) = cautions(tmp_path, f"{{formula: {formula}, format: percent}}")
    assert caution == (
        f"formula: warning: {formula!r} is printed 100 times too large: format: percent takes a share; "
        "leave * 100 out, or write format: percent_100 [W-PERCENT]"
    )
    assert cautions(tmp_path, f"{{formula: {formula}, format: percent_100}}") == []


def test_a_column_in_hundreds_is_no_share(tmp_path: Path) -> None:
    """A computed column is a formula too."""
    fields = "fields: {own: {formula: metrics.ctr * 100, format: percent}}"
    (caution,) = cautions(tmp_path, rate(fields).replace("number_v1", "datatable_v1"))
    assert caution.startswith("fields.own.formula: warning: 'metrics.ctr * 100' is printed 100 times too large")


@pytest.mark.parametrize(
    ("formula", "is_named"),
    [
        ("conversions / spend", True),
        ("conversions.baseline / spend", True),
        ("conversions / spend * 100", False),
        ("conversions / ctr", False),
        ("clicks / spend", False),
        ("conversions", False),
        ("hundredfold / spend", False),
        ("both / spend", True),
    ],
)
def test_a_share_is_not_in_hundreds(formula: str, is_named: bool, tmp_path: Path) -> None:  # noqa: FBT001 - expected
    """0.05 prints 0.1% with `format: percent_100`; what is not known for a count or an amount is left alone."""
    numbers = """{name: conversions, format: count, reference_key: "x:n", component: number_v1, metrics: [n]}
      - {name: spend, format: currency, reference_key: "x:m", component: number_v1, metrics: [n]}
      - {name: hundredfold, format: count, formula: conversions * 100}
      - {name: both, format: count, formula: conversions + clicks}
      - {name: ctr, format: percent_100, reference_key: "x:o", component: number_v1, metrics: [n]}
      - """
    assert len(cautions(tmp_path, f"{numbers}{{formula: {formula}, format: percent_100}}")) == is_named


def test_a_column_that_is_a_share_is_not_in_hundreds(tmp_path: Path) -> None:
    """Counts are known by their format, or by their name."""
    fields = "fields: {own: {formula: metrics.clicks / metrics.impressions, format: percent_100}}"
    written = rate(fields, 'metrics.clicks", "metrics.impressions')
    (caution,) = cautions(tmp_path, written.replace("number_v1", "datatable_v1"))
    assert caution == (
        "fields.own.formula: warning: 'metrics.clicks / metrics.impressions' is printed 100 times too small: it is a "
        "share, and format: percent_100 takes percent; write format: percent [W-PERCENT]"
    )


def test_a_column_that_is_made_of_hundreds_is_no_share(tmp_path: Path) -> None:
    """The factor may stand in another column."""
    own = "hundred: {formula: metrics.clicks * 100, format: count}, own: {formula: hundred / metrics.impressions"
    written = rate(f"fields: {{{own}, format: percent_100}}}}", 'metrics.clicks", "metrics.impressions')
    assert cautions(tmp_path, written.replace("number_v1", "datatable_v1")) == []


def test_the_goals_of_a_client_are_held_against_their_numbers(tmp_path: Path) -> None:
    """The client file has the line of the goal."""
    client = tmp_path / "client.yaml"
    client.write_text(CLIENT)
    path = tmp_path / "spec.yaml"
    block = rate("name: rate, format: percent")
    path.write_text(SPEC.replace("INTEGRATION", "google_ads").replace("BLOCK", block))
    clicks, share = (str(caution).removeprefix(f"{client}:") for caution in check_file(path, client).warnings)
    assert clicks.startswith("4:17: goals.clicks: warning: a goal of 25% needs a number with format: percent; ")
    assert share.startswith("4:28: goals.rate: warning: a goal of 25 is 2500% with format: percent; write 25%, ")


def test_goals_of_a_file_are_doubted_once_a_number(tmp_path: Path) -> None:
    """The first line of each number is named, not the same fault for every client and month."""
    rows = "a,2026-10,rate,25\na,2026-11,rate,25\na,2026-10,clicks,25%\na,2026-10,cost,25\n"
    (tmp_path / "goals.csv").write_text(f"client,month,name,goal\n{rows}")
    path = tmp_path / "spec.yaml"
    block = rate("name: rate, format: percent, goal: about")
    path.write_text(f"goals_file: goals.csv\n{SPEC.replace('INTEGRATION', 'google_ads').replace('BLOCK', block)}")
    found = [str(caution).removeprefix(f"{tmp_path}/") for caution in check_file(path).warnings]
    assert [one.partition(" with format")[0] for one in found if "W-GOAL" in one] == [
        "goals.csv:2:1: rate: warning: a goal of 25 is 2500%",
        "goals.csv:4:1: clicks: warning: a goal of 25% needs a number",
    ]
