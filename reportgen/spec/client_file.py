"""The client file: a client's name, language, accounts and access to the API."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field, PrivateAttr, SecretStr, model_validator

from reportgen.components.goals import GoalSpec, WrittenGoal
from reportgen.components.yaml_models import (
    Color,
    CurrencyCode,
    GoalsPath,
    Name,
    PlainTitle,
    Text,
    Title,
    YamlModel,
    as_list,
)
from reportgen.connect.webhook_settings import WebhookSettings
from reportgen.errors import ConfigurationError, SettingMissing
from reportgen.files import slug as slug_of
from reportgen.spec.client_accounts import WrittenAccounts
from reportgen.spec.cover_spec import AboutWord, Footer, WrittenCover
from reportgen.spec.field_types import FetchMode, LocaleName, Slug, Version, ZoneName
from reportgen.spec.local_pictures import LocalPicturePath
from reportgen.spec.page_spec import PageSpec
from reportgen.spec.report_spec import AnnotationSpec
from reportgen.spec.secret_places import Secret, SecretPlace

WEBHOOK_VARIABLES = ("REPORTGEN_WEBHOOK_URL", "REPORTGEN_WEBHOOK_BIND")
"""Variables of the environment in place of `api.webhook`."""


_Words: TypeAlias = Annotated[tuple[Text, ...], BeforeValidator(as_list)]


class WebhookSpec(YamlModel):
    """The webhook that the API delivers to: the address it posts to, and the address that this machine listens at."""

    url: Annotated[str, Field(description="The https address that the API posts to; it has to lead to `bind`.")]
    bind: Annotated[
        str, Field(description="Where reportgen listens on this machine: address and port, such as `127.0.0.1:8443`.")
    ]

    @model_validator(mode="after")
    def _usable(self) -> WebhookSpec:
        try:
            WebhookSettings.of(self.url, self.bind)
        except ConfigurationError as error:
            raise ValueError(str(error)) from error
        return self


class ApiSpec(YamlModel):
    """The access to the client's data in the API."""

    token: Annotated[SecretPlace, Field(description="Where the agency's token is; never the token itself.")]
    customer_token: Annotated[
        SecretPlace, Field(description="Where the token of this client is; never the token itself.")
    ]
    requests_per_minute: Annotated[
        Annotated[int, Field(ge=1, le=60_000)] | None,
        Field(description="How many requests a minute may be sent; left out, as many as the API allows."),
    ] = None
    metrics_per_request: Annotated[
        Annotated[int, Field(ge=1, le=1_000)] | None,
        Field(description="How many metrics a request asks for; left out, reportgen chooses."),
    ] = None
    webhook: Annotated[WebhookSpec | None, Field(description="Where the API delivers to, with `fetch: async`.")] = None


class Brand(YamlModel):
    """The client's look, over any theme."""

    logo: Annotated[
        LocalPicturePath | None,
        Field(description="A PNG, JPEG, WebP, GIF or SVG file; its path starts from the client file's folder."),
    ] = None
    primary: Annotated[
        Color | None,
        Field(description="Colour of this period, of accents and the cover; shifted where it could not be read."),
    ] = None
    secondary: Annotated[
        Color | None, Field(description="Colour of the second series of a chart; shifted where it could not be seen.")
    ] = None


