"""The work of a worker: a report's JSON becomes its files. It has no token and opens no socket.

It takes and returns JSON with the bytes of files beside it, so that a worker may be on another machine.
"""

from __future__ import annotations

import ctypes
import hashlib
import io
import json
import os
import resource
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from reportgen.errors import OutputError
from reportgen.fleet.shared_files import StoredFiles
from reportgen.foreign_values import refuse_foreign_blocks
from reportgen.garbage_collection import collect_seldom, collected_afterwards
from reportgen.logs import StageTime, collected_stages
from reportgen.model import Artifact, Caution
from reportgen.outputs import FORMATS
from reportgen.outputs.pdfium import link_places, page_count, page_picture
from reportgen.outputs.report_json import decode_report
from reportgen.report_rendering import finish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from types import TracebackType

    from PIL.Image import Image

    from reportgen.model import Report, Verdict

_PAGES = ("coloraide", "reportgen.outputs.drawing.charts.layouts", "reportgen.outputs.html.template_sandbox")
_LOADED_LATE = {
    "html": _PAGES,
    "pdf": (*_PAGES, "reportgen.outputs.pdf.loaded_engine"),
    "xlsx": ("reportgen.outputs.workbook.xlsx_writer",),
}
"""Format -> what its module loads at its first report. Without pdfium, which may not be loaded before a fork."""

_DENIED = frozenset({"socket.connect", "socket.getaddrinfo", "socket.bind", "subprocess.Popen"})
_THUMBNAIL = 280  # pixels across: sharp on a phone, and a headline can be read
_QUALITIES = (60, 40, 20)  # of the JPEG, until it is small enough
_SMALL = 9_000  # bytes; a thousand of them are 12 MB of a page's text
_PARENT_DEATH = 1  # PR_SET_PDEATHSIG


RenderedParts: TypeAlias = tuple[str, tuple[bytes, ...]]
"""A rendered report on its way back: its JSON, which has digests, and the bytes of its files and of its thumbnail."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered report.

    Attributes:
        client: Slug of the client that the files are for.
        verdict: After the audit of the files.
        cautions: Cautions for staff, of the report and of its files.
        artifacts: The files.
        sha256: The digest of each of them.
        pages: Number of pages of the PDF; 0 where there is none.
        thumbnail: JPEG of its first page with figures; empty where there is no PDF.
        stages: The times of rendering and of the audit.
    """

    client: str
    verdict: Verdict
    cautions: tuple[Caution, ...]
    artifacts: tuple[Artifact, ...]
    sha256: tuple[str, ...]
    pages: int
    thumbnail: bytes
    stages: tuple[StageTime, ...]


def preloaded(formats: Iterable[str]) -> list[str]:
    """Return the modules that a worker has from the start, by the formats of its reports."""
    modules = (
        module for name in formats for module in (FORMATS[name].path, *_LOADED_LATE.get(name.partition("-")[0], ()))
    )
    return list(dict.fromkeys(("reportgen.fleet.render_worker", *modules)))


def render_stored(client: str, text: str, formats: Sequence[str], folder: str) -> RenderedParts:
    """Return a rendered report, whose pictures and fonts are in a folder under their digests; see `render_text`."""
    return render_text(client, text, formats, StoredFiles(folder))


@collected_afterwards()
def render_text(
    client: str, text: str, formats: Sequence[str], files: Mapping[str, bytes] | None = None
) -> RenderedParts:
    """Return a rendered report, as the JSON of `Rendered` and its files.

    Args:
        client: Slug of the client that the report is for.
        text: The report's JSON.
        formats: Keys of `FORMATS`.
        files: The bytes of its pictures and fonts by their digests; None is none.

    Raises:
        OutputError: The report is another client's, or cannot be rendered.
    """
    report = decode_report(text, {} if files is None else files)
    if report.client.slug != client:
        raise OutputError(f"a report for {client!r} holds the values of {report.client.slug!r}; nothing was made of it")
    refuse_foreign_blocks(report)
    with collected_stages() as stages:
        finished, artifacts = finish(report, formats)
    pages, thumbnail = _pages(finished, artifacts)
    contents = (*(artifact.content for artifact in artifacts), thumbnail)
    said = json.dumps(
        {
            "client": finished.client.slug,
            "verdict": finished.verdict,
            "cautions": [[caution.code, caution.text, caution.block] for caution in finished.warnings],
            "artifacts": [[artifact.name, artifact.media_type] for artifact in artifacts],
            "sha256": _digests(contents),
            "pages": pages,
            "stages": [[done.event, done.seconds, done.fields] for done in stages],
        }
    )
    return said, contents


