"""What was asked asynchronously and has not come yet: on disk, so that a restart loses no delivery."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from secrets import compare_digest
from typing import TYPE_CHECKING, Self, cast

from reportgen.connect.strict_json import JsonError, parse_json
from reportgen.errors import OutputError
from reportgen.files import private_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from types import TracebackType

    from pydantic import JsonValue

    from reportgen.connect.clock import Clock

FRESH_SECONDS = 3600.0
_KEPT_SECONDS = 7 * 86_400.0  # after that a replay is 404 instead of 410
_FILE = "webhook.sqlite3"
# written -> sent -> delivered -> used; spoiled: what came cannot be read; closed: nobody waits now; late: came then
_TABLE = """
CREATE TABLE IF NOT EXISTS pending (
    token_hash TEXT PRIMARY KEY,
    question TEXT NOT NULL,
    ids TEXT NOT NULL,
    expires REAL NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('written', 'sent', 'delivered', 'used', 'spoiled', 'closed', 'late')),
    delivery TEXT,
    reason TEXT NOT NULL DEFAULT ''
)
"""


@dataclass(frozen=True, slots=True)
class PendingRequest:
    """One request whose delivery is waited for.

    Attributes:
        key: The hash of its token.
        ids: The id of each metric on the wire, by the digest of its query.
    """

    key: str
    ids: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WebhookBody:
    """What came for a request.

    Attributes:
        json: The delivery; None where none came that can be read.
        reason: Why what came cannot be read; empty where nothing came.
    """

    json: dict[str, JsonValue] | None
    reason: str = ""


class PendingRequests:
    """A table of requests and their deliveries in one SQLite file that only its owner reads.

    It holds no API token, and of a request's own token only the hash. `with` opens and closes it; it
    belongs to the thread that opened it.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        """Name the file.

        Args:
            folder: Where it is; made where it does not exist.
            clock: Tells when a request is too old.
        """
        self._path = folder / _FILE
        self._clock = clock

    def __enter__(self) -> Self:
        """Open the file, and forget requests that expired long ago.

        Raises:
            OutputError: It cannot be made or is no database.
        """
        try:
            private_folder(self._path.parent)
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise self._broken(error.strerror or str(error)) from error
        self._base = sqlite3.connect(self._path, isolation_level=None)
        try:
            with self._transaction() as base:
                base.execute(_TABLE)
                base.execute("DELETE FROM pending WHERE expires < ?", (self._now() - _KEPT_SECONDS,))
        except OutputError:
            self._base.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._base.close()

    def remember(self, question: str, token: str, digests: Mapping[str, str]) -> PendingRequest:
        """Keep a request that is about to be sent.

        Args:
            question: What is asked of whom, see `question_of`.
            token: The request's own, part of its webhook's address.
            digests: The digest of each query, by its id on the wire.
        """
        asked = PendingRequest(_hash(token), {digest: key for key, digest in digests.items()})
        row = (asked.key, question, json.dumps(digests), self._now() + FRESH_SECONDS, "written")
        with self._transaction() as base:
            base.execute("INSERT INTO pending (token_hash, question, ids, expires, state) VALUES (?, ?, ?, ?, ?)", row)
        return asked

    def sent(self, key: str) -> None:
        """Keep that the API may have taken a request."""
        with self._transaction() as base:
            base.execute("UPDATE pending SET state = 'sent' WHERE token_hash = ? AND state = 'written'", (key,))

    def find(self, question: str) -> PendingRequest | None:
        """Return a request that an earlier run sent and that was or may still be answered; None where there is none."""
        with self._transaction() as base:
            row = base.execute(
                "SELECT token_hash, ids FROM pending WHERE question = ? AND expires > ?"
                " AND state IN ('sent', 'delivered') ORDER BY state, expires DESC LIMIT 1",
                (question, self._now()),
            ).fetchone()
        return PendingRequest(row[0], {digest: key for key, digest in json.loads(row[1]).items()}) if row else None

    def is_awaited(self, key: str) -> bool:
        """Return whether nothing came yet for a request."""
        with self._transaction() as base:
            (state,) = base.execute("SELECT state FROM pending WHERE token_hash = ?", (key,)).fetchone()
        return state in {"written", "sent"}

    def take(self, key: str) -> WebhookBody:
        """Return what came for a request and wait for it no longer: what comes from now on is late."""
        with self._transaction() as base:
            state, delivery, reason = base.execute(
                "SELECT state, delivery, reason FROM pending WHERE token_hash = ?", (key,)
            ).fetchone()
            after = "used" if state == "delivered" else "closed"
            base.execute("UPDATE pending SET state = ? WHERE token_hash = ?", (after, key))
        return WebhookBody(_object(delivery) if state == "delivered" else None, reason)

    def spoil(self, key: str, reason: str) -> None:
        """Keep why a delivery that was taken could not be used."""
        with self._transaction() as base:
            base.execute("UPDATE pending SET state = 'closed', reason = ? WHERE token_hash = ?", (reason, key))

    def match(self, token: str) -> tuple[str, bool] | None:
        """Return the key of a request and whether it is expired, by its token; None where the token is not ours."""
        wanted = _hash(token)
        with self._transaction() as base:
            rows = base.execute("SELECT token_hash, expires FROM pending").fetchall()
        found = next(((key, expires <= self._now()) for key, expires in rows if compare_digest(key, wanted)), None)
        return cast("tuple[str, bool] | None", found)

    def receive(self, key: str, body: bytes) -> None:
        """Keep the first readable delivery for a request, in one transaction; repeated ones change nothing.

        One that cannot be read is kept as the reason. One that nobody waits for any more is kept as late
        and used for nothing.

        Raises:
            OutputError: It could not be kept; nothing of it was.
        """
        delivery, reason = _read(body)
        with self._transaction() as base:
            (state,) = base.execute("SELECT state FROM pending WHERE token_hash = ?", (key,)).fetchone()
            if state == "closed":
                after = "late"
            elif state in {"written", "sent", "spoiled"}:
                after = "spoiled" if delivery is None else "delivered"
            else:
                return
            base.execute(
                "UPDATE pending SET state = ?, delivery = ?, reason = ? WHERE token_hash = ?",
                (after, delivery, reason, key),
            )

    def _now(self) -> float:
        return self._clock.wall().timestamp()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        try:
            self._base.execute("BEGIN IMMEDIATE")
            with self._base:  # commits, or rolls back what an error left half done
                yield self._base
        except sqlite3.Error as error:
            raise self._broken(str(error)) from error

    def _broken(self, said: str) -> OutputError:
        return OutputError(f"{self._path}: cannot be used: {said}; name another folder with --state")


def question_of(asker: str, digests: Iterable[str]) -> str:
    """Return a name for what is asked, the same in every run.

    Args:
        asker: Whose request it is and where its delivery goes.
        digests: Of the queries.
    """
    return hashlib.sha256("\n".join([asker, *sorted(digests)]).encode()).hexdigest()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _read(body: bytes) -> tuple[str | None, str]:
    """Return a delivery as JSON text in the order it came, or None and what is wrong with it."""
    try:
        value = parse_json(body.decode("utf-8-sig"), keep_nan=True)
    except UnicodeDecodeError:
        return None, "the delivery is not UTF-8"
    except JsonError as error:
        return None, f"the delivery is not strict JSON ({error})"
    if not isinstance(value, dict):
        return None, "the delivery is no JSON object"
    return json.dumps(value), ""  # ASCII: a lone surrogate is no text for SQLite


def _object(delivery: str) -> dict[str, JsonValue]:
    return cast("dict[str, JsonValue]", json.loads(delivery))
