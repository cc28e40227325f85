"""Tokens written into a file that many people read: found by their form, reported without their text."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.errors import Problem
    from reportgen.spec.yaml_reader import Document

_KNOWN = re.compile(
    r"\bbearer\s+[\w.~+/|-]{8,}"
    r"|\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\."  # a JSON Web Token (RFC 7519)
    r"|\b\d+\|[A-Za-z0-9]{32,}"  # Laravel Sanctum, `id|token`
    r"|[?&#](?:access_token|api_?key|auth|key|password|secret|sig(?:nature)?|token)=[^&\s]{8,}"
    r"|://[^/\s:@]+:[^/\s@]+@"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----",
    re.IGNORECASE,
)
_PREFIXED = re.compile(r"\b(?:gh[pousr]_|github_pat_|sk_live_|sk-|xox[abprs]-|AKIA|AIza|EAA)[\w-]{16,}", re.IGNORECASE)
"""Looked for outside of ids: an id in two thousand has a part that begins with `eaa`."""

_UUID = re.compile(r"(?<![0-9a-z])[0-9a-f]{8}(-?)(?:[0-9a-f]{4}\1){3}[0-9a-f]{12}(?![0-9a-z])", re.IGNORECASE)
_LINK = re.compile(r"https?://\S+")  # the ids in the links of an author's text are no tokens
_RUN = re.compile(r"[A-Za-z0-9]{24,}")
_LEAST_DIGITS = 3  # groups of digits among the letters; an author's word has a single group, at its end
_LEAST_BITS = 3.0  # of entropy a character
_MESSAGE = (
    "looks like a token or a password, and this file is read by many; put it into an environment variable "
    "or a file of its own, write {env: NAME} or {file: path} where a token belongs, and have this one replaced"
)


def token_problems(document: Document) -> Iterator[Problem]:
    """Yield a problem for each text and key of a file that looks like a token; the text is not shown."""
    values = [document.value]
    places: list[tuple[str | int, ...]] = [()]
    while values:
        value, place = values.pop(), places.pop()
        match value:
            case str() if looks_secret(value):
                yield document.problem(place, _MESSAGE)
            case list():
                values += value
                places += [(*place, index) for index in range(len(value))]
            case dict():
                yield from (document.problem(place, f"a key here {_MESSAGE}") for key in value if looks_secret(key))
                values += value.values()
                places += [(*place, key) for key in value]


def looks_secret(text: str) -> bool:
    """Return whether a text has the form of a known kind of token, or a random part."""
    if _KNOWN.search(text) or _PREFIXED.search(_UUID.sub("", text)):
        return True
    return any(map(_is_random, _RUN.findall(_UUID.sub("", _LINK.sub("", text)))))


def _is_random(run: str) -> bool:
    counts = Counter(run).values()
    bits = -sum(count / len(run) * math.log2(count / len(run)) for count in counts)
    return bits >= _LEAST_BITS and not run.isdecimal() and len(re.findall("[0-9]+", run)) >= _LEAST_DIGITS
