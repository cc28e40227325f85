"""Diagnoses of the machine: Python, the libraries that print pages, fonts and their scripts, time zones, extras."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import platform
import re
import shutil
import sys
import zoneinfo
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from babel.core import get_global

from reportgen.doctor.diagnosis import Diagnosis
from reportgen.errors import MissingLibrary
from reportgen.outputs.drawing.font_metrics import FAMILY
from reportgen.outputs.page.font_faces import FACES
from reportgen.outputs.pdf.engine import pango_version
from reportgen.outputs.pdf.pdf_file import letters_without_a_font
from reportgen.resources import font_file

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}
"""Library that WeasyPrint opens on Linux -> the Debian package that has it."""

_OLDEST_PYTHON = (3, 11)
_SCRIPT = re.compile("[A-Z][a-z]{3}")  # a code of ISO 15924
_OWN_FONTS = "pip install --force-reinstall font-source-sans-pro"


_EXTRAS = (("dask", "distributed", "Dask", "needed only to render on a cluster (`run --engine dask`)"),)


@dataclass(frozen=True, slots=True)
class Script:
    """A script, with letters that show whether a font has it.

    Attributes:
        name: Its English name.
        codes: ISO 15924 codes, as CLDR has them.
        letters: Of this script and no other.
        package: Debian's, with a font for it; None where the embedded family has it.
    """

    name: str
    codes: frozenset[str]
    letters: str
    package: str | None = None


SCRIPTS = (
    Script("Latin", frozenset({"Latn"}), "Añçéßőễ"),
    Script("Greek", frozenset({"Grek"}), "Αωή"),
    Script("Cyrillic", frozenset({"Cyrl"}), "Бяї"),
    Script("Arabic", frozenset({"Arab"}), "سلام", "fonts-noto-core"),
    Script("Hebrew", frozenset({"Hebr"}), "שלום", "fonts-noto-core"),
    Script("Devanagari", frozenset({"Deva"}), "नमस्ते", "fonts-noto-core"),
    Script("Bengali", frozenset({"Beng"}), "নমস্কার", "fonts-noto-core"),
    Script("Tamil", frozenset({"Taml"}), "வணக்கம்", "fonts-noto-core"),
    Script("Thai", frozenset({"Thai"}), "สวัสดี", "fonts-noto-core"),
    Script("Chinese", frozenset({"Hans", "Hant"}), "数据資料", "fonts-noto-cjk"),
    Script("Japanese", frozenset({"Jpan"}), "ひらカタ語", "fonts-noto-cjk"),
    Script("Korean", frozenset({"Kore"}), "한국어", "fonts-noto-cjk"),
    Script("Emoji", frozenset(), "\N{GRINNING FACE}\N{CHART WITH UPWARDS TREND}", "fonts-noto-color-emoji"),
)


def look_at_python(running: tuple[int, ...] = sys.version_info[:3]) -> Diagnosis:
    """Return the diagnosis of Python's version."""
    text = f"{'.'.join(map(str, running))} at {sys.executable}"
    if running < _OLDEST_PYTHON:
        return Diagnosis("Python", "environment", f"{text}; 3.11 or newer is needed", install("python3.11"))
    return Diagnosis("Python", "ok", text)


def look_at_libraries(load: Callable[[str], object] = ctypes.CDLL) -> Iterator[Diagnosis]:
    """Yield the diagnoses of the system libraries that print the PDF.

    Args:
        load: Opens a library by its name, or raises OSError.
    """
    missing = [(name, package) for name, package in LIBRARIES.items() if _is_missing(name, load)]
    for name, package in missing:
        text = f"the system library {name} is missing, so no PDF can be printed"
        yield Diagnosis("Pango", "environment", text, install(package))
    if missing:
        return
    try:
        yield Diagnosis("Pango", "ok", f"{pango_version() or 'there'}, with HarfBuzz and fontconfig")
    except MissingLibrary as error:  # not on Linux, where the names are others
        yield Diagnosis("Pango", "environment", str(error))


