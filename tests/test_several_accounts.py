"""A report of several accounts in one source, held against the reports of each account alone."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from decimal import Decimal
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from reportgen import build_report, load_client, load_spec, write_report
from reportgen.cli import main
from reportgen.connect import AnswerSource
from reportgen.errors import RequestRefused
from reportgen.fault_bundle import make_bundle
from reportgen.fetching import planned_requests
from reportgen.outputs import FORMATS
from reportgen.outputs.audit import audit
from reportgen.outputs.html.web_page import render_html
from reportgen.outputs.printed import PrintedReport
from reportgen.outputs.report_json import decode_report
from reportgen.outputs.text.sources import source_lines
from reportgen.provenance import figures
from reportgen.queries import AccountFacts, ChartAnswer, Failure, NumberAnswer, TableAnswer
from reportgen.spec.planning import make_plan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from reportgen.model import Block, Report
    from reportgen.queries import Answer, Query

ACCOUNTS = {
    "Brazil": "4addc0da-8583-4dbb-a0e9-c7e2e8470f50",
    "Mexico": "0b9a4c1e-64a5-4f0c-9c55-5f1f0a7f2d10",
    "Peru": "9d3c11aa-5a52-4c0e-8a25-0a3a8a6b7f10",
}
NOVEMBER = date(2026, 11, 3)
SPEC = """\
version: 1
compare: [previous_period, same_period_last_year]
sources: {ads: {integration: google_ads}}
sections:
  - title: Ads
    source: ads
    blocks:
      - name: spend
        format: currency
        trend: {by: month, period: last_3_months}
        reference_key: gads:cost_micros
        component: number_v1
        metrics: [metrics.cost_micros]
      - {name: conversions, reference_key: "gads:conversions", component: number_v1, metrics: [metrics.conversions]}
      - {name: cpa, label: Cost per conversion, formula: spend / conversions, format: currency}
      - name: spend_by_day
        reference_key: gads:cost_by_day
        component: chart_v1
        metrics: [metrics.cost_micros]
        dimensions: [date]
      - {history: [spend, cpa], period: last_3_months}
      - name: campaigns
        reference_key: gads:campaigns
        component: datatable_v1
        metrics: [metrics.cost_micros, metrics.conversions, metrics.ctr]
        fields: {metrics.cost_micros: {format: currency}, metrics.ctr: {format: percent}}
        sort_by: -metrics.cost_micros
        dimensions: [campaign]
