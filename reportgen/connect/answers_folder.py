"""Answers kept in a folder, one file a query: recorded to be replayed, or cached to be used again while fresh.

A file holds what the API sent for one metric and the question it answers, and neither a token nor an
id of the wire. Its name is the query's digest; in a cache, the address and the tokens' fingerprint are
hashed into it, so that no customer is given another's answer.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast, get_args

from reportgen.connect.payload_sources import Payload, PayloadSource
from reportgen.connect.strict_json import JsonError, parse_json
from reportgen.errors import OutputError, SpecError
from reportgen.files import private_folder, read_text, write_private
from reportgen.model import Caution, Missing
from reportgen.queries import Failure, request_fields

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.connect.clock import Clock
    from reportgen.connect.payload_sources import Outcome
    from reportgen.connect.request_counts import Tally
    from reportgen.queries import Query

SCHEMA = "reportgen.answer/1"
_CURRENCIES = "currencies.json"


class DamagedFile(OutputError):  # noqa: N818 - reads as what happened
    """A kept answer is not what was written."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One kept answer.

    Attributes:
        outcome: What was answered.
        at: When it was kept; None in a recording, which is the same whenever it is made.
    """

    outcome: Outcome
    at: datetime | None = None


class AnswerFolder:
    """Files of answers in one folder (0700), each written whole and readable by its owner alone (0600)."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; it is made when the first answer is kept."""
        self.folder = folder

    @property
    def pictures(self) -> Path:
        """The folder of the pictures that came from other hosts, one file an address, named by its hash."""
        return self.folder / "pictures"

    def path(self, key: str) -> Path:
        """Return the file of a key."""
        return self.folder / f"{key.removeprefix('sha256:')}.json"

    def keep(self, key: str, query: Query, kept: Kept) -> None:
        """Write one answer.

        Raises:
            OutputError: It cannot be written.
        """
        outcome = kept.outcome
        answer: dict[str, JsonValue] = (
            {"failure": {"missing": outcome.missing, "reason": outcome.reason}}
            if isinstance(outcome, Failure)
            else {"answer": outcome.json}
        )
        request: JsonValue = {**request_fields(query.source, query.window), "metric": query.metric}
        at = {"at": kept.at.isoformat()} if kept.at else {}
        self.write(self.path(key), {"schema": SCHEMA, "request": request, **at, **answer})

    def read(self, key: str) -> Kept | None:
        """Read one answer; None where none is kept.

        Raises:
            DamagedFile: It is not what was written.
        """
        content = self.load(self.path(key))
        if content is None:
            return None
        at = content.get("at")
        when = datetime.fromisoformat(at) if isinstance(at, str) else None
        failure = content.get("failure")
        if isinstance(failure, dict) and failure.get("missing") in get_args(Missing):
            return Kept(Failure(cast("Missing", failure["missing"]), str(failure.get("reason", ""))), when)
        return Kept(Payload(content.get("answer")), when)

    def write(self, path: Path, content: dict[str, JsonValue]) -> None:
        """Write JSON with its hash."""
        text = _text(content)
        write_private(path, _text({"sha256": _hash(text), "content": content}).encode() + b"\n")

    def load(self, path: Path) -> dict[str, JsonValue] | None:
        """Read JSON and check its hash; None where there is no such file.

        Raises:
            DamagedFile: It is not what was written.
        """
        if not path.exists():
            return None
        try:
            file = parse_json(read_text(path), keep_nan=True)
        except (SpecError, JsonError) as error:
            message = f"{path} is damaged: {error}"
            raise DamagedFile(message) from error
        whole = file if isinstance(file, dict) else {}
        content = whole.get("content")
        if not isinstance(content, dict) or whole.get("sha256") != _hash(_text(content)):
            message = f"{path} is damaged: what it holds is not what was written"
            raise DamagedFile(message)
        return content

    def of_accounts(self, uuids: Collection[str]) -> tuple[Path, ...]:
        """Return the files with answers of some accounts, and that of the currencies, sorted; none where no answer is.

        Reports of several clients may be recorded in one folder. A damaged file may be anybody's, so it is not among
        them.
        """
        kept = [path for path in map(self.folder.joinpath, self.names()) if self._account(path) in uuids]
        return tuple(sorted([*kept, *self.folder.glob(_CURRENCIES)])) if kept else ()

    def _account(self, path: Path) -> JsonValue:
        """Return the uuid of the account that a file has an answer of; None where it is damaged."""
        with suppress(DamagedFile):
            request = (self.load(path) or {}).get("request")
            return request.get("customer_integration") if isinstance(request, dict) else None
        return None

    def names(self) -> tuple[str, ...]:
        """Return the names of the files that hold answers, sorted."""
        return tuple(sorted(path.name for path in self.folder.glob("*.json") if path.name != _CURRENCIES))


