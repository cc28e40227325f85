"""The accounts of the sandbox: a merchant, a customer, and an integration of each kind that exists.

Any other uuid is an active integration too: the sandbox answers for every account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import NAMESPACE_DNS, UUID, uuid5

if TYPE_CHECKING:
    from pydantic import JsonValue

_SINCE = "2024-01-01T12:00:00.000000Z"
_NAMES = {
    "facebook": "Facebook",
    "facebook_ads": "Meta Ads",
    "google_adwords": "Google Ads",
    "google_analytics_4": "Google Analytics 4",
    "google_my_business": "Google Business Profile",
    "hubspot_marketing": "HubSpot Marketing",
    "instagram_business": "Instagram",
    "linkedin_ads": "LinkedIn Ads",
    "mailchimp": "Mailchimp",
    "pinterest": "Pinterest",
    "rdstation": "RD Station",
    "search_console": "Search Console",
    "tiktok": "TikTok",
    "tiktok_ads": "TikTok Ads",
    "youtube": "YouTube",
}
_MOST_PER_PAGE = 100


def _uuid_of(name: str) -> str:
    return str(uuid5(NAMESPACE_DNS, f"{name}.sandbox.example"))


_SLUGS = {_uuid_of(slug): slug for slug in _NAMES}


def merchant_settings() -> dict[str, JsonValue]:
    """Return the answer of `/merchants/settings`; the limits are strings, as documented."""
    return {
        "merchant": {
            "uuid": _uuid_of("merchant"),
            "name": "Sandbox Agency",
            "app_url": "https://example.com",
            "redirect_url": "https://example.com/connected",
            "created_at": _SINCE,
            "updated_at": _SINCE,
            "rate_limit_per_minute": "999",
            "rate_limit_per_second": "999",
            "total_customers": 1,
            "available_integrations": [{"name": name, "slug": slug} for slug, name in _NAMES.items()],
        }
    }


def customer_settings() -> dict[str, JsonValue]:
    """Return the answer of `/customers/settings`."""
    integrations: list[JsonValue] = [
        {"uuid": uuid, "integration": _NAMES[slug], "name": _source(slug), "slug": slug, "status": "active"}
        for uuid, slug in _SLUGS.items()
    ]
    return {
        "customer": {
            "uuid": _uuid_of("customer"),
            "name": "Sandbox Customer",
            "created_at": _SINCE,
            "updated_at": _SINCE,
            "integrations": integrations,
        }
    }


def integrations_page(path: str, page: int, per_page: int, source_name: str, status: str) -> dict[str, JsonValue]:
    """Return a page of the customer's integrations.

    Args:
        path: Address of the first page, for `meta.path`.
        page: The first is 1.
        per_page: At most 100 are given.
        source_name: Part of the names wanted; "" for all.
        status: The status wanted; "" for all.
    """
    per_page = max(1, min(per_page, _MOST_PER_PAGE))
    found = [
        uuid
        for uuid, slug in _SLUGS.items()
        if source_name.casefold() in _source(slug).casefold() and status in ("", "active")
    ]
    first = (max(page, 1) - 1) * per_page
    shown = found[first : first + per_page]
    return {
        "data": [_integration(uuid) for uuid in shown],
        "meta": {
            "current_page": max(page, 1),
            "from": first + 1 if shown else None,
            "last_page": max(1, -(-len(found) // per_page)),
            "path": path,
            "per_page": per_page,
            "to": first + len(shown) if shown else None,
            "total": len(found),
        },
    }


def integration_details(uuid: UUID) -> dict[str, JsonValue]:
    """Return the answer of `/customer-integrations/{uuid}`, for any uuid."""
    return {"customer_integration": _integration(str(uuid))}


def _integration(uuid: str) -> dict[str, JsonValue]:
    slug = _SLUGS.get(uuid, "")  # any other account has no kind
    return {
        "uuid": uuid,
        "source_id": uuid.partition("-")[0],
        "source_name": _source(slug) if slug else f"Sandbox account {uuid.partition('-')[0]}",
        "status": "active",
        "currency": "BRL",
        "created_at": _SINCE,
        "updated_at": _SINCE,
        "integration": {"name": _NAMES.get(slug, "Sandbox"), "slug": slug},
    }


def _source(slug: str) -> str:
    return f"Sandbox {_NAMES[slug]}"
