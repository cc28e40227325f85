"""The client that a report is for, and the agency that sends it."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.model.picture_bytes import Picture


@dataclass(frozen=True, slots=True)
class ClientCard:
    """The client that the report is for.

    Attributes:
        slug: Its part of file names and addresses.
        name: Its printed name.
        logo: None where there is none.
    """

    slug: str
    name: str
    logo: Picture | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """The person of the agency who answers a reader's questions; unknown fields are empty.

    Attributes:
        name: The person's name.
        email: The e-mail address.
        phone: The phone number, as it is written.
        url: The http or https address.
    """

    name: str = ""
    email: str = ""
    phone: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class AgencyCard:
    """The agency that sends the report.

    Attributes:
        name: May be empty.
        logo: None where there is none.
        show_name: Whether the name stands beside the logo.
        contact: None where there is none.
    """

    name: str = ""
    logo: Picture | None = None
    show_name: bool = True
    contact: Contact | None = None
