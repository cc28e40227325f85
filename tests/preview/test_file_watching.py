"""The watch over folders: no save is missed, whenever it comes, and nothing else is a change."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from reportgen.preview.file_watching import saved_files

if TYPE_CHECKING:
    from pathlib import Path

EVERYTHING = frozenset[object]()


def test_what_is_saved_while_a_change_is_built_is_the_next_change(tmp_path: Path) -> None:
    """Nobody waits for files while a build runs; saves of that time come together, and only once."""
    changes = saved_files(lambda: frozenset({tmp_path}))
    assert next(changes) == EVERYTHING
    (tmp_path / "a.yaml").write_text("1")
    (tmp_path / "b.md").write_text("1")
    assert next(changes) == {tmp_path / "a.yaml", tmp_path / "b.md"}
    (tmp_path / "a.yaml").write_text("12")
    assert next(changes) == {tmp_path / "a.yaml"}
    (tmp_path / "b.md").unlink()
    assert next(changes) == {tmp_path / "b.md"}


def test_any_file_may_have_changed_in_a_folder_that_was_not_watched(tmp_path: Path) -> None:
    """What is saved in it between its first reading and its first watching has no change of its own."""
    folders = {tmp_path}
    changes = saved_files(lambda: frozenset(folders))
    assert next(changes) == EVERYTHING
    (tmp_path / "new").mkdir()
    folders.add(tmp_path / "new")
    (tmp_path / "new/a.yaml").write_text("1")
    (tmp_path / "b.yaml").write_text("1")
    assert next(changes) == EVERYTHING
    (tmp_path / "new/a.yaml").write_text("12")
    assert next(changes) == {tmp_path / "new/a.yaml"}


def test_the_files_of_a_folder_that_is_watched_no_longer_are_no_change(tmp_path: Path) -> None:
    """A spec that was mended depends on fewer folders again."""
    (tmp_path / "old").mkdir()
    (tmp_path / "old/a.yaml").write_text("1")
    folders = {tmp_path, tmp_path / "old"}
    changes = saved_files(lambda: frozenset(folders))
    assert next(changes) == EVERYTHING
    folders.remove(tmp_path / "old")
    (tmp_path / "b.yaml").write_text("1")
    assert next(changes) == {tmp_path / "b.yaml"}


def test_a_folder_may_come_later_and_anew(tmp_path: Path) -> None:
    """A folder that a version control takes away and brings back is watched as before; so is one made in steps."""
    folder = tmp_path / "fragments/words"
    changes = saved_files(lambda: frozenset({tmp_path, folder}))
    assert next(changes) == EVERYTHING
    for _ in range(2):
        folder.parent.mkdir()
        assert next(changes) == {folder.parent}
        folder.mkdir()
        (folder / "b.yaml").write_text("1")
        assert next(changes) == {folder / "b.yaml"}
        shutil.rmtree(folder.parent)
        assert next(changes) == {folder.parent, folder / "b.yaml"}


def test_a_file_replaced_by_another_of_its_size_and_time_is_a_change(tmp_path: Path) -> None:
    """Editors write a new file and rename it; `cp -p` and archives keep the time."""
    old, new = tmp_path / "a.yaml", tmp_path / "a.yaml.tmp"
    for file in (old, new):
        file.write_text(file.name[:6])
        os.utime(file, ns=(10**18, 10**18))
    changes = saved_files(lambda: frozenset({tmp_path}))
    assert next(changes) == EVERYTHING
    new.replace(old)
    assert next(changes) == {old}


@pytest.mark.parametrize("name", [".a.yaml.swp", ".#a.yaml", "#a.yaml#", "~a.yaml", "4913", "a.yaml~", "a.py"])
def test_temporary_files_of_editors_are_no_change(tmp_path: Path, name: str) -> None:
    """Only what may belong to a report is one."""
    changes = saved_files(lambda: frozenset({tmp_path}))
    assert next(changes) == EVERYTHING
    (tmp_path / name).write_text("1")
    (tmp_path / "A.YAML").write_text("1")
    assert next(changes) == {tmp_path / "A.YAML"}


def test_a_link_is_its_file(tmp_path: Path) -> None:
    """A saved file is a change under the name of a link to it; a link to nothing is none."""
    target, link = tmp_path / "far/a.yaml", tmp_path / "near/a.yaml"
    target.parent.mkdir()
    link.parent.mkdir()
    link.symlink_to(target)
    changes = saved_files(lambda: frozenset({link.parent}))
    assert next(changes) == EVERYTHING
    for text in ("1", "12"):
        target.write_text(text)
        assert next(changes) == {link}
