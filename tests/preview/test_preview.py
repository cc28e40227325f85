"""`preview` as a writer of specs has it: the command runs, Chromium shows, files are saved."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from reportgen.cli import main
from reportgen.resources import templates_folder
from tests.browser import Visit, complaints, visited
from tests.preview.test_preview_build import CLIENT, PICTURE, SPEC

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, FrameLocator, Page

ROWS = "".join(f"      - text: Paragraph {number}.\n      - page_break\n" for number in range(30))
LONG = SPEC + ROWS
# A runner in the background ignores SIGINT, and so would the command.
INTERRUPTIBLE = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from reportgen.cli import main; raise SystemExit(main())"
)


@dataclass(frozen=True, slots=True)
class Running:
    """A preview that runs.

    Attributes:
        address: Of its page.
        spec: The spec that it shows.
        process: The command.
    """

    address: str
    spec: Path
    process: subprocess.Popen[str]


@contextmanager
def previewed(
    folder: Path, spec: str = LONG, port: str = "0", client: str = CLIENT, ends_with: int = 0
) -> Iterator[Running]:
    """Preview a spec of a folder for the time of a `with` block, by default on a free port.

    It is ended by Ctrl-C, says nothing, and ends with a code. The command runs from a copy of the package in that
    folder, so that a test may change its templates.
    """
    folder.mkdir(exist_ok=True)
    for name in ("reportgen", "templates"):
        shutil.copytree(templates_folder().parent / name, folder / name)
    (folder / "images").mkdir()
    (folder / "images/norte.svg").write_text(PICTURE)
    (folder / "brand").mkdir()
    (folder / "brand/aurora.svg").write_text(PICTURE)
    (folder / "aurora.yaml").write_text(client)
    (folder / "social.yaml").write_text(spec)
    command = [sys.executable, "-c", INTERRUPTIBLE, "preview", "social.yaml", "--client", "aurora.yaml"]
    options = ["--port", port, "--as-of", "2026-11-03", "-q"]
    with subprocess.Popen(
        [*command, *options], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield Running(process.stdout.readline().strip(), folder / "social.yaml", process)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)
        assert process.returncode == ends_with
        assert process.stderr is not None
        assert process.stderr.read() == ""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run one preview for all the tests; each leaves the spec as it was."""
    with previewed(tmp_path_factory.mktemp("preview")) as one:
        yield one


@pytest.fixture(autouse=True)
def _as_it_was(running: Running) -> Iterator[None]:
    """Put the spec back."""
    yield
    running.spec.write_text(LONG)


def report_in(page: Page) -> FrameLocator:
    """Return the report in the page around it."""
    return page.frame_locator("iframe:not(.coming)")


def failures(visit: Visit) -> list[str]:
    """Return the messages of a browser, but for pages and pictures of the build before, which are gone."""
    return [text for text in visit.said if "410" not in text]


def scroll_of(page: Page) -> float:
    """Return how far the report is scrolled."""
    return float(report_in(page).locator("html").evaluate("() => window.scrollY"))


def test_a_saved_edit_is_shown_where_it_was_read(running: Running, browser: Browser) -> None:
    """The page comes anew by itself, the place that is read stays, though what is above it grew, and nothing fails."""
    with visited(browser, running.address) as visit:
        report_in(visit.page).locator("text=Paragraph 20.").scroll_into_view_if_needed()
        report_in(visit.page).locator("html").evaluate("() => window.scrollBy({top: 60, behavior: 'instant'})")
        before = scroll_of(visit.page)
        running.spec.write_text(LONG.replace("title: Numbers", "title: Figures of the month"))
        report_in(visit.page).locator("h2", has_text="Figures of the month").wait_for(state="attached")
        assert before > 500
        assert abs(scroll_of(visit.page) - before) < 40
        assert failures(visit) == []
        assert all(url.startswith((running.address, "data:")) for url in visit.asked)


