"""The get-data API: sources of answers to queries, live or recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from reportgen.model import Caution
    from reportgen.queries import AccountFacts, Answer, Query


class AnswerSource(Protocol):
    """A source of answers: the API, or a file of recorded answers."""

    def fetch(self, queries: Sequence[Query]) -> dict[Query, Answer]:
        """Return the answers to queries.

        Returns:
            Every query asked for, once, in the order asked; a query without an answer has a `Failure`.

        Raises:
            ReportgenError: Only for an error of the whole run, such as a refused token.
        """
        ...

    def account_facts(self) -> Mapping[str, AccountFacts]:
        """Return the names and currencies of the accounts, by their uuids; asked only where a report needs them.

        Raises:
            ConnectError: The API gave none.
        """
        return {}

    def picture_folder(self) -> Path | None:
        """Return the folder of pictures from other hosts, beside the answers; None where they are not stored."""
        return None

    def cautions(self) -> tuple[Caution, ...]:
        """Return cautions about the answers, for the people who send the report."""
        return ()
