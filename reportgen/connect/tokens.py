"""The two tokens of a request: sent in its headers, and shown nowhere else."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from pydantic import SecretStr

from reportgen.errors import ConfigurationError

_BEARER = re.compile(r"\s*bearer\s+", re.IGNORECASE)
_TOKEN = re.compile("[!-~]+")
_SHORTEST_SECRET = 8  # a shorter word may stand in a report by chance


@dataclass(frozen=True, slots=True)
class Tokens:
    """The account's key and the key of a customer.

    Attributes:
        account: Sent as the bearer of every request.
        customer: Sent as `x-customer-token` where a customer's data are asked.
    """

    account: SecretStr
    customer: SecretStr

    @classmethod
    def of(cls, account: SecretStr, customer: SecretStr) -> Tokens:
        """Return tokens as people copy them: a "Bearer " in front and blanks around are left out.

        Raises:
            ConfigurationError: A token is empty or malformed; the message does not show it.
        """
        return cls(_plain(account, "API token"), _plain(customer, "customer token"))

    @property
    def account_fingerprint(self) -> str:
        """A hash of the account's key; clients that share it share the rate limit."""
        return hashlib.sha256(self.account.get_secret_value().encode()).hexdigest()[:16]

    @property
    def fingerprint(self) -> str:
        """A hash of both keys, which keeps answers to different tokens apart."""
        both = "\n".join(token.get_secret_value() for token in (self.account, self.customer))
        return hashlib.sha256(both.encode()).hexdigest()[:16]

    def headers(self, *, customer: bool) -> dict[str, str]:
        """Return the headers with the account's key and, for a customer's data, the customer's."""
        bearer = {"Authorization": f"Bearer {self.account.get_secret_value()}"}
        return {**bearer, "x-customer-token": self.customer.get_secret_value()} if customer else bearer

    def redact(self, content: bytes) -> bytes:
        """Return a server's reply without the tokens that it echoes, before it reaches a label, an error or a log."""
        for secret in (self.account, self.customer):
            token = secret.get_secret_value()
            if len(token) >= _SHORTEST_SECRET:
                for form in (token, token.replace("/", r"\/")):  # PHP escapes the slash
                    content = content.replace(form.encode(), b"[token]")
        return content


def _plain(secret: SecretStr, name: str) -> SecretStr:
    """Return a tidy token; a frame that raises has no local variable with its text, as tracebacks may be stored."""
    token = SecretStr(_BEARER.sub("", secret.get_secret_value(), count=1).strip())
    if not token:
        raise ConfigurationError(f"the {name} is empty; set the environment variable or the file that the client names")
    if not _TOKEN.fullmatch(token.get_secret_value()):
        raise ConfigurationError(f"the {name} holds a blank, a line break or a letter that no token has; copy it again")
    return token
