"""Why a parcel was not sent, in words that hold no secret, whatever was raised and whoever repeats what it was told."""

from __future__ import annotations

from base64 import b64encode
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from reportgen.connect.foreign_text import one_line
from reportgen.errors import ConfigurationError, ReportgenError
from reportgen.fleet.mail import parse_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.fleet.delivery_channels import Parcel

_HIDDEN = "[secret]"
_LONGEST = 400  # characters of a reason


def why_not_sent(parcel: Parcel, error: Exception) -> str:
    """Return why a parcel was not sent, on one line.

    The text of an error that is not ours is left out: nobody knows what it repeats. In the others, which may have
    a server's own words, everything that the channel's secrets hold is replaced.

    Args:
        parcel: Which was to be sent.
        error: What was raised for it.
    """
    if isinstance(error, OSError):
        text = f"{error.filename or 'a file'}: {error.strerror or type(error).__name__}"
    elif isinstance(error, ReportgenError):
        text = str(error)
    else:
        text = f"{type(error).__name__}, which is a defect of reportgen"
    for secret in sorted(set(_secrets(parcel)), key=len, reverse=True):
        text = text.replace(secret, _HIDDEN)
    return one_line(text, _LONGEST)


def _secrets(parcel: Parcel) -> Iterator[str]:
    """Yield every text that must not be shown: what the channel's secrets hold, its parts, and how they are sent."""
    for key, place in parcel.channel.secrets:
        with suppress(ConfigurationError):  # one that cannot be read cannot be shown
            text = place.read(parcel.file, key).get_secret_value()
            yield text
            yield from _parts(key, text)


def _parts(key: str, text: str) -> Iterator[str]:
    with suppress(ValueError):  # one that cannot be understood has no parts
        if key == "email.server":
            server = parse_server(text)
            password = server.password.get_secret_value()
            sent = (password, f"\0{server.user}\0{password}") if password else ()
            yield from (b64encode(one.encode()).decode() for one in sent)
            yield from (one for one in (password, quote(password, safe=""), *_written(text)) if one)
        if key == "webhook.url":
            parts = urlsplit(text)
            texts = (parts.netloc, parts.hostname, parts.password, parts.path.strip("/"), parts.query, parts.fragment)
            yield from (each for one in texts if one for each in (one, unquote(one)))


def _written(server: str) -> Iterator[str]:
    """Yield the password of a mail server as it is written in its address."""
    credentials = server.partition("://")[2].rpartition("@")[0]
    yield credentials.partition(":")[2]