def test_it_hinders_nobody(running: Running, browser: Browser) -> None:
    """Axe-core finds nothing of weight in it: beside a report, beside pages, where problems are told."""
    with visited(browser, running.address) as visit:
        report_in(visit.page).locator("h2", has_text="Numbers").wait_for()
        found = complaints(visit.page)
        running.spec.write_text(LONG + "perod: x\n")
        visit.page.locator("#problems li").wait_for()
        found += complaints(visit.page)
        running.spec.write_text(LONG)
        visit.page.goto(f"{running.address}pdf")
        assert found + complaints(visit.page) == []


def test_problems_are_shown_with_their_lines(running: Running, browser: Browser) -> None:
    """File, line and column of every problem; the last good report is a button away; mended, it is gone."""
    with visited(browser, running.address) as visit:
        page = visit.page
        report_in(page).locator("h2", has_text="Numbers").wait_for()
        running.spec.write_text(LONG.replace("compare: none", "compare: nothing") + "perod: x\n")
        page.locator("#problems li").nth(1).wait_for()
        assert visit.texts(".where") == ["social.yaml:3:10", f"social.yaml:{len(LONG.splitlines()) + 1}:1"]
        assert visit.texts("pre .this") == ["compare: nothing", "perod: x"]
        assert "did you mean 'period'?" in page.inner_text("#problems")
        page.click("#look")
        assert report_in(page).locator("h2", has_text="Numbers").is_visible()
        assert not page.is_visible("#problems")
        page.click("#back")
        assert page.is_visible("#problems")
        running.spec.write_text(LONG.replace("title: Numbers", "title: Mended"))
        report_in(page).locator("h2", has_text="Mended").wait_for()
        assert not page.is_visible("#problems")


def test_a_state_without_the_wrong_line_ends_no_asking(running: Running, browser: Browser) -> None:
    """Saved between the reading of a spec and of its lines, the wrong line may be missing; the next build is shown."""
    wrong = {"file": "social.yaml", "line": 9, "column": 1, "place": "", "message": "wrong", "lines": [[7, "a"]]}
    state = {"builds": -1, "shown": "", "title": "", "seconds": 0, "problems": [wrong], "warnings": []}
    with visited(browser, running.address) as visit:
        report_in(visit.page).locator("h2", has_text="Numbers").wait_for()
        visit.page.route("**/state?*", lambda route: route.fulfill(json=state), times=1)
        running.spec.write_text(LONG.replace("title: Numbers", "title: Mended"))
        report_in(visit.page).locator("h2", has_text="Mended").wait_for()


def test_a_long_line_is_moved_to_what_is_wrong(running: Running, browser: Browser) -> None:
    """On a phone the wrong word of a line that does not fit is in sight, not its beginning."""
    with visited(browser, running.address, width=390) as visit:
        report_in(visit.page).locator("h2", has_text="Numbers").wait_for()
        running.spec.write_text(LONG.replace("label: Reach}", "label: Reach, widht: 4}"))
        visit.page.locator("pre").wait_for()
        in_sight = """() => {
            const word = document.querySelector(".this b"), line = word?.closest("pre").getBoundingClientRect();
            const left = word?.getBoundingClientRect().left;
            return word?.textContent.startsWith("widht") && 0 < left && left < line.right;
        }"""
        visit.page.wait_for_function(in_sight)


def test_words_and_pictures_are_watched(running: Running, browser: Browser) -> None:
    """A commentary file whose folder was not there yet is shown when it is written, and when it is written again."""
    folder = running.spec.parent
    with visited(browser, running.address) as visit:
        report_in(visit.page).locator("h2", has_text="Numbers").wait_for()
        (folder / "words").mkdir()
        (folder / "words/aurora.md").write_text("A good month.")
        report_in(visit.page).locator("text=A good month.").wait_for(state="attached")
        (folder / "words/aurora.md").write_text("A better month.")
        report_in(visit.page).locator("text=A better month.").wait_for(state="attached")


