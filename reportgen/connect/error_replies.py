"""The API's error replies, read as a code and a message.

The shapes seen: `{"message"}`, `{"message", "errors": {field: [...]}}`, `{"message", "extra"}`,
`{"error": {"code", "message", "details": {field: [...]}}}`, `{"code", "exception": {"message"}}` and
`{"data": {"exception"}, "message"}`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.connect.cleaned_text import one_line
from reportgen.queries import Failure

if TYPE_CHECKING:
    from pydantic import JsonValue

    from reportgen.model import Missing


_MISSING_BY_CODE: dict[str, Missing] = {
    "no_data_in_period": "no_data",
    "expired_token": "expired",
    "integration_expired": "expired",
}
_WARNINGS = frozenset({"", "warning"})
_NO_DATA = "there is no data"
"""The message of the warning that stands in place of an empty table."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The reason of the API for giving no answer.

    Attributes:
        code: The API's own word, such as `no_data_in_period`; empty where it gave none.
        message: Its message, on a short line.
    """

    code: str
    message: str

    @property
    def missing(self) -> Missing:
        """The state of the missing value: `no_data`, `expired`, or `failed`."""
        if self.code in _WARNINGS and self.message.rstrip(".!").casefold() == _NO_DATA:
            return "no_data"
        return _MISSING_BY_CODE.get(self.code, "failed")

    def __str__(self) -> str:
        """Return the text `code: message`, or the part that there is."""
        return ": ".join(filter(None, (self.code, self.message)))

    def as_failure(self) -> Failure:
        """Return the failure that answers a query."""
        return Failure(self.missing, str(self))


def read_refusal(payload: JsonValue) -> Refusal | None:
    """Return the refusal in any of the API's error shapes; None where the payload is no error."""
    if not isinstance(payload, dict):
        return None
    message = _message(payload)
    nested = payload.get("error")
    inner = nested if isinstance(nested, dict) else {}
    codes = (payload.get("code"), payload.get("type"), inner.get("code"))
    code = next((code for code in codes if isinstance(code, str)), "")
    if not message and not code:
        return None
    details = _details(payload.get("errors")) or _details(inner.get("details"))
    return Refusal(one_line(code, 40), one_line(f"{message} ({details})" if details else message))


def _message(node: JsonValue) -> str:
    if isinstance(node, str):
        return node
    if not isinstance(node, dict):
        return ""
    parts = (_message(node.get(key)) for key in ("message", "error", "exception", "data"))
    return next(filter(None, parts), "")


def _details(fields: JsonValue) -> str:
    """Return the text of `{field: [messages]}`, as Laravel reports invalid fields."""
    if not isinstance(fields, dict):
        return ""
    return "; ".join(
        f"{field}: {' '.join(map(str, messages)) if isinstance(messages, list) else messages}"
        for field, messages in fields.items()
    )
