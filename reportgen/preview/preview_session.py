"""The preview from its start to Ctrl-C."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.preview.file_watching import saved
from reportgen.preview.preview_build import Desk
from reportgen.preview.preview_server import running

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reportgen.connect import AnswerSource
    from reportgen.preview.preview_build import PreviewChoice, PreviewState


def show(
    choice: PreviewChoice,
    answers: AnswerSource | Path,
    port: int,
    *,
    announce: Callable[[str], None],
    built: Callable[[PreviewState], None],
) -> None:
    """Serve the report of a choice, and build it again whenever one of its files is saved; does not return.

    Args:
        choice: What is previewed.
        answers: What is asked, each question once, or a file of recorded answers.
        port: Where to serve; 0 for a free one.
        announce: Called once with the address, when requests are answered.
        built: Called after each build.

    Raises:
        ConfigurationError: The port is in use or not allowed.
    """
    desk = Desk(choice, answers)
    watched: frozenset[Path] | None = None
    with running(desk, port) as address:
        announce(address)
        for changed in saved(lambda: desk.state.folders):
            # What was saved while a build found new folders, and those were not watched yet, nobody tells.
            if changed or watched != desk.state.folders:
                watched = desk.state.folders
                desk.build(changed)
                built(desk.state)
