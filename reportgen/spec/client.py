"""The client file: whom a report is for, in which language, from which accounts."""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, PrivateAttr, SecretStr, model_validator

from reportgen.components.written import Color, CurrencyCode, Name, Target, Text, Written
from reportgen.connect.webhook import WebhookSettings
from reportgen.errors import ConfigurationError
from reportgen.files import slug as slug_of
from reportgen.spec.report import AnnotationSpec
from reportgen.spec.words import FetchMode, LocaleName, Slug, Version, ZoneName


class Secret(Written):
    """Where a token is: an environment variable or a file, never the token itself."""

    env: str | None = None
    file: str | None = None

    @model_validator(mode="after")
    def _one_place(self) -> Secret:
        if (self.env is None) == (self.file is None):
            message = "write either {env: NAME_OF_THE_VARIABLE} or {file: path/of/the/file}"
            raise ValueError(message)
        return self

    def read(self, owner: Path, key: str) -> SecretStr:
        """Read the secret. No local variable holds it in the clear: tracebacks may be kept with their variables.

        Args:
            owner: The file that names the place; a path in it starts from its folder.
            key: Where in that file, for messages.

        Raises:
            ConfigurationError: The variable or the file is missing or empty.
        """
        if self.env is not None:
            secret, where = SecretStr(os.environ.get(self.env, "").strip()), f"the environment variable {self.env}"
        else:
            path = owner.parent / (self.file or "")
            where = f"the file {path}"
            try:
                secret = SecretStr(path.read_text("utf-8").strip())
            except (OSError, UnicodeDecodeError):  # the latter holds what was read
                message = f"{owner}: {key}: {where} cannot be read; check its name and its permissions"
                raise ConfigurationError(message) from None
        if not secret:
            message = f"{owner}: {key}: {where} is empty or not set; put the token there"
            raise ConfigurationError(message)
        return secret


def _not_plain(value: object) -> object:
    """Refuse a token that stands in the file, without repeating it."""
    if isinstance(value, str | int | float):
        message = "a token does not belong in this file; write {env: NAME} or {file: path} and take the token out"
        raise ValueError(message)  # noqa: TRY004 - pydantic collects ValueErrors
    return value


SecretPlace = Annotated[Secret, BeforeValidator(_not_plain)]


class WebhookSpec(Written):
    """Where the API delivers to: the address it posts to, and the one this machine listens at."""

    url: str
    bind: str

    @model_validator(mode="after")
    def _usable(self) -> WebhookSpec:
        try:
            WebhookSettings.of(self.url, self.bind)
        except ConfigurationError as error:
            raise ValueError(str(error)) from error
        return self


class ApiSpec(Written):
    """How the client's data are reached."""

    token: SecretPlace
    customer_token: SecretPlace
    requests_per_minute: Annotated[int, Field(ge=1, le=60_000)] | None = None
    metrics_per_request: Annotated[int, Field(ge=1, le=1_000)] | None = None
    webhook: WebhookSpec | None = None


class Brand(Written):
    """The client's look, over any theme."""

    logo: str | None = None
    primary: Color | None = None
    secondary: Color | None = None


class Client(Written):
    """A client, as the author wrote it."""

    version: Version
    name: Annotated[Text, Field(min_length=1)]
    slug: Slug | None = None
    locale: LocaleName | None = None
    timezone: ZoneName | None = None
    currency: CurrencyCode | None = None
    email: str | None = None
    brand: Brand = Brand()
    api: ApiSpec | None = None
    fetch: FetchMode = "sync"
    sources: dict[Name, uuid.UUID] = Field(default_factory=dict)
    goals: dict[Name, Target] = Field(default_factory=dict)
    annotations: tuple[AnnotationSpec, ...] = ()

    _path: Path = PrivateAttr(default=Path("client.yaml"))

    @property
    def path(self) -> Path:
        """The client's file."""
        return self._path

    @property
    def folder(self) -> Path:
        """The folder that the client's relative paths start from."""
        return self._path.parent

    @property
    def id(self) -> str:
        """The slug for files and addresses: the client's own, else made from the name."""
        return self.slug or slug_of(self.name)

    def at(self, path: Path) -> Client:
        """Return this client as the content of a file."""
        client = self.model_copy()
        client._path = path  # noqa: SLF001 - a copy of our own class
        return client

    def tokens(self) -> tuple[SecretStr, SecretStr]:
        """Return the merchant's and the customer's token.

        Raises:
            ConfigurationError: The file has no `api`, or a variable or file is missing or empty.
        """
        if self.api is None:
            message = f"{self._path}: has no api: with token and customer_token, so nothing can be asked for"
            raise ConfigurationError(message)
        return self._read(self.api.token, "token"), self._read(self.api.customer_token, "customer_token")

    def webhook(self) -> WebhookSettings:
        """Return where the API delivers to: the file's `api.webhook`, else the variables of the environment.

        Raises:
            ConfigurationError: It is in neither, or wrong.
        """
        if self.api and self.api.webhook:
            return WebhookSettings.of(self.api.webhook.url, self.api.webhook.bind)
        return WebhookSettings.of(
            os.environ.get("REPORTGEN_WEBHOOK_URL", ""), os.environ.get("REPORTGEN_WEBHOOK_BIND", "")
        )

    def _read(self, place: Secret, key: str) -> SecretStr:
        return place.read(self._path, f"api.{key}")
