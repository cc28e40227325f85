"""The report on the desk: what was last built of it, what is wrong with it now, and its pages."""

from __future__ import annotations

import io
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

from reportgen.connect import AnswerSource
from reportgen.errors import Problem, ReportgenError, SpecError
from reportgen.outputs.html.web_page import forget_templates, render_html
from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.pdfium import page_picture, page_sizes
from reportgen.outputs.printed import PrintedReport
from reportgen.pipeline import report_of, today
from reportgen.preview.watched_folders import folders_of, folders_to_mend, template_folders
from reportgen.spec.loading import load_spec_and_client
from reportgen.spec.planning import make_plan
from reportgen.spec.theme import load_theme

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from reportgen.model import Report
    from reportgen.queries import Answer, Query

_PIXELS_A_POINT = 1.75  # a page is 1041 pixels wide, and sharp in a column of a wide screen


@dataclass(frozen=True, slots=True)
class PreviewChoice:
    """What is previewed.

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
class Shown:
    """The last report that could be built.

    Attributes:
        build: A name of this build that no other has, of this preview or of one before it on the same port.
        report: What was built.
        html: Its page, as its file would hold it.
    """

    build: str
    report: Report
    html: str


@dataclass(frozen=True, slots=True)
class PreviewState:
    """How the desk is at one moment.

    Attributes:
        builds: How often it was tried.
        shown: The last good report; None where there was none yet.
        problems: What keeps the files as they are now from being a report; empty where `shown` is of them.
        seconds: How long the last try took.
        folders: Whose files it depends on.
    """

    builds: int = 0
    shown: Shown | None = None
    problems: tuple[Problem, ...] = ()
    seconds: float = 0
    folders: frozenset[Path] = frozenset()


@dataclass(frozen=True, slots=True)
class Pages:
    """The PDF of a build, and the size in points of each page."""

    build: str
    content: bytes
    sizes: tuple[tuple[float, float], ...]


@dataclass(slots=True)
class KeptAnswers(AnswerSource):
    """A source that is asked for everything once, and remembers it as long as the preview runs."""

    source: AnswerSource
    _answers: dict[Query, Answer] = field(default_factory=dict)
    _currencies: Mapping[str, str] | None = None

    def fetch(self, queries: Sequence[Query]) -> dict[Query, Answer]:
        """Ask for what was not asked before."""
        unknown = [query for query in queries if query not in self._answers]
        if unknown:
            self._answers |= self.source.fetch(unknown)
        return {query: self._answers[query] for query in queries}

    def currencies(self) -> Mapping[str, str]:
        """Ask once."""
        if self._currencies is None:
            self._currencies = self.source.currencies()
        return self._currencies

    def picture_folder(self) -> Path | None:
        """Pass on what the source says."""
        return self.source.picture_folder()


class Desk:
    """Builds the report of a choice again and again, and its PDF when somebody looks at that.

    Attributes:
        token: A name of this desk that no other has.
        state: How it is now; replaced as a whole, so that any thread may read it.
    """

    def __init__(self, choice: PreviewChoice, answers: AnswerSource | Path) -> None:
        """Prepare; nothing is read yet.

        Args:
            choice: What is previewed.
            answers: What is asked, or a file of recorded answers.
        """
        self.token = token_hex(8)
        self._choice = choice
        self._answers = answers
        self._drawing = threading.Lock()  # a build and its pages, one after the other
        self._pages: Pages | None = None
        own = {choice.spec.parent} | ({choice.client.parent} if choice.client else set())
        self.state = PreviewState(folders=frozenset(own) | template_folders())

    def build(self, changed: Collection[Path] = ()) -> None:
        """Read everything and make the page; what is wrong becomes problems, and the last good report stays.

        Args:
            changed: Files that were saved; templates are read anew only where one of them was.
        """
        began = time.monotonic()
        if any(path.parent in template_folders() for path in changed):
            forget_templates()
            load_theme.cache_clear()
        before = self.state
        number, shown, folders = before.builds + 1, before.shown, before.folders
        problems: tuple[Problem, ...] = ()
        try:
            with self._drawing:
                report, folders = self._report()
                html = render_html(PrintedReport(report))[0].content.decode()
                if not shown or (shown.html, shown.report.warnings) != (html, report.warnings):
                    shown = Shown(f"{self.token}-{number}", report, html)
        except SpecError as error:
            problems, folders = error.problems, folders | folders_to_mend(self._choice.spec, error.problems)
        except ReportgenError as error:
            problems = (Problem("", 0, 0, "", str(error)),)
        self.state = PreviewState(number, shown, problems, time.monotonic() - began, folders)

    def pages(self, build: str) -> Pages | None:
        """Print a build, once; None where another report has taken its place.

        Raises:
            OutputError, MissingLibrary: It cannot be printed; see `render_pdf`.
        """
        with self._drawing:
            shown = self.state.shown
            if self._pages and self._pages.build == build:
                return self._pages
            if shown is None or shown.build != build:
                return None
            (artifact,) = render_pdf(PrintedReport(shown.report))
            self._pages = Pages(build, artifact.content, page_sizes(artifact.content))
            return self._pages

    def picture(self, build: str, number: int) -> bytes | None:
        """Return a page of what `pages` printed as a PNG; the first is 1. None where there is none of this build."""
        with self._drawing:
            pages = self._pages
            if pages is None or pages.build != build or not 1 <= number <= len(pages.sizes):
                return None
            width, _ = pages.sizes[number - 1]
            return _png(pages.content, number, width * _PIXELS_A_POINT)

    def _report(self) -> tuple[Report, frozenset[Path]]:
        """Make the report, and say whose files it is made from."""
        choice = self._choice
        spec, client = load_spec_and_client(choice.spec, choice.client)
        day = choice.as_of or today(spec, client)
        plan = make_plan(spec, client, period=choice.period, compare=choice.compare, as_of=day)
        kept = {self._answers.absolute().parent} if isinstance(self._answers, Path) else set()
        return report_of(plan, self._answers, offline=True), folders_of(plan) | kept


def _png(pdf: bytes, number: int, width: float) -> bytes:
    file = io.BytesIO()
    page_picture(pdf, number, width=width).save(file, "PNG", compress_level=1)
    return file.getvalue()
