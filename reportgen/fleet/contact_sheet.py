"""One page of a whole run for a person to look over: the riskiest reports first, each with its first page."""

from __future__ import annotations

import base64
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from reportgen.files import write_whole
from reportgen.fleet.previous_run import runs_before
from reportgen.fleet.report_files import THUMBNAILS, WHY
from reportgen.fleet.report_risk import UNDELIVERED, Reason, reasons
from reportgen.fleet.run_folders import root_of
from reportgen.fleet.run_results import results_of
from reportgen.outputs.html.web_page import render_template

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from reportgen.fleet.previous_run import Earlier
    from reportgen.fleet.run_records import ReportResult

SHEET = "contact-sheet.html"

_STATES = ("failed", "lost", "held", "degraded", "done", "interrupted", "not_run")
"""From the riskiest; the last two are still to be made."""

_DONE_HEADINGS = ("Done, but not delivered", "Done, but different")
_UNMADE = frozenset({"interrupted", "not_run"})
_MOST_REASONS = 5
_LABELS = {".pdf": "PDF", ".html": "Web page", ".xlsx": "Excel", ".json": "JSON", ".csv": "CSV"}


@dataclass(frozen=True, slots=True)
class Link:
    """A way to a file of a report.

    Attributes:
        label: What is seen.
        href: Relative, so that the folder may be moved or served.
        strong: Whether it matters more than the others.
    """

    label: str
    href: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class ReportCard:
    """One report on the page.

    Attributes:
        id: Another one where the report is made anew, so that it counts as not looked at.
        client, name: The client's slug and name.
        spec, period: What it is.
        state: How it ended.
        pages: Of the PDF; 0 where there is none.
        reasons: Why a person should look at it, the most important ones.
        unsaid: How many more reasons there are.
        links: Its files, the one to open first.
        picture: Its first page as a `data:` address; empty where there is none.
    """

    id: str
    client: str
    name: str
    spec: str
    period: str
    state: str
    pages: int
    reasons: tuple[Reason, ...]
    unsaid: int
    links: tuple[Link, ...]
    picture: str

    @property
    def state_words(self) -> str:
        """The state as it is read."""
        return self.state.replace("_", " ")

    @property
    def heading(self) -> str:
        """What stands above it where a person should look at it."""
        if self.state != "done":
            return self.state_words.capitalize()
        return _DONE_HEADINGS[all(one.code != UNDELIVERED for one in self.reasons)]

    @property
    def is_risky(self) -> bool:
        """Whether a person should look at it."""
        return self.state not in _UNMADE and (self.state != "done" or bool(self.reasons))

    @property
    def order(self) -> tuple[int, float, str, str]:
        """Its place: by state, then what is furthest from the run before, then one cause after the other."""
        place = _STATES.index(self.state) if self.state in _STATES else 0
        distance = max((one.distance for one in self.reasons), default=0.0)
        return place, -distance, self.reasons[0].code if self.reasons else "", self.name.casefold()


@dataclass(frozen=True, slots=True)
class FilterButton:
    """A button that leaves only some of the cards; its value is a state, or a word of the page's script."""

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


def write_contact_sheet(folder: Path) -> Path:
    """Write the page of a run into its folder, beside `run_results.json`, and return its path."""
    results = results_of(folder)
    reports, root = results.reports, root_of(folder)
    before = runs_before(folder, {one.period for one in reports})
    cards = sorted((_card(one, before.get(one.period), folder, root) for one in reports), key=lambda card: card.order)
    page = render_template(
        "staff/contact-sheet.html",
        "en",
        run=results.run,
        total=len(cards),
        several=len({card.period for card in cards}) > 1,
        compared=_compared(before),
        choices=tuple(_choices(cards)),
        parts=tuple(_parts(cards)),
        gone=_gone(reports, before.values()),
    )
    write_whole(folder / SHEET, page.encode())
    return folder / SHEET


def _card(report: ReportResult, earlier: Earlier | None, folder: Path, root: Path) -> ReportCard:
    then = earlier.reports.get((report.client, report.spec)) if earlier else None
    why = reasons(report, then, is_compared=earlier is not None)
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
        reasons=why[:_MOST_REASONS],
        unsaid=len(why[_MOST_REASONS:]),
        links=tuple(_links([root / file.path for file in report.files], folder)),
        picture=f"data:image/jpeg;base64,{encoded}" if encoded else "",
    )


def _links(paths: Sequence[Path], folder: Path) -> Iterator[Link]:
    """Yield the ways to a report's files; where there are several of a kind, the way to their folder."""
    reports = [path for path in paths if not path.name.endswith(WHY)]
    kinds = Counter(path.suffix for path in reports)
    for kind, label in _LABELS.items():
        if kinds[kind]:
            path = next(one for one in reports if one.suffix == kind)
            yield Link(label, _relative(path, folder) if kinds[kind] == 1 else f"{_relative(path.parent, folder)}/")
    for path in paths:
        if path.name.endswith(WHY):
            yield Link("Why it is held", _relative(path, folder), strong=True)


def _relative(path: Path, folder: Path) -> str:
    return quote(PurePosixPath(os.path.relpath(path, folder.resolve())).as_posix())


def _compared(before: Mapping[str, Earlier]) -> str:
    periods = sorted({one.period for one in before.values()})
    if not periods:
        return "compared with nothing, because there is no earlier run of this fleet here"
    return f"compared with {' and '.join(periods)}"


def _choices(cards: Sequence[ReportCard]) -> Iterator[FilterButton]:
    risky = [card for card in cards if card.is_risky]
    counts = Counter(card.state for card in cards)
    differing = sum(card.state == "done" for card in risky)
    yield FilterButton("", "All", len(cards))
    if risky:
        yield FilterButton("look", "To look at", len(risky))
    for state in sorted(counts, key=lambda one: _STATES.index(one) if one in _STATES else 0):
        yield FilterButton(state, state.replace("_", " ").capitalize(), counts[state])
        if state == "done" and differing:
            yield FilterButton("differs", "Done, to look at", differing)


def _parts(cards: Sequence[ReportCard]) -> Iterator[CardGroup]:
    """Yield the cards to look at, a part for each state; then what is still to be made, and the others."""
    risky = [card for card in cards if card.is_risky]
    for title in dict.fromkeys(card.heading for card in risky):
        yield CardGroup("first", title, "", tuple(card for card in risky if card.heading == title))
    unmade = tuple(card for card in cards if card.state in _UNMADE)
    yield CardGroup(
        "unmade", "Not made yet", "Run the same command again; it makes these and leaves the others.", unmade
    )
    rest = tuple(card for card in cards if not card.is_risky and card.state not in _UNMADE)
    yield CardGroup("rest", "The others" if risky else "All as expected", "", rest)


def _gone(reports: Iterable[ReportResult], before: Iterable[Earlier]) -> list[str]:
    """Return whose reports were made the time before and are not part of this run."""
    here = {(one.client, one.spec) for one in reports}
    then = {each for earlier in before for each in earlier.reports}
    return sorted("/".join(each) for each in then - here)