"""


def report_of(folder: Path, answers: AnswerSource | Path, *names: str, spec: str = SPEC, more: str = "") -> Report:
    """Return the report of accounts, in an order."""
    (folder / "spec.yaml").write_text(spec)
    written = json.dumps({name: ACCOUNTS[name] for name in names})
    (folder / "client.yaml").write_text(f"version: 1\nname: Aurora\nsources: {{ads: {written}}}\n{more}")
    loaded = load_spec(folder / "spec.yaml"), load_client(folder / "client.yaml")
    return build_report(*loaded, answers=answers, as_of=NOVEMBER)


def block(report: Report, name: str) -> Block:
    """Return a block by its name."""
    return next(each for each in report.blocks if each.name == name)


def exact_sum(values: Sequence[object]) -> Decimal | None:
    """Return the sum of the values of accounts, each as it is written; None where one has none."""
    return None if None in values else sum((Decimal(str(value)) for value in values), Decimal(0))


def test_a_joint_report_is_the_sum_of_its_accounts(tmp_path: Path, api: AnswerSource) -> None:
    """Every number, day, month and row of three accounts is the sum, or the rows, of the three reports of one account.

    In the period and both that it is compared with; a quotient is that of the sums. The reports of single accounts know
    nothing of merging.
    """
    singles = [report_of(tmp_path, api, name) for name in ACCOUNTS]
    joint = report_of(tmp_path, api, *ACCOUNTS)
    for name in ("spend", "conversions"):
        (reading,), own = block(joint, name).readings, [block(single, name).readings[0] for single in singles]
        assert exact_sum([reading.value]) == exact_sum([each.value for each in own])
        assert exact_sum([reading.baseline]) == exact_sum([each.baseline for each in own])
        (further,) = reading.further
        assert exact_sum([further.baseline]) == exact_sum([each.further[0].baseline for each in own])
    spend, conversions, cpa = (block(joint, name).readings[0] for name in ("spend", "conversions", "cpa"))
    assert isinstance(spend.value, float | int)
    assert isinstance(conversions.value, float | int)
    assert cpa.value == pytest.approx(spend.value / conversions.value)
    for name in ("spend_by_day", "history", "spend"):
        series, lines = block(joint, name).charts[0].series[0], [block(single, name).charts[0] for single in singles]
        for at, value in enumerate(series.values):
            assert exact_sum([value]) == exact_sum([line.series[0].values[at] for line in lines])
        for at, value in enumerate(series.baseline):
            assert exact_sum([value]) == exact_sum([line.series[0].baseline[at] for line in lines])
    campaign, account, *figures_of = block(joint, "campaigns").tables[0].columns
    rows = set(zip(campaign.values, account.values, *(column.values for column in figures_of), strict=True))
    expected = {
        (row[0], name, *row[1:])
        for name, single in zip(ACCOUNTS, singles, strict=True)
        for row in zip(*(column.values for column in block(single, "campaigns").tables[0].columns), strict=True)
    }
    assert rows == expected


def test_the_order_of_accounts_changes_no_figure(tmp_path: Path, api: AnswerSource) -> None:
    """In whatever order the accounts are written, every printed figure is the same."""
    printed = []
    for names in list(permutations(ACCOUNTS))[::2]:
        report = report_of(tmp_path, api, *names)
        printed.append(sorted((figure.place, figure.role, figure.text) for figure in figures(report)))
    assert all(one == printed[0] for one in printed)


def test_every_figure_leads_to_its_accounts(tmp_path: Path, api: AnswerSource) -> None:
    """A sum comes from a request of each account, a cell of a table from that of its own; the JSON keeps it."""
    report = report_of(tmp_path, api, "Brazil", "Mexico")
    (path,) = write_report(report, tmp_path / "out", formats=["json"])
    read = decode_report(path.read_text())
    assert {record.account for record in read.queries.values()} == {"Brazil", "Mexico"}
    assert [source.accounts for source in read.sources] == [("Brazil", "Mexico")]
    found = list(figures(read))
    spend = next(figure for figure in found if figure.block.name == "spend" and figure.role == "value")
    assert [origin.account for origin in spend.origins] == ["Brazil", "Mexico"]
    cells = [figure for figure in found if figure.block.name == "campaigns" and figure.role == "cell"]
    assert cells
    for figure in cells:
        (origin,) = figure.origins
        assert f" {origin.account} " in f" {figure.place} "


def test_the_page_names_the_accounts(tmp_path: Path, api: AnswerSource) -> None:
    """The last page names the accounts of the source; the table's column is in the language of the report."""
    report = report_of(tmp_path, api, "Brazil", "Mexico", more="locale: pt-BR\n")
    page = render_html(PrintedReport(report))[0].content.decode()
    assert "Google Ads (Brazil, Mexico)" in page
    assert block(report, "campaigns").tables[0].columns[1].label == "Conta"
    named = SPEC.replace("fields: {", "fields: {account: {label: Loja}, ")
    report = report_of(tmp_path, api, "Brazil", "Mexico", spec=named, more="locale: pt-BR\n")
    assert block(report, "campaigns").tables[0].columns[1].label == "Loja"


class Accounts(AnswerSource):
    """A source that answers each account by its uuid and the component asked, and tells their facts."""

    def __init__(
        self, answers: Mapping[str, Mapping[str, Answer]], facts: Mapping[str, AccountFacts] | None = None
    ) -> None:
        """Answer with these, by the account's name and the component."""
        self._answers = {ACCOUNTS[name]: own for name, own in answers.items()}
        self._facts = {ACCOUNTS[name]: own for name, own in (facts or {}).items()}

    def fetch(self, queries: Sequence[Query]) -> dict[Query, Answer]:
        """Answer each query; what is not there was not returned."""
        absent = Failure("not_returned", "nothing came")
        return {
            query: self._answers[query.source.uuid].get(str(query.metric["component"]), absent) for query in queries
        }

    def account_facts(self) -> Mapping[str, AccountFacts]:
        """Return the facts."""
        return self._facts


DAYS = tuple(f"2026-10-{day:02}" for day in range(1, 32))
WHOLE: dict[str, Answer] = {
    "number_v1": NumberAnswer(31, 30),
    "chart_v1": ChartAnswer(DAYS, ((1,) * 31,)),
    "datatable_v1": TableAnswer((("Brand", 31, 3, 0.1), ("Total", 31, 3, 0.1))),
}


