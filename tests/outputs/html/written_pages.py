"""Web pages that tests write and open."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reportgen import build_report, load_client, load_spec
from reportgen.resources import examples_folder
from tests.outputs import reports
from tests.outputs.pages import page

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.connect import AnswerSource
    from reportgen.model import Block


def written(folder: Path, *blocks: Block, locale: str = "en") -> str:
    """Write a page of some blocks and return its address."""
    path = folder / "page.html"
    path.write_text(page(reports.report(*blocks, locale=locale), "screen"), "utf-8")
    return path.as_uri()


def written_example(name: str, api: AnswerSource, folder: Path, locale: str | None = None) -> str:
    """Write the page of a shipped example in a locale and return its address."""
    spec, client = (examples_folder() / f"{name}{ending}.yaml" for ending in ("", ".client"))
    report = build_report(load_spec(spec), load_client(client), answers=api, as_of=date(2026, 11, 3), locale=locale)
    (folder / "page.html").write_text(page(report, "screen"), "utf-8")
    return (folder / "page.html").as_uri()
