"""The reports of the shipped examples."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reportgen.pipeline import build_report
from reportgen.resources import examples_folder
from reportgen.spec.loading import load_client, load_spec

if TYPE_CHECKING:
    from reportgen.connect import AnswerSource
    from reportgen.model import Report

DAY = date(2026, 11, 3)
"""The day that they are made on."""


def example(name: str, api: AnswerSource, locale: str | None = None) -> Report:
    """Build a shipped example with its client."""
    folder = examples_folder()
    spec, client = load_spec(folder / f"{name}.yaml"), load_client(folder / f"{name}.client.yaml")
    return build_report(spec, client, answers=api, as_of=DAY, locale=locale)
