"""The addresses of links as Excel accepts them: it offers to repair a file whose link is no valid address."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, urlsplit

from reportgen.outputs.text.spreadsheet_text import clean_text

_LONGEST_LINK = 2_079  # letters of an address, as it is encoded; Excel's own limit
_LONGEST_HOST = 253
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", re.IGNORECASE)
_KEPT = "/:@!$&()*+,;=~"  # signs of a path; a query has ? too
_BARE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


@lru_cache(maxsize=1024)
def web_address(link: str) -> str | None:
    """Return a web address with its host in ASCII and its path percent-encoded; None where Excel accepts none.

    That is an address that is not http or https, one without a valid host or port, one with a user's name, and one of
    more than 2,079 letters.
    """
    if link != clean_text(link):
        return None
    try:
        parts = urlsplit(link.strip())
        host, port = _ascii_host(parts.hostname or ""), parts.port
    except ValueError:  # a port that is no number, a bracket without its partner
        return None
    if parts.scheme not in {"http", "https"} or not host or port == 0 or "@" in parts.netloc:
        return None
    address = SplitResult(
        parts.scheme,
        host if port is None else f"{host}:{port}",
        _encoded(parts.path, _KEPT),
        _encoded(parts.query, _KEPT + "?"),
        _encoded(parts.fragment, _KEPT + "?"),
    ).geturl()
    return address if len(address) <= _LONGEST_LINK else None


def _ascii_host(host: str) -> str:
    """Return a host in ASCII, `xn--caf-dma.example`; empty where no such host can be.

    Raises:
        ValueError: It is no host (a `UnicodeError` is a ValueError).
    """
    if ":" in host:
        return f"[{ipaddress.IPv6Address(host)}]"
    plain = host if host.isascii() else host.encode("idna").decode("ascii")
    labels = plain.removesuffix(".").split(".")
    return plain if len(plain) <= _LONGEST_HOST and all(map(_LABEL.fullmatch, labels)) else ""


def _encoded(part: str, kept: str) -> str:
    """Return a part of an address percent-encoded; letters that are encoded already stay as they are."""
    return quote(_BARE_PERCENT.sub("%25", part), safe=f"{kept}%")
