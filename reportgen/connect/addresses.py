"""Where the API is."""

from __future__ import annotations

import os
import re
from urllib.parse import urlsplit

from reportgen.errors import ConfigurationError

DEFAULT_ADDRESS = "https://connect.reportei.com/api"


def api_address() -> str:
    """Return the API's address: `REPORTGEN_API_URL` where it is set, else the vendor's."""
    return os.environ.get("REPORTGEN_API_URL") or DEFAULT_ADDRESS


def join_address(address: str, path: str) -> str:
    """Return the URL of an endpoint, keeping the path of the address (`/api`) once.

    Raises:
        ConfigurationError: The address is not `http(s)://host[:port][/path]`.
    """
    if not _is_address(address):
        message = f"the API address must look like {DEFAULT_ADDRESS}, without a user name, query or fragment"
        raise ConfigurationError(message)
    return f"{address.rstrip('/')}/{path.lstrip('/')}"


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        known = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        (parts.hostname or "").encode("idna")
    except ValueError:  # a port beyond 65535, a broken [IPv6] host, an empty or over-long label
        return False
    return bool(known) and not ("@" in parts.netloc or re.search(r"[\s?#]", address))
