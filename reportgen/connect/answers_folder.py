"""Answers stored in a folder, a file for each query: recorded to be replayed, or cached to be used again while fresh.

A file holds the API's answer to a metric and the request it answers, and neither a token nor an
id of the wire. Its name is the query's digest; in a cache, the address and the tokens' fingerprint are
hashed into it, so that no customer is given another's answer.
"""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import nan
from typing import TYPE_CHECKING, cast, get_args

from reportgen.connect.account_fact_files import paths_of_facts, read_facts, store_facts
from reportgen.connect.payload_sources import Payload, PayloadSource, WrappedSource, may_be_kept
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
    from reportgen.queries import AccountFacts, Query

SCHEMA = "reportgen.answer/1"
_WRITTEN = re.compile(r'\{"content":(?P<content>\{.*\}),"sha256":"(?P<hash>[0-9a-f]{64})"\}\n')


class DamagedFile(OutputError):  # noqa: N818 - reads as what happened
    """The file of a stored answer was changed or cut after it was written."""


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer in a folder.

    Attributes:
        outcome: The answer, or the reason why there is none.
        at: When it was stored; None in a recording, which is the same whenever it is made.
    """

    outcome: Outcome
    at: datetime | None = None


class AnswerFolder:
    """Files of answers in a folder (0700), each written whole and readable by its owner alone (0600)."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; it is made when the first answer is stored."""
        self.folder = folder

    @property
    def pictures(self) -> Path:
        """The folder of pictures from other hosts, a file for each address, named by its hash."""
        return self.folder / "pictures"

    def path(self, key: str) -> Path:
        """Return the file of a key."""
        return self.folder / f"{key.removeprefix('sha256:')}.json"

    def store(self, key: str, query: Query, stored: StoredAnswer) -> None:
        """Write an answer.

        Raises:
            OutputError: It cannot be written.
        """
        outcome = stored.outcome
        answer: dict[str, JsonValue] = (
            {"failure": {"missing": outcome.missing, "reason": outcome.reason}}
            if isinstance(outcome, Failure)
            else {"answer": outcome.json}
        )
        request: JsonValue = {**request_fields(query.source.uuid, query.window), "metric": query.metric}
        at = {"at": stored.at.isoformat()} if stored.at else {}
        self.write(self.path(key), {"schema": SCHEMA, "request": request, **at, **answer})

    def read(self, key: str) -> StoredAnswer | None:
        """Return a stored answer; None where there is none.

        Raises:
            DamagedFile: The file was changed.
        """
        content = self.load(self.path(key))
        if content is None:
            return None
        at = content.get("at")
        when = datetime.fromisoformat(at) if isinstance(at, str) else None
        failure = content.get("failure")
        if isinstance(failure, dict) and failure.get("missing") in get_args(Missing):
            return StoredAnswer(Failure(cast("Missing", failure["missing"]), str(failure.get("reason", ""))), when)
        return StoredAnswer(Payload(content.get("answer")), when)

    def write(self, path: Path, content: dict[str, JsonValue]) -> None:
        """Write a file of JSON with its hash."""
        text = _text(content)
        write_private(path, _text({"sha256": _hash(text), "content": content}).encode() + b"\n")

    def load(self, path: Path) -> dict[str, JsonValue] | None:
        """Return the JSON of a file, its hash checked; None where there is no such file.

        Raises:
            DamagedFile: The file was changed.
        """
        if not path.exists():
            return None
        try:
            text = read_text(path)
            if (written := _content_as_written(text)) is not None:
                return written
            file = parse_json(text, keep_nan=True)
        except (SpecError, JsonError) as error:
            raise DamagedFile(f"{path} is damaged: {error}") from error
        whole = file if isinstance(file, dict) else {}
        content = whole.get("content")
        if not isinstance(content, dict) or whole.get("sha256") != _hash(_text(content)):
            raise DamagedFile(f"{path} is damaged: what it holds is not what was written")
        return content

    def paths_of_accounts(self, uuids: Collection[str]) -> tuple[Path, ...]:
        """Return the files with answers of the accounts and those of their facts, sorted; none without an answer.

        Reports of several clients may be recorded in the same folder. A damaged file may belong to any of them, so it
        is left out.
        """
        paths = [path for path in map(self.folder.joinpath, self.names()) if self._account(path) in uuids]
        return tuple(sorted([*paths, *paths_of_facts(self.folder, uuids)])) if paths else ()

    def _account(self, path: Path) -> JsonValue:
        """Return the uuid of the account whose answer is in a file; None where it is damaged."""
        with suppress(DamagedFile):
            request = (self.load(path) or {}).get("request")
            return request.get("customer_integration") if isinstance(request, dict) else None
        return None

    def names(self) -> tuple[str, ...]:
        """Return the names of the files that hold answers, sorted."""
        facts = {path.name for path in paths_of_facts(self.folder)}
        return tuple(sorted(path.name for path in self.folder.glob("*.json") if path.name not in facts))


