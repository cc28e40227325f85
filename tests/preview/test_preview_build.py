"""The desk: the report is built again, its answers are asked for once, and the last good one stays."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.connect import AnswerSource
from reportgen.errors import Problem
from reportgen.outputs.html.web_page import forget_templates, render_html
from reportgen.outputs.printed import PrintedReport
from reportgen.preview.browser_messages import state_json
from reportgen.preview.preview_build import PreviewBuilder, PreviewChoice, RememberedAnswers
from reportgen.preview.problem_lines import lines_around
from reportgen.preview.watched_folders import template_folders
from reportgen.queries import Failure
from reportgen.spec.theme import load_theme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from reportgen.preview.preview_build import PreviewState
    from reportgen.queries import AccountFacts, Answer, Query

SPEC = """\
version: 1
title: "Social {client.name}"
compare: none
agency: {name: Norte, logo: images/norte.svg}
sources:
  instagram: {integration: instagram_business}
sections:
  - title: Numbers
    source: instagram
    blocks:
      - {component: number_v1, reference_key: "ig:reach", name: reach, metrics: [reach], label: Reach}
      - text: {file: "words/{client.slug}.md", optional: true}
      - {image: images/norte.svg, alt: A compass}
"""
CLIENT = """\
version: 1
name: Aurora
brand: {logo: brand/aurora.svg}
sources: {instagram: 4addc0da-8583-4dbb-a0e9-c7e2e8470f50}
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>'


