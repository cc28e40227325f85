"""The machine: Python, libraries, scripts, zones and extras."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from reportgen.doctor.machine import (
    LIBRARIES,
    SCRIPTS,
    Script,
    look_at_extras,
    look_at_fonts,
    look_at_libraries,
    look_at_python,
    look_at_time_zones,
    scripts_of,
)
from reportgen.outputs.pdf.pdf_file import letters_without_a_font

PRIVATE_USE = "\ue9a7"  # no font of a system has this letter


def test_an_old_python_is_wrong() -> None:
    """What is older than 3.11 is told with what is needed."""
    found = look_at_python((3, 10, 4))
    assert (found.health, "3.11 or newer" in found.text) == ("environment", True)
    assert look_at_python().health == "ok"


@pytest.mark.skipif(sys.platform != "linux", reason="the libraries have other names elsewhere")
@pytest.mark.parametrize("lost", LIBRARIES)
def test_a_missing_library_is_named_with_its_package(lost: str) -> None:
    """Each library that cannot be opened is a line of its own, with the command that installs it."""

    def load(name: str) -> None:
        if name == lost:
            raise OSError(name)

    (found,) = look_at_libraries(load)
    assert (found.health, lost in found.text) == ("environment", True)
    assert LIBRARIES[lost] in found.command


def test_the_libraries_are_those_of_the_set_up() -> None:
    """What the doctor looks for is what `.ci/system-libraries` installs."""
    script = (Path(__file__).parent.parent.parent / ".ci/system-libraries").read_text()
    assert dict(re.findall(r"^(lib\S+\.so\S*) (\S+)$", script, re.MULTILINE)) == LIBRARIES


def test_the_renderer_itself_says_which_letters_it_lacks() -> None:
    """Letters of the embedded family are there on any machine; one that no font has is named."""
    assert letters_without_a_font(f"aé{PRIVATE_USE}Ωж") == PRIVATE_USE


def test_the_embedded_family_covers_its_scripts() -> None:
    """Latin, Greek and Cyrillic are covered wherever reportgen is installed, and nothing is wrong with them."""
    told = {one.subject: one for one in look_at_fonts()}
    assert {"Latin", "Greek", "Cyrillic"} <= set(told["Scripts"].text.split(", "))
    assert told["Fonts"].health == "ok"


def test_a_script_without_a_font_is_wrong_only_where_it_is_needed() -> None:
    """A client who reads it makes it wrong; else it is a note; either way a command installs a font."""
    lacking = Script("Runes", frozenset({"Runr"}), PRIVATE_USE, "fonts-runes")
    scripts = (*SCRIPTS[:3], lacking)
    for needed, health in (((), "note"), (("Runr",), "environment")):
        told = {one.subject: one for one in look_at_fonts(needed, scripts)}
        assert told["Scripts"].text == "Latin, Greek, Cyrillic"
        assert told["Runes"].health == health
        assert "U+E9A7" in told["Runes"].text
        assert "fonts-runes" in told["Runes"].command


@pytest.mark.parametrize(
    ("locale", "script"),
    [("pt-BR", "Latn"), ("ja", "Jpan"), ("ar-EG", "Arab"), ("he", "Hebr"), ("zh-TW", "Hant"), ("zh-Hans-SG", "Hans")],
)
def test_a_locale_has_its_script(locale: str, script: str) -> None:
    """CLDR says what a locale is written in."""
    assert script in scripts_of([locale])


def test_a_missing_zone_is_told() -> None:
    """Z05: without rules for a client's zone its days cannot be told, and pip mends that."""
    found = look_at_time_zones(["America/Sao_Paulo", "Mars/Olympus"])
    assert (found.health, found.command) == ("environment", "pip install tzdata")
    assert "Mars/Olympus" in found.text
    assert "America" not in found.text
    assert look_at_time_zones(["America/Sao_Paulo"]).health == "ok"


def test_an_extra_that_is_not_there_is_no_fault() -> None:
    """What only some commands need is noted, with the command that installs it."""
    told = [one for one in look_at_extras(lambda _: None) if one.subject != "Chromium"]
    assert {one.health for one in told} == {"note"}
    assert "pip install 'reportgen-connect[dask]'" in [one.command for one in told]
