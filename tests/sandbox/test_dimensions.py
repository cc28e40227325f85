"""The labels of charts and tables: days of the period, and names in plausible words."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.periods import Period
from reportgen.sandbox.dimensions import Dimension, buckets, categories, is_media, is_time, weights

if TYPE_CHECKING:
    from pathlib import Path

_PERIOD = Period(date(2026, 9, 28), date(2026, 10, 4))


@pytest.mark.parametrize("field", ["date", "day", "date_start", "dateRange", "date_stop", "order_date", "created_at"])
def test_days_are_labelled_by_their_date(field: str) -> None:
    """Whatever a source calls its dimension of days, the labels are the days of the period."""
    labels = [*buckets(Dimension(field), _PERIOD)]
    assert labels == ["2026-09-28", "2026-09-29", "2026-09-30", "2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04"]


@pytest.mark.parametrize(
    ("field", "labels"),
    [
        ("week", ["2026-W40"]),
        ("isoYearIsoWeek", ["2026-W40"]),
        ("week_start", ["2026-09-28"]),
        ("month", ["2026-09", "2026-10"]),
        ("yearMonth", ["2026-09", "2026-10"]),
        ("quarter", ["2026-Q3", "2026-Q4"]),
        ("year", ["2026"]),
        ("dayOfWeek", ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]),
    ],
)
def test_longer_buckets_are_labelled_too(field: str, labels: list[str]) -> None:
    """Weeks, months, quarters and years have the labels of their calendar."""
    assert [*buckets(Dimension(field), _PERIOD)] == labels


@pytest.mark.parametrize("field", ["hour", "hourOfDay", "country", "date_of_birth", "weekend_offer"])
def test_other_dimensions_are_no_days(field: str) -> None:
    """A dimension that splits each day does not group days."""
    assert not is_time(Dimension(field))


@pytest.mark.parametrize("field", ["sessionDefaultChannelGroup", "device", "age", "gender", "hour", "campaign", "new"])
def test_each_value_has_a_weight(field: str) -> None:
    """Values and weights are as many, and no value comes twice."""
    values = categories(Dimension(field))
    assert len(set(values)) == len(values) == len(weights(Dimension(field)))


def test_no_dimension_of_a_catalogue_has_numbered_names(catalogues: Path) -> None:
    """What a catalogue breaks its charts and tables down by has names, not "Contacts 1" and "Contacts 2"."""
    fields = {
        str(dimension["field"] if isinstance(dimension, dict) else dimension)
        for path in catalogues.glob("*/metrics.json")
        for entries in json.loads(path.read_text()).values()
        for entry in entries
        if entry["component"] in {"chart_v1", "datatable_v1"}
        for dimension in entry.get("dimensions") or []
    }
    assert len(fields) > 50
    named = (Dimension(field) for field in fields)
    listed = (dimension for dimension in named if not is_time(dimension) and not is_media(dimension))
    assert [each.field for each in listed if re.search(r"[a-z] 1$", categories(each)[0])] == []
