"""The contact sheet: the riskiest first, links that work from a disk, small enough for a thousand."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from PIL import Image

from reportgen.errors import AuthenticationFailed
from reportgen.fleet.contact_sheet import write_contact_sheet
from reportgen.fleet.deliveries import deliver
from reportgen.fleet.journal import Journal
from reportgen.fleet.render_worker import read_rendered, render_text, small_jpeg
from reportgen.fleet.run_results import PLAN, write_results
from reportgen.model import ClientCard, Report, Section
from reportgen.outputs.pdfium import page_picture
from reportgen.outputs.report_json import encode_report
from tests.browser import complaints, loaded_in, visited
from tests.fleet.files import account
from tests.fleet.test_previous_run import ran
from tests.fleet.test_run_loop import Bench, asked
from tests.outputs.reports import NUMBER, TEXT, report

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser
    from pydantic import JsonValue

    from reportgen.fleet.jobs import Job

NAMES = "h3"


def ask(job: Job) -> Report:
    """Fail for client 3, hold back client 2, and give the others their report."""
    if job.client == "client-0003":
        message = "refused <b>&</script>"
        raise AuthenticationFailed(message)
    if job.client == "client-0002":
        return replace(report(NUMBER, verdict="degraded"), verdict="held", client=ClientCard(job.client, "x"))
    return asked(job)


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the contact sheet of five clients' web pages once for the tests that only read it."""
    return made(Bench(tmp_path_factory.mktemp("five"), clients=5))


def made(bench: Bench, formats: tuple[str, ...] = ("html",)) -> Path:
    """Make the reports of a fleet, one of each state, and return its contact sheet."""
    bench.jobs = tuple(replace(job, formats=formats) for job in bench.jobs)
    bench.make(ask=ask)
    record = bench.record("client-0001")
    journal = Journal(bench.folder)
    caution: JsonValue = {"code": "failed", "block": "ads_by_day", "text": "could not be read"}
    journal.append("degraded", record["key"], files=record["files"], pages=record["pages"], warnings=[caution])
    journal.close()
    write_results(bench.folder)
    return write_contact_sheet(bench.folder)


def test_it_hinders_nobody(sheet: Path, browser: Browser) -> None:
    """Axe-core finds nothing of weight in it, by day and by night, before a report is looked at and while one is."""
    with visited(browser, sheet.as_uri()) as visit:
        found = complaints(visit.page)
        visit.page.emulate_media(color_scheme="dark")
        assert found + complaints(visit.page) == []


def test_the_riskiest_come_first(sheet: Path, browser: Browser) -> None:
    """Failed, held, degraded, then the rest; reasons are text, whatever stands in them."""
    with visited(browser, sheet.as_uri()) as visit:
        assert visit.texts(NAMES) == ["Client 3", "Client 2", "Client 1", "Client 0", "Client 4"]
        assert visit.texts("h2") == ["Failed 1", "Held 1", "Degraded 1", "The others 2"]
        assert visit.texts(".card[data-state=failed] .reasons") == ["refused <b>&</script>"]
        assert visit.texts(".card[data-state=degraded] .reasons") == ["ads by day could not be read"]
        assert "no earlier run" in visit.page.inner_text("header")
        assert not visit.said
        assert {urlsplit(address).scheme for address in visit.asked} <= {"file", "data"}


def test_filters_and_search(sheet: Path, browser: Browser) -> None:
    """A button leaves its cards, words of the search must all be there, in any case; the address keeps both."""
    with visited(browser, sheet.as_uri()) as visit:
        page = visit.page
        page.get_by_role("button", name="To look at 3").click()
        assert visit.texts(NAMES) == ["Client 3", "Client 2", "Client 1"]
        page.get_by_role("button", name="Held 1").click()
        assert (visit.texts(NAMES), visit.texts("output")) == (["Client 2"], ["1 shown"])
        assert visit.texts("h2") == ["Held 1"]
        page.get_by_role("button", name="Held 1").click()
        page.get_by_role("searchbox").fill("  REFUSED authentication ")
        assert visit.texts(NAMES) == ["Client 3"]
        page.reload()
        assert visit.texts(NAMES) == ["Client 3"]
        page.get_by_role("searchbox").fill("client-0004 refused")
        assert visit.texts(NAMES) == []
        page.get_by_role("button", name="Show all").click()
        assert len(visit.texts(NAMES)) == 5
        assert not visit.said


