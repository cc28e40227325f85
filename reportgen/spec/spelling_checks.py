"""Cautions for integrations, reference keys and metrics whose spelling is near to that of a known word.

What is known is part of what the API has: a reference key or a metric that is near to none is left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.components import Metric
from reportgen.components.additive_metrics import ADDITIVE, PARTS_ALONE, QUOTIENTS
from reportgen.components.did_you_mean import misspelt
from reportgen.components.directions import CURATED, name_in_table
from reportgen.spec.starter_metrics import starter_keys
from reportgen.titles import INTEGRATIONS, integration_title, prefix_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.errors import Problem
    from reportgen.spec.report_spec import ReportSpec
    from reportgen.spec.yaml_reader import Document, Place

_SLUGS = frozenset(slug for slug, _ in INTEGRATIONS.values())
_OTHER_NAMES = {
    "facebook_ads": "meta_ads meta facebook_and_instagram_ads",
    "google_ads": "adwords google_adwords",
    "google_analytics_4": "ga4 ga google_analytics",
    "google_my_business": "gbp google_business google_maps",
    "search_console": "gsc google_search_console",
    "twitter_ads": "x_ads x",
}
"""Integration -> what authors call it, besides its title and the prefix of its reference keys."""


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_")


_CALLED = {
    **{prefix: slug for prefix, (slug, _) in INTEGRATIONS.items()},
    **{_slug(title): slug for slug, title in INTEGRATIONS.values()},
    **{name: slug for slug, names in _OTHER_NAMES.items() for name in names.split()},
}
_TWINS = "followers_country leads_count saves totalAdRevenue"  # no slips, although near to others
_NAMES = frozenset(_TWINS.split()).union(ADDITIVE, PARTS_ALONE, QUOTIENTS, *(names.split() for _, names in CURATED))


def key_warnings(spec: ReportSpec, document: Document) -> Iterator[Problem]:
    """Yield a warning for each integration, reference key and metric name that is nearly a known one."""
    for alias, source in spec.sources.items():
        written = source.integration
        if written not in _SLUGS:
            near = _near_integration(written)
            known = f"known are {', '.join(sorted(_SLUGS))}; leave it where the API has it"
            advice = f"did you mean {near!r}?" if near else known
            message = f"{written!r} is no integration that is known; {advice}"
            yield _warning(document, ("sources", alias, "integration"), message)
    for place, section, block in spec.placed_blocks():
        source_spec = spec.sources.get(spec.source_of(section, block) or "")
        if isinstance(block, Metric) and source_spec:
            found = _of_block(block, source_spec.integration)
            yield from (_warning(document, (*place, *where), message) for where, message in found)


def _near_integration(written: str) -> str | None:
    """Return the integration that an author means by its title, its prefix, another name or a slip; None otherwise."""
    word = _slug(written)
    longer = min((slug for slug in _SLUGS if slug.startswith(f"{word}_")), default=None)
    return (word if word in _SLUGS else _CALLED.get(word)) or misspelt(word, _SLUGS) or longer


def _of_block(block: Metric, integration: str) -> Iterator[tuple[Place, str]]:
    """Yield the places in a block of words that are nearly known, each with its message."""
    known = starter_keys(integration)
    if message := _of_key(block.reference_key, integration, known.reference_keys):
        yield ("reference_key",), message
    for index, name in enumerate(block.metrics):
        if name not in known.metrics and name_in_table(name).rpartition(".")[2] not in _NAMES:
            near = misspelt(name, known.metrics)
            if near:
                title = integration_title(integration)
                yield ("metrics", index), f"{name!r} is no metric of {title} that is known; did you mean {near!r}?"


def _of_key(key: str, integration: str, known: frozenset[str]) -> str | None:
    """Return the message of a reference key of another integration, or nearly a known one; None for other keys."""
    prefix, name = prefix_of(key), name_in_table(key)
    owner, _ = INTEGRATIONS.get(prefix, (None, ""))
    if owner and owner != integration and integration in _SLUGS:
        title = integration_title(owner)
        return f"{key!r} is a metric of {title}, and its source is an account of {integration_title(integration)}"
    if key in known or (owner and name in _NAMES):
        return None
    meant = misspelt(name, _NAMES.union(map(name_in_table, known))) if owner else None
    near = key.removesuffix(name) + meant if meant else misspelt(key, known) if not owner else None
    title = integration_title(integration)
    return f"{key!r} is no reference key of {title} that is known; did you mean {near!r}?" if near else None


def _warning(document: Document, place: Place, message: str) -> Problem:
    return document.problem(place, f"warning: {message} [W-KEY]")
