"""The pipeline: from answers to a report with a verdict, and to files."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, cast

import pytest
from pydantic import SecretStr

from reportgen import build_report, load_client, load_spec, write_report
from reportgen.connect import AnswerSource
from reportgen.connect.live_answers import live_answers
from reportgen.errors import ConfigurationError
from reportgen.fetching import planned_requests
from reportgen.model import PageSetup
from reportgen.outputs.html.web_page import render_html
from reportgen.outputs.printed import PrintedReport
from reportgen.pipeline import today
from reportgen.queries import Failure, NumberAnswer
from reportgen.report_verdict import verdict
from reportgen.spec.planning import make_plan
from tests.canaries import CUSTOMER, TOKEN
from tests.connect.asking import hasty
from tests.faultserver import json_reply, routed, serving
from tests.outputs import reports

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.model import PdfVariant, Report
    from reportgen.queries import Answer, Query
    from reportgen.spec.client_file import Client
    from reportgen.spec.report_spec import ReportSpec
    from tests.faultserver import Fault

SPEC = """\
version: 1
sources: {instagram: {integration: instagram_business}, tiktok: {integration: tiktok, optional: true}}
sections:
  - title: Instagram
    source: instagram
    blocks:
      - {name: reach, trend: by_day, reference_key: "ig:reach", component: number_v1, metrics: [reach]}
      - {name: by_day, hidden: true, reference_key: "ig:days", component: chart_v1,
         metrics: [impressions, reach], dimensions: [date]}
      - {name: likes, reference_key: "ig:likes", component: number_v1, metrics: [likes]}
      - {name: views, source: tiktok, reference_key: "tt:views", component: number_v1, metrics: [views]}
"""
ANSWERS = {
    "reach": {"values": 10, "comparison": {"values": 8, "difference": 25.0, "absoluteDifference": 2}},
    "by_day": {"labels": ["2026-10-01", "2026-10-02"], "values": [{"data": [7, 8]}, {"data": [4, 6]}]},
    "likes": {"message": "cannot be combined", "type": "invalid_metrics_combination"},
}
NOVEMBER = date(2026, 11, 3)


@pytest.fixture
def spec(tmp_path: Path) -> ReportSpec:
    """Return the spec, from a file called social.yaml."""
    (tmp_path / "social.yaml").write_text(SPEC)
    return load_spec(tmp_path / "social.yaml")


@pytest.fixture
def client(tmp_path: Path) -> Client:
    """Return a client without TikTok and without api."""
    (tmp_path / "aurora.yaml").write_text(
        "version: 1\nname: Aurora\nsources: {instagram: 4addc0da-8583-4dbb-a0e9-c7e2e8470f50}\n"
    )
    return load_client(tmp_path / "aurora.yaml")


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Return the file of answers."""
    (tmp_path / "answers.json").write_text(json.dumps(ANSWERS))
    return tmp_path / "answers.json"


class Refusing(AnswerSource):
    """A source of answers in which everything fails."""

    def fetch(self, queries: Sequence[Query]) -> dict[Query, Answer]:
        """Fail every query."""
        return dict.fromkeys(queries, Failure("failed", "the request was refused"))


class Sevens(AnswerSource):
    """A source that answers every query with seven."""

    def fetch(self, queries: Sequence[Query]) -> dict[Query, Answer]:
        """Answer every query."""
        return dict.fromkeys(queries, NumberAnswer(7, 7))


def test_blocks_are_resolved_from_recorded_answers(spec: ReportSpec, client: Client, answers: Path) -> None:
    """Values, states and reasons arrive; hidden blocks are left out of the report."""
    report = build_report(spec, client, answers=answers, as_of=NOVEMBER)
    assert [(block.name, block.state) for block in report.blocks] == [("reach", "ok"), ("likes", "failed")]
    assert report.blocks[0].readings[0].value == 10


def test_a_trend_becomes_a_sparkline_of_the_numbers_metric(spec: ReportSpec, client: Client, answers: Path) -> None:
    """The small line is the series of the same metric, not the first one."""
    (chart,) = build_report(spec, client, answers=answers, as_of=NOVEMBER).blocks[0].charts
    assert (chart.kind, [series.values[:3] for series in chart.series]) == ("sparkline", [(4, 6, None)])


