"""The members of a fleet: each spec with each of its clients, read whole or with every problem at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from reportgen.components.did_you_mean import nearest
from reportgen.errors import Problem, SpecError
from reportgen.files import slug
from reportgen.spec.account_sums import require_sums
from reportgen.spec.client_overrides import misfits
from reportgen.spec.fleet_clients import client_documents
from reportgen.spec.goals_file import read_goals
from reportgen.spec.live_word_checks import number_names
from reportgen.spec.loading import attempted, client_of, fleet_of, load_spec
from reportgen.spec.rate_checks import client_goal_warnings, goals_file_warnings
from reportgen.spec.secret_variables import variables_of
from reportgen.spec.shared_access import id_problems, shared_problems
from reportgen.spec.source_accounts import accounts
from reportgen.spec.yaml_reader import Document, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from os import PathLike

    from pydantic import JsonValue

    from reportgen.spec.client_file import Client
    from reportgen.spec.fleet_file import Fleet, FleetReports, OutputFormat
    from reportgen.spec.goals_file import GoalsFile
    from reportgen.spec.report_spec import ReportSpec

    _FoundMember: TypeAlias = tuple["Member", Document]


@dataclass(frozen=True, slots=True)
class Member:
    """A report of a fleet.

    Attributes:
        spec: Its spec.
        client: Its client, with the fleet's defaults.
        formats: The formats of its files.
    """

    spec: ReportSpec
    client: Client
    formats: tuple[OutputFormat, ...]

    def with_goals(self, goals: GoalsFile | None) -> Member:
        """Return this report with the goals of a file of the fleet."""
        return replace(self, client=self.client.over(goals.of_client(self.client.id))) if goals else self


@dataclass(frozen=True, slots=True)
class FleetMembers:
    """The members of a fleet, as far as their clients can be read.

    Attributes:
        fleet: The fleet.
        members: Its reports, those of a client one after the other.
        left_out: The problems of single clients, whose reports are not among the members.
        unmade: Specs that lost all their members by these problems.
        variables: Variables of the environment that hold secrets of any client, also of those that are left out.
    """

    fleet: Fleet
    members: tuple[Member, ...]
    left_out: tuple[LeftOut, ...]
    unmade: tuple[ReportSpec, ...]
    variables: frozenset[str]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of the clients that are left out, each once, in the order of the files."""
        return tuple(sorted({each.problem for each in self.left_out}))


class LeftOut(NamedTuple):
    """The slug of a client that is left out, empty where it cannot be read, and a problem of it."""

    client: str
    problem: Problem


class _Found(NamedTuple):
    """The members that were found, the problems that concern several clients or one, and the specs that these hurt.

    Beside them are the variables of the environment that hold secrets of any client.
    """

    members: list[_FoundMember]
    shared: list[Problem]
    own: list[LeftOut]
    hurt: list[ReportSpec]
    variables: set[str]


def load_members(path: str | PathLike[str]) -> tuple[Fleet, tuple[Member, ...]]:
    """Return a fleet and its members, with every spec and client read.

    Raises:
        SpecError: With every problem of the fleet file, of its specs and of its clients; tokens are not
            read.
    """
    read = read_members(path)
    if read.problems:
        raise SpecError(read.problems)
    return read.fleet, read.members


def read_members(path: str | PathLike[str]) -> FleetMembers:
    """Return the members of a fleet without those of clients that have a problem.

    Raises:
        SpecError: With every problem, where one is of the fleet file, a list of clients or a spec, or where no client
            is without one.
    """
    fleet, found = _read_members(read_yaml(Path(path)))
    clients = tuple((member.client, document) for member, document in found.members)
    wrong = [*_misfit_problems(found.members), *shared_problems(fleet, clients), *id_problems(clients)]
    left_out = (*found.own, *(LeftOut(client.id, problem) for client, problem in wrong))
    ids = {client.id for client, _ in wrong}
    members = tuple(_by_client(member for member, _ in found.members if member.client.id not in ids))
    if found.shared or (left_out and not members):
        raise SpecError((*found.shared, *(each.problem for each in left_out)))
    lost = (*found.hurt, *(member.spec for member, _ in found.members if member.client.id in ids))
    unmade = {spec.path: spec for spec in lost if spec.path not in {member.spec.path for member in members}}
    return FleetMembers(fleet, members, left_out, tuple(unmade.values()), frozenset(found.variables))


