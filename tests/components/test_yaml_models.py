"""The base of YAML models: what is worked out of a model stays beside its fields."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import pytest

from reportgen.components.metric_table import MetricRow
from reportgen.components.yaml_models import YamlModel, worked_out_once
from reportgen.spec.report_spec import ReportSpec

if TYPE_CHECKING:
    from collections.abc import Iterator

ROW = {"row": "Search", "spend": "search_spend", "rate": "clicks / impressions"}


def below(kind: type[YamlModel]) -> Iterator[type[YamlModel]]:
    """Yield a kind of model and all kinds that are made of it."""
    yield kind
    for part in kind.__subclasses__():
        yield from below(part)


def test_a_property_is_worked_out_once() -> None:
    """Asked twice, it is the same object."""
    row = MetricRow.model_validate(ROW)
    assert row.names == ("search_spend", "clicks", "impressions")
    assert row.names is row.names
    assert isinstance(MetricRow.names, worked_out_once)


def test_what_is_worked_out_is_no_field() -> None:
    """A thread that goes through the fields finds the same before and after, and so does a comparison."""
    row, fresh = MetricRow.model_validate(ROW), MetricRow.model_validate(ROW)
    before = dict(row), dict(vars(row)), row.model_dump()
    assert row.names
    assert (dict(row), dict(vars(row)), row.model_dump()) == before
    assert row == fresh


def test_a_copy_with_other_fields_works_out_its_own() -> None:
    """A copy does not have what followed from the fields before."""
    row = MetricRow.model_validate(ROW)
    assert row.names
    assert row.model_copy(update={"spend": "other"}).names == ("other", "clicks", "impressions")


@pytest.mark.parametrize("kind", sorted(below(YamlModel), key=str))
def test_no_model_keeps_values_among_its_fields(kind: type[YamlModel]) -> None:
    """The reports of a run share a spec, and one goes through its fields while another works something out of it."""
    assert issubclass(ReportSpec, YamlModel)  # with it all kinds of blocks are known
    kept = [name for name, value in vars(kind).items() if type(value) is cached_property]
    assert not kept, "use worked_out_once"
