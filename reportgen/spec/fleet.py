"""The fleet file: which reports go to which clients. Checked by this version, run by a later one."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from reportgen.components.written import Written
from reportgen.spec.client import Secret, SecretPlace
from reportgen.spec.words import CompareText, FetchMode, LocaleName, PeriodText, Slug, Version, ZoneName

OutputFormat: TypeAlias = Literal["html", "pdf", "xlsx", "json"]


class FleetApi(Written):
    """What every client of the fleet shares of its access."""

    token: SecretPlace | None = None
    customer_token: SecretPlace | None = None
    requests_per_minute: Annotated[int, Field(ge=1)] | None = None


class FleetDefaults(Written):
    """Client keys that stand under every client."""

    api: FleetApi = FleetApi()
    locale: LocaleName | None = None
    timezone: ZoneName | None = None
    currency: str | None = None
    fetch: FetchMode = "sync"


class FleetReports(Written):
    """One spec for many clients."""

    spec: str
    clients: str
    except_: tuple[Slug, ...] = Field(default=(), alias="except")
    formats: tuple[OutputFormat, ...] | None = None


class EmailDelivery(Written):
    """A report by e-mail."""

    to: str
    subject: str
    body: str
    server: Secret


class WebhookDelivery(Written):
    """A report announced to an address."""

    url: str
    secret: Secret


class DeliveryChannel(Written):
    """Where a finished report goes."""

    folder: str | None = None
    email: EmailDelivery | None = None
    webhook: WebhookDelivery | None = None


class FleetDelivery(Written):
    """When and where finished reports go."""

    when: tuple[Literal["done", "degraded"], ...] = ("done",)
    to: tuple[DeliveryChannel, ...]


class Fleet(Written):
    """A fleet, as the author wrote it."""

    version: Version
    period: PeriodText | None = None
    compare: CompareText | None = None
    formats: tuple[OutputFormat, ...] = ("html", "pdf", "xlsx")
    output: str = "out/{period.id}/{client.slug}/{spec.name}"
    defaults: FleetDefaults = FleetDefaults()
    reports: Annotated[tuple[FleetReports, ...], Field(min_length=1)]
    deliver: FleetDelivery | None = None
