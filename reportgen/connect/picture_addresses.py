"""Names of pictures that are addresses, and the faults of an address that show before it is looked up."""

from __future__ import annotations

from urllib.parse import urlsplit

HTTPS_PORT = 443


def is_remote(name: str) -> bool:
    """Return whether the name of a picture is an address rather than a path."""
    return "://" in name


def address_problem(url: str, hosts: tuple[str, ...]) -> str:
    """Return the problem with the address of a picture, before it is looked up; empty where it may be fetched."""
    try:
        parts = urlsplit(url)
        port = parts.port or HTTPS_PORT
    except ValueError:
        return "is no address"
    if parts.scheme != "https" or not parts.hostname or port != HTTPS_PORT or "@" in parts.netloc:
        return "a picture is fetched by https:// from a host alone, without port, user name or password"
    if not any(_allows(host, parts.hostname) for host in hosts):
        allowed = ", ".join(hosts) or "none so far"
        return f"the host {parts.hostname} is not allowed; name it in images: {{hosts: [...]}} (there: {allowed})"
    return ""


def _allows(pattern: str, host: str) -> bool:
    """Return whether a pattern allows a host; `*.cdninstagram.com` allows every host in that domain."""
    return host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern
