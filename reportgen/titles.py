"""Readable titles, names of the spec and integrations from the vendor's reference keys."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Prefix of a reference_key -> slug of its integration and the name that readers know. The prefixes
# are those of the vendor's public payload catalogues; they are not always the slug.
INTEGRATIONS: dict[str, tuple[str, str]] = {
    "active_campaigns": ("active_campaign", "ActiveCampaign"),
    "egoi": ("egoi", "E-goi"),
    "fads": ("facebook_ads", "Facebook Ads"),
    "fb": ("facebook", "Facebook"),
    "fb_ads": ("facebook_ads", "Facebook Ads"),
    "gads": ("google_ads", "Google Ads"),
    "gmb": ("google_my_business", "Google Business Profile"),
    "google_analytics_4": ("google_analytics_4", "Google Analytics 4"),
    "ht": ("hotmart", "Hotmart"),
    "hubspot_crm": ("hubspot_crm", "HubSpot CRM"),
    "hubspot_marketing": ("hubspot_marketing", "HubSpot Marketing"),
    "ig": ("instagram_business", "Instagram"),
    "li": ("linkedin", "LinkedIn"),
    "li_ads": ("linkedin_ads", "LinkedIn Ads"),
    "mailchimp": ("mailchimp", "Mailchimp"),
    "nuvem_shop": ("nuvem_shop", "Nuvemshop"),
    "phonetrack": ("phonetrack", "PhoneTrack"),
    "pinterest": ("pinterest", "Pinterest"),
    "pinterest_ads": ("pinterest_ads", "Pinterest Ads"),
    "pipedrive": ("pipedrive", "Pipedrive"),
    "rd_crm": ("rd_crm", "RD Station CRM"),
    "rdstation": ("rd_station", "RD Station"),
    "rdstation_experiment": ("rd_station", "RD Station"),
    "search_console": ("search_console", "Search Console"),
    "tads": ("twitter_ads", "Twitter Ads"),
    "tiktok": ("tiktok", "TikTok"),
    "tiktok_ads": ("tiktok_ads", "TikTok Ads"),
    "woo_commerce": ("woo_commerce", "WooCommerce"),
    "youtube": ("youtube", "YouTube"),
}
_INITIALS = (
    "ai api b2b brl cac cpa cpc cpe cpi cpl cpm cpv cr crm cta ctr cvr eur ga4 gmv html id igtv kpi ltv mql "
    "nps pdf ptr qr roas roi rss sem seo skan sku sms sql url usd utm vta vtr"
)
_SPELLED = {
    **{word: word.upper() for word in _INITIALS.split()},
    "converesions": "conversions",  # sic, in four of the vendor's own keys
    "facebook": "Facebook",
    "google": "Google",
    "instagram": "Instagram",
    "linkedin": "LinkedIn",
    "tiktok": "TikTok",
    "whatsapp": "WhatsApp",
    "youtube": "YouTube",
}
# Words that the page shows anyway, and `micros`: the vendor answers such amounts in the account's currency.
_OMITTED = {"chart", "datagrid", "datatable", "micros", "table"}
_SEAM = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z])(?=ratio(?:[\W_]|$))")


def prefix_of(key: str) -> str:
    """Return the prefix of a reference_key: the part before its colon, or an integration's prefix; else empty."""
    prefix, colon, _ = key.partition(":")
    if colon:
        return prefix
    return max((known for known in INTEGRATIONS if key.startswith(f"{known}_")), key=len, default="")


def integration_title(slug: str) -> str:
    """Return the name of an integration for readers."""
    return dict(INTEGRATIONS.values()).get(slug) or readable(slug)


def readable(key: str) -> str:
    """Return a readable API name: `averageCpc` is `Average CPC`."""
    return _sentence(_words(key)) or key


def title_of(key: str) -> str:
    """Return the title of a reference_key, without its prefix: `li_ads:averageCpc` is `Average CPC`."""
    words = _words(_without_prefix(key))
    return _sentence([word for word in words if word.lower() not in _OMITTED]) or _sentence(words) or key


def name_of(key: str) -> str:
    """Return the name of a reference_key in a spec, without its prefix: `li_ads:averageCpc` is `average_cpc`."""
    plain = unicodedata.normalize("NFKD", "_".join(_words(_without_prefix(key)))).lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain.encode("ascii", "ignore").decode()).strip("_")
    return name if name[:1].isalpha() else f"metric_{name}".rstrip("_")


def distinct(preferred: Sequence[str | None], fallback: Sequence[str]) -> list[str]:
    """Return a label for each place, no two of them the same.

    Args:
        preferred: The better label of each place; None where there is none. A label that another
            place has too is not used.
        fallback: The other label of each place; numbered where even these are the same.
    """
    chosen = [better or other for better, other in zip(preferred, fallback, strict=True)]
    while True:
        counts = Counter(label.casefold() for label in chosen)
        shared = [
            place for place, label in enumerate(chosen) if counts[label.casefold()] > 1 and label != fallback[place]
        ]
        if not shared:
            return numbered(chosen, "{} ({})")
        for place in shared:
            chosen[place] = fallback[place]


def numbered(texts: Iterable[str], form: str) -> list[str]:
    """Return texts with repeated texts numbered: with the form `{}_{}`, the second `reach` is `reach_2`."""
    taken: set[str] = set()
    distinct_texts = []
    for text in texts:
        candidate, count = text, 1
        while candidate.casefold() in taken:
            count += 1
            candidate = form.format(text, count)
        taken.add(candidate.casefold())
        distinct_texts.append(candidate)
    return distinct_texts


def literal(text: str) -> str:
    """Return a text whose braces are not read as variables of the spec."""
    return text.replace("{", "{{").replace("}", "}}")


def _without_prefix(key: str) -> str:
    return key[len(prefix_of(key)) :].lstrip(":_")


def _words(key: str) -> list[str]:
    return re.findall(r"[^\W_]+", _SEAM.sub(" ", key))


def _sentence(words: Sequence[str]) -> str:
    """Return words in sentence case; initials and names are spelt as usual."""
    spelt = " ".join(_SPELLED.get(word.lower()) or (word if word.isupper() else word.lower()) for word in words)
    return spelt[:1].upper() + spelt[1:]
