"""A long table on the web page: `python -m bench.screen_table ROWS`.

A report has a table of so many rows and eight columns, as `limit: all` brings them to its web page. Chromium opens it
as wide as on a desk and on a phone, with its processor slowed down four times. A letter and another are typed into the
filter of the table, one is taken away, and a head is clicked twice, with a reader's pauses. Printed are the bytes of
the page and, for each event, the median and the longest milliseconds until the frame that answers it was painted, and
those of the page's script. A click on nothing takes what the machine itself takes, much where others use it.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench.table_report import report_of_table
from reportgen.model import Column, Table, Unit
from reportgen.outputs.html.web_page import render_html
from reportgen.outputs.printed import PrintedReport
from tests.browser import launched, visited

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser, Page

TURNS = 7
SLOWER = 4  # times, as Lighthouse slows a desk down to a phone
PAUSE, HOLD = 600, 90  # milliseconds that a reader takes before an event, and holds a button
SCREENS = {"desk": (1440, 900), "phone": (390, 844)}
CHANNELS = ("Search", "Social", "Display", "Video", "Newsletter")
METRICS = ("Clicks", "Impressions", "Visitors", "Orders", "Spend", "Revenue")
CLOCK = """() => {
  let pressed = 0;
  self.answers = [];
  addEventListener("keydown", (event) => (pressed = event.timeStamp), true);
  for (const type of ["input", "click"])
    addEventListener(type, (event) => {
      const start = type === "input" ? pressed : event.timeStamp, began = performance.now();
      const frame = new MessageChannel();
      let script;
      frame.port1.onmessage = () => answers.push({ frame: performance.now() - start, script });
      addEventListener(type, () => (script = performance.now() - began), { once: true }); // the last of its listeners
      requestAnimationFrame(() => frame.port2.postMessage(0)); // read when the frame has been laid out and painted
    }, true);
}"""


def table(rows: int) -> Table:
    """Return a table of a campaign, its channel and six numbers with what they were, all rows of which are printed."""
    names = tuple(f"Campaign {at * 7919 % rows} for {CHANNELS[at % 3].lower()} in autumn" for at in range(rows))
    channels = tuple(CHANNELS[at % len(CHANNELS)] for at in range(rows))
    numbers = (
        Column(name, name, "metric", Unit("currency", "EUR") if name in {"Spend", "Revenue"} else Unit("count"), values)
        for name, values in (
            (name, tuple(at * 7907 * one % 99_991 for at in range(rows))) for one, name in enumerate(METRICS, 1)
        )
    )
    texts = (
        Column("name", "Campaign", "dimension", values=names),
        Column("channel", "Channel", "dimension", values=channels),
    )
    return Table((*texts, *numbers), tuple("current" for _ in range(rows)), shown=rows, of=rows)


def page(rows: int) -> bytes:
    """Render the web page of a report that holds the table."""
    return render_html(PrintedReport(report_of_table(table(rows), "Campaigns")))[0].content


def events(visit: Page) -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield the name of each event and what makes it; before it, the reader moves to where it is made."""
    visit.wait_for_timeout(PAUSE)
    yield "a click on nothing", partial(visit.mouse.click, 5, 5)
    head = visit.locator(".scroll thead button").nth(2)
    box = visit.locator(".filter input")
    box.click()
    for name, key in (("a letter", "s"), ("a second letter", "o"), ("one taken away", "Backspace")):
        visit.wait_for_timeout(PAUSE)
        yield name, partial(visit.keyboard.press, key)
    visit.reload()
    head.scroll_into_view_if_needed()
    visit.evaluate(CLOCK)
    head.hover()
    for name in ("a click on a head", "a second click"):
        visit.wait_for_timeout(PAUSE)
        yield name, partial(_click, visit)


def _click(visit: Page) -> None:
    visit.mouse.down()
    visit.wait_for_timeout(HOLD)
    visit.mouse.up()


def measured(browser: Browser, address: str, size: tuple[int, int]) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield the name of each event and its milliseconds, in a page opened anew."""
    width, height = size
    with visited(browser, address, width=width, height=height) as visit:
        opened = visit.page
        opened.evaluate(CLOCK)
        tool = opened.context.new_cdp_session(opened)
        tool.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        for name, make in events(opened):
            opened.evaluate("answers.length = 0")
            make()
            while not opened.evaluate("answers.length"):
                opened.wait_for_timeout(50)
            yield name, opened.evaluate("answers[0]")


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """Return the arguments of a command line, or exit with what is wrong with it."""
    description = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="python -m bench.screen_table", description=description)
    parser.add_argument("rows", nargs="?", type=int, default=1_000, help="of the table; 1000 where it is left out")
    return parser.parse_args(words)


def main(rows: int) -> None:
    """Print what a page with so many rows weighs, and how quickly it answers."""
    if not shutil.which("chromium-headless-shell") and not shutil.which("chromium"):
        sys.exit("Chromium is not installed, so nothing can be measured")
    content = page(rows)
    print(f"{rows:,} rows: {len(content) / 1e6:.2f} MB")
    with tempfile.TemporaryDirectory() as name, launched() as browser:
        file = Path(name) / "page.html"
        file.write_bytes(content)
        for screen, size in SCREENS.items():
            found: dict[str, list[dict[str, float]]] = {}
            for _turn in range(TURNS):
                for event, times in measured(browser, file.as_uri(), size):
                    found.setdefault(event, []).append(times)
            for event, turns in found.items():
                frames, scripts = ([one[part] for one in turns] for part in ("frame", "script"))
                print(
                    f"{screen:6} {event:18} painted after {statistics.median(frames):4.0f} ms"
                    f" (at most {max(frames):4.0f}), its script took {statistics.median(scripts):3.0f} ms"
                )


if __name__ == "__main__":
    main(arguments(sys.argv[1:]).rows)
