"""The delivery of a fleet's reports as its author writes it: when, and by which channels."""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field, model_validator

from reportgen.components.number_parts import When
from reportgen.components.texts_by_language import InLanguages
from reportgen.components.yaml_models import Name, YamlModel
from reportgen.spec.fleet_texts import FleetText, LetterText
from reportgen.spec.secret_places import Secret, SecretPlace

Addresses: TypeAlias = FleetText | tuple[FleetText, ...]
_SECRET_OPTION = re.compile(r"secret|password|passphrase|token|key|credential|connection_string", re.IGNORECASE)


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