def _by_client(members: Iterable[Member]) -> Iterator[Member]:
    """Yield members so that those of a client follow each other: a run that ends early leaves whole clients."""
    of_client: defaultdict[str, list[Member]] = defaultdict(list)
    for member in members:
        of_client[member.client.id].append(member)
    for several in of_client.values():
        yield from several


def clients_of(fleet: Fleet, entry: FleetReports, folder: Path) -> Iterator[Client | SpecError]:
    """Yield each client of an entry with the fleet's defaults, or the error of its file.

    Args:
        fleet: The fleet with the defaults.
        entry: The entry of the fleet; the clients that it excludes are yielded too.
        folder: The folder of the fleet file.
    """
    documents, problems = attempted(lambda: list(client_documents(folder, entry.clients)))
    if documents is None:
        yield SpecError(problems)
    for document in documents or ():
        if isinstance(document, SpecError):
            yield document
            continue
        client, problems = _client(fleet, document, folder)
        yield client or SpecError(problems)


def fleet_misfits(document: Document) -> tuple[Problem, ...]:
    """Return a problem for each name in a client file that none of its specs has, if all specs can be read.

    Raises:
        SpecError: The document is no fleet.
    """
    fleet, found = _read_members(document)
    all_read = {member.spec.path.name for member, _ in found.members} >= {
        Path(entry.spec).name for entry in fleet.reports
    }
    return tuple(problem for _, problem in _misfit_problems(found.members)) if all_read else ()


def left_out(fleet: Fleet, path: Path) -> Iterator[Client]:
    """Yield the clients that a fleet leaves out of a report, as far as their files can be read."""
    for entry in fleet.reports:
        for client in clients_of(fleet, entry, path.parent) if entry.except_ else ():
            if not isinstance(client, SpecError) and client.id in entry.except_:
                yield client


def client_warnings(document: Document) -> Iterator[Problem]:
    """Yield the cautions of each client's file, and a warning for each goal that suits no number, or not its scale.

    Raises:
        SpecError: The document is no fleet.
    """
    fleet, found = _read_members(document)
    yield from _goal_doubts(fleet, Path(document.file).parent, found.members)
    numbers: dict[tuple[Path, str], list[str]] = defaultdict(list)
    for member, _ in found.members:
        numbers[member.client.path, member.client.id] += number_names(member.spec)
    goals = {
        (member.client.path, member.client.id): (member.client.goals, written) for member, written in found.members
    }
    is_whole = not (found.shared or found.own)  # what cannot be read may be what a goal is for
    for client, (named, written) in goals.items():
        yield from written.cautions
        unmet = [name for name in named if name not in numbers[client] and ("goals", name) in written.values]
        for name in unmet if is_whole else ():
            advice = nearest(name, numbers[client]) if numbers[client] else "they have no numbers"
            message = f"warning: {name!r} is no number of the client's specs, so the goal has no effect; {advice}"
            yield written.problem(("goals", name), f"{message} [W-GOAL]", at_key=True)


def _goal_doubts(fleet: Fleet, folder: Path, members: list[_FoundMember]) -> Iterator[Problem]:
    """Yield a warning for each goal of the fleet's file or of a client that does not suit the scale of its number."""
    goals = attempted(read_goals, folder, fleet.goals_file)[0] if fleet.goals_file else None
    if goals:
        for spec in {member.spec.path: member.spec for member, _ in members}.values():
            yield from goals_file_warnings(goals, spec)
    for member, written in members:
        yield from client_goal_warnings(member.spec, member.client, written)


def _read_members(document: Document) -> tuple[Fleet, _Found]:
    fleet, folder = fleet_of(document), Path(document.file).parent
    goals, wrong = attempted(read_goals, folder, fleet.goals_file) if fleet.goals_file else (None, ())
    entries = [_entry_members(fleet, entry, number, document) for number, entry in enumerate(fleet.reports)]
    members = [member for entry in entries for member in entry.members]
    shared = [problem for entry in entries for problem in entry.shared]
    own = [problem for entry in entries for problem in entry.own]
    if not (own or shared):  # what cannot be read may be what a goal is for
        wrong = (*wrong, *_unmet_goals(fleet, folder, [member for member, _ in members], goals))
    return fleet, _Found(
        [(member.with_goals(goals), written) for member, written in members],
        [*shared, *wrong],
        own,
        [spec for entry in entries for spec in entry.hurt],
        {name for entry in entries for name in entry.variables},
    )


