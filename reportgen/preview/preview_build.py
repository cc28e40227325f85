"""Builds of a previewed report: the last good build, the problems now, and the printed pages."""

from __future__ import annotations

import io
import threading
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

from reportgen.connect import AnswerSource
from reportgen.errors import Problem, ReportgenError, SpecError, WrongTemplate
from reportgen.outputs.html.web_page import forget_templates, render_html
from reportgen.outputs.measured_report import measured_report
from reportgen.outputs.pdfium import page_picture
from reportgen.pipeline import report_of, today
from reportgen.preview.printed_pages import printed_pages
from reportgen.preview.problem_lines import lines_around
from reportgen.preview.watched_folders import folders_of, folders_to_mend, template_folders
from reportgen.spec.loading import load_spec_and_client
from reportgen.spec.planning import make_plan
from reportgen.spec.theme import load_theme

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from reportgen.model import Report
    from reportgen.preview.printed_pages import Pages
    from reportgen.preview.problem_lines import NumberedLines
    from reportgen.queries import AccountFacts, Answer, Query
    from reportgen.spec.planning import Plan

_PIXELS_A_POINT = 1.75  # a page is 1041 pixels wide, and sharp in a column of a wide screen


@dataclass(frozen=True, slots=True)
class PreviewChoice:
    """The choice of the report that is previewed.

    Attributes:
        spec: The spec's file.
        client: The client's file; None where there is none.
        period: In place of the spec's.
        compare: In place of the spec's.
        as_of: The day of the report; None is today.
    """

    spec: Path
    client: Path | None = None
    period: str | None = None
    compare: str | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class BuiltReport:
    """The last report that could be built.

    Attributes:
        build: The name of this build, different from all others of this preview and of earlier previews on the port.
        report: The report.
        html: Its page, as in its file.
        block_lines: The file and line of each block by its name, as they were last: lines may move in a file without
            another build of the report.
    """

    build: str
    report: Report
    html: str
    block_lines: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PreviewState:
    """The state of a preview.

    Attributes:
        builds: Number of builds tried.
        shown: The last good report; None where there was none yet.
        problems: Problems of the files as they are now; empty where `shown` is made of them.
        lines: Of each of the problems the lines around it, as they were at the build: a file may be saved since.
        seconds: Time of the last build.
        folders: The folders of the files that it depends on.
    """

    builds: int = 0
    shown: BuiltReport | None = None
    problems: tuple[Problem, ...] = ()
    lines: tuple[NumberedLines, ...] = ()
    seconds: float = 0
    folders: frozenset[Path] = frozenset()


@dataclass(slots=True)
class RememberedAnswers(AnswerSource):
    """A source whose answers are asked for once, and remembered as long as the preview runs."""

    source: AnswerSource
    _answers: dict[Query, Answer] = field(default_factory=dict)
    _facts: Mapping[str, AccountFacts] | None = None

    def fetch(self, queries: Sequence[Query]) -> dict[Query, Answer]:
        """Return the answers to queries; a query that was asked before is not asked again."""
        unknown = [query for query in queries if query not in self._answers]
        if unknown:
            self._answers |= self.source.fetch(unknown)
        return {query: self._answers[query] for query in queries}

    def account_facts(self) -> Mapping[str, AccountFacts]:
        """Return the names and currencies of the accounts, asked once."""
        if self._facts is None:
            self._facts = self.source.account_facts()
        return self._facts

    def picture_folder(self) -> Path | None:
        """Return the picture folder of the source."""
        return self.source.picture_folder()


class PreviewBuilder:
    """The builder of a chosen report, again and again, and of its PDF where a browser asks for it.

    Attributes:
        token: A random name of this preview.
        state: The state now; replaced as a whole, so that any thread may read it.
    """

    def __init__(self, choice: PreviewChoice, answers: AnswerSource | Path) -> None:
        """Prepare the builder; no file is read yet.

        Args:
            choice: The report to build.
            answers: The source that is asked, or a file of recorded answers.
        """
        self.token = token_hex(8)
        self._choice = choice
        self._answers = answers
        self._drawing = threading.Lock()  # a build and its pages, one after the other
        self._pages: Pages | None = None
        own = frozenset(file.absolute().parent for file in (choice.spec, choice.client) if file)
        self.state = PreviewState(folders=own | template_folders())

    def build(self, changed: Collection[Path] = ()) -> None:
        """Read all files and make the page; errors become problems, and the last good report stays.

        Args:
            changed: Files that were saved, of which templates are read anew; where it is empty, any may have been.
        """
        began = time.monotonic()
        if not changed or any(path.parent in template_folders() for path in changed):
            forget_templates()
            load_theme.cache_clear()
        before = self.state
        number, shown, folders = before.builds + 1, before.shown, before.folders
        problems: tuple[Problem, ...] = ()
        try:
            with self._drawing:
                plan = self._plan()
                folders = self._folders(plan)
                report = report_of(plan, self._answers, offline=True)
                html = render_html(measured_report(report))[0].content.decode()
                lines_of_blocks = plan.spec.block_lines()
                if shown and (shown.html, shown.report.warnings) == (html, report.warnings):
                    shown = replace(shown, block_lines=lines_of_blocks)
                else:
                    shown = BuiltReport(f"{self.token}-{number}", report, html, lines_of_blocks)
        except SpecError as error:
            problems, folders = error.problems, folders | folders_to_mend(self._choice.spec, error.problems)
        except WrongTemplate as error:
            problems = (error.problem,)
        except ReportgenError as error:
            problems = (Problem("", 0, 0, "", str(error)),)
        lines = tuple(map(lines_around, problems))
        self.state = PreviewState(number, shown, problems, lines, time.monotonic() - began, folders)

    def pages(self, build: str) -> Pages | None:
        """Return the PDF of a build, printed once; None where another build has replaced it.

        Raises:
            OutputError, MissingLibrary: It cannot be printed; see `render_pdf`.
        """
        with self._drawing:
            shown = self.state.shown
            if self._pages and self._pages.build == build:
                return self._pages
            if shown is None or shown.build != build:
                return None
            self._pages = printed_pages(build, shown.report)
            return self._pages

    def picture(self, build: str, number: int) -> bytes | None:
        """Return a page of the printed PDF as a PNG; the first is 1. None where the build has no such page."""
        with self._drawing:
            pages = self._pages
            if pages is None or pages.build != build or not 1 <= number <= len(pages.sizes):
                return None
            width, _ = pages.sizes[number - 1]
            return _png(pages.content, number, width * _PIXELS_A_POINT)

    def _plan(self) -> Plan:
        choice = self._choice
        spec, client = load_spec_and_client(choice.spec, choice.client)
        day = choice.as_of or today(spec, client)
        return make_plan(spec, client, period=choice.period, compare=choice.compare, as_of=day)

    def _folders(self, plan: Plan) -> frozenset[Path]:
        """Return the folders of the files that a report is made from."""
        answers = {self._answers.absolute().parent} if isinstance(self._answers, Path) else set()
        return folders_of(plan) | answers


def _png(pdf: bytes, number: int, width: float) -> bytes:
    file = io.BytesIO()
    page_picture(pdf, number, width=width).save(file, "PNG", compress_level=1)
    return file.getvalue()
