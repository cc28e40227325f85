"""The pictures of the documentation: pages of the PDF, the web page on two screens, a contact sheet."""

from __future__ import annotations

import io
import os
import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import sync_playwright
from pydantic import SecretStr

from reportgen import build_report, load_client, load_spec, plan_fleet, run_fleet
from reportgen.connect.live_answers import live_answers
from reportgen.outputs import FORMATS
from reportgen.outputs.printed import PrintedReport
from reportgen.resources import examples_folder
from reportgen.sandbox.sandbox_server import running_sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser

    from reportgen.model import Report
    from reportgen.sandbox.sandbox_server import Sandbox

NOVEMBER = date(2026, 11, 3)
FOLDER = Path(__file__).parent / "pictures"
_GROUND = "#8A8F96"
_GAP = 16  # pixels between pictures, and around them
_COLOURS = 256  # of a picture, which makes a small file
_SECTION = 2  # of the web page: the one with the most to see on both screens
_WIDTH = 1280  # pixels of a picture at the most


def write_pictures() -> Iterator[Path]:
    """Make each picture from the examples and made-up numbers, and yield its path."""
    FOLDER.mkdir(exist_ok=True)
    with running_sandbox(calm=True) as sandbox:
        report = _example("showcase", sandbox)
        yield _saved("pages", _pdf_pages(report, (0, 1, 2)))
        with sync_playwright() as playwright, TemporaryDirectory() as made:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = Path(made) / "report.html"
            page.write_bytes(FORMATS["html"].render(PrintedReport(report))[0].content)
            screens = [_screen(browser, page, width, 900, at=_SECTION) for width in (1440, 390)]
            yield _saved("web", screens)
            sheet = _contact_sheet(Path(made), sandbox)
            yield _saved("contact-sheet", [_screen(browser, sheet, 1280, 620)])
            browser.close()


def _example(name: str, sandbox: Sandbox) -> Report:
    folder = examples_folder()
    answers = live_answers(sandbox.url, SecretStr(sandbox.token), SecretStr(sandbox.customer_token))
    client = load_client(folder / f"{name}.client.yaml")
    return build_report(load_spec(folder / f"{name}.yaml"), client, answers=answers, as_of=NOVEMBER)


def _pdf_pages(report: Report, numbers: Sequence[int]) -> list[Image.Image]:
    import pypdfium2  # it may not be loaded before the forks of a run

    document = pypdfium2.PdfDocument(FORMATS["pdf"].render(PrintedReport(report))[0].content)
    return [document[number].render(scale=1.2).to_pil() for number in numbers]


def _screen(browser: Browser, page: Path, width: int, height: int, *, at: int = 0) -> Image.Image:
    """Return what a window shows, from the section with this number on; 0 is the top."""
    opened = browser.new_page(viewport={"width": width, "height": height})
    opened.goto(page.as_uri())
    if at:
        opened.goto(f"{page.as_uri()}{opened.locator('nav a').nth(at - 1).get_attribute('href')}")
        opened.wait_for_timeout(500)  # until the contents have marked the section
    picture = Image.open(io.BytesIO(opened.screenshot()))
    opened.close()
    return picture


def _contact_sheet(folder: Path, sandbox: Sandbox) -> Path:
    """Make the example fleet's reports, and return the page that shows them."""
    tokens = {"REPORTGEN_API_URL": sandbox.url, "REPORTGEN_TOKEN": sandbox.token}
    customers = ("AURORA_CUSTOMER_TOKEN", "CASA_VERDE_CUSTOMER_TOKEN")
    os.environ.update(tokens, **dict.fromkeys(customers, sandbox.customer_token))
    plan = plan_fleet(examples_folder() / "studio.fleet.yaml", out=folder, as_of=NOVEMBER)
    run_fleet(plan)
    return plan.folder / "contact-sheet.html"


def _saved(name: str, pictures: Sequence[Image.Image]) -> Path:
    """Put pictures beside each other on a grey ground, and save them with few colours."""
    width = sum(one.width for one in pictures) + _GAP * (len(pictures) + 1)
    whole = Image.new("RGB", (width, max(one.height for one in pictures) + 2 * _GAP), _GROUND)
    at = _GAP
    for one in pictures:
        whole.paste(one, (at, _GAP))
        at += one.width + _GAP
    if whole.width > _WIDTH:
        whole = whole.resize((_WIDTH, whole.height * _WIDTH // whole.width), Image.Resampling.LANCZOS)
    path = FOLDER / f"{name}.png"
    whole.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)
    return path
