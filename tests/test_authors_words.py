"""What the author says around the figures: words in files, callouts, lists, summaries, annotations, terms."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from typing import TYPE_CHECKING

import pytest

from reportgen import build_report, load_client, load_spec
from reportgen.outputs.text.summaries import sentences
from reportgen.spec.checking import check_file
from tests.outputs.pages import page

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.model import Block, Report

HEAD = """\
version: 1
compare: previous_period
sources: {page: {integration: facebook_page}}
%s
sections:
  - source: page
    title: The page
    blocks:
      - {name: reach, label: Reach, goal: 1500, direction: up_is_good,
         reference_key: "fb:reach", component: number_v1, metrics: [reach]}
      - {name: cost, label: Cost, direction: down_is_good,
         reference_key: "fb:cost", component: number_v1, metrics: [cost]}
      - {name: likes, label: Likes, reference_key: "fb:likes", component: number_v1, metrics: [likes]}
      - {name: by_day, label: By day, reference_key: "fb:days", component: chart_v1,
         metrics: [reach], dimensions: [date], chart_type: line%s}
%s"""
MOVED = {"values": 1200, "comparison": {"values": 800, "difference": 50.0, "absoluteDifference": 400}}
FELL = {"values": 3000, "comparison": {"values": 4000, "difference": -25.0, "absoluteDifference": -1000}}
ANSWERS = {
    "reach": MOVED,
    "cost": FELL,
    "likes": {"values": 5, "comparison": {"values": 5, "difference": 0.0, "absoluteDifference": 0}},
    "by_day": {"labels": [f"2026-10-{day:02}" for day in range(1, 32)], "values": [{"data": [1, 2, 3, *28 * [2]]}]},
}
EMPTY = {"message": "nothing", "type": "no_data_in_period"}
CLIENT = """\
version: 1
name: Padaria Aurora
timezone: America/Sao_Paulo
api: {token: {env: A}, customer_token: {env: B}}
sources: {page: 4addc0da-8583-4dbb-a0e9-c7e2e8470f50}
annotations: [{date: 2026-10-05, text: "The {client.name} fair"}]
"""


def made(  # noqa: PLR0913 - each is one thing to vary
    folder: Path,
    blocks: str = "",
    *,
    keys: str = "",
    chart: str = "",
    answers: dict[str, object] | None = None,
    client: str = "",
    locale: str = "en",
) -> Report:
    """Build the spec with more blocks, keys of its own, and keys of its chart, for October 2026."""
    (folder / "spec.yaml").write_text(HEAD % (keys, chart, blocks))
    (folder / "answers.json").write_text(json.dumps({**ANSWERS, **(answers or {})}))
    (folder / "client.yaml").write_text(client)
    known = load_client(folder / "client.yaml") if client else None
    spec = load_spec(folder / "spec.yaml")
    day = date(2026, 11, 3)
    return build_report(spec, known, answers=folder / "answers.json", as_of=day, locale=locale)


def last(report: Report) -> Block:
    """Return the last block."""
    return report.blocks[-1]


def words(report: Report) -> str:
    """Return the text of the web page."""
    markup = page(report, "screen")
    return " ".join(unescape(re.sub(r"<(style|script|svg).*?</\1>|<[^>]*>", " ", markup, flags=re.DOTALL)).split())


def test_words_in_a_file_of_each_period(tmp_path: Path) -> None:
    """A file's name and its words have variables."""
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "2026-10.md").write_text("Good news for **{client.name}**.")
    report = made(tmp_path, '      - text: {file: "words/{period.id}.md"}', client=CLIENT)
    assert (last(report).kind, last(report).prose) == ("text", "Good news for **Padaria Aurora**.")


def test_an_optional_file_is_left_out(tmp_path: Path) -> None:
    """Commentary that nobody wrote this month leaves no gap and no warning."""
    report = made(tmp_path, "      - text: {file: october.md, optional: true}")
    assert (last(report).name, report.verdict, report.left_out) == ("by_day", "done", ())


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("october.md", None, "october.md"),
        ("october.md", "{client.nmae} did well", "client.nmae"),
        ("../secret.md", "key", "../secret.md"),
    ],
)
def test_a_file_that_cannot_be_used(tmp_path: Path, name: str, content: str | None, reason: str) -> None:
    """A file that is not there, has a word of no meaning or lies elsewhere costs its own block."""
    folder = tmp_path / "specs"
    folder.mkdir()
    if content is not None:
        (folder / name).write_text(content)
    report = made(folder, f'      - text: {{file: "{name}"}}')
    assert (last(report).state, report.verdict) == ("failed", "degraded")
    assert reason in last(report).reason
    assert "nmae" not in words(report)
    assert "secret" not in words(report)