def test_a_chosen_filter_is_seen_in_a_readers_own_colors(sheet: Path, browser: Browser) -> None:
    """Where a system forces its colours, the filter that is on has another ground than those that are off."""
    with visited(browser, sheet.as_uri()) as visit:
        visit.page.emulate_media(forced_colors="active")
        chosen, other = visit.page.locator("form button").nth(1), visit.page.locator("form button").nth(0)
        chosen.click()
        grounds = {one.evaluate("one => getComputedStyle(one).backgroundColor") for one in (chosen, other)}
    assert len(grounds) == 2


def test_the_keyboard(sheet: Path, browser: Browser) -> None:
    """`/` goes to the search, Escape empties it, j and k go from card to card, x ticks; ticks outlast a reload."""
    with visited(browser, sheet.as_uri()) as visit:
        keys = visit.page.keyboard
        keys.press("/")
        keys.type("/client 0")
        assert visit.page.input_value("input[type=search]") == "/client 0"
        assert visit.texts(NAMES) == []
        keys.press("Escape")
        assert len(visit.texts(NAMES)) == 5
        for key in "jjkjx":
            keys.press(key)
        assert visit.page.evaluate("document.activeElement.textContent") == "Client 2"
        assert visit.texts("#progress") == ["1 of 3 looked at."]
        visit.page.reload()
        visit.page.locator("#progress", has_text="1 of 3 looked at.").wait_for()
        assert visit.page.locator(".looked h3").inner_text() == "Client 2"
        assert not visit.said


def test_links_lead_to_files(tmp_path: Path, browser: Browser) -> None:
    """Each is relative and leads to a file, also after the folder was moved; a held report says why."""
    sheet = made(Bench(tmp_path, clients=5), ("html", "pdf", "xlsx"))
    moved = tmp_path / "moved # 100 %"
    (tmp_path / "o").rename(moved)
    with visited(browser, (moved / sheet.relative_to(tmp_path / "o")).as_uri()) as visit:
        links = visit.page.locator(".card a").all()
        addresses = [(link.get_attribute("href") or "", str(link.evaluate("link => link.href"))) for link in links]
        assert len(links) == 4 * 5 + 1, "name, picture and three files, and why one is held"
        assert all(written.startswith("../../") for written, _resolved in addresses)
        assert all((tmp_path / unquote(urlsplit(resolved).path)).is_file() for _written, resolved in addresses)
        with visit.page.context.expect_page() as opened:
            visit.page.get_by_text("Why it is held").click()
        assert "This report was held back" in opened.value.inner_text("h1")
        assert visit.page.locator(".card img").first.evaluate("img => img.decode().then(() => img.naturalWidth)") == 280


def test_what_is_far_from_the_run_before(tmp_path: Path, browser: Browser) -> None:
    """It comes before the rest, the furthest first, with what it was; whose report is gone is told."""
    bench = Bench(tmp_path, clients=4)
    bench.make()
    clients = tmp_path / "clients.csv"
    clients.write_text(f"{clients.read_text()}gone,Gone,{account(9)}\n")
    before = ran(bench.file, "2026-08", out=bench.root) / "run_results.json"
    results = json.loads(before.read_text())
    for one, reach in zip(results["reports"], (55_645, 20_000, 50_000, 600_000, 1), strict=True):
        one |= {"state": "done", "pages": 0, "figures": {"reach": reach}, "printed": {"reach": f"{reach:,} views"}}
    before.write_text(json.dumps(results))
    with visited(browser, write_contact_sheet(bench.folder).as_uri()) as visit:
        assert visit.texts(NAMES) == ["Client 3", "Client 1", "Client 0", "Client 2"]
        assert visit.texts(".reasons") == [
            "reach fell to 55,645 from 600,000 views",
            "reach rose to 55,645 from 20,000 views",
        ]
        assert "compared with 2026-08" in visit.page.inner_text("header")
        assert "gone/social" in visit.page.inner_text("footer")


def test_what_was_not_delivered(tmp_path: Path) -> None:
    """Its card comes before the others that are done, with the channel and the reason."""
    bench = Bench(tmp_path, clients=3)
    fleet = bench.file.read_text()
    bench.file.write_text(f'{fleet}deliver: {{to: [{{folder: "outbox/{{client.slug}}"}}]}}\n')
    bench.again().make()
    (file,) = bench.record("client-0002")["files"]
    (bench.root / file["path"]).unlink()
    deliver(bench.folder)
    page = (bench.folder / "contact-sheet.html").read_text()
    assert re.findall(r"<h2>(.*?) <span>", page) == ["Done, but not delivered", "The others"]
    reason = f"<b>failed</b> folder outbox/client-0002: {file['path']} No such file or directory"
    assert reason in page
    assert page.index(reason) < page.index("Client 0")


