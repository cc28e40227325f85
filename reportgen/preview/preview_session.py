"""The session of a preview, from its start to Ctrl-C."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from reportgen.preview.file_watching import saved_files
from reportgen.preview.preview_build import PreviewBuilder
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
    on_build: Callable[[PreviewState], None],
) -> None:
    """Serve the report of a choice, and build it again whenever a file of it is saved, until a signal raises.

    Args:
        choice: The report to build.
        answers: The source that is asked, or a file of recorded answers.
        port: The port; 0 for any free port.
        announce: Called once with the address, when requests are answered.
        on_build: Called after each build.

    Raises:
        ConfigurationError: The port is in use or not allowed.
    """
    builder = PreviewBuilder(choice, answers)
    builds = ThreadPoolExecutor(1, "reportgen-build")
    try:
        with running(builder, port) as address:
            announce(address)
            for changed in saved_files(lambda: builder.state.folders):
                # A signal ends this wait; in the midst of a build it might be lost in a callback of a library.
                builds.submit(builder.build, changed).result()
                on_build(builder.state)
    finally:
        builds.shutdown(wait=False)
