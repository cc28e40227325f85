"""The plan: dates, accounts and queries of a spec for a client."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import PeriodError, SpecError
from reportgen.periods import Period
from reportgen.spec.loading import load_client, load_spec
from reportgen.spec.planning import make_plan

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.spec.client_file import Client
    from reportgen.spec.report_spec import ReportSpec

SPEC = """\
version: 1
title: "{client.name} ({client.slug}): {period.label} against {baseline.label}, {spec.name}, {as_of}"
timezone: UTC
currency: EUR
sources:
  instagram: {integration: instagram_business, customer_integration: 4addc0da-8583-4dbb-a0e9-c7e2e8470f50}
  tiktok: {integration: tiktok, optional: true}
sections:
  - title: Social in {period.label}
    source: instagram
    blocks:
      - {id: one, reference_key: "ig:reach", component: number_v1, metrics: [reach]}
      - {name: again, reference_key: "ig:reach", component: number_v1, metrics: [reach]}
      - {source: tiktok, reference_key: "tt:views", component: number_v1, metrics: [views]}
  - title: TikTok
    source: tiktok
    blocks:
      - text: TikTok did well.
      - {reference_key: "tt:likes", component: number_v1, metrics: [likes]}
"""
CLIENT = """\
version: 1
name: Aurora
locale: pt-BR
timezone: America/Sao_Paulo
sources: {instagram: 11111111-1111-4111-8111-111111111111}
"""
NOVEMBER = date(2026, 11, 3)


@pytest.fixture
def spec(tmp_path: Path) -> ReportSpec:
    """Return the spec, from a file called social.yaml."""
    path = tmp_path / "social.yaml"
    path.write_text(SPEC)
    return load_spec(path)


@pytest.fixture
def client(tmp_path: Path) -> Client:
    """Return a client without TikTok."""
    path = tmp_path / "aurora.yaml"
    path.write_text(CLIENT)
    return load_client(path)


def test_the_same_question_is_asked_once(spec: ReportSpec) -> None:
    """Two blocks with one structure share a query, which may be found under the names of both."""
    keys = make_plan(spec, as_of=NOVEMBER).author_keys()
    assert list(keys.values())[0] == ("one", "reach", "again")  # noqa: RUF015 - the order is the point
    assert len(keys) == 3


def test_title_is_filled_in_the_clients_language(spec: ReportSpec, client: Client) -> None:
    """Variables speak the report's locale."""
    assert make_plan(spec, client, as_of=NOVEMBER).title == (
        "Aurora (aurora): outubro de 2026 against setembro de 2026, social, 3 de nov. de 2026"
    )


def test_the_client_overrides_the_spec(spec: ReportSpec, client: Client) -> None:
    """Locale and zone are the client's, the currency the spec's where the client has none."""
    plan = make_plan(spec, client, as_of=NOVEMBER)
    assert (plan.locale, plan.timezone, plan.blocks[0].scope.currency) == ("pt-BR", "America/Sao_Paulo", "EUR")


def test_options_override_both(spec: ReportSpec, client: Client) -> None:
    """Period, comparison and locale of the caller win."""
    plan = make_plan(spec, client, period="2026-Q3", compare="none", as_of=NOVEMBER, locale="es")
    assert (plan.window.current.id, plan.window.baseline, plan.locale) == ("2026-Q3", None, "es")


def test_ids_come_from_the_client_alone(spec: ReportSpec, client: Client) -> None:
    """With a client, the spec's own customer integration is not used."""
    account = make_plan(spec, client, as_of=NOVEMBER).accounts["instagram"]
    assert account is not None
    assert account.uuid == "11111111-1111-4111-8111-111111111111"


def test_stand_ins_without_a_client(spec: ReportSpec) -> None:
    """Without one, the spec's id or a stable stand-in is used, so optional sources are there."""
    accounts = make_plan(spec, as_of=NOVEMBER).accounts
    assert accounts == make_plan(spec, as_of=NOVEMBER).accounts
    assert [account.uuid[:8] for account in accounts.values() if account][0] == "4addc0da"  # noqa: RUF015 - the order is the point
    assert accounts["tiktok"] is not None


def test_absent_optional_sources_take_their_blocks_along(spec: ReportSpec, client: Client) -> None:
    """A section that only had such blocks is gone too."""
    plan = make_plan(spec, client, as_of=NOVEMBER)
    sections = [(plan.fill(section.written.title), len(section.blocks)) for section in plan.sections]
    assert sections == [("Social in outubro de 2026", 2)]


def test_formulas_go_with_the_numbers_they_stand_on(tmp_path: Path, client: Client) -> None:
    """A formula on a block of an absent source is left out, and so is what stands on that formula."""
    text = SPEC.replace("name: again,", "name: reach,").replace("{source: tiktok,", "{name: views, source: tiktok,")
    path = tmp_path / "social.yaml"
    path.write_text(
        f"""{text}
  - blocks:
      - {{name: deeper, formula: deep * 2}}
      - {{name: deep, formula: views / reach}}
      - {{name: half, formula: reach / 2}}
"""
    )
    shown = [planned.scope.name for planned in make_plan(load_spec(path), client, as_of=NOVEMBER).blocks]
    assert shown == ["reach_2", "reach", "half"]
    assert {"deep", "deeper"} <= {planned.scope.name for planned in make_plan(load_spec(path), as_of=NOVEMBER).blocks}


