"""The reason why a parcel was not sent, without secrets, whatever was raised and whatever a server repeats."""

from __future__ import annotations

from base64 import b64encode
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from reportgen.connect.cleaned_text import one_line
from reportgen.errors import ConfigurationError, ReportgenError
from reportgen.fleet.mail import parse_server
from reportgen.spec.client_file import secret_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.fleet.delivery_channels import Parcel

_HIDDEN = "[secret]"
_LONGEST = 400  # characters of a reason


def why_not_sent(parcel: Parcel, error: Exception) -> str:
    """Return the reason why a parcel was not sent, as a line of text.

    The text of an error that is not ours is left out: it may repeat anything. In the others, which may have
    a server's own words, every text of the channel's secrets is replaced.

    Args:
        parcel: The parcel that was to be sent.
        error: The error raised for it.
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
    """Yield every text that must not be shown: the channel's secrets, their parts, and their forms as they are sent."""
    for key, place in secret_places(parcel.channel):
        with suppress(ConfigurationError):  # a secret that cannot be read cannot be shown
            text = place.read(parcel.file, key).get_secret_value()
            yield text
            yield from _parts(key, text)


def _parts(key: str, text: str) -> Iterator[str]:
    with suppress(ValueError):  # a malformed address has no parts
        if key == "email.server":
            server = parse_server(text)
            password = server.password.get_secret_value()
            sent = (password, f"\0{server.user}\0{password}") if password else ()
            yield from (b64encode(form.encode()).decode() for form in sent)
            as_written = text.partition("://")[2].rpartition("@")[0].partition(":")[2]
            yield from filter(None, (password, quote(password, safe=""), as_written))
        if key == "webhook.url":
            parts = urlsplit(text)
            texts = (parts.netloc, parts.hostname, parts.password, parts.path.strip("/"), parts.query, parts.fragment)
            yield from (form for text in texts if text for form in (text, unquote(text)))
