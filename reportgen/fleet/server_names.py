"""Names of servers in the addresses that deliveries go to."""

from __future__ import annotations

import re
from ipaddress import IPv6Address

_UNFIT = re.compile(r"_|(^|\.)-|-(\.|$)")  # in a name with letters outside of ASCII (RFC 5891, 4.2.3.1)
_NAME = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?")


def ascii_host(text: str) -> str:
    """Return the name of a server in ASCII, or its IP address; an IPv6 address without its brackets.

    Raises:
        ValueError: It is neither; the message does not repeat the text, which may be a part of a password.
    """
    try:
        if text.startswith("["):
            return str(IPv6Address(text[1:-1] if text.endswith("]") else ""))
        name = "" if not text.isascii() and _UNFIT.search(text) else text.encode("idna").decode()
    except ValueError:  # a broken IPv6 address; an empty or over-long label
        name = ""
    if not _NAME.fullmatch(name):
        raise ValueError("its host is no name and no IP address; an IPv6 address stands in brackets, [::1]")
    return name.lower()