def test_an_account_that_is_not_answered_degrades_the_report(tmp_path: Path) -> None:
    """No number is smaller for it, the table says whose rows are missing, and staff are told the account's name."""
    report = report_of(tmp_path, Accounts({"Brazil": WHOLE, "Mexico": {}}), "Brazil", "Mexico")
    states = {each.name: each.state for each in report.blocks}
    assert states == {
        "spend": "not_returned",
        "conversions": "not_returned",
        "cpa": "not_returned",
        "spend_by_day": "not_returned",
        "history": "not_returned",
        "campaigns": "partial",
    }
    assert report.verdict == "degraded"
    texts = [warning.text for warning in report.warnings if warning.block == "campaigns"]
    assert any("Mexico: nothing came" in text for text in texts)
    page = render_html(PrintedReport(report))[0].content.decode()
    assert "Without Mexico: could not be read this time." in page


def test_a_table_without_an_account_degrades_the_report(tmp_path: Path) -> None:
    """Though all else was read, the report is degraded, and the line of the source says that something is missing."""
    some = {name: answer for name, answer in WHOLE.items() if name != "datatable_v1"}
    report = report_of(tmp_path, Accounts({"Brazil": WHOLE, "Mexico": some}), "Brazil", "Mexico")
    assert [each.name for each in report.blocks if each.state != "ok"] == ["campaigns"]
    assert report.verdict == "degraded"
    (line,) = source_lines(report.sections[0], report)
    assert (line.complete, line.missing) == (False, ("Campaigns",))


def test_days_of_zero_are_proved_by_the_number_of_all_accounts(tmp_path: Path) -> None:
    """Days that one account leaves out are zero where the days that came add up to the number of the accounts."""
    some = {**WHOLE, "number_v1": NumberAnswer(20), "chart_v1": ChartAnswer(DAYS[:20], ((1,) * 20,))}
    report = report_of(tmp_path, Accounts({"Brazil": WHOLE, "Mexico": some}), "Brazil", "Mexico")
    assert block(report, "spend_by_day").charts[0].series[0].values == (2,) * 20 + (1,) * 11
    assert not [warning for warning in report.warnings if warning.code == "W-ACCOUNTS" and "lacks" in warning.text]


@pytest.mark.parametrize("more", ["", "currency: BRL\n"])
def test_accounts_in_different_currencies_are_never_added(tmp_path: Path, more: str) -> None:
    """The API tells the currencies: amounts fail by name, whatever currency is written, and counts are added up."""
    facts = {"Brazil": AccountFacts("B", "BRL"), "Mexico": AccountFacts("M", "MXN")}
    source = Accounts({"Brazil": WHOLE, "Mexico": WHOLE}, facts)
    report = report_of(tmp_path, source, "Brazil", "Mexico", more=more)
    for name in ("spend", "cpa", "spend_by_day", "campaigns"):
        assert block(report, name).state == "failed"
        assert "Brazil in BRL, Mexico in MXN" in block(report, name).reason
    assert block(report, "conversions").readings[0].value == 62


def test_an_account_whose_currency_is_not_told_is_in_the_written_one(tmp_path: Path) -> None:
    """Of two accounts the API tells pesos of one; the other is in the client's reais, and so they are not added up."""
    source = Accounts({"Brazil": WHOLE, "Mexico": WHOLE}, {"Mexico": AccountFacts("M", "MXN")})
    report = report_of(tmp_path, source, "Brazil", "Mexico", more="currency: BRL\n")
    assert block(report, "spend").state == "failed"
    assert "Brazil in BRL, Mexico in MXN" in block(report, "spend").reason
    (caution,) = [warning for warning in report.warnings if warning.code == "W-CURRENCY"]
    assert "the account 'ads (Mexico)' is in MXN" in caution.text
    same = report_of(tmp_path, source, "Brazil", "Mexico", more="currency: MXN\n")
    assert block(same, "spend").readings[0].unit.currency == "MXN"


def test_accounts_in_the_same_currency_have_it(tmp_path: Path) -> None:
    """Without a written currency the amounts are in that of all accounts; where one is not told, it has no symbol."""
    answers = {"Brazil": WHOLE, "Mexico": WHOLE}
    facts = {"Brazil": AccountFacts("B", "MXN"), "Mexico": AccountFacts("M", "MXN")}
    report = report_of(tmp_path, Accounts(answers, facts), "Brazil", "Mexico")
    assert block(report, "spend").readings[0].unit.currency == "MXN"
    told = report_of(tmp_path, Accounts(answers, {"Brazil": facts["Brazil"]}), "Brazil", "Mexico")
    assert block(told, "spend").readings[0].unit.currency is None
    (caution,) = [warning for warning in told.warnings if warning.code == "W-CURRENCY"]
    assert "in which currency the account 'ads (Mexico)' is" in caution.text


TWO_SOURCES = """\
version: 1
compare: none
sources: {ads: {integration: google_ads}, more: {integration: google_ads}}
sections:
  - title: Ads
    blocks:
      - {name: here, source: ads, format: currency, reference_key: "x:spend", component: number_v1, metrics: [spend]}
      - {name: there, source: more, format: currency, reference_key: "x:spend", component: number_v1, metrics: [spend]}
"""


def of_two_sources(folder: Path, blocks: str) -> Report:
    """Return the report of a source in reais and a source in dollars, with more blocks, of a client in euros."""
    (folder / "spec.yaml").write_text(TWO_SOURCES + blocks)
    written = json.dumps({"ads": ACCOUNTS["Brazil"], "more": ACCOUNTS["Mexico"]})
    (folder / "client.yaml").write_text(f"version: 1\nname: Aurora\ncurrency: EUR\nsources: {written}\n")
    facts = {"Brazil": AccountFacts("B", "BRL"), "Mexico": AccountFacts("M", "USD")}
    source = Accounts({"Brazil": WHOLE, "Mexico": WHOLE}, facts)
    loaded = load_spec(folder / "spec.yaml"), load_client(folder / "client.yaml")
    return build_report(*loaded, answers=source, as_of=NOVEMBER)


@pytest.mark.parametrize(
    "calculated",
    ["{name: all, sum: [here, there], format: currency}", "{metric_table: [{row: A, x: here}, {row: B, x: there}]}"],
)
def test_amounts_of_two_sources_are_calculated_with_in_one_currency(tmp_path: Path, calculated: str) -> None:
    """The API is asked though a currency is written: each amount has its own, and dollars and reais are never added."""
    report = of_two_sources(tmp_path, f"      - {calculated}\n")
    assert [block(report, name).readings[0].unit.currency for name in ("here", "there")] == ["BRL", "USD"]
    assert "BRL and USD" in report.blocks[2].reason
    told = [warning.text for warning in report.warnings if warning.code == "W-CURRENCY"]
    assert told[0].startswith("the account 'ads' is in BRL, and the client or the spec says currency: EUR")
    assert len(told) == 2


def test_a_formula_without_a_unit_has_the_currency_of_its_amounts(tmp_path: Path) -> None:
    """A cost per click is in the account's currency, also where the clicks have no format; a condition asks too."""
    report = of_two_sources(
        tmp_path,
        "      - {name: clicks, source: ads, reference_key: 'x:c', component: number_v1, metrics: [clicks]}\n"
        "      - {name: cpc, formula: here / clicks, format: currency}\n"
        "      - {callout: More here, when: here > there, name: told}\n",
    )
    assert block(report, "cpc").readings[0].unit.currency == "BRL"
    assert "W-CURRENCY" in {warning.code for warning in report.warnings}


class Silent(Accounts):
    """A source that does not tell the facts of its accounts."""

    def account_facts(self) -> Mapping[str, AccountFacts]:
        """Refuse."""
        message = "403: Gone"
        raise RequestRefused(message, 403)


def test_staff_are_told_that_currencies_are_not_known(tmp_path: Path) -> None:
    """Where the API does not tell the currencies, what is written counts for all accounts, and staff are told so."""
    source = Silent({"Brazil": WHOLE, "Mexico": WHOLE})
    report = report_of(tmp_path, source, "Brazil", "Mexico", more="currency: BRL\n")
    assert block(report, "spend").readings[0].value == 62
    (caution,) = [warning for warning in report.warnings if warning.code == "W-ACCOUNTS"]
    assert "ads: its accounts are taken to be in the same currency" in caution.text


def test_names_of_the_api_stand_for_those_that_nobody_wrote(tmp_path: Path) -> None:
    """A list of accounts has the names that the API tells, in the table and in what is said to staff."""
    (tmp_path / "spec.yaml").write_text(SPEC)
    listed = ", ".join(ACCOUNTS[name] for name in ("Brazil", "Mexico"))
    (tmp_path / "client.yaml").write_text(f"version: 1\nname: A\nsources: {{ads: [{listed}]}}\n")
    loaded = load_spec(tmp_path / "spec.yaml"), load_client(tmp_path / "client.yaml")
    facts = {"Brazil": AccountFacts("Padaria"), "Mexico": AccountFacts("Panadería")}
    report = build_report(*loaded, answers=Accounts({"Brazil": WHOLE, "Mexico": WHOLE}, facts), as_of=NOVEMBER)
    assert block(report, "campaigns").tables[0].columns[1].values == ("Padaria", "Panadería")
    assert report.sources[0].accounts == ("Padaria", "Panadería")