class Recording(WrappedSource):
    """A source that stores all answers of another source, failures too, so that a replay is the same report."""

    def __init__(self, source: PayloadSource, folder: Path) -> None:
        """Store the answers of a source in a folder.

        Raises:
            OutputError: The folder cannot be made.
        """
        super().__init__(source)
        self._files = AnswerFolder(private_folder(folder))
        self._accounts: set[str] = set()

    async def fetch_payloads(self, queries: Sequence[Query]) -> dict[Query, Outcome]:
        """Fetch the answers and store them."""
        outcomes = await self._source.fetch_payloads(queries)
        self._accounts |= {query.source.uuid for query in queries}
        for query, outcome in outcomes.items():
            self._files.store(query.digest, query, StoredAnswer(outcome))
        return outcomes

    async def fetch_account_facts(self) -> Mapping[str, AccountFacts]:
        """Fetch the names and currencies of the accounts, and store those of the accounts that were asked."""
        facts = await self._source.fetch_account_facts()
        for uuid in sorted(self._accounts & facts.keys()):
            store_facts(self._files, uuid, facts[uuid])
        return facts

    def picture_folder(self) -> Path:
        """Return the folder of pictures inside the recording."""
        return self._files.pictures


class Replay(PayloadSource):
    """A source of answers from a recording, without a network."""

    def __init__(self, folder: Path) -> None:
        """Read the files of a folder."""
        self._files = AnswerFolder(folder)
        self._asked: set[str] = set()

    async def fetch_payloads(self, queries: Sequence[Query]) -> dict[Query, Outcome]:
        """Return the recorded answers; a query without a recording is `not_returned`, in a damaged file `failed`."""
        return {query: self._outcome(query) for query in queries}

    async def fetch_account_facts(self) -> Mapping[str, AccountFacts]:
        """Return the recorded names and currencies."""
        return read_facts(self._files)

    def picture_folder(self) -> Path:
        """Return the folder of pictures inside the recording."""
        return self._files.pictures

    def cautions(self) -> tuple[Caution, ...]:
        """Return a caution for each file that no query asked for."""
        unused = [name for name in self._files.names() if name not in self._asked]
        return tuple(Caution("W-UNUSED", f"the recording holds {name}, which no block asks for") for name in unused)

    def _outcome(self, query: Query) -> Outcome:
        path = self._files.path(query.digest)
        self._asked.add(path.name)
        try:
            stored = self._files.read(query.digest)
        except DamagedFile as error:
            return Failure("failed", f"{error}; record again")
        if stored is None:
            days = query.window.current
            asked = f"{query.metric.get('reference_key')} of {query.source.alias}, {days.start}..{days.end}"
            return Failure("not_returned", f"the recording has no {path.name}, for {asked}")
        return stored.outcome


class Cache(WrappedSource):
    """A source that uses stored answers again while they are fresh, and asks another source for the rest."""

    def __init__(  # noqa: PLR0913 - the source, the folder, the age, the owner, the time, and the counts
        self, source: PayloadSource, folder: Path, fresh: timedelta, client_key: str, *, clock: Clock, tally: Tally
    ) -> None:
        """Store the answers of a source in a folder.

        Args:
            source: Source of the answers that are not in the folder, or not fresh.
            folder: Folder of the answers, between runs.
            fresh: How long an answer may be used.
            client_key: The API's address and the tokens' fingerprint; answers to other tokens are never found.
            clock: Clock for the age of answers.
            tally: Counts the answers that are used again.

        Raises:
            OutputError: The folder cannot be made.
        """
        super().__init__(source)
        self._files = AnswerFolder(private_folder(folder))
        self._fresh, self._client_key, self._clock, self._tally = fresh, client_key, clock, tally
        self._damaged: list[str] = []

    async def fetch_payloads(self, queries: Sequence[Query]) -> dict[Query, Outcome]:
        """Return fresh answers of the folder, and answers of the source, stored unless they are failures."""
        found = {query: payload for query in queries if (payload := self._fresh_payload(query))}
        self._tally.reused += len(found)
        asked = await self._source.fetch_payloads([query for query in queries if query not in found])
        now = self._clock.wall()
        for query, outcome in asked.items():
            if may_be_kept(outcome, query):
                self._files.store(self._key(query), query, StoredAnswer(outcome, now))
        return {query: found[query] if query in found else asked[query] for query in queries}

    def cautions(self) -> tuple[Caution, ...]:
        """Return a caution for each damaged file, whose query was asked again."""
        damaged = (Caution("W-CACHE", f"{text}; it was asked for again") for text in self._damaged)
        return (*damaged, *self._source.cautions())

    def _fresh_payload(self, query: Query) -> Payload | None:
        try:
            stored = self._files.read(self._key(query))
        except DamagedFile as error:
            self._damaged.append(str(error))
            return None
        if stored is None or stored.at is None or not isinstance(stored.outcome, Payload):
            return None
        age = self._clock.wall() - stored.at
        return stored.outcome if timedelta() <= age < self._fresh else None

    def _key(self, query: Query) -> str:
        return _hash(f"{self._client_key}\n{query.digest}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _content_as_written(text: str) -> dict[str, JsonValue] | None:
    """Return the content of a file whose text was not changed after it was written; None where it was.

    It is strict JSON then, and need not be read as what strangers send, which takes three times as long.
    """
    if not (found := _WRITTEN.fullmatch(text)) or _hash(found["content"]) != found["hash"]:
        return None
    content: dict[str, JsonValue] = json.loads(found["content"], parse_constant=lambda _: nan)
    return content


def _text(value: JsonValue) -> str:
    """Return JSON in the form that is hashed; a NaN of the API stays NaN, so that a replay warns of it too.

    Half of a pair of surrogates, as a name that was cut within an emoji ends with, is no UTF-8 and stays escaped.
    """
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace").decode()
