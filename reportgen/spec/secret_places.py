"""The places of secrets that the author's files name: variables of the environment, and files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, BeforeValidator, Field, SecretStr, model_validator

from reportgen.components.yaml_models import (
    SecretPath,
    YamlModel,
)
from reportgen.errors import SettingMissing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


class Secret(YamlModel):
    """The place of a token: an environment variable or a file, never the token itself."""

    env: Annotated[str | None, Field(description="The name of the environment variable that holds the secret.")] = None
    file: Annotated[
        SecretPath | None, Field(description="The file that holds the secret; its path starts from this file's folder.")
    ] = None

    @model_validator(mode="after")
    def _single_place(self) -> Secret:
        if (self.env is None) == (self.file is None):
            raise ValueError("write either {env: NAME_OF_THE_VARIABLE} or {file: path/of/the/file}")
        return self

    @property
    def words(self) -> str:
        """The place in words."""
        return f"the environment variable {self.env}" if self.env else f"the file {self.file}"

    def read(self, owner: Path, key: str) -> SecretStr:
        """Return the secret. No local variable holds it in the clear: tracebacks may be stored with their variables.

        Args:
            owner: The file that names the place; a path in it starts from its folder.
            key: The key in that file, for messages.

        Raises:
            SettingMissing: The variable or the file is missing or empty.
        """
        if self.env is not None:
            secret, where = SecretStr(os.environ.get(self.env, "").strip()), f"the environment variable {self.env}"
        else:
            path = owner.parent / (self.file or "")
            where = f"the file {path}"
            message = f"{owner}: {key}: {where} cannot be read; check its name and its permissions"
            if not path.is_file():  # a pipe would be waited for
                raise SettingMissing(message)
            try:
                secret = SecretStr(path.read_text("utf-8").strip())
            except (OSError, UnicodeDecodeError):  # the latter holds what was read
                raise SettingMissing(message) from None
        if not secret:
            raise SettingMissing(f"{owner}: {key}: {where} is empty or not set; put the token there")
        return secret


def secret_places(written: object, key: str = "") -> Iterator[tuple[str, Secret]]:
    """Yield the places of the secrets that a part of a client file or a fleet file names, each with its key.

    Args:
        written: The part: a model, or a value of one.
        key: Of the part itself; empty where it is the whole file.
    """
    if isinstance(written, Secret):
        yield key, written
        return
    items: Iterable[tuple[object, object]] = ()
    if isinstance(written, BaseModel):
        items = written
    elif isinstance(written, dict):
        items = written.items()
    elif isinstance(written, tuple):
        items = enumerate(written)
    for name, value in items:
        yield from secret_places(value, f"{key}.{name}" if key else str(name))


def _not_plain(value: object) -> object:
    """Return the place of a token; refuse the token itself, without repeating it."""
    if isinstance(value, str | int | float):
        raise ValueError(  # noqa: TRY004 - pydantic reports ValueErrors alone
            "a token does not belong in this file; write {env: NAME} or {file: path} and take the token out"
        )
    return value


SecretPlace = Annotated[Secret, BeforeValidator(_not_plain)]
