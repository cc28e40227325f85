"""Answers for ended months and other buckets of histories, kept between runs.

A month that is over is asked for once, so that thirteen months cost a request or two more in each report after the
first. The files are those of `answers_folder`, in a folder for each customer's tokens, 0700, pruned of answers that
were not used for 35 days.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from datetime import timedelta
from shutil import rmtree
from typing import TYPE_CHECKING

from reportgen.connect.answer_values import decimal_of
from reportgen.connect.answers_folder import AnswerFolder, DamagedFile, StoredAnswer
from reportgen.connect.payload_sources import PayloadSource, WrappedSource, may_be_kept
from reportgen.files import private_folder
from reportgen.model import Caution

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.connect.clock import Clock
    from reportgen.connect.payload_sources import Outcome, Payload
    from reportgen.connect.request_counts import Tally
    from reportgen.queries import Query

UNUSED = timedelta(days=35)
"""How long an answer is kept after it was last used."""


class KeptBuckets(WrappedSource):
    """A source that answers the queries of ended buckets from a folder, and asks another source for the rest."""

    def __init__(  # noqa: PLR0913 - the source, the folder, its owner, whether all is asked, the time, and the counts
        self,
        source: PayloadSource,
        folder: Path,
        client_key: str,
        *,
        renews: bool,
        keeps: bool = True,
        clock: Clock,
        tally: Tally,
    ) -> None:
        """Keep answers in a folder; nothing is read or made before the first query of a bucket.

        Args:
            source: The source of the answers that are not in the folder.
            folder: The folder of all customers.
            client_key: The API's address and the tokens' fingerprint; answers to other tokens are never found.
            renews: Whether all is asked anew, and what differs from a kept answer is a caution.
            keeps: Whether what is asked is kept; a look alone leaves all as it is, for the report that is made later.
            clock: The clock for the age of answers.
            tally: Counts the answers that were kept.
        """
        super().__init__(source)
        self._root = folder
        self._files = AnswerFolder(folder / hashlib.sha256(client_key.encode()).hexdigest()[:32])
        self._renews, self._keeps, self._clock, self._tally = renews, keeps, clock, tally
        self._cautions: list[Caution] = []

    async def fetch_payloads(self, queries: Sequence[Query]) -> dict[Query, Outcome]:
        """Return kept answers for ended buckets, and answers of the source, kept unless they are failures."""
        ended = [query for query in queries if query.is_kept]
        if not ended:
            return await self._source.fetch_payloads(queries)
        if self._keeps:
            private_folder(self._files.folder)
            self._prune()
        kept = {query: payload for query in ended if (payload := self._kept(query))}
        found = {} if self._renews else kept
        self._tally.reused += len(found)
        asked = await self._source.fetch_payloads([query for query in queries if query not in found])
        new = {query: answer for query in ended if may_be_kept(answer := asked.get(query), query)}
        for query, answer in new.items():
            self._compare(query, kept.get(query), answer)
        if self._keeps:
            self._keep(new, found)
        return {query: found[query] if query in found else asked[query] for query in queries}

    def cautions(self) -> tuple[Caution, ...]:
        """Return a caution for each value that its source has changed, and for each damaged file."""
        return (*self._cautions, *self._source.cautions())

    def _kept(self, query: Query) -> Payload | None:
        try:
            stored = self._files.read(query.digest)
        except DamagedFile as error:
            self._cautions.append(Caution("W-CACHE", f"{error}; it was asked for again"))
            return None
        return stored.outcome if stored and may_be_kept(stored.outcome, query) else None

    def _keep(self, new: Mapping[Query, Payload], found: Iterable[Query]) -> None:
        """Store new answers, and mark the folder, these and those that were found in it as used."""
        for query, answer in new.items():
            self._files.store(query.digest, query, StoredAnswer(answer, self._clock.wall()))
        for path in (self._files.folder, *(self._files.path(query.digest) for query in (*new, *found))):
            self._mark_used(path)

    def _compare(self, query: Query, before: Payload | None, now: Payload) -> None:
        """Add a caution where a source has another value now than it had."""
        old, new = (_value(payload.json) if payload else None for payload in (before, now))
        if before and old != new:
            key = query.metric.get("reference_key")
            days = query.window.current.dates
            text = f"{key} of {days} was {old} and is {new} now: the source restated it; earlier reports say {old}"
            self._cautions.append(Caution("W-RESTATED", text))

    def _mark_used(self, path: Path) -> None:
        now = self._clock.wall().timestamp()
        with suppress(OSError):
            os.utime(path, (now, now))

    def _prune(self) -> None:
        """Remove the answers of this customer that were long unused, and the folders of customers without reports."""
        for path in self._files.folder.glob("*.json"):
            if self._is_unused(path):
                path.unlink(missing_ok=True)
        for folder in self._root.iterdir():
            if folder != self._files.folder and folder.is_dir() and self._is_unused(folder):
                rmtree(folder, ignore_errors=True)

    def _is_unused(self, path: Path) -> bool:
        with suppress(OSError):  # another run may have removed it
            return self._clock.wall().timestamp() - path.stat().st_mtime > UNUSED.total_seconds()
        return False


def _value(answer: JsonValue) -> JsonValue:
    """Return the value of a number's answer, a number also where it came as text; another answer as it is."""
    value = answer.get("values") if isinstance(answer, dict) else answer
    number = decimal_of(value) if isinstance(value, str) else None
    return value if number is None else number
