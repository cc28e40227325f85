"""The two keys of a request: sent in its headers, and shown nowhere else."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import SecretStr

from reportgen.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEARER = re.compile(r"\s*bearer\s+", re.IGNORECASE)
_SHORTEST_SECRET = 8  # a shorter word may stand in a report by chance


@dataclass(frozen=True, slots=True)
class Tokens:
    """The account's key and the key of one of its customers.

    Attributes:
        account: Sent as the bearer of every request.
        customer: Sent as `x-customer-token` where a customer's data are asked.
    """

    account: SecretStr
    customer: SecretStr

    @classmethod
    def of(cls, account: SecretStr, customer: SecretStr) -> Tokens:
        """Take tokens as people copy them: a "Bearer " in front and blanks around are left out.

        Raises:
            ConfigurationError: One is empty or cannot be a token; the message does not show it.
        """
        return cls(_plain(account, "API token"), _plain(customer, "customer token"))

    @property
    def account_fingerprint(self) -> str:
        """A name for the account's key that does not tell it: whatever shares it shares the rate limit."""
        return hashlib.sha256(self.account.get_secret_value().encode()).hexdigest()[:16]

    @property
    def fingerprint(self) -> str:
        """A name for both keys that does not tell them: answers are kept apart by it."""
        both = "\n".join(token.get_secret_value() for token in (self.account, self.customer))
        return hashlib.sha256(both.encode()).hexdigest()[:16]

    def headers(self, *, customer: bool) -> dict[str, str]:
        """Return the headers that carry them."""
        bearer = {"Authorization": f"Bearer {self.account.get_secret_value()}"}
        return {**bearer, "x-customer-token": self.customer.get_secret_value()} if customer else bearer

    def black_out(self, content: bytes) -> bytes:
        """Cover the tokens that a server echoes, before its words reach a label, an error or a log."""
        for form in self._written():
            content = content.replace(form, b"[token]")
        return content

    def _written(self) -> Iterator[bytes]:
        for secret in (self.account, self.customer):
            token = secret.get_secret_value()
            if len(token) >= _SHORTEST_SECRET:
                yield token.encode()
                yield token.replace("/", r"\/").encode()  # PHP escapes the slash


def _plain(secret: SecretStr, name: str) -> SecretStr:
    """Tidy a token; no local variable of a frame that raises holds it in the clear, as tracebacks may be kept."""
    token = SecretStr(_BEARER.sub("", secret.get_secret_value(), count=1).strip())
    if not token:
        message = f"the {name} is empty; set the environment variable or the file that the client names"
        raise ConfigurationError(message)
    if not _may_be_one(token.get_secret_value()):
        message = f"the {name} holds a blank, a line break or a letter that no token has; copy it again"
        raise ConfigurationError(message)
    return token


def _may_be_one(token: str) -> bool:
    return token.isascii() and token.isprintable() and " " not in token