def look_at_fonts(needed: Collection[str] = (), scripts: Sequence[Script] = SCRIPTS) -> Iterator[Diagnosis]:
    """Yield the diagnoses of fonts, and of scripts, of which the renderer prints letters.

    Args:
        needed: ISO 15924 codes of the scripts that reports are written in, besides Latin; without a font such a
            script is a problem, another is only noted.
        scripts: The scripts to try.
    """
    try:
        lost = [face for face in FACES if not font_file(face).is_file()]
        missing = letters_without_a_font("".join(script.letters for script in scripts))
    except MissingLibrary as error:
        yield Diagnosis("Fonts", "environment", f"cannot be tried: {error}", _OWN_FONTS)
        return
    if lost:
        yield Diagnosis("Fonts", "environment", f"{FAMILY} lacks {', '.join(lost)}", _OWN_FONTS)
    else:
        yield Diagnosis("Fonts", "ok", f"{FAMILY} {version('font-source-sans-pro')}, with {len(FACES)} faces")
    covered = [script.name for script in scripts if not set(script.letters) & set(missing)]
    if covered:
        yield Diagnosis("Scripts", "ok", ", ".join(covered))
    for script in scripts:
        if letters := sorted(set(script.letters) & set(missing)):
            yield _uncovered(script, letters, {"Latn", *needed})


def scripts_of(locales: Collection[str]) -> frozenset[str]:
    """Return the ISO 15924 codes of the scripts of locales (CLDR's likely subtags)."""
    likely = get_global("likely_subtags")
    found = set()
    for locale in locales:
        language = locale.replace("-", "_")
        full = likely.get(language) or likely.get(language.partition("_")[0]) or language
        found |= {part for part in (*language.split("_"), *full.split("_")) if _SCRIPT.fullmatch(part)}
    return frozenset(found)


def look_at_time_zones(zones: Collection[str]) -> Diagnosis:
    """Return the diagnosis of the rules of time zones.

    Args:
        zones: IANA names of the needed zones.
    """
    lost = [zone for zone in zones if not _has_zone(zone)]
    if lost:
        return Diagnosis("Time zones", "environment", f"there are no rules for {', '.join(lost)}", "pip install tzdata")
    return Diagnosis("Time zones", "ok", f"{len(zoneinfo.available_timezones())}, {', '.join(zones)} among them")


def look_at_extras(find: Callable[[str], object | None] = importlib.util.find_spec) -> Iterator[Diagnosis]:
    """Yield the diagnoses of packages that only some commands need.

    Args:
        find: Returns None for a module that is not installed.
    """
    for extra, module, subject, use in _EXTRAS:
        if find(module):
            yield Diagnosis(subject, "ok", f"{module} {version(module)}")
        else:
            yield Diagnosis(subject, "note", f"not installed; {use}", f"pip install 'reportgen-connect[{extra}]'")
    yield Diagnosis("Chromium", "ok", f"not needed; WeasyPrint {version('weasyprint')} prints the pages")


def look_at_system() -> Diagnosis:
    """Return the name and version of the operating system: the first question of a person who helps."""
    return Diagnosis("System", "ok", f"{platform.system()} {platform.release()}, {platform.machine()}")


def _is_missing(name: str, load: Callable[[str], object]) -> bool:
    if sys.platform != "linux":
        return False
    try:
        load(name)
    except OSError:
        return True
    return False


def _uncovered(script: Script, letters: list[str], needed: Collection[str]) -> Diagnosis:
    first, others = letters[:2], letters[2:]
    shown = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in first)
    more = f" and {len(others)} more" if others else ""
    command = install(script.package) if script.package else _OWN_FONTS
    if script.codes & set(needed):
        return Diagnosis(script.name, "environment", f"no font has {shown}{more}, so reports in it have gaps", command)
    return Diagnosis(script.name, "note", f"no font has {shown}{more}; needed only where such texts come", command)


def install(package: str) -> str:
    """Return the command that installs a package by its name in Debian."""
    if not shutil.which("apt-get"):
        return f"install {package}, or the package of that library here"
    sudo = "sudo " if os.getuid() else ""
    return f"{sudo}apt-get install -y --no-install-recommends {package}"


def _has_zone(name: str) -> bool:
    try:
        zoneinfo.ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return False
    return True
