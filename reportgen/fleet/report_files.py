"""The files of a rendered report, each written whole into its folder; a held report goes to quarantine."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from reportgen.errors import OutputError
from reportgen.files import write_whole
from reportgen.fleet.held_report_page import explanation
from reportgen.logs import stage

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import JsonValue

    from reportgen.fleet.jobs import Job
    from reportgen.fleet.render_worker import Rendered

HELD, THUMBNAILS = "held", "thumbnails"
"""Folder under the root for reports that may not be sent; folder of a run for pictures of first pages."""

WHY = "why-held.html"
"""End of the name of the page with the reasons why a report is held."""


def places(root: Path, job: Job) -> tuple[Path, Path]:
    """Return the folder of a report that may be sent, and its folder where it is held."""
    return root / job.folder, root / HELD / job.folder


def store(root: Path, run: Path, job: Job, rendered: Rendered) -> list[JsonValue]:
    """Write the files of a report; a held report goes to a folder that nothing is sent from, with a page of reasons.

    Args:
        root: Folder under which reports are written.
        run: Folder of the run, for the picture of the first page.
        job: The report's job.
        rendered: Its files.

    Returns:
        Path below the root, size and SHA-256 of each file.

    Raises:
        OutputError: A file cannot be written, or a link leads out of the root.
    """
    held = rendered.verdict == "held"
    folder = places(root, job)[held]
    contents = {artifact.name: artifact.content for artifact in rendered.artifacts}
    digests = {artifact.name: digest for artifact, digest in zip(rendered.artifacts, rendered.sha256, strict=True)}
    if held:
        contents[_why(job)] = page = explanation(job.plan.title, job.client, rendered.cautions)
        digests[_why(job)] = hashlib.sha256(page).hexdigest()
    if not folder.resolve().is_relative_to(root.resolve()):
        raise OutputError(f"{folder}: leads out of {root}; is a folder in it a link?")
    with stage("write", job.client, job.spec):
        for name, content in contents.items():
            write_whole(folder / name, content)
    if not held:
        for name in (*contents, _why(job)):  # files of an earlier try: the report is no longer held
            (places(root, job)[True] / name).unlink(missing_ok=True)
    if rendered.thumbnail:
        write_whole(run / THUMBNAILS / f"{job.key}.jpg", rendered.thumbnail)
    return [
        {"path": str((folder / name).relative_to(root)), "bytes": len(content), "sha256": digests[name]}
        for name, content in contents.items()
    ]


def _why(job: Job) -> str:
    """Return the name of the page with the reasons; several reports may share a folder."""
    return f"{job.client}-{job.spec}-{WHY}"


def clear_empty(root: Path) -> None:
    """Remove the empty folders of the quarantine; only while no process writes to it."""
    below = sorted((root / HELD).rglob("*"), reverse=True) if (root / HELD).is_dir() else []
    for folder in (*below, root / HELD):
        if folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir()):
            folder.rmdir()
