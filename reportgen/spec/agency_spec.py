"""The agency of a spec: its name, its logo and its contact."""

from __future__ import annotations

import re
from typing import Annotated, TypeAlias
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from reportgen.components.yaml_models import PlainTitle, Text, YamlModel
from reportgen.spec.local_pictures import LocalPicturePath

_LONGEST = 200  # characters of an address
_EMAIL = re.compile(r"[^\s@<>\"(),:;\\\[\]]+@[^\s@<>\"(),:;\\\[\]]+\.[^\s@<>\"(),:;\\\[\].]{2,}")
_PHONE = re.compile(r"\+?[0-9][0-9 ()./\u2011-]{2,38}")


def _email(text: str) -> str:
    if len(text) > _LONGEST or not _EMAIL.fullmatch(text):
        raise ValueError(f"{text[:60]!r} is no e-mail address; write one such as ana@studionorte.example")
    return text


def _phone(text: str) -> str:
    if not _PHONE.fullmatch(text.replace("(", "", 1) if text.startswith("(") else text):
        raise ValueError(
            f"{text[:60]!r} is no phone number; write its digits with spaces, in quotes, such as '+55 11 5555 0100'"
        )
    return text


def _web_address(text: str) -> str:
    try:
        parts = urlsplit(text)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username and parts.port != 0
    except ValueError:  # a broken IPv6 address or port
        fits = False
    if not fits or len(text) > _LONGEST or re.search(r"[\s<>\"\\\x00-\x1f]", text):
        raise ValueError(f"{text[:60]!r} is no web address; write it whole, such as 'https://studionorte.example'")
    return text


EmailAddress: TypeAlias = Annotated[Text, AfterValidator(_email)]
PhoneNumber: TypeAlias = Annotated[Text, AfterValidator(_phone)]
WebAddress: TypeAlias = Annotated[Text, AfterValidator(_web_address)]
"""An http or https address, without a user and a password."""


class ContactSpec(YamlModel):
    """The contact: the person of the agency who answers a reader's questions."""

    name: Annotated[PlainTitle, Field(description="Who answers.")] = ""
    email: Annotated[EmailAddress | None, Field(description="An e-mail address, a link on the web page.")] = None
    phone: Annotated[PhoneNumber | None, Field(description="A phone number in quotes, a link on the web page.")] = None
    url: Annotated[WebAddress | None, Field(description="An http or https address of yours.")] = None

    @model_validator(mode="after")
    def _is_some_way(self) -> ContactSpec:
        if not (self.name or self.email or self.phone or self.url):
            raise ValueError("a contact has a name, an email, a phone or a url; write one of them, or leave it out")
        return self


class AgencySpec(YamlModel):
    """The agency that sends the report."""

    name: Annotated[PlainTitle, Field(description="Your agency's name, on the cover and the last page.")] = ""
    logo: Annotated[
        LocalPicturePath | None,
        Field(description="A PNG, JPEG, WebP, GIF or SVG file; its path starts from this file's folder."),
    ] = None
    show_name: Annotated[
        bool,
        Field(description="Whether the name stands beside the logo; `false` for a logo that is the name in letters."),
    ] = True
    contact: Annotated[
        ContactSpec | None, Field(description="Who answers a reader's questions: on the last page, as links.")
    ] = None

    @model_validator(mode="after")
    def _has_a_logo_instead(self) -> AgencySpec:
        if not self.show_name and self.logo is None:
            raise ValueError("show_name: false leaves out the name beside a logo, and there is none; write logo:")
        return self
