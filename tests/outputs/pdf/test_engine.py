"""What WeasyPrint says in its log is read: each line that is looked for is said here by WeasyPrint itself."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from reportgen.outputs.page.font_faces import linked_faces
from reportgen.outputs.pdf.engine import print_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.outputs.pdf.print_parts import DrawnPart

LOADED = """
import sys
from ctypes import util
from reportgen.outputs.pdf import engine

started, search = [], util.find_library
sys.addaudithook(lambda event, given: started.append(given) if event == "subprocess.Popen" else None)
engine._LIBRARIES = (*engine._LIBRARIES, *sys.argv[1:])
engine.load()
print(bool(started), util.find_library is search)
"""

LOST = "\u0378"  # no letter of Unicode, so no font has it


@pytest.mark.parametrize("drawings", [None, {}], ids=["plain", "drawn"])
def test_a_letter_that_no_font_has_is_told(
    drawings: Mapping[str, DrawnPart] | None, caplog: pytest.LogCaptureFixture
) -> None:
    """The letter is named, once; it is no failure, and letters that fonts have are not named."""
    html = f"<style>{linked_faces()}p{{font-family:'Source Sans Pro'}}</style><p>Reach {LOST}</p><p>{LOST}</p>"
    _, failures, letters = print_page(html, drawings=drawings)
    said = [record.msg for record in caplog.records]
    caplog.clear()
    assert (failures, letters) == ([], LOST)
    assert all(message.startswith(".notdef glyph") for message in said)


@pytest.mark.parametrize(
    ("html", "failure"),
    [
        ("<style>@font-face{font-family:Lost;src:url(reportgen-font:Lost)}</style>x", "'Lost' cannot be loaded"),
        ("<img src='data:image/png;base64,AAAA' alt=x>", "Failed to load image"),
        ("<img src='reportgen-drawing:9' alt=x>", "reportgen-drawing:9 is no part of the report"),
    ],
    ids=["font", "picture", "drawing"],
)
def test_what_cannot_be_loaded_is_a_failure(html: str, failure: str, caplog: pytest.LogCaptureFixture) -> None:
    """A font, of which WeasyPrint only warns, a picture and a drawing."""
    _, failures, _ = print_page(html)
    caplog.clear()
    assert any(failure in one for one in failures)


def test_what_is_whole_is_no_failure() -> None:
    """A page with its fonts and a picture asks for nothing in vain."""
    pixel = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    html = f"<style>{linked_faces()}</style><p>Reach<img src='data:image/gif;base64,{pixel}' alt=x>"
    assert print_page(html)[1:] == ([], "")


@pytest.mark.skipif(sys.platform != "linux", reason="the names of files are Linux's")
@pytest.mark.parametrize(("others", "is_searched"), [((), False), (("libnowhere.so.0",), True)])
def test_no_program_is_started_to_find_libraries(others: tuple[str, ...], *, is_searched: bool) -> None:
    """Of WeasyPrint, whose files have their usual names; where one has not, all are searched for as ever."""
    program = [sys.executable, "-c", LOADED, *others]
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(is_searched), "True"]
