"""With another WeasyPrint or pydyf than those whose private parts are known, nothing but public names is used."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

import reportgen
from reportgen.outputs.pdf.attached_data import NAME, attached_json
from reportgen.outputs.pdf.engine import KNOWN, unknown_versions
from reportgen.outputs.pdf.pdf_file import render_pdf
from reportgen.outputs.pdfium import attached_file
from reportgen.outputs.printed import PrintedReport
from tests.outputs import reports
from tests.outputs.pages import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(reportgen.__file__).parent
PUBLIC = {
    ("weasyprint", "Attachment"),
    ("weasyprint", "CSS"),
    ("weasyprint", "HTML"),
    ("weasyprint", "VERSION"),
    ("weasyprint.text.fonts", "FontConfiguration"),
    ("weasyprint.urls", "URLFetcher"),
    ("weasyprint.urls", "URLFetcherResponse"),
    ("pydyf", "VERSION"),
}
"""What WeasyPrint's API reference promises, and the version of pydyf."""

REPORT = reports.report(*reports.FULL, reports.LONG_TABLE)
PRINT = """
import json, sys, types
import pydyf, weasyprint
from pathlib import Path
from reportgen.report_rendering import finish
from tests.outputs.pdf.test_other_engines import REPORT

versions, removed, file = json.loads(sys.argv[1]), set(map(tuple, json.loads(sys.argv[2]))), Path(sys.argv[3])
seen = set()

def asks():
    frame = sys._getframe(2)
    while frame.f_globals.get("__name__", "").startswith("importlib"):
        frame = frame.f_back
    return frame.f_globals.get("__name__", "").startswith("reportgen.")

class Watched(types.ModuleType):
    def __getattribute__(self, name):
        own = object.__getattribute__(self, "__name__")
        if not name.startswith("__") and asks():
            seen.add((own, name))
            if (own, name) in removed:
                raise AttributeError(f"{own}.{name} was removed")
        return super().__getattribute__(name)

for name, module in list(sys.modules.items()):
    if name.partition(".")[0] in {"weasyprint", "pydyf"}:
        module.__class__ = Watched
for name, version in versions.items():
    sys.modules[name].VERSION = version
try:
    told, artifacts = finish(REPORT, ["pdf", "xlsx", "json", "csv"])  # HTML has nothing to do with the page engine
    file.write_bytes(artifacts[0].content)
    said = [[one.code, one.text] for one in told.warnings]
except (AttributeError, ImportError) as error:
    said = str(error)
drawing = any(name.startswith("reportgen.outputs.pdf.weasyprint70") for name in sys.modules)
print(json.dumps({"said": said, "seen": sorted(seen), "drawing": drawing}))
"""


def used(folder: Path) -> set[tuple[str, str]]:
    """Return the names of WeasyPrint and pydyf that the code below a folder, or in a file, uses when it runs."""
    files = [folder] if folder.is_file() else sorted(folder.rglob("*.py"))
    texts = (file.read_text(encoding="utf-8") for file in files)
    return {name for text in texts if any(map(text.__contains__, KNOWN)) for name in _used(ast.parse(text))}


