"""JSON Schemas of the author's files, for editors that complete and check YAML."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reportgen.spec.client_file import Client
from reportgen.spec.fleet_file import Fleet
from reportgen.spec.report_spec import ReportSpec
from reportgen.spec.theme_file import ThemeFile

if TYPE_CHECKING:
    from reportgen.components.yaml_models import YamlModel

SCHEMAS: dict[str, type[YamlModel]] = {"spec": ReportSpec, "client": Client, "fleet": Fleet, "theme": ThemeFile}
"""Kind of file -> its model; the committed schema of each is `report-specs/<kind>.schema.json`."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_text(kind: str) -> str:
    """Return the JSON Schema of a kind of file (a key of `SCHEMAS`), as text with a final newline."""
    schema = {"$schema": _DIALECT, **SCHEMAS[kind].model_json_schema(by_alias=True)}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
