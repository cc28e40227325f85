"""Answers from a file that was written by hand, or copied out of the API's page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportgen.connect import AnswerSource
from reportgen.connect.answer_reading import is_answer, read_answer
from reportgen.connect.strict_json import JsonError, parse_json
from reportgen.errors import Problem, SpecError
from reportgen.files import read_text
from reportgen.model import Caution
from reportgen.queries import Failure, NumberAnswer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.queries import Answer, Query, Source

_PARTS = ("current", "baseline")
_DATES = re.compile(r"\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class _Place:
    """The place of an answer in the file.

    Attributes:
        alias: The source's name, with that of an account among several; None where it does not stand under one.
        part: The part of its days: `current`, `baseline`, or their dates.
        key: Its id.
    """

    alias: str | None
    part: str
    key: str


class RecordedAnswers(AnswerSource):
    """An `AnswerSource` that reads from a file.

    Attributes:
        unused: Answers of the file that no query asks for, as `id` or `alias/id`, in the file's order.
    """

    def __init__(
        self,
        name: str,
        answers: Mapping[_Place, JsonValue],
        keys: Mapping[Query, Sequence[str]],
        parts: Mapping[str, str],
    ) -> None:
        """Take the answers of the file called `name`; `from_file` reads them."""
        self._name = name
        self._parts = parts
        self._answers = answers
        self._keys = keys
        wanted = {(alias, key) for query, names in keys.items() for key in names for alias in _groups(query.source)}
        unused = [place for place in answers if (place.alias, place.key) not in wanted]
        self.unused = tuple(dict.fromkeys("/".join(filter(None, (place.alias, place.key))) for place in unused))

    @classmethod
    def from_file(cls, path: Path, keys: Mapping[Query, Sequence[str]], parts: Mapping[str, str]) -> RecordedAnswers:
        """Return the answers of a JSON file.

        It holds `{id: answer}`, `{alias: {id: answer}}`, or `{"current": ..., "baseline": ...}` with either in each
        part; answers for other days stand under their dates, `{"2025-10-01..2025-10-31": ...}`. A `data` envelope
        around any of them is accepted. Those of an account among several stand under the alias and its name or uuid,
        `{"ads/Brazil": {id: answer}}`.

        Args:
            path: A JSON file in UTF-8.
            keys: For each query the names it may have in the file, the best first: the author's id,
                the block's name.
            parts: The words for the report's own days: by dates, `current` or `baseline`.

        Raises:
            SpecError: The file cannot be read, or is no strict JSON object.
        """
        payload = _read(path)
        if not isinstance(payload, dict):
            raise _problem(path, 1, 1, "this must be an object of answers by id")
        aliases = {group for query in keys for group in _groups(query.source) if group}
        return cls(str(path), dict(_places(payload, aliases)), keys, parts)

    def cautions(self) -> tuple[Caution, ...]:
        """Return a caution for each answer of the file that no block asks for."""
        return tuple(Caution("W-UNUSED", f"the answers hold {key!r}, which no block asks for") for key in self.unused)

    def fetch(self, queries: Sequence[Query]) -> dict[Query, Answer]:
        """Return the answer to each query; a query that the file does not answer is `not_returned`."""
        return {query: self._answer(query) for query in queries}

    def _answer(self, query: Query) -> Answer:
        days = query.window.current.dates
        answer = self._in_window(query, days)
        if answer is None:
            if self._parts.get(days) != "current":
                return Failure("not_requested", f"{self._name} has no answer for {days}")
            names = " or ".join(map(repr, self._keys.get(query, ()))) or "a name"
            return Failure("not_returned", f"{self._name} has no answer under {names}")
        if isinstance(answer, NumberAnswer) and answer.baseline is None and query.window.baseline:
            before = self._in_window(query, query.window.baseline.dates)
            if isinstance(before, NumberAnswer):
                return replace(answer, baseline=before.value)
            if isinstance(before, Failure):
                return replace(answer, baseline_missing=before.missing)
        return answer

    def _in_window(self, query: Query, days: str) -> Answer | None:
        """Return the answer for some days: under their dates, else in the part of the report's own days."""
        return self._find(query, days) or self._find(query, self._parts.get(days, ""))

    def _find(self, query: Query, part: str) -> Answer | None:
        found = {
            key: self._answers[place]
            for key in self._keys.get(query, ())
            for alias in _groups(query.source)  # the account's own answer wins over an answer without an account
            if (place := _Place(alias, part, key)) in self._answers
        }
        if not found:
            return None
        first, *others = found
        for other in others:
            if found[other] != found[first]:
                message = f"{first!r} and {other!r} are one question to the API, but have different answers; keep one"
                raise SpecError([Problem(self._name, 0, 0, "", message)])
        return read_answer(query, found[first])


def _groups(account: Source) -> tuple[str | None, ...]:
    """Return the names under which the answers of an account may stand, the best last.

    An answer without the name of an account cannot be that of each of several, which would be added up.
    """
    if not account.is_member:
        return None, account.alias
    return tuple(f"{account.alias}/{word}" for word in (account.uuid, account.name) if word)


def _places(
    node: Mapping[str, JsonValue], aliases: set[str], alias: str | None = None, part: str = "current"
) -> Iterator[tuple[_Place, JsonValue]]:
    """Return the answers of a file with their places, by their shape: a block may be named like a source or a part."""
    for key, value in node.items():
        if not isinstance(value, dict) or is_answer(value):
            yield _Place(alias, part, key), value
        elif key in _PARTS or _DATES.fullmatch(key):
            yield from _places(value, aliases, alias, key)
        elif key == "data":
            yield from _places(value, aliases, alias, part)
        elif key in aliases and alias is None:
            yield from _places(value, aliases, key, part)
        else:
            yield _Place(alias, part, key), value


def _read(path: Path) -> JsonValue:
    try:
        return parse_json(read_text(path), keep_nan=True)
    except JsonError as error:
        raise _problem(path, error.line, error.column, error.message) from error


def _problem(path: Path, line: int, column: int, message: str) -> SpecError:
    return SpecError([Problem(str(path), line, column, "", message)])