class Counting(AnswerSource):
    """Answers nothing, and counts what it is asked."""

    def __init__(self) -> None:
        """Begin with no question."""
        self.asked: list[str] = []

    def fetch(self, queries: Sequence[Query]) -> dict[Query, Answer]:
        """Count the questions."""
        self.asked += [str(query.metric["reference_key"]) for query in queries]
        return {query: Failure("not_returned", "nothing") for query in queries}

    def account_facts(self) -> Mapping[str, AccountFacts]:
        """Count this question too."""
        self.asked.append("facts")
        return {}


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """Return the path of a spec with a client, a logo for each, and words that nobody has written yet."""
    for name in ("images/norte.svg", "client/brand/aurora.svg"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(PICTURE)
    (tmp_path / "client/aurora.yaml").write_text(CLIENT)
    (tmp_path / "social.yaml").write_text(SPEC)
    return tmp_path / "social.yaml"


def desk_of(spec: Path, source: AnswerSource | None = None) -> PreviewBuilder:
    """Return a desk of the spec and its client."""
    choice = PreviewChoice(spec, spec.parent / "client/aurora.yaml", as_of=date(2026, 11, 3))
    return PreviewBuilder(choice, RememberedAnswers(source or Counting()))


def shown_of(state: PreviewState) -> tuple[str, str]:
    """Return the name of the build and the page of what is shown."""
    assert state.shown is not None
    return state.shown.build, state.shown.html


def test_the_page_is_the_file(spec: Path) -> None:
    """What the preview shows is, byte for byte, what `render` would write: nothing is added to it."""
    desk = desk_of(spec)
    desk.build()
    assert desk.state.shown is not None
    (artifact,) = render_html(PrintedReport(desk.state.shown.report))
    assert shown_of(desk.state)[1].encode() == artifact.content
    assert b"<script" not in artifact.content or b"keepAsking" not in artifact.content


def test_answers_are_asked_for_once(spec: Path) -> None:
    """A text edit asks nothing; a new metric asks for that alone."""
    source = Counting()
    desk = desk_of(spec, source)
    desk.build()
    spec.write_text(SPEC.replace("label: Reach", "label: People"))
    desk.build()
    assert source.asked == ["ig:reach"]
    likes = '      - {component: number_v1, reference_key: "ig:likes", metrics: [likes], format: currency}\n'
    spec.write_text(SPEC + likes)
    desk.build()
    desk.build()
    assert source.asked == ["ig:reach", "ig:likes", "facts"]


def test_what_is_wrong_leaves_the_last_good_report(spec: Path) -> None:
    """Every problem is there with file, line and column; the report stays, and comes back when it is mended."""
    desk = desk_of(spec)
    desk.build()
    before = shown_of(desk.state)
    spec.write_text(SPEC.replace("compare: none", "compare: nothing").replace("title: Numbers", "titel: Numbers"))
    desk.build()
    assert [(one.line, one.column) for one in desk.state.problems] == [(3, 10), (8, 5)]
    assert shown_of(desk.state) == before
    spec.write_text(SPEC)
    desk.build()
    assert desk.state.problems == ()
    assert shown_of(desk.state) == before, "the same page is no new report"


def test_a_spec_that_was_wrong_from_the_start(spec: Path) -> None:
    """There is nothing to show, and it is said why."""
    spec.write_text("version: 2\n")
    desk = desk_of(spec)
    desk.build()
    assert desk.state.shown is None
    assert desk.state.problems
    assert desk.pages(f"{desk.token}-1") is None


def test_what_a_spec_includes_is_watched(spec: Path) -> None:
    """Its folder is among those of the report, and its problems are told with its own file and line."""
    words = spec.parent / "fragments/words.yaml"
    words.parent.mkdir()
    words.write_text("- {text: A good month.}\n")
    spec.write_text(SPEC + "      - {include: fragments/words.yaml}\n")
    desk = desk_of(spec)
    desk.build()
    assert words.parent in desk.state.folders
    assert "A good month." in shown_of(desk.state)[1]
    words.write_text("- {text: A good month.}\n- {txt: And more.}\n")
    desk.build([words])
    assert [(one.file, one.line) for one in desk.state.problems] == [(str(words), 2)]
    words.write_text("- {text: A better month.}\n")
    desk.build([words])
    assert "A better month." in shown_of(desk.state)[1]


@pytest.mark.parametrize("content", [None, "- {txt: Wrong}\n"])
def test_a_fragment_that_is_wrong_from_the_start_is_watched(spec: Path, content: str | None) -> None:
    """Missing or wrong, its folder is watched, so that mending it shows the first report."""
    words = spec.parent / "fragments/words.yaml"
    words.parent.mkdir()
    if content:
        words.write_text(content)
    spec.write_text(SPEC + "      - {include: fragments/words.yaml}\n")
    desk = desk_of(spec)
    desk.build()
    assert desk.state.shown is None
    assert words.parent in desk.state.folders


def test_what_is_no_problem_of_a_file_is_told_too(spec: Path) -> None:
    """A logo that is missing has no line, but words."""
    (spec.parent / "images/norte.svg").unlink()
    desk = desk_of(spec)
    desk.build()
    assert any("norte.svg" in str(one) for one in desk.state.problems)


def test_every_folder_of_the_report_is_watched(spec: Path) -> None:
    """The spec's, the client's, those of pictures, of words that nobody has written yet, and of templates."""
    desk = desk_of(spec)
    desk.build()
    folder = spec.parent
    own = {folder, folder / "client", folder / "client/brand", folder / "images", folder / "words"}
    assert desk.state.folders == own | template_folders()


def test_the_folder_of_a_picture_that_is_missing_is_watched(spec: Path) -> None:
    """Without it there is no report, but the picture may come."""
    (spec.parent / "client/brand/aurora.svg").unlink()
    desk = desk_of(spec)
    desk.build()
    assert desk.state.problems
    assert spec.parent / "client/brand" in desk.state.folders


def test_a_file_of_answers_is_read_again(spec: Path) -> None:
    """Somebody who writes answers by hand sees them, so their folder is watched too."""
    kept = spec.parent / "kept"
    kept.mkdir()
    (kept / "answers.json").write_text('{"reach": {"values": 51234}}')
    desk = PreviewBuilder(
        PreviewChoice(spec, spec.parent / "client/aurora.yaml", as_of=date(2026, 11, 3)), kept / "answers.json"
    )
    desk.build()
    assert kept in desk.state.folders
    assert "51234" in shown_of(desk.state)[1].replace(",", "")
    (kept / "answers.json").write_text('{"reach": {"values": 61234}}')
    desk.build()
    assert "61234" in shown_of(desk.state)[1].replace(",", "")


def test_words_that_are_written_later_are_shown(spec: Path) -> None:
    """A commentary file is read anew with each build."""
    desk = desk_of(spec)
    desk.build()
    (spec.parent / "words").mkdir()
    (spec.parent / "words/aurora.md").write_text("It was a *good* month.")
    desk.build()
    assert "<em>good</em>" in shown_of(desk.state)[1]


def test_pages_are_printed_once_a_report(spec: Path) -> None:
    """The PDF is made when it is looked at, and made again only for another report."""
    desk = desk_of(spec)
    desk.build()
    build, _ = shown_of(desk.state)
    pages = desk.pages(build)
    assert pages is not None
    assert pages.content.startswith(b"%PDF-")
    assert [round(width) for width, _ in pages.sizes] == [595] * len(pages.sizes)
    assert (desk.picture(build, 1) or b"").startswith(b"\x89PNG")
    assert desk.pages(build) is pages
    assert [desk.picture(build, number) for number in (0, len(pages.sizes) + 1)] == [None, None]
    spec.write_text(SPEC.replace("label: Reach", "label: People"))
    desk.build()
    after, _ = shown_of(desk.state)
    assert desk.pages(after) is not pages
    assert (desk.pages(build), desk.picture(build, 1)) == (None, None)


def test_no_two_builds_have_one_name(spec: Path) -> None:
    """Neither of one desk nor of two that show the same: a browser may still have what the one before showed."""
    desks = desk_of(spec), desk_of(spec)
    names = []
    for text in (SPEC, SPEC.replace("label: Reach", "label: People")):
        spec.write_text(text)
        for desk in desks:
            desk.build()
            names.append(shown_of(desk.state)[0])
    assert len(set(names)) == 4


def test_a_problem_is_told_with_the_lines_around_it(tmp_path: Path) -> None:
    """Two before and two after, as far as there are any; none of a file that is gone."""
    path = tmp_path / "a.yaml"
    path.write_text("one\ntwo\nthree\nfour\n")
    assert lines_around(Problem(str(path), 2, 1, "here", "wrong")) == (
        (1, "one"),
        (2, "two"),
        (3, "three"),
        (4, "four"),
    )
    assert lines_around(Problem(str(tmp_path / "b"), 2, 1, "", "gone")) == ()


def test_the_lines_of_a_problem_are_those_of_its_build(spec: Path) -> None:
    """A spec that was saved since, and has fewer lines now, does not take away the line that was wrong."""
    spec.write_text(f"{SPEC}perod: x\n")
    desk = desk_of(spec)
    desk.build()
    spec.write_text(SPEC)
    assert [one["lines"][-1] for one in state_json(desk.state)["problems"]] == [  # type: ignore[union-attr, index, call-overload]
        [len(SPEC.splitlines()) + 1, "perod: x"]
    ]


def test_templates_can_be_forgotten(spec: Path) -> None:
    """After a template was saved the page is made from what it is now; unchanged, it is the same page."""
    desk = desk_of(spec)
    desk.build()
    before = shown_of(desk.state)
    forget_templates()
    desk.build([next(iter(template_folders())) / "report.html"])
    assert shown_of(desk.state) == before


def test_a_build_without_known_changes_reads_themes_anew(spec: Path) -> None:
    """A theme that was saved while other folders began to be watched is in no change, and is shown all the same."""
    desk = desk_of(spec)
    desk.build()
    kept = load_theme("paper")
    desk.build([spec])
    assert load_theme("paper") is kept
    desk.build()
    assert load_theme("paper") is not kept
