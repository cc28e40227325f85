"""The session: what is saved at any moment is shown in the end."""

from __future__ import annotations

import os
import signal
from datetime import date
from threading import Event
from typing import TYPE_CHECKING

import pytest

from reportgen.preview.preview_build import PreviewChoice
from reportgen.preview.preview_session import show
from tests.preview.test_preview_build import CLIENT, PICTURE, SPEC, Counting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from reportgen.preview.preview_build import PreviewState
    from reportgen.queries import Answer, Query

BROKEN = SPEC + "perod: x\n"
LINES = "      - {include: fragments/spring/words.yaml}\n"


class Shown(Exception):  # noqa: N818 - no error
    """The state that a test waits for."""


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """Return the path of a spec with a client and their logos."""
    for name in ("images/norte.svg", "brand/aurora.svg"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(PICTURE)
    (tmp_path / "aurora.yaml").write_text(CLIENT)
    (tmp_path / "social.yaml").write_text(SPEC)
    return tmp_path / "social.yaml"


def previewed(spec: Path, text: str, saves: list[tuple[Path, str]]) -> list[PreviewState]:
    """Return the states of a session until a text is shown; after each build the next file is saved."""
    states: list[PreviewState] = []

    def on_build(state: PreviewState) -> None:
        states.append(state)
        if saves:
            file, content = saves.pop(0)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content)
        elif not state.problems and state.shown and text in state.shown.html:
            raise Shown

    choice = PreviewChoice(spec, spec.parent / "aurora.yaml", as_of=date(2026, 11, 3))
    with pytest.raises(Shown):
        show(choice, Counting(), 0, announce=lambda _: None, on_build=on_build)
    return states


def test_a_spec_mended_while_its_problems_are_found_is_shown(spec: Path) -> None:
    """Between the build that fails, and watches other folders, and the next, it is saved again."""
    saves = [(spec, BROKEN), (spec, BROKEN.replace("Numbers", "Others")), (spec, SPEC.replace("Numbers", "Mended"))]
    states = previewed(spec, "Mended", saves)
    assert any(state.problems for state in states)


def test_a_fragment_of_a_folder_that_is_not_there_is_shown(spec: Path) -> None:
    """It comes with its folder, right after the build that missed it, and is saved again right after the next."""
    words = spec.parent / "fragments/spring/words.yaml"
    saves = [(spec, SPEC + LINES), (words, "- {txt: Wrong.}\n"), (words, "- {text: A better month.}\n")]
    previewed(spec, "A better month.", saves)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Have Ctrl-C interrupt, also where the tests were started in the background of a shell, which ignores it there."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_does_not_reach_into_a_build(spec: Path) -> None:
    """It ends the session while a build still runs, and the build is not cut: a library might swallow the interrupt."""
    ended, fetched = Event(), Event()

    class Slow(Counting):
        def fetch(self, queries: Sequence[Query]) -> dict[Query, Answer]:
            os.kill(os.getpid(), signal.SIGINT)
            assert ended.wait(60)
            fetched.set()
            return super().fetch(queries)

    choice = PreviewChoice(spec, spec.parent / "aurora.yaml", as_of=date(2026, 11, 3))
    with pytest.raises(KeyboardInterrupt):
        show(choice, Slow(), 0, announce=lambda _: None, on_build=lambda _: None)
    ended.set()
    assert fetched.wait(60)


def test_a_logo_that_was_missing_is_shown(spec: Path) -> None:
    """Its folder is watched, though no report can be made without it."""
    logo = spec.parent / "brand/aurora.svg"
    logo.unlink()
    states = previewed(spec, "Numbers", [(spec, SPEC), (logo, PICTURE)])
    assert states[0].problems