class Client(YamlModel):
    """A client: its name, language, accounts and access to the API."""

    version: Version
    name: Annotated[PlainTitle, Field(min_length=1, description="The client's name, as it is printed.")]
    slug: Annotated[
        Slug | None, Field(description="The client's name in files and folders; left out, it is made from the name.")
    ] = None
    lasting_id: Slug | None = Field(
        default=None,
        alias="id",
        description="The name by which receipts know the client; with it a new name or slug is the same client.",
    )
    locale: Annotated[
        LocaleName | None, Field(description="The reader's language, such as `pt-BR`; goes before the spec's.")
    ] = None
    timezone: Annotated[
        ZoneName | None, Field(description="Where the client's days begin and end; goes before the spec's.")
    ] = None
    currency: Annotated[
        CurrencyCode | None, Field(description="Currency of amounts that name none themselves; goes before the spec's.")
    ] = None
    email: Annotated[
        str | None,
        Field(
            description="Where a fleet's `deliver:` may send the report, as `{client.email}`; several addresses have "
            "commas between them."
        ),
    ] = None
    brand: Annotated[Brand, Field(description="The client's logo and colours, over any theme.")] = Brand()
    page: Annotated[
        PageSpec,
        Field(description="The client's printed pages, such as `paper: letter`; its keys go before the spec's."),
    ] = PageSpec()
    cover: Annotated[
        WrittenCover | None,
        Field(description="The client's own cover, in place of the spec's; its image is below this file's folder."),
    ] = None
    about: Annotated[AboutWord | None, Field(description="`page` or `none`, in place of the spec's `about`.")] = None
    footer: Annotated[Footer | None, Field(description="The client's own footer, in place of the spec's.")] = None
    api: Annotated[
        ApiSpec | None,
        Field(description="The access to the client's numbers; not needed with `--sandbox` or `--answers`."),
    ] = None
    fetch: Annotated[
        FetchMode, Field(description="`sync` asks and waits; `async` has the API deliver to a webhook.")
    ] = "sync"
    sources: dict[Name, WrittenAccounts] = Field(
        default_factory=dict,
        description="This client's account for each source of the spec; see `reportgen integrations`. Several accounts "
        "are a list, or have names: `{Brazil: UUID, Mexico: UUID}`; see Accounts.",
    )
    goals: dict[Name, WrittenGoal] = Field(
        default_factory=dict,
        description="The goals of numbers by the names of their blocks, also by month; they go before the spec's.",
    )
    goals_file: Annotated[
        GoalsPath | None,
        Field(description="A CSV file of goals by month, as in a spec; the client's `goals` go before it."),
    ] = None
    annotations: Annotated[
        tuple[AnnotationSpec, ...], Field(description="What happened at this client on a day, beside the spec's own.")
    ] = ()
    titles: Annotated[
        dict[str, Annotated[Title, Field(min_length=1)]],
        Field(
            description="The client's own titles of sections and labels of blocks: name or present title, and the new."
        ),
    ] = Field(default_factory=dict)
    order: Annotated[
        _Words,
        Field(description="The parts that come first: names or titles of sections; of blocks, within a section."),
    ] = ()
    hide: Annotated[
        _Words,
        Field(description="The parts that this client does not see: names or titles of sections and blocks."),
    ] = ()

    _path: Path = PrivateAttr(default=Path("client.yaml"))
    _line: int = PrivateAttr(default=0)

    @property
    def path(self) -> Path:
        """The client's file."""
        return self._path

    @property
    def line(self) -> int:
        """The line of the client's row in a list of clients; 0 where the client has a file."""
        return self._line

    @property
    def folder(self) -> Path:
        """The folder that the client's relative paths start from."""
        return self._path.parent

    @property
    def id(self) -> str:
        """The slug for files and addresses: the client's own, else made from the name."""
        return self.slug or slug_of(self.name)

    def at(self, path: Path, line: int = 0) -> Client:
        """Return this client as the content of a file, or of a row of a list that begins at a line."""
        client = self.model_copy()
        client._path, client._line = path, line  # noqa: SLF001 - a copy of our own class
        return client

    def over(self, goals: dict[str, GoalSpec]) -> Client:
        """Return this client with further goals by the names of numbers, which its own go before."""
        return self.model_copy(update={"goals": {**goals, **self.goals}}) if goals else self

    def tokens(self) -> tuple[SecretStr, SecretStr]:
        """Return the merchant's token and the customer's token.

        Raises:
            ConfigurationError: The file has no `api`, or a variable or file is missing or empty.
        """
        if self.api is None:
            raise ConfigurationError(
                f"{self._path}: has no api: with token and customer_token, so nothing can be asked for"
            )
        return self._read(self.api.token, "token"), self._read(self.api.customer_token, "customer_token")

    def webhook(self) -> WebhookSettings:
        """Return the webhook of the client: the file's `api.webhook`, else the variables of the environment.

        Raises:
            SettingMissing: Neither has it.
            ConfigurationError: Its address is wrong.
        """
        if self.api and self.api.webhook:
            return WebhookSettings.of(self.api.webhook.url, self.api.webhook.bind)
        url, bind = (os.environ.get(name, "") for name in WEBHOOK_VARIABLES)
        try:
            return WebhookSettings.of(url, bind)
        except ConfigurationError as error:
            if url and bind:
                raise
            raise SettingMissing(str(error)) from error

    def _read(self, place: Secret, key: str) -> SecretStr:
        return place.read(self._path, f"api.{key}")
