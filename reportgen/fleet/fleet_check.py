"""Problems of a fleet that a run of it would find: `check FLEET`. Nothing is asked, written or sent."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.errors import Problem, ReportgenError, SettingMissing, SpecError
from reportgen.fetching import fetch_passages
from reportgen.fleet.alerts import notice_problems
from reportgen.fleet.delivery_channels import channels_of, parcels_of
from reportgen.fleet.fleet_run import plan_fleet
from reportgen.fleet.jobs import not_due_lines
from reportgen.fleet.letter_words import letter_problems
from reportgen.fleet.run_plan import plan_of
from reportgen.fleet.run_readiness import client_problems, secrets_of
from reportgen.queries import Failure
from reportgen.spec.checking import Findings, file_problems, problem_at, spec_warnings
from reportgen.spec.client_file import WEBHOOK_VARIABLES
from reportgen.spec.loading import attempted, load_spec
from reportgen.spec.prose_checks import passage_problems
from reportgen.spec.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from reportgen.fleet.fleet_run import FleetPlan
    from reportgen.fleet.jobs import NotDue
    from reportgen.spec.report_spec import ReportSpec
    from reportgen.spec.secret_places import Secret


def check_fleet(file: Path, found: Findings, as_of: date | None = None) -> Findings:
    """Return the problems of a fleet and of all files that it names, and warnings of variables that are not set here.

    A variable of the environment that is not set is a warning, as a fleet is often checked on another machine than
    it is run on; a file of a secret that cannot be read is a problem. Problems of single clients do not keep the others
    from being looked at; where no client is without one, they stand alone.

    Args:
        file: The fleet file.
        found: The findings of `check_file`.
        as_of: The day of the reports; None is today in each client's time zone.
    """
    if found.problems:
        return found
    plan, problems = attempted(lambda: plan_fleet(file, as_of=as_of))
    not_due = plan.not_due if plan else ()
    if not_due:  # the rest is looked at as on the day when all of it is due
        plan, problems = attempted(lambda: plan_fleet(file, as_of=max(each.due for each in not_due)))
    found = replace(found, warnings=(*found.warnings, *_not_due(file, not_due)))
    if plan is None:
        return Findings(problems, found.warnings, is_fleet=True)
    checks = (_of_pictures, _of_passages, _of_secrets, _of_access, _of_letters, _of_parcels)
    problems = tuple(sorted({*plan.problems, *(problem for check_of in checks for problem in check_of(plan))}))
    return Findings(problems, (*found.warnings, *_of_specs(plan), *_unset(plan)), is_fleet=True)


def _not_due(file: Path, reports: Iterable[NotDue]) -> Iterator[Problem]:
    """Yield a warning for the reports of each spec of which no day is over yet."""
    for text in not_due_lines(reports):
        yield Problem(str(file), 0, 0, "", f"warning: {text}")


def _specs_of(plan: FleetPlan) -> Iterable[ReportSpec]:
    """Return the specs of a fleet, also those that lost all their clients by problems of these."""
    specs = {job.plan.spec.path: job.plan.spec for job in plan.jobs}
    if plan.problems:
        paths = (plan.file.parent / entry.spec for entry in plan.fleet.reports)
        specs |= {path: load_spec(path) for path in paths if path not in specs}
    return specs.values()


def _of_specs(plan: FleetPlan) -> Iterator[Problem]:
    """Yield the warnings of each spec."""
    for spec in _specs_of(plan):
        document = read_yaml(spec.path)
        yield from document.cautions
        yield from spec_warnings(spec, document)


def _of_pictures(plan: FleetPlan) -> Iterator[Problem]:
    for spec in _specs_of(plan):
        yield from file_problems(spec)
    for client in {(client.path, client.id): client for client in plan.clients}.values():
        yield from file_problems(client)


def _of_passages(plan: FleetPlan) -> Iterator[Problem]:
    for job in plan.jobs:
        for text in fetch_passages(job.plan).values():
            if isinstance(text, Failure) and text.missing == "failed":
                yield Problem(str(job.plan.spec.path), 0, 0, "", text.reason)
        yield from passage_problems(job.plan.spec, job.plan.client)


def _secrets(plan: FleetPlan) -> Iterator[tuple[Path, str, Secret]]:
    yield from secrets_of(plan.file, plan.fleet)
    for client in plan.clients:
        yield from secrets_of(client.path, client)


def _of_secrets(plan: FleetPlan) -> Iterator[Problem]:
    """Yield a problem for each file of a secret that cannot be read, once."""
    read: set[str | Path] = set()
    for owner, key, place in _secrets(plan):
        where = place.env or (owner.parent / (place.file or "")).resolve()
        if where in read:
            continue
        read.add(where)
        try:
            place.read(owner, key)
        except SettingMissing as error:
            if place.file:  # of the others see _unset
                at = tuple(int(part) if part.isdecimal() else part for part in key.split("."))
                yield problem_at(owner, at, str(error).removeprefix(f"{owner}: {key}: "))


def _of_access(plan: FleetPlan) -> Iterator[Problem]:
    """Yield problems that keep a client's accounts from being asked, by the check of a run."""
    for client in plan.clients:
        for problem in client_problems(client):
            if not isinstance(problem, SettingMissing):  # see _of_secrets
                yield Problem(str(client.path), 0, 0, "api", str(problem).removeprefix(f"{client.path}: "))


def _unset(plan: FleetPlan) -> Iterator[Problem]:
    """Yield a warning that names the variables of the environment which are not set here."""
    named = [place.env for _, _, place in _secrets(plan)]
    if any(client.fetch == "async" and not (client.api and client.api.webhook) for client in plan.clients):
        named += WEBHOOK_VARIABLES
    unset = sorted({name for name in named if name and not os.environ.get(name, "").strip()})
    if unset:
        text = f"warning: not set here, and needed in the environment of a run: {', '.join(unset)}"
        yield Problem(str(plan.file), 0, 0, "", text)


def _of_letters(plan: FleetPlan) -> Iterator[Problem]:
    """Yield the problems with the text of letters, in every language that they are written in."""
    specs = tuple(_specs_of(plan))
    yield from letter_problems(plan.fleet, plan.file, specs)
    yield from notice_problems(plan.fleet, plan.file, specs)


def _of_parcels(plan: FleetPlan) -> Iterator[Problem]:
    """Yield problems that keep a report from being sent, by the check of a run."""
    reports = plan_of(plan.folder, plan.file, plan.jobs, plan.fleet).jobs
    channels = channels_of(plan.fleet, plan.file)
    for parcel in (parcel for report in reports for parcel in parcels_of(channels, report)):
        try:
            parcel.channel.check_parcels((parcel,))
        except SpecError as error:
            yield from error.problems
        except SettingMissing:
            continue  # see _of_secrets
        except ReportgenError as error:
            yield Problem(str(plan.file), 0, 0, "", str(error).removeprefix(f"{plan.file}: "))
