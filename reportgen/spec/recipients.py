"""The clients that a fleet's files name now, with their addresses: what a delivery needs, whatever was made before.

No spec is read and no period is resolved, and a client that cannot be read costs the others nothing: a change of a
spec, or a slip in one client's file, must not keep back what was made for the rest.
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
from reportgen.spec.yaml_file import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

    from reportgen.spec.client_file import Client
    from reportgen.spec.fleet_file import Fleet, FleetReports

_SHOWN = 3  # problems of client files that one message has room for


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who gets which report of a fleet.

    Attributes:
        fleet: What its file holds.
        clients: By slug and name of the spec; several where files disagree who has the slug.
        excluded: Slugs and names of specs that `except` takes out.
        problems: Why some clients could not be read, by the name of the spec that they would get.
    """

    fleet: Fleet
    clients: Mapping[tuple[str, str], tuple[Client, ...]]
    excluded: frozenset[tuple[str, str]]
    problems: Mapping[str, tuple[Problem, ...]]

    def client(self, client: str, spec: str) -> Client | None:
        """Return the client who gets a report, or None where there is none, or more than one could be meant."""
        found = self.clients.get((client, spec), ())
        return found[0] if len(found) == 1 else None

    def is_unreadable(self, client: str, spec: str) -> bool:
        """Tell whether it is a fault of the files that nobody gets a report, and not what they say."""
        return (client, spec) not in self.excluded and bool(self.problems.get(spec) or self.clients.get((client, spec)))

    def why_none(self, client: str, spec: str) -> str:
        """Return why nobody gets a report."""
        if found := self.clients.get((client, spec)):
            names = ", ".join(f"{one.name} ({one.path})" for one in found)
            return f"several clients have the slug {client} now: {names}; give each its own"
        if (client, spec) in self.excluded:
            return f"the fleet's `except` names {client} now"
        if wrong := self.problems.get(spec):
            more = f" and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
            read = "; ".join(map(str, wrong[:_SHOWN]))
            return f"no client that can be read has this slug, and some cannot be read: {read}{more}"
        return f"the fleet has no client {client} for the spec {spec} any more"


def read_recipients(path: str | PathLike[str]) -> Recipients:
    """Read a fleet file and the client files that it names.

    Raises:
        SpecError: The fleet file itself is wrong; with every problem of it.
    """
    file = Path(path)
    fleet = fleet_of(read_yaml(file))
    clients: dict[tuple[str, str], list[Client]] = defaultdict(list)
    excluded: set[tuple[str, str]] = set()
    problems: dict[str, list[Problem]] = defaultdict(list)
    for entry in fleet.reports:
        spec = slug(Path(entry.spec).stem)
        found, wrong = _read(fleet, entry, file.parent)
        problems[spec] += wrong
        excluded |= {(name, spec) for name in entry.except_}
        for client in found:
            if client.id not in entry.except_ and client not in clients[client.id, spec]:
                clients[client.id, spec].append(client)
    named = {whose: tuple(several) for whose, several in clients.items() if several}
    return Recipients(
        fleet, named, frozenset(excluded - named.keys()), {spec: tuple(some) for spec, some in problems.items()}
    )


def _read(fleet: Fleet, entry: FleetReports, folder: Path) -> tuple[list[Client], list[Problem]]:
    """Return the clients of an entry that can be read, and what is wrong with the others."""
    found: list[Client] = []
    wrong: list[Problem] = []
    for one in clients_of(fleet, entry, folder):
        if isinstance(one, SpecError):
            wrong += one.problems
        else:
            found.append(one)
    if not (found or wrong):
        wrong.append(Problem(str(folder), 0, 0, "reports", f"no file here fits {entry.clients!r}"))
    return found, wrong
