"""The fleet file: which reports go to which clients."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field, model_validator

from reportgen.components.number_parts import When
from reportgen.components.period_fields import Comparisons, PeriodText
from reportgen.components.texts_by_language import InLanguages
from reportgen.components.variables import VARIABLES as REPORT_VARIABLES
from reportgen.components.variables import check_variables, check_words
from reportgen.components.yaml_models import GoalsPath, Name, YamlModel
from reportgen.outputs import DEFAULT_FORMATS, FORMATS
from reportgen.spec.field_types import FetchMode, LocaleName, Slug, Version, ZoneName
from reportgen.spec.secret_places import Secret, SecretPlace

VARIABLES = (*REPORT_VARIABLES, "title", "client.email")
"""The variables of a fleet file: those of a spec, the report's title and the client's address."""

_SECRET_OPTION = re.compile(r"secret|password|passphrase|token|key|credential|connection_string", re.IGNORECASE)

FleetText: TypeAlias = Annotated[str, AfterValidator(partial(check_variables, known=VARIABLES))]
Addresses: TypeAlias = FleetText | tuple[FleetText, ...]
LetterText: TypeAlias = Annotated[str, AfterValidator(partial(check_words, known=VARIABLES))]
"""The text of a letter, which may have live words too."""

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


class EmailDelivery(YamlModel):
    """A report by e-mail."""

    to: Annotated[
        Addresses,
        Field(
            description="The readers, most often `{client.email}`: addresses with commas between them, or a list. "
            "`Ana Reis <ana@x.example>` is an address with a name."
        ),
    ]
    cc: Annotated[Addresses, Field(description="Readers who get a copy, and whom the others see.")] = ()
    from_: FleetText | None = Field(
        default=None,
        alias="from",
        description="The sender, such as `{agency.name} <reports@agency.example>`; left out, the user of the server.",
    )
    reply_to: Annotated[
        FleetText | None, Field(description="The address that answers go to; left out, the sender.")
    ] = None
    subject: Annotated[
        LetterText,
        InLanguages(),
        Field(
            description="The subject line, with variables, or a subject for each language. A report that was sent "
            "before with other content says so before it."
        ),
    ]
    body: Annotated[
        str,
        Field(
            description="A text file with the mail's body. `mail.pt.txt` beside `mail.txt` is for Portuguese readers, "
            "`mail.html` is your own page in place of the usual page around the text."
        ),
    ]
    html: Annotated[
        bool, Field(description="Whether the letter is a page too, beside its plain text; `false` sends text alone.")
    ] = True
    numbers: Annotated[
        Annotated[int, Field(ge=0, le=24)] | tuple[Name, ...],
        Field(
            description="How many of the report's first numbers stand in the page, or the names of their blocks. They "
            "stand where the text has `{numbers}`, else below it."
        ),
    ] = 4
    together: Annotated[
        bool,
        Field(description="Whether the reports of a client go in a single letter, as soon as all of them may be sent."),
    ] = False
    size_limit: Annotated[
        float, Field(gt=0, description="The largest letter, in megabytes; many servers take no more than 25.")
    ] = 20.0
    link: Annotated[
        FleetText | None,
        Field(
            description="Where the files can be read, such as `https://files.agency.example/{client.slug}/`; a letter "
            "that would be too large has this link in place of its files."
        ),
    ] = None
    server: Annotated[
        SecretPlace,
        Field(
            description="Where the mail server's address is, `smtps://user:password@host`; never the address itself."
        ),
    ]

    @property
    def readers(self) -> tuple[str, ...]:
        """The texts of `to`."""
        return (self.to,) if isinstance(self.to, str) else self.to

    @property
    def copied(self) -> tuple[str, ...]:
        """The texts of `cc`."""
        return (self.cc,) if isinstance(self.cc, str) else self.cc


class WebhookDelivery(YamlModel):
    """A message to a webhook that announces a report."""

    url: Annotated[
        str | Secret,
        Field(description="The webhook's https address; where it is a secret itself, `{env: NAME}` or `{file: path}`."),
    ]
    secret: Annotated[SecretPlace, Field(description="Where the secret is with which the message is signed.")]


def _secrets_apart(options: dict[str, object]) -> dict[str, object]:
    """Return the options of a storage; refuse a secret that stands in the file itself, without repeating it."""
    for name, value in options.items():
        if not isinstance(value, Secret) and _SECRET_OPTION.search(name):
            raise ValueError(f"{name}: a secret does not belong in this file; write {{env: NAME}} or {{file: path}}")
    return options


class StorageDelivery(YamlModel):
    """A report in a storage, such as a bucket."""

    url: Annotated[
        FleetText,
        Field(
            pattern=r"^[a-z][a-z0-9+.-]*://",
            description="Where the files are put, such as `s3://bucket/{client.slug}/{period.id}`: any address that "
            "fsspec knows.",
        ),
    ]
    options: Annotated[
        dict[str, bool | int | str | Secret],
        AfterValidator(_secrets_apart),
        Field(
            default_factory=dict,
            description="Options of the storage, such as `endpoint_url`, `key` and `secret` of S3; secrets are "
            "`{env: NAME}` or `{file: path}`. Left out, the storage's own settings of the machine hold.",
        ),
    ]


class NotifyDelivery(YamlModel):
    """A message to a chat or a telephone about a report, most often to staff; it carries no file."""

    url: Annotated[SecretPlace, Field(description="Where the address of the service is, as Apprise writes them.")]
    text: Annotated[LetterText, Field(min_length=1, description="The message; may have variables and live words.")]
    alert: Annotated[
        When,
        Field(
            description="The condition on numbers of the report without which nothing is said; with it the message is "
            "for staff: it goes whether or not the report may be sent.",
            examples=["spend.change < -30%"],
        ),
    ] = None


class DeliveryChannel(YamlModel):
    """A way of delivery for finished reports: a folder, e-mail, a webhook, a storage or a message."""

    folder: Annotated[FleetText | None, Field(description="Copies the files into a folder.")] = None
    email: Annotated[EmailDelivery | None, Field(description="Sends the files by e-mail.")] = None
    webhook: Annotated[WebhookDelivery | None, Field(description="Announces the files to an address of yours.")] = None
    storage: Annotated[StorageDelivery | None, Field(description="Puts the files into a storage.")] = None
    notify: Annotated[NotifyDelivery | None, Field(description="Tells of the report in a chat.")] = None

    @model_validator(mode="after")
    def _one_way(self) -> DeliveryChannel:
        if sum(way is not None for _, way in self) != 1:
            raise ValueError(
                "a channel is one of folder, email, webhook, storage and notify; write a second channel for another way"
            )
        return self


class FleetDelivery(YamlModel):
    """The delivery of finished reports: when and where."""

    when: Annotated[
        tuple[Literal["done", "degraded"], ...],
        Field(
            description="The verdicts of reports that are sent: `done`, or `degraded` too. Held reports are never sent."
        ),
    ] = ("done",)
    approval: Annotated[
        Literal["none", "required"],
        Field(
            description="`required`: a report is sent only after `reportgen approve`; made anew, it needs that again."
        ),
    ] = "none"
    to: Annotated[tuple[DeliveryChannel, ...], Field(description="The ways a report goes, each of them once.")]


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
