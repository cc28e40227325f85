"""The recipients of a fleet's reports: the clients that its files name now, with their addresses.

No spec is read and no period is resolved, and a client that cannot be read does not affect the others: a change of
a spec, or a fault in a client's file, must not hold back the finished reports of the rest.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.errors import Problem, SpecError
from reportgen.files import slug
from reportgen.spec.fleet_members import clients_of
from reportgen.spec.loading import fleet_of
from reportgen.spec.report_spec import edition_name
from reportgen.spec.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

    from reportgen.spec.client_file import Client
    from reportgen.spec.fleet_file import Fleet, FleetReports

_SHOWN = 3  # problems of client files that fit a message


@dataclass(frozen=True, slots=True)
class Recipients:
    """The recipients of a fleet's reports.

    Attributes:
        fleet: The fleet file.
        clients: Clients by slug and name of the spec; several where files share a slug.
        lasting: Clients with a lasting id, by the id and the name of the spec.
        excluded: Slugs and names of specs that `except` takes out.
        problems: The problems of unreadable client files, by the name of the spec.
    """

    fleet: Fleet
    clients: Mapping[tuple[str, str], tuple[Client, ...]]
    lasting: Mapping[tuple[str, str], tuple[Client, ...]]
    excluded: frozenset[tuple[str, str]]
    problems: Mapping[str, tuple[Problem, ...]]

    def client(self, client: str, spec: str, lasting_id: str | None = None) -> Client | None:
        """Return the client who gets a report, or None where no client or several have the slug.

        A client with the lasting id that the report was made for is the same client under any slug.
        """
        named = self.clients.get((client, spec), ())
        if lasting_id:
            named = tuple(other for other in named if other.lasting_id in {None, lasting_id})
        found = self.lasting.get((lasting_id or "", spec), ()) or named
        return found[0] if len(found) == 1 else None

    def is_unreadable(self, client: str, spec: str) -> bool:
        """Return whether a report lacks its client because of unreadable files or a repeated slug."""
        return (client, spec) not in self.excluded and bool(self.problems.get(spec) or self.clients.get((client, spec)))

    def why_none(self, client: str, spec: str) -> str:
        """Return the reason why a report has no client."""
        if found := self.clients.get((client, spec)):
            names = ", ".join(f"{same.name} ({same.path})" for same in found)
            return f"several clients have the slug {client} now: {names}; give each its own"
        if (client, spec) in self.excluded:
            return f"the fleet's `except` names {client} now"
        if wrong := self.problems.get(spec):
            more = f" and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
            read = "; ".join(map(str, wrong[:_SHOWN]))
            return f"no client that can be read has this slug, and some cannot be read: {read}{more}"
        return f"the fleet has no client {client} for the spec {spec} any more"


def read_recipients(path: str | PathLike[str]) -> Recipients:
    """Return the recipients in a fleet file and the client files that it names.

    Raises:
        SpecError: The fleet file itself is wrong; with every problem of it.
    """
    file = Path(path)
    fleet = fleet_of(read_yaml(file))
    clients: dict[tuple[str, str], list[Client]] = defaultdict(list)
    excluded: set[tuple[str, str]] = set()
    problems: dict[str, list[Problem]] = defaultdict(list)
    for entry in fleet.reports:
        found, wrong = _read_clients(fleet, entry, file.parent)
        for spec in (edition_name(slug(Path(entry.spec).stem), locale) for locale in entry.editions):
            problems[spec] += wrong
            excluded |= {(name, spec) for name in entry.except_}
            for client in found:
                if client.id not in entry.except_ and client not in clients[client.id, spec]:
                    clients[client.id, spec].append(client)
    named = {key: tuple(several) for key, several in clients.items() if several}
    return Recipients(
        fleet,
        named,
        _by_lasting_id(named),
        frozenset(excluded - named.keys()),
        {spec: tuple(some) for spec, some in problems.items()},
    )


def _by_lasting_id(
    clients: Mapping[tuple[str, str], tuple[Client, ...]],
) -> Mapping[tuple[str, str], tuple[Client, ...]]:
    found: dict[tuple[str, str], tuple[Client, ...]] = {}
    for (_slug, spec), several in clients.items():
        for client in several:
            if client.lasting_id:
                found[client.lasting_id, spec] = (*found.get((client.lasting_id, spec), ()), client)
    return found


def _read_clients(fleet: Fleet, entry: FleetReports, folder: Path) -> tuple[list[Client], list[Problem]]:
    """Return the clients of an entry that can be read, and the problems of the others."""
    found = list(clients_of(fleet, entry, folder))
    if not found:
        return [], [Problem(str(folder), 0, 0, "reports", f"no file here fits {entry.clients!r}")]
    problems = [problem for error in found if isinstance(error, SpecError) for problem in error.problems]
    return [client for client in found if not isinstance(client, SpecError)], problems
