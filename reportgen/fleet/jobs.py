"""The jobs of a run: its reports, their folders and their keys."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from reportgen.components.variables import fill_variables
from reportgen.errors import PeriodError, Problem, SpecError
from reportgen.files import joined_stem, slug
from reportgen.fleet.report_key import digest_of, report_key
from reportgen.pipeline import today
from reportgen.spec.planning import make_plan, variables_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from reportgen.model import PdfVariant
    from reportgen.spec.fleet_file import Fleet
    from reportgen.spec.fleet_members import Member
    from reportgen.spec.planning import Plan

_LONGEST_PART = 255  # bytes of a name on every common file system

_UNSAFE = re.compile(r'[\x00-\x1f<>:"|?*\\]|[. ]$')


@dataclass(frozen=True, slots=True)
class Job:
    """A report to make.

    Attributes:
        key: Digest of everything that decides the report, but the API's answers and the day it is made.
        client: The client's slug.
        spec: The spec's name.
        plan: The planned report.
        folder: The folder of its files, under the root of the run.
        formats: The formats to write.
    """

    key: str
    client: str
    spec: str
    plan: Plan
    folder: PurePosixPath
    formats: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the report: client and spec."""
        return f"{self.client}/{self.spec}"


def make_jobs(  # noqa: PLR0913 - each is an option of the command
    file: Path,
    fleet: Fleet,
    members: Iterable[Member],
    *,
    period: str | None = None,
    compare: str | None = None,
    as_of: date | None = None,
    pdf_variant: PdfVariant | None = None,
) -> tuple[Job, ...]:
    """Return a job for every report of a fleet's members; the options are those of `plan_fleet`.

    Raises:
        SpecError: With every problem: periods that cannot be resolved, folders outside of the root, and
            reports that would overwrite each other.
    """
    jobs: list[Job] = []
    problems: list[Problem] = list(_template_problems(file, fleet.output))
    for member in members if not problems else ():
        spec, client = member.spec.conforming(pdf_variant), member.client
        try:
            plan = make_plan(
                spec,
                client,
                period=period or fleet.period,
                compare=compare or fleet.compare,
                as_of=as_of or today(spec, client),
            )
        except PeriodError as error:
            problems.append(Problem(str(client.path), 0, 0, "", f"{client.id}/{spec.name}: {error}"))
            continue
        values = {name: slug(value) for name, value in all_variables(plan).items()}
        folder = PurePosixPath(fill_variables(fleet.output, values))
        jobs.append(Job(report_key(plan, member.formats), client.id, spec.name, plan, folder, member.formats))
    problems += _collisions(file, jobs)
    if problems:
        raise SpecError(problems)
    return tuple(jobs)


def all_variables(plan: Plan) -> dict[str, str]:
    """Return the values of the variables in a fleet file."""
    email = (plan.client.email if plan.client else None) or ""
    return {**variables_of(plan), "title": plan.title, "client.email": email}


def run_name(file: Path, jobs: Sequence[Job]) -> str:
    """Return the name of a run: its fleet and the period of its reports.

    The same fleet for the same period is the same run, on whichever day it is made. Where the specs have several
    periods, the name has the first in full and all of them in its digest.
    """
    periods = sorted({job.plan.window.current.id for job in jobs})
    others = f"-and-{len(periods) - 1}-more-{digest_of(' '.join(periods).encode())[:8]}" if len(periods) > 1 else ""
    return f"{slug(file.stem)}-{slug(periods[0]) if periods else 'empty'}{others}"


def _template_problems(file: Path, output: str) -> Iterator[Problem]:
    parts = output.replace("{{", "").replace("}}", "").split("/")
    for part in parts:
        plain = re.sub(r"\{[^{}]*\}", "x", part)
        if plain in {"", ".", ".."} or _UNSAFE.search(plain):
            text = f"{output!r} is no folder under the run's: {part!r} in it is no plain name; write names joined by /"
            yield Problem(str(file), 0, 0, "output", text)
            return


def _collisions(file: Path, jobs: Iterable[Job]) -> Iterator[Problem]:
    """Yield a problem for each report whose files would overwrite another's, also on a disk that ignores case."""
    taken: dict[str, Job] = {}
    for job in jobs:
        for part in job.folder.parts:
            if len(part.encode()) > _LONGEST_PART:
                yield Problem(str(file), 0, 0, "output", f"{job.name}: the folder {part[:30]}... has too long a name")
        name = joined_stem(job.client, job.spec, job.plan.window.current.id)
        place = unicodedata.normalize("NFC", f"{job.folder}/{name}").casefold()
        if other := taken.get(place):
            clients = " and ".join(str(each.plan.client.path) for each in (other, job) if each.plan.client)
            text = (
                f"{other.name} and {job.name} ({clients}) would write the same files in {job.folder}; "
                "give one of the clients another slug"
            )
            yield Problem(str(file), 0, 0, "reports", text)
        taken.setdefault(place, job)