def test_what_a_spec_includes_is_watched(running: Running, browser: Browser) -> None:
    """A fragment whose folder was not there yet is shown when it is written, and what is wrong in it with its line."""
    fragments = running.spec.parent / "fragments"
    with visited(browser, running.address) as visit:
        report_in(visit.page).locator("h2", has_text="Numbers").wait_for()
        running.spec.write_text(SPEC + "      - {include: fragments/words.yaml}\n")
        visit.page.locator("text=there is no such file").first.wait_for()
        fragments.mkdir()
        (fragments / "words.yaml").write_text("- {text: A good month.}\n")
        report_in(visit.page).locator("text=A good month.").wait_for(state="attached")
        (fragments / "words.yaml").write_text("- {txt: A better month.}\n")
        visit.page.locator("text=a block has one of the keys").first.wait_for()
        (fragments / "words.yaml").write_text("- {text: A better month.}\n")
        report_in(visit.page).locator("text=A better month.").wait_for(state="attached")


def test_templates_and_themes_are_watched(running: Running, browser: Browser) -> None:
    """A theme's colour and a template's markup are shown; a template that is wrong is told with file and line."""
    templates = running.spec.parent / "templates"
    theme, content = templates / "themes/paper.yaml", templates / "content.html"
    colors, markup = theme.read_text(), content.read_text()
    with visited(browser, running.address) as visit:
        page = visit.page
        report_in(page).locator("h2", has_text="Numbers").wait_for()
        theme.write_text(colors.replace('accent: "#2346A0"', 'accent: "#0A7B3C"'))
        style = "document.querySelector('iframe:not(.coming)')?.contentDocument.querySelector('style')?.textContent"
        page.wait_for_function(f"() => {style}?.includes('--accent:#0A7B3C')")
        content.write_text(markup + "<p>Mended by hand</p>")
        report_in(page).locator("text=Mended by hand").wait_for(state="attached")
        content.write_text(markup + "{% if %}")
        page.locator("#problems li").wait_for()
        end = len(markup.splitlines()) + 1
        assert visit.texts("#problems .where") == [f"{content}:{end}"]
        assert visit.texts("pre .this") == ["{% if %}"]
        content.write_text(f"{markup}<p>\n{{{{ 1 + report.title }}}}</p>")
        page.locator("#problems .where", has_text=f"content.html:{end + 1}").wait_for()
        assert visit.texts("pre .this") == ["{{ 1 + report.title }}</p>"]
        content.write_text(markup)
        theme.write_text(colors)
        page.locator("#problems").wait_for(state="hidden")


def test_a_click_on_a_block_names_its_line(running: Running, browser: Browser) -> None:
    """By mouse or keyboard, of a fragment too; it can be copied, and follows the file; the report's page is its file's.

    Lines that move in a file without a change of the report move the line, and the page is not loaded again.
    """
    (running.spec.parent / "words.yaml").write_text("# Words\n- {text: 'A [good month](https://example.com)'}\n")
    running.spec.write_text(SPEC + "      - {include: words.yaml}\n")
    number = next(at for at, line in enumerate(SPEC.splitlines(), 1) if "name: reach" in line)
    with visited(browser, running.address) as visit:
        page, report = visit.page, report_in(visit.page)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        report.locator("a", has_text="good month").wait_for()
        assert not page.is_visible("#place")
        report.locator("#block-reach").click()
        assert visit.texts("#place output") == [f"social.yaml:{number}"]
        page.click("#place button")
        page.locator("#place button", has_text="Copied").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == f"social.yaml:{number}"
        frame = page.locator("iframe").get_attribute("src")
        running.spec.write_text("# A report\n" + SPEC + "      - {include: words.yaml}\n")
        page.locator("#place output", has_text=f"social.yaml:{number + 1}").wait_for()
        assert page.locator("iframe").get_attribute("src") == frame
        report.locator("a", has_text="good month").focus()
        assert visit.texts("#place output") == ["words.yaml:2"]
        assert failures(visit) == []


