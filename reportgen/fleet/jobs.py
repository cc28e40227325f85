"""The jobs of a run: its reports, their folders and their keys."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from reportgen.components.variables import fill_variables
from reportgen.errors import NothingToReportYet, PeriodError, Problem, SpecError
from reportgen.files import joined_stem, slug
from reportgen.fleet.alerts import alerts_of
from reportgen.fleet.letter_words import words_of_letters
from reportgen.fleet.report_key import digest_of, key_of, key_parts
from reportgen.model import Caution
from reportgen.outputs.text.live_word_texts import part_text
from reportgen.pipeline import today
from reportgen.spec.fleet_members import LeftOut
from reportgen.spec.live_words import LIVE
from reportgen.spec.planning import make_plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.components.variables import LiveWord
    from reportgen.model import PdfVariant, Report
    from reportgen.spec.client_file import Client
    from reportgen.spec.fleet_file import Fleet
    from reportgen.spec.fleet_members import Member
    from reportgen.spec.planning import Plan
    from reportgen.spec.report_spec import ReportSpec

_LONGEST_PART = 255  # bytes of a name on every common file system

_UNSAFE = re.compile(r'[\x00-\x1f<>:"|?*\\]|[. ]$')


@dataclass(frozen=True, slots=True)
class Job:
    """A report to make.

    Attributes:
        parts: Digests of what decides the report; see `key_parts`.
        client: The client's slug.
        spec: The spec's name.
        plan: The planned report.
        folder: The folder of its files, under the root of the run.
        formats: The formats to write.
        words: The live words of its letters.
        alerts: The conditions of which staff are told.
    """

    parts: Mapping[str, str]
    client: str
    spec: str
    plan: Plan
    folder: PurePosixPath
    formats: tuple[str, ...]
    words: tuple[LiveWord, ...] = ()
    alerts: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The digest of everything that decides the report, but the API's answers and the day it is made."""
        return key_of(self.parts)

    @property
    def period(self) -> str:
        """The days reported, such as `2026-10`."""
        return self.plan.window.current.id

    @property
    def name(self) -> str:
        """The name of the report: client and spec."""
        return f"{self.client}/{self.spec}"


