"""The reports of a fleet: each spec with each of its clients, read whole or with every problem at once."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from reportgen.errors import Problem, SpecError
from reportgen.files import read_text
from reportgen.spec.client_overrides import misfits
from reportgen.spec.loading import attempted, client_of, fleet_of, load_spec
from reportgen.spec.source_accounts import accounts
from reportgen.spec.yaml_file import Document, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

    from pydantic import JsonValue

    from reportgen.spec.client_file import Client
    from reportgen.spec.fleet_file import Fleet, FleetReports, OutputFormat
    from reportgen.spec.report_spec import ReportSpec
    from reportgen.spec.yaml_file import Place

    _Found: TypeAlias = tuple["Member", Document]

_LARGEST_LIST = 50_000_000
_NUMBERS = ("goals.", "api.requests_per_minute", "api.metrics_per_request", "version")
_LISTS = ("order", "hide")


@dataclass(frozen=True, slots=True)
class Member:
    """One report of a fleet.

    Attributes:
        spec: What is reported.
        client: For whom, with the fleet's defaults under it.
        formats: What is written.
    """

    spec: ReportSpec
    client: Client
    formats: tuple[OutputFormat, ...]


def load_members(path: str | PathLike[str]) -> tuple[Fleet, tuple[Member, ...]]:
    """Read a fleet file and everything it names.

    Raises:
        SpecError: With every problem of the fleet file, of its specs and of its clients; whether the tokens
            they name are there is not looked at.
    """
    fleet, found, problems = _read(read_yaml(Path(path)))
    if problems := problems or list(_unfit(found)):
        raise SpecError(problems)
    return fleet, tuple(member for member, _ in found)


def clients_of(fleet: Fleet, entry: FleetReports, folder: Path) -> Iterator[Client | SpecError]:
    """Yield each client of an entry with the fleet's defaults under it, or what is wrong with it.

    Args:
        fleet: With the defaults.
        entry: Which clients; those that it excludes are among them.
        folder: Of the fleet file.
    """
    for document in _client_documents(folder, entry.clients):
        if isinstance(document, SpecError):
            yield document
            continue
        client, problems = _client(fleet, document, folder)
        yield client or SpecError(problems)


def fleet_misfits(document: Document) -> tuple[Problem, ...]:
    """Return what clients of a fleet name that none of their specs has, as far as these can be read.

    Raises:
        SpecError: It is no fleet.
    """
    fleet, found, _ = _read(document)
    all_read = {member.spec.path.name for member, _ in found} >= {Path(entry.spec).name for entry in fleet.reports}
    return tuple(_unfit(found)) if all_read else ()


def left_out(fleet: Fleet, path: Path) -> Iterator[Client]:
    """Yield the clients that a fleet names only to leave them out of a report, as far as their files can be read."""
    for entry in fleet.reports:
        for document in _client_documents(path.parent, entry.clients) if entry.except_ else ():
            client = None if isinstance(document, SpecError) else _client(fleet, document, path.parent)[0]
            if client and client.id in entry.except_:
                yield client


def _read(document: Document) -> tuple[Fleet, list[_Found], list[Problem]]:
    fleet = fleet_of(document)
    found: list[_Found] = []
    problems: list[Problem] = []
    for number, entry in enumerate(fleet.reports):
        more, wrong = _entry_members(fleet, entry, number, document)
        found += more
        problems += wrong
    return fleet, found, problems


def _unfit(found: list[_Found]) -> Iterator[Problem]:
    """Yield what each client names that none of its specs has."""
    specs: dict[tuple[Path, str], list[ReportSpec]] = defaultdict(list)
    for member, _ in found:
        specs[member.client.path, member.client.id].append(member.spec)
    for member, document in found:
        for one in misfits(member.spec, member.client, specs[member.client.path, member.client.id]):
            yield document.problem(one.place, one.message, at_key=True)


def _entry_members(
    fleet: Fleet, entry: FleetReports, number: int, document: Document
) -> tuple[list[_Found], list[Problem]]:
    folder = Path(document.file).parent
    spec, problems = attempted(lambda: load_spec(folder / entry.spec))
    found = list(_client_documents(folder, entry.clients))
    wrong = list(problems)
    if not found:
        said = f"{entry.clients!r} names no client: no such file, or a list without rows"
        wrong.append(document.problem(("reports", number, "clients"), said))
    clients: list[tuple[Client, Document]] = []
    for one in found:
        client, more = (None, one.problems) if isinstance(one, SpecError) else _client(fleet, one, folder)
        wrong += more
        clients += [(client, one)] if client and isinstance(one, Document) else []
    unknown = set(entry.except_) - {client.id for client, _ in clients}
    if unknown and not wrong:
        said = f"{', '.join(sorted(unknown))} is the slug of no client of {entry.clients!r}"
        wrong.append(document.problem(("reports", number, "except"), said))
    chosen = [(client, written) for client, written in clients if client.id not in entry.except_]
    if spec is None:
        return [], wrong
    for client, _ in chosen:
        wrong += _misfit(spec, client)
    formats = entry.formats or fleet.formats
    return [(Member(spec, client, formats), written) for client, written in chosen], wrong


def _client(fleet: Fleet, document: Document, folder: Path) -> tuple[Client | None, tuple[Problem, ...]]:
    """Read a client with the fleet's defaults under it."""
    defaults = fleet.defaults.model_dump(mode="json", exclude_unset=True, exclude_none=True)
    for place in (defaults.get("api", {}).get(name, {}) for name in ("token", "customer_token")):
        if "file" in place:
            place["file"] = str((folder / place["file"]).resolve())
    value = _merged(defaults, document.value) if isinstance(document.value, dict) else document.value
    return attempted(lambda: client_of(Document(document.file, value, document.values, document.keys)))


