"""An account's settings in the API, and the integrations that a customer has connected.

The vendor owns these shapes and adds to them, so they are read leniently: a field that is absent or of another
type is unknown, and an entry without a uuid is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from babel.numbers import is_currency

from reportgen.connect.account_traffic import RateLimit
from reportgen.connect.cleaned_text import one_line
from reportgen.errors import RequestRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

    from reportgen.connect.api_client import ApiClient
    from reportgen.connect.request_time import RequestTime

_PER_PAGE = 100  # the vendor's most
_MOST_PAGES = 100
_NOT_FOUND = 404
_SECONDS_IN = {"rate_limit_per_second": 1.0, "rate_limit_per_minute": 60.0}


@dataclass(frozen=True, slots=True)
class Integration:
    """An account that a customer has connected.

    Attributes:
        uuid: The customer integration's id, in small letters.
        slug: The kind of integration, as live accounts spell it (`google_adwords`).
        name: Name of the source, such as that of a page or an account.
        status: The vendor's word: `active`, `expired`, `revoked`, `synchronizing` ...; empty where unknown.
        currency: ISO 4217 code; None where the API has none.
        created: The day it was connected; None where unknown.
    """

    uuid: str
    slug: str
    name: str
    status: str
    currency: str | None = None
    created: date | None = None


@dataclass(frozen=True, slots=True)
class AccountDirectory:
    """Requests for an account's settings and integrations, through a client that is entered.

    Attributes:
        client: The client.
        time: The time that all requests may take together; None is a short time for each.
    """

    client: ApiClient
    time: RequestTime | None = None

    async def rate_limits(self) -> tuple[RateLimit, ...]:
        """Return the rate limits of the account; `GET /merchants/settings` has them as strings.

        Raises:
            ConnectError: There was no usable answer.
        """
        settings = _object(await self.client.get("merchants/settings", customer=False, time=self.time))
        merchant = _object(settings.get("merchant"))
        return tuple(
            RateLimit(int(text), seconds)
            for key, seconds in _SECONDS_IN.items()
            if (text := _text(merchant.get(key))).isdecimal() and int(text) > 0
        )

    async def integrations(self) -> tuple[Integration, ...]:
        """Return the integrations that the customer has connected, in the API's order.

        The list with currencies is not in every document of the vendor; where it is not served
        (404), the customer's settings have a shorter list.

        Raises:
            ConnectError: There was no usable answer.
        """
        try:
            return await self._all_pages()
        except RequestRefused as error:
            if error.status != _NOT_FOUND:
                raise
        customer = _object(_object(await self.client.get("customers/settings", time=self.time)).get("customer"))
        return tuple(_entries(customer.get("integrations")))

    async def integration(self, uuid: str) -> Integration | None:
        """Return an integration; None where the customer has none of that id.

        Raises:
            ConnectError: There was no usable answer.
        """
        try:
            answer = _object(await self.client.get(f"customer-integrations/{uuid}", time=self.time))
        except RequestRefused as error:
            if error.status != _NOT_FOUND:
                raise
            return None
        return next(_entries([answer.get("customer_integration")]), None)

    async def _all_pages(self) -> tuple[Integration, ...]:
        found: dict[str, Integration] = {}
        for page in range(1, _MOST_PAGES + 1):
            query = {"page": page, "per_page": _PER_PAGE}
            answer = _object(await self.client.get("customer-integrations", query, time=self.time))
            entries = list(_entries(answer.get("data")))
            found |= {entry.uuid: entry for entry in entries if entry.uuid not in found}
            if not entries or page >= _last_page(_object(answer.get("meta"))):
                break
        return tuple(found.values())


def _entries(listed: JsonValue) -> Iterator[Integration]:
    for entry in listed if isinstance(listed, list) else ():
        if not isinstance(entry, dict):
            continue
        kind = _object(entry.get("integration"))
        try:
            uuid = str(UUID(_text(entry.get("uuid"))))
        except ValueError:
            continue
        currency = _text(entry.get("currency")).upper()
        yield Integration(
            uuid=uuid,
            slug=_text(kind.get("slug") or entry.get("slug")),
            name=_text(entry.get("source_name") or entry.get("name")),
            status=_text(entry.get("status")).lower(),
            currency=currency if is_currency(currency) else None,
            created=_day(_text(entry.get("created_at"))),
        )


def _last_page(meta: dict[str, JsonValue]) -> int:
    """Return the number of the last page; the vendor's two documents name it differently."""
    named = meta.get("last_page") or meta.get("total_pages")
    return int(text) if (text := _text(named)).isdecimal() else 1


def _object(node: JsonValue) -> dict[str, JsonValue]:
    return node if isinstance(node, dict) else {}


def _text(node: JsonValue) -> str:
    return one_line(str(node)) if isinstance(node, str | int) and not isinstance(node, bool) else ""


def _day(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None