def read_rendered(parts: RenderedParts, client: str) -> Rendered:
    """Return the rendered report of the parts that `render_text` returned.

    Raises:
        OutputError: It is another client's, or was changed on its way.
    """
    fields, contents = json.loads(parts[0]), parts[1]
    if fields["client"] != client or fields["sha256"] != _digests(contents):
        raise OutputError(
            f"the report that came back for {client!r} is not the report made for it; nothing of it was written"
        )
    *files, thumbnail = contents
    artifacts = tuple(
        Artifact(name, media_type, content)
        for (name, media_type), content in zip(fields["artifacts"], files, strict=True)
    )
    cautions = tuple(Caution(*caution) for caution in fields["cautions"])
    stages = tuple(StageTime(*done) for done in fields["stages"])
    digests = tuple(fields["sha256"][: len(artifacts)])
    return Rendered(client, fields["verdict"], cautions, artifacts, digests, fields["pages"], thumbnail, stages)


def _digests(contents: Iterable[bytes]) -> list[str]:
    return [hashlib.sha256(content).hexdigest() for content in contents]


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """The limits of a worker.

    They are sent to it before the locks of its pool, which are gone where the parent has ended: from here on that is
    said to nobody, where Python would print a traceback.

    Attributes:
        secrets: Names of environment variables that it may not have.
        memory: Most bytes of its address space; a report that needs more fails alone.
    """

    secrets: tuple[str, ...]
    memory: int

    def __reduce__(self) -> tuple[Callable[..., WorkerLimits], tuple[tuple[str, ...], int]]:
        """Return what a worker calls to have them."""
        return _received, (self.secrets, self.memory)


def _received(secrets: tuple[str, ...], memory: int) -> WorkerLimits:
    sys.excepthook = _report_of_start
    return WorkerLimits(secrets, memory)


def _report_of_start(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print an error before a worker's first report, but for that of a lock without its parent."""
    if not isinstance(error, FileNotFoundError):
        sys.__excepthook__(kind, error, trace)


def isolate(limits: WorkerLimits) -> None:
    """Isolate a worker: no network, no other programs, Ctrl-C is the parent's, and it does not outlive its parent."""
    sys.excepthook = sys.__excepthook__
    for name in limits.secrets:
        os.environ.pop(name, None)
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = limits.memory if hard == resource.RLIM_INFINITY else min(limits.memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH, signal.SIGKILL)
    sys.addaudithook(_deny)
    collect_seldom()


def _deny(event: str, _arguments: tuple[object, ...]) -> None:
    if event in _DENIED:
        raise PermissionError(f"a worker may not do this: {event} (process {os.getpid()})")


def _pages(report: Report, artifacts: Sequence[Artifact]) -> tuple[int, bytes]:
    """Return the number of pages of the PDF, and a small picture of the first page with figures."""
    pdf = FORMATS["pdf"].media_type
    content = next((artifact.content for artifact in artifacts if artifact.media_type == pdf), None)
    if content is None:
        return 0, b""
    shown = _page_with_figures(report, content)
    return page_count(content), small_jpeg(page_picture(content, shown, width=_THUMBNAIL))


def _page_with_figures(report: Report, pdf: bytes) -> int:
    """Return the number of the first page on which a block with figures begins; 1 where there is none."""
    pages = {name: index + 1 for name, (index, *_) in link_places(pdf).items()}
    places = (f"block-{block.name}" for block in report.blocks if block.readings or block.charts or block.tables)
    return min((pages[place] for place in places if place in pages), default=1)


def small_jpeg(picture: Image) -> bytes:
    """Return a picture as a JPEG of the best quality that its size allows."""
    content = b""
    for quality in _QUALITIES:
        file = io.BytesIO()
        picture.convert("RGB").save(file, "JPEG", quality=quality, optimize=True)
        content = file.getvalue()
        if len(content) <= _SMALL:
            break
    return content
