"""The contact sheet: a page of all reports of a run for a person to look over, the riskiest first."""

from __future__ import annotations

import base64
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from reportgen.errors import OutputError
from reportgen.files import write_whole
from reportgen.fleet.previous_run import earlier_runs
from reportgen.fleet.report_files import THUMBNAILS, WHY
from reportgen.fleet.report_risk import UNDELIVERED, Reason, reasons
from reportgen.fleet.run_folders import RUNS, root_of, run_folder
from reportgen.fleet.run_results import results_of, write_results
from reportgen.outputs.html.web_page import render_template

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from reportgen.fleet.previous_run import EarlierRun
    from reportgen.fleet.run_records import Approval, ReportResult, RunResults

SHEET = "contact-sheet.html"

_STATES = ("failed", "lost", "held", "degraded", "done", "interrupted", "not_run", "pruned")
"""From the riskiest; the last two are still to be made."""

_DONE_HEADINGS = ("Done, but not delivered", "Done, but different")
_UNMADE = frozenset({"interrupted", "not_run", "pruned"})
_MOST_REASONS = 5
_APPROVAL_WORDS: dict[Approval, str] = {
    "missing": "waits for approval",
    "outdated": "made anew after it was approved",
    "given": "approved",
}
_LABELS = {".pdf": "PDF", ".html": "Web page", ".xlsx": "Excel", ".json": "JSON", ".csv": "CSV"}


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a file of a report.

    Attributes:
        label: Its text.
        href: Relative, so that the folder may be moved or served.
        strong: Whether it matters more than the others.
    """

    label: str
    href: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A delivery of a report.

    Attributes:
        state: In words.
        to: The reader.
        advice: What to do; empty where there is nothing to do.
    """

    state: str
    to: str
    advice: str


@dataclass(frozen=True, slots=True)
class ReportCard:
    """The card of a report on the page.

    Attributes:
        id: Changes where the report is made anew, so that it counts as not looked at.
        client, name: The client's slug and name.
        spec, period: The spec's name and the period.
        state: How the report ended.
        pages: Number of pages of the PDF; 0 where there is none.
        reasons: The most important reasons to look at it.
        more_reasons: Number of the other reasons.
        approval: In words; empty where the fleet asks for none.
        is_to_approve: Whether it may be sent as soon as a person approves it.
        deliveries: To each of its readers.
        links: Its files, the file to open first.
        picture: Its first page with figures as a `data:` address; empty where there is none.
    """

    id: str
    client: str
    name: str
    spec: str
    period: str
    state: str
    pages: int
    reasons: tuple[Reason, ...]
    more_reasons: int
    approval: str
    is_to_approve: bool
    deliveries: tuple[DeliveryLine, ...]
    links: tuple[Link, ...]
    picture: str

    @property
    def state_words(self) -> str:
        """The state in words."""
        return self.state.replace("_", " ")

    @property
    def page_words(self) -> str:
        """How many pages its PDF has; empty where there is none."""
        return _counted(self.pages, "page") if self.pages else ""

    @property
    def heading(self) -> str:
        """The heading above the cards that a person should look at."""
        if self.state != "done":
            return self.state_words.capitalize()
        return _DONE_HEADINGS[all(reason.code != UNDELIVERED for reason in self.reasons)]

    @property
    def is_risky(self) -> bool:
        """Whether a person should look at the report."""
        return self.state not in _UNMADE and (self.state != "done" or bool(self.reasons))

    @property
    def order(self) -> tuple[int, float, str, str]:
        """Its sort key: the state, then the distance from the run before, then the cause."""
        distance = max((reason.distance for reason in self.reasons), default=0.0)
        return _STATES.index(self.state), -distance, self.reasons[0].code if self.reasons else "", self.name.casefold()