def test_what_went_wrong_is_said_to_staff(spec: ReportSpec, client: Client, answers: Path) -> None:
    """A failed block and an absent source are warnings, with codes."""
    warnings = build_report(spec, client, answers=answers, as_of=NOVEMBER).warnings
    assert [(warning.code, warning.block) for warning in warnings] == [("W-ABSENT", None), ("W-FAILED", "likes")]
    assert "invalid_metrics_combination" in warnings[1].text


def test_a_client_has_its_own_paper(spec: ReportSpec, client: Client, answers: Path, tmp_path: Path) -> None:
    """The keys of a client's page go before the spec's; those that it does not write stay the spec's."""
    wide = "page: {paper: letter, landscape: true}\n"
    (tmp_path / "wide.yaml").write_text(SPEC + wide)
    (tmp_path / "slides.yaml").write_text(client.path.read_text() + "page: {paper: slide}\n")
    specs = (spec, load_spec(tmp_path / "wide.yaml"))
    clients = (client, load_client(tmp_path / "slides.yaml"))
    pages = [build_report(one, other, answers=answers, as_of=NOVEMBER).page for one in specs for other in clients]
    assert pages == [
        PageSetup(),
        PageSetup("slide"),
        PageSetup("letter", landscape=True),
        PageSetup("slide", landscape=True),
    ]


def test_a_rate_that_was_not_answered_is_worked_out(tmp_path: Path) -> None:
    """What comes from this report's own answers is printed, though no answer holds it."""
    (tmp_path / "spec.yaml").write_text(
        "version: 1\nsources: {ads: {integration: google_ads}}\nsections:\n  - source: ads\n    blocks:\n"
        "      - {name: top, reference_key: 'gads:top', component: datatable_v1, dimensions: [campaign],\n"
        "         metrics: [clicks, impressions, ctr], fields: {ctr: {format: percent}}}\n"
    )
    rows = [["A", 2000, 40_000, 0.05], ["B", 1000, 50_000, 0.02], ["Total", 3000, 90_000, 0.07]]
    (tmp_path / "answers.json").write_text(json.dumps({"top": {"values": rows}}))
    report = build_report(load_spec(tmp_path / "spec.yaml"), answers=tmp_path / "answers.json", as_of=NOVEMBER)
    assert (report.blocks[0].tables[0].total or ())[-1] == pytest.approx(1 / 30)
    assert [(warning.code, warning.block) for warning in report.warnings] == [("W-TOTAL", "top")]


def test_answers_nobody_asked_for_are_said(spec: ReportSpec, client: Client, tmp_path: Path) -> None:
    """A misspelt id in a hand-made file does not vanish in silence."""
    (tmp_path / "answers.json").write_text(json.dumps({**ANSWERS, "raech": {"values": 1}}))
    report = build_report(spec, client, answers=tmp_path / "answers.json", as_of=NOVEMBER)
    assert [warning.text for warning in report.warnings if warning.code == "W-UNUSED"] == [
        "the answers hold 'raech', which no block asks for"
    ]


def test_every_printed_number_leads_to_its_query(spec: ReportSpec, client: Client, answers: Path) -> None:
    """Each block's digests are in the report's list of queries, with the structure sent."""
    report = build_report(spec, client, answers=answers, as_of=NOVEMBER)
    asked = [[report.queries[digest].metric["reference_key"] for digest in block.queries] for block in report.blocks]
    # the number's own, and its small line's of both periods
    assert asked == [["ig:reach", "ig:days", "ig:days"], ["ig:likes"]]


@pytest.mark.parametrize(("strict", "expected"), [(False, "degraded"), (True, "held")])
def test_a_hidden_failure_counts(spec: ReportSpec, client: Client, tmp_path: Path, strict: bool, expected: str) -> None:  # noqa: FBT001 - a table of cases
    """A block that is only asked for its numbers is part of the report's verdict."""
    given = {"reach": {"values": 5}, "likes": {"values": 5}}
    (tmp_path / "answers.json").write_text(json.dumps(given))
    report = build_report(spec, client, answers=tmp_path / "answers.json", as_of=NOVEMBER, strict=strict)
    assert report.verdict == expected