def test_the_pages_of_the_pdf(tmp_path: Path, browser: Browser) -> None:
    """Each page is a picture that comes; the PDF itself is a link; both follow what is saved."""
    with previewed(tmp_path / "alone") as running, visited(browser, f"{running.address}pdf") as visit:
        pages = report_in(visit.page).locator("img")
        pages.first.wait_for()
        assert (
            report_in(visit.page)
            .locator("#page-1 img")
            .evaluate("(image) => image.decode().then(() => image.naturalWidth)")
        )
        count = pages.count()
        running.spec.write_text(SPEC)
        report_in(visit.page).locator(f"p:not(:has-text(': {count} page'))").first.wait_for()
        assert pages.count() < count
        pdf = report_in(visit.page).locator("a").get_attribute("href") or ""
        with urlopen(running.address.rstrip("/") + pdf) as answer:  # noqa: S310 - our own address
            assert answer.read(5) == b"%PDF-"


def test_cautions_are_marked_on_the_pages(running: Running, browser: Browser) -> None:
    """The page that is too empty says so, the list leads to it; a block, its mark and its name tell its line."""
    ring = '{component: chart_v1, reference_key: "ig:by_day", name: by_day, metrics: [reach], dimensions: [date],'
    line = len(SPEC.splitlines()) + 2
    number = next(at for at, text in enumerate(SPEC.splitlines(), 2) if "name: reach" in text)
    with visited(browser, f"{running.address}pdf") as visit:
        page, report = visit.page, report_in(visit.page)
        running.spec.write_text(f"{SPEC}      - page_break\n      - {ring} kind: donut}}\n")
        report.locator(".sheet", has_text="W-BLANK").locator("button", has_text="by_day").click()
        assert visit.texts("#place output") == [f"social.yaml:{line}"]
        assert report.locator("p a[href^='#page-']").count() == report.locator(".sheet .cautions").count()
        running.spec.write_text(f"# Moved\n{SPEC}      - page_break\n      - {ring} kind: donut}}\n")
        page.locator("#place output", has_text=f":{line + 1}").wait_for()
        report.locator(".sheet", has_text="W-FORM").locator("g[data-block=by_day]").click()
        assert visit.texts("#place output") == [f"social.yaml:{line + 1}"]
        report.locator("rect[data-block=reach]").click()
        assert visit.texts("#place output") == [f"social.yaml:{number}"]
        assert complaints(page, {"iframes": True}) == []
        assert failures(visit) == []


def test_a_tab_never_shows_one_report_under_anothers_name(tmp_path: Path, browser: Browser) -> None:
    """A tab that is still open when another client is previewed on the same port shows that client.

    Ctrl-C is how a preview ends, so it is no failure, and the tab does not keep it.
    """
    with ExitStack() as stack:
        with previewed(tmp_path / "first", SPEC) as first:
            tab = stack.enter_context(visited(browser, first.address)).page
            tab.locator("#title", has_text="Social Aurora").wait_for()
            frame = tab.locator("iframe").get_attribute("src") or ""
        tab.locator("output", has_text="the preview has ended").wait_for()
        port, other = first.address.rstrip("/").rpartition(":")[2], CLIENT.replace("name: Aurora", "name: Boreal")
        with previewed(tmp_path / "second", SPEC, port, other) as second:
            tab.locator("#title", has_text="Social Boreal").wait_for()
            assert tab.title() == "Preview: Social Boreal"
            assert tab.locator("iframe").get_attribute("src") != frame
            text = report_in(tab).locator("body").text_content() or ""
            assert ("Aurora" in text, "Boreal" in text) == (False, True)
            pages = frame.replace("report", "pages")
            for path in (frame, f"{frame}/report.pdf", pages, f"{pages}/1.png", "/state?preview=another"):
                assert status_of(second.address.rstrip("/") + path) == 410


def status_of(address: str | Request) -> int:
    """Return the status of an answer that is an error."""
    with pytest.raises(HTTPError) as refused:
        urlopen(address)  # noqa: S310 - our own address
    refused.value.close()
    return refused.value.code