def test_check_tells_of_a_missing_file(tmp_path: Path) -> None:
    """A file whose name is the same for every client is looked for before anything is asked."""
    made(tmp_path, "      - text: {file: words.md, optional: true}")
    assert not check_file(tmp_path / "spec.yaml").problems
    (tmp_path / "spec.yaml").write_text(HEAD % ("", "", "      - text: {file: words.md}"))
    assert "words.md" in str(check_file(tmp_path / "spec.yaml").problems[0])


@pytest.mark.parametrize("tone", ["neutral", "good", "bad", "warn"])
def test_a_callout(tmp_path: Path, tone: str) -> None:
    """A callout is prose with a tone, shown as an aside."""
    report = made(tmp_path, f'      - {{callout: "Stock ran **out**", tone: {tone}, label: Note}}')
    assert (last(report).kind, last(report).tone, last(report).prose) == ("callout", tone, "Stock ran **out**")
    assert f'<aside class="{tone}">' in page(report, "screen")
    assert "Note Stock ran out" in words(report)


def test_a_metric_list(tmp_path: Path) -> None:
    """Numbers of the report are told again in rows, in the order written."""
    report = made(tmp_path, "      - {metric_list: [cost, reach], label: In short}")
    assert [(one.label, one.value) for one in last(report).readings] == [("Cost", 3000), ("Reach", 1200)]
    assert "Cost 3,000 ▼ \N{MINUS SIGN}25.0% better 4,000 in" in words(report)


@pytest.mark.parametrize("block", ["metric_list: [raech]", "summary: [raech]"])
def test_a_list_of_what_is_not_there(tmp_path: Path, block: str) -> None:
    """A name of no number is told with the nearest one."""
    (tmp_path / "spec.yaml").write_text(HEAD % ("", "", f"      - {{{block}}}"))
    [problem] = check_file(tmp_path / "spec.yaml").problems
    assert "'raech' is the name of no number; did you mean 'reach'?" in str(problem)


def test_a_summary_of_a_section_without_figures(tmp_path: Path) -> None:
    """A summary that could never say anything is told before anything is asked, with what its author may mean."""
    more = "  - title: In short\n    blocks: [{summary: %s}]"
    (tmp_path / "spec.yaml").write_text(HEAD % ("", "", more % "auto"))
    [problem] = check_file(tmp_path / "spec.yaml").problems
    assert "write summary: report" in str(problem)
    (tmp_path / "spec.yaml").write_text(HEAD % ("", "", more % "report"))
    assert not check_file(tmp_path / "spec.yaml").problems


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        (
            "en",
            (
                "Reach came to 80% of the goal of 1,500.",
                "Reach rose by 50.0%, to 1,200.",
                "Cost fell by 25.0%, to 3,000, an improvement.",
            ),
        ),
        (
            "pt-BR",
            (
                "Reach: 80% da meta de 1.500.",
                "Reach: alta de 50,0%, para 1.200.",
                "Cost: queda de 25,0%, para 3.000, uma melhora.",
            ),
        ),
        (
            "es",
            (
                "Reach: 80 % del objetivo de 1.500.",
                "Reach: subida de 50,0 %, a 1.200.",
                "Cost: caída de 25,0 %, a 3.000, una mejora.",
            ),
        ),
    ],
)
def test_a_summary(tmp_path: Path, locale: str, expected: tuple[str, ...]) -> None:
    """The goal before the moves, in the client's language; a number that did not move is not told."""
    report = made(tmp_path, "      - {summary: auto}", locale=locale)
    assert tuple(one.replace("\N{NO-BREAK SPACE}", " ") for one in sentences(last(report), report)) == expected


def test_a_summary_tells_what_could_not_be_read(tmp_path: Path) -> None:
    """A figure that did not come is told rather than passed over."""
    broken = {"message": "down", "type": "internal_error"}
    report = made(tmp_path, "      - {summary: [likes, cost]}", answers={"likes": broken})
    assert sentences(last(report), report)[0] == "This figure could not be read: Likes."


