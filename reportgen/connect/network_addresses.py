"""The API's address, and tests of whether an address is this machine's or on the internet."""

from __future__ import annotations

import os
import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from reportgen.errors import ConfigurationError

DEFAULT_ADDRESS = "https://connect.reportei.com/api"
INSECURE = "REPORTGEN_API_INSECURE"
"""The variable that allows an API address of another machine without TLS."""

# IANA's registries of special-purpose addresses. All of IPv6 that is on the internet begins with 2000::/3, so nothing
# beyond is: not NAT64, IPv4-compatible, IPv4-translated or site-local addresses, which may lead to near machines.
_UNICAST = ip_network("2000::/3")
_SPECIAL = tuple(
    ip_network(text)
    for text in (
        *("192.0.0.0/24", "192.88.99.0/24"),  # of protocols; 6to4 relays
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),  # Teredo and others; examples; 6to4; examples
    )
)


def api_address() -> str:
    """Return the API's address: `REPORTGEN_API_URL` where it is set, else the vendor's."""
    return os.environ.get("REPORTGEN_API_URL") or DEFAULT_ADDRESS


def join_address(address: str, path: str) -> str:
    """Return the URL of an endpoint, keeping the path of the address (`/api`) once.

    Raises:
        ConfigurationError: The address is not `http(s)://host[:port][/path]`, or it is another machine's without TLS
            and `REPORTGEN_API_INSECURE` is not `1`.
    """
    if not _is_address(address):
        raise ConfigurationError(
            f"the API address must look like {DEFAULT_ADDRESS}, without a user name, query or fragment"
        )
    parts = urlsplit(address)
    if parts.scheme == "http" and not is_loopback(parts.hostname or "") and os.environ.get(INSECURE) != "1":
        raise ConfigurationError(
            f"the API address http://{parts.netloc} is not encrypted: tokens and figures could be read on the way; "
            f"write https:// in REPORTGEN_API_URL, or set {INSECURE}=1 where the network is your own"
        )
    return f"{address.rstrip('/')}/{path.lstrip('/')}"


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine itself: `localhost`, or an address of the loopback interface."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_public(address: str) -> bool:
    """Return whether an address is on the internet: not this machine's, its network's, or another in disguise."""
    found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            found = found.ipv4_mapped
        elif found not in _UNICAST:
            return False
    return found.is_global and not found.is_multicast and not any(found in special for special in _SPECIAL)


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        known = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        (parts.hostname or "").encode("idna")
    except ValueError:  # a port beyond 65535, a broken [IPv6] host, an empty or over-long label
        return False
    return bool(known) and not re.search(r"[\s?#@]", address)
