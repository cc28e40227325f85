"""The wheel stands alone: what it needs beside the code is inside it."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from reportgen.resources import has_own_templates

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parent.parent
MARK = "<!-- the template of the wheel -->"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel, built from this checkout with what is installed."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an environment that holds the wheel and borrows every other package from the running one."""
    environment = tmp_path_factory.mktemp("elsewhere") / "environment"
    venv.create(environment, symlinks=True)
    pip = [sys.executable, "-m", "pip", "--python", str(environment), "install", "--quiet"]
    subprocess.run([*pip, "--no-index", "--no-deps", str(wheel)], check=True)
    # A folder named in a .pth file gives its packages, but its own .pth files, the checkout's among them, are not read.
    (packages(environment) / "borrowed.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    return environment


def packages(environment: Path) -> Path:
    """Return the folder of an environment's packages."""
    (folder,) = environment.glob("lib/python*/site-packages")
    return folder


def test_everything_shipped_is_in_it(wheel: Path) -> None:
    """Every file of templates/ and report-specs/ stands beside the code."""
    shipped = [file for folder in ("templates", "report-specs") for file in (ROOT / folder).rglob("*")]
    names = {f"reportgen/{file.relative_to(ROOT)}" for file in shipped if file.is_file()}
    assert names
    assert names <= set(zipfile.ZipFile(wheel).namelist())


def test_nothing_else_is_in_it(wheel: Path) -> None:
    """The wheel holds the package, its types marker and its metadata: no tests, no top-level folders."""
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {"reportgen", "reportgen_connect-0.1.0.dist-info"}
    assert "reportgen/py.typed" in names


def test_it_renders_with_its_own_templates(installed: Path, tmp_path: Path) -> None:
    """From another folder, the installed command renders the demo with the templates of the wheel."""
    template = packages(installed) / "reportgen/templates/report.html"
    whole = template.read_text(encoding="utf-8")
    template.write_text(whole.replace("</body>", f"{MARK}</body>"), encoding="utf-8")
    command = [str(installed / "bin/reportgen"), "demo", "--out", "made"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (page,) = (tmp_path / "made").glob("*.html")
    assert MARK in page.read_text(encoding="utf-8")


def test_its_templates_make_nothing_anew(installed: Path, tmp_path: Path) -> None:
    """A new version with other templates leaves the reports of a run as they are; those of a checkout may be yours."""
    code = "from reportgen.resources import has_own_templates; print(has_own_templates())"
    command = [str(installed / "bin/python"), "-c", code]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout == "False\n"
    assert has_own_templates()


def test_its_words_are_compiled(wheel: Path, installed: Path, tmp_path: Path) -> None:
    """Every catalogue is in the wheel as .mo, and a Portuguese page made from the wheel alone reads Portuguese."""
    sources = [file.relative_to(ROOT) for file in (ROOT / "reportgen/locales").rglob("*.po")]
    assert sources
    assert {str(source.with_suffix(".mo")) for source in sources} <= set(zipfile.ZipFile(wheel).namelist())
    examples = packages(installed) / "reportgen/report-specs"
    render = [
        str(installed / "bin/reportgen"),
        "render",
        str(examples / "multichannel.pt-br.yaml"),
        "--sandbox",
        "--calm",
    ]
    done = subprocess.run(
        [*render, "--as-of", "2026-11-03", "--format", "html", "--out", "made"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (page,) = (tmp_path / "made").glob("*.html")
    assert "Sobre este relatório" in page.read_text(encoding="utf-8")
