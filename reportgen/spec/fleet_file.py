"""The fleet file: which reports go to which clients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import Field

from reportgen.components.period_fields import Comparisons, PeriodText
from reportgen.components.yaml_models import GoalsPath, YamlModel
from reportgen.outputs import DEFAULT_FORMATS, FORMATS
from reportgen.spec.delivery_spec import FleetDelivery
from reportgen.spec.field_types import FetchMode, LocaleName, Slug, Version, ZoneName
from reportgen.spec.fleet_texts import FleetText
from reportgen.spec.secret_places import SecretPlace

if TYPE_CHECKING:
    OutputFormat: TypeAlias = str
else:
    OutputFormat = Literal[tuple(FORMATS)]
"""A name of `FORMATS`."""
SharedKind: TypeAlias = Literal["accounts", "tokens", "addresses"]
"""What several clients of a fleet may share only where the fleet file says so."""


class FleetApi(YamlModel):
    """The access to the API that the clients of a fleet share."""

    token: Annotated[
        SecretPlace | None, Field(description="Where the agency's token is, for clients without one of their own.")
    ] = None
    customer_token: Annotated[
        SecretPlace | None, Field(description="Where the customer token is, for clients without one of their own.")
    ] = None
    requests_per_minute: Annotated[
        Annotated[int, Field(ge=1)] | None,
        Field(description="How many requests a minute may be sent; left out, as many as the API allows."),
    ] = None


class FleetDefaults(YamlModel):
    """The default client keys of a fleet."""

    api: Annotated[FleetApi, Field(description="Access that the clients share.")] = FleetApi()
    locale: Annotated[LocaleName | None, Field(description="The locale of clients that name none.")] = None
    timezone: Annotated[ZoneName | None, Field(description="The time zone of clients that name none.")] = None
    currency: Annotated[str | None, Field(description="The currency of clients that name none.")] = None
    fetch: Annotated[
        FetchMode, Field(description="For clients that name none: `sync` asks and waits, `async` has the API deliver.")
    ] = "sync"


class FleetReports(YamlModel):
    """The reports of a spec for many clients."""

    spec: Annotated[str, Field(description="The spec's file; its path starts from the fleet's folder.")]
    clients: Annotated[
        str, Field(description="The client files, such as `clients/*.yaml`, or a `.csv` list with a row a client.")
    ]
    except_: tuple[Slug, ...] = Field(
        default=(), alias="except", description="Slugs of clients that do not get this report."
    )
    formats: Annotated[
        tuple[OutputFormat, ...] | None, Field(description="Files of these reports, in place of the fleet's.")
    ] = None
    locales: Annotated[
        tuple[LocaleName, ...],
        Field(
            description="The languages of these reports: each client gets an edition in each, whose `{spec.name}` ends "
            "with the language. Left out, a single report in the client's own."
        ),
    ] = ()

    @property
    def editions(self) -> tuple[str, ...]:
        """The locales of its editions; an empty word where each client gets a report in its own language."""
        return self.locales or ("",)


class Fleet(YamlModel):
    """A fleet: which reports go to which clients, and how they are sent."""

    version: Version
    period: Annotated[
        PeriodText | None, Field(description="The days that are reported, in place of each spec's own.")
    ] = None
    compare: Annotated[
        Comparisons | None,
        Field(description="The days that are compared with, or a list of two such, in place of each spec's own."),
    ] = None
    formats: Annotated[tuple[OutputFormat, ...], Field(description="The files that are made of each report.")] = (
        DEFAULT_FORMATS
    )
    output: Annotated[
        FleetText,
        Field(description="Where each report's files go, below `--out`; has to differ from report to report."),
    ] = "out/{period.id}/{client.slug}/{spec.name}"
    defaults: Annotated[FleetDefaults, Field(description="Keys for clients whose files lack them.")] = FleetDefaults()
    shared: Annotated[
        tuple[SharedKind, ...],
        Field(
            description="What several clients may have in common: `accounts`, customer `tokens` or e-mail `addresses`. "
            "Left out, two clients with the same are taken for a copied row, and neither gets a report."
        ),
    ] = ()
    goals_file: Annotated[
        GoalsPath | None,
        Field(
            description="A CSV file beside the fleet with the columns client, month, name and goal, for all its "
            "reports; a client's own goals go before it, and it goes before a spec's file."
        ),
    ] = None
    reports: Annotated[tuple[FleetReports, ...], Field(min_length=1, description="Which spec goes to which clients.")]
    deliver: Annotated[
        FleetDelivery | None, Field(description="When and where finished reports are sent; left out, nothing is sent.")
    ] = None

    @property
    def accepted(self) -> tuple[str, ...]:
        """Verdicts of reports that may be sent; a report with another verdict is made anew by the next run."""
        return self.deliver.when if self.deliver else ("done",)