def test_nothing_is_wider_than_the_window(tmp_path: Path, browser: Browser) -> None:
    """Neither on a desk nor on a phone, with a name that has no place to break."""
    bench = Bench(tmp_path, clients=5)
    clients = tmp_path / "clients.csv"
    clients.write_text(clients.read_text().replace("Client 0", "Aktiengesellschaft" * 9))
    bench.again()
    sheet = made(bench, ("html", "pdf"))
    with visited(browser, sheet.as_uri(), dark=True) as visit:
        for width in loaded_in(visit, 1440, 390, 320):
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
            assert visit.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 23, 26)"


def test_what_is_not_made_yet(tmp_path: Path, browser: Browser) -> None:
    """It is no risk, and has a part of its own that says what to do."""
    bench = Bench(tmp_path, clients=3)
    jobs, bench.jobs = bench.jobs, bench.jobs[:1]
    bench.make()
    assert len(jobs) == 3
    with visited(browser, write_contact_sheet(bench.folder).as_uri()) as visit:
        assert visit.texts("h2") == ["Not made yet 2", "All as expected 1"]
        assert "Run the same command again" in visit.page.inner_text(".unmade")


def test_a_thousand_reports_fit(tmp_path: Path) -> None:
    """Under 15 MB: a card with its picture and five long reasons has at most a thousandth of that."""
    bench = Bench(tmp_path, clients=1)
    bench.jobs = (replace(bench.jobs[0], formats=("html", "pdf", "xlsx")),)
    bench.make()
    (thumbnail,) = (bench.folder / "thumbnails").iterdir()
    thumbnail.write_bytes(b"\0" * 9_000)
    record = bench.record("client-0000")
    journal = Journal(bench.folder)
    cautions: list[JsonValue] = [{"code": "failed", "block": "b", "text": "x" * 250}] * 5
    journal.append("degraded", record["key"], files=record["files"], pages=record["pages"], warnings=cautions)
    journal.close()
    page = write_contact_sheet(bench.folder).read_bytes()
    card = page[page.index(b'<li class="card') : page.index(b"</ol>")]
    assert card.count(b"x" * 250) == 5
    assert 12_000 < len(card) < 15_000
    assert len(page) - len(card) < 25_000, "what is there once"


@pytest.mark.parametrize(
    ("sections", "shown"),
    [
        ((Section("Figures", (NUMBER,)),), 2),
        ((Section("Words", (TEXT,)), Section("Figures", (NUMBER,), new_page=True)), 3),
        ((Section("Words", (TEXT,)),), 1),
    ],
)
def test_a_card_shows_the_first_page_with_figures(sections: tuple[Section, ...], shown: int) -> None:
    """Behind the cover and a page of words; the cover where the report has no figures."""
    whole = replace(report(NUMBER), sections=sections)
    rendered = read_rendered(
        render_text(whole.client.slug, json.dumps(encode_report(whole)), ["pdf"]), whole.client.slug
    )
    pdf = rendered.artifacts[0].content
    pictures = [small_jpeg(page_picture(pdf, number + 1, width=280)) for number in range(rendered.pages)]
    assert len(set(pictures)) == rendered.pages
    assert pictures.index(rendered.thumbnail) + 1 == shown


def test_any_first_page_is_small() -> None:
    """A picture that is hard to pack is packed harder, until a thousand of its size fit."""
    noise = random.Random(7).randbytes(280 * 396 * 3)  # noqa: S311 - a picture, not a secret
    photo = Image.frombytes("RGB", (280, 396), noise).resize((70, 99)).resize((280, 396))
    assert 3_000 < len(small_jpeg(photo)) <= 9_000


def test_clients_that_are_left_out_are_named(tmp_path: Path) -> None:
    """At the top with a way to the problems, as they are printed; nothing of it where no client is."""
    bench = Bench(tmp_path)
    assert "left-out" not in write_contact_sheet(bench.folder).read_text()
    plan = json.loads((bench.folder / PLAN).read_text())
    plan["problems"] = ["clients.csv:6:3: sources.instagram: <none> is no UUID"]
    (bench.folder / PLAN).write_text(json.dumps(plan))
    page = write_contact_sheet(bench.folder).read_text()
    assert '<a href="#left-out">Clients are left out.</a>' in page
    assert "<li>clients.csv:6:3: sources.instagram: &lt;none&gt; is no UUID</li>" in page
    assert "All as expected" not in page
