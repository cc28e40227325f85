"""Several threads of a program make reports at once."""

from __future__ import annotations

import gc
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from weasyprint.text.line_break import Layout

from reportgen.errors import OutputError
from reportgen.markdown.parser import html_of, parse
from reportgen.outputs import FORMATS
from reportgen.outputs.drawing.font_metrics import Typeface
from reportgen.outputs.printed import PrintedReport
from tests.outputs import reports

FOUR_THREADS = """
import os, sys
from pathlib import Path
from threading import Barrier, Thread
from pydantic import SecretStr
from reportgen import build_report, load_client, load_spec, write_report
from reportgen.connect.live_answers import live_answers
from reportgen.outputs import FORMATS
from reportgen.resources import examples_folder
from reportgen.sandbox.sandbox_server import running_sandbox
from tests.outputs import reports

sys.setswitchinterval(1e-4)
os.umask(0o027)
DRAWN = reports.report(reports.NUMBER, reports.PIE, reports.TABLE, reports.TEXT)
began, failed, made = Barrier(4), [], [{} for _ in range(5)]

def built():
    spec, client = (load(examples_folder() / name) for load, name in LOADED)
    answers = live_answers(api.url, SecretStr(api.token), SecretStr(api.customer_token))
    return build_report(spec, client, answers=answers, as_of=DRAWN.as_of)

def work(number, turns):
    try:
        if number < 4:
            began.wait(60)
        for turn in range(turns):
            folder = Path(sys.argv[1], str(number))
            files = [*write_report(built(), folder / "built", ["json", "csv"])]
            for name in FORMATS.keys() - {"html"}:  # see below
                files += write_report(DRAWN, folder / name, [name])
            found = {str(file.relative_to(folder)): file.read_bytes() for file in files}
            assert not (made[number] and made[number] != found), f"turn {turn} differs"
            made[number] = found
            assert all(file.stat().st_mode & 0o777 == 0o640 for file in files), "others may read the files"
    except BaseException as error:
        failed.append(error)

LOADED = ((load_spec, "instagram.yaml"), (load_client, "instagram.client.yaml"))
with running_sandbox(calm=True) as api:
    threads = [Thread(target=work, args=(number, int(sys.argv[2]))) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    work(4, 1)
if not failed and len({name.partition("/")[0] for name in made[4]}) != len(FORMATS):
    failed.append("not every format was made")
failed += [f"{at}: {name}" for at in range(4) for name in made[4] if made[at].get(name) != made[4][name]]
sys.exit("; ".join(map(repr, failed)) or 0)
"""

PASSAGE = "a **b** ~~c~~ [d](https://example.com/%41?e='f' \"g\") <https://example.com/h>"

FIRST_PASSAGES = """
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import reload
from threading import Barrier
from mdurl._decode import decode_cache
from mdurl._encode import encode_cache
from reportgen.markdown import parser

sys.setswitchinterval(1e-6)
began, found = Barrier(4), set()

def read(_):
    began.wait(60)
    return parser.html_of(parser.parse(sys.argv[1]), {})

with ThreadPoolExecutor(4) as threads:
    for _ in range(60):
        for cache in (encode_cache, decode_cache):
            cache.clear()
        reload(parser)
        found |= set(threads.map(read, range(4)))
print(*found)
"""


@pytest.mark.thorough
def test_four_threads_make_what_one_makes(tmp_path: object) -> None:
    """From the first report on, files of every format have the bytes that a single thread gives them, and no crash."""
    program = [sys.executable, "-X", "faulthandler", "-c", FOUR_THREADS, str(tmp_path), "2"]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_four_threads_make_the_html_that_one_makes() -> None:
    """The same of HTML, here, where its fonts have been cut down already: that takes a new process seconds."""
    whole = reports.report(*reports.FULL)
    alone = FORMATS["html"].render(PrintedReport(whole))
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda _: FORMATS["html"].render(PrintedReport(whole)), range(8))) == [alone] * 8


def set_texts() -> list[Layout]:
    """Return what holds a text that Pango has set; most were let go of by WeasyPrint."""
    return [one for one in gc.get_objects() if isinstance(one, Layout) and getattr(one, "layout", None) is not None]


@pytest.mark.parametrize("name", ["pdf", "pdf-plain"])
def test_no_text_of_pango_outlives_its_page(name: str) -> None:
    """What was set is let go of with the lock held: a garbage collector may run in a thread that does not hold it."""
    gc.collect()
    gc.disable()
    try:
        assert FORMATS[name].render(PrintedReport(reports.report(*reports.FULL)))
        assert set_texts() == []
    finally:
        gc.enable()


def test_no_text_of_pango_outlives_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same where a page is given up: an error that is kept keeps its frames, and these what they had set."""
    monkeypatch.setattr(Typeface, "name", "No Such Family")
    gc.collect()
    gc.disable()
    try:
        with pytest.raises(OutputError, match="No Such Family") as kept:
            FORMATS["pdf"].render(PrintedReport(reports.report(reports.NUMBER)))
        assert (kept.type, set_texts()) == (OutputError, [])
    finally:
        gc.enable()


def test_the_first_passage_is_read_whole_by_every_thread() -> None:
    """The reader of Markdown fills its tables of rules and signs at its first use, before another thread uses them."""
    program = [sys.executable, "-c", FIRST_PASSAGES, PASSAGE]
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == html_of(parse(PASSAGE), {}).strip()