def test_many_tabs_get_news(running: Running, browser: Browser) -> None:
    """No tab keeps one of the six connections that a browser has for this machine: nine show what is saved."""
    with visited(browser, running.address) as visit:
        tabs = [visit.page, *(visit.page.context.new_page() for _ in range(8))]
        for tab in tabs[1:]:
            tab.goto(running.address)
        for tab in tabs:
            report_in(tab).locator("h2", has_text="Numbers").wait_for(state="attached", timeout=10_000)
        running.spec.write_text(LONG.replace("title: Numbers", "title: News"))
        for tab in tabs:
            report_in(tab).locator("h2", has_text="News").wait_for(state="attached", timeout=10_000)


def test_tabs_of_pages_keep_none_from_news(running: Running, browser: Browser) -> None:
    """Seven tabs wait for the printed pages, and what is saved meanwhile reaches them and the report beside them."""
    with visited(browser, running.address) as visit:
        tabs = [visit.page.context.new_page() for _ in range(7)]
        for tab in tabs:
            tab.goto(f"{running.address}pdf")
        running.spec.write_text(SPEC.replace("title: Numbers", "title: News").replace('title: "Social', 'title: "News'))
        report_in(visit.page).locator("h2", has_text="News").wait_for(state="attached")
        for tab in tabs:
            tab.locator("#title", has_text="News").wait_for()
            report_in(tab).locator("#page-2").wait_for()


def test_only_this_machine_is_answered(running: Running) -> None:
    """S04: a name of the internet that points here gets nothing: a client's figures are on this page."""
    assert status_of(Request(running.address, headers={"Host": "evil.example"})) == 400  # noqa: S310 - as above


def test_a_port_in_use_is_told(running: Running, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 3 with what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["preview", str(running.spec), "--port", str(taken.getsockname()[1])]) == 3
    assert "choose another port, or 0 for a free one" in capsys.readouterr().err


def test_two_places_for_the_numbers(running: Running, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2: recorded answers and made-up ones exclude each other."""
    assert main(["preview", str(running.spec), "--sandbox", "--answers", str(running.spec.parent)]) == 2
    assert "give one" in capsys.readouterr().err


def test_it_ends_quietly(tmp_path: Path) -> None:
    """A scheduler's SIGTERM has its code, and a page that is open does not keep it; see `previewed` for Ctrl-C."""
    with previewed(tmp_path, SPEC, ends_with=143) as one:
        connection = HTTPConnection(one.address.split("/")[2])
        connection.request("GET", "/")
        assert b"<!doctype html>" in connection.getresponse().read()  # and the connection stays open
        one.process.send_signal(signal.SIGTERM)
        assert one.process.wait(20) == 143
        connection.close()


def report_of(address: str) -> str:
    """Return where the report of a preview is, once it is built."""
    with urlopen(address) as answer:  # noqa: S310 - our own address
        (token,) = re.findall(r'data-preview="(\w+)"', answer.read().decode())
    while True:
        with urlopen(f"{address}state?preview={token}") as answer:  # noqa: S310 - our own address
            if build := json.load(answer)["shown"]:
                return f"report/{build}"
        time.sleep(0.05)


@pytest.mark.thorough
def test_recorded_answers_are_shown(tmp_path: Path) -> None:
    """What `--record` kept is replayed; nobody is asked for it."""
    (tmp_path / "social.yaml").write_text("\n".join(line for line in SPEC.splitlines() if "svg" not in line) + "\n")
    spec = str(tmp_path / "social.yaml")
    answers = str(tmp_path / "answers")
    day = ["--as-of", "2026-11-03", "-q"]
    rendered = ["render", spec, "--sandbox", "--calm", "--record", answers, "--format", "html", *day]
    assert main([*rendered, "--out", str(tmp_path / "out")]) == 0
    (page,) = (tmp_path / "out").glob("*.html")
    command = [sys.executable, "-c", INTERRUPTIBLE, "preview", spec, "--answers", answers, "--port", "0", *day]
    environment = {**os.environ, "REPORTGEN_API_URL": "http://127.0.0.1:9/api"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        try:
            with urlopen(address + report_of(address)) as answer:  # noqa: S310 - our own address
                assert answer.read() == page.read_bytes()
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)
