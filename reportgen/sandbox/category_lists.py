"""Lists of the values that dimensions have, in the words of a shop for shoes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class CategoryList:
    """The values of a dimension.

    Attributes:
        pattern: Searched in the dimension's name; the first list that matches is the dimension's.
        values: The values, the largest first, unless they have an order of their own, as ages do.
        weights: The part of each, in percent of all; empty where a few are large and many small.
    """

    pattern: str
    values: tuple[str, ...]
    weights: tuple[float, ...] = ()


def _pairs(firsts: Iterable[str], seconds: Iterable[str], joint: str = " ") -> tuple[str, ...]:
    lasts = tuple(seconds)
    return tuple(f"{first}{joint}{last}" for first in firsts for last in lasts)


def _weighed(pattern: str, weights: dict[str, float]) -> CategoryList:
    return CategoryList(pattern, tuple(weights), tuple(weights.values()))


def _plain(pattern: str, *values: str) -> CategoryList:
    return CategoryList(pattern, values)


_SHOES = ("Running shoe", "Canvas sneaker", "Leather boot", "Sandal", "Trail shoe", "School shoe")
_COLOURS = ("white", "black", "sand", "moss green")
_QUERIES = ("running shoes", "white sneakers", "leather boots", "sandals", "trail shoes", "school shoes")
_INTENTS = ("", " women", " men", " sale", " near me", " online")
_COUNTRIES = (
    *("Brazil", "Portugal", "United States", "Argentina", "Spain", "Mexico", "Chile", "Angola", "France", "Germany"),
    *("Italy", "Uruguay"),
)
_CITIES = (
    *("São Paulo", "Rio de Janeiro", "Belo Horizonte", "Curitiba", "Porto Alegre", "Florianópolis", "Salvador"),
    *("Fortaleza", "Recife", "Brasília", "Goiânia", "Campinas", "Joinville", "Santos", "Vitória", "Natal"),
    *("Lisboa", "Porto"),
)
_STATES = ("São Paulo", "Rio de Janeiro", "Minas Gerais", "Paraná", "Santa Catarina", "Bahia", "Ceará", "Goiás")
_CAMPAIGNS = (
    *("Brand | Search", "Shoes | Search", "Shopping | All products", "Remarketing", "Autumn collection"),
    *("Prospecting | Lookalike 1%", "Boots | Search", "Catalogue sales", "Video | Behind the scenes", "Store visits"),
    *("Outlet", "Newsletter sign-up"),
)

LISTS = (
    _weighed(r"gender", {"Female": 56, "Male": 38, "Unknown": 6}),
    _weighed(
        r"(^|_)ages?(_|$)",
        {"13-17": 2, "18-24": 17, "25-34": 31, "35-44": 24, "45-54": 14, "55-64": 8, "65+": 4},
    ),
    CategoryList(
        r"hour",
        tuple(f"{hour:02d}" for hour in range(24)),
        (2, 1, 1, 1, 1, 1, 2, 3, 4, 4, 5, 5, 6, 5, 4, 4, 5, 5, 6, 7, 8, 9, 7, 4),
    ),
    _weighed(r"device|platform_type", {"mobile": 66, "desktop": 29, "tablet": 4, "connected tv": 1}),
    _weighed(
        r"browser",
        {"Chrome": 58, "Safari": 24, "Samsung Internet": 7, "Edge": 6, "Firefox": 3, "Opera": 2},
    ),
    _weighed(r"operating|(^|_)os(_|$)", {"Android": 47, "iOS": 21, "Windows": 24, "Macintosh": 6, "Linux": 2}),
    _weighed(r"clicks_breakdown", {"Websites": 58, "Directions": 18, "Phone calls": 14, "Email": 10}),
    _weighed(
        r"publisher_platform|^platform",
        {"instagram": 54, "facebook": 38, "audience_network": 5, "messenger": 3},
    ),
    _plain(r"countr", *_COUNTRIES),
    _plain(r"airport", "GRU São Paulo", "GIG Rio de Janeiro", "CNF Belo Horizonte", "CWB Curitiba", "LIS Lisboa"),
    _plain(r"postal|zip", "01310-100", "20040-020", "30130-010", "80010-000", "90010-150", "88010-000"),
    _plain(r"state|county|metro|region", *_STATES),
    _plain(r"city|cities|district", *_CITIES),
    _weighed(r"language", {"pt-br": 82, "en-us": 8, "es-es": 5, "pt-pt": 4, "fr-fr": 1}),
    _weighed(
        r"channel_?group",
        {
            "Organic Search": 31,
            "Paid Search": 22,
            "Direct": 17,
            "Paid Social": 12,
            "Organic Social": 8,
            "Email": 6,
            "Referral": 4,
        },
    ),
    _weighed(
        r"source_?medium",
        {
            "google / organic": 29,
            "google / cpc": 22,
            "(direct) / (none)": 17,
            "instagram / paid": 8,
            "instagram / social": 6,
            "newsletter / email": 6,
            "facebook / paid": 4,
            "partner.example / referral": 4,
            "facebook / social": 2,
            "bing / organic": 2,
        },
    ),
    _weighed(r"source_platform", {"Manual": 61, "Google Ads": 22, "Shopping Free Listings": 12, "SA360": 5}),
    _weighed(
        r"source|origin",
        {
            "google": 51,
            "(direct)": 17,
            "instagram": 14,
            "newsletter": 6,
            "facebook": 6,
            "partner.example": 4,
            "bing": 2,
        },
    ),
    _weighed(
        r"medium",
        {"cpc": 22, "organic": 31, "(none)": 17, "paid": 12, "social": 8, "email": 6, "referral": 4},
    ),
    CategoryList(r"search_term|keyword|(^|_)quer(y|ies)$", _pairs(_QUERIES, _INTENTS, "")),
    _plain(r"campaign|sponsored", *_CAMPAIGNS),
    _plain(
        r"ad_content|ad_group_ad|(^|_)ad(_name|_id)?$",
        *(
            "Sneakers | white on white",
            "Boots | rain",
            "Sale | last pairs",
            "Running | first kilometre",
            "Brand | film",
        ),
        *("New season | carousel", "Free exchange", "School shoes | two for one"),
    ),
    CategoryList(
        r"ad_group|ad_?set", _pairs(("Brand", "Shoes", "Boots", "Sneakers"), ("exact", "phrase", "broad"), " | ")
    ),
    CategoryList(r"(^|_)term(_|$)|utm", _pairs(_QUERIES, _INTENTS, "")),
    CategoryList(r"hashtag|tags", _pairs(("#shoes", "#sneakers", "#style", "#offer"), ("", "2026", "br"), "")),
    CategoryList(
        r"landing|page_path|url|site|(^|_)pages?$",
        _pairs(("/", "/shop/", "/blog/"), ("", "running-shoes", "boots", "sneakers", "sale"), ""),
    ),
    _plain(r"page_title", "Home", "Shop", "Running shoes", "Boots", "Sale", "About us", "Contact", "Blog", "Checkout"),
    _plain(r"categor", "Sneakers", "Running", "Boots", "Sandals", "Children", "Care and laces"),
    _weighed(
        r"event",
        {
            "page_view": 42,
            "session_start": 21,
            "scroll": 17,
            "view_item": 12,
            "add_to_cart": 4,
            "begin_checkout": 2.5,
            "purchase": 1.5,
        },
    ),
    _weighed(r"conversion_action", {"Purchase": 62, "Newsletter sign-up": 18, "Contact form": 12, "Phone call": 8}),
    _weighed(r"(^|_)posts_type|(^|_)type$|format", {"reel": 48, "carousel": 31, "photo": 21}),
    _plain(r"media|post|stor(y|ies)|reels?|igtv", "Reels", "Carousels", "Photos", "Stories"),
    _plain(
        r"video|(^|_)pins?$|board_pin|boards?$",
        *("How a shoe is made", "Three ways to tie a boot", "Autumn in thirty seconds", "Our shop in the old town"),
        *("Clean white sneakers", "First run at dawn", "What to wear in the rain", "A day with our shoemaker"),
    ),
    CategoryList(
        r"e?mail|sms|push|automation|workflow",
        _pairs(("Welcome", "Weekly news", "Left in the cart", "Offer"), ("A", "B")),
    ),
    CategoryList(r"product|item", _pairs(_SHOES, _COLOURS, ", ")),
    _plain(r"placement", "news.example", "recipes.example", "running.example", "weather.example", "videos.example"),
    _plain(r"contact|^users$|owner", "Ana Lima", "Bruno Costa", "Carla Dias", "Diego Reis", "Elisa Moura", "Fábio Luz"),
    _plain(r"deal|compan(y|ies)$", "Hotel Aurora", "Clínica Sol", "Escola Norte", "Café Central", "Ateliê Rio"),
    _plain(r"form|popup|embed", "Newsletter", "Contact", "Size guide", "First order discount", "Shop visit"),
    _plain(r"blog", "How to care for leather", "Which size am I?", "Ten walks in autumn", "The life of a sole"),
    _weighed(r"activit|engagement", {"Call": 42, "E-mail": 31, "Meeting": 17, "Task": 10}),
    _plain(r"coupon", "WELCOME10", "AUTUMN15", "FREESHIP", "BACK5"),
    _weighed(r"payment", {"Card": 58, "Pix": 31, "Bank slip": 11}),
    _weighed(r"funnel|stage", {"Visitors": 100, "Leads": 36, "Qualified leads": 15, "Opportunities": 7, "Sales": 2.5}),
    _weighed(r"seniorit", {"Senior": 34, "Manager": 26, "Entry": 22, "Director": 12, "Owner": 6}),
    _plain(r"industr", "Retail", "Apparel", "E-commerce", "Manufacturing", "Consulting", "Education"),
    _plain(r"titles?$", "Marketing manager", "Buyer", "Shop owner", "Designer", "Analyst"),
    _plain(r"functions?$", "Marketing", "Sales", "Purchasing", "Operations", "Finance"),
    _weighed(r"company_size", {"11-50": 34, "51-200": 26, "2-10": 22, "201-500": 11, "501-1000": 7}),
    _weighed(r"user_?type|new_(vs_)?returning|follower", {"new": 63, "returning": 37}),
)
"""The lists, in the order in which they are looked through."""