def test_a_summary_of_nothing_worth_saying(tmp_path: Path) -> None:
    """Where nothing moved there is no sentence, and no title over an empty place."""
    report = made(tmp_path, "      - {summary: [likes], label: In short}", keys="period: last_month")
    assert sentences(last(report), report) == ()
    assert "In short" not in words(report)


def test_a_summary_tells_of_its_section_or_of_the_report(tmp_path: Path) -> None:
    """`auto` is what stands in the summary's own section, numbers, charts and tables; `report` is all of them."""
    blocks = """      - {summary: auto}
  - title: More
    source: page
    blocks:
      - {name: saves, reference_key: "fb:saves", component: number_v1, metrics: [saves]}
      - {name: hidden, hidden: true, reference_key: "fb:hidden", component: number_v1, metrics: [hidden]}
      - {summary: auto}
      - {summary: report}"""
    report = made(tmp_path, blocks, answers={"saves": FELL, "hidden": FELL})
    told = [block.tells_of for block in report.blocks if block.kind == "summary"]
    assert told[0] == ("reach", "cost", "likes", "by_day")
    assert told[1:] == [("saves",), (*told[0], "saves")]


def test_annotations_of_spec_and_client(tmp_path: Path) -> None:
    """Both say something of days; the days are numbered in order, and told below the chart in words."""
    keys = 'annotations: [{date: 2026-10-02, text: "Shop closed"}, {date: 2026-09-02, text: "Too early"}]'
    report = made(tmp_path, keys=keys, client=CLIENT)
    [chart] = next(block for block in report.blocks if block.name == "by_day").charts
    assert [(one.day, one.text) for one in chart.annotations] == [
        ("2026-10-02", "Shop closed"),
        ("2026-10-05", "The Padaria Aurora fair"),
    ]
    said = words(report)
    assert "1 · Oct 2: Shop closed" in said
    assert "2 · Oct 5: The Padaria Aurora fair" in said
    assert "Too early" not in said


def test_a_chart_without_annotations(tmp_path: Path) -> None:
    """A chart may do without them."""
    report = made(tmp_path, chart=", annotations: false", client=CLIENT)
    assert next(block for block in report.blocks if block.name == "by_day").charts[0].annotations == ()


def test_the_glossary(tmp_path: Path) -> None:
    """Terms stand at the end by the alphabet, whatever their order in the file."""
    report = made(tmp_path, keys='glossary: {Reach: "People who saw {client.name}", "ávido": Eager, CTR: Clicks}')
    assert [term for term, _ in report.glossary] == ["ávido", "CTR", "Reach"]
    assert "Glossary ávido Eager CTR Clicks Reach People who saw" in words(report)


def test_an_empty_section_says_so_in_one_line(tmp_path: Path) -> None:
    """No page of dashes where no figure came; each block can still be found, and words stay."""
    answers: dict[str, object] = dict.fromkeys(("reach", "cost", "likes", "by_day"), EMPTY)
    report = made(tmp_path, "      - text: We were closed.", answers=answers)
    markup = page(report, "screen")
    assert "No figure of this section could be shown: Reach , Cost , Likes , By day ." in words(report)
    assert "We were closed." in words(report)
    assert "<svg" not in markup.split("</header>")[1]
    assert all(f'id="block-{block.name}"' in markup for block in report.blocks)


def test_what_was_left_out_is_listed(tmp_path: Path) -> None:
    """A block left out because it failed stands on the last page by its name, never silently gone."""
    broken = {"message": "down", "type": "internal_error"}
    report = made(tmp_path, chart=", on_failure: omit", answers={"by_day": broken})
    assert report.left_out == ("By day",)
    assert "Left out By day" in words(report)


@pytest.mark.parametrize(("sections", "shown"), [(2, False), (3, True)])
def test_contents(tmp_path: Path, sections: int, *, shown: bool) -> None:
    """A report of three sections or more has its contents on its first page, with page numbers."""
    more = "".join(f"  - title: Part {at}\n    blocks: [{{text: Words}}]\n" for at in range(2, sections + 1))
    markup = page(made(tmp_path, more), "print", {})
    assert ('class="contents"' in markup) is shown
    assert ('<a href="#section-3" class="drawn">Part 3<span>' in markup) is shown