@pytest.mark.parametrize(
    ("states", "strict", "expected"),
    [
        (("ok", "no_data", "partial"), False, "done"),
        (("ok", "no_data"), True, "done"),
        (("ok", "failed"), False, "degraded"),
        (("ok", "not_returned"), False, "degraded"),
        (("ok", "expired"), True, "held"),
    ],
)
def test_verdict(states: tuple[str, ...], strict: bool, expected: str) -> None:  # noqa: FBT001 - a table of cases
    """A failure degrades a report, or holds it where every block is required; no data is no failure."""
    samples = {"ok": reports.NUMBER, "failed": reports.FAILED, "no_data": reports.NO_DATA}
    extra = {
        "partial": replace(reports.NUMBER, state="partial"),
        "not_returned": replace(reports.FAILED, state="not_returned"),
        "expired": replace(reports.FAILED, state="expired"),
    }
    assert verdict([{**samples, **extra}[state] for state in states], strict=strict) == expected


def test_a_source_of_which_all_failed_is_failed(spec: ReportSpec, client: Client) -> None:
    """The report says which accounts could not be read and which the client does not have."""
    report = build_report(spec, client, answers=Refusing(), as_of=NOVEMBER)
    assert [(source.alias, source.status) for source in report.sources] == [
        ("instagram", "failed"),
        ("tiktok", "absent"),
    ]
    assert report.verdict == "held"


def test_without_answers_a_client_is_needed(spec: ReportSpec) -> None:
    """Nothing is asked on behalf of nobody."""
    with pytest.raises(ConfigurationError, match="without a client"):
        build_report(spec, as_of=NOVEMBER)


def test_without_tokens_nothing_is_asked(spec: ReportSpec, client: Client) -> None:
    """A client without api cannot ask, and is told so."""
    with pytest.raises(ConfigurationError, match="has no api"):
        build_report(spec, client, as_of=NOVEMBER)


def test_today_is_the_day_in_the_reports_zone(spec: ReportSpec) -> None:
    """Without a day given, the report's day is one that it is now somewhere on Earth."""
    now = datetime.now(UTC).date()
    assert abs(today(spec, None) - now) <= timedelta(days=1)


