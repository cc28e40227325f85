"""A small agency's folder, in which the examples of the documentation are tried."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from docs.examples import FILES
from reportgen.resources import examples_folder
from tests.fonts import write_fonts

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = {
    "instagram": "instagram_business",
    "ads": "google_ads",
    "analytics": "google_analytics_4",
}
"""Alias -> integration of the spec under which examples stand."""

ACCOUNTS = {
    "instagram": "4addc0da-8583-4dbb-a0e9-c7e2e8470f50",
    "ads": "c2c1d2a6-1f33-4e77-a8a9-6a6f5b1f0e12",
    "analytics": "5d3b7d8e-90c4-4cb1-9a76-0e2f6f7a4f13",
}
NUMBERS = {
    "reach": ("instagram", "ig:reach", "reach"),
    "spend": ("ads", "gads:cost_micros", "metrics.cost_micros"),
    "conversions": ("ads", "gads:conversions", "metrics.conversions"),
}
"""Numbers that examples name without writing them: their source, reference key and metric."""


def write_agency(folder: Path) -> None:
    """Write the files that the examples name."""
    shutil.copytree(examples_folder() / "images", folder / "images")
    for name in ("team.svg", "cover.jpg"):
        shutil.copy(folder / "images/norte.svg", folder / "images" / name)
    write_fonts(folder / "fonts", tuple(re.findall(r"fonts/([\w-]+\.ttf)", FILES["theme"])))
    (folder / "budgets.csv").write_text("client,month,name,goal\npadaria-aurora,2026-10,reach,60000\n")
    (folder / "mail.txt").write_text("Hello, {client.name}!\n")
    (folder / "clients").mkdir()
    for place in (folder / "client.yaml", folder / "clients/aurora.yaml"):
        write_yaml(place, client({}))
    (folder / "clients.csv").write_text(
        "name,slug,api.token.env,api.customer_token.env,sources.instagram\n"
        f"Casa Verde,casa-verde,REPORTGEN_TOKEN,CASA_VERDE,{ACCOUNTS['instagram']}\n"
    )
    for name in ("social.yaml", "full.yaml"):
        (folder / name).write_text(FILES["spec"])


def spec(keys: dict[str, Any], blocks: list[Any]) -> dict[str, Any]:
    """Return a spec that holds an example's keys and blocks, and the numbers that these name without writing them."""
    written = {block.get("name") for block in blocks if isinstance(block, dict)}
    sources = {alias: {"integration": kind} for alias, kind in SOURCES.items()} | keys.get("sources", {})
    named = [_number(name) for name in NUMBERS if name not in written]
    sections = [{"title": "Example", "blocks": [_with_source(block) for block in blocks]}] if blocks else []
    sections += keys.get("sections", [])
    return {"version": 1, **keys, "sources": sources, "sections": [*sections, {"title": "Others", "blocks": named}]}


def client(keys: dict[str, Any]) -> dict[str, Any]:
    """Return a client that holds an example's keys."""
    places = {"token": {"env": "REPORTGEN_TOKEN"}, "customer_token": {"env": "AURORA_CUSTOMER_TOKEN"}}
    start = {"version": 1, "name": "Padaria Aurora", "email": "dono@aurora.example", "api": places}
    return {**start, **keys, "sources": ACCOUNTS | keys.get("sources", {})}


def fleet(keys: dict[str, Any]) -> dict[str, Any]:
    """Return a fleet that holds an example's keys."""
    return {"version": 1, "reports": [{"spec": "social.yaml", "clients": "clients/*.yaml"}], **keys}


def read_yaml(text: str) -> Any:  # noqa: ANN401 - whatever the example is
    """Return an example's content; days stay text, as an author wrote them."""
    reader = YAML(typ="safe", pure=True)
    return json.loads(json.dumps(reader.load(text), default=str))


def write_yaml(path: Path, content: dict[str, Any]) -> None:
    """Write a file of an author; JSON is YAML."""
    path.write_text(json.dumps(content, ensure_ascii=False))


def _number(name: str) -> dict[str, Any]:
    source, key, metric = NUMBERS[name]
    block = {"name": name, "source": source, "reference_key": key, "component": "number_v1", "metrics": [metric]}
    return {**block, "format": "currency" if name == "spend" else "count"}


def _with_source(block: Any) -> Any:  # noqa: ANN401 - a block is a word or a mapping
    """Give a metric the source that its reference key is of, where the example leaves that to its section."""
    if not isinstance(block, dict) or "reference_key" not in block or "source" in block:
        return block
    prefix = block["reference_key"].partition(":")[0]
    return {**block, "source": {"ig": "instagram", "gads": "ads", "google_analytics_4": "analytics"}[prefix]}