class NotDue(NamedTuple):
    """A report of which no day is over yet on its day: client, spec, the word of the period, and the day."""

    client: str
    spec: str
    word: str
    day: date

    @property
    def due(self) -> date:
        """The day of the next report."""
        return self.day + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PlannedJobs:
    """The jobs of a fleet that can be made.

    Attributes:
        jobs: In the order of the members.
        left_out: The problems of single clients, whose reports are not among the jobs.
        periods: The periods of all reports, also of those that are not among the jobs.
        not_due: The reports of which no day is over yet.
    """

    jobs: tuple[Job, ...]
    left_out: tuple[LeftOut, ...]
    periods: frozenset[str]
    not_due: tuple[NotDue, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of the clients that are left out, each once."""
        return tuple(dict.fromkeys(each.problem for each in self.left_out))


def make_jobs(  # noqa: PLR0913 - each is an option of the command
    file: Path,
    fleet: Fleet,
    members: Iterable[Member],
    *,
    period: str | None = None,
    compare: str | Sequence[str] | None = None,
    as_of: date | None = None,
    pdf_variant: PdfVariant | None = None,
    unmade: Iterable[ReportSpec] = (),
) -> PlannedJobs:
    """Return a job for every report of a fleet's members; the options are those of `plan_fleet`.

    Left out are reports whose period cannot be resolved, those of which no day is over yet, and all of those that would
    overwrite each other. The periods of `unmade`, the specs without a member, count for the name of the run, which must
    not change by a wrong row.

    Raises:
        SpecError: With every problem: a folder outside of the root, or no report without a problem.
    """
    wrong_folder = tuple(_template_problems(file, fleet.output))
    if wrong_folder:
        raise SpecError(wrong_folder)
    jobs: list[Job] = []
    words, alerts = words_of_letters(fleet, file), alerts_of(fleet)
    left_out: list[LeftOut] = []
    not_due: list[NotDue] = []

    def planned(spec: ReportSpec, client: Client | None) -> Plan:
        days = as_of or today(spec, client)
        compared = fleet.compare if compare is None else compare
        return make_plan(spec, client, period=period or fleet.period, compare=compared, as_of=days)

    for member in members:
        spec, client = member.spec.conforming(pdf_variant), member.client
        try:
            plan = planned(spec, client)
        except NothingToReportYet as error:
            not_due.append(NotDue(client.id, spec.name, error.word, error.day))
            continue
        except PeriodError as error:
            problem = Problem(str(client.path), client.line, 0, "", f"{client.id}/{spec.name}: {error}")
            left_out.append(LeftOut(client.id, problem))
            continue
        values = {name: slug(value) for name, value in all_variables(plan).items()}
        folder = PurePosixPath(fill_variables(fleet.output, values))
        parts = key_parts(plan, member.formats)
        jobs.append(Job(parts, client.id, spec.name, plan, folder, member.formats, words, alerts))
    collisions = dict(_collisions(file, jobs))
    left_out += (LeftOut(jobs[number].client, problem) for number, problem in collisions.items())
    made = tuple(job for number, job in enumerate(jobs) if number not in collisions)
    if left_out and not made and not not_due:
        raise SpecError(each.problem for each in left_out)
    periods = {job.period for job in jobs}
    for spec in unmade:
        with suppress(NothingToReportYet):
            periods.add(planned(spec, None).window.current.id)
    return PlannedJobs(made, tuple(left_out), frozenset(periods), tuple(not_due))


def not_due_lines(reports: Iterable[NotDue]) -> Iterator[str]:
    """Yield a line for the reports of each spec and day of which no day is over yet."""
    clients: defaultdict[NotDue, list[str]] = defaultdict(list)
    for report in reports:
        clients[report._replace(client="")].append(report.client)
    for report, names in clients.items():
        whose = names[0] if len(names) == 1 else f"{len(names):,} clients"
        why = f"{report.word} has no finished day on {report.day}; the next report is due on {report.due}"
        yield f"{report.spec}: nothing to report yet for {whose}: {why}"


def all_variables(plan: Plan) -> dict[str, str]:
    """Return the values of the variables in a fleet file."""
    email = (plan.client.email if plan.client else None) or ""
    return {**plan.fill.values, "title": plan.title, "client.email": email}


def with_letter_cautions(job: Job, report: Report) -> tuple[Report, dict[str, str]]:
    """Return a report with cautions on live words of its letters that have no value, and the letters' variables."""
    parts = {word.text: part_text(report, word.name, word.part, word.against) for word in job.words}
    cautions = (
        Caution(LIVE, f"{{{word}}} ({part.reason}) has no value, so the sentences of the letter with it are left out")
        for word, part in parts.items()
        if not part.text
    )
    words = {word: part.text for word, part in parts.items()}
    variables = {**all_variables(job.plan), "title": report.title, **words}
    return replace(report, warnings=(*report.warnings, *cautions)), variables


def run_name(file: Path, periods: Iterable[str]) -> str:
    """Return the name of a run: its fleet and the period of its reports.

    The same fleet for the same period is the same run, on whichever day it is made. Where the specs have several
    periods, the name has the first in full and all of them in its digest.
    """
    names = sorted(periods)
    others = f"-and-{len(names) - 1}-more-{digest_of(' '.join(names).encode())[:8]}" if len(names) > 1 else ""
    return f"{slug(file.stem)}-{slug(names[0]) if names else 'empty'}{others}"


def _template_problems(file: Path, output: str) -> Iterator[Problem]:
    parts = output.replace("{{", "").replace("}}", "").split("/")
    for part in parts:
        plain = re.sub(r"\{[^{}]*\}", "x", part)
        if plain in {"", ".", ".."} or _UNSAFE.search(plain):
            text = f"{output!r} is no folder under the run's: {part!r} in it is no plain name; write names joined by /"
            yield Problem(str(file), 0, 0, "output", text)
            return


def _collisions(file: Path, jobs: Sequence[Job]) -> Iterator[tuple[int, Problem]]:
    """Yield the number of each job whose files would overwrite another's, also on a disk that ignores case."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, job in enumerate(jobs):
        if any(len(part.encode()) > _LONGEST_PART for part in job.folder.parts):
            text = f"{job.name}: a part of the folder {str(job.folder)[:60]}... is too long a name"
            yield number, Problem(str(file), 0, 0, "output", text)
        name = joined_stem(job.client, job.spec, job.plan.window.current.id)
        places[unicodedata.normalize("NFC", f"{job.folder}/{name}").casefold()].append(number)
    for numbers in places.values():
        for number in numbers if len(numbers) > 1 else ():
            yield number, Problem(str(file), 0, 0, "reports", _collision_text([jobs[each] for each in numbers]))


def _collision_text(several: Sequence[Job]) -> str:
    """Return the problem of jobs of the same files; where a list stands twice, it is the same for all its clients."""
    clients = [job.plan.client for job in several if job.plan.client]
    places = list(dict.fromkeys(f"{each.path}:{each.line}" if each.line else str(each.path) for each in clients))
    specs = list(dict.fromkeys(str(job.plan.spec.path) for job in several))
    if len(places) == len(specs) == 1:
        named = f"has {clients[0].path} more than once with {specs[0]}, so each report would be written again"
        return f"{named}; name it in one line alone, with all of its formats"
    names = " and ".join(dict.fromkeys(job.name for job in several))
    found, owner = (places, "clients another slug") if len(places) > 1 else (specs, "specs another name")
    return f"{names} ({' and '.join(found)}) would write the same files in {several[0].folder}; give one of the {owner}"