def test_a_number_stays_without_its_absent_trend(tmp_path: Path, client: Client) -> None:
    """Only formulas go with what they build on; a number loses its small line alone."""
    chart = '      - {name: days, source: tiktok, reference_key: "tt:d", component: chart_v1, metrics: [reach]}\n'
    path = tmp_path / "social.yaml"
    path.write_text(SPEC.replace("name: again,", "name: again, trend: days,") + chart)
    plan = make_plan(load_spec(path), client, as_of=NOVEMBER)
    assert [planned.scope.name for planned in plan.blocks] == ["reach", "again"]


def test_an_explicit_period_is_not_moved(spec: ReportSpec) -> None:
    """Days that are over are reported as they were asked for."""
    plan = make_plan(spec, period="2024-01-01..2024-09-01", as_of=NOVEMBER)
    assert plan.window.current == Period(date(2024, 1, 1), date(2024, 9, 1))


def test_an_impossible_period_is_told(spec: ReportSpec) -> None:
    """Nothing is planned for a period that is not over."""
    with pytest.raises(PeriodError, match="last_month"):
        make_plan(spec, period="2027", as_of=NOVEMBER)


def test_a_block_may_be_compared_with_the_days_364_days_earlier(tmp_path: Path) -> None:
    """The others keep the dates; where the report takes these days too, the block has none of its own."""
    path = tmp_path / "social.yaml"
    path.write_text(
        SPEC.replace("{id: one,", "{id: one, align: weekday,").replace("timezone", "period: 2026-10\ntimezone")
    )
    spec = load_spec(path)
    plan = make_plan(spec, compare="same_period_last_year", as_of=NOVEMBER)
    (aligned, dated, *_), own = plan.blocks, Period(date(2025, 10, 2), date(2025, 11, 1))
    assert aligned.scope.compared == own
    assert [query.window.baseline for query in aligned.block.queries(aligned.scope)] == [own]
    assert (dated.scope.compared, dated.scope.window.by_date) == (None, True)
    everywhere = make_plan(
        spec.model_copy(update={"align": "weekday"}), compare="same_period_last_year", as_of=NOVEMBER
    )
    assert [planned.scope.compared for planned in everywhere.blocks] == [None] * len(everywhere.blocks)
    other = make_plan(spec, compare="previous_period", as_of=NOVEMBER)
    assert other.blocks[0].scope.window == other.blocks[1].scope.window


def test_a_subtitle_is_filled_in(tmp_path: Path) -> None:
    """The sentence under a title has the variables of the title; without a title it is a problem."""
    path = tmp_path / "social.yaml"
    path.write_text(
        SPEC.replace("period.label}\n    source", "period.label}\n    subtitle: To {period.label}\n    source")
    )
    plan = make_plan(load_spec(path), as_of=NOVEMBER)
    assert plan.fill(plan.sections[0].written.subtitle) == "To October 2026"
    path.write_text(SPEC.replace("title: TikTok", "subtitle: TikTok"))
    with pytest.raises(SpecError, match="subtitle: stands under a title, and this section has none"):
        load_spec(path)


def test_a_hidden_section_hides_its_blocks(tmp_path: Path) -> None:
    """Its numbers are asked for, for formulas and `require`, and not shown."""
    path = tmp_path / "social.yaml"
    path.write_text(SPEC.replace("title: Social in {period.label}", "hidden: true"))
    plan = make_plan(load_spec(path), as_of=NOVEMBER)
    assert [planned.block.hidden for planned in plan.blocks] == [True, True, True, False, False]
    assert len(plan.author_keys()) == 3


SUMS = """\
version: 1
sources:
  instagram: {integration: instagram_business}
  tiktok: {integration: tiktok, optional: true}
sections:
  - title: All
    blocks:
      - {name: views, sum: [ig_views, tt_views]}
      - {name: tt_all, sum: [tt_views, tt_likes]}
      - {name: twice_tt, formula: tt_all * 2}
      - {history: views}
      - {history: [tt_all, twice_tt]}
      - {metric_list: [views, tt_all]}
      - {name: ig_views, source: instagram, reference_key: "ig:views", component: number_v1, metrics: [views]}
      - {name: tt_views, source: tiktok, reference_key: "tt:views", component: number_v1, metrics: [views]}
      - {name: tt_likes, source: tiktok, reference_key: "tt:likes", component: number_v1, metrics: [likes]}
"""


def test_a_sum_stays_with_any_of_its_sources(tmp_path: Path, client: Client) -> None:
    """Without TikTok a sum of both networks stays, and what is made of TikTok alone goes, with all that needs it."""
    path = tmp_path / "sums.yaml"
    path.write_text(SUMS)
    plan = make_plan(load_spec(path), client, as_of=NOVEMBER)
    assert [planned.scope.name for planned in plan.blocks] == ["views", "history", "metriclist", "ig_views"]
