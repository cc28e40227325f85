"""Lists of e-mail addresses as people write them, such as `ana@x.example; "Lima, Rui" <rui@x.example>`."""

from __future__ import annotations

import re

_PART = re.compile(r'\s*"[^"]*"[^,;]*|[^,;]+')  # a quote within a name is a part of it, as in 5" Pipes
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")


def split_addresses(text: str) -> tuple[str, ...]:
    """Return the addresses of a list, each with the name before it; commas and semicolons in quotes are a name's."""
    return tuple(part.strip() for part in _PART.findall(text) if part.strip())


def name_and_address(text: str) -> tuple[str, str]:
    """Return the name and the address of a text such as `Rui Lima <rui@x.example>`, both as they are written.

    The name is empty where the text is an address alone, or is neither.
    """
    match = _NAMED.fullmatch(text.strip())
    return (match["name"].strip(), match["address"].strip()) if match else ("", text.strip())