def test_a_long_name_of_an_account_stays_on_its_page(tmp_path: Path) -> None:
    """A name without a place to break at, as an address is, leaves no edge of the PDF, which would hold the report."""
    (tmp_path / "spec.yaml").write_text(SPEC)
    listed = ", ".join(ACCOUNTS[name] for name in ("Brazil", "Mexico"))
    (tmp_path / "client.yaml").write_text(f"version: 1\nname: A\nsources: {{ads: [{listed}]}}\n")
    loaded = load_spec(tmp_path / "spec.yaml"), load_client(tmp_path / "client.yaml")
    source = Accounts({"Brazil": WHOLE, "Mexico": WHOLE}, {"Brazil": AccountFacts("lojasexemplo" * 6)})
    report = PrintedReport(build_report(*loaded, answers=source, as_of=NOVEMBER))
    assert [caution for caution in audit(report, FORMATS["pdf"].render(report)) if "edges" in caution.text] == []


def test_requests_are_those_of_each_account(tmp_path: Path) -> None:
    """A plan asks each account for itself, and names it."""
    (tmp_path / "spec.yaml").write_text(SPEC)
    written = json.dumps({name: ACCOUNTS[name] for name in ("Brazil", "Mexico")})
    (tmp_path / "client.yaml").write_text(f"version: 1\nname: A\nsources: {{ads: {written}}}\n")
    plan = make_plan(load_spec(tmp_path / "spec.yaml"), load_client(tmp_path / "client.yaml"), as_of=NOVEMBER)
    requests = planned_requests(plan)
    assert {request.source for request in requests} == {"ads (Brazil)", "ads (Mexico)"}
    own = [request for request in requests if request.source == "ads (Mexico)"]
    assert {request.body["customer_integration"] for request in own} == {ACCOUNTS["Mexico"]}
    assert len(own) * 2 == len(requests)


def test_hand_made_answers_name_the_account(tmp_path: Path) -> None:
    """An answer stands under the source and the account; one without an account is used for none of them."""
    path = tmp_path / "answers.json"
    answers = {"ads/Brazil": {"spend": {"values": 3}}, f"ads/{ACCOUNTS['Mexico']}": {"spend": {"values": 4}}}
    path.write_text(json.dumps(answers))
    assert block(report_of(tmp_path, path, "Brazil", "Mexico"), "spend").readings[0].value == 7
    path.write_text(json.dumps({"ads": {"spend": {"values": 3}}, "conversions": {"values": 9}}))
    report = report_of(tmp_path, path, "Brazil", "Mexico")
    assert {block(report, name).state for name in ("spend", "conversions")} == {"not_returned"}
    assert [warning.text for warning in report.warnings if warning.code == "W-UNUSED"]


def test_a_bundle_holds_the_answers_of_every_account(tmp_path: Path) -> None:
    """A recording of several accounts is packed whole, with a client file that names them, and renders the same."""
    (tmp_path / "spec.yaml").write_text(SPEC)
    written = json.dumps({name: ACCOUNTS[name] for name in ("Brazil", "Mexico")})
    (tmp_path / "client.yaml").write_text(f"version: 1\nname: A\nsources: {{ads: {written}}}\n")
    spec, client, recorded = tmp_path / "spec.yaml", tmp_path / "client.yaml", tmp_path / "answers"
    common = ["--as-of", "2026-11-03", "--format", "json", "-q", "--out"]
    first = ["render", str(spec), "--client", str(client), "--sandbox", "--calm", "--record", str(recorded), *common]
    assert main([*first, str(tmp_path / "first")]) == 0
    bundle = make_bundle(load_spec(spec), load_client(client), recorded)
    with zipfile.ZipFile(io.BytesIO(bundle)) as packed:
        packed.extractall(tmp_path / "again")
    again = tmp_path / "again"
    second = ["render", str(again / "spec.yaml"), "--client", str(again / "client.yaml")]
    assert main([*second, "--answers", str(again / "answers"), *common, str(tmp_path / "second")]) == 0
    (one,), (other,) = ([*(tmp_path / name).glob("*.json")] for name in ("first", "second"))
    assert one.read_bytes() == other.read_bytes()
