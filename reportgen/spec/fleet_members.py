"""The members of a fleet: each spec with each of its clients, read whole or with every problem at once."""

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
from reportgen.spec.yaml_reader import Document, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

    from pydantic import JsonValue

    from reportgen.spec.client_file import Client
    from reportgen.spec.fleet_file import Fleet, FleetReports, OutputFormat
    from reportgen.spec.report_spec import ReportSpec
    from reportgen.spec.yaml_reader import Place

    _FoundMember: TypeAlias = tuple["Member", Document]

_LARGEST_LIST = 50_000_000
_NUMBERS = ("goals.", "api.requests_per_minute", "api.metrics_per_request", "version")
_LISTS = ("order", "hide")


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


def load_members(path: str | PathLike[str]) -> tuple[Fleet, tuple[Member, ...]]:
    """Return a fleet and its members, with every spec and client read.

    Raises:
        SpecError: With every problem of the fleet file, of its specs and of its clients; tokens are not
            read.
    """
    fleet, found, problems = _read_members(read_yaml(Path(path)))
    if problems := problems or list(_misfit_problems(found)):
        raise SpecError(problems)
    return fleet, tuple(member for member, _ in found)


def clients_of(fleet: Fleet, entry: FleetReports, folder: Path) -> Iterator[Client | SpecError]:
    """Yield each client of an entry with the fleet's defaults, or the error of its file.

    Args:
        fleet: The fleet with the defaults.
        entry: The entry of the fleet; the clients that it excludes are yielded too.
        folder: The folder of the fleet file.
    """
    for document in _client_documents(folder, entry.clients):
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
    fleet, found, _ = _read_members(document)
    all_read = {member.spec.path.name for member, _ in found} >= {Path(entry.spec).name for entry in fleet.reports}
    return tuple(_misfit_problems(found)) if all_read else ()


def left_out(fleet: Fleet, path: Path) -> Iterator[Client]:
    """Yield the clients that a fleet leaves out of a report, as far as their files can be read."""
    for entry in fleet.reports:
        for document in _client_documents(path.parent, entry.clients) if entry.except_ else ():
            client = None if isinstance(document, SpecError) else _client(fleet, document, path.parent)[0]
            if client and client.id in entry.except_:
                yield client


def _read_members(document: Document) -> tuple[Fleet, list[_FoundMember], list[Problem]]:
    fleet = fleet_of(document)
    found: list[_FoundMember] = []
    problems: list[Problem] = []
    for number, entry in enumerate(fleet.reports):
        more, wrong = _entry_members(fleet, entry, number, document)
        found += more
        problems += wrong
    return fleet, found, problems


def _misfit_problems(found: list[_FoundMember]) -> Iterator[Problem]:
    """Yield a problem for each name in a client file that none of its specs has."""
    specs: dict[tuple[Path, str], list[ReportSpec]] = defaultdict(list)
    for member, _ in found:
        specs[member.client.path, member.client.id].append(member.spec)
    for member, document in found:
        for misfit in misfits(member.spec, member.client, specs[member.client.path, member.client.id]):
            yield document.problem(misfit.place, misfit.message, at_key=True)


def _entry_members(
    fleet: Fleet, entry: FleetReports, number: int, document: Document
) -> tuple[list[_FoundMember], list[Problem]]:
    folder = Path(document.file).parent
    spec, problems = attempted(load_spec, folder / entry.spec)
    found = list(_client_documents(folder, entry.clients))
    wrong = list(problems)
    if not found:
        message = f"{entry.clients!r} names no client: no such file, or a list without rows"
        wrong.append(document.problem(("reports", number, "clients"), message))
    clients: list[tuple[Client, Document]] = []
    for written in found:
        client, more = (None, written.problems) if isinstance(written, SpecError) else _client(fleet, written, folder)
        wrong += more
        clients += [(client, written)] if client and isinstance(written, Document) else []
    unknown = set(entry.except_) - {client.id for client, _ in clients}
    if unknown and not wrong:
        message = f"{', '.join(sorted(unknown))} is the slug of no client of {entry.clients!r}"
        wrong.append(document.problem(("reports", number, "except"), message))
    chosen = [(client, written) for client, written in clients if client.id not in entry.except_]
    if spec is None:
        return [], wrong
    for client, _ in chosen:
        wrong += _member_problems(spec, client)
    formats = entry.formats or fleet.formats
    return [(Member(spec, client, formats), written) for client, written in chosen], wrong


def _client(fleet: Fleet, document: Document, folder: Path) -> tuple[Client | None, tuple[Problem, ...]]:
    """Return a client with the fleet's defaults, or None and its problems."""
    defaults = fleet.defaults.model_dump(mode="json", exclude_unset=True, exclude_none=True)
    for place in (defaults.get("api", {}).get(name, {}) for name in ("token", "customer_token")):
        if "file" in place:
            place["file"] = str((folder / place["file"]).resolve())
    value = _merged(defaults, document.value) if isinstance(document.value, dict) else document.value
    return attempted(client_of, Document(document.file, value, document.values, document.keys))


def _member_problems(spec: ReportSpec, client: Client) -> tuple[Problem, ...]:
    """Return the problems of a client with a spec: missing tokens or accounts."""
    if client.api is None:
        return (Problem(str(client.path), 0, 0, "api", f"{client.name}: has no tokens, and the fleet no default ones"),)
    return attempted(accounts, spec, client)[1]


def _merged(under: dict[str, JsonValue], over: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """Return a mapping over another, merged level by level; the place of a token is not merged."""
    merged = {**under, **over}
    for key in under.keys() & over.keys() - {"token", "customer_token"}:
        below, above = under[key], over[key]
        if isinstance(below, dict) and isinstance(above, dict):
            merged[key] = _merged(below, above)
    return merged


def _client_documents(folder: Path, pattern: str) -> Iterator[Document | SpecError]:
    """Yield each client file of a pattern or row of a list, or its error."""
    if pattern.lower().endswith(".csv"):
        yield from _rows(folder / pattern)
        return
    for path in sorted(folder.glob(pattern)):
        document, problems = attempted(read_yaml, path)
        yield document or SpecError(problems)


def _rows(path: Path) -> Iterator[Document | SpecError]:
    """Yield the rows of a CSV file as documents: dotted keys as heads, commas or semicolons between."""
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
        message = f"has {len(row)} cells under {len(headings)} headings; put a cell with the separator in it in quotes"
        return SpecError([Problem(str(path), line, 1, "", message)])
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
        if heading.split(".")[-1] in node:
            return SpecError([Problem(str(path), line, column, heading, "stands for one value and for several")])
        node[heading.split(".")[-1]] = _cell_value(heading, cell.strip())
        values[place] = (line, column)
    return Document(str(path), value, values, values)


def _cell_value(heading: str, cell: str) -> JsonValue:
    """Return the YAML value of a cell.

    Only keys of numbers have numbers, so that a slug of digits stays text; a list has `|` between its entries.
    """
    if heading in _LISTS:
        return [part.strip() for part in cell.split("|") if part.strip()]
    if heading.startswith("goals.") and "|" in cell:  # both ends of a range
        return [_cell_value(heading, part.strip()) for part in cell.split("|")]
    if heading.startswith(_NUMBERS):
        try:
            return int(cell) if cell.lstrip("-").isdecimal() else float(cell)
        except ValueError:
            return cell
    return cell
