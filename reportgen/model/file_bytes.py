"""The bytes of files that a report holds: pictures and fonts. In its JSON their digests stand for them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, PlainSerializer, SerializationInfo, ValidationInfo

_PREFIX = "sha256:"


def file_digest(content: bytes) -> str:
    """Return the name of a file's bytes in a report's JSON: `sha256:` and their SHA-256 digest, in hexadecimal."""
    return _PREFIX + hashlib.sha256(content).hexdigest()


def _named(content: bytes, info: SerializationInfo) -> str:
    """Return the digest of bytes, and put them under it into the dictionary that is the serialization's context."""
    digest = file_digest(content)
    if isinstance(info.context, dict):
        info.context[digest] = content
    return digest


def _found(value: object, info: ValidationInfo) -> object:
    """Return the bytes of a digest out of the validation's context, a mapping; empty bytes where there is none.

    Reports of version 0.1 had the bytes themselves in their JSON, as base64.
    """
    if not isinstance(value, str):
        return value
    if not value.startswith(_PREFIX):
        return base64.b64decode(value, validate=True)
    if not isinstance(info.context, Mapping):
        return b""
    content = info.context.get(value)
    if content is None or file_digest(content) != value:
        raise ValueError(f"the file {value} did not come with the report, or was changed on its way")
    return content


FileBytes: TypeAlias = Annotated[bytes, PlainSerializer(_named, return_type=str), BeforeValidator(_found)]
"""The bytes of a file, unchanged; in JSON their digest."""
