"""Asynchronous requests whose deliveries are awaited: on disk, so that a restart loses no delivery."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from secrets import compare_digest
from typing import TYPE_CHECKING, Any, Self

from reportgen.connect.get_data import lacking_ids
from reportgen.connect.strict_json import JsonError, parse_json
from reportgen.errors import OutputError
from reportgen.files import private_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.connect.clock import Clock

FRESH_SECONDS = 3600.0
_UNTAKEN = frozenset({"written", "sent", "spoiled", "delivered"})
_KEPT_SECONDS = 7 * 86_400.0  # after that a replay is 404 instead of 410
_FILE = "webhook.sqlite3"
# written -> sent -> delivered -> used; spoiled: unreadable delivery; closed: no longer awaited; late: delivered then.
# A request of which answers lack is still written or sent. Of its deliveries each is a line of `delivery`.
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
    """A request whose delivery is awaited.

    Attributes:
        key: The hash of its token.
        ids: The id of each metric on the wire, by the digest of its query.
    """

    key: str
    ids: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WebhookBodies:
    """The deliveries for a request.

    Attributes:
        deliveries: Those that can be read, in the order they came, each with answers that lacked before.
        reason: Why a delivery cannot be read; empty where all can.
    """

    deliveries: tuple[dict[str, JsonValue], ...]
    reason: str = ""


class PendingRequests:
    """A table of requests and their deliveries in an SQLite file that only its owner reads.

    It holds no API token, and of a request's own token only the hash. `with` opens and closes it; it
    belongs to the thread that opened it.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        """Name the file.

        Args:
            folder: Where it is; made where it does not exist.
            clock: Clock for the age of requests.
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

    def __exit__(self, *_error: object) -> None:
        """Close the file."""
        self._base.close()

    def add(self, request_key: str, token: str, digests: Mapping[str, str]) -> PendingRequest:
        """Return a new row of the table, for a request that is about to be sent.

        Args:
            request_key: See `request_key_of`.
            token: The request's own, part of its webhook's address.
            digests: The digest of each query, by its id on the wire.
        """
        asked = PendingRequest(_hash(token), {digest: key for key, digest in digests.items()})
        row = (asked.key, request_key, json.dumps(digests), self._now() + FRESH_SECONDS)
        self._execute(
            "INSERT INTO pending (token_hash, question, ids, expires, state) VALUES (?, ?, ?, ?, 'written')", *row
        )
        return asked

    def mark_sent(self, key: str) -> None:
        """Mark a request as sent: the API may have taken it."""
        self._execute("UPDATE pending SET state = 'sent' WHERE token_hash = ? AND state = 'written'", key)

    def find(self, request_key: str) -> PendingRequest | None:
        """Return a request that an earlier run sent and that was or may still be answered; None where there is none."""
        rows = self._execute(
            "SELECT token_hash, ids FROM pending WHERE question = ? AND expires > ?"
            " AND state IN ('sent', 'delivered') ORDER BY state, expires DESC LIMIT 1",
            *(request_key, self._now()),
        )
        return next(
            (PendingRequest(key, {digest: id_ for id_, digest in json.loads(ids).items()}) for key, ids in rows), None
        )

    def is_awaited(self, key: str) -> bool:
        """Return whether answers to a request have not come yet."""
        ((state,),) = self._execute("SELECT state FROM pending WHERE token_hash = ?", key)
        return state in {"written", "sent"}

    def has_delivery(self, key: str) -> bool:
        """Return whether a delivery for a request has come that can be read, whatever it lacks."""
        ((has,),) = self._execute("SELECT delivery IS NOT NULL FROM pending WHERE token_hash = ?", key)
        return bool(has)

    def take(self, key: str) -> WebhookBodies:
        """Return the deliveries for a request and wait for no other: a delivery from now on is late."""
        with self._transaction() as base:
            state, lines, reason = base.execute(
                "SELECT state, delivery, reason FROM pending WHERE token_hash = ?", (key,)
            ).fetchone()
            after = "used" if state == "delivered" else "closed"
            base.execute("UPDATE pending SET state = ? WHERE token_hash = ?", (after, key))
        return WebhookBodies(_deliveries(lines) if state in _UNTAKEN else (), reason)

    def reject(self, key: str, reason: str) -> None:
        """Write the reason why a delivery that was taken could not be used."""
        self._execute("UPDATE pending SET state = 'closed', reason = ? WHERE token_hash = ?", reason, key)

    def match(self, token: str) -> tuple[str, bool] | None:
        """Return the key of a request and whether it is expired, by its token; None where the token is not ours."""
        wanted = _hash(token)
        rows = self._execute("SELECT token_hash, expires FROM pending")
        return next(((key, expires <= self._now()) for key, expires in rows if compare_digest(key, wanted)), None)

    def receive(self, key: str, body: bytes) -> None:
        """Store a readable delivery for a request, in one transaction, if it has answers that lacked before.

        A repeated delivery changes nothing. Of an unreadable delivery the reason is stored. A delivery that is no
        longer awaited is stored as late and not used.

        Raises:
            OutputError: It could not be stored; nothing of it was.
        """
        delivery, reason = _read(body)
        with self._transaction() as base:
            state, ids, lines = base.execute(
                "SELECT state, ids, delivery FROM pending WHERE token_hash = ?", (key,)
            ).fetchone()
            before = _deliveries(lines)
            if state == "closed":
                after, before = "late", ()
            elif state not in {"written", "sent", "spoiled"}:
                return
            elif delivery is None:
                after = "spoiled"
            else:
                lacked = _lacking(json.loads(ids), before)
                lacking = _lacking(json.loads(ids), (*before, delivery))
                if before and lacking == lacked:
                    return
                after = "delivered" if not lacking else "sent" if state == "spoiled" else state
            base.execute(
                "UPDATE pending SET state = ?, delivery = ?, reason = ? WHERE token_hash = ?",
                (after, _lines((*before, delivery) if delivery is not None else before), reason, key),
            )

    def refuse(self, key: str, reason: str) -> None:
        """Store the reason why a delivery for a request was not read; another is still awaited.

        Raises:
            OutputError: It could not be stored.
        """
        self._execute(
            "UPDATE pending SET reason = ? WHERE token_hash = ? AND state IN ('written', 'sent')", reason, key
        )

    def _now(self) -> float:
        return self._clock.wall().timestamp()

    def _execute(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self._transaction() as base:
            return base.execute(statement, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        try:
            self._base.execute("BEGIN IMMEDIATE")
            with self._base:  # commits, or rolls back what an error left half done
                yield self._base
        except sqlite3.Error as error:
            raise self._broken(str(error)) from error

    def _broken(self, reason: str) -> OutputError:
        return OutputError(f"{self._path}: cannot be used: {reason}; name another folder with --state")


def request_key_of(client_key: str, digests: Iterable[str]) -> str:
    """Return a key for a request, the same in every run.

    Args:
        client_key: The API's address, the tokens' fingerprint and the address of the receiver.
        digests: The digests of the queries.
    """
    return hashlib.sha256("\n".join([client_key, *sorted(digests)]).encode()).hexdigest()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _lacking(ids: Iterable[str], deliveries: Iterable[dict[str, JsonValue]]) -> frozenset[str]:
    """Return the ids that none of some deliveries answers."""
    return frozenset(ids).intersection(*(lacking_ids(ids, delivery) for delivery in deliveries))


def _lines(deliveries: Iterable[dict[str, JsonValue]]) -> str | None:
    """Return deliveries as JSON, each on a line, in ASCII: a lone surrogate is no text for SQLite."""
    return "\n".join(map(json.dumps, deliveries)) or None


def _deliveries(lines: str | None) -> tuple[dict[str, JsonValue], ...]:
    return tuple(map(json.loads, lines.split("\n"))) if lines else ()


def _read(body: bytes) -> tuple[dict[str, JsonValue] | None, str]:
    """Return a delivery in the order it came, or None and the reason why it cannot be read."""
    try:
        value = parse_json(body.decode("utf-8-sig"), keep_nan=True)
    except UnicodeDecodeError:
        return None, "the delivery is not UTF-8"
    except JsonError as error:
        return None, f"the delivery is not strict JSON ({error})"
    return (value, "") if isinstance(value, dict) else (None, "the delivery is no JSON object")