def _misfit(spec: ReportSpec, client: Client) -> tuple[Problem, ...]:
    """Return why a client cannot have a report of this spec: no tokens are named, or accounts are."""
    if client.api is None:
        return (Problem(str(client.path), 0, 0, "api", f"{client.name}: has no tokens, and the fleet no default ones"),)
    return attempted(lambda: accounts(spec, client))[1]


def _merged(under: dict[str, JsonValue], over: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """Lay the keys of one mapping over those of another, level by level; a place of a token is one thing."""
    merged = {**under, **over}
    for key in under.keys() & over.keys() - {"token", "customer_token"}:
        below, above = under[key], over[key]
        if isinstance(below, dict) and isinstance(above, dict):
            merged[key] = _merged(below, above)
    return merged


def _client_documents(folder: Path, pattern: str) -> Iterator[Document | SpecError]:
    """Yield each client file of a pattern, or each row of a list, or what is wrong with it."""
    if pattern.lower().endswith(".csv"):
        yield from _rows(folder / pattern)
        return
    for path in sorted(folder.glob(pattern)):
        document, problems = attempted(lambda path=path: read_yaml(path))  # type: ignore[misc] # a default is no argument
        yield document or SpecError(problems)


def _rows(path: Path) -> Iterator[Document | SpecError]:
    """Yield the rows of a spreadsheet's export: dotted keys above, commas or semicolons between."""
    try:
        text = read_text(path, _LARGEST_LIST)
    except SpecError as error:
        yield error
        return
    first = text.partition("\n")[0]
    reader = csv.reader(text.splitlines(keepends=True), delimiter=";" if first.count(";") > first.count(",") else ",")
    try:
        headings = [heading.strip() for heading in next(reader, [])]
        for row in reader:
            if any(cell.strip() for cell in row):
                yield _row_document(path, headings, row, reader.line_num)
    except csv.Error as error:
        yield SpecError([Problem(str(path), reader.line_num, 1, "", f"is no CSV here: {error}")])


def _row_document(path: Path, headings: list[str], row: list[str], line: int) -> Document | SpecError:
    if len(row) > len(headings):
        said = f"has {len(row)} cells under {len(headings)} headings; put a cell with the separator in it in quotes"
        return SpecError([Problem(str(path), line, 1, "", said)])
    value: dict[str, JsonValue] = {"version": 1}
    values: dict[Place, tuple[int, int]] = {(): (line, 1)}
    for column, (heading, cell) in enumerate(zip(headings, row, strict=False), 1):
        if not (heading and cell.strip()):
            continue
        place: Place = tuple(heading.split("."))
        node = value
        for key in heading.split(".")[:-1]:
            below = node.setdefault(key, {})
            if not isinstance(below, dict):
                return SpecError([Problem(str(path), line, column, heading, "stands for one value and for several")])
            node = below
        node[heading.split(".")[-1]] = _typed(heading, cell.strip())
        values[place] = (line, column)
    return Document(str(path), value, values, values)


def _typed(heading: str, cell: str) -> JsonValue:
    """Return a cell as YAML would have it.

    A number only where one is meant, so that a slug of digits stays text; a list with `|` between its entries.
    """
    if heading in _LISTS:
        return [part.strip() for part in cell.split("|") if part.strip()]
    if heading.startswith(_NUMBERS):
        try:
            return int(cell) if cell.lstrip("-").isdecimal() else float(cell)
        except ValueError:
            return cell
    return cell
