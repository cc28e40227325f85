"""The fleet file: which reports go to which clients. Checked by this version, run by a later one."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field, model_validator

from reportgen.components.variables import VARIABLES as REPORT_VARIABLES
from reportgen.components.variables import check_variables
from reportgen.components.written import Written
from reportgen.spec.client import Secret, SecretPlace
from reportgen.spec.words import CompareText, FetchMode, LocaleName, PeriodText, Slug, Version, ZoneName

VARIABLES = (*REPORT_VARIABLES, "title", "client.email")
"""What may stand in braces in a fleet file: the variables of a spec, the report's title, the client's address."""

FleetText: TypeAlias = Annotated[str, AfterValidator(partial(check_variables, known=VARIABLES))]
OutputFormat: TypeAlias = Literal["html", "pdf", "pdf-plain", "xlsx", "json", "csv", "csv-excel"]


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

    to: FleetText
    subject: FleetText
    body: str
    server: Secret


class WebhookDelivery(Written):
    """A report announced to an address."""

    url: str
    secret: Secret


class DeliveryChannel(Written):
    """Where a finished report goes."""

    folder: FleetText | None = None
    email: EmailDelivery | None = None
    webhook: WebhookDelivery | None = None

    @model_validator(mode="after")
    def _one_way(self) -> DeliveryChannel:
        if sum(way is not None for way in (self.folder, self.email, self.webhook)) != 1:
            message = "a channel is one of folder, email and webhook; write a second channel for a second way"
            raise ValueError(message)
        return self


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
    output: FleetText = "out/{period.id}/{client.slug}/{spec.name}"
    defaults: FleetDefaults = FleetDefaults()
    reports: Annotated[tuple[FleetReports, ...], Field(min_length=1)]
    deliver: FleetDelivery | None = None

    @property
    def accepted(self) -> tuple[str, ...]:
        """Verdicts of reports that may be sent; one with another is made anew by the next run."""
        return self.deliver.when if self.deliver else ("done",)
