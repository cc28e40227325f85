"""The get-data API: what answers queries, live or recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from reportgen.model import Caution
    from reportgen.queries import Answer, Query


class AnswerSource(Protocol):
    """Whatever brings answers: the API, or a file of recorded ones."""

    def fetch(self, queries: Sequence[Query]) -> dict[Query, Answer]:
        """Answer queries.

        Returns:
            Every query asked for, once, in the order asked; one that got no answer is a `Failure`.

        Raises:
            ReportgenError: Only for what concerns the whole run, such as a refused token.
        """
        ...

    def currencies(self) -> Mapping[str, str]:
        """Return the ISO 4217 code of each account that has one, by its uuid; asked only where a report needs it.

        Raises:
            ConnectError: The API did not tell.
        """
        return {}

    def picture_folder(self) -> Path | None:
        """Return where pictures of other hosts are kept beside the answers; None where nothing is kept."""
        return None

    def cautions(self) -> tuple[Caution, ...]:
        """Return what the people who send the report should know of how it was answered."""
        return ()