@dataclass(frozen=True, slots=True)
class FilterButton:
    """A button that shows only some of the cards; its value is a state, or a word of the page's script."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class CardGroup:
    """A heading and the cards below it."""

    name: str
    title: str
    note: str
    cards: tuple[ReportCard, ...]


def write_outcome(folder: Path) -> RunResults:
    """Write `run_results.json` and the contact sheet of a run, and return the results.

    Raises:
        OutputError: One of them could not be written.
    """
    results = outcome_as_far_as_written(folder)
    if results.unwritten:
        raise OutputError("\n".join(results.unwritten))
    return results


def outcome_as_far_as_written(folder: Path) -> RunResults:
    """Write each of the files of `write_outcome` that can be, and return the results with the faults of the others."""
    faults: list[str] = []
    for write in (write_results, write_contact_sheet):
        try:
            write(folder)
        except OutputError as error:
            faults.append(str(error))
    return results_of(folder).model_copy(update={"unwritten": tuple(faults)})


def write_contact_sheet(folder: Path) -> Path:
    """Write the contact sheet of a run into its folder, beside `run_results.json`, and return its path."""
    results = results_of(folder)
    reports, root = results.reports, root_of(folder)
    earlier = earlier_runs(folder, {report.period for report in reports})
    cards = sorted(
        (_card(report, earlier.get(report.period), folder, root) for report in reports), key=lambda card: card.order
    )
    page = render_template(
        "staff/contact-sheet.html",
        "en",
        run=results.run,
        total=_counted(len(cards), "report"),
        several=len({card.period for card in cards}) > 1,
        compared=_compared(earlier),
        buttons=tuple(_buttons(cards)),
        groups=tuple(_groups(cards, is_whole=not results.problems)),
        problems=results.problems,
        missing=_missing(reports, earlier.values()),
        folder=f"{RUNS}/{results.run}",
        approves=any(card.is_to_approve for card in cards),
    )
    write_whole(folder / SHEET, page.encode())
    return folder / SHEET


def _card(report: ReportResult, earlier: EarlierRun | None, folder: Path, root: Path) -> ReportCard:
    before = earlier.same(report) if earlier else None
    found = reasons(report, before, is_compared=earlier is not None)
    thumbnail = folder / THUMBNAILS / f"{report.key}.jpg"
    has_picture = bool(report.files and report.pages) and thumbnail.is_file()
    encoded = base64.b64encode(thumbnail.read_bytes()).decode() if has_picture else ""
    return ReportCard(
        id="-".join((report.key, *(file.sha256[:8] for file in report.files[:1]))),
        client=report.client,
        name=report.name,
        spec=report.spec,
        period=report.period,
        state=report.state,
        pages=report.pages or 0,
        reasons=found[:_MOST_REASONS],
        more_reasons=len(found[_MOST_REASONS:]),
        approval=_APPROVAL_WORDS[report.approval] if report.approval else "",
        is_to_approve=report.approval in {"missing", "outdated"} and bool(report.deliveries),
        deliveries=tuple(
            DeliveryLine(receipt.state_words, receipt.to, (receipt.is_undelivered and receipt.advice) or "")
            for receipt in report.deliveries
        ),
        links=tuple(_links([root / file.path for file in report.files], folder)),
        picture=f"data:image/jpeg;base64,{encoded}" if encoded else "",
    )


def _links(paths: Sequence[Path], folder: Path) -> Iterator[Link]:
    """Yield links to a report's files; where there are several of a kind, to their folder."""
    reports = [path for path in paths if not path.name.endswith(WHY)]
    kinds = Counter(path.suffix for path in reports)
    for kind, label in _LABELS.items():
        if kinds[kind]:
            path = next(path for path in reports if path.suffix == kind)
            yield Link(label, _relative(path, folder) if kinds[kind] == 1 else f"{_relative(path.parent, folder)}/")
    for path in paths:
        if path.name.endswith(WHY):
            yield Link("Why it is held", _relative(path, folder), strong=True)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _relative(path: Path, folder: Path) -> str:
    return quote(PurePosixPath(os.path.relpath(path, run_folder(folder))).as_posix())


def _compared(earlier: Mapping[str, EarlierRun]) -> str:
    periods = sorted({run.period for run in earlier.values()})
    if not periods:
        return "compared with nothing, because there is no earlier run of this fleet here"
    return f"compared with {' and '.join(periods)}"


def _buttons(cards: Sequence[ReportCard]) -> Iterator[FilterButton]:
    risky = [card for card in cards if card.is_risky]
    counts = Counter(card.state for card in cards)
    differing = sum(card.state == "done" for card in risky)
    yield FilterButton("", "All", len(cards))
    if risky:
        yield FilterButton("look", "To look at", len(risky))
    if waiting := sum(card.is_to_approve for card in cards):
        yield FilterButton("approve", "To approve", waiting)
    for state in sorted(counts, key=_STATES.index):
        yield FilterButton(state, state.replace("_", " ").capitalize(), counts[state])
        if state == "done" and differing:
            yield FilterButton("differs", "Done, to look at", differing)


def _groups(cards: Sequence[ReportCard], *, is_whole: bool) -> Iterator[CardGroup]:
    """Yield the groups of cards: those to look at by state, those still to be made, and the others.

    Args:
        cards: All cards.
        is_whole: Whether no client is left out.
    """
    risky = [card for card in cards if card.is_risky]
    for title in dict.fromkeys(card.heading for card in risky):
        yield CardGroup("first", title, "", tuple(card for card in risky if card.heading == title))
    unmade = tuple(card for card in cards if card.state in _UNMADE)
    yield CardGroup(
        "unmade", "Not made yet", "Run the same command again; it makes these and leaves the others.", unmade
    )
    rest = tuple(card for card in cards if not card.is_risky and card.state not in _UNMADE)
    yield CardGroup("rest", "All as expected" if is_whole and not risky else "The others", "", rest)


def _missing(reports: Iterable[ReportResult], earlier: Iterable[EarlierRun]) -> list[str]:
    """Return the client and spec of reports of the run before that are no part of this run."""
    here = {(name, report.spec) for report in reports for name in (report.lasting_id, report.client)}
    before = {name for run in earlier for name in run.reports}
    return sorted("/".join(name) for name in before - here)