def _used(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return
    if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in KNOWN:
        yield from ((node.module or "", alias.name) for alias in node.names)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in KNOWN:
        yield node.value.id, node.attr
    for child in ast.iter_child_nodes(node):
        yield from _used(child)


def inner_attributes(file: Path) -> set[str]:
    """Return the attributes that a file takes of others though their names say that they are private."""
    return {
        node.attr
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr.startswith("_")
        and not node.attr.startswith("__")
        and not (isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"})
    }


PRIVATE = used(ROOT) - PUBLIC
FOLDERS = ("outputs", "outputs/pdf", "outputs/pdf/blocks", "outputs/html", "outputs/page")
FILES = [file for folder in FOLDERS for file in sorted((ROOT / folder).glob("*.py"))]


@dataclass(frozen=True, slots=True)
class Printed:
    """What a process says that has printed the report.

    Attributes:
        said: The code and the text of each caution; or the error that it ended with.
        seen: The names of WeasyPrint and pydyf that reportgen looked at.
        drawing: Whether it loaded what knows private names.
    """

    said: list[list[str]] | str
    seen: set[tuple[str, str]]
    drawing: bool


def printed(tmp_path: Path, versions: dict[str, str], removed: set[tuple[str, str]]) -> Printed:
    """Print the report in a process in which reportgen finds other versions, and names removed."""
    told = [json.dumps(versions), json.dumps(sorted(removed)), str(tmp_path / "report.pdf")]
    done = subprocess.run([sys.executable, "-c", PRINT, *told], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    found = json.loads(done.stdout)
    return Printed(found["said"], {(module, name) for module, name in found["seen"]}, found["drawing"])


@pytest.mark.thorough
def test_the_report_is_whole_without_any_private_name(tmp_path: Path) -> None:
    """All private names are removed at once, so none of them alone can be missed: texts, data and tags are there.

    Its pages are not composed, so they begin elsewhere. The audit finds nothing, and staff are told why it took long.
    """
    versions = {"weasyprint": "71.0", "pydyf": "0.14.0"}
    found = printed(tmp_path, versions, PRIVATE)
    assert isinstance(found.said, list)
    ((code, text),) = found.said
    assert (code, found.drawing) == ("W-PLAIN", False)
    assert found.seen <= PUBLIC
    assert all(f"{name} {version}" in text for name, version in versions.items())
    content = (tmp_path / "report.pdf").read_bytes()
    assert words(content) == words(render_pdf(PrintedReport(REPORT))[0].content)
    assert attached_file(content, NAME) == attached_json(PrintedReport(REPORT))
    with pikepdf.open(tmp_path / "report.pdf") as pdf:
        assert "/StructTreeRoot" in pdf.Root
        assert pdf.Root.MarkInfo.Marked


def words(pdf: bytes) -> set[str]:
    """Return the words of a PDF, without the numbers of its pages."""
    return {word for page in texts(pdf) for word in page if not word.isdigit()}


@pytest.mark.parametrize(("library", "version"), [("weasyprint", "71.0"), ("pydyf", "0.14.0")])
def test_one_unknown_library_is_enough(monkeypatch: pytest.MonkeyPatch, library: str, version: str) -> None:
    """Either of them alone has the page engine set everything, and is named."""
    monkeypatch.setattr(f"{library}.VERSION", version)
    (pdf,) = render_pdf(PrintedReport(reports.report(reports.NUMBER)))
    assert [one.code for one in pdf.cautions] == ["W-PLAIN"]
    assert f"{library} {version}" in pdf.cautions[0].text


@pytest.mark.thorough
def test_the_list_of_private_names_is_full(tmp_path: Path) -> None:
    """With the versions that are known, reportgen looks at no name of theirs that is neither public nor listed."""
    found = printed(tmp_path, {}, set())
    assert found.seen <= PUBLIC | PRIVATE | set(parts())
    assert (found.said, found.drawing) == ([], True)


def parts() -> Iterator[tuple[str, str]]:
    """Yield the modules on the way to names, which Python looks at to find these."""
    for module, _ in PUBLIC | PRIVATE:
        names = module.split(".")
        yield from ((".".join(names[:at]), names[at]) for at in range(1, len(names)))


@pytest.mark.thorough
def test_removed_names_are_missed_where_they_are_used(tmp_path: Path) -> None:
    """The same removal stops the faster way: the names are really gone, and it is the faster way that uses them."""
    assert "cannot import name" in str(printed(tmp_path, {}, PRIVATE).said)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}.{file.stem}")
def test_private_names_are_used_behind_one_door(file: Path) -> None:
    """Outside of `weasyprint70`, which other versions never load, no file uses a private name or attribute."""
    assert used(file) <= PUBLIC
    assert inner_attributes(file) == set()


def test_no_other_package_uses_a_private_name() -> None:
    """Of all files of reportgen only those of `weasyprint70` use a name that is not public."""
    found = {file.parent.name for file in ROOT.rglob("*.py") if not used(file) <= PUBLIC}
    assert found == {"weasyprint70"}


def test_the_private_names_are_used() -> None:
    """The list is read off the code; these are some of it."""
    assert {("weasyprint.text.ffi", "pango"), ("weasyprint.html", "UA"), ("pydyf", "Stream")} <= PRIVATE
    assert inner_attributes(ROOT / "outputs" / "pdf" / "weasyprint70" / "marked_content.py") == {"_tags"}
    assert inner_attributes(ROOT / "outputs" / "pdf" / "weasyprint70" / "laid_out_pages.py") == {"_page_box"}


def test_nothing_is_loaded_before_the_version_is_known() -> None:
    """Importing what makes PDFs imports neither library, and nothing that knows their private parts."""
    program = "import sys, reportgen.outputs.pdf.pdf_file; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert "reportgen.outputs.pdf.pdf_file" in loaded
    assert [
        name for name in loaded if name.startswith(("weasyprint", "pydyf", "reportgen.outputs.pdf.weasyprint70"))
    ] == []


def test_the_versions_that_are_known_are_installed() -> None:
    """A new WeasyPrint fails here first: look at every test of `test_drawn_images`, then let `engine` know it."""
    assert unknown_versions() == ""
