"""The address of a mail server, and the addresses of e-mail."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address
from urllib.parse import unquote

from pydantic import SecretStr

from reportgen.fleet.server_names import ascii_host
from reportgen.spec.address_lists import name_and_address, split_addresses

_PORTS = {"smtp": 587, "smtps": 465}
_HIGHEST_PORT = 65_535
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(\.{_ATOM})*")
_SERVER = re.compile(
    r"(?P<scheme>smtps?)://(?:(?P<credentials>.*)@)?(?P<host>\[[^\[\]@]*\]|[^\[\]@:/?#]+)(?::(?P<port>[0-9]{1,5}))?/?",
    re.DOTALL | re.IGNORECASE,
)
_QUOTED = re.compile(r'"[^"]*"')
_FORM = "write smtps://user:password@host:port"


@dataclass(frozen=True, slots=True)
class MailServer:
    """The mail server that letters are handed to.

    Attributes:
        scheme: `smtp` or `smtps`.
        host: Its name in ASCII, or its IP address.
        port: From 1 to 65535.
        user, password: For the login; empty where it asks for none.
    """

    scheme: str
    host: str
    port: int
    user: str
    password: SecretStr = field(default=SecretStr(""))

    @property
    def domain(self) -> str:
        """The domain of e-mail addresses at this server (RFC 5321, 4.1.3)."""
        try:
            address = ip_address(self.host)
        except ValueError:
            return self.host
        return f"[IPv6:{self.host}]" if isinstance(address, IPv6Address) else f"[{self.host}]"

    @property
    def sender(self) -> str:
        """The sender's address of letters: the user where that is an e-mail address."""
        with suppress(ValueError):
            return mailbox(self.user)
        return f"reports@{self.domain}"


def parse_server(address: str) -> MailServer:
    """Return the mail server of an address `smtps://user:password@host:port`.

    The last `@` ends the user and the password, and the first `:` in them ends the user, so that `/`, `#`, `?`, `:`
    and `@` of a password need no escape. `%` and two hexadecimal digits are a character, as everywhere in
    addresses; any other `%` is itself.

    Raises:
        ValueError: The address is malformed; the message repeats nothing of it.
    """
    match = _SERVER.fullmatch(address)
    if not match:
        raise ValueError(f"is no address of a mail server; {_FORM}, with nothing behind the port")
    scheme = match["scheme"].lower()
    port = int(match["port"]) if match["port"] else _PORTS[scheme]
    if not 1 <= port <= _HIGHEST_PORT:
        raise ValueError(f"its port is not from 1 to 65535; {_FORM}")
    user, _colon, password = (match["credentials"] or "").partition(":")
    if not (_plain(user) + _plain(password)).isascii():
        raise ValueError("its user or password has a letter outside of ASCII, which no login by e-mail carries")
    return MailServer(scheme, ascii_host(match["host"]), port, _plain(user), SecretStr(_plain(password)))


def mailbox(text: str) -> str:
    """Return an e-mail address with its domain in ASCII, as every mail server takes it.

    It is read without Python's parser of headers, whose errors differ from version to version. Quoted names and IP
    addresses are refused (RFC 5321, 4.1.2: they are best avoided).

    Raises:
        ValueError: The text is no e-mail address.
    """
    local, _at, domain = text.rpartition("@")
    with suppress(ValueError):
        if _LOCAL.fullmatch(local) and not domain.startswith("[") and not domain.endswith("."):
            return f"{local}@{ascii_host(domain)}"
    raise ValueError(f"{text!r} is no address for e-mail" if text else "has no address for e-mail")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address of e-mail.

    Attributes:
        address: With its domain in ASCII.
        name: The name beside it; empty where it has none.
    """

    address: str
    name: str = ""


def mailboxes(*texts: str) -> tuple[Mailbox, ...]:
    """Return the addresses in texts such as `ana@x.example, Rui Lima <rui@x.example>`, each once.

    Raises:
        ValueError: A part of a text is no address, or holds more than one, or the texts have none.
    """
    found: dict[str, Mailbox] = {}
    for part in (part for text in texts for part in split_addresses(text)):
        try:
            box = named_mailbox(part)
        except ValueError as error:
            if part.count("@") > 1:
                raise ValueError(f"{error}; several addresses have commas between them") from error
            raise
        found.setdefault(box.address.casefold(), box)
    return tuple(found.values()) or (Mailbox(mailbox("")),)


def named_mailbox(text: str) -> Mailbox:
    """Return the address in a text such as `Rui Lima <rui@x.example>`, with the name before it.

    A name with an `@` or a line break is most often an address that would be forgotten, so it needs quotes.

    Raises:
        ValueError: The text is no address, or holds more than one.
    """
    name, address = name_and_address(text)
    if not _QUOTED.fullmatch(name):
        if "@" in name:
            raise ValueError(f"{text!r} has an @ in the name before <{address}>; such a name has quotes around it")
        if len(name.splitlines()) > 1:
            raise ValueError(f"{text!r} has a line break in the name before <{address}>; write it on a single line")
    return Mailbox(mailbox(address), " ".join(name.split()).strip('"'))


def _plain(text: str) -> str:
    """Return a part of an address with its percent sequences decoded; unchanged where they make no text."""
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text