def test_planned_requests_are_exact(spec: ReportSpec, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan shows each request as it would be sent, and to where."""
    monkeypatch.setenv("REPORTGEN_API_URL", "http://127.0.0.1:9/api")
    request, compared = planned_requests(make_plan(spec, client, as_of=NOVEMBER))
    assert (request.source, request.window, request.method) == ("instagram", "2026-10-01..2026-10-31", "POST")
    assert request.url == "http://127.0.0.1:9/api/metrics/get-data"
    assert request.body["comparison_start"] == "2026-09-01"
    assert [metric["reference_key"] for metric in cast("list[dict[str, str]]", request.body["metrics"])] == [
        "ig:reach",
        "ig:days",
        "ig:likes",
    ]
    assert (compared.window, compared.body["start"], "comparison_start" in compared.body) == (
        "2026-09-01..2026-09-30",
        "2026-09-01",
        False,
    )
    assert [metric["reference_key"] for metric in cast("list[dict[str, str]]", compared.body["metrics"])] == ["ig:days"]


def test_files_are_named_after_client_and_period(tmp_path: Path) -> None:
    """The paths come back in the order of the formats."""
    paths = write_report(reports.report(reports.NUMBER), tmp_path, ("json", "html"))
    assert [path.name for path in paths] == [
        "padaria-aurora-instagram-2026-10.json",
        "padaria-aurora-instagram-2026-10.html",
    ]
    assert all(path.stat().st_size for path in paths)


def test_a_held_report_is_not_among_the_deliverables(tmp_path: Path) -> None:
    """What may not be sent stands apart."""
    (path,) = write_report(replace(reports.report(reports.FAILED), verdict="held"), tmp_path, ("json",))
    assert path.parent == tmp_path / "held"


def test_a_moment_and_an_iterator_are_what_they_hold(
    spec: ReportSpec, client: Client, answers: Path, tmp_path: Path
) -> None:
    """A moment is a day to Python, and its day is taken; formats may come from any iterable."""
    moment = datetime(2026, 11, 3, 23, 59)  # noqa: DTZ001 - without a zone on purpose
    report = build_report(spec, client, answers=answers, as_of=moment, locale="pt_br")
    assert (report.as_of, report.locale) == (NOVEMBER, "pt-BR")
    formats = (name for name in ("json", "html"))
    assert [path.suffix for path in write_report(report, tmp_path / "out", cast("Sequence[str]", formats))] == [
        ".json",
        ".html",
    ]


def test_unknown_words_of_a_call_are_errors_of_ours(
    spec: ReportSpec, client: Client, answers: Path, tmp_path: Path
) -> None:
    """Each says what may be written."""
    with pytest.raises(ConfigurationError, match="'xx' is no locale; write a language"):
        build_report(spec, client, answers=answers, as_of=NOVEMBER, locale="xx")
    report = build_report(spec, client, answers=answers, as_of=NOVEMBER)
    with pytest.raises(ConfigurationError, match="'pdf/ua1' is no variant; write one of pdf/ua-1, pdf/a-3u"):
        write_report(report, tmp_path / "out", pdf_variant=cast("PdfVariant", "pdf/ua1"))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"spec": 3}, "spec is 3; give the ReportSpec that load_spec returns"),
        ({"client": {"tokens": "hush"}}, "client is a dict; give the Client that load_client returns, or None"),
        ({"period": 5}, "period is 5; give a text such as '2026-10', or None"),
        ({"compare": 5}, "compare is 5; give a text such as 'previous_period', two of them, or None"),
        ({"compare": ["none", 5]}, "compare is 5; give a text such as 'previous_period', two of them, or None"),
        ({"as_of": "2026-11-01"}, "as_of is '2026-11-01'; give a day such as datetime.date(2026, 11, 1), or None"),
        ({"locale": ["de"]}, "locale is a list; give a text such as 'pt-BR', or None"),
        ({"strict": "no"}, "strict is 'no'; give True or False"),
        (
            {"answers": {}},
            (
                "answers is a dict; give the path of a file or a folder of recorded answers, a class of yours below "
                "reportgen.connect.AnswerSource, or None"
            ),
        ),
    ],
)
def test_an_argument_of_another_type_is_named(
    spec: ReportSpec, client: Client, answers: Path, given: dict[str, object], message: str
) -> None:
    """With its value and what is allowed, and not by an error of Python from deep within; a mapping is not printed."""
    arguments = {"spec": spec, "client": client, "answers": answers, "as_of": NOVEMBER} | given
    with pytest.raises(ConfigurationError) as raised:
        cast("Callable[..., Report]", build_report)(**arguments)
    assert str(raised.value) == message


def test_an_unknown_format_writes_nothing(tmp_path: Path) -> None:
    """All formats are known before the first file is made."""
    with pytest.raises(ConfigurationError, match="'docx' is no format"):
        write_report(reports.report(reports.NUMBER), tmp_path, ("json", "docx"))
    assert not list(tmp_path.iterdir())


def test_formats_in_a_text(tmp_path: Path) -> None:
    """A single text is a format, or several with commas, and not a list of its letters."""
    report = reports.report(reports.NUMBER)
    assert [path.suffix for path in write_report(report, tmp_path, "json")] == [".json"]
    assert [path.suffix for path in write_report(report, tmp_path, formats="json, html")] == [".json", ".html"]


def test_a_failed_format_leaves_no_other(tmp_path: Path) -> None:
    """Everything is rendered before the first file is written."""
    unknown_kind = replace(reports.NUMBER, kind="hologram")
    with pytest.raises(Exception, match="hologram"):
        write_report(reports.report(unknown_kind), tmp_path, ("json", "html"))
    assert not list(tmp_path.iterdir())


def test_a_section_of_hidden_blocks_is_no_page(tmp_path: Path) -> None:
    """A section of which nothing is shown is left out."""
    (tmp_path / "social.yaml").write_text(
        SPEC
        + """  - title: Hidden
    source: instagram
    blocks:
      - {hidden: true, reference_key: "ig:x", component: number_v1, metrics: [x]}
"""
    )
    report = build_report(load_spec(tmp_path / "social.yaml"), answers=Sevens(), as_of=NOVEMBER)
    assert [section.title for section in report.sections] == ["Instagram"]


def test_number_without_trend_has_no_chart(spec: ReportSpec, client: Client) -> None:
    """A number whose trend chart failed is printed without a line, not left out."""
    block = build_report(spec, client, answers=Sevens(), as_of=NOVEMBER).blocks[0]
    assert (block.state, block.charts) == ("ok", ())


PICTURES = """\
version: 1
images: {hosts: [cdn.example.com]}
sections:
  - title: Pictures
    blocks:
      - {name: text, text: All is well.}
      - {name: near, image: near.png, alt: Near}
      - {name: far, image: "https://cdn.example.com/far.png?key=a", alt: Far}
"""


@pytest.mark.parametrize("content", [None, b"", b"renamed", b'<!DOCTYPE x [<!ENTITY a "b">]><svg/>'])
def test_an_unfit_picture_costs_its_block(tmp_path: Path, content: bytes | None) -> None:
    """T13: a picture that is missing, empty, renamed or explosive leaves a placeholder, and the rest is printed."""
    (tmp_path / "p.yaml").write_text(PICTURES)
    (tmp_path / "answers.json").write_text("{}")
    if content is not None:
        (tmp_path / "near.png").write_bytes(content)
    report = build_report(load_spec(tmp_path / "p.yaml"), answers=tmp_path / "answers.json", as_of=NOVEMBER)
    assert [block.state for block in report.sections[0].blocks] == ["ok", "failed", "failed"]
    assert (report.verdict, [caution.code for caution in report.warnings]) == ("degraded", ["W-FAILED", "W-FAILED"])
    assert "key=a" not in repr(report.warnings)
    html = render_html(PrintedReport(report))[0].content.decode()
    assert ("near.png" in html, "cdn.example.com" in html, html.count('class="missing"')) == (False, False, 2)


MONEY = """
version: 1
sources: {ads: {integration: google_ads}}
sections:
  - source: ads
    blocks:
      - {name: spend, format: currency, reference_key: "gads:cost_micros", component: number_v1, metrics: [cost]}
      - {name: clicks, format: count, reference_key: "gads:clicks", component: number_v1, metrics: [clicks]}
      - {name: cpc, formula: spend / clicks, format: currency}
"""
ADS_UUID = "9d3c11aa-5a52-4c0e-8a25-0a3a8a6b7f10"


def priced(tmp_path: Path, key: str, *faults: Fault) -> tuple[Report, list[str]]:
    """Build a report of amounts from a live API; returns it and the paths that were asked."""
    (tmp_path / "money.yaml").write_text(MONEY + key)
    (tmp_path / "client.yaml").write_text(f"version: 1\nname: A\nsources: {{ads: {ADS_UUID}}}\n")
    account: JsonValue = {"uuid": ADS_UUID, "currency": "USD", "status": "active"}
    listed = faults[0] if faults else json_reply({"data": [account], "meta": {"last_page": 1}})
    with serving(routed({"GET /customer-integrations": listed})) as server:
        live = live_answers(server.address, SecretStr(TOKEN), SecretStr(CUSTOMER), traffic=hasty())
        spec, client = load_spec(tmp_path / "money.yaml"), load_client(tmp_path / "client.yaml")
        report = build_report(spec, client, answers=live, as_of=NOVEMBER)
    return report, [hit.path.removeprefix("/api/") for hit in server.hits]


def test_an_account_names_its_own_currency(tmp_path: Path) -> None:
    """Where nobody says the currency, the account is asked once, and formulas of its amounts are in it too."""
    report, asked = priced(tmp_path, "")
    assert [block.readings[0].unit.currency for block in report.blocks] == ["USD", None, "USD"]
    assert asked == ["metrics/get-data", "customer-integrations"]
    assert report.warnings == ()


def test_the_authors_currency_is_not_asked_for(tmp_path: Path) -> None:
    """Where the spec says it, it is used, and the accounts are not asked."""
    report, asked = priced(tmp_path, "currency: BRL\n")
    assert report.blocks[0].readings[0].unit.currency == "BRL"
    assert asked == ["metrics/get-data"]


def test_a_currency_that_is_not_told_costs_only_the_symbol(tmp_path: Path) -> None:
    """Amounts are printed without a symbol, and a warning says why and what to write."""
    report, _ = priced(tmp_path, "", json_reply({"message": "Gone"}, 403))
    assert (report.verdict, report.blocks[0].readings[0].value) == ("done", 1)
    (warning,) = report.warnings
    assert warning.code == "W-CURRENCY"
    assert "403: Gone; the amounts have no symbol; write currency: in the client or the spec" in warning.text
