"""The API's own keys of a metric, as a spec takes them."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field, JsonValue

from reportgen.components.yaml_models import NotAdvised, YamlModel

PassedOn: TypeAlias = Annotated[
    JsonValue, NotAdvised(), Field(description="The API's own; sent back exactly as it was copied.")
]
"""A key of the vendor's catalogues."""


class ApiMetric(YamlModel):
    """The API's own keys of a metric, from the API page and the vendor's payload catalogues; sent back unchanged."""

    reference_key: Annotated[str, Field(min_length=1, description="The API's name of the metric, such as `ig:reach`.")]
    component: Annotated[str, Field(description="The kind of metric: `number_v1`, `chart_v1` or `datatable_v1`.")]
    metrics: Annotated[tuple[str, ...], Field(description="The fields of the API that are asked for.")]
    dimensions: Annotated[
        tuple[str | dict[str, JsonValue], ...],
        Field(description="What the metrics are broken down by, such as `date` or `campaign`."),
    ] = ()
    added_date: PassedOn = None
    sort: Annotated[
        PassedOn,
        Field(description="The API's order of rows, such as `[-count]`; rows follow it where there is no `sort_by`."),
    ] = None
    chart_type: Annotated[PassedOn, Field(description="The API's own word for the drawing; `kind` goes before it.")] = (
        None
    )
    formatting_function: PassedOn = None
    custom: Annotated[
        PassedOn,
        Field(description="The API's own settings; with a `custom_period` the block says that it covers other days."),
    ] = None
    type: PassedOn = None
    calculated: PassedOn = None
    isCalculated: PassedOn = None  # noqa: N815 - the API's spelling
    container_type: PassedOn = None
    widgets: PassedOn = None
    currency: Annotated[
        PassedOn, Field(description="The API's currency of the metric, such as `brl`; its amounts are printed in it.")
    ] = None
    table: PassedOn = None
    chart: PassedOn = None
    targeting_region: PassedOn = None
    filters: PassedOn = None
    filter: PassedOn = None
    diff_type: Annotated[
        PassedOn, Field(description="`positive_bad`: the API says that less is better; `direction` goes before it.")
    ] = None
    operation: PassedOn = None
    allAdsDatatable: PassedOn = None  # noqa: N815 - the API's spelling
    textAdsDatatable: PassedOn = None  # noqa: N815 - the API's spelling
    entity_id: PassedOn = None
    entity_type: PassedOn = None


API_KEYS = tuple(ApiMetric.model_fields)
