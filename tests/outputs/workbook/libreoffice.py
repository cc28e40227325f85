"""Workbooks as LibreOffice computes them anew, held against the results that we wrote."""

from __future__ import annotations

import os
import subprocess
import warnings
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

import openpyxl
import pytest

if TYPE_CHECKING:
    from pathlib import Path

Cells: TypeAlias = "dict[tuple[str, str], object]"
"""What the cells of a workbook show, by sheet and place."""

ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
"""A file for each sheet, with its cells as they are shown."""


def recalculate(command: str, files: list[Path], folder: Path, form: str = "xlsx", *, seconds: float = 120) -> None:
    """Let LibreOffice open the files, compute every formula anew, and save them into `out`."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(ALWAYS)
    line = [command, f"-env:UserInstallation={profile.parent.as_uri()}", "--headless", "--convert-to", form]
    subprocess.run(
        [*line, "--outdir", str(folder / "out"), *map(str, files)],
        check=True,
        capture_output=True,
        timeout=seconds,
        env={**os.environ, "HOME": str(folder)},
    )


def plain(value: object) -> object:
    """Return a number for a time and a day."""
    if isinstance(value, datetime):
        return (value - datetime(1899, 12, 30)) / timedelta(days=1)  # noqa: DTZ001 - Excel knows no zones
    if isinstance(value, int | timedelta):
        return value / timedelta(days=1) if isinstance(value, timedelta) else float(value)
    return value


def cells(file: Path) -> Cells:
    """Return what every cell of a workbook shows that shows something, by its sheet and place."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # openpyxl does not know what LibreOffice adds
        book = openpyxl.load_workbook(file, data_only=True, read_only=True)
        found = [(sheet.title, cell) for sheet in book for row in sheet.iter_rows() for cell in row]
    return {(title, cell.coordinate): plain(cell.value) for title, cell in found if cell.value not in {None, ""}}


def differing(ours: Cells, theirs: Cells) -> dict[tuple[str, str], tuple[object, object]]:
    """Return the cells that are not the same in two workbooks, with both values; nothing for a cell that is blank."""
    pairs = {place: (ours.get(place), theirs.get(place)) for place in {**ours, **theirs}}
    return {place: pair for place, pair in pairs.items() if not _are_equal(*pair)}


def _are_equal(our: object, their: object) -> bool:
    return bool(their == (pytest.approx(our, rel=1e-9, abs=1e-9) if isinstance(our, float) else our))
