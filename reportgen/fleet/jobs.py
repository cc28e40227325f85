"""The jobs of a run: which report goes where, and by which key it is known again."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from reportgen.components.variables import fill_variables
from reportgen.connect.remote_pictures import is_remote
from reportgen.errors import PeriodError, Problem, SpecError
from reportgen.fetching import fetch_passages
from reportgen.files import joined_stem, read_bytes, slug
from reportgen.pipeline import today
from reportgen.resources import program_version, templates_folder
from reportgen.spec.planning import make_plan, variables_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from reportgen.model import PdfVariant
    from reportgen.spec.fleet import Fleet
    from reportgen.spec.members import Member
    from reportgen.spec.planning import Plan

_LONGEST_PART = 255  # bytes of a name on every common file system
_UNPRINTED = {"api", "email"}  # of a client: how it is asked and where the report goes; a token's file is on this disk
_UNSAFE = re.compile(r'[\x00-\x1f<>:"|?*\\]|[. ]$')


@dataclass(frozen=True, slots=True)
class Job:
    """One report to make.

    Attributes:
        key: Digest of everything that decides what the report is but the API's answers and the day it is made.
        client: The client's slug.
        spec: The spec's name.
        plan: What is asked and laid out.
        folder: Where its files go, under the root of the run.
        formats: What is written.
    """

    key: str
    client: str
    spec: str
    plan: Plan
    folder: PurePosixPath
    formats: tuple[str, ...]

    @property
    def name(self) -> str:
        """What people call it."""
        return f"{self.client}/{self.spec}"


def make_jobs(  # noqa: PLR0913 - each is one option of the command
    file: Path,
    fleet: Fleet,
    members: Iterable[Member],
    *,
    period: str | None = None,
    compare: str | None = None,
    as_of: date | None = None,
    pdf_variant: PdfVariant | None = None,
) -> tuple[Job, ...]:
    """Plan every report of a fleet.

    Args:
        file: The fleet file, named in problems.
        fleet: What it holds.
        members: Its specs and clients.
        period: In place of the fleet's period, which stands in place of the specs'.
        compare: In place of the fleet's comparison, likewise.
        as_of: The day of the reports; None is today in each client's time zone.
        pdf_variant: What the PDFs conform to, in place of what the specs say.

    Raises:
        SpecError: With every problem: periods that cannot be resolved, folders outside of the root, and
            reports that would overwrite one another.
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
        jobs.append(Job(_key(plan, member.formats), client.id, spec.name, plan, folder, member.formats))
    problems += _collisions(file, jobs)
    if problems:
        raise SpecError(problems)
    return tuple(jobs)


def all_variables(plan: Plan) -> dict[str, str]:
    """Return what the variables of a fleet file stand for."""
    email = (plan.client.email if plan.client else None) or ""
    return {**variables_of(plan), "title": plan.title, "client.email": email}


def run_name(file: Path, jobs: Sequence[Job]) -> str:
    """Return the name of a run: its fleet and the period that its reports are about.

    The same fleet for the same period is the same run, on whichever day it is made. Where the specs are about
    several periods, the name has the first in full and all of them in its digest.
    """
    periods = sorted({job.plan.window.current.id for job in jobs})
    others = f"-and-{len(periods) - 1}-more-{_digest(' '.join(periods).encode())[:8]}" if len(periods) > 1 else ""
    return f"{slug(file.stem)}-{slug(periods[0]) if periods else 'empty'}{others}"


def _template_problems(file: Path, output: str) -> Iterator[Problem]:
    parts = output.replace("{{", "").replace("}}", "").split("/")
    for part in parts:
        plain = re.sub(r"\{[^{}]*\}", "x", part)
        if plain in {"", ".", ".."} or _UNSAFE.search(plain):
            said = f"{output!r} is no folder under the run's: {part!r} in it is no plain name; write names joined by /"
            yield Problem(str(file), 0, 0, "output", said)
            return


def _collisions(file: Path, jobs: Iterable[Job]) -> Iterator[Problem]:
    """Yield the reports whose files would have the same name, also on disks that know no case and no accents' forms."""
    taken: dict[str, Job] = {}
    for job in jobs:
        for part in job.folder.parts:
            if len(part.encode()) > _LONGEST_PART:
                yield Problem(str(file), 0, 0, "output", f"{job.name}: the folder {part[:30]}... has too long a name")
        name = joined_stem(job.client, job.spec, job.plan.window.current.id)
        place = unicodedata.normalize("NFC", f"{job.folder}/{name}").casefold()
        if other := taken.get(place):
            whose = " and ".join(str(one.plan.client.path) for one in (other, job) if one.plan.client)
            said = (
                f"{other.name} and {job.name} ({whose}) would write the same files in {job.folder}; "
                "give one of the clients another slug"
            )
            yield Problem(str(file), 0, 0, "reports", said)
        taken.setdefault(place, job)


def _key(plan: Plan, formats: Sequence[str]) -> str:
    """Return the digest of what decides a report: a change of any of it is another job."""
    client, window = plan.client, plan.window
    parts = {
        "spec": _digest(read_bytes(plan.spec.path)),
        "client": client.model_dump_json(exclude_unset=True, exclude=_UNPRINTED) if client else "",
        "files": _files(plan),
        "period": [window.current.start.isoformat(), window.current.end.isoformat()],
        "baseline": [window.baseline.start.isoformat(), window.baseline.end.isoformat()] if window.baseline else [],
        "locale": plan.locale,
        "formats": list(formats),
        "pdf_variant": plan.spec.pdf_variant,
        "templates": _templates(),
        "version": program_version().split(".")[0],
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]


def _files(plan: Plan) -> dict[str, str]:
    """Return the digests of what the spec includes, the author's words, and pictures beside the spec and the client."""
    digests = {name: _digest(repr(text).encode()) for name, text in fetch_passages(plan).items()}
    digests |= {str(path.relative_to(plan.spec.folder)): _digest(read_bytes(path)) for path in plan.spec.fragments}
    logos = [(plan.spec.folder, plan.spec.agency.logo)]
    if plan.client:
        logos.append((plan.client.folder, plan.client.brand.logo))
    pictures = [(plan.spec.folder, name) for planned in plan.blocks for name in planned.block.pictures()]
    for folder, name in (*logos, *pictures):
        if name and not is_remote(name) and (folder / name).is_file():
            digests[name] = _digest((folder / name).read_bytes())
    return digests


@lru_cache(maxsize=1)
def _templates() -> str:
    """Return the digest of what reports are laid out with; the pages for staff are no part of it."""
    files = sorted(path for path in templates_folder().rglob("*") if path.is_file() and path.parent.name != "staff")
    return _digest(b"".join(path.name.encode() + path.read_bytes() for path in files))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
