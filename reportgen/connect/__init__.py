"""The get-data API: what answers queries, live or recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

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