class Recording(PayloadSource):
    """Keeps everything that another source brings, failures too, so that a replay is the same report."""

    def __init__(self, source: PayloadSource, folder: Path) -> None:
        """Keep the answers of a source in a folder.

        Raises:
            OutputError: The folder cannot be made.
        """
        self._source, self._files = source, AnswerFolder(private_folder(folder))

    async def fetch_payloads(self, queries: Sequence[Query]) -> dict[Query, Outcome]:
        """Fetch and keep."""
        outcomes = await self._source.fetch_payloads(queries)
        for query, outcome in outcomes.items():
            self._files.keep(query.digest, query, Kept(outcome))
        return outcomes

    async def fetch_currencies(self) -> Mapping[str, str]:
        """Fetch and keep."""
        currencies = await self._source.fetch_currencies()
        self._files.write(self._files.folder / _CURRENCIES, {"schema": SCHEMA, "currencies": dict(currencies)})
        return currencies

    def picture_folder(self) -> Path:
        """Return the folder of pictures inside the recording."""
        return self._files.pictures

    def cautions(self) -> tuple[Caution, ...]:
        """Pass on what the source says."""
        return self._source.cautions()


class Replay(PayloadSource):
    """Answers from a recording, without a network."""

    def __init__(self, folder: Path) -> None:
        """Read from a folder."""
        self._files = AnswerFolder(folder)
        self._asked: set[str] = set()

    async def fetch_payloads(self, queries: Sequence[Query]) -> dict[Query, Outcome]:
        """Look every query up; one that was not recorded is `not_returned`, a damaged one `failed`."""
        return {query: self._outcome(query) for query in queries}

    async def fetch_currencies(self) -> Mapping[str, str]:
        """Return what was recorded."""
        content = self._files.load(self._files.folder / _CURRENCIES) or {}
        currencies = content.get("currencies")
        return {uuid: str(code) for uuid, code in currencies.items()} if isinstance(currencies, dict) else {}

    def picture_folder(self) -> Path:
        """Return the folder of pictures inside the recording."""
        return self._files.pictures

    def cautions(self) -> tuple[Caution, ...]:
        """Name the files that nobody asked for."""
        unused = [name for name in self._files.names() if name not in self._asked]
        return tuple(Caution("W-UNUSED", f"the recording holds {name}, which no block asks for") for name in unused)

    def _outcome(self, query: Query) -> Outcome:
        path = self._files.path(query.digest)
        self._asked.add(path.name)
        try:
            kept = self._files.read(query.digest)
        except DamagedFile as error:
            return Failure("failed", f"{error}; record again")
        if kept is None:
            days = query.window.current
            what = f"{query.metric.get('reference_key')} of {query.source.alias}, {days.start}..{days.end}"
            return Failure("not_returned", f"the recording has no {path.name}, for {what}")
        return kept.outcome


class Cache(PayloadSource):
    """Uses kept answers again while they are fresh, and asks another source for the rest."""

    def __init__(  # noqa: PLR0913 - what is kept of what, where, for how long, for whom, and who counts it
        self, source: PayloadSource, folder: Path, fresh: timedelta, salt: str, *, clock: Clock, tally: Tally
    ) -> None:
        """Keep the answers of a source in a folder.

        Args:
            source: What is asked for what is not there, or not fresh.
            folder: Where answers are kept between runs.
            fresh: How long an answer may be used.
            salt: Of the API's address and the tokens' fingerprint; answers of others are never found.
            clock: What tells the time of day.
            tally: Counts the answers that are used again.

        Raises:
            OutputError: The folder cannot be made.
        """
        self._source, self._files = source, AnswerFolder(private_folder(folder))
        self._fresh, self._salt, self._clock, self._tally = fresh, salt, clock, tally
        self._damaged: list[str] = []

    async def fetch_payloads(self, queries: Sequence[Query]) -> dict[Query, Outcome]:
        """Take what is fresh, ask for the rest, and keep its successes; a failure is asked again next time."""
        found = {query: kept for query in queries if (kept := self._look_up(query))}
        self._tally.reused += len(found)
        asked = await self._source.fetch_payloads([query for query in queries if query not in found])
        now = self._clock.wall()
        for query, outcome in asked.items():
            if isinstance(outcome, Payload):
                self._files.keep(self._key(query), query, Kept(outcome, now))
        return {query: found[query] if query in found else asked[query] for query in queries}

    async def fetch_currencies(self) -> Mapping[str, str]:
        """Ask; a currency is looked up rarely and in one request."""
        return await self._source.fetch_currencies()

    def cautions(self) -> tuple[Caution, ...]:
        """Name the entries that were damaged and had to be asked for again."""
        damaged = (Caution("W-CACHE", f"{text}; it was asked for again") for text in self._damaged)
        return (*damaged, *self._source.cautions())

    def _look_up(self, query: Query) -> Payload | None:
        try:
            kept = self._files.read(self._key(query))
        except DamagedFile as error:
            self._damaged.append(str(error))
            return None
        if kept is None or kept.at is None or not isinstance(kept.outcome, Payload):
            return None
        age = self._clock.wall() - kept.at
        return kept.outcome if timedelta() <= age < self._fresh else None

    def _key(self, query: Query) -> str:
        return _hash(f"{self._salt}\n{query.digest}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _text(value: JsonValue) -> str:
    """Write JSON in the one form that is hashed; a NaN of the API stays one, so that a replay warns of it too."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