def _unmet_goals(fleet: Fleet, folder: Path, members: list[Member], goals: GoalsFile | None) -> Iterator[Problem]:
    """Yield a problem for each client or number in a file of goals that the fleet has not."""
    specs = {member.spec.path: member.spec for member in members}.values()
    clients = {client.id for client in (*left_out(fleet, folder / "fleet"), *(member.client for member in members))}
    if goals:
        numbers = {name for spec in specs for name in number_names(spec)}
        yield from goals.unknown("name", numbers, "number of the fleet's specs")
    for file in {file.path: file for file in (goals, *(spec.goals for spec in specs)) if file}.values():
        yield from file.unknown("client", clients, "slug of a client of the fleet")


def _misfit_problems(found: list[_FoundMember]) -> Iterator[tuple[Client, Problem]]:
    """Yield a problem for each name in a client file that none of its specs has."""
    specs: dict[tuple[Path, str], list[ReportSpec]] = defaultdict(list)
    for member, _ in found:
        specs[member.client.path, member.client.id].append(member.spec)
    for member, document in found:
        for misfit in misfits(member.spec, member.client, specs[member.client.path, member.client.id]):
            yield member.client, document.problem(misfit.place, misfit.message, at_key=True)


def _entry_members(fleet: Fleet, entry: FleetReports, number: int, document: Document) -> _Found:
    folder = Path(document.file).parent
    spec, problems = attempted(load_spec, folder / entry.spec)
    documents, of_list = attempted(lambda: list(client_documents(folder, entry.clients)))
    shared, own = [*problems, *of_list], list[LeftOut]()
    if documents == []:
        message = (
            f"{entry.clients!r} names no client: no such file (its path starts from the fleet's folder), "
            "or a list without rows"
        )
        shared.append(document.problem(("reports", number, "clients"), message))
    clients: list[tuple[Client, Document]] = []
    for written in documents or ():
        client, more = (None, written.problems) if isinstance(written, SpecError) else _client(fleet, written, folder)
        own += (LeftOut(_slug_in(written), problem) for problem in more)
        clients += [(client, written)] if client and isinstance(written, Document) else []
    unknown = set(entry.except_) - {client.id for client, _ in clients}
    if unknown and documents and not own:
        message = f"{', '.join(sorted(unknown))} is the slug of no client of {entry.clients!r}"
        shared.append(document.problem(("reports", number, "except"), message))
    members: list[_FoundMember] = []
    editions = [spec.edition(locale) for locale in entry.editions] if spec else []
    for client, written in clients:
        if client.id in entry.except_:
            continue
        made = [Member(edition, client, entry.formats or fleet.formats) for edition in editions]
        lacking = _member_problems(made[0], written) if made else ()
        own += (LeftOut(client.id, problem) for problem in lacking)
        members += [] if lacking else [(member, written) for member in made]
    variables = {name for written in documents or () for name in variables_of(written)}
    return _Found(members, shared, own, [spec] if spec and own else [], variables)


def _slug_in(written: Document | SpecError) -> str:
    """Return the slug in the document of a client, which may be wrong; empty where there is none."""
    value = written.value if isinstance(written, Document) else None
    named = [value.get("slug"), value.get("name")] if isinstance(value, dict) else []
    return next((slug(name) for name in named if isinstance(name, str) and name), "")


def _client(fleet: Fleet, document: Document, folder: Path) -> tuple[Client | None, tuple[Problem, ...]]:
    """Return a client with the fleet's defaults, or None and its problems."""
    defaults = fleet.defaults.model_dump(mode="json", exclude_unset=True, exclude_none=True)
    for place in (defaults.get("api", {}).get(name, {}) for name in ("token", "customer_token")):
        if "file" in place:
            place["file"] = str((folder / place["file"]).resolve())
    value = _merged(defaults, document.value) if isinstance(document.value, dict) else document.value
    return attempted(client_of, Document(document.file, value, document.values, document.keys))


def _member_problems(member: Member, written: Document) -> tuple[Problem, ...]:
    """Return the problems of a client with a spec: missing tokens or accounts."""
    client = member.client
    if client.api is None:
        text = f"{client.name}: has no tokens, and the fleet no default ones"
        return (Problem(str(client.path), client.line, 0, "api", text),)
    checks = (accounts, require_sums)
    return next(filter(None, (attempted(check, member.spec, client, written)[1] for check in checks)), ())


def _merged(under: dict[str, JsonValue], over: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """Return a mapping over another, merged level by level; the place of a token is not merged."""
    merged = {**under, **over}
    for key in under.keys() & over.keys() - {"token", "customer_token"}:
        below, above = under[key], over[key]
        if isinstance(below, dict) and isinstance(above, dict):
            merged[key] = _merged(below, above)
    return merged
