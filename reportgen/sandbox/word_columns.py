"""Columns of tables that hold words, such as `created_at` and `campaign.name`."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from reportgen.sandbox.daily_figures import unit
from reportgen.sandbox.dimensions import Dimension, categories
from reportgen.sandbox.metric_series import plain_name

if TYPE_CHECKING:
    from reportgen.periods import Period

_DATE_COLUMN = re.compile(r"(^|_)(created|cdate|date|lastedmodified)(_|$)|_at$|^create_time$")
_CHOICES: dict[str, tuple[str, ...]] = {
    "status": ("active", "active", "paused"),
    "category": ("Shoes", "Boots", "Sandals", "Gift cards"),
    "type": ("image", "video", "carousel"),
    "group_placement_target_url": ("news.example", "recipes.example", "running.example", "weather.example"),
}
_STATUS_OF_PRODUCTS = ("publish", "publish", "publish", "draft")
_LABELS = ("name", "title", "description")
_CHANNEL = "advertising_channel_type"
_CHANNELS = ("Search", "Shopping", "Video")


def has_words(metric: str) -> bool:
    """Return whether a metric of a table is a column of words rather than of figures."""
    name = plain_name(metric)
    return name in {*_LABELS, *_CHOICES, _CHANNEL, "sku"} or _DATE_COLUMN.search(name) is not None


def word(period: Period, metric: str, dimensions: tuple[Dimension, ...], labels: tuple[str, ...]) -> str | None:
    """Return the text of a cell in a column of words; None where the column has figures.

    Args:
        period: The days asked for.
        metric: The column's metric.
        dimensions: The table's dimensions.
        labels: The row's value of each.
    """
    name, share = plain_name(metric), unit("word", metric, *labels)
    if name == _CHANNEL:
        return next((kind.upper() for kind in _CHANNELS if kind in " ".join(labels)), "PERFORMANCE_MAX")
    if name in _LABELS and labels:
        of = metric.rpartition(".")[0]
        others = () if of in {"", *(dimension.field for dimension in dimensions)} else categories(Dimension(of))
        return others[int(share * len(others))] if others else labels[0]
    if name == "sku":
        return f"{int(share * 9000) + 1000}"
    if name in _CHOICES:
        of_products = name == "status" and any(dimension.field.startswith("product") for dimension in dimensions)
        choices = _STATUS_OF_PRODUCTS if of_products else _CHOICES[name]
        return choices[int(share * len(choices))]
    return _moment(period, share) if _DATE_COLUMN.search(name) else None


def _moment(period: Period, share: float) -> str:
    """Return a day and time within a period, as the API writes a `created_at`."""
    day = period.start + timedelta(days=int(share * period.days))
    return f"{day.isoformat()} {int(share * 9973) % 24:02d}:{int(share * 99991) % 60:02d}:00"
